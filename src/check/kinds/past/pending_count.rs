//! `pending-count`: too many invitations are waiting for an answer already.

use crate::audit::Outcome;
use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Past;
use crate::check::PastCheck;
use crate::check::kinds::past::outcomes;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "pending-count",
    about: "as many pending invitations as `[audit]` warns of, or more, by the history that was given",
    parameters: &[(
        "limit",
        "warning: from `pending-warning` to `pending-error`; error: from there on",
    )],
    holes: &["count", "most"],
    groups: false,
    build,
};

#[derive(Clone, Copy)]
enum Limit {
    Warning,
    Error,
}

struct PendingCount {
    limit: Limit,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let limits = [("warning", Limit::Warning), ("error", Limit::Error)];
    let limit = table.choice("limit", &limits, build.problems);
    let limit = limit.map_or(Limit::Warning, |limit| limit.value);
    Some(Check::Past(Box::new(PendingCount { limit })))
}

impl PastCheck for PendingCount {
    fn compares(&self) -> bool {
        true
    }

    fn check(&self, past: &Past<'_>) -> Vec<(usize, Finding)> {
        let Some(sending) = past.sending() else {
            return Vec::new();
        };
        let outcomes = outcomes(past, sending);
        let count = outcomes
            .iter()
            .filter(|outcome| **outcome == Outcome::Pending)
            .count();
        let (warning, error) = (
            sending.audit.pending_warning as usize,
            sending.audit.pending_error as usize,
        );
        let (applies, most) = match self.limit {
            Limit::Warning => ((warning..error).contains(&count), warning),
            Limit::Error => (count >= error, error),
        };
        match applies {
            true => vec![(0, Finding::at(0..0).with("count", count).with("most", most))],
            false => Vec::new(),
        }
    }
}
