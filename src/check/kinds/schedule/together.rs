//! `send-together`: several invitations in the same minute.

use std::collections::BTreeMap;

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Schedule;
use crate::check::ScheduleCheck;
use crate::check::kinds::schedule::at_time;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "send-together",
    about: "several send times in the same minute",
    parameters: &[("notes", "so many in one minute")],
    holes: &["count"],
    groups: false,
    build,
};

struct SendTogether {
    notes: usize,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let Some(notes) = table.count("notes", build.problems) else {
        table.require("notes", build.problems);
        return None;
    };
    Some(Check::Schedule(Box::new(SendTogether {
        notes: (notes.value as usize).max(2),
    })))
}

/// Others that are pointed at.
const POINTED_AT: usize = 4;

impl ScheduleCheck for SendTogether {
    fn compares(&self) -> bool {
        true
    }

    fn check(&self, sending: &Schedule<'_>) -> Vec<(usize, Finding)> {
        let mut minutes: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (number, clock) in sending.clocks.iter().enumerate() {
            if let Some(moment) = clock.sent.moment() {
                minutes
                    .entry(moment.as_second().div_euclid(60))
                    .or_default()
                    .push(number);
            }
        }
        let crowded = minutes
            .into_values()
            .filter(|notes| notes.len() >= self.notes);
        crowded
            .map(|notes| {
                let mut finding = at_time(sending.notes[notes[0]])
                    .labelled("this minute")
                    .with("count", notes.len());
                for &other in notes[1..].iter().take(POINTED_AT) {
                    let place = sending.notes[other]
                        .send_at
                        .as_ref()
                        .map(|field| field.span);
                    let place = place.unwrap_or(sending.notes[other].text.whole());
                    finding
                        .elsewhere
                        .push((place, "the same minute".to_owned()));
                }
                (notes[0], finding)
            })
            .collect()
    }
}
