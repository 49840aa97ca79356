//! `doubled`: the same word twice in a row.

use std::ops::Range;

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::FixDraft;
use crate::check::Kind;
use crate::check::NoteCheck;
use crate::check::NoteContext;
use crate::check::mend::FIX_KINDS;
use crate::check::mend::described;
use crate::check::mend::trusted;
use crate::diagnostic::FixKind;
use crate::facts::Classes;
use crate::facts::Facts;
use crate::text::fold::fold;
use crate::toml_doc::Table;

pub(super) static KIND: Kind = Kind {
    name: "doubled",
    about: "the same word twice in a row, with nothing but space between",
    parameters: &[
        (
            "words",
            "words that never stand twice in a row; names such as \"The The\" are left alone",
        ),
        (
            "perhaps",
            "words that hardly ever do (\"the man I spoke to to get in\"): their fix is always unsafe",
        ),
        (
            "fix",
            "safe or unsafe: whether one of `words` may be taken out unasked; unsafe",
        ),
    ],
    holes: &[],
    groups: false,
    build,
};

struct Doubled {
    /// Folded words, and how far taking one out can be trusted.
    words: Vec<(String, FixKind)>,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let kind = table
        .choice("fix", &FIX_KINDS, build.problems)
        .map_or(FixKind::Unsafe, |kind| kind.value);
    let mut words = Vec::new();
    for (key, kind) in [("words", kind), ("perhaps", FixKind::Unsafe)] {
        let given = table.strings(key, build.problems);
        words.extend(given.iter().map(|word| (fold(word.value), kind)));
    }
    if words.is_empty() {
        table.require("words", build.problems);
        return None;
    }
    Some(Check::Note(Box::new(Doubled { words })))
}

impl NoteCheck for Doubled {
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding> {
        let facts = context.words.facts;
        let pairs = 1..facts.tokens.all.len();
        let found = pairs.filter_map(|second| self.pair(facts, second));
        found.collect()
    }
}

impl Doubled {
    /// The finding that a word is the one before it.
    fn pair(&self, facts: &Facts<'_>, second: usize) -> Option<Finding> {
        let tokens = &facts.tokens;
        let (first, second) = (&tokens.all[second - 1], &tokens.all[second]);
        let marks = first.classes.any(Classes::MARK) || second.classes.any(Classes::MARK);
        let word = tokens.folded(second);
        if marks || tokens.folded(first) != word {
            return None;
        }
        let (_, kind) = self.words.iter().find(|(known, _)| known == word)?;
        let text = facts.text();
        let extra: Range<usize> = first.end as usize..second.end as usize;
        // A contraction is several words in one place, "AT-AT" has more than space inside, and "The The"
        // is a name.
        let between = text.get(first.end as usize..second.start as usize)?;
        let once = text.get(first.start as usize..first.end as usize)?;
        let again = text.get(second.start as usize..second.end as usize)?;
        let small = |word: &str| !word.chars().any(char::is_uppercase);
        let is_typed_twice = !between.is_empty()
            && between.trim().is_empty()
            && small(again)
            && (once == again || once.chars().skip(1).eq(again.chars().skip(1)));
        if !is_typed_twice {
            return None;
        }
        let kind = trusted(facts, *kind, &extra, "");
        let fix = kind.map(|kind| FixDraft {
            kind,
            description: described(text, &extra, ""),
            edits: vec![(extra.clone(), String::new())],
        });
        let mut finding = Finding::at(first.start as usize..extra.end);
        finding.fixes.extend(fix);
        Some(finding)
    }
}
