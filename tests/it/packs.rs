//! Every built-in rule: it can be made, it is explained, and its examples do what they should.

use connote::config::Settings;
use connote::lint::Run;
use connote::lint::lint;
use connote::lint::rule_tests;
use connote::note::Note;
use connote::pack;
use connote::ruleset::RuleSet;
use connote::source::Sources;
use connote::span::FileId;
use connote::text::Text;
use connote::toml_doc::Problems;

fn built_in() -> RuleSet {
    let mut sources = Sources::default();
    let mut problems = Problems::new("rule-pack");
    let packs = pack::builtin(&mut sources, &mut problems);
    let set = RuleSet::build_all(&packs, &Settings::default(), &mut problems);
    let shown: Vec<String> = problems
        .found
        .iter()
        .map(|problem| {
            let span = problem.span();
            let source = sources.get(span.file);
            let line = source.position(span.start as usize).line;
            format!(
                "{}:{line}: {} `{}`",
                source.name,
                problem.message,
                sources.text(span)
            )
        })
        .collect();
    assert!(shown.is_empty(), "{shown:#?}");
    set
}

#[test]
fn every_rule_can_be_made_and_is_explained() {
    let set = built_in();
    assert!(set.rules().len() > 60);
    for rule in set.rules() {
        assert!(rule.check.is_some(), "{}", rule.id);
        assert!(!rule.why.is_empty(), "{} does not say why", rule.id);
        assert!(
            rule.is_signal() || rule.help.is_some(),
            "{} does not say what to do",
            rule.id
        );
    }
}

#[test]
fn every_example_does_what_it_should() {
    let mut set = built_in();
    let mut problems = Problems::new("rule-pack");
    let failures = rule_tests(&mut set, &mut problems);
    assert!(problems.found.is_empty(), "{:#?}", problems.found);
    let shown: Vec<String> = failures
        .iter()
        .map(|failure| format!("{}: {}", failure.rule, failure.message))
        .collect();
    assert!(shown.is_empty(), "{} failures {shown:#?}", shown.len());
}

#[test]
fn every_kind_is_used_by_a_built_in_rule() {
    let set = built_in();
    for kind in connote::check::KINDS {
        assert!(
            set.rules().iter().any(|rule| rule.kind == kind.name),
            "no rule uses `{}`",
            kind.name
        );
    }
}

#[test]
fn every_file_of_rules_is_built_in() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let mut known: Vec<&str> = pack::BUILTIN.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    assert_eq!(names, known);
}

/// For a few notes only the patterns that they need are made ready: that must find the same.
#[test]
fn a_note_alone_is_judged_as_in_a_batch() {
    let set = built_in();
    let whole = built_in();
    whole.make_ready();
    let mut problems = Problems::new("rule-pack");
    let mut tried = 0;
    for rule in set.rules() {
        for example in rule
            .bad(&mut problems)
            .iter()
            .chain(&rule.good(&mut problems))
            .step_by(6)
        {
            let notes = || vec![Note::new("1", 1, Text::plain(FileId(0), 0, &example.note))];
            let alone = lint(&Run::new(&set), notes(), Vec::new());
            let among = lint(&Run::new(&whole), notes(), Vec::new());
            assert_eq!(alone.diagnostics, among.diagnostics, "{}", example.note);
            assert_eq!(
                alone.verdicts[0].score, among.verdicts[0].score,
                "{}",
                example.note
            );
            tried += 1;
        }
    }
    assert!(tried > 100);
}
