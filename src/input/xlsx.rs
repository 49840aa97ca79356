//! Workbooks of Excel: each sheet with a column for the note is read.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::DataRef;
use calamine::Reader;
use calamine::SheetType;
use calamine::Xlsx;

use crate::input::InputOptions;
use crate::input::Read;
use crate::input::keys::Key;
use crate::input::keys::Known;
use crate::input::keys::note_names_help;
use crate::input::keys::recognise;
use crate::input::problems;
use crate::input::raw::Raw;
use crate::input::row::Cell;
use crate::input::row::Context;
use crate::input::row::Place;
use crate::input::row::Value;
use crate::input::row::note_from;
use crate::input::values::listed;
use crate::source::Source;
use crate::source::Sources;
use crate::span::FileId;
use crate::span::Span;
use crate::text::SharedStr;

/// The cells of a sheet that are not empty, by row and column from 0. A sheet may claim a million
/// rows by a single cell at its far corner, so no grid is ever made.
type Rows = BTreeMap<u32, BTreeMap<u32, String>>;

/// The header is looked for in so many rows that are not empty.
const HEADER_WITHIN: usize = 10;

/// A sheet's name, and its cells or why they cannot be read.
type Sheet = (String, Result<Rows, String>);

/// Reads all sheets that have a column for the note. Each note cell becomes a source.
pub(super) fn read(
    bytes: &[u8],
    name: &str,
    file: FileId,
    sources: &mut Sources,
    options: &InputOptions,
) -> Read {
    let mut read = Read::default();
    let whole = Span::new(file, 0..0);
    if bytes.is_empty() {
        read.problems.push(problems::error(
            problems::EMPTY_FILE,
            whole,
            "the file is empty",
        ));
        return read;
    }
    let broken = |what: &str, why: &str| {
        let message = format!("{what} cannot be read: {why}");
        problems::error(problems::BROKEN_WORKBOOK, whole, message)
            .helped("open it in Excel and save it again as .xlsx, or as CSV UTF-8")
    };
    // The parser's sums overflow on hostile cell names. That is no reason for us to end.
    let parsed = std::panic::catch_unwind(|| sheets(bytes))
        .unwrap_or_else(|_| Err("it is broken inside".to_owned()));
    let sheets = match parsed {
        Ok(sheets) => sheets,
        Err(why) => {
            read.problems.push(broken("the workbook", &why));
            return read;
        }
    };
    let mut headers = Vec::new();
    let mut is_read = false;
    for (sheet, rows) in sheets {
        let rows = match rows {
            Ok(rows) => rows,
            Err(why) => {
                read.problems
                    .push(broken(&format!("the sheet `{sheet}`"), &why));
                is_read = true;
                continue;
            }
        };
        let Some(first) = rows.values().next() else {
            continue;
        };
        // A title or a remark may stand above the header.
        let has_note =
            |row: &BTreeMap<u32, String>| columns(row, options).values().any(Column::is_note);
        let header = match options.note_optional {
            true => Some(0),
            false => rows.values().take(HEADER_WITHIN).position(has_note),
        };
        let Some(header) = header else {
            let columns = columns(first, options).into_values();
            headers.extend(columns.map(|column| column.name));
            continue;
        };
        is_read = true;
        let columns = rows.values().nth(header).map(|row| columns(row, options));
        let columns = columns.unwrap_or_default();
        for (row, cells) in rows.into_iter().skip(header + 1) {
            let sheet = sheet.as_str();
            let row = Row { name, sheet, row };
            row.read(&cells, &columns, sources, options, &mut read);
        }
    }
    if !is_read {
        let names = headers.iter().map(SharedStr::as_str);
        let message = format!(
            "no sheet has a column with the notes; found {}",
            listed(names.clone())
        );
        read.problems.push(
            problems::error(problems::NO_NOTE_COLUMN, whole, message)
                .helped(note_names_help(names)),
        );
    }
    read
}

/// All worksheets of a workbook.
fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let sheets = workbook.sheets_metadata().iter();
    let names: Vec<String> = sheets
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let read = |name: String| {
        let rows = rows(&mut workbook, &name).map_err(|error| error.to_string());
        (name, rows)
    };
    Ok(names.into_iter().map(read).collect())
}

fn rows(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Rows, calamine::XlsxError> {
    let mut rows = Rows::new();
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    while let Some(cell) = cells.next_cell()? {
        let words = words(cell.get_value());
        if !words.trim().is_empty() {
            let (row, column) = cell.get_position();
            rows.entry(row).or_default().insert(column, words);
        }
    }
    Ok(rows)
}

/// A column of the header.
struct Column {
    name: SharedStr,
    known: Option<Known>,
}

impl Column {
    fn is_note(&self) -> bool {
        self.known.is_some_and(|known| known.key == Key::Note)
    }
}

fn columns(header: &BTreeMap<u32, String>, options: &InputOptions) -> BTreeMap<u32, Column> {
    let column = |(index, name): (&u32, &String)| {
        let known = recognise(name, &options.columns);
        let name = name.as_str().into();
        (*index, Column { name, known })
    };
    header.iter().map(column).collect()
}

/// Where a row stands.
#[derive(Clone, Copy)]
struct Row<'a> {
    name: &'a str,
    sheet: &'a str,
    row: u32,
}

impl Row<'_> {
    fn read(
        self,
        cells: &BTreeMap<u32, String>,
        columns: &BTreeMap<u32, Column>,
        sources: &mut Sources,
        options: &InputOptions,
        read: &mut Read,
    ) {
        // Cells without a header are remarks; a row of nothing else is none.
        if !cells.keys().any(|column| columns.contains_key(column)) {
            return;
        }
        let note_columns = columns.iter().filter(|(_, column)| column.is_note());
        let order = |(index, column): &(&u32, &Column)| {
            let rank = column.known.map_or(u16::MAX, |known| known.rank);
            (!cells.contains_key(*index), rank, **index)
        };
        let Some((&note_column, _)) = note_columns.min_by_key(order) else {
            return;
        };
        let words = cells.get(&note_column).map_or("", String::as_str);
        let mut source = Source::new(self.name.to_owned(), words.to_owned());
        source.cell = Some(format!(
            "{}!{}",
            self.sheet,
            cell_name(note_column, self.row)
        ));
        let file = sources.add(source);
        let context = Context {
            name: self.name,
            file,
            text: None,
            options,
        };
        let values: Vec<Cell<'_>> = columns
            .iter()
            .filter_map(|(index, column)| {
                let is_note = *index == note_column;
                let value = match cells.get(index) {
                    Some(words) if is_note => Raw::plain(words, 0),
                    Some(words) => Raw::decoded(words.as_str(), 0..0),
                    None if is_note => Raw::plain("", 0),
                    None => return None,
                };
                Some(Cell {
                    name: column.name.clone(),
                    // A second note column is only kept.
                    known: column.known.filter(|_| is_note || !column.is_note()),
                    value: Value::One(value),
                })
            })
            .collect();
        let place = Place {
            line: self.row.saturating_add(1),
            whole: 0..words.len(),
        };
        let note = note_from(&values, &place, context, &mut read.problems);
        read.notes.extend(note);
    }
}

/// `C5` for column 2 and row 4.
fn cell_name(column: u32, row: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column.saturating_add(1);
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", row.saturating_add(1))
}

/// A cell as text. Dates look like `2026-03-31T09:00`, without the time at midnight.
fn words(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::String(words) => words.clone(),
        DataRef::SharedString(words) => (*words).to_owned(),
        DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => words.clone(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
        DataRef::DateTime(date) => {
            let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
            // A time such as 9:00 is stored as a fraction of a day.
            let second = second + u8::from(milli >= 500 && second < 59);
            let day = format!("{year:04}-{month:02}-{day:02}");
            match (hour, minute, second) {
                (0, 0, 0) => day,
                (_, _, 0) => format!("{day}T{hour:02}:{minute:02}"),
                _ => format!("{day}T{hour:02}:{minute:02}:{second:02}"),
            }
        }
    }
}

#[cfg(test)]
mod tests;
