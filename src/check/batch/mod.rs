//! All notes of a run, with what checks over them share: it is worked out once, when the first of them
//! asks for it.

mod groups;
mod masking;
mod own;
mod template;
mod texts;

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::OnceLock;

pub(crate) use groups::Component;
pub(crate) use masking::Masking;
pub(crate) use masking::company_key;
pub use template::Filled;
pub use template::Slot;
pub use template::Template;
pub(crate) use template::TemplateShape;
pub(crate) use texts::NO_TEXT;
pub(crate) use texts::Texts;

use crate::note::Note;
use crate::similarity::Threshold;

/// What a check over all notes may see.
#[derive(Debug)]
pub struct Batch<'a> {
    /// The drafts.
    pub notes: &'a [&'a Note],
    /// Notes that were sent before.
    pub history: &'a [Note],
    /// Whether the notes are judged by themselves, too: only then it matters what of each is its own.
    pub(crate) judged: bool,
    texts: OnceLock<Texts>,
    alike: Mutex<Vec<(Threshold, Arc<Vec<Component>>)>>,
}

impl<'a> Batch<'a> {
    /// A batch of drafts, and what was sent before them.
    pub fn new(notes: &'a [&'a Note], history: &'a [Note]) -> Self {
        Self {
            notes,
            history,
            judged: true,
            texts: OnceLock::new(),
            alike: Mutex::new(Vec::new()),
        }
    }

    /// The same where the notes are only compared.
    pub(crate) fn only_compared(self) -> Self {
        Self {
            judged: false,
            ..self
        }
    }

    /// A draft, or behind the drafts a note of the history.
    pub fn note(&self, number: usize) -> &'a Note {
        match self.notes.get(number) {
            Some(note) => note,
            None => &self.history[number - self.notes.len()],
        }
    }

    /// The different texts of all notes.
    pub(crate) fn texts(&self) -> &Texts {
        self.texts.get_or_init(|| Texts::new(self))
    }

    /// The groups of texts that are alike from a threshold on, by their first note.
    pub(crate) fn alike(&self, threshold: Threshold) -> Arc<Vec<Component>> {
        let mut known = match self.alike.lock() {
            Ok(known) => known,
            Err(poisoned) => poisoned.into_inner(),
        };
        if let Some((_, alike)) = known.iter().find(|(known, _)| *known == threshold) {
            return Arc::clone(alike);
        }
        let alike = Arc::new(groups::alike(self, threshold));
        known.push((threshold, Arc::clone(&alike)));
        alike
    }
}
