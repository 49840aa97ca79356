//! Checks of drafts against what was sent before, and what they may see.

use jiff::Timestamp;

use crate::check::Finding;
use crate::check::Sending;
use crate::history::History;
use crate::note::Note;
use crate::schedule::Clock;

/// A check of drafts against invitations that were sent before.
pub trait PastCheck: Send + Sync {
    /// What it finds, each with the number of its note.
    fn check(&self, past: &Past<'_>) -> Vec<(usize, Finding)>;

    /// Whether it counts drafts, or says something of the run as a whole.
    fn compares(&self) -> bool {
        false
    }
}

/// All notes of a run, and what was sent before them.
#[derive(Clone, Copy)]
pub struct Past<'a> {
    /// The drafts.
    pub notes: &'a [&'a Note],
    /// For each draft what is known of its time.
    pub clocks: &'a [Clock],
    /// Invitations that were sent before, and what became of them.
    pub history: &'a History,
    /// How each draft is sent.
    pub sending_of: &'a dyn Fn(usize) -> &'a Sending,
    /// The moment of the run.
    pub now: Timestamp,
}

impl<'a> Past<'a> {
    /// How the first draft is sent, and with it the account: settings of the run as a whole.
    pub fn sending(&self) -> Option<&'a Sending> {
        (!self.notes.is_empty()).then(|| (self.sending_of)(0))
    }

    /// When a draft is sent: as it says, else now.
    pub fn sent_at(&self, note: usize) -> Timestamp {
        let planned = self.clocks[note].sent.moment();
        planned.map_or(self.now, |planned| planned.max(self.now))
    }
}
