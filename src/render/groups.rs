//! Findings sorted by what they are about, and notes by how much they need mending.

use std::cmp::Reverse;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::report::Report;

/// The findings of a report by note.
pub(crate) struct Groups<'a> {
    /// About files rather than notes.
    pub(crate) general: Vec<&'a Diagnostic>,
    /// One list a note.
    pub(crate) by_note: Vec<Vec<&'a Diagnostic>>,
}

impl<'a> Groups<'a> {
    pub(crate) fn new(report: &'a Report) -> Self {
        let mut general = Vec::new();
        let mut by_note = vec![Vec::new(); report.notes.len()];
        for diagnostic in &report.diagnostics {
            let index = diagnostic.note.map(|note| note as usize);
            match index.and_then(|index| by_note.get_mut(index)) {
                Some(list) => list.push(diagnostic),
                None => general.push(diagnostic),
            }
        }
        Self { general, by_note }
    }

    /// How many findings of a severity a note has.
    pub(crate) fn count(&self, note: usize, severity: Severity) -> usize {
        let found = self.by_note.get(note).into_iter().flatten();
        found.filter(|found| found.severity == severity).count()
    }

    /// All notes, the lowest score first; at the same score those with more errors and warnings.
    pub(crate) fn worst_first(&self, report: &Report) -> Vec<usize> {
        let mut order: Vec<usize> = (0..report.notes.len()).collect();
        order.sort_by_cached_key(|&note| {
            let score = match report.verdicts.get(note) {
                // What is not judged is not bad.
                Some(verdict) if verdict.unjudged.is_some() => u32::MAX,
                verdict => verdict.map_or(0, |verdict| verdict.score.total),
            };
            let errors = self.count(note, Severity::Error);
            let warnings = self.count(note, Severity::Warning);
            (score, Reverse(errors), Reverse(warnings))
        });
        order
    }

    /// A note's findings, the gravest first, then in the order of the file.
    pub(crate) fn gravest_first(&self, note: usize) -> Vec<&'a Diagnostic> {
        let mut found = self.by_note.get(note).cloned().unwrap_or_default();
        found.sort_by_key(|found| (Reverse(found.severity), found.span()));
        found
    }
}
