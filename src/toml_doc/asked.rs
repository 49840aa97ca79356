//! What readers asked a table for: the keys that are known there, and what may stand under each.

use std::sync::Mutex;
use std::sync::PoisonError;

/// What a reader takes under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Whatever is there: the reader looks for itself.
    Any,
    /// A text.
    Text,
    /// A text, or a whole number that stands for its digits.
    TextOrInteger,
    /// A whole number.
    Integer,
    /// A whole number that is not negative.
    Count,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list of texts; a single one, too.
    Texts,
    /// One of these words.
    Choice(Vec<&'static str>),
    /// A table.
    Table,
    /// A list.
    List,
}

/// Everything that readers said to one table.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// Keys and what is taken under them; a key may stand several times.
    pub(super) keys: Vec<(&'static str, Taken)>,
    /// Keys that were missed.
    pub(super) missed: Vec<String>,
    /// Somebody went through all entries: any key is welcome.
    pub(super) open: bool,
}

/// Behind a lock, for rules keep their tables and are shared by threads.
#[derive(Debug, Default)]
pub(super) struct Asked(Mutex<Record>);

impl Asked {
    pub(super) fn note(&self, write: impl FnOnce(&mut Record)) {
        write(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub(super) fn add(&self, key: &'static str, taken: Taken) {
        self.note(|record| {
            let mut known = record.keys.iter();
            if !known.any(|(name, what)| *name == key && *what == taken) {
                record.keys.push((key, taken));
            }
        });
    }

    pub(super) fn record(&self) -> Record {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The keys, each once, in the order in which they were asked for.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<&'static str> = Vec::new();
        self.note(|record| {
            for (key, _) in &record.keys {
                if !names.contains(key) {
                    names.push(key);
                }
            }
        });
        names
    }
}

impl Clone for Asked {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.record()))
    }
}
