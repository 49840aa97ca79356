//! The three-part formula as numbers: what was found of each part, and the arithmetic.
//!
//! A note should tie itself to its reader (reference), say why the sender writes (reason), and
//! offer something (value). Each part is none, generic or specific; a published table gives points
//! for each, deductions are taken off, and the sum is never below zero.

mod table;

use std::sync::Arc;

use serde::Deserialize;
use serde::Serialize;

pub use table::ScoreTable;

/// A part of the formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Ties the note to this recipient, or to what sender and recipient share.
    Reference,
    /// Why the sender wants contact with this person now.
    Reason,
    /// What the recipient gets, or both get.
    Value,
}

impl Part {
    /// The parts in the order of the formula.
    pub const ALL: [Part; 3] = [Part::Reference, Part::Reason, Part::Value];
    /// The names used in packs and output.
    pub const NAMES: [(&'static str, Part); 3] = [
        ("reference", Self::Reference),
        ("reason", Self::Reason),
        ("value", Self::Value),
    ];

    /// The part's name.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// How much of a part is there.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Level {
    /// Not there.
    #[default]
    None,
    /// There, in words that fit anybody.
    Generic,
    /// There, and about this person.
    Specific,
}

impl Level {
    /// The names used in packs and output.
    pub const NAMES: [(&'static str, Level); 3] = [
        ("none", Self::None),
        ("generic", Self::Generic),
        ("specific", Self::Specific),
    ];

    /// The level's name.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// Words of the note that show a part of the formula.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The id of the signal rule that found it.
    pub signal: Arc<str>,
    /// What it counts as in this note.
    pub level: Level,
    /// What it counted as before all words of the note were weighed.
    pub strength: Level,
    /// First byte in the note's words.
    pub start: u32,
    /// First byte behind it.
    pub end: u32,
    /// The words are those of a template: other recipients get them too, so they are no more than generic.
    pub shared: bool,
}

/// One part of a note's score.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartScore {
    /// The strongest evidence found, or what all words together make of it.
    pub level: Level,
    /// The strongest that signals found, before all words were weighed.
    pub signals: Level,
    /// Points for that level.
    pub points: u32,
    /// Points that a specific part would have.
    pub of: u32,
    /// The words that show it, in the order of the note.
    pub evidence: Vec<Evidence>,
    /// Words that a signal took for evidence, where the note as a whole shows none.
    pub overruled: Vec<Evidence>,
}

impl PartScore {
    /// The level by signals alone, where all words together make it another.
    pub fn unsettled(&self) -> Option<Level> {
        (self.signals != self.level).then_some(self.signals)
    }
}

/// Points taken off by a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deduction {
    /// The rule.
    pub rule: Arc<str>,
    /// How many points.
    pub points: u32,
}

/// The verdict on a note.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Grade {
    /// Better begun again.
    #[default]
    Rewrite,
    /// Something is missing.
    Revise,
    /// Can be sent.
    Ready,
}

impl Grade {
    /// The grade's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rewrite => "rewrite",
            Self::Revise => "revise",
            Self::Ready => "ready",
        }
    }
}

/// A note's score. `total` equals the parts' points less the deductions, floored at 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Reference, reason, value.
    pub parts: [PartScore; 3],
    /// What was taken off, in the order of the rules.
    pub deductions: Vec<Deduction>,
    /// 0 to 100.
    pub total: u32,
    /// The verdict.
    pub grade: Grade,
}

impl Score {
    /// One part of it.
    pub fn part(&self, part: Part) -> &PartScore {
        &self.parts[part as usize]
    }
}
