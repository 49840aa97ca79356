//! What mending would bring, over the whole batch: points and errors, by part and by rule.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::render::groups::Groups;
use crate::report::Report;
use crate::score::Level;
use crate::score::Part;

/// What there is to mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault<'a> {
    /// A part that is missing, or that fits anybody.
    Part(Part),
    /// A rule that found something.
    Rule(&'a str),
}

/// What mending it would bring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gain {
    /// The notes concerned, in the order of the batch.
    pub(super) notes: Vec<usize>,
    /// How many of them have nothing at all of a part.
    pub(super) without: usize,
    /// How many of them have an error by it.
    pub(super) errors: usize,
    /// Points that the notes would gain if only this were mended.
    pub(super) points: u32,
}

/// What mending each fault would bring: errors first, by the number of notes, then by points.
pub(super) fn gains<'a>(report: &'a Report, groups: &Groups<'a>) -> Vec<(Fault<'a>, Gain)> {
    let mut gains: BTreeMap<Fault<'a>, Gain> = BTreeMap::new();
    for (note, verdict) in report.verdicts.iter().enumerate() {
        if verdict.unjudged.is_none() {
            let score = &verdict.score;
            let earned: i64 = score.parts.iter().map(|part| i64::from(part.points)).sum();
            let taken = score.deductions.iter();
            let taken: i64 = taken.map(|deduction| i64::from(deduction.points)).sum();
            // A score is never below zero, so that mending one of many faults may bring nothing.
            let gain = |points: u32| {
                let after = (earned - taken + i64::from(points)).clamp(0, 100);
                u32::try_from(after - i64::from(score.total)).unwrap_or_default()
            };
            for part in Part::ALL {
                let found = score.part(part);
                if found.level != Level::Specific {
                    let entry = gains.entry(Fault::Part(part)).or_default();
                    entry.note(note, gain(found.of.saturating_sub(found.points)));
                    entry.without += usize::from(found.level == Level::None);
                }
            }
            for deduction in &score.deductions {
                let entry = gains.entry(Fault::Rule(&deduction.rule)).or_default();
                entry.note(note, gain(deduction.points));
            }
        }
        let mut wrong: Vec<&str> = groups.by_note[note]
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .map(|found| &*found.rule)
            .collect();
        wrong.sort_unstable();
        wrong.dedup();
        for rule in wrong {
            let entry = gains.entry(Fault::Rule(rule)).or_default();
            entry.note(note, 0);
            entry.errors += 1;
        }
    }
    let mut gains: Vec<(Fault<'a>, Gain)> = gains.into_iter().collect();
    gains.retain(|(_, gain)| gain.errors > 0 || gain.points > 0);
    gains.sort_by_key(|(_, gain)| (Reverse(gain.errors), Reverse(gain.points)));
    gains
}

impl Gain {
    fn note(&mut self, note: usize, points: u32) {
        if self.notes.last() != Some(&note) {
            self.notes.push(note);
        }
        self.points += points;
    }
}
