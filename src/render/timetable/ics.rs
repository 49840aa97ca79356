//! The plan as a calendar (RFC 5545): a reminder for each invitation, to be sent by hand.

use std::hash::Hasher;
use std::io;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::note::Note;
use crate::note::field_str;
use crate::render::clean::display_copy;
use crate::render::timetable::Timetable;
use crate::render::timetable::local_text;
use crate::render::words::recipient;

/// Minutes that an entry takes in the calendar.
const LENGTH: &str = "PT5M";
/// Bytes of a line in a calendar file.
const LINE: usize = 75;

/// Writes the calendar. Times are in UTC, so that it needs no tables of zones and is right on both
/// sides of every change of clocks.
pub(super) fn render(plan: &Timetable<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for text in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//connote//connote//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Invitations to send",
    ] {
        line(out, text)?;
    }
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

/// Only a plain web address becomes a link.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with("https://") || text.starts_with("http://"))
        && text.chars().all(|letter| letter.is_ascii_graphic())
}

/// The same for the same draft in each run, so that a calendar updates its entries.
fn key(note: &Note) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(note.id.as_bytes());
    hasher.finish()
}

fn stamp(moment: Timestamp) -> String {
    let utc = TimeZone::UTC.to_datetime(moment);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        utc.year(),
        utc.month(),
        utc.day(),
        utc.hour(),
        utc.minute(),
        utc.second()
    )
}

/// A text value: signs of the format are escaped, what would hide or reorder text is shown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (number, part) in text.split('\n').enumerate() {
        if number > 0 {
            out.push_str("\\n");
        }
        for letter in display_copy(part).chars() {
            match letter {
                '\\' | ';' | ',' => out.extend(['\\', letter]),
                letter if letter.is_control() => {}
                other => out.push(other),
            }
        }
    }
    out
}

/// Writes a line, folded to 75 bytes without cutting a character.
fn line(out: &mut dyn io::Write, text: &str) -> io::Result<()> {
    let mut width = 0;
    let mut buffer = [0; 4];
    for letter in text.chars() {
        let bytes = letter.encode_utf8(&mut buffer).as_bytes();
        if width + bytes.len() > LINE {
            out.write_all(b"\r\n ")?;
            width = 1;
        }
        out.write_all(bytes)?;
        width += bytes.len();
    }
    out.write_all(b"\r\n")
}
