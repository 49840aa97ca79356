//! Which fixes are made in one go: those that do not touch each other. What is left may be mended in the next
//! round, when the note has been judged anew.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Edit;
use crate::diagnostic::Fix;
use crate::diagnostic::FixKind;
use crate::fix::FileEdit;
use crate::fix::file_edits;
use crate::fix::fixed_words;
use crate::note::Note;
use crate::source::Sources;
use crate::span::FileId;

/// The fixes of one round.
#[derive(Debug, Default)]
pub struct Chosen {
    /// The edits of each file, in its order; none touch.
    pub edits: BTreeMap<FileId, Vec<FileEdit>>,
    /// The words that each changed note has then, by its number, in the order of the notes.
    pub words: Vec<(u32, String)>,
    /// How many findings about each of these notes are mended.
    pub counts: Vec<(u32, usize)>,
}

/// How many findings `--fix` would mend where they stand, and how many more with unsafe fixes.
pub fn fixable(diagnostics: &[Diagnostic], notes: &[Note], sources: &Sources) -> [usize; 2] {
    let mut counts = [0, 0];
    for found in diagnostics {
        let note = found.note.and_then(|note| notes.get(note as usize));
        let (Some(note), Some(fix)) = (note, offered(found, FixKind::Unsafe)) else {
            continue;
        };
        let safe = offered(found, FixKind::Safe);
        if safe.is_some_and(|safe| file_edits(note, sources, safe).is_some()) {
            counts[0] += 1;
        } else if file_edits(note, sources, fix).is_some() {
            counts[1] += 1;
        }
    }
    counts
}

/// The first fix of a finding that can be trusted so far.
fn offered(found: &Diagnostic, most: FixKind) -> Option<&Fix> {
    let made = |fix: &&Fix| fix.kind != FixKind::HasBlanks && fix.kind <= most;
    found.fixes.iter().find(made)
}

/// Chooses fixes that can be made together: of two that touch each other the first wins. Files for which
/// `left_alone` holds keep their text.
pub fn choose(
    diagnostics: &[Diagnostic],
    notes: &[Note],
    sources: &Sources,
    most: FixKind,
    left_alone: &dyn Fn(FileId) -> bool,
) -> Chosen {
    let mut by_note: BTreeMap<u32, Vec<&Fix>> = BTreeMap::new();
    for found in diagnostics {
        if let (Some(note), Some(fix)) = (found.note, offered(found, most)) {
            by_note.entry(note).or_default().push(fix);
        }
    }
    let mut chosen = Chosen::default();
    for (number, offers) in by_note {
        let Some(note) = notes.get(number as usize) else {
            continue;
        };
        if left_alone(note.text.file()) {
            continue;
        }
        let fits = |all: &Fix| file_edits(note, sources, all);
        let Some((edits, all, count)) = together(&offers, &fits) else {
            continue;
        };
        chosen.counts.push((number, count));
        chosen
            .words
            .extend(fixed_words(note, &all).map(|words| (number, words)));
        let file = chosen.edits.entry(note.text.file()).or_default();
        file.extend(edits);
    }
    for edits in chosen.edits.values_mut() {
        edits.sort_by_key(|edit| (edit.start, edit.end));
    }
    chosen
}

/// The words of a note after the fixes of some findings about it, as far as they can be made together.
pub fn fixed_by<'d>(
    note: &Note,
    found: impl Iterator<Item = &'d Diagnostic>,
    most: FixKind,
) -> String {
    let offers: Vec<&Fix> = found.filter_map(|found| offered(found, most)).collect();
    let fits = |all: &Fix| fixed_words(note, all).filter(|words| !words.is_empty());
    together(&offers, &fits).map_or_else(|| note.text.as_str().to_owned(), |(words, ..)| words)
}

/// Adds one fix to the other as long as they do not touch and `fits` says what comes of them. Hands back
/// that, the fixes as one, and how many there are.
fn together<T>(offers: &[&Fix], fits: &dyn Fn(&Fix) -> Option<T>) -> Option<(T, Fix, usize)> {
    let mut all = Fix {
        kind: FixKind::Safe,
        description: Box::from(""),
        edits: Vec::new(),
    };
    let mut count = 0;
    let mut last = None;
    for fix in offers {
        let touches = |edit: &Edit| {
            let mut others = all.edits.iter();
            others.any(|other| overlap(edit, other))
        };
        if fix.edits.iter().any(touches) {
            continue;
        }
        let before = all.edits.len();
        all.edits.extend(fix.edits.iter().cloned());
        match fits(&all) {
            Some(result) => {
                last = Some(result);
                count += 1;
            }
            None => all.edits.truncate(before),
        }
    }
    last.map(|result| (result, all, count))
}

/// Whether two edits want the same bytes, or one puts words in where the other begins or ends.
fn overlap(one: &Edit, other: &Edit) -> bool {
    let (one, other) = (one.span, other.span);
    match one.range().is_empty() || other.range().is_empty() {
        true => one.start <= other.end && other.start <= one.end,
        false => one.start < other.end && other.start < one.end,
    }
}

/// A text with edits that are in its order and do not overlap; those that do are left out.
pub fn apply(text: &str, edits: &[FileEdit]) -> String {
    let more: usize = edits.iter().map(|edit| edit.text.len()).sum();
    let mut new = String::with_capacity(text.len() + more);
    let mut done = 0;
    for edit in edits {
        let (Some(kept), true) = (text.get(done..edit.start), edit.start <= edit.end) else {
            continue;
        };
        new.push_str(kept);
        new.push_str(&edit.text);
        done = edit.end;
    }
    new.push_str(text.get(done..).unwrap_or_default());
    new
}
