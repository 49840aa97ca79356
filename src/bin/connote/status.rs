//! How a run ends: the exit status, and what made it impossible.

use std::io;
use std::path::Path;
use std::process::ExitCode;

/// The exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Nothing to complain about.
    Clean,
    /// Findings at or above the level that fails.
    Findings,
    /// A mistake in usage or configuration, an unreadable file, or nothing to check.
    Trouble,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Clean => 0,
            Status::Findings => 1,
            Status::Trouble => 2,
        })
    }
}

/// What ends a run early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The reader of the output has gone away: no matter of ours.
    Closed,
    /// To be told on standard error.
    Message(String),
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }

    /// A file that cannot be written.
    pub(crate) fn writing(path: &Path, error: &io::Error) -> Self {
        Self::Message(format!(
            "cannot write {}: {}",
            path.display(),
            reason(error)
        ))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Message(format!("cannot write the output: {}", reason(&error))),
        }
    }
}

/// The error in words, without the number of the operating system.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
