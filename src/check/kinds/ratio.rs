//! `ratio`: too much of one thing against another.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Matcher;
use crate::check::NoteCheck;
use crate::check::NoteContext;
use crate::toml_doc::Table;

pub(super) static KIND: Kind = Kind {
    name: "ratio",
    about: "too much of one thing against another",
    parameters: &[
        (
            "of",
            "what there may be too much of (phrases, patterns, unless, where)",
        ),
        (
            "to",
            "what it is held against (phrases, patterns, unless, where)",
        ),
        (
            "max",
            "the most of the one for each of the other; with none of the other, the most at all",
        ),
        (
            "at_least",
            "how many of the one there must be for the rule to apply",
        ),
    ],
    holes: &["count", "other", "max"],
    groups: false,
    build,
};

struct Ratio {
    of: Matcher,
    to: Matcher,
    max: f64,
    at_least: usize,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let of = Matcher::read_in(table, "of", build);
    let to = Matcher::read_in(table, "to", build);
    let max = table.number("max", build.problems);
    let at_least = table
        .count("at_least", build.problems)
        .map_or(1, |count| count.value as usize);
    for (key, missing) in [
        ("of", of.is_none()),
        ("to", to.is_none()),
        ("max", max.is_none()),
    ] {
        if missing {
            table.require(key, build.problems);
        }
    }
    Some(Check::Note(Box::new(Ratio {
        of: of?,
        to: to?,
        max: max?.value,
        at_least,
    })))
}

impl NoteCheck for Ratio {
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding> {
        let of = self.of.find(&context.words);
        if of.len() < self.at_least.max(1) {
            return Vec::new();
        }
        let to = self.to.find(&context.words).len();
        if of.len() as f64 <= self.max * to.max(1) as f64 {
            return Vec::new();
        }
        let (count, range) = (of.len(), of[0].clone());
        let finding = Finding::at(range)
            .with("count", count)
            .with("other", to)
            .with("max", self.max);
        vec![finding]
    }
}
