//! `send-window`: a send time outside the recipient's good hours.

use jiff::civil::Date;
use jiff::civil::DateTime;

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Schedule;
use crate::check::ScheduleCheck;
use crate::check::kinds::schedule::at_time;
use crate::check::kinds::schedule::day_name;
use crate::check::kinds::schedule::told;
use crate::check::kinds::schedule::with_doubt;
use crate::check::kinds::schedule::zone_name;
use crate::schedule::Clock;
use crate::schedule::Settings;
use crate::toml_doc::Table;
use crate::window::Verdict;
use crate::window::week_of;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "send-window",
    about: "a send time outside the hours of `[schedule]` in the recipient's time zone",
    parameters: &[],
    holes: &["when", "why", "zone", "before", "after"],
    groups: false,
    build,
};

struct SendWindow;

fn build(_: &Table, _: &mut Build<'_>) -> Option<Check> {
    Some(Check::Schedule(Box::new(SendWindow)))
}

/// Hours from which on and before which it is night.
const NIGHT: (i8, i8) = (22, 6);

impl ScheduleCheck for SendWindow {
    fn check(&self, sending: &Schedule<'_>) -> Vec<(usize, Finding)> {
        let mut found = Vec::new();
        for (number, clock) in sending.clocks.iter().enumerate() {
            let (Some(moment), Some(zone)) = (clock.sent.moment(), clock.zone.as_ref()) else {
                continue;
            };
            let settings = sending.settings(number);
            let open = |date: Date| clock.is_open(settings, date);
            let window = clock.window(settings);
            let local = zone.to_datetime(moment);
            let verdict = window.judge(local, &open);
            if verdict == Verdict::Inside || moment < sending.now {
                continue;
            }
            // What has gone by is no help.
            let before = window
                .previous(zone, moment, &open)
                .filter(|before| *before >= sending.now);
            let after = window.next(zone, moment, &open);
            let or_none = |moment: Option<jiff::Timestamp>| {
                moment.map_or("none".to_owned(), |moment| told(moment, zone))
            };
            let mut finding = at_time(sending.notes[number])
                .labelled("outside their hours")
                .with("when", told(moment, zone))
                .saying("why", why(verdict, local, clock, settings))
                .with("zone", zone_name(clock))
                .with("before", or_none(before))
                .with("after", or_none(after));
            for (name, moment) in [("before", before), ("after", after)] {
                if let Some(moment) = moment {
                    let there = told(moment, zone);
                    finding
                        .details
                        .push(format!("the nearest good time {name} it: {there}"));
                }
            }
            found.push((number, with_doubt(finding, clock)));
        }
        found
    }
}

fn why(verdict: Verdict, local: DateTime, clock: &Clock, settings: &Settings) -> String {
    let night = local.hour() >= NIGHT.0 || local.hour() < NIGHT.1;
    match verdict {
        Verdict::OtherDay(day) => {
            let week = week_of(clock.country);
            let name = day_name(day);
            match () {
                () if !week.days().contains(&day) => format!("{name} is the weekend there"),
                () if day == week.first => {
                    format!("on {name}s people catch up with what has piled up")
                }
                () if day == week.last => format!("on {name}s people wind down for the weekend"),
                () => format!("{name} is not one of the days for sending"),
            }
        }
        Verdict::Closed => match clock.holiday(settings, local.date()) {
            Some(name) => format!("it is a public holiday there, {name}"),
            None => "nothing is sent on this date".to_owned(),
        },
        Verdict::Early | Verdict::Late if night => "it is night there".to_owned(),
        Verdict::Early => "it is before working hours there".to_owned(),
        Verdict::Late => "it is after working hours there".to_owned(),
        Verdict::Inside => String::new(),
    }
}
