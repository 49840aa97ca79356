//! Findings that are known already: a file of them, so that only new ones are told.
//!
//! A finding is known by its rule, by whom the note is for, and by the note's words: when one of
//! these changes, it is new. File and line are no part of that, so drafts may be moved and rows
//! sorted. The file holds no words and no names, only hashes of them; a hash keeps curious eyes out,
//! not somebody who has a guess to try.
//!
//! Every entry also has a count: as many findings of the rule are left out, in the order of the run.
//! A group of notes is left out when each of its notes was in such a group before; a note that joins
//! brings the group back.

mod key;
mod read;
mod write;

pub use key::Key;
pub use write::entries;
pub use write::write;

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

use rustc_hash::FxHashMap;

use crate::span::Span;

/// The version of the file. Another one is refused.
pub const VERSION: u32 = 1;

/// One line of a baseline.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The file of the draft, seen from the folder of the baseline. No part of what a finding is known by.
    pub file: Box<str>,
    /// The rule.
    pub rule: Box<str>,
    /// Whose note, and which.
    pub key: Key,
    /// How many findings, 1 or more.
    pub count: u32,
    /// Where it is written; nothing for a new one.
    pub span: Span,
}

/// Known findings, and which of them a run has met.
#[derive(Debug, Default)]
pub struct Baseline {
    entries: Vec<Entry>,
    /// How many findings of each entry were met.
    used: Vec<AtomicU32>,
    /// Rules by number, and the entries of a rule and a note.
    rules: FxHashMap<Box<str>, u32>,
    by_key: FxHashMap<(u32, Key), Vec<u32>>,
}

impl Baseline {
    /// A baseline of these entries.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut baseline = Self {
            used: entries.iter().map(|_| AtomicU32::new(0)).collect(),
            ..Self::default()
        };
        for (number, entry) in (0..).zip(&entries) {
            let next = u32::try_from(baseline.rules.len()).unwrap_or(u32::MAX);
            let rule = *baseline.rules.entry(entry.rule.clone()).or_insert(next);
            let places = baseline.by_key.entry((rule, entry.key)).or_default();
            places.push(number);
        }
        baseline.entries = entries;
        baseline
    }

    /// The entries, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many findings of the entry of a number were met.
    pub fn used(&self, entry: usize) -> u32 {
        let used = self.used.get(entry);
        used.map_or(0, |used| used.load(Ordering::Relaxed))
    }

    /// Whether one more finding of a rule in a note is known.
    pub fn knows(&self, rule: &str, key: Key) -> bool {
        self.open(rule, key).is_some()
    }

    /// Takes note of a finding. Says whether it is known: there are entries left for it.
    pub fn meet(&self, rule: &str, key: Key) -> bool {
        let open = self.open(rule, key);
        if let Some(entry) = open {
            self.used[entry].fetch_add(1, Ordering::Relaxed);
        }
        open.is_some()
    }

    /// The first entry that is not used up.
    fn open(&self, rule: &str, key: Key) -> Option<usize> {
        let rule = self.rules.get(rule)?;
        let mut entries = self.by_key.get(&(*rule, key))?.iter();
        let open = entries.find(|&&entry| {
            let entry = entry as usize;
            self.used(entry) < self.entries[entry].count
        });
        open.map(|&entry| entry as usize)
    }
}

/// The baselines of a run, and which of them holds for which note under which key.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The baselines.
    pub baselines: &'a [Baseline],
    /// By the number of the note: the number of its baseline, and its key.
    pub of_note: &'a [Option<(usize, Key)>],
}

impl Known<'_> {
    /// Whether each of these notes has one more finding of the rule that is known; then they are met.
    pub fn meet_all(&self, rule: &str, notes: &[usize]) -> bool {
        let known = |&note: &usize| {
            self.of(note)
                .is_some_and(|(baseline, key)| baseline.knows(rule, key))
        };
        let all = !notes.is_empty() && notes.iter().all(known);
        if all {
            for (baseline, key) in notes.iter().filter_map(|&note| self.of(note)) {
                baseline.meet(rule, key);
            }
        }
        all
    }

    /// Takes note of a finding in a note. Says whether it is known.
    pub fn meet(&self, rule: &str, note: usize) -> bool {
        self.of(note)
            .is_some_and(|(baseline, key)| baseline.meet(rule, key))
    }

    fn of(&self, note: usize) -> Option<(&Baseline, Key)> {
        let (baseline, key) = (*self.of_note.get(note)?)?;
        Some((self.baselines.get(baseline)?, key))
    }
}

#[cfg(test)]
mod tests;
