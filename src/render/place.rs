//! Names of files and places in them, for people.

use std::cell::Cell;

use crate::render::clean::clean;
use crate::report::Report;
use crate::source::Origin;
use crate::source::Position;
use crate::source::Source;
use crate::source::Sources;
use crate::source::floor_char_boundary;
use crate::span::FileId;
use crate::span::Span;

/// The name of a file, harmless; of a cell in a workbook, `batch.xlsx[Sheet1!C5]`.
pub(crate) fn name(source: &Source) -> String {
    let mut name = clean(&source.name).into_owned();
    if let Some(cell) = &source.cell {
        name = format!("{name}[{}]", clean(cell));
    }
    name
}

/// The name of a file for programs: as it is.
pub(crate) fn path(source: &Source) -> String {
    match &source.cell {
        Some(cell) => format!("{}[{cell}]", source.name),
        None => source.name.clone(),
    }
}

/// Where a note begins: `path:line`, or the cell of a workbook.
pub(crate) fn of_note(report: &Report, sources: &Sources, index: usize) -> String {
    let note = &report.notes[index];
    let source = sources.get(note.text.file());
    let name = name(source);
    if source.cell.is_some() {
        return name;
    }
    format!("{name}:{}", note.line)
}

/// Finds lines and columns. Remembers the last place, because a file may be one line of many
/// megabytes, and counting its columns from the start each time would take for ever.
pub(crate) struct Positions<'a> {
    sources: &'a Sources,
    last: Cell<Option<(FileId, Position)>>,
}

/// From how many bytes into a line the last place is worth using.
const NEAR: usize = 1024;

impl<'a> Positions<'a> {
    pub(crate) fn new(sources: &'a Sources) -> Self {
        Self {
            sources,
            last: Cell::new(None),
        }
    }

    /// Where a span starts and where it ends.
    pub(crate) fn of(&self, span: Span) -> (Position, Position) {
        let start = self.at(span.file, span.start as usize);
        (start, self.at(span.file, span.end as usize))
    }

    /// Where a byte is.
    pub(crate) fn at(&self, file: FileId, byte: usize) -> Position {
        let source = self.sources.get(file);
        let byte = floor_char_boundary(&source.text, byte);
        let line = source.line_index(byte);
        let from = source.line_starts().get(line).map_or(0, |&at| at as usize);
        if byte - from < NEAR || source.origin != Origin::default() {
            return source.position(byte);
        }
        let here = match self.last.get() {
            Some((known, last)) if known == file && last.line as usize == line + 1 => {
                step(&source.text, last, byte)
            }
            _ => source.position(byte),
        };
        self.last.set(Some((file, here)));
        here
    }
}

/// The place of a byte, counted from another place in the same line.
fn step(text: &str, last: Position, byte: usize) -> Position {
    let known = last.byte as usize;
    let between = &text[known.min(byte)..known.max(byte)];
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let characters = count(between.chars().count());
    let units = count(between.encode_utf16().count());
    let moved = |column: u32, by: u32| {
        if byte >= known {
            column.saturating_add(by)
        } else {
            column.saturating_sub(by)
        }
    };
    Position {
        byte: count(byte),
        line: last.line,
        column: moved(last.column, characters),
        utf16: moved(last.utf16, units),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_harmless_and_cells_are_told() {
        let mut source = Source::new("a\u{1b}[2J.xlsx".into(), String::new());
        assert_eq!(name(&source), "a?[2J.xlsx");
        source.cell = Some("Sheet1!C5".into());
        assert_eq!(name(&source), "a?[2J.xlsx[Sheet1!C5]");
    }

    #[test]
    fn columns_in_a_long_line_are_counted_forwards_and_backwards() {
        let mut sources = Sources::default();
        let text = "\u{feff}é👋 ".repeat(900) + "\nend";
        let file = sources.add(Source::new("a".into(), text));
        let positions = Positions::new(&sources);
        for byte in [5000, 5003, 8000, 3000, 1500, 10, 8994, 9001, 9004, 20_000] {
            let expected = sources.get(file).position(byte);
            assert_eq!(positions.at(file, byte), expected, "{byte}");
        }
    }
}
