//! `send-unclear`: what is written names no single moment.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Schedule;
use crate::check::ScheduleCheck;
use crate::check::kinds::schedule::at_time;
use crate::check::kinds::schedule::told;
use crate::check::kinds::schedule::zone_name;
use crate::schedule::Clock;
use crate::schedule::Sent;
use crate::toml_doc::Table;
use crate::window::Local;
use crate::window::Unclear;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "send-unclear",
    about: "a send time or a time zone that cannot be read, or that the change of clocks makes two or none",
    parameters: &[],
    holes: &["what"],
    groups: false,
    build,
};

struct SendUnclear;

fn build(_: &Table, _: &mut Build<'_>) -> Option<Check> {
    Some(Check::Schedule(Box::new(SendUnclear)))
}

impl ScheduleCheck for SendUnclear {
    fn check(&self, sending: &Schedule<'_>) -> Vec<(usize, Finding)> {
        let mut found = Vec::new();
        for (number, clock) in sending.clocks.iter().enumerate() {
            let note = sending.notes[number];
            if clock.wrong_zone {
                let place = note.recipient.timezone.as_ref().map(|field| field.span);
                let finding = Finding {
                    place,
                    ..Finding::at(0..0)
                };
                let what = "There is no such time zone: write one like Europe/Berlin";
                found.push((
                    number,
                    finding.labelled("not a time zone").saying("what", what),
                ));
            }
            if let Some(what) = what(clock) {
                found.push((number, at_time(note).saying("what", what)));
            }
        }
        found
    }
}

fn what(clock: &Clock) -> Option<String> {
    match &clock.sent {
        Sent::Open | Sent::At(Local::At(_)) => None,
        Sent::Wrong(message) => Some(format!("The send time is not clear: {message}")),
        Sent::At(Local::NoZone(_)) if clock.wrong_zone => None,
        Sent::At(Local::NoZone(_)) => Some(
            "The send time is a local one, but the time zone is not known: add `timezone`, or a location with the country"
                .to_owned(),
        ),
        Sent::At(Local::Resolved(moment, unclear)) => {
            let zone = clock.zone.as_ref()?;
            let (name, taken) = (zone_name(clock), told(*moment, zone));
            Some(match unclear {
                Unclear::Skipped => format!(
                    "The clocks in {name} are put forward over this time, so it never comes: {taken} is taken"
                ),
                Unclear::Twice => format!(
                    "The clocks in {name} are put back over this time, so it comes twice: the first is taken; write the offset to say which"
                ),
            })
        }
    }
}
