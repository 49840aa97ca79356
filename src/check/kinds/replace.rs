//! `replace`: words for which there are better ones.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::FixDraft;
use crate::check::Kind;
use crate::check::NoteCheck;
use crate::check::NoteContext;
use crate::check::mend::FIX_KINDS;
use crate::check::mend::trusted;
use crate::diagnostic::FixKind;
use crate::pattern::Group;
use crate::span::Spanned;
use crate::toml_doc::Table;
use crate::toml_doc::Value;

pub(super) static KIND: Kind = Kind {
    name: "replace",
    about: "words for which there are better ones",
    parameters: &[
        ("swap", "table of word patterns and what to write instead"),
        (
            "fix",
            "safe or unsafe: whether the change may be made unasked",
        ),
    ],
    holes: &["better"],
    groups: false,
    build,
};

struct Replace {
    swaps: Vec<(Group, String)>,
    kind: FixKind,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let kind = table
        .choice("fix", &FIX_KINDS, build.problems)
        .map_or(FixKind::Unsafe, |kind| kind.value);
    let Some(swap) = table.table("swap", build.problems) else {
        table.require("swap", build.problems);
        return None;
    };
    let mut swaps = Vec::new();
    for (pattern, better) in swap.entries() {
        let Value::String(better) = &better.value else {
            build
                .problems
                .error(better.span, "what to write instead must be text");
            continue;
        };
        let group = build.group(&[Spanned::new(pattern.value.as_str(), pattern.span)]);
        swaps.extend(group.map(|group| (group, better.clone())));
    }
    Some(Check::Note(Box::new(Replace { swaps, kind })))
}

impl NoteCheck for Replace {
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding> {
        let facts = context.words.facts;
        let mut findings = Vec::new();
        for (group, better) in &self.swaps {
            for tokens in context.words.hits.of(*group) {
                let range = facts.bytes(tokens);
                let capital = facts.text()[range.clone()].starts_with(char::is_uppercase);
                let text = if capital {
                    capitalised(better)
                } else {
                    better.clone()
                };
                let description = if better.is_empty() {
                    "leave it out".to_owned()
                } else {
                    format!("write `{text}`")
                };
                let kind = trusted(facts, self.kind, &range, &text);
                let fix = kind.map(|kind| FixDraft {
                    kind,
                    description,
                    edits: vec![(range.clone(), text)],
                });
                let mut finding = Finding::at(range).with("better", better);
                finding.fixes.extend(fix);
                findings.push(finding);
            }
        }
        findings.sort_by_key(|finding| finding.range.start);
        findings
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
