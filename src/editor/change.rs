//! A change to a text, and where places are behind it.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::span::FileId;
use crate::span::Span;

/// Bytes of a text that others have come in the place of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The old bytes.
    pub old: Range<usize>,
    /// How many new ones there are.
    pub new: usize,
}

impl Change {
    /// Where a byte is now. One that is gone is where the new ones begin.
    fn byte(&self, byte: u32) -> u32 {
        let at = byte as usize;
        let now = match at {
            at if at <= self.old.start => at,
            at if at < self.old.end => self.old.start,
            at => at - self.old.len() + self.new,
        };
        u32::try_from(now).unwrap_or(u32::MAX)
    }

    /// Whether it changes anything between two borders of a place, though the words may be the same again.
    fn touches(&self, span: Span) -> bool {
        self.old.start < span.end as usize && self.old.end > span.start as usize
    }

    /// Moves a place in the file that has changed.
    pub(super) fn span(&self, file: FileId, span: &mut Span) {
        if span.file == file {
            (span.start, span.end) = (self.byte(span.start), self.byte(span.end));
        }
    }

    /// Moves all places of a finding.
    pub(super) fn finding(&self, file: FileId, found: &mut Diagnostic) {
        let labels = found.labels.iter_mut().map(|label| &mut label.span);
        let edits = found.fixes.iter_mut().flat_map(|fix| &mut fix.edits);
        labels
            .chain(edits.map(|edit| &mut edit.span))
            .for_each(|span| self.span(file, span));
    }
}

/// Whether changes to a file, given in their order, left a place alone, so that it is now the other one.
/// Words that are the same again elsewhere, or were written over with themselves, are not.
pub(super) fn only_moved(changes: &[Change], file: FileId, mut from: Span, to: Span) -> bool {
    changes.iter().all(|change| {
        let touched = from.file == file && change.touches(from);
        change.span(file, &mut from);
        !touched
    }) && from == to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_move_with_their_words() {
        let change = Change { old: 4..6, new: 5 };
        let moved = |start, end| {
            let mut span = Span::new(FileId(1), start..end);
            change.span(FileId(1), &mut span);
            span.range()
        };
        assert_eq!(
            [moved(0, 4), moved(6, 8), moved(2, 9)],
            [0..4, 9..11, 2..12]
        );
        assert_eq!(moved(5, 6), 4..9);
        let mut other = Span::new(FileId(2), 6..8);
        change.span(FileId(1), &mut other);
        assert_eq!(other.range(), 6..8);
    }
}
