//! `rules`: a rule over rules. What several findings together mean.

use std::sync::Arc;

use crate::check::Build;
use crate::check::Check;
use crate::check::CombinedCheck;
use crate::check::Finding;
use crate::check::Found;
use crate::check::Kind;
use crate::check::NoteContext;
use crate::score::Level;
use crate::score::Part;
use crate::span::Spanned;
use crate::toml_doc::Table;
use crate::toml_doc::suggestion;

pub(super) static KIND: Kind = Kind {
    name: "rules",
    about: "what several findings together mean",
    parameters: &[
        (
            "all",
            "rules, signals, `flag:pitch` or `part:reference=none` that must all hold",
        ),
        ("any", "the same, of which `at_least` must hold"),
        ("none", "the same, of which none may hold"),
        ("at_least", "how many of `any`; 1"),
    ],
    holes: &[],
    groups: false,
    build,
};

enum Condition {
    Rule(Arc<str>),
    Flag(String),
    Part(Part, Level),
}

struct Rules {
    all: Vec<Condition>,
    any: Vec<Condition>,
    none: Vec<Condition>,
    at_least: usize,
}

const FLAGS: [&str; 3] = ["pitch", "generic", "placeholder"];

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let mut list = |key| -> Vec<Condition> {
        let names = table.strings(key, build.problems);
        names
            .iter()
            .filter_map(|name| condition(name, build))
            .collect()
    };
    let (all, any, none) = (list("all"), list("any"), list("none"));
    let at_least = table
        .count("at_least", build.problems)
        .map_or(1, |count| count.value as usize);
    if all.is_empty() && any.is_empty() && none.is_empty() {
        table.require("all", build.problems);
    }
    Some(Check::Combined(Box::new(Rules {
        all,
        any,
        none,
        at_least,
    })))
}

fn condition(name: &Spanned<&str>, build: &mut Build<'_>) -> Option<Condition> {
    if let Some(flag) = name.value.strip_prefix("flag:") {
        if FLAGS.contains(&flag) {
            return Some(Condition::Flag(flag.to_owned()));
        }
        build.problems.error(
            name.span,
            format!("there is no flag `{flag}`; {}", suggestion(flag, &FLAGS)),
        );
        return None;
    }
    let Some(part) = name.value.strip_prefix("part:") else {
        return Some(Condition::Rule(name.value.into()));
    };
    let (part, level) = part.split_once('=').unwrap_or((part, "none"));
    let part = Part::NAMES.iter().find(|(known, _)| *known == part.trim());
    let level = Level::NAMES
        .iter()
        .find(|(known, _)| *known == level.trim());
    if part.is_none() || level.is_none() {
        build.problems.error(
            name.span,
            "a part is written `part:reference=none`, with none, generic or specific",
        );
    }
    Some(Condition::Part(part?.1, level?.1))
}

impl Condition {
    fn holds(&self, context: &NoteContext<'_>, found: &Found) -> bool {
        match self {
            Self::Rule(id) => found.ids.contains(id),
            Self::Flag(flag) => found.flags.iter().any(|set| set == flag),
            Self::Part(part, level) => context.parts[*part as usize].level == *level,
        }
    }
}

impl CombinedCheck for Rules {
    fn check(&self, context: &NoteContext<'_>, found: &Found) -> Vec<Finding> {
        let holds = |condition: &&Condition| condition.holds(context, found);
        let all = self
            .all
            .iter()
            .all(|condition| condition.holds(context, found));
        let some = self.any.is_empty() || self.any.iter().filter(holds).count() >= self.at_least;
        let none = !self
            .none
            .iter()
            .any(|condition| condition.holds(context, found));
        let facts = context.words.facts;
        if !(all && some && none) || facts.counts.words == 0 {
            return Vec::new();
        }
        vec![Finding::at(0..facts.text().trim_end().len())]
    }
}
