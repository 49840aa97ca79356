//! Finding the cells of CSV rows, with the exact bytes of each.

use std::ops::Range;

use csv_core::ReadFieldResult;

/// Where a cell stands.
#[derive(Clone, Debug)]
pub(super) struct CellAt {
    /// Its bytes, quotes included, without separator and line end.
    pub(super) range: Range<usize>,
    /// Whether it begins with a quote.
    pub(super) quoted: bool,
    /// The quote that closes it.
    pub(super) closing: Option<usize>,
    /// Whether it has doubled quotes.
    pub(super) doubled: bool,
    /// Whether there is a line end inside the quotes.
    pub(super) breaks: bool,
    /// Whether there is anything but white space behind the closing quote.
    pub(super) trailing: bool,
}

/// A row as it stands in the file.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// The first byte.
    pub(super) start: usize,
    /// Where the next row begins.
    pub(super) end: usize,
    /// The cells.
    pub(super) cells: Vec<CellAt>,
}

impl Row {
    /// The cell, if any, whose quote was probably forgotten at its end: it is never closed, or it
    /// runs over a line end and there are words behind the closing quote.
    pub(super) fn misquoted(&self) -> Option<&CellAt> {
        self.cells
            .iter()
            .find(|cell| cell.quoted && (cell.closing.is_none() || (cell.breaks && cell.trailing)))
    }

    /// The first byte behind the last cell.
    pub(super) fn last(&self) -> usize {
        self.cells.last().map_or(self.start, |cell| cell.range.end)
    }
}

/// Cuts rows out of a text.
pub(super) struct Scanner<'t> {
    text: &'t str,
    separator: u8,
    reader: csv_core::Reader,
    scratch: Box<[u8]>,
    /// How many bytes may still be read a second time after an unclosed quote. Without a limit a
    /// hostile file would be read once for each of its lines.
    patience: usize,
}

impl<'t> Scanner<'t> {
    /// A scanner for a text without byte order mark.
    pub(super) fn new(text: &'t str, delimiter: u8) -> Self {
        Self {
            text,
            separator: delimiter,
            reader: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            scratch: vec![0; 1 << 13].into(),
            patience: text.len().saturating_mul(8).saturating_add(1 << 20),
        }
    }

    /// The text.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// What separates the cells.
    pub(super) fn separator(&self) -> u8 {
        self.separator
    }

    /// Says that the text is read again from `at` on, though `row` went further.
    pub(super) fn again_from(&mut self, at: usize, row: &Row) -> usize {
        self.patience = self.patience.saturating_sub(row.end.saturating_sub(at));
        at
    }

    /// The row that begins at a byte.
    pub(super) fn row(&mut self, start: usize) -> Row {
        let mut row = Row::default();
        self.row_into(start, &mut row);
        row
    }

    /// The same, into a row whose memory is used again.
    pub(super) fn row_into(&mut self, start: usize, row: &mut Row) {
        // Out of patience: no cell goes beyond its line.
        let limit = if self.patience == 0 {
            line_end(self.text, start)
        } else {
            self.text.len()
        };
        row.start = start;
        row.cells.clear();
        self.reader.reset();
        let mut at = start;
        let mut field = start;
        loop {
            let input = &self.text.as_bytes()[at..limit];
            let (result, read, _) = self.reader.read_field(input, &mut self.scratch);
            at += read;
            match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { record_end } => {
                    row.cells.push(cell(self.text, field..at, record_end));
                    field = at;
                    if record_end {
                        break;
                    }
                }
                ReadFieldResult::End => break,
            }
        }
        row.end = at.max(start);
    }
}

/// Looks closer at a cell that stands in `range` with its separator.
fn cell(text: &str, range: Range<usize>, last: bool) -> CellAt {
    let bytes = &text.as_bytes()[range.clone()];
    let mut cell = CellAt {
        range,
        quoted: bytes.first() == Some(&b'"'),
        closing: None,
        doubled: false,
        breaks: false,
        trailing: false,
    };
    let mut body = bytes.len();
    if cell.quoted {
        let mut from = 1;
        while let Some(found) = memchr::memchr(b'"', &bytes[from..]) {
            let quote = from + found;
            if bytes.get(quote + 1) != Some(&b'"') {
                cell.closing = Some(cell.range.start + quote);
                body = quote;
                break;
            }
            cell.doubled = true;
            from = quote + 2;
        }
        cell.breaks = memchr::memchr2(b'\n', b'\r', &bytes[1..body]).is_some();
        if cell.closing.is_none() {
            // It goes to the end of the text: there is no separator to take off.
            return cell;
        }
    }
    let length = if last {
        let ends = |byte: &&u8| matches!(byte, b'\r' | b'\n');
        bytes.len() - bytes.iter().rev().take_while(ends).count()
    } else {
        bytes.len() - 1
    };
    cell.range.end = cell.range.start + length;
    cell.trailing = cell.quoted
        && !bytes[(body + 1).min(length)..length]
            .trim_ascii()
            .is_empty();
    cell
}

/// The start of the line after the one that holds a byte. CR, LF and CRLF end a line.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    match memchr::memchr2(b'\n', b'\r', &bytes[at..]) {
        Some(found) => {
            let end = at + found + 1;
            end + usize::from(bytes[end - 1] == b'\r' && bytes.get(end) == Some(&b'\n'))
        }
        None => bytes.len(),
    }
}

/// The first byte from `at` on that does not end a line.
pub(super) fn skip_blank(text: &str, at: usize) -> usize {
    let ends = |byte: &&u8| matches!(byte, b'\r' | b'\n');
    at + text.as_bytes()[at..].iter().take_while(ends).count()
}

/// Counts lines on the way down.
#[derive(Default)]
pub(super) struct Lines {
    at: usize,
    passed: u32,
}

impl Lines {
    /// The number, from 1, of the line that holds a byte. Bytes are asked for in order.
    pub(super) fn number(&mut self, text: &str, at: usize) -> u32 {
        let passed: Range<usize> = self.at..at.max(self.at);
        let ends = memchr::memchr_iter(b'\n', &text.as_bytes()[passed]).count();
        self.passed = self
            .passed
            .saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.at = at.max(self.at);
        self.passed.saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<&str>> {
        let mut scanner = Scanner::new(text, b',');
        let mut rows = Vec::new();
        let mut at = skip_blank(text, 0);
        while at < text.len() {
            let row = scanner.row(at);
            rows.push(
                row.cells
                    .iter()
                    .map(|cell| &text[cell.range.clone()])
                    .collect(),
            );
            at = skip_blank(text, row.end);
        }
        rows
    }

    #[test]
    fn cells_are_found_whatever_ends_the_lines() {
        let expected = vec![vec!["a", "", "\"b,\"\"\r\nc\""], vec!["d", "e", ""]];
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("a,,\"b,\"\"\r\nc\"{end}{end}d,e,{end}");
            assert_eq!(cells(&text), expected, "{end:?}");
            assert_eq!(cells(text.trim_end()), expected, "{end:?}");
        }
    }

    #[test]
    fn long_cells_are_read_in_pieces() {
        let long = "é".repeat(20_000);
        assert_eq!(cells(&format!("{long},\"{long}\"\nx")).len(), 2);
    }
}
