//! The plan as one JSON document, version 1.

use std::io;

use jiff::tz::TimeZone;
use serde::Serialize;

use crate::render::place;
use crate::render::timetable::Timetable;
use crate::render::timetable::local_text;

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    path: String,
    line: u32,
    timezone: Option<&'a str>,
    timezone_source: &'a str,
    confidence: &'a str,
    candidates: &'a [&'static str],
    send_at: Option<String>,
    send_at_local: Option<String>,
    why_not: Option<&'a str>,
}

/// Writes the document, a row a line.
pub(super) fn render(plan: &Timetable<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    write!(
        out,
        "{{\"version\":1,\"now\":\"{}\",\n\"notes\":[",
        plan.now
    )?;
    for (number, note, entry) in plan.all() {
        let clock = &entry.clock;
        let moment = entry.placed.as_ref().ok();
        let zone = clock.zone.as_ref();
        let row = Row {
            id: &note.id,
            path: place::path(plan.sources.get(note.text.file())),
            line: note.line,
            timezone: zone.and_then(TimeZone::iana_name),
            timezone_source: clock.source.name(),
            confidence: clock.confidence.name(),
            candidates: &clock.candidates,
            send_at: moment.map(ToString::to_string),
            send_at_local: moment
                .zip(zone)
                .map(|(moment, zone)| local_text(*moment, zone)),
            why_not: entry.placed.as_ref().err().map(String::as_str),
        };
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &row)?;
    }
    out.write_all(b"\n]\n}\n")
}
