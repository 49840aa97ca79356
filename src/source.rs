//! The files of a run as they were read: names, texts, and where their lines begin.

use std::sync::Arc;
use std::sync::OnceLock;

use crate::span::FileId;
use crate::span::Span;

/// One file, or one cell of a workbook.
#[derive(Debug)]
pub struct Source {
    /// The name as the user gave it or as walking found it, with `/` on every system.
    pub name: String,
    /// For a cell of a workbook: sheet and cell, such as `Sheet1!C5`. The text is then the cell's.
    pub cell: Option<String>,
    /// The whole text. Not decoded, not trimmed: offsets are those of the file.
    /// Notes point into it.
    pub text: Arc<String>,
    /// Where the text begins in its file, if it is a part of a large one that was not kept.
    pub origin: Origin,
    /// Bytes of the file that are no text, as offsets in order: each NUL, and each byte that is no UTF-8, for
    /// which a question mark stands here.
    pub spoilt: Box<[u32]>,
    line_starts: OnceLock<Vec<u32>>,
}

/// Where a part of a file begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Bytes before it.
    pub bytes: u32,
    /// Lines before the one in which it begins.
    pub lines: u32,
}

/// A place for people: line and columns count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Offset in bytes from the start of the file.
    pub byte: u32,
    /// Line. A line ends at LF, with or without CR before it.
    pub line: u32,
    /// Column in characters (Unicode scalar values). A byte order mark is not counted.
    pub column: u32,
    /// Column in UTF-16 code units.
    pub utf16: u32,
}

impl Source {
    /// A source from its name and text.
    pub fn new(name: String, text: String) -> Self {
        Self {
            name,
            cell: None,
            text: Arc::new(text),
            origin: Origin::default(),
            spoilt: Box::default(),
            line_starts: OnceLock::new(),
        }
    }

    /// Lines of a large file that is not kept as a whole.
    pub fn part(name: String, text: String, origin: Origin) -> Self {
        Self {
            origin,
            ..Self::new(name, text)
        }
    }

    /// The number, from 1, of the line of the file that holds a byte of the text.
    pub fn line_number(&self, byte: usize) -> usize {
        self.line_index(byte) + 1 + self.origin.lines as usize
    }

    /// Offsets of the first byte of each line; there is always at least one.
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0)
                .chain(ends.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX)))
                .collect()
        })
    }

    /// The number of the line (from 0) that holds a byte.
    pub fn line_index(&self, byte: usize) -> usize {
        self.line_starts()
            .partition_point(|&start| start as usize <= byte)
            .saturating_sub(1)
    }

    /// The bytes of a line (from 0) without its line end.
    pub fn line_range(&self, index: usize) -> std::ops::Range<usize> {
        let starts = self.line_starts();
        let start = starts.get(index).map_or(self.text.len(), |&at| at as usize);
        let end = starts
            .get(index + 1)
            .map_or(self.text.len(), |&at| at as usize);
        let line = &self.text[start..end];
        start..start + line.trim_end_matches('\n').trim_end_matches('\r').len()
    }

    /// Line and columns of a byte. An offset inside a character is rounded down to its start.
    pub fn position(&self, byte: usize) -> Position {
        let byte = floor_char_boundary(&self.text, byte);
        let index = self.line_index(byte);
        let start = self.line_starts()[index] as usize;
        let before = self.text[start..byte].trim_start_matches('\u{feff}');
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position {
            byte: count(byte).saturating_add(self.origin.bytes),
            line: count(index + 1).saturating_add(self.origin.lines),
            column: count(before.chars().count() + 1),
            utf16: count(before.encode_utf16().count() + 1),
        }
    }
}

/// The start of the character that holds this byte, or the end of the text.
pub fn floor_char_boundary(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// All files of a run.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and returns its number.
    pub fn add(&mut self, source: Source) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(source);
        id
    }

    /// Puts another text in the place of a file: one that is being written, or the next part of one whose last
    /// part is done with.
    pub fn replace(&mut self, id: FileId, source: Source) {
        if let Some(file) = self.files.get_mut(id.0 as usize) {
            *file = source;
        }
    }

    /// The file of a number that [`Sources::add`] gave out.
    pub fn get(&self, id: FileId) -> &Source {
        &self.files[id.0 as usize]
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        let text = &self.get(span.file).text;
        let start = floor_char_boundary(text, span.start as usize);
        &text[start..floor_char_boundary(text, span.end as usize).max(start)]
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_utf16_units() {
        let source = Source::new("a".into(), "\u{feff}x\r\né👋b\n".into());
        let at = source.text.find('b').unwrap();
        let position = source.position(at);
        assert_eq!((position.line, position.column, position.utf16), (2, 3, 4));
        assert_eq!(source.position(3).column, 1);
        assert_eq!(&source.text[source.line_range(0)], "\u{feff}x");
    }

    #[test]
    fn a_part_of_a_file_keeps_its_place() {
        let origin = Origin {
            bytes: 1000,
            lines: 41,
        };
        let part = Source::part("a".into(), "one\ntwo".into(), origin);
        let position = part.position(5);
        assert_eq!(
            (position.byte, position.line, position.column),
            (1005, 43, 2)
        );
        assert_eq!(part.line_number(0), 42);
    }

    #[test]
    fn an_offset_inside_a_character_or_behind_the_end_does_not_panic() {
        let source = Source::new("a".into(), "é".into());
        assert_eq!(source.position(1).byte, 0);
        assert_eq!(source.position(99).byte, 2);
    }
}
