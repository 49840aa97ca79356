//! Fixes as edits of files: the words of a [`Fix`], escaped for the place where they go.
//!
//! A check speaks of plain words; in the file they may stand in a quoted cell or in a JSON string.
//! [`file_edits`] writes them as that place demands, and refuses where that is not safe.

mod round;
mod writing;

pub use round::Chosen;
pub use round::apply;
pub use round::choose;
pub use round::fixable;
pub use round::fixed_by;

use std::ops::Range;

use crate::diagnostic::Fix;
use crate::diagnostic::FixKind;
use crate::fix::writing::Place;
use crate::note::Note;
use crate::source::Sources;
use crate::span::FileId;

/// A change to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdit {
    /// The file.
    pub file: FileId,
    /// The first byte of the source's text to replace. For a file that was read as a whole, this is
    /// the byte of the file, with a byte order mark counted.
    pub start: usize,
    /// The first byte behind; the same as `start` to insert.
    pub end: usize,
    /// What to write there, escaped for the place.
    pub text: String,
}

/// A fix of a note in the words of its file. The edits are in the order of the file and do not
/// overlap. Read again, the file has the note with the fix applied and nothing else changed, but for
/// white space at the ends of the note, which is never part of it.
///
/// # Errors
/// Nothing, if the fix cannot be applied safely: it has blanks or does not lie in the note, it would
/// leave no words, or the note stands where nothing can be written (a workbook, YAML, a TOML string
/// with escapes).
pub fn file_edits(note: &Note, sources: &Sources, fix: &Fix) -> Option<Vec<FileEdit>> {
    let source = sources.get(note.text.file());
    if fix.kind == FixKind::HasBlanks || source.cell.is_some() {
        return None;
    }
    let swaps = swaps(note, fix)?;
    let words = note.text.as_str();
    let fixed = swapped(words, &swaps);
    if fixed.trim().is_empty() {
        return None;
    }
    let place = Place {
        source: &source.text,
        text: &note.text,
        swaps: &swaps,
        fixed: &fixed,
    };
    place.edits()
}

/// The words of a note after a fix, without white space at the ends. Nothing if the fix does not lie in
/// the note.
pub fn fixed_words(note: &Note, fix: &Fix) -> Option<String> {
    let fixed = swapped(note.text.as_str(), &swaps(note, fix)?);
    Some(fixed.trim().to_owned())
}

/// Bytes of a note's words, and what comes in their place.
type Swap = (Range<usize>, String);

/// The edits of a fix in the note's words, in order; those that touch are one. Line ends are `\n`, as everywhere in a note.
fn swaps(note: &Note, fix: &Fix) -> Option<Vec<Swap>> {
    let swap = |edit: &crate::diagnostic::Edit| {
        let range = note.text.range_of(edit.span)?;
        let text = edit.text.replace("\r\n", "\n").replace('\r', "\n");
        Some((range, text))
    };
    let mut swaps: Vec<Swap> = fix.edits.iter().map(swap).collect::<Option<_>>()?;
    swaps.sort_by_key(|(range, _)| (range.start, range.end));
    let mut joined: Vec<Swap> = Vec::with_capacity(swaps.len());
    for (range, text) in swaps {
        match joined.last_mut() {
            Some((last, _)) if last.end > range.start => return None,
            Some((last, words)) if last.end == range.start => {
                last.end = range.end;
                words.push_str(&text);
            }
            _ => joined.push((range, text)),
        }
    }
    (!joined.is_empty()).then_some(joined)
}

fn swapped(words: &str, swaps: &[Swap]) -> String {
    let mut fixed = String::with_capacity(words.len());
    let mut done = 0;
    for (range, text) in swaps {
        fixed.push_str(&words[done..range.start]);
        fixed.push_str(text);
        done = range.end;
    }
    fixed.push_str(&words[done..]);
    fixed
}

#[cfg(test)]
mod tests;
