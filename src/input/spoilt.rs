//! Rows with bytes that are no text: each is reported and none is judged, so that the others can be.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::input::Read;
use crate::input::cells::line_end;
use crate::input::problems;
use crate::source::Source;
use crate::span::FileId;
use crate::span::Span;

/// Takes the notes of such rows out of what was read, with all that was found wrong in them: what a row
/// really says is not known. One problem for each row stands in their place.
pub(super) fn set_aside(source: &Source, file: FileId, mut read: Read) -> Read {
    if source.spoilt.is_empty() {
        return read;
    }
    let mut rows: Vec<Range<usize>> = Vec::new();
    let mut told = Vec::new();
    for at in source.spoilt.iter().map(|at| *at as usize) {
        if rows.last().is_some_and(|row| at < row.end) {
            continue;
        }
        rows.push(row_around(at, &source.text, &read));
        told.push(problem(at, source, file));
    }
    let in_rows = |at: usize| {
        let behind = rows.partition_point(|row| row.start <= at);
        behind.checked_sub(1).is_some_and(|row| at < rows[row].end)
    };
    read.notes.retain(|note| !in_rows(note.row.start as usize));
    read.problems
        .retain(|problem| !in_rows(problem.span().start as usize));
    read.problems.append(&mut told);
    read.problems.sort_by_key(Diagnostic::span);
    read
}

/// The row that holds a byte; where none could be read, the line.
fn row_around(at: usize, text: &str, read: &Read) -> Range<usize> {
    let behind = read
        .notes
        .partition_point(|note| note.row.start as usize <= at);
    let row = behind.checked_sub(1).map(|row| read.notes[row].row.range());
    row.filter(|row| at < row.end).unwrap_or_else(|| {
        let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let before = text.as_bytes()[..at].iter().rposition(ends);
        before.map_or(0, |at| at + 1)..line_end(text, at)
    })
}

fn problem(at: usize, source: &Source, file: FileId) -> Diagnostic {
    let (message, help) = match source.text.as_bytes().get(at) {
        Some(0) => (
            "there is a NUL byte in this row, which is no part of a text",
            "this row was passed over, the others count; take the byte out",
        ),
        _ => (
            "this row is not UTF-8",
            "this row was passed over, the others count; it may be Windows-1252, as Excel and older editors write: save the file as UTF-8",
        ),
    };
    let span = Span::new(file, at..at + 1);
    problems::error(problems::NOT_UTF8, span, message).helped(help)
}
