//! The plan as a calendar (RFC 5545): a reminder for each invitation, to be sent by hand.

use std::hash::Hasher;
use std::io;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::note::Note;
use crate::note::field_str;
use crate::render::calendar::begin;
use crate::render::calendar::escaped;
use crate::render::calendar::is_address;
use crate::render::calendar::line;
use crate::render::calendar::stamp;
use crate::render::timetable::Timetable;
use crate::render::timetable::local_text;
use crate::render::words::recipient;

/// Minutes that an entry takes in the calendar.
const LENGTH: &str = "PT5M";

/// Writes the calendar. Times are in UTC, so that it needs no tables of zones and is right on both
/// sides of every change of clocks.
pub(super) fn render(plan: &Timetable<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    begin("Invitations to send", out)?;
    for (moment, number) in plan.placed() {
        let note = &plan.report.notes[number];
        let zone = plan.entries[number].clock.zone.as_ref();
        line(out, "BEGIN:VEVENT")?;
        line(out, &format!("UID:{:016x}@connote", key(note)))?;
        line(out, &format!("DTSTAMP:{}", stamp(plan.now)))?;
        line(out, &format!("DTSTART:{}", stamp(moment)))?;
        line(out, &format!("DURATION:{LENGTH}"))?;
        let name = recipient(&note.recipient).unwrap_or_else(|| note.id.to_string());
        let title = format!("Send the invitation to {name}");
        line(out, &format!("SUMMARY:{}", escaped(&title)))?;
        line(
            out,
            &format!("DESCRIPTION:{}", escaped(&description(note, moment, zone))),
        )?;
        if let Some(profile) = field_str(&note.recipient.profile).filter(|it| is_address(it)) {
            line(out, &format!("URL:{}", profile.trim()))?;
        }
        for text in ["BEGIN:VALARM", "ACTION:DISPLAY"] {
            line(out, text)?;
        }
        line(out, &format!("DESCRIPTION:{}", escaped(&title)))?;
        for text in ["TRIGGER:PT0S", "END:VALARM", "END:VEVENT"] {
            line(out, text)?;
        }
    }
    line(out, "END:VCALENDAR")
}

/// The note to copy, and whom it is for.
fn description(note: &Note, moment: Timestamp, zone: Option<&TimeZone>) -> String {
    let mut text = note.text.as_str().to_owned();
    if let Some(profile) = field_str(&note.recipient.profile) {
        text.push_str("\n\n");
        text.push_str(profile);
    }
    if let Some(zone) = zone {
        text.push_str("\n\nTheir time: ");
        text.push_str(&local_text(moment, zone));
    }
    text
}

/// The same for the same draft in each run, so that a calendar updates its entries.
fn key(note: &Note) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(note.id.as_bytes());
    hasher.finish()
}
