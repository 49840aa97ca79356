//! The plan as a spreadsheet: what the drafts say, and when each goes out.

use std::io;

use crate::render::draft_columns::Columns;
use crate::render::draft_columns::KNOWN;
use crate::render::place;
use crate::render::spreadsheet::row;
use crate::render::timetable::Entry;
use crate::render::timetable::Timetable;
use crate::render::timetable::local_text;

/// Writes the table. Columns that no draft fills are left out.
pub(super) fn render(plan: &Timetable<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let notes = &plan.report.notes;
    let columns = Columns::new(KNOWN.iter(), notes);
    let mut header = columns.names();
    // The note comes last of what the draft says.
    let rest = [
        "note",
        "path",
        "line",
        "send_at",
        "send_at_local",
        "why_not",
    ];
    header.extend(rest.map(str::to_owned));
    row(out, header.into_iter())?;
    for (_, draft, entry) in plan.all() {
        let mut cells = columns.cells(draft);
        cells.push(draft.text.as_str().to_owned());
        cells.push(place::path(plan.sources.get(draft.text.file())));
        cells.push(draft.line.to_string());
        cells.extend(times(entry));
        row(out, cells.into_iter())?;
    }
    Ok(())
}

fn times(entry: &Entry) -> [String; 3] {
    match (&entry.placed, &entry.clock.zone) {
        (Ok(moment), Some(zone)) => [moment.to_string(), local_text(*moment, zone), String::new()],
        (Ok(moment), None) => [moment.to_string(), String::new(), String::new()],
        (Err(why), _) => [String::new(), String::new(), why.clone()],
    }
}
