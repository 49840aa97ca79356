//! A note's words and the map home to its file.
//!
//! In a CSV cell a quote is doubled, in JSON a line break is `\n`: the words of a note are not the
//! bytes of its file. [`Text`] holds the decoded words and knows for each of them which bytes of
//! the file they came from. A check speaks of positions in the words; [`Text::span`] finds the
//! right bytes.

pub mod fold;
mod shared;

pub use shared::SharedStr;

use std::ops::Range;
use std::sync::Arc;

use crate::span::FileId;
use crate::span::Span;

/// How words are written in their file: what new words in their midst must look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Writing {
    /// Just so.
    Plain,
    /// A cell of a CSV table without quotes around it.
    CsvOpen {
        /// What separates the cells.
        separator: u8,
    },
    /// Inside the quotes of a CSV cell: quotes are doubled.
    CsvQuoted,
    /// Inside a JSON string.
    Json,
    /// Inside the double quotes of a TOML string on one line.
    TomlBasic,
    /// Inside the single quotes of a TOML string on one line, which knows no escapes.
    TomlLiteral,
    /// In a way that cannot be written back: a workbook, YAML, a number.
    #[default]
    Sealed,
}

/// Decoded words with their map home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    words: SharedStr,
    file: FileId,
    writing: Writing,
    /// First byte in the file.
    start: u32,
    /// The way home where the words are no plain copy of the file.
    map: Option<Box<Map>>,
}

/// Which words came from which bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Map {
    /// Sorted by `decoded`; may be empty.
    pieces: Box<[Piece]>,
    /// First byte in the file behind the text.
    end: u32,
}

/// From `decoded` on, words come from `source` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    decoded: u32,
    source: u32,
    /// A copy goes byte by byte; otherwise the whole piece stands for one escape.
    copy: bool,
}

impl Text {
    /// Words that stand in the file just as they are, from byte `start` on.
    pub fn plain(file: FileId, start: usize, words: &str) -> Self {
        Self {
            words: words.into(),
            file,
            writing: Writing::Plain,
            start: u32::try_from(start).unwrap_or(u32::MAX),
            map: None,
        }
    }

    /// The same without a copy: the bytes `range` of the text of a file.
    pub fn within(file: FileId, text: &Arc<String>, range: Range<usize>) -> Self {
        Self {
            writing: Writing::Plain,
            start: u32::try_from(range.start).unwrap_or(u32::MAX),
            words: SharedStr::within(text, range),
            file,
            map: None,
        }
    }

    /// The same, written in its file in some way.
    pub fn written(mut self, writing: Writing) -> Self {
        self.writing = writing;
        self
    }

    /// How the words are written in their file.
    pub fn writing(&self) -> Writing {
        self.writing
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.words
    }

    /// The words, as they can be kept without a copy.
    pub fn words(&self) -> &SharedStr {
        &self.words
    }

    /// The file they came from.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The bytes in the file that a range of bytes in the words came from. Ranges out of bounds
    /// are clamped. An escape is never split: a range that touches it takes all of it.
    pub fn span(&self, range: Range<usize>) -> Span {
        let end = range.end.min(self.words.len());
        let start = range.start.min(end);
        let first = self.home(start, false);
        let last = if end == start {
            first
        } else {
            self.home(end, true)
        };
        Span {
            file: self.file,
            start: first,
            end: last.max(first),
        }
    }

    /// The bytes in the file of the whole text, without the quotes around it.
    pub fn whole(&self) -> Span {
        Span {
            file: self.file,
            start: self.start,
            end: self.end(),
        }
    }

    /// First byte in the file behind the text.
    fn end(&self) -> u32 {
        let length = || u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        match &self.map {
            Some(map) => map.end,
            None => self.start.saturating_add(length()),
        }
    }

    /// The bytes in the words that a span in the file stands for: the way back from [`Text::span`].
    /// Nothing if the span is not in this text, or cuts through an escape or a character.
    pub fn range_of(&self, span: Span) -> Option<Range<usize>> {
        let range = self.offset_of(span.start)?..self.offset_of(span.end)?;
        (span.file == self.file && self.words.get(range.clone()).is_some()).then_some(range)
    }

    /// The offset in the words of a byte of the file.
    fn offset_of(&self, byte: u32) -> Option<usize> {
        let end = self.end();
        if byte == end {
            return Some(self.words.len());
        }
        let Some(map) = &self.map else {
            return (self.start..end)
                .contains(&byte)
                .then(|| (byte - self.start) as usize);
        };
        let behind = map.pieces.partition_point(|piece| piece.source <= byte);
        let piece = map.pieces.get(behind.checked_sub(1)?)?;
        let next = map.pieces.get(behind);
        let length = next.map_or(self.words.len(), |next| next.decoded as usize);
        let offset = (piece.decoded + (byte - piece.source)) as usize;
        let fits = match piece.copy {
            true => offset <= length && byte < end,
            false => byte == piece.source,
        };
        fits.then_some(offset)
    }

    /// Where an offset in the words lies in the file. As an end, an offset at the border of two
    /// pieces belongs to the one before.
    fn home(&self, offset: usize, as_end: bool) -> u32 {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        let Some(map) = &self.map else {
            return self.start + offset;
        };
        let behind = map.pieces.partition_point(|piece| {
            if as_end {
                piece.decoded < offset
            } else {
                piece.decoded <= offset
            }
        });
        let Some(piece) = behind
            .checked_sub(1)
            .and_then(|index| map.pieces.get(index))
        else {
            return self.start;
        };
        let next = map.pieces.get(behind);
        let limit = next.map_or(map.end, |next| next.source);
        if piece.copy {
            return (piece.source + (offset - piece.decoded)).min(limit);
        }
        // Inside an escape: its start as a start, its end as an end.
        let at_end = next.map_or(self.words.len(), |next| next.decoded as usize) <= offset as usize;
        if as_end || at_end {
            limit
        } else {
            piece.source
        }
    }
}

/// Builds a [`Text`] while a format's escapes are being undone.
#[derive(Debug)]
pub struct TextBuilder {
    words: String,
    file: FileId,
    start: u32,
    pieces: Vec<Piece>,
    end: u32,
}

impl TextBuilder {
    /// An empty text that begins at byte `start` of the file.
    pub fn new(file: FileId, start: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        Self {
            words: String::new(),
            file,
            start,
            pieces: Vec::new(),
            end: start,
        }
    }

    /// Appends words that stand in the file just so, from byte `source` on.
    pub fn copy(&mut self, words: &str, source: usize) {
        self.push(words, source, source + words.len(), true);
    }

    /// Appends words that one escape in the file stands for.
    pub fn escape(&mut self, words: &str, source: Range<usize>) {
        self.push(words, source.start, source.end, false);
    }

    fn push(&mut self, words: &str, start: usize, end: usize, copy: bool) {
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        let decoded = number(self.words.len());
        if !words.is_empty() {
            let joins = copy
                && self.end == number(start)
                && self.pieces.last().is_some_and(|piece| piece.copy)
                && !self.pieces.is_empty();
            if !joins {
                self.pieces.push(Piece {
                    decoded,
                    source: number(start),
                    copy,
                });
            }
            self.words.push_str(words);
        }
        self.end = number(end);
    }

    /// Drops white space at both ends of the words; the map follows.
    pub fn build_trimmed(self) -> Text {
        let text = self.build();
        let trimmed = text.words.trim();
        if trimmed.len() == text.words.len() {
            return text;
        }
        let from = text.words.len() - text.words.trim_start().len();
        text.part(from..from + trimmed.len())
    }

    /// The finished text.
    pub fn build(mut self) -> Text {
        if let [only] = self.pieces.as_slice()
            && only.copy
        {
            self.start = only.source;
            self.pieces.clear();
        }
        let length = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let is_plain = self.pieces.is_empty() && self.end == self.start.saturating_add(length);
        let map = Map {
            pieces: self.pieces.into_boxed_slice(),
            end: self.end,
        };
        Text {
            words: self.words.into(),
            file: self.file,
            writing: Writing::Plain,
            start: self.start,
            map: (!is_plain).then(|| Box::new(map)),
        }
    }
}

impl Text {
    /// A part of the text with its own map home. The range lies on character borders.
    pub fn part(&self, range: Range<usize>) -> Text {
        let whole = self.span(range.clone());
        let words = self.words.part(range.clone());
        let Some(map) = &self.map else {
            return Text {
                words,
                file: self.file,
                writing: self.writing,
                start: whole.start,
                map: None,
            };
        };
        let offset = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        let (from, to) = (offset(range.start), offset(range.end));
        let mut pieces = Vec::new();
        for (index, piece) in map.pieces.iter().enumerate() {
            let next = map
                .pieces
                .get(index + 1)
                .map_or(offset(self.words.len()), |next| next.decoded);
            if next <= from || piece.decoded >= to {
                continue;
            }
            let skipped = from.saturating_sub(piece.decoded);
            let source = if piece.copy {
                piece.source + skipped
            } else {
                piece.source
            };
            pieces.push(Piece {
                decoded: piece.decoded.max(from) - from,
                source,
                copy: piece.copy,
            });
        }
        let map = Map {
            pieces: pieces.into(),
            end: whole.end,
        };
        Text {
            words,
            file: self.file,
            writing: self.writing,
            start: whole.start,
            map: Some(Box::new(map)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `say \"hi\"\nnow` as it stands in JSON, from byte 10 on.
    fn json() -> Text {
        let mut builder = TextBuilder::new(FileId(0), 10);
        builder.copy("say ", 10);
        builder.escape("\"", 14..16);
        builder.copy("hi", 16);
        builder.escape("\"", 18..20);
        builder.escape("\n", 20..22);
        builder.copy("now", 22);
        builder.build()
    }

    #[test]
    fn a_range_finds_the_bytes_it_came_from() {
        let text = json();
        assert_eq!(text.as_str(), "say \"hi\"\nnow");
        assert_eq!(text.span(4..8).range(), 14..20);
        assert_eq!(text.span(5..7).range(), 16..18);
        assert_eq!(text.span(9..12).range(), 22..25);
        assert_eq!(text.span(8..9).range(), 20..22);
        assert_eq!(text.span(0..12).range(), 10..25);
        assert_eq!(text.span(12..12).range(), 25..25);
        assert_eq!(text.whole().range(), 10..25);
    }

    #[test]
    fn the_way_back_is_the_same() {
        for text in [json(), json().part(5..12), Text::plain(FileId(0), 7, "a b")] {
            for start in 0..=text.as_str().len() {
                for end in start..=text.as_str().len() {
                    assert_eq!(text.range_of(text.span(start..end)), Some(start..end));
                }
            }
        }
        let span = |file, range| Span::new(FileId(file), range);
        assert_eq!(json().range_of(span(0, 15..16)), None);
        assert_eq!(json().range_of(span(0, 9..12)), None);
        assert_eq!(json().range_of(span(0, 12..26)), None);
        assert_eq!(json().range_of(span(1, 10..12)), None);
    }

    #[test]
    fn a_part_keeps_its_map() {
        let text = json().part(5..12);
        assert_eq!(text.as_str(), "hi\"\nnow");
        assert_eq!(text.span(0..2).range(), 16..18);
        assert_eq!(text.span(2..3).range(), 18..20);
        assert_eq!(text.span(4..7).range(), 22..25);
    }

    #[test]
    fn trimming_moves_the_start() {
        let mut builder = TextBuilder::new(FileId(0), 3);
        builder.copy("  a b \n", 3);
        let text = builder.build_trimmed();
        assert_eq!(text.as_str(), "a b");
        assert_eq!(text.span(0..1).range(), 5..6);
        assert_eq!(text.whole().range(), 5..8);
    }
}
