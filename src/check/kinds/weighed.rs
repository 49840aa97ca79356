//! `weighed`: the level of a part by all words of the note together.

use crate::check::Build;
use crate::check::Check;
use crate::check::Kind;
use crate::check::Weighed;
use crate::check::parameters;
use crate::toml_doc::Table;
use crate::weigh::Steps;

pub(super) static KIND: Kind = Kind {
    name: "weighed",
    about: "the level of a part by all words of the note together: it settles what single phrases claim",
    parameters: &[
        ("part", "reference, reason or value"),
        (
            "generic",
            "the expected level, 0 to 2, from which the part counts as generic",
        ),
        (
            "keep_generic",
            "the same where a phrase claims as much; by default no other",
        ),
        (
            "specific",
            "the expected level, 0 to 2, from which the part counts as specific",
        ),
        (
            "keep_specific",
            "the same where a phrase claims as much; by default no other",
        ),
    ],
    holes: &[],
    groups: false,
    build,
};

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let part = parameters::part(table, "part", build.problems);
    let mut step = |key, usual: f64| {
        let given = table.number(key, build.problems);
        given.map_or(usual, |given| given.value)
    };
    let generic = step("generic", 0.5);
    let specific = step("specific", 1.5);
    let steps = Steps {
        generic,
        keep_generic: step("keep_generic", generic),
        specific,
        keep_specific: step("keep_specific", specific),
    };
    if steps.generic > steps.specific || steps.keep_generic > steps.keep_specific {
        build.problems.error(
            table.span_of("generic"),
            "`generic` must not be above `specific`",
        );
    }
    Some(Check::Weighed(Weighed { part: part?, steps }))
}
