//! `signal`: words that are evidence for a part of the formula.

use std::ops::Range;

use crate::check::Build;
use crate::check::Check;
use crate::check::Kind;
use crate::check::Matcher;
use crate::check::Signal;
use crate::check::SignalFinder;
use crate::check::Words;
use crate::check::parameters;
use crate::toml_doc::Table;

pub(super) static KIND: Kind = Kind {
    name: "signal",
    about: "words that show a part of the formula: evidence, not a finding",
    parameters: &[
        ("part", "reference, reason or value"),
        ("strength", "generic or specific"),
        ("phrases", "word patterns to look for"),
        ("patterns", "regular expressions to look for"),
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
            "note, greeting, opening, closing, question, statement, start",
        ),
    ],
    holes: &[],
    groups: false,
    build,
};

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let part = parameters::part(table, "part", build.problems);
    let level = parameters::level(table, "strength", build.problems);
    let finder = Box::new(Matcher::read(table, build));
    Some(Check::Signal(Signal {
        part: part?,
        level: level?,
        firm: false,
        finder,
    }))
}

impl SignalFinder for Matcher {
    fn find(&self, words: &Words<'_>) -> Vec<Range<usize>> {
        Matcher::find(self, words)
    }
}
