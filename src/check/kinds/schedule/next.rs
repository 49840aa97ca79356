//! `send-next`: no send time, and when a good one would be.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Schedule;
use crate::check::ScheduleCheck;
use crate::check::kinds::schedule::at_time;
use crate::check::kinds::schedule::told;
use crate::check::kinds::schedule::with_doubt;
use crate::check::kinds::schedule::zone_name;
use crate::schedule::Sent;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "send-next",
    about: "no send time is given: the next good one for a recipient whose time zone is known",
    parameters: &[],
    holes: &["after", "zone"],
    groups: false,
    build,
};

struct SendNext;

fn build(_: &Table, _: &mut Build<'_>) -> Option<Check> {
    Some(Check::Schedule(Box::new(SendNext)))
}

impl ScheduleCheck for SendNext {
    fn check(&self, sending: &Schedule<'_>) -> Vec<(usize, Finding)> {
        let all = sending.clocks.iter().enumerate();
        all.filter(|(_, clock)| clock.sent == Sent::Open)
            .filter_map(|(number, clock)| {
                let earliest = (sending.not_before)(number);
                let earliest = earliest.map_or(sending.now, |from| from.max(sending.now));
                let next = clock.next(sending.settings(number), earliest)?;
                let finding = at_time(sending.notes[number])
                    .labelled("their time")
                    .with("after", told(next, clock.zone.as_ref()?))
                    .with("zone", zone_name(clock));
                Some((number, with_doubt(finding, clock)))
            })
            .collect()
    }
}
