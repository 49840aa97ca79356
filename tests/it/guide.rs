//! The guide, statement by statement: every rule that it names is there, and every setting is one.

use std::path::Path;

use connote::check::KINDS;
use connote::config;
use connote::config::Settings;
use connote::pack;
use connote::pack::guide;
use connote::ruleset::RuleSet;
use connote::source::Sources;
use connote::span::FileId;
use connote::toml_doc;
use connote::toml_doc::Problems;

use crate::program::connote;

#[test]
fn every_rule_and_setting_of_the_guide_is_there() {
    let mut sources = Sources::default();
    let mut problems = Problems::new("rule-pack");
    let packs = pack::builtin(&mut sources, &mut problems);
    let set = RuleSet::build(&packs, &Settings::default(), &mut problems);
    let known: Vec<&str> = set.rules().iter().map(|rule| &*rule.id).collect();
    assert!(guide().len() >= 20 && !KINDS.is_empty());
    for statement in guide() {
        let topic = &statement.topic;
        assert!(
            !statement.says.is_empty() && !statement.places.is_empty(),
            "{topic}"
        );
        for rule in &statement.rules {
            assert!(known.contains(&rule.as_str()), "{topic}: no rule `{rule}`");
        }
        // The setting is read without complaint, and is the default.
        let mut problems = Problems::new("configuration");
        let table = toml_doc::parse(&statement.setting, FileId(0), &mut problems);
        let layer = config::read(&table, Path::new("/"), &mut problems);
        let settings = Settings::merged("/".into(), [layer]);
        let changed = RuleSet::build(&packs, &settings, &mut problems);
        assert!(problems.found.is_empty(), "{topic}: {problems:?}");
        if !statement.setting.starts_with("[sender]") {
            assert_eq!(changed.sending.audit, set.sending.audit, "{topic}");
            assert_eq!(changed.sending.schedule, set.sending.schedule, "{topic}");
            assert_eq!(changed.table, set.table, "{topic}");
            for (changed, rule) in changed.rules().iter().zip(set.rules()) {
                assert_eq!(
                    (changed.level, changed.deduct),
                    (rule.level, rule.deduct),
                    "{topic}"
                );
                assert!(changed.checks_like(rule), "{topic}: {}", rule.id);
            }
        }
    }
}

#[test]
fn the_audit_has_all_that_the_guide_says_it_has() {
    let found = connote(&[
        "audit",
        "samples/export.zip",
        "--ledger",
        "samples/ledger.csv",
        "--now",
        "2026-02-15",
        "--all",
    ]);
    for words in [
        "Week 1, audit: sort",
        "high priority (leaders of the industry,",
        "Week 2, selective withdrawal",
        "Week 3, clean slate",
        "a mass withdrawal can look like spam",
        "My Network > Manage > Sent > Withdraw",
        "expires on",
        "To invite again",
        "A 2026-02-16 like or share",
        "invite again, value first",
        "try another platform",
        "better follow",
        "pitch-after-acceptance",
        "identical-notes",
        "burst",
        "pending-many",
        "30 to 50 %",
    ] {
        // Lines are broken anywhere.
        let text = found
            .stdout
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(text.contains(words), "{words}");
    }
}
