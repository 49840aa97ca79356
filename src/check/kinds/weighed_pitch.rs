//! `weighed-pitch`: a note that sells, by all its words together.

use crate::check::Build;
use crate::check::Check;
use crate::check::CombinedCheck;
use crate::check::Finding;
use crate::check::Found;
use crate::check::Kind;
use crate::check::NoteContext;
use crate::toml_doc::Table;

pub(super) static KIND: Kind = Kind {
    name: "weighed-pitch",
    about: "a note that reads like a pitch, by all its words together",
    parameters: &[("at_least", "the chance, 0 to 1, from which it is reported")],
    holes: &[],
    groups: false,
    build,
};

struct WeighedPitch {
    least: f64,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let least = table.number("at_least", build.problems);
    Some(Check::Combined(Box::new(WeighedPitch {
        least: least.map_or(0.5, |least| least.value),
    })))
}

impl CombinedCheck for WeighedPitch {
    fn check(&self, context: &NoteContext<'_>, found: &Found) -> Vec<Finding> {
        // Where a rule has named the words that sell, there is nothing to add.
        match context.opinion {
            Some(opinion)
                if opinion.expected.pitch >= self.least && !found.flags.contains(&"pitch") =>
            {
                vec![Finding::at(opinion.pitch_place.clone())]
            }
            _ => Vec::new(),
        }
    }
}
