//! Places as editors count them: a line from 0, and a column in the unit that the editor asks for.

use std::ops::Range;

use crate::editor::change::Change;

/// The unit of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: an emoji is two. What editors take when nothing is said.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// The names of the language server protocol.
    pub const NAMES: [(&'static str, Encoding); 3] = [
        ("utf-8", Self::Utf8),
        ("utf-16", Self::Utf16),
        ("utf-32", Self::Utf32),
    ];

    /// How many units a character takes.
    fn units(self, letter: char) -> usize {
        match self {
            Self::Utf8 => letter.len_utf8(),
            Self::Utf16 => letter.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// A place between two characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// The line, from 0. A line ends at LF, CR LF or CR.
    pub line: u32,
    /// The column, from 0.
    pub character: u32,
}

/// Where the lines of a text begin, and which of its characters are more than a byte: enough to turn bytes
/// into columns without looking at the text again, however long its lines are.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    starts: Vec<u32>,
    /// By place.
    wide: Vec<Wide>,
    length: u32,
}

/// A character of several bytes.
#[derive(Clone, Copy, Debug)]
struct Wide {
    start: u32,
    end: u32,
    /// Bytes less UTF-16 code units, of this and all before it.
    more_than_utf16: u32,
    /// Bytes less characters, of this and all before it.
    more_than_utf32: u32,
}

impl Lines {
    /// The lines of a text. Offsets beyond 4 GiB are clamped; no editor opens such files.
    pub fn new(text: &str) -> Self {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
        let is_end = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        let starts = ends.filter(is_end).map(|at| number(at + 1));
        Self {
            starts: std::iter::once(0).chain(starts).collect(),
            wide: wide(text),
            length: number(text.len()),
        }
    }

    /// The place of a byte. One inside a character is that of the character's start.
    pub fn point(&self, byte: usize, encoding: Encoding) -> Point {
        let byte = u32::try_from(byte).unwrap_or(u32::MAX).min(self.length);
        let next = self.wide.partition_point(|wide| wide.start < byte);
        let inside = next.checked_sub(1).map(|before| self.wide[before]);
        let byte = match inside {
            Some(wide) if byte < wide.end => wide.start,
            _ => byte,
        };
        let line = self.starts.partition_point(|&start| start <= byte) - 1;
        let start = self.starts[line];
        let more = self.more(byte, encoding) - self.more(start, encoding);
        Point {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            character: byte - start - more,
        }
    }

    /// The bytes less the units before a byte.
    fn more(&self, byte: u32, encoding: Encoding) -> u32 {
        let behind = self.wide.partition_point(|wide| wide.end <= byte);
        let Some(wide) = behind.checked_sub(1).map(|before| self.wide[before]) else {
            return 0;
        };
        match encoding {
            Encoding::Utf8 => 0,
            Encoding::Utf16 => wide.more_than_utf16,
            Encoding::Utf32 => wide.more_than_utf32,
        }
    }

    /// The bytes of a line without its end; nothing behind the last one.
    pub fn line(&self, text: &str, line: usize) -> Range<usize> {
        let at = |line: usize| self.starts.get(line).map(|&start| start as usize);
        let start = at(line).unwrap_or(text.len()).min(text.len());
        let end = at(line + 1).unwrap_or(text.len()).min(text.len());
        let words = text.get(start..end).unwrap_or_default();
        start..start + words.trim_end_matches(['\n', '\r']).len()
    }

    /// The byte of a place. A column behind the end of its line is that end, a line behind the last one the
    /// end of the text, a column inside a character the character's start.
    pub fn byte(&self, text: &str, point: Point, encoding: Encoding) -> usize {
        let line = self.line(text, point.line as usize);
        let mut units = 0;
        for (at, letter) in text[line.clone()].char_indices() {
            units += encoding.units(letter);
            if units > point.character as usize {
                return line.start + at;
            }
        }
        line.end
    }

    /// Puts new words in the place of old ones. Returns what has changed.
    pub fn edit(
        &self,
        text: &mut String,
        place: Range<Point>,
        words: &str,
        encoding: Encoding,
    ) -> Change {
        let start = self.byte(text, place.start, encoding);
        let end = self.byte(text, place.end, encoding).max(start);
        text.replace_range(start..end, words);
        Change {
            old: start..end,
            new: words.len(),
        }
    }
}

/// The characters of several bytes.
fn wide(text: &str) -> Vec<Wide> {
    /// Bytes that are looked at in one step where they are all ASCII.
    const STEP: usize = 64;
    let mut all = Vec::new();
    let (mut more_than_utf16, mut more_than_utf32) = (0, 0);
    for (step, bytes) in text.as_bytes().chunks(STEP).enumerate() {
        if bytes.is_ascii() {
            continue;
        }
        for (at, &byte) in bytes.iter().enumerate() {
            // The first byte of a character tells how many there are.
            let length = match byte {
                0..=0xbf => continue,
                0xc0..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0.. => 4,
            };
            more_than_utf16 += length - if length == 4 { 2 } else { 1 };
            more_than_utf32 += length - 1;
            let start = u32::try_from(step * STEP + at).unwrap_or(u32::MAX);
            all.push(Wide {
                start,
                end: start.saturating_add(length),
                more_than_utf16,
                more_than_utf32,
            });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn an_emoji_is_four_two_or_one() {
        let text = "a\r\nHi 👋 Zoë,\rx";
        let lines = Lines::new(text);
        let at = text.find(',').unwrap();
        let columns = ALL.map(|encoding| lines.point(at, encoding).character);
        assert_eq!(columns, [12, 9, 8]);
        let x = lines.point(text.len() - 1, Encoding::Utf16);
        assert_eq!((x.line, x.character), (2, 0));
    }

    #[test]
    fn places_out_of_bounds_are_clamped() {
        let text = "ab\n👋";
        let lines = Lines::new(text);
        let at = |line, character| lines.byte(text, Point { line, character }, Encoding::Utf16);
        assert_eq!([at(0, 9), at(9, 0), at(1, 1), at(1, 2)], [2, 7, 3, 7]);
        assert_eq!(lines.point(5, Encoding::Utf16).character, 0);
        assert_eq!(lines.point(99, Encoding::Utf8).character, 4);
    }

    proptest! {
        /// A second way to count: letter by letter, with the standard library's own encoders.
        #[test]
        fn columns_are_those_of_the_encoders(text in "[a-c\u{e9}\u{4e00}\u{1f44b}\r\n]{0,200}") {
            let lines = Lines::new(&text);
            let mut line = 0;
            let mut start = 0;
            let mut before = None;
            for (at, letter) in text.char_indices() {
                if before == Some('\n') || before == Some('\r') && letter != '\n' {
                    (line, start) = (line + 1, at);
                }
                before = Some(letter);
                let words = &text[start..at];
                let counts = [words.len(), words.encode_utf16().count(), words.chars().count()];
                for (encoding, count) in ALL.into_iter().zip(counts) {
                    let point = Point { line, character: count as u32 };
                    prop_assert_eq!(lines.point(at, encoding), point);
                    if !matches!(letter, '\n' | '\r') {
                        prop_assert_eq!(lines.byte(&text, point, encoding), at);
                    }
                }
            }
        }
    }
}
