//! `rate-low`: too few of the invitations that were sent have been accepted.

use crate::audit::Band;
use crate::audit::Outcome;
use crate::audit::Rate;
use crate::audit::ripe_for_answer;
use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Past;
use crate::check::PastCheck;
use crate::check::kinds::past::outcomes;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "rate-low",
    about: "an acceptance rate below `healthy-from` of `[audit]`, by the history that was given",
    parameters: &[],
    holes: &["rate", "accepted", "mature", "healthy"],
    groups: false,
    build,
};

struct RateLow;

fn build(_: &Table, _: &mut Build<'_>) -> Option<Check> {
    Some(Check::Past(Box::new(RateLow)))
}

impl PastCheck for RateLow {
    fn compares(&self) -> bool {
        true
    }

    fn check(&self, past: &Past<'_>) -> Vec<(usize, Finding)> {
        let Some(sending) = past.sending().filter(|_| past.history.has_connections) else {
            return Vec::new();
        };
        let settings = &sending.audit;
        let outcomes = outcomes(past, sending);
        let mature = past.history.sent.iter().zip(&outcomes);
        let mature = mature.filter(|(sent, _)| ripe_for_answer(sent, settings, past.now));
        let accepted = mature.map(|(_, outcome)| *outcome == Outcome::Accepted);
        let rate = Rate::of(accepted, settings);
        let (Some(share), Band::Low) = (rate.rate(), rate.band(settings)) else {
            return Vec::new();
        };
        let finding = Finding::at(0..0)
            .with("rate", format!("{:.0} %", share * 100.0))
            .with("accepted", rate.accepted)
            .with("mature", rate.mature)
            .with(
                "healthy",
                format!("{} to {} %", settings.healthy_from, settings.healthy_to),
            );
        vec![(0, finding)]
    }
}
