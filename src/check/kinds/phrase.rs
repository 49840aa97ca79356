//! `phrase`: words that should not be there.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Matcher;
use crate::check::NoteCheck;
use crate::check::NoteContext;
use crate::check::mend::Mend;
use crate::toml_doc::Table;

pub(super) static KIND: Kind = Kind {
    name: "phrase",
    about: "words or patterns that are in the note",
    parameters: &[
        ("phrases", "word patterns to look for"),
        ("patterns", "regular expressions to look for"),
        (
            "not",
            "regular expressions that cancel a match of `patterns` where they fit",
        ),
        (
            "unless",
            "word patterns that cancel a match in the same sentence",
        ),
        (
            "unless_note",
            "word patterns that cancel every match of the note",
        ),
        (
            "where",
            "note, greeting, opening, closing, end (a short sign-off may follow), question, statement, start",
        ),
        ("min", "how many matches it takes; 1"),
        (
            "report",
            "first: one finding at the first match; each: one at every match",
        ),
        (
            "replace",
            "what a match of `patterns` becomes, with its groups as in `${word}.`; or",
        ),
        (
            "delete",
            "sentence: the sentence that says no more than the match; end: the last sentence, which stops short",
        ),
        (
            "fix",
            "safe or unsafe: whether that may be done unasked; unsafe",
        ),
    ],
    holes: &["count"],
    groups: false,
    build,
};

struct Phrase {
    matcher: Matcher,
    min: usize,
    each: bool,
    mend: Option<Mend>,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let matcher = Matcher::read(table, build);
    let min = table
        .count("min", build.problems)
        .map_or(1, |min| min.value as usize);
    let each = table.choice(
        "report",
        &[("first", false), ("each", true)],
        build.problems,
    );
    Some(Check::Note(Box::new(Phrase {
        matcher,
        min,
        each: each.is_some_and(|each| each.value),
        mend: Mend::read(table, build),
    })))
}

impl NoteCheck for Phrase {
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding> {
        let mut found = self.matcher.matches(&context.words);
        if let Some(mend) = &self.mend {
            mend.keep_longest(&mut found);
        }
        if found.len() < self.min.max(1) {
            return Vec::new();
        }
        let count = found.len();
        let shown = if self.each { count } else { 1 };
        found
            .into_iter()
            .take(shown)
            .map(|(range, regex)| {
                let finding = match &self.mend {
                    Some(mend) => mend.finding(context, range, regex),
                    None => Finding::at(range),
                };
                finding.with("count", count)
            })
            .collect()
    }
}
