//! `order`: what should come first and does not.

use std::ops::Range;

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Matcher;
use crate::check::NoteCheck;
use crate::check::NoteContext;
use crate::score::Part;
use crate::toml_doc::Table;
use crate::toml_doc::Value;

pub(super) static KIND: Kind = Kind {
    name: "order",
    about: "what should come first and does not",
    parameters: &[
        (
            "first",
            "what should come first: a part of the formula, or phrases",
        ),
        (
            "then",
            "what should come after it: a part of the formula, or phrases",
        ),
    ],
    holes: &[],
    groups: false,
    build,
};

enum What {
    Part(Part),
    Words(Matcher),
}

struct Order {
    first: What,
    then: What,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let first = what(table, "first", build);
    let then = what(table, "then", build);
    Some(Check::Note(Box::new(Order {
        first: first?,
        then: then?,
    })))
}

fn what(table: &Table, key: &'static str, build: &mut Build<'_>) -> Option<What> {
    match table.value(key).map(|value| &value.value) {
        Some(Value::String(_)) => table
            .choice(key, &Part::NAMES, build.problems)
            .map(|part| What::Part(part.value)),
        Some(_) => Matcher::read_in(table, key, build).map(What::Words),
        None => {
            table.require(key, build.problems);
            None
        }
    }
}

impl What {
    fn place(&self, context: &NoteContext<'_>) -> Option<Range<usize>> {
        match self {
            Self::Words(matcher) => matcher.find(&context.words).into_iter().next(),
            Self::Part(part) => {
                let part = &context.parts[*part as usize];
                let strongest = part
                    .evidence
                    .iter()
                    .find(|evidence| evidence.level == part.level)?;
                Some(strongest.start as usize..strongest.end as usize)
            }
        }
    }
}

impl NoteCheck for Order {
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding> {
        let Some(then) = self.then.place(context) else {
            return Vec::new();
        };
        match self.first.place(context) {
            Some(first) if first.start <= then.start => Vec::new(),
            Some(first) => {
                let mut finding = Finding::at(then);
                finding
                    .also
                    .push((first, "this should come before it".to_owned()));
                vec![finding]
            }
            None => vec![Finding::at(then)],
        }
    }
}
