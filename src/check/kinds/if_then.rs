//! `if-then`: where one thing is, another must be too, or must not.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Matcher;
use crate::check::NoteCheck;
use crate::check::NoteContext;
use crate::toml_doc::Table;

pub(super) static KIND: Kind = Kind {
    name: "if-then",
    about: "where one thing is, another must be too, or must not",
    parameters: &[
        (
            "if",
            "what has to be there for the rule to apply (phrases, patterns, unless, where); left out, it always applies",
        ),
        (
            "then",
            "what is expected (phrases, patterns, unless, where)",
        ),
        ("expect", "present or absent"),
    ],
    holes: &[],
    groups: false,
    build,
};

struct IfThen {
    condition: Option<Matcher>,
    consequence: Matcher,
    expect_present: bool,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let condition = Matcher::read_in(table, "if", build);
    let expect = table.choice(
        "expect",
        &[("present", true), ("absent", false)],
        build.problems,
    );
    let Some(consequence) = Matcher::read_in(table, "then", build) else {
        table.require("then", build.problems);
        return None;
    };
    let expect_present = expect.is_none_or(|expect| expect.value);
    Some(Check::Note(Box::new(IfThen {
        condition,
        consequence,
        expect_present,
    })))
}

impl NoteCheck for IfThen {
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding> {
        let facts = context.words.facts;
        let whole = 0..facts.text().trim_end().len();
        let condition = match &self.condition {
            None => Some(whole),
            Some(matcher) => matcher.find(&context.words).into_iter().next(),
        };
        let Some(place) = condition.filter(|_| facts.counts.words > 0) else {
            return Vec::new();
        };
        let found = self.consequence.find(&context.words).into_iter().next();
        match (found, self.expect_present) {
            (None, true) => vec![Finding::at(place)],
            (Some(unwanted), false) => vec![Finding::at(unwanted)],
            _ => Vec::new(),
        }
    }
}
