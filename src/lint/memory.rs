//! What notes were judged to be, kept from one run to the next: of a batch in which one note has
//! changed, only that one is judged anew.

use std::ops::Range;

use serde::Deserialize;
use serde::Serialize;

use rustc_hash::FxHashMap;

use crate::language::ENGLISH;
use crate::language::Language;
use crate::lint::about::About;
use crate::lint::judge::Judged;
use crate::lint::kept;
use crate::lint::kept::Identity;
use crate::note::Field;
use crate::note::Note;
use crate::note::field_str;
use crate::span::Span;
use crate::span::Spanned;
use crate::text::SharedStr;

/// All that a note is judged by, as bytes: whole, so that no two notes are ever mixed up, or where it is
/// kept in a file, hashed by SHA-256, which nobody can mix up either.
pub(super) type Key = Box<[u8]>;

/// What a note was judged to be.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Remembered {
    pub(super) judged: Judged,
    /// The language that it was found to be in: finding out takes a while, too.
    pub(super) language: Language,
}

impl Default for Remembered {
    fn default() -> Self {
        Self {
            judged: Judged::default(),
            language: ENGLISH,
        }
    }
}

/// Notes judged by themselves. It holds for the rule sets of the run that filled it: for other ones,
/// begin with an empty one, unless it knows them by their [`Identity`].
#[derive(Default)]
pub struct Memory {
    pub(super) known: FxHashMap<Key, Remembered>,
    /// What the rule sets are, by their numbers, if it outlives the run.
    pub(super) identities: Option<Vec<Identity>>,
    /// Something was learned, or forgotten, since it was begun.
    pub(super) is_changed: bool,
    /// What the last run found between notes, by the number of the note.
    pub(super) about: FxHashMap<usize, About>,
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let notes = self.known.len();
        formatter
            .debug_struct("Memory")
            .field("notes", &notes)
            .finish()
    }
}

impl Memory {
    /// How many different notes are remembered.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Moves what was found between notes to where it stands now that a file has changed.
    pub fn move_places(&mut self, to: &dyn Fn(&mut Span)) {
        let about = self.about.values_mut();
        for signed in about.flat_map(|about| &mut about.findings) {
            signed.finding.place.iter_mut().for_each(to);
            let elsewhere = signed.finding.elsewhere.iter_mut();
            elsewhere.for_each(|(span, _)| to(span));
        }
    }

    /// The key of a note. `set` is the number of its rule set, `own` are the places of its text that no other
    /// note has.
    pub(super) fn key(&self, note: &Note, set: usize, own: Option<&[Range<u32>]>) -> Key {
        match &self.identities {
            Some(identities) => kept::hashed(identities.get(set), &key(note, 0, own)),
            None => key(note, set, own),
        }
    }

    /// What a note was judged to be.
    pub(super) fn recall(&self, key: &[u8]) -> Option<&Remembered> {
        self.known.get(key)
    }

    /// Forgets everything but the notes of this run: those that it knew, and those judged anew.
    pub(super) fn keep(&mut self, keys: &[Key], judged: Vec<(Key, Remembered)>) {
        let before = self.known.len();
        self.known.extend(judged.into_iter().filter(|(_, it)| {
            // What points into a file is true of one place only.
            let mut findings = it.judged.findings.iter().map(|signed| &signed.finding);
            findings.all(|finding| finding.place.is_none() && finding.elsewhere.is_empty())
        }));
        self.is_changed |= self.known.len() > before;
        // Notes that are gone may come back with the next keystroke: they stay for a while.
        if self.known.len() > 2 * keys.len() + 64 {
            let mut rest = FxHashMap::default();
            for key in keys {
                rest.extend(self.known.remove_entry(key));
            }
            self.known = rest;
            self.is_changed = true;
        }
    }
}

/// All that a note is judged by: its words, what is said of its reader, its rule set, and the places of
/// its text that no other note has. Neither its id nor where it stands in its file.
fn key(note: &Note, set: usize, own: Option<&[Range<u32>]>) -> Key {
    let mut key = Vec::with_capacity(note.text.as_str().len() + 256);
    number(&mut key, set);
    words(&mut key, note.text.as_str());
    number(&mut key, note.attempt as usize);
    number(&mut key, note.kind as usize);
    for field in note.fields() {
        match field {
            Some(field) => words(&mut key, &field.value),
            None => number(&mut key, usize::MAX),
        }
    }
    number(&mut key, note.facts.len());
    for fact in &note.facts {
        words(&mut key, &fact.value);
    }
    number(&mut key, note.extra.len());
    for (name, value) in &note.extra {
        words(&mut key, name);
        words(&mut key, &value.value);
    }
    if let Some(own) = own {
        number(&mut key, own.len());
        for place in own {
            number(&mut key, place.start as usize);
            number(&mut key, place.end as usize);
        }
    }
    key.into()
}

/// Whether two drafts say the same, wherever they stand: they are judged alike.
pub fn says_the_same(one: &Note, two: &Note) -> bool {
    let field = |(one, two): (&Field, &Field)| field_str(one) == field_str(two);
    let list = |one: &[Spanned<SharedStr>], two: &[Spanned<SharedStr>]| {
        one.iter()
            .map(|it| &it.value)
            .eq(two.iter().map(|it| &it.value))
    };
    let named = |note: &Note| -> Vec<(SharedStr, SharedStr)> {
        let all = note.extra.iter();
        all.map(|(name, it)| (name.clone(), it.value.clone()))
            .collect()
    };
    one.text.as_str() == two.text.as_str()
        && (one.kind, one.attempt) == (two.kind, two.attempt)
        && one.fields().into_iter().zip(two.fields()).all(field)
        && list(&one.facts, &two.facts)
        && list(&one.allow, &two.allow)
        && named(one) == named(two)
}

/// A text with its length before it: no two lists of texts are the same bytes.
fn words(key: &mut Vec<u8>, text: &str) {
    number(key, text.len());
    key.extend_from_slice(text.as_bytes());
}

fn number(key: &mut Vec<u8>, number: usize) {
    key.extend_from_slice(&number.to_le_bytes());
}
