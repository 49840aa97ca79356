//! The plan as a spreadsheet: what the drafts say, and when each goes out.

use std::collections::HashSet;
use std::io;

use crate::note::Note;
use crate::note::field_str;
use crate::render::place;
use crate::render::spreadsheet::row;
use crate::render::timetable::Entry;
use crate::render::timetable::Timetable;
use crate::render::timetable::local_text;

/// A column: its name, and what stands in it.
type Column = (&'static str, fn(&Note) -> Option<&str>);

/// What a draft may say of itself.
const KNOWN: [Column; 12] = [
    ("first_name", |note| field_str(&note.recipient.first_name)),
    ("last_name", |note| field_str(&note.recipient.last_name)),
    ("title", |note| field_str(&note.recipient.title)),
    ("company", |note| field_str(&note.recipient.company)),
    ("industry", |note| field_str(&note.recipient.industry)),
    ("location", |note| field_str(&note.recipient.location)),
    ("timezone", |note| field_str(&note.recipient.timezone)),
    ("profile", |note| field_str(&note.recipient.profile)),
    ("priority", |note| field_str(&note.priority)),
    ("kind", |note| match note.kind.name() {
        "invitation" => None,
        other => Some(other),
    }),
    ("note", |note| Some(note.text.as_str())),
    ("id", |note| Some(&note.id)),
];

/// Writes the table. Columns that no draft fills are left out.
pub(super) fn render(plan: &Timetable<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let notes = &plan.report.notes;
    let filled = |(_, value): &&Column| notes.iter().any(|note| value(note).is_some());
    // The id comes first, the note last of what the draft says.
    let [known @ .., note, id] = &KNOWN;
    let known: Vec<&Column> = std::iter::once(id)
        .chain(known.iter().filter(filled))
        .collect();
    let mut extra: Vec<&str> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for (name, _) in notes.iter().flat_map(|note| note.extra.iter()) {
        if seen.insert(name) {
            extra.push(name);
        }
    }
    let mut header: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    header.extend(&extra);
    header.extend([
        note.0,
        "path",
        "line",
        "send_at",
        "send_at_local",
        "why_not",
    ]);
    row(out, header.iter().map(|name| (*name).to_owned()))?;
    for (_, draft, entry) in plan.all() {
        let mut cells: Vec<String> = known
            .iter()
            .map(|(_, value)| value(draft).unwrap_or_default().to_owned())
            .collect();
        for name in &extra {
            let mut of_name = draft.extra.iter().filter(|(known, _)| **known == **name);
            let value = of_name.next().map(|(_, value)| value.value.to_string());
            cells.push(value.unwrap_or_default());
        }
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
