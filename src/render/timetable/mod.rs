//! A plan of send times, written for people, spreadsheets, programs and calendars. One file per output,
//! one line in [`TIMETABLES`].

mod csv;
mod ics;
mod json;
mod terminal;

use std::io;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::note::Note;
use crate::render::Options;
use crate::report::Report;
use crate::schedule::Clock;
use crate::source::Sources;

/// What came of one draft.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The reader's time.
    pub clock: Clock,
    /// When it goes out, or why it does not.
    pub placed: Result<Timestamp, String>,
    /// The draft gives its time, and that is outside the reader's hours.
    pub outside: bool,
}

/// All that an output may look at.
#[derive(Clone, Copy, Debug)]
pub struct Timetable<'a> {
    /// The drafts and what was found in them.
    pub report: &'a Report,
    /// The files they come from.
    pub sources: &'a Sources,
    /// One for each draft.
    pub entries: &'a [Entry],
    /// The moment from which was planned.
    pub now: Timestamp,
    /// The sender's zone, if it is known.
    pub sender: Option<&'a TimeZone>,
    /// How to write.
    pub options: &'a Options,
}

/// A way to write a plan.
pub struct TimetableOutput {
    /// The name on the command line.
    pub name: &'static str,
    /// Writes it. Errors of the writer are handed back.
    pub render: fn(&Timetable<'_>, &mut dyn io::Write) -> io::Result<()>,
}

/// All outputs; the first is the default.
pub static TIMETABLES: &[TimetableOutput] = &[
    TimetableOutput {
        name: "terminal",
        render: terminal::render,
    },
    TimetableOutput {
        name: "csv",
        render: csv::render,
    },
    TimetableOutput {
        name: "json",
        render: json::render,
    },
    TimetableOutput {
        name: "ics",
        render: ics::render,
    },
];

/// The output of a name.
pub fn timetable(name: &str) -> Option<&'static TimetableOutput> {
    TIMETABLES.iter().find(|output| output.name == name)
}

impl<'a> Timetable<'a> {
    /// Every draft with what came of it, in the order of the input.
    fn all(&self) -> impl Iterator<Item = (usize, &'a Note, &'a Entry)> {
        let both = self.report.notes.iter().zip(self.entries).enumerate();
        both.map(|(number, (note, entry))| (number, note, entry))
    }

    /// The drafts that go out, in the order of time.
    fn placed(&self) -> Vec<(Timestamp, usize)> {
        let moment = |(number, _, entry): (usize, _, &Entry)| {
            Some((entry.placed.as_ref().ok().copied()?, number))
        };
        let mut placed: Vec<(Timestamp, usize)> = self.all().filter_map(moment).collect();
        placed.sort_unstable();
        placed
    }
}

/// A moment on a clock, as RFC 9557 writes it: `2026-03-31T10:12:00+02:00[Europe/Berlin]`.
fn local_text(moment: Timestamp, zone: &TimeZone) -> String {
    moment.to_zoned_datetime(zone.clone()).to_string()
}

#[cfg(test)]
mod tests;
