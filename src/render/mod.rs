//! What a run found, written for people and for programs. One file per output, one line in [`OUTPUTS`].
//!
//! A [`View`] holds all that an output may look at. Nothing here judges a note, opens a file or
//! asks the environment: whether to colour and how wide to write come in as [`Options`].

mod agreement;
mod audit;
mod bars;
mod calendar;
mod checkstyle;
pub mod clean;
mod draft_columns;
pub mod explain;
mod fingerprint;
mod github;
mod gitlab;
mod groups;
#[cfg(test)]
mod hostile;
mod json;
mod json_model;
mod json_write;
mod jsonl;
mod junit;
mod learn;
mod listed;
mod markdown;
pub mod markup;
mod page;
mod paint;
mod place;
mod rdjson;
mod sarif;
mod sarif_model;
mod short;
mod spreadsheet;
mod terminal;
#[cfg(test)]
mod testing;
mod timetable;
mod web;
mod words;
mod wrap;
mod xml;

pub use agreement::agreement_json;
pub use agreement::agreement_terminal;
pub use audit::AUDITS;
pub use audit::AuditView;
pub use audit::audit_output;
pub use draft_columns::drafts_csv;
pub use jsonl::jsonl_end;
pub use jsonl::jsonl_part;
pub use learn::LearnView;
pub use learn::learn_json;
pub use learn::learn_terminal;
pub use learn::learn_weights;
pub use timetable::Entry;
pub use timetable::TIMETABLES;
pub use timetable::Timetable;
pub use timetable::timetable;
pub use wrap::hang;

use std::io;

use crate::report::Report;
use crate::source::Sources;

/// How to write, as far as the caller has a say.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether escape codes for colour may be written.
    pub color: bool,
    /// Columns of the terminal; 80 when there is none.
    pub width: usize,
    /// Show every note and every finding, however many.
    pub all: bool,
    /// Show how each score came about.
    pub explain: bool,
    /// Leave out the notes' findings: summary only.
    pub quiet: bool,
    /// Whether frames and bars may use more than ASCII.
    pub unicode: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            color: false,
            width: 80,
            all: false,
            explain: false,
            quiet: false,
            unicode: true,
        }
    }
}

impl Options {
    /// Columns for prose and frames around it: very long lines are hard to read.
    pub(crate) fn prose(&self) -> usize {
        self.width.clamp(40, 100)
    }
}

/// All that an output may look at.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// What was found.
    pub report: &'a Report,
    /// The files it was found in.
    pub sources: &'a Sources,
    /// The program's version.
    pub version: &'a str,
    /// How to write.
    pub options: &'a Options,
}

/// A way to write a report.
pub struct Output {
    /// The name on the command line.
    pub name: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    /// Whether it tells every note's score, whatever rules were selected.
    pub scores: bool,
    /// Writes it, in many small pieces: hand in a buffered writer. Errors of the writer, a closed pipe too, are handed back.
    pub render: fn(&View, &mut dyn io::Write) -> io::Result<()>,
}

/// All outputs; the first is the default.
pub static OUTPUTS: &[Output] = &[
    Output {
        name: "terminal",
        about: "for people: what to mend, where, and how",
        scores: false,
        render: terminal::render,
    },
    Output {
        name: "short",
        about: "one line a finding: file:line:column: severity[rule]: message",
        scores: false,
        render: short::render,
    },
    Output {
        name: "json",
        about: "one JSON document, for programs",
        scores: true,
        render: json::render,
    },
    Output {
        name: "jsonl",
        about: "one JSON object a line, note by note",
        scores: true,
        render: jsonl::render,
    },
    Output {
        name: "sarif",
        about: "SARIF 2.1.0, for code scanning and editors",
        scores: false,
        render: sarif::render,
    },
    Output {
        name: "github",
        about: "annotations in GitHub Actions",
        scores: false,
        render: github::render,
    },
    Output {
        name: "gitlab",
        about: "a Code Quality report for GitLab",
        scores: false,
        render: gitlab::render,
    },
    Output {
        name: "junit",
        about: "JUnit's XML: each note is a test",
        scores: false,
        render: junit::render,
    },
    Output {
        name: "checkstyle",
        about: "Checkstyle's XML",
        scores: false,
        render: checkstyle::render,
    },
    Output {
        name: "rdjson",
        about: "for reviewdog, which comments on changes",
        scores: false,
        render: rdjson::render,
    },
    Output {
        name: "markdown",
        about: "the whole report as Markdown",
        scores: true,
        render: markdown::render,
    },
    Output {
        name: "html",
        about: "one page to read before sending: plots, what to fix first, every note with its evidence",
        scores: true,
        render: page::render,
    },
];

/// The output of a name.
pub fn output(name: &str) -> Option<&'static Output> {
    OUTPUTS.iter().find(|output| output.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_kebab_case() {
        for (index, output) in OUTPUTS.iter().enumerate() {
            let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(output.name.chars().all(good), "{}", output.name);
            assert!(!output.about.is_empty());
            let twin = OUTPUTS[..index].iter().find(|o| o.name == output.name);
            assert!(twin.is_none(), "{} twice", output.name);
        }
        assert!(super::output("json").is_some());
        assert!(super::output("yaml").is_none());
    }
}
