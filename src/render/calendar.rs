//! Calendars that we write (RFC 5545): lines, texts, moments.

use std::io;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::render::clean::display_copy;

/// Bytes of a line in a calendar file.
const LINE: usize = 75;

/// Opens a calendar.
pub(crate) fn begin(name: &str, out: &mut dyn io::Write) -> io::Result<()> {
    for text in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//connote//connote//EN",
        "CALSCALE:GREGORIAN",
    ] {
        line(out, text)?;
    }
    line(out, &format!("X-WR-CALNAME:{}", escaped(name)))
}

/// Only a plain web address becomes a link.
pub(crate) fn is_address(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with("https://") || text.starts_with("http://"))
        && text.chars().all(|letter| letter.is_ascii_graphic())
}

/// A moment in UTC.
pub(crate) fn stamp(moment: Timestamp) -> String {
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
pub(crate) fn escaped(text: &str) -> String {
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
pub(crate) fn line(out: &mut dyn io::Write, text: &str) -> io::Result<()> {
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
