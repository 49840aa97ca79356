//! New words as the place where they go demands: CSV cells, JSON strings, TOML strings, plain text.

use std::ops::Range;

use crate::fix::FileEdit;
use crate::fix::Swap;
use crate::text::Text;
use crate::text::Writing;

/// A note in its file, and what is to become of it.
pub(super) struct Place<'a> {
    /// The file.
    pub(super) source: &'a str,
    /// The note.
    pub(super) text: &'a Text,
    /// What changes, in order.
    pub(super) swaps: &'a [Swap],
    /// The note's words after that.
    pub(super) fixed: &'a str,
}

impl Place<'_> {
    /// The edits of the file, or nothing if they cannot be made safely.
    pub(super) fn edits(&self) -> Option<Vec<FileEdit>> {
        let safe = match self.text.writing() {
            Writing::Plain => !opens_front_matter(self.fixed),
            Writing::CsvOpen { .. } | Writing::CsvQuoted => !self.becomes_formula(),
            Writing::Json | Writing::TomlBasic | Writing::TomlLiteral => true,
            Writing::Sealed => false,
        };
        if !safe {
            return None;
        }
        if let Writing::CsvOpen { separator } = self.text.writing() {
            let cell = self.open_cell(separator);
            if needs_quotes(&self.in_cell(&cell), separator) {
                return Some(vec![self.quoted_cell(cell)]);
            }
        }
        self.swaps.iter().map(|swap| self.edit(swap)).collect()
    }

    /// One swap in the words of the file.
    fn edit(&self, (range, text): &Swap) -> Option<FileEdit> {
        let span = self.text.span(range.clone()).range();
        let text = self.escaped(text)?;
        let (before, behind) = (&self.source[..span.start], &self.source[span.end..]);
        let edit = FileEdit {
            file: self.text.file(),
            start: span.start,
            end: span.end,
            text,
        };
        joins_nothing(before, &edit.text, behind).then_some(edit)
    }

    /// New words escaped for the place, or nothing if it knows no escape for them.
    fn escaped(&self, words: &str) -> Option<String> {
        Some(match self.text.writing() {
            Writing::Plain | Writing::CsvOpen { .. } => self.with_line_ends(words),
            Writing::CsvQuoted => self.with_line_ends(words).replace('"', "\"\""),
            Writing::Json => {
                let escaped = json(words)?;
                match words.is_ascii() || !self.source.is_ascii() {
                    true => escaped,
                    false => ascii_json(&escaped),
                }
            }
            Writing::TomlBasic => toml(words),
            Writing::TomlLiteral => {
                let wrong = |letter: char| letter == '\'' || letter.is_control() && letter != '\t';
                if words.contains(wrong) {
                    return None;
                }
                words.to_owned()
            }
            Writing::Sealed => return None,
        })
    }

    /// Line ends as the file has them.
    fn with_line_ends(&self, words: &str) -> String {
        match words.contains('\n') && self.source.contains("\r\n") {
            true => words.replace('\n', "\r\n"),
            false => words.to_owned(),
        }
    }

    /// A cell that no spreadsheet took for a formula would be one.
    fn becomes_formula(&self) -> bool {
        let formula = |words: &str| words.starts_with(['=', '+', '-', '@', '\t']);
        formula(self.fixed) && !formula(self.text.as_str())
    }

    /// The bytes of a cell without quotes: neither separators nor line ends stand in it.
    fn open_cell(&self, separator: u8) -> Range<usize> {
        let ends = |byte: &u8| *byte == separator || matches!(byte, b'\r' | b'\n');
        let bytes = self.source.as_bytes();
        let note = self.text.whole().range();
        let start = bytes[..note.start].iter().rposition(&ends);
        let end = bytes[note.end..].iter().position(ends);
        start.map_or(0, |at| at + 1)..end.map_or(bytes.len(), |at| note.end + at)
    }

    /// What the cell would hold, with the white space around the note.
    fn in_cell(&self, cell: &Range<usize>) -> String {
        let note = self.text.whole().range();
        let before = &self.source[cell.start..note.start];
        let behind = &self.source[note.end..cell.end];
        format!("{before}{}{behind}", self.fixed)
    }

    fn quoted_cell(&self, cell: Range<usize>) -> FileEdit {
        let words = self.with_line_ends(&self.in_cell(&cell));
        FileEdit {
            file: self.text.file(),
            start: cell.start,
            end: cell.end,
            text: format!("\"{}\"", words.replace('"', "\"\"")),
        }
    }
}

/// Whether a cell with these words can only stand in quotes.
fn needs_quotes(words: &str, separator: u8) -> bool {
    words.starts_with('"') || words.contains([char::from(separator), '\n', '\r'])
}

/// Whether a note without front matter would seem to have one.
fn opens_front_matter(words: &str) -> bool {
    let first = words.trim_start().lines().next().unwrap_or_default();
    first.starts_with('\u{feff}') || matches!(first.trim_end(), "+++" | "---")
}

/// Whether no two bytes that meet in the place of an edit make one line end or one letter of what were
/// two before.
fn joins_nothing(before: &str, text: &str, behind: &str) -> bool {
    let halves = [("\r", "\n"), ("\\r", "\\n")];
    let apart = |left: &str, right: &str| {
        halves
            .iter()
            .all(|(first, second)| !(left.ends_with(first) && right.starts_with(second)))
            && !(ends_in_half_a_letter(left) && right.starts_with("\\u"))
    };
    match text.is_empty() {
        true => apart(before, behind),
        false => apart(before, text) && apart(text, behind),
    }
}

/// Whether a text ends with the first half of a surrogate pair, as JSON writes it.
fn ends_in_half_a_letter(text: &str) -> bool {
    let escape = text.as_bytes().last_chunk::<6>();
    escape.is_some_and(|[backslash, u, first, second, ..]| {
        (backslash, u) == (&b'\\', &b'u')
            && first.eq_ignore_ascii_case(&b'd')
            && b"89abAB".contains(second)
    })
}

/// Words as JSON writes them between quotes.
fn json(words: &str) -> Option<String> {
    let quoted = serde_json::to_string(words).ok()?;
    Some(quoted.get(1..quoted.len() - 1)?.to_owned())
}

/// The same with everything beyond ASCII as an escape.
fn ascii_json(escaped: &str) -> String {
    let mut ascii = String::with_capacity(escaped.len() + 8);
    for letter in escaped.chars() {
        if letter.is_ascii() {
            ascii.push(letter);
            continue;
        }
        for unit in letter.encode_utf16(&mut [0; 2]) {
            ascii.push_str(&format!("\\u{unit:04x}"));
        }
    }
    ascii
}

/// Words as TOML writes them between double quotes on one line.
fn toml(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push('\t'),
            control if control.is_control() => {
                escaped.push_str(&format!("\\u{:04X}", u32::from(control)));
            }
            other => escaped.push(other),
        }
    }
    escaped
}
