//! `send-past`: a send time that has gone by.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Schedule;
use crate::check::ScheduleCheck;
use crate::check::kinds::schedule::at_time;
use crate::check::kinds::schedule::told;
use crate::schedule::Clock;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "send-past",
    about: "a send time that has gone by",
    parameters: &[],
    holes: &["when", "after"],
    groups: false,
    build,
};

struct SendPast;

fn build(_: &Table, _: &mut Build<'_>) -> Option<Check> {
    Some(Check::Schedule(Box::new(SendPast)))
}

impl ScheduleCheck for SendPast {
    fn check(&self, sending: &Schedule<'_>) -> Vec<(usize, Finding)> {
        let all = sending.clocks.iter().enumerate();
        all.filter_map(|(number, clock)| {
            let moment = clock.sent.moment().filter(|moment| *moment < sending.now)?;
            let zone = clock.zone.clone().unwrap_or(jiff::tz::TimeZone::UTC);
            let next = next(clock, sending, number);
            let finding = at_time(sending.notes[number])
                .labelled("this has gone by")
                .with("when", told(moment, &zone))
                .with("after", next);
            Some((number, finding))
        })
        .collect()
    }
}

fn next(clock: &Clock, sending: &Schedule<'_>, number: usize) -> String {
    let next = clock.next(sending.settings(number), sending.now);
    match (next, clock.zone.as_ref()) {
        (Some(next), Some(zone)) => told(next, zone),
        _ => "a time to come".to_owned(),
    }
}
