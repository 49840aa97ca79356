//! What separates the cells of a CSV file.

use std::ops::Range;

use crate::input::cells::Scanner;
use crate::input::cells::line_end;
use crate::input::cells::skip_blank;
use crate::input::csv::raw;
use crate::input::keys::Key;
use crate::input::keys::recognise;
use crate::input::raw::Home;

/// What may separate cells; of equals the first one does.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// No header is longer in bytes. Behind a quote that is never closed everything looks like one.
const LONGEST_HEADER: usize = 1 << 16;

/// The separator, and where the header begins: a tab in `.tsv`; in other files the one with which the
/// header names a note, else the most columns that are known, else the one that it has most of. Excel may
/// name it in a line of its own above the header, such as `sep=;`.
pub(super) fn delimiter(
    name: &str,
    text: &str,
    start: usize,
    columns: &[(String, Key)],
) -> (u8, usize) {
    let end = line_end(text, start);
    let line = text[start..end].trim_end();
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator] = line.as_bytes() {
        return (*separator, skip_blank(text, end));
    }
    if name.to_ascii_lowercase().ends_with(".tsv") {
        return (b'\t', start);
    }
    let header = header(text, start);
    let counts = count(&text[header.clone()]);
    let mut found = SEPARATORS
        .iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0);
    let Some(first) = found.next() else {
        // With a single column nothing separates, and commas in the notes do no harm.
        return (b'\x1f', start);
    };
    let mut best = first;
    let mut best_rank = None;
    for candidate in found {
        let rank = |(separator, count): (&u8, usize)| {
            let (note, known) = known(&text[header.clone()], *separator, columns);
            (note, known, count)
        };
        // Most headers have one separator only: then nothing is looked up.
        let held = best_rank.unwrap_or_else(|| rank(best));
        let new = rank(candidate);
        best_rank = Some(held.max(new));
        if new > held {
            best = candidate;
        }
    }
    (*best.0, start)
}

/// The header: up to the first line end outside quotes. Where a quote is not closed, the first line.
fn header(text: &str, start: usize) -> Range<usize> {
    let bytes = &text.as_bytes()[start..];
    let bytes = &bytes[..bytes.len().min(LONGEST_HEADER)];
    let mut quotes = Quotes::default();
    let end = bytes
        .iter()
        .position(|&byte| !quotes.holds(byte) && matches!(byte, b'\n' | b'\r'));
    match end {
        Some(end) => start..start + end,
        None => start..line_end(text, start),
    }
}

/// How often each separator stands outside quotes.
fn count(header: &str) -> [usize; 3] {
    let mut counts = [0; 3];
    let mut quotes = Quotes::default();
    for byte in header.bytes() {
        let is_quoted = quotes.holds(byte);
        for (separator, count) in SEPARATORS.iter().zip(&mut counts) {
            *count += usize::from(byte == *separator && !is_quoted);
        }
    }
    counts
}

/// Follows the quotes of a line of which the separator is not known yet.
#[derive(Default)]
struct Quotes {
    inside: bool,
    last: Option<u8>,
}

impl Quotes {
    /// Whether a byte, the next one, stands inside quotes. They open where a cell begins, or where the last
    /// byte closed them: a doubled quote stands for one.
    fn holds(&mut self, byte: u8) -> bool {
        let opens = self.last.is_none_or(|last| {
            last == b'"' || matches!(last, b'\n' | b'\r') || SEPARATORS.contains(&last)
        });
        if byte == b'"' && (self.inside || opens) {
            self.inside = !self.inside;
        }
        self.last = Some(byte);
        self.inside
    }
}

/// Whether a header cut by a separator names a note, and how many of its columns are known.
fn known(header: &str, separator: u8, columns: &[(String, Key)]) -> (bool, usize) {
    let row = Scanner::new(header, separator).row(0);
    let cells = row.cells.iter().filter_map(|cell| {
        let name = raw(header, cell).text(Home::default());
        recognise(name.as_str(), columns)
    });
    cells.fold((false, 0), |(note, count), known| {
        (note || known.key == Key::Note, count + 1)
    })
}
