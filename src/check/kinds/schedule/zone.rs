//! `zone-unknown`: a location that does not tell the time zone.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Schedule;
use crate::check::ScheduleCheck;
use crate::note::field_str;
use crate::toml_doc::Table;
use crate::zone::Confidence;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "zone-unknown",
    about: "a location that does not tell the time zone, and what to add",
    parameters: &[],
    holes: &["what"],
    groups: false,
    build,
};

struct ZoneUnknown;

fn build(_: &Table, _: &mut Build<'_>) -> Option<Check> {
    Some(Check::Schedule(Box::new(ZoneUnknown)))
}

/// Characters of a location that are shown.
const LONGEST: usize = 48;
/// Zones that are named.
const NAMED: usize = 4;

impl ScheduleCheck for ZoneUnknown {
    fn check(&self, sending: &Schedule<'_>) -> Vec<(usize, Finding)> {
        let mut found = Vec::new();
        let mut nothing = Vec::new();
        let mut any = false;
        for (number, clock) in sending.clocks.iter().enumerate() {
            let note = sending.notes[number];
            any |= clock.zone.is_some() || note.send_at.is_some();
            if clock.zone.is_some() || clock.wrong_zone {
                continue;
            }
            let Some(location) = field_str(&note.recipient.location) else {
                nothing.push(number);
                continue;
            };
            any = true;
            let what = match clock.confidence {
                Confidence::Several => {
                    let zones = &clock.candidates[..clock.candidates.len().min(NAMED)];
                    let more = if clock.candidates.len() > NAMED {
                        " ..."
                    } else {
                        ""
                    };
                    format!(
                        "could be in {}{more}: add the country or state, or `timezone`",
                        zones.join(", ")
                    )
                }
                _ => "is no place that is known here: write city and country, or add `timezone`"
                    .to_owned(),
            };
            let finding = Finding {
                place: note.recipient.location.as_ref().map(|field| field.span),
                ..Finding::at(0..0)
            };
            // A stranger's words, and perhaps many.
            let short: String = location.chars().take(LONGEST).collect();
            let what = format!("`{short}` {what}");
            found.push((number, finding.saying("what", what)));
        }
        // Who gives no times and no places at all does not plan here.
        if let (Some(&first), true) = (nothing.first(), any) {
            let what = match nothing.len() {
                1 => {
                    "This draft says nothing of the recipient's time: add `location` or `timezone`"
                        .to_owned()
                }
                more => format!(
                    "{more} drafts, this one first, say nothing of the recipient's time: add `location` or `timezone`"
                ),
            };
            found.push((first, Finding::at(0..0).saying("what", what)));
        }
        found
    }
}
