//! CSV tables that may be larger than memory: read row by row, only a stretch of the file is held.

use std::borrow::Cow;
use std::io;
use std::ops::ControlFlow;

use crate::input::cells::CellAt;
use crate::input::cells::Row as Cells;
use crate::input::cells::Scanner;
use crate::input::cells::line_end;
use crate::input::cells::skip_blank;
use crate::input::csv::raw;
use crate::input::delimiter::delimiter;
use crate::input::raw::Home;
use crate::source::Origin;
use crate::source::Source;
use crate::span::FileId;
use crate::text::Text;

/// Bytes that are read at a time.
const CHUNK: usize = 1 << 16;
/// The longest row in bytes. Behind a quote that is never closed everything looks like one.
const LONGEST_ROW: usize = 1 << 20;

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub struct TableRow<'t> {
    /// The row as it stands in the file, without its line end.
    text: &'t str,
    cells: &'t [CellAt],
    /// Where the row begins among the bytes that `cells` count from.
    start: usize,
    /// Where it begins in the file.
    pub origin: Origin,
    /// What keeps it from being read, if anything does.
    pub broken: Option<&'static str>,
}

impl<'t> TableRow<'t> {
    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The number of its line, from 1.
    pub fn line(&self) -> u32 {
        self.origin.lines.saturating_add(1)
    }

    /// The words of a cell, trimmed; empty for one that is not there.
    pub fn cell(&self, number: usize) -> Cow<'t, str> {
        let Some(cell) = self.cells.get(number) else {
            return Cow::Borrowed("");
        };
        let raw = raw_cell(self.text, cell, self.start);
        match raw.words {
            Cow::Borrowed(words) if raw.form == crate::input::raw::Form::Plain => {
                Cow::Borrowed(words.trim())
            }
            _ => Cow::Owned(raw.text(Home::default()).as_str().to_owned()),
        }
    }

    /// The words of a cell with their map home to a source that [`TableRow::source`] made.
    pub fn text(&self, number: usize, file: FileId) -> Option<Text> {
        let cell = self.cells.get(number)?;
        let text = raw_cell(self.text, cell, self.start).text(Home { file, text: None });
        (!text.as_str().is_empty()).then_some(text)
    }

    /// The row as a source of its own, which knows where it stands in its file.
    pub fn source(&self, name: &str) -> Source {
        Source::part(name.to_owned(), self.text.to_owned(), self.origin)
    }
}

/// A cell, in bytes of its row.
fn raw_cell<'t>(row: &'t str, cell: &CellAt, start: usize) -> crate::input::raw::Raw<'t> {
    let mut cell = cell.clone();
    cell.range = cell.range.start - start..cell.range.end - start;
    cell.closing = cell.closing.map(|at| at - start);
    raw(row, &cell)
}

/// Reads a table and hands each row to `each`, which may stop it. Empty lines are left out. A row with a
/// quote that is never closed, or with bytes that are no UTF-8, is handed over as broken, and reading goes
/// on with the next line.
///
/// # Errors
/// Those of the reader.
pub fn read_table(
    reader: &mut dyn io::Read,
    each: &mut dyn FnMut(TableRow<'_>) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut window = Window::default();
    let mut separator = None;
    loop {
        window.fill(reader)?;
        let text = window.text.as_str();
        let separator = *separator.get_or_insert_with(|| separator_of(text));
        let mut scanner = Scanner::new(text, separator);
        let mut cells = Cells::default();
        let mut at = 0;
        let mut counted = 0;
        let mut lines = window.origin.lines;
        while at < text.len() {
            let start = skip_blank(text, at);
            scanner.row_into(start, &mut cells);
            let is_whole = cells.end < text.len() || window.ended;
            if !is_whole && text.len() - start < LONGEST_ROW {
                break;
            }
            let unclosed = !is_whole || cells.misquoted().is_some();
            let end = match unclosed {
                true => scanner.again_from(line_end(text, start), &cells),
                false => cells.end,
            };
            let row = text[start..end].trim_end_matches(['\r', '\n']);
            lines += line_ends(&text[counted..start]);
            counted = start;
            let not_text = window.replaced.iter().any(|at| (start..end).contains(at));
            let row = TableRow {
                text: row,
                cells: if unclosed { &[] } else { &cells.cells },
                start,
                origin: Origin {
                    bytes: window.origin.bytes.saturating_add(offset(start)),
                    lines,
                },
                broken: match (unclosed, not_text) {
                    (true, _) => Some("a quote in this row is never closed"),
                    (_, true) => Some("this row is not UTF-8"),
                    _ => None,
                },
            };
            at = end;
            if !row.is_empty() && each(row).is_break() {
                return Ok(());
            }
        }
        if window.ended {
            return Ok(());
        }
        window.drop_until(at);
    }
}

/// The separator of a table whose header need not be its first line.
fn separator_of(text: &str) -> u8 {
    /// Lines that may stand above the header.
    const ABOVE: usize = 10;
    let mut at = 0;
    for _ in 0..ABOVE {
        at = skip_blank(text, at);
        let (separator, _) = delimiter("", text, at, &[]);
        if separator != b'\x1f' {
            return separator;
        }
        at = line_end(text, at);
    }
    b','
}

/// A stretch of the file.
#[derive(Default)]
struct Window {
    text: String,
    /// Bytes behind the text that are not yet a whole character.
    rest: Vec<u8>,
    /// Where bytes were replaced that are no UTF-8; offsets in `text`.
    replaced: Vec<usize>,
    /// Where the text begins in the file.
    origin: Origin,
    begun: bool,
    ended: bool,
}

impl Window {
    /// Reads on. The stretch may grow until it holds the longest row.
    fn fill(&mut self, reader: &mut dyn io::Read) -> io::Result<()> {
        let mut read = 0;
        while read < CHUNK && !self.ended {
            let from = self.rest.len();
            self.rest.resize(from + CHUNK, 0);
            let more = match reader.read(&mut self.rest[from..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
                Ok(0) => {
                    self.ended = true;
                    0
                }
                other => other?,
            };
            self.rest.truncate(from + more);
            read += more;
            if !self.begun && (self.rest.len() >= 3 || self.ended) {
                self.begun = true;
                if self.rest.starts_with("\u{feff}".as_bytes()) {
                    self.rest.drain(..3);
                    self.origin.bytes = 3;
                }
            }
            self.decode();
        }
        Ok(())
    }

    /// Moves what is text from the bytes read; what is none becomes question marks, as many as bytes.
    fn decode(&mut self) {
        loop {
            let (good, bad) = match std::str::from_utf8(&self.rest) {
                Ok(text) => (text.len(), 0),
                Err(error) => {
                    let left = self.rest.len() - error.valid_up_to();
                    let bad = error
                        .error_len()
                        .unwrap_or(if self.ended { left } else { 0 });
                    (error.valid_up_to(), bad)
                }
            };
            let text = String::from_utf8_lossy(&self.rest[..good]);
            self.text.push_str(&text);
            if bad > 0 {
                self.replaced.push(self.text.len());
                self.text.extend(std::iter::repeat_n('?', bad));
            }
            self.rest.drain(..good + bad);
            if bad == 0 {
                return;
            }
        }
    }

    fn drop_until(&mut self, at: usize) {
        self.origin.bytes = self.origin.bytes.saturating_add(offset(at));
        self.origin.lines = self
            .origin
            .lines
            .saturating_add(line_ends(&self.text[..at]));
        self.text.drain(..at);
        self.replaced.retain_mut(|place| {
            let stays = *place >= at;
            *place -= at.min(*place);
            stays
        });
    }
}

fn line_ends(text: &str) -> u32 {
    offset(memchr::memchr_iter(b'\n', text.as_bytes()).count())
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time.
    struct Trickle<'a>(&'a [u8], usize);

    impl io::Read for Trickle<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let most = self.1.min(into.len()).min(self.0.len());
            let (now, later) = self.0.split_at(most);
            into[..most].copy_from_slice(now);
            self.0 = later;
            Ok(most)
        }
    }

    /// Line, cells and what is wrong.
    type Seen = (u32, Vec<String>, Option<&'static str>);

    fn rows(bytes: &[u8], step: usize) -> Vec<Seen> {
        let mut seen = Vec::new();
        read_table(&mut Trickle(bytes, step), &mut |row| {
            let cells = (0..row.len()).map(|cell| row.cell(cell).into_owned());
            seen.push((row.line(), cells.collect(), row.broken));
            let source = row.source("a");
            let at = row.origin.bytes as usize;
            if row.broken.is_none() {
                assert_eq!(&bytes[at..at + source.text.len()], source.text.as_bytes());
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        seen
    }

    fn row(line: u32, cells: &[&str]) -> Seen {
        (
            line,
            cells.iter().map(|cell| (*cell).to_owned()).collect(),
            None,
        )
    }

    #[test]
    fn rows_are_the_same_however_the_bytes_come() {
        let text = "\u{feff}a,b\r\n\r\n1,\"x, \"\"y\"\"\nz\"\nÄ,\u{202f}\n,\n";
        let expected = [
            row(1, &["a", "b"]),
            row(3, &["1", "x, \"y\"\nz"]),
            row(5, &["Ä", ""]),
            row(6, &["", ""]),
        ];
        for step in [1, 2, 3, 7, 1000] {
            assert_eq!(rows(text.as_bytes(), step), expected, "{step}");
        }
    }

    #[test]
    fn large_files_are_read_in_stretches() {
        let line = format!("{},\"{}\"\n", "é".repeat(300), "b\n".repeat(40));
        let text = line.repeat(2000);
        let seen = rows(text.as_bytes(), 4096);
        assert_eq!(seen.len(), 2000);
        assert!(
            seen.iter()
                .enumerate()
                .all(|(at, row)| row.0 as usize == at * 41 + 1)
        );
    }

    #[test]
    fn what_is_broken_loses_nothing_else() {
        let seen = rows(b"a,b\n1,\"open\n2,x\n3,\xff\n4,y", 5);
        assert_eq!(seen[0], row(1, &["a", "b"]));
        assert_eq!((seen[1].0, seen[1].2.is_some()), (2, true));
        assert_eq!(seen[2], row(3, &["2", "x"]));
        assert_eq!((seen[3].0, seen[3].2), (4, Some("this row is not UTF-8")));
        assert_eq!(seen[4], row(5, &["4", "y"]));
    }

    #[test]
    fn an_open_quote_before_megabytes_is_told_and_passed() {
        let text = format!("a,b\n1,\"open\n{}", "2,x\n".repeat(1_000_000));
        let mut broken = 0;
        let mut good = 0;
        read_table(&mut text.as_bytes(), &mut |row| {
            broken += usize::from(row.broken.is_some());
            good += usize::from(row.broken.is_none());
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!((broken, good), (1, 1_000_001));
    }

    #[test]
    fn words_know_their_way_home() {
        let mut found = None;
        read_table(&mut "x\n\n1,\"a \"\"b\"\"\"".as_bytes(), &mut |row| {
            if row.len() > 1 {
                found = Some((row.text(1, FileId(0)).unwrap(), row.source("f")));
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        let (text, source) = found.unwrap();
        assert_eq!(text.as_str(), "a \"b\"");
        let at = source.position(text.span(3..4).start as usize);
        assert_eq!((at.line, at.column), (3, 8));
    }
}
