//! Kinds that look at when notes are sent, and what they share: how times are told.

pub(super) mod next;
pub(super) mod pace;
pub(super) mod past;
pub(super) mod quiet;
pub(super) mod together;
pub(super) mod unclear;
pub(super) mod window;
pub(super) mod zone;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::check::Finding;
use crate::note::Note;
use crate::schedule::Clock;
use crate::schedule::Source;
use crate::schedule::day_name;
use crate::schedule::hour_text;
use crate::zone::Confidence;

/// A finding at what the draft says of its time: `send_at`, or else the zone, or the location.
fn at_time(note: &Note) -> Finding {
    let recipient = &note.recipient;
    let fields = [&note.send_at, &recipient.timezone, &recipient.location];
    Finding {
        place: fields.into_iter().flatten().next().map(|field| field.span),
        ..Finding::at(0..0)
    }
}

/// "Tuesday 31 March, 9:00".
fn told(moment: Timestamp, zone: &TimeZone) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let local = zone.to_datetime(moment);
    let month = MONTHS[(local.month().unsigned_abs() as usize - 1).min(11)];
    let day = day_name(local.date().weekday());
    format!("{day} {} {month}, {}", local.day(), hour_text(local.time()))
}

/// The name of a clock's zone.
fn zone_name(clock: &Clock) -> &str {
    clock
        .zone
        .as_ref()
        .and_then(TimeZone::iana_name)
        .unwrap_or("UTC")
}

/// Says where the zone comes from, where that is not certain.
fn with_doubt(mut finding: Finding, clock: &Clock) -> Finding {
    if clock.source == Source::Location && clock.confidence == Confidence::Likely {
        let zone = zone_name(clock);
        finding.details.push(format!(
            "the location is likely, not certainly, in {zone}: give `timezone` to be sure"
        ));
    }
    finding
}
