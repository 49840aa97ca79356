//! Checks of when notes are sent, and what they may see.

use jiff::Timestamp;

use crate::check::Finding;
use crate::note::Note;
use crate::schedule::Clock;
use crate::schedule::Settings;

/// A check of when notes are sent.
pub trait ScheduleCheck: Send + Sync {
    /// What it finds, each with the number of its note.
    fn check(&self, sending: &Schedule<'_>) -> Vec<(usize, Finding)>;

    /// Whether it holds the times of several notes against each other.
    fn compares(&self) -> bool {
        false
    }
}

/// All notes of a run with their recipients' clocks.
#[derive(Clone, Copy)]
pub struct Schedule<'a> {
    /// The drafts.
    pub notes: &'a [&'a Note],
    /// For each draft what is known of its time.
    pub clocks: &'a [Clock],
    /// For each draft the settings of sending, and whether the account is paid for.
    pub settings_of: &'a dyn Fn(usize) -> (&'a Settings, bool),
    /// For each draft the moment before which its reader cannot be invited again, if one is known.
    pub not_before: &'a dyn Fn(usize) -> Option<Timestamp>,
    /// The moment of the run.
    pub now: Timestamp,
}

impl<'a> Schedule<'a> {
    /// The settings of a draft.
    pub fn settings(&self, note: usize) -> &'a Settings {
        (self.settings_of)(note).0
    }
}
