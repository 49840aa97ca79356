//! What a run found: verdicts on notes, diagnostics, clusters, totals.

mod narrow;

pub use narrow::Narrowed;

use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::Serialize;

use jiff::civil::DateTime;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::language::Language;
use crate::note::Note;
use crate::score::Grade;
use crate::score::Score;

/// How long a note is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Length {
    /// Characters (Unicode scalar values).
    pub characters: u32,
    /// UTF-16 code units, in which LinkedIn is taken to count: an emoji is two.
    pub utf16: u32,
    /// The most that the account may send, in UTF-16 code units; none for follow-ups.
    pub limit: Option<u32>,
}

/// What a note is, besides its score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flags {
    /// It sells something.
    pub pitch: bool,
    /// Nothing in it depends on this recipient.
    pub generic: bool,
    /// An unfilled or broken merge field remains.
    pub placeholder: bool,
}

/// The verdict on one note.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Verdict {
    /// Points and evidence.
    pub score: Score,
    /// Length and limit.
    pub length: Length,
    /// Pitch, generic, placeholder.
    pub flags: Flags,
    /// The note's language, if no rules for the parts are written for it: score and parts say nothing then.
    pub unjudged: Option<Language>,
}

/// A part of a template's skeleton.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SkeletonPiece {
    /// Words that all members share.
    Text(String),
    /// A place that differs, by number from 1.
    Slot(u32),
}

/// A slot of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The field of the recipient whose values stand here, if nothing else does: `name`, `company`,
    /// `title`, `location`, `industry`.
    pub merge: Option<&'static str>,
    /// What fills it in each member, in their order: bytes of the note's text; empty for nothing.
    pub fills: Vec<Range<u32>>,
}

/// What a template's members share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Skeleton {
    /// Text and slots.
    pub pieces: Vec<SkeletonPiece>,
    /// The slots; number 1 is the first.
    pub slots: Vec<Slot>,
    /// The mean share of a member's words, 0 to 1, that are the template's.
    pub shared: f64,
}

/// Notes that belong together.
#[derive(Clone, Debug, Default)]
pub struct Cluster {
    /// `duplicate`, `near-duplicate`, `template`, `same-company`, `stale-opening`.
    pub kind: &'static str,
    /// Numbers of the notes, ascending.
    pub members: Vec<u32>,
    /// 0 to 1.
    pub similarity: f64,
    /// What a template's members share.
    pub skeleton: Option<Skeleton>,
}

/// When a draft says that it is to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SendTime {
    /// The number of the note.
    pub note: u32,
    /// What the recipient's clock shows then; none if their time zone is not known, or if what is written is
    /// no moment.
    pub local: Option<DateTime>,
    /// The recipient's time zone, by its IANA name, if it is known.
    pub zone: Option<Box<str>>,
    /// It is outside the hours in which the recipient is written to.
    pub outside: bool,
    /// It has gone by.
    pub past: bool,
}

/// Counts over a run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Notes judged.
    pub notes: usize,
    /// Of these, in a language that is not judged.
    pub unjudged: usize,
    /// Of the others, ready, to revise and to rewrite.
    pub grades: [usize; 3],
    /// Sum of the scores.
    pub score_sum: u64,
    /// Lowest score, if there is a note.
    pub lowest: Option<u32>,
    /// Diagnostics by severity: errors, warnings, infos, hints.
    pub severities: [usize; 4],
}

impl Summary {
    /// Notes of a grade.
    pub fn graded(&self, grade: Grade) -> usize {
        self.grades[grade as usize]
    }

    /// Diagnostics of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.severities[severity as usize]
    }

    /// Mean score, rounded to one decimal; none without notes.
    pub fn mean_score(&self) -> Option<f64> {
        let judged = self.notes - self.unjudged;
        (judged > 0).then(|| (self.score_sum as f64 / judged as f64 * 10.0).round() / 10.0)
    }

    /// Counts a note.
    pub fn add_verdict(&mut self, verdict: &Verdict) {
        self.notes += 1;
        if verdict.unjudged.is_some() {
            self.unjudged += 1;
            return;
        }
        self.grades[verdict.score.grade as usize] += 1;
        self.score_sum += u64::from(verdict.score.total);
        let lowest = self.lowest.unwrap_or(u32::MAX).min(verdict.score.total);
        self.lowest = Some(lowest);
    }

    /// Counts a diagnostic.
    pub fn add_diagnostic(&mut self, diagnostic: &Diagnostic) {
        self.severities[diagnostic.severity as usize] += 1;
    }
}

/// What makes a run fail.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gate {
    /// Findings of this severity or above fail; none means that nothing does.
    pub fail_on: Option<Severity>,
    /// More warnings than this fail.
    pub max_warnings: Option<u32>,
    /// A note below this score fails.
    pub min_score: Option<u32>,
}

/// What a rule, or a problem with the input, is about, apart from any one finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// The id that diagnostics name.
    pub id: Arc<str>,
    /// The level of its findings, if it has one level.
    pub level: Option<Severity>,
    /// What it finds, in one sentence; what differs from finding to finding is `…`.
    pub about: Box<str>,
    /// Why it matters.
    pub why: Option<Box<str>>,
    /// What to do about it.
    pub help: Option<Arc<str>>,
}

/// All that a run found. `verdicts` has one entry a note, in the order of `notes`; none at all if the
/// notes were only compared with each other.
#[derive(Debug, Default)]
pub struct Report {
    /// The notes.
    pub notes: Vec<Note>,
    /// The verdicts on them.
    pub verdicts: Vec<Verdict>,
    /// What there is to say: problems of the input first, then by note.
    pub diagnostics: Vec<Diagnostic>,
    /// Groups of similar notes, by their first note.
    pub clusters: Vec<Cluster>,
    /// What the rules are about that the diagnostics name, by id. A problem with a configuration has none.
    pub rules: Vec<RuleText>,
    /// The send times of the drafts that give one, in the order of `notes`; none at all if the moment of the
    /// run is not known.
    pub send_times: Vec<SendTime>,
}

impl Report {
    /// The send time of a note.
    pub fn send_time(&self, note: usize) -> Option<&SendTime> {
        let found = self
            .send_times
            .binary_search_by_key(&note, |time| time.note as usize);
        found.ok().and_then(|at| self.send_times.get(at))
    }

    /// The counts.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        self.verdicts
            .iter()
            .for_each(|verdict| summary.add_verdict(verdict));
        self.diagnostics
            .iter()
            .for_each(|diagnostic| summary.add_diagnostic(diagnostic));
        summary
    }
}

impl Gate {
    /// Whether a run with these counts fails.
    pub fn fails(&self, summary: &Summary) -> bool {
        let grave = self.fail_on.is_some_and(|level| {
            Severity::NAMES
                .iter()
                .any(|(_, severity)| *severity >= level && summary.count(*severity) > 0)
        });
        let many = self
            .max_warnings
            .is_some_and(|most| summary.count(Severity::Warning) > most as usize);
        let low = self
            .min_score
            .is_some_and(|least| summary.lowest.is_some_and(|lowest| lowest < least));
        grave || many || low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_fails_at_or_above_the_level_asked_for() {
        let mut summary = Summary::default();
        summary.severities[Severity::Warning as usize] = 2;
        let gate = |fail_on| Gate {
            fail_on,
            ..Gate::default()
        };
        assert!(!gate(Some(Severity::Error)).fails(&summary));
        assert!(gate(Some(Severity::Warning)).fails(&summary));
        assert!(gate(Some(Severity::Info)).fails(&summary));
        assert!(!gate(None).fails(&summary));
        assert!(
            Gate {
                max_warnings: Some(1),
                ..Gate::default()
            }
            .fails(&summary)
        );
        assert!(
            !Gate {
                max_warnings: Some(2),
                ..Gate::default()
            }
            .fails(&summary)
        );
    }
}
