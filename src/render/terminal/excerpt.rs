//! What codespan gets to see of the files: for each note a harmless copy of just its own bytes,
//! broken into lines that fit. Line numbers and columns are those of the file.

use std::ops::Range;

use codespan_reporting::files::Error;
use codespan_reporting::files::Files;

use crate::render::clean::display_copy;
use crate::render::place;
use crate::render::place::Positions;
use crate::render::wrap::wrap;
use crate::source::Source;
use crate::source::Sources;
use crate::source::floor_char_boundary;
use crate::span::Span;

/// How many bytes around a place outside of the note are shown.
const AROUND: usize = 80;
/// Over how many lines a label is marked in full.
const MOST_LINES: usize = 2;

/// A piece of a file.
struct Excerpt<'a> {
    span: Span,
    source: &'a Source,
    copy: String,
    /// The lines as they are displayed, without what ends them.
    lines: Vec<Range<usize>>,
}

/// The pieces that one finding points into.
pub(super) struct Excerpts<'a> {
    sources: &'a Sources,
    positions: &'a Positions<'a>,
    width: usize,
    pieces: Vec<Excerpt<'a>>,
}

/// A place in a piece.
pub(super) struct Spot {
    /// The piece.
    pub(super) piece: usize,
    /// Bytes in it.
    pub(super) range: Range<usize>,
}

impl<'a> Excerpts<'a> {
    /// `width` columns are there for a line.
    pub(super) fn new(sources: &'a Sources, positions: &'a Positions<'a>, width: usize) -> Self {
        Self {
            sources,
            positions,
            width,
            pieces: Vec::new(),
        }
    }

    /// Adds the bytes of a note.
    pub(super) fn add(&mut self, span: Span) -> usize {
        let source = self.sources.get(span.file);
        let copy = display_copy(self.sources.text(span)).into_owned();
        let mut lines = wrap(&copy, self.width);
        for line in &mut lines {
            let shown = copy[line.clone()].trim_end_matches([' ', '\u{a0}', '\u{2009}']);
            line.end = line.start + shown.len();
        }
        self.pieces.push(Excerpt {
            span,
            source,
            copy,
            lines,
        });
        self.pieces.len() - 1
    }

    /// The spots of a label, one for each line it covers. A label that covers many lines is shown
    /// at its first only: it means the whole note, and that is clear without a page of markers.
    pub(super) fn spots(&mut self, span: Span) -> Vec<Spot> {
        let piece = self.piece(span);
        let Some(excerpt) = self.pieces.get(piece) else {
            return Vec::new();
        };
        let length = excerpt.copy.len();
        let from = (span.start.saturating_sub(excerpt.span.start) as usize).min(length);
        let to = (span.end.saturating_sub(excerpt.span.start) as usize).clamp(from, length);
        let mut parts = Vec::new();
        for (index, line) in excerpt.lines.iter().enumerate() {
            let start = line.start.max(from);
            let mut end = line.end.min(to);
            // Where a long word is broken, the end of one line is the start of the next, and codespan
            // would take the mark to reach over there.
            let next = excerpt.lines.get(index + 1);
            if next.is_some_and(|next| next.start == end) {
                end = end.saturating_sub(1);
            }
            if start < end {
                parts.push(start..end);
            }
        }
        if parts.is_empty() {
            // An empty span, or one of nothing but white space at the end of a line.
            let line = excerpt.lines.get(excerpt.line_index(from));
            let at = line.map_or(from, |line| from.min(line.end));
            parts.push(at..at);
        }
        let shown = if parts.len() > MOST_LINES {
            1
        } else {
            parts.len()
        };
        parts
            .into_iter()
            .take(shown)
            .map(|range| Spot { piece, range })
            .collect()
    }

    /// The piece that a span lies in; a new one if there is none yet.
    fn piece(&mut self, span: Span) -> usize {
        let known = self.pieces.iter().position(|piece| {
            piece.span.file == span.file
                && piece.span.start <= span.start
                && span.start <= piece.span.end
        });
        known.unwrap_or_else(|| {
            let source = self.sources.get(span.file);
            let whole = around(source, span.range());
            self.add(Span::new(span.file, whole))
        })
    }

    fn get(&self, piece: usize) -> Result<&Excerpt<'a>, Error> {
        self.pieces.get(piece).ok_or(Error::FileMissing)
    }

    /// What stands before a spot in its displayed line.
    pub(super) fn line_before(&self, spot: &Spot) -> &str {
        let Some(piece) = self.pieces.get(spot.piece) else {
            return "";
        };
        let line = piece.line_index(spot.range.start);
        let start = piece.lines.get(line).map_or(0, |line| line.start);
        piece.copy.get(start..spot.range.start).unwrap_or_default()
    }

    /// The words of a spot.
    pub(super) fn words(&self, spot: &Spot) -> &str {
        let piece = self.pieces.get(spot.piece);
        let words = piece.and_then(|piece| piece.copy.get(spot.range.clone()));
        words.unwrap_or_default()
    }
}

/// The lines of a place, cut off some way around it.
fn around(source: &Source, range: Range<usize>) -> Range<usize> {
    let text = &source.text;
    let first = source.line_range(source.line_index(range.start));
    let last = source.line_range(source.line_index(range.end.max(range.start)));
    let from = floor_char_boundary(text, range.start.saturating_sub(AROUND));
    let to = floor_char_boundary(text, range.end.saturating_add(AROUND));
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    from.max(first.start).max(bom.min(first.end))..to.min(last.end)
}

impl Excerpt<'_> {
    fn line_index(&self, byte: usize) -> usize {
        let behind = self.lines.partition_point(|line| line.start <= byte);
        behind.saturating_sub(1)
    }
}

impl<'a> Files<'a> for Excerpts<'a> {
    type FileId = usize;
    type Name = String;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<String, Error> {
        Ok(place::name(self.get(id)?.source))
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.get(id)?.copy)
    }

    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, Error> {
        Ok(self.get(id)?.line_index(byte))
    }

    fn line_number(&'a self, id: usize, line: usize) -> Result<usize, Error> {
        let piece = self.get(id)?;
        let start = piece.lines.get(line).map_or(0, |line| line.start);
        Ok(piece.source.line_number(piece.span.start as usize + start))
    }

    fn column_number(&'a self, id: usize, _line: usize, byte: usize) -> Result<usize, Error> {
        let piece = self.get(id)?;
        let byte = piece.span.start as usize + byte;
        Ok(self.positions.at(piece.span.file, byte).column as usize)
    }

    fn line_range(&'a self, id: usize, line: usize) -> Result<Range<usize>, Error> {
        let lines = &self.get(id)?.lines;
        lines.get(line).cloned().ok_or(Error::LineTooLarge {
            given: line,
            max: lines.len(),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::render::testing::Case;
    use crate::render::testing::label;
    use crate::span::Span;

    #[test]
    fn a_place_outside_of_the_note_is_shown_with_what_is_around_it() {
        let mut case = Case::default();
        let row =
            "n1,Ana,Kardex,\"Hi Anna, I read your post on gardens and would love to learn more\"\n";
        let file = case.file("batch.csv", row);
        let words = "Hi Anna, I read your post on gardens and would love to learn more";
        let text = crate::text::Text::plain(file, 15, words);
        let note = case.add(crate::note::Note::new("n1", 1, text));
        let cell = Span::new(file, 3..6);
        let found = case.find(note, Severity::Error, "greeting-name", "Anna");
        found.labels.push(label(cell, "as the row has it"));
        let expected = "\
error[greeting-name]: about `Anna`
  ┌─ batch.csv:1:19
  │
1 │ Hi Anna, I read your post on gardens and would love to learn more
  │    ^^^^
  │
  ┌─ batch.csv:1:4
  │
1 │ n1,Ana,Kardex,\"Hi Anna, I read your post on gardens and would love to
  │    --- as the row has it

1 note";
        let shown = case.show("terminal");
        assert!(shown.contains(expected), "{shown}");
    }

    #[test]
    fn a_word_too_long_for_a_line_is_marked_line_by_line() {
        let mut case = Case::default();
        let link = format!("https://example.com/{}", "a/".repeat(40));
        let note = case.note("a.md", &format!("See {link} 東"), "");
        let found = case.find(note, Severity::Warning, "link", &link);
        found.labels[0].message = "a link".into();
        let shown = case.show("terminal");
        let marks: Vec<&str> = shown.lines().filter(|line| line.contains('^')).collect();
        let expected = [
            format!("  │ {}", "^".repeat(71)),
            format!("  │ {} a link", "^".repeat(100 - 72)),
        ];
        assert_eq!(marks, expected, "{shown}");
    }

    #[test]
    fn wide_and_combining_characters_do_not_move_the_marks() {
        let mut case = Case::default();
        let note = case.note("a.md", "Hi 東京 Zoe\u{308} 👨‍👩‍👧 ok\r\nthen now", "");
        case.find(note, Severity::Warning, "x", "ok");
        case.find(note, Severity::Warning, "y", "now");
        let shown = case.show("terminal");
        let at = "1 │ Hi 東京 Zoe\u{308} 👨\u{2009}👩\u{2009}👧 ok\n  │                      ^^\n";
        assert!(shown.contains(at), "{shown}");
        assert!(shown.contains("2 │ then now\n  │      ^^^\n"), "{shown}");
    }
}
