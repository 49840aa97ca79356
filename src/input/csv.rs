//! Spreadsheets saved as CSV or TSV: a header, then a note a row.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::input::InputOptions;
use crate::input::Read;
use crate::input::cells::CellAt;
use crate::input::cells::Lines;
use crate::input::cells::Row;
use crate::input::cells::Scanner;
use crate::input::cells::line_end;
use crate::input::cells::skip_blank;
use crate::input::delimiter::delimiter;
use crate::input::keys::Key;
use crate::input::keys::Known;
use crate::input::keys::note_names_help;
use crate::input::keys::recognise;
use crate::input::problems;
use crate::input::raw::Form;
use crate::input::raw::Raw;
use crate::input::row::Cell;
use crate::input::row::Context;
use crate::input::row::Place;
use crate::input::row::Value;
use crate::input::row::note_from;
use crate::input::spoilt::set_aside;
use crate::input::values::listed;
use crate::source::Source;
use crate::span::FileId;
use crate::text::SharedStr;
use crate::text::Writing;

/// A column of the header.
struct Column {
    name: SharedStr,
    known: Option<Known>,
}

/// Reads all rows. A broken row is reported, and the next one read.
pub(super) fn read(source: &Source, file: FileId, options: &InputOptions) -> Read {
    set_aside(source, file, read_all(source, file, options))
}

fn read_all(source: &Source, file: FileId, options: &InputOptions) -> Read {
    let mut read = Read::default();
    let context = Context::new(source, file, options);
    let text = source.text.as_str();
    let start = skip_blank(text, text.len() - text.trim_start_matches('\u{feff}').len());
    if text[start..].trim().is_empty() {
        let span = context.span(start..text.len());
        read.problems.push(problems::error(
            problems::EMPTY_FILE,
            span,
            "the file is empty",
        ));
        return read;
    }
    let (delimiter, start) = delimiter(&source.name, text, start, &options.columns);
    let mut scanner = Scanner::new(text, delimiter);
    let header = scanner.row(start);
    if let Some(cell) = header.misquoted() {
        read.problems.push(unclosed(cell, context));
        return read;
    }
    let columns: Vec<Column> = header
        .cells
        .iter()
        .map(|cell| {
            let name = raw(text, cell).text(context.home()).words().clone();
            let known = recognise(&name, &options.columns);
            Column { name, known }
        })
        .collect();
    let has_note = |column: &Column| column.known.is_some_and(|known| known.key == Key::Note);
    if !options.note_optional && !columns.iter().any(has_note) {
        let names = columns.iter().map(|column| column.name.as_str());
        let message = format!(
            "no column holds the notes; the header has {}",
            listed(names.clone())
        );
        let span = context.span(header.start..header.last());
        read.problems.push(
            problems::error(problems::NO_NOTE_COLUMN, span, message).helped(note_names_help(names)),
        );
        return read;
    }
    read_rows(&mut scanner, header.end, &columns, context, &mut read);
    read
}

fn read_rows(
    scanner: &mut Scanner<'_>,
    start: usize,
    columns: &[Column],
    context: Context<'_>,
    read: &mut Read,
) {
    let text = scanner.text();
    let mut lines = Lines::default();
    let mut cells = Vec::with_capacity(columns.len());
    let mut row = Row::default();
    let mut at = skip_blank(text, start);
    while at < text.len() {
        scanner.row_into(at, &mut row);
        at = if let Some(cell) = row.misquoted() {
            read.problems.push(unclosed(cell, context));
            scanner.again_from(line_end(text, row.start), &row)
        } else if row
            .cells
            .iter()
            .all(|cell| text[cell.range.clone()].trim().is_empty())
        {
            row.end
        } else if !fits(text, &row, columns) {
            broken(scanner, &row, columns, context, read)
        } else if let Some(cell) = swallowing(scanner, &row, columns) {
            read.problems.push(unclosed(cell, context));
            scanner.again_from(line_end(text, row.start), &row)
        } else {
            cells.extend(columns.iter().zip(&row.cells).map(|(column, cell)| Cell {
                name: column.name.clone(),
                known: column.known,
                value: Value::One(raw(text, cell).written(writing(scanner, cell))),
            }));
            let place = Place {
                line: lines.number(text, row.start),
                whole: row.start..row.last(),
            };
            let note = note_from(&cells, &place, context, &mut read.problems);
            read.notes.extend(note);
            cells.clear();
            row.end
        };
        at = skip_blank(text, at);
    }
}

/// Whether a row has a cell for each column. Empty cells behind the last column do no harm.
fn fits(text: &str, row: &Row, columns: &[Column]) -> bool {
    row.cells.len() >= columns.len()
        && row.cells[columns.len()..]
            .iter()
            .all(|cell| text[cell.range.clone()].trim().is_empty())
}

/// Reports a row with the wrong number of cells and says where to go on. If it spans several lines
/// and all lines after its first one make good rows, a quote was forgotten.
fn broken(
    scanner: &mut Scanner<'_>,
    row: &Row,
    columns: &[Column],
    context: Context<'_>,
    read: &mut Read,
) -> usize {
    let text = scanner.text();
    if let Some(cell) = row.cells.iter().find(|cell| cell.breaks) {
        let next = scanner.again_from(line_end(text, row.start), row);
        if are_rows(scanner, next..row.end, columns) {
            read.problems.push(unclosed(cell, context));
            return next;
        }
    }
    let (has, wants) = (row.cells.len(), columns.len());
    let cells = if has == 1 { "cell" } else { "cells" };
    let help = if has > wants {
        "a cell that holds the separator must stand in double quotes, without a space before them"
    } else {
        "cells that are empty still need their separators"
    };
    let first_line = row.start..row.last().min(line_end(text, row.start));
    let end = first_line.start + text[first_line.clone()].trim_end().len();
    read.problems.push(
        problems::error(
            problems::BROKEN_ROW,
            context.span(first_line.start..end),
            format!("this row has {has} {cells}, the header has {wants}"),
        )
        .helped(help),
    );
    row.end
}

/// Whether good rows begin at all lines of a range. One with a quote in the midst of a cell is none:
/// the quote may end a cell that began above.
fn are_rows(scanner: &mut Scanner<'_>, range: Range<usize>, columns: &[Column]) -> bool {
    let text = scanner.text();
    let mut row = Row::default();
    let mut at = skip_blank(text, range.start);
    while at < range.end {
        scanner.row_into(at, &mut row);
        // All of this is read a second time later on.
        scanner.again_from(row.start, &row);
        at = skip_blank(text, row.end);
        let stray = |cell: &CellAt| !cell.quoted && text[cell.range.clone()].contains('"');
        if row.misquoted().is_some() || !fits(text, &row, columns) || row.cells.iter().any(stray) {
            return false;
        }
    }
    true
}

/// A cell far too large for a note whose next lines are all good rows: a quote was forgotten, and
/// by chance a later one ends a cell.
fn swallowing<'r>(
    scanner: &mut Scanner<'_>,
    row: &'r Row,
    columns: &[Column],
) -> Option<&'r CellAt> {
    const FAR_TOO_LARGE: usize = 3000;
    let text = scanner.text();
    let large = |cell: &&CellAt| cell.breaks && cell.range.len() > FAR_TOO_LARGE;
    let cell = row.cells.iter().find(large).filter(|_| columns.len() > 1)?;
    let first = line_end(text, cell.range.start);
    let third = (0..3).fold(first, |at, _| line_end(text, skip_blank(text, at)));
    are_rows(scanner, first..third, columns).then_some(cell)
}

fn unclosed(cell: &CellAt, context: Context<'_>) -> Diagnostic {
    let open = cell.range.start;
    let (message, label) = if cell.closing.is_none() {
        ("this quote is never closed", "opens here")
    } else {
        ("this quote is not closed where its cell ends", "opens here")
    };
    let mut problem = problems::error(
        problems::UNCLOSED_QUOTE,
        context.span(open..open + 1),
        message,
    )
    .labelled(label)
    .helped("close it at the end of the cell, and double every quote inside the cell");
    if let Some(at) = cell.closing {
        problem = problem.also(
            context.span(at..at + 1),
            "the next quote, with words behind it",
        );
    }
    problem
}

/// The cell as a raw value. Most cells need no decoding.
pub(super) fn raw<'a>(text: &'a str, cell: &CellAt) -> Raw<'a> {
    let words = &text[cell.range.clone()];
    if !cell.quoted {
        return Raw::plain(words, cell.range.start);
    }
    match cell.closing {
        Some(closing) if !cell.doubled && closing + 1 == cell.range.end => {
            let start = cell.range.start + 1;
            Raw::plain(&text[start..closing], start)
        }
        _ => Raw {
            words: words.into(),
            at: cell.range.clone(),
            form: Form::CsvQuoted,
            writing: Writing::Sealed,
        },
    }
}

/// How a cell is written. Words behind a closing quote can be read, but nothing is added to them.
fn writing(scanner: &Scanner<'_>, cell: &CellAt) -> Writing {
    match (cell.quoted, cell.trailing) {
        (false, _) => Writing::CsvOpen {
            separator: scanner.separator(),
        },
        (true, false) => Writing::CsvQuoted,
        (true, true) => Writing::Sealed,
    }
}

#[cfg(test)]
mod tests;
