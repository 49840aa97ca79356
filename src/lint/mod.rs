//! The pipeline: notes and rules in, a report out. Pure: no files, no clock, no terminal.

mod allow;
mod examples;
mod judge;

use rayon::prelude::*;

pub use examples::Failure;
pub use examples::rule_tests;

use crate::check::Check;
use crate::diagnostic::Diagnostic;
use crate::note::Note;
use crate::pattern::Search;
use crate::report::Report;
use crate::ruleset::Patterns;
use crate::ruleset::RuleSet;

/// Notes that one thread takes at a time: enough to keep the threads from queueing, few enough to
/// share the work evenly.
const CHUNK: usize = 64;

/// Judges notes. `set_of` tells for the number of a note which of the rule sets is for it.
/// `problems` are what was found before, in files and rows; they come first in the report.
pub fn lint(
    sets: &[RuleSet],
    set_of: &(dyn Fn(usize) -> usize + Sync),
    notes: Vec<Note>,
    problems: Vec<Diagnostic>,
) -> Report {
    let texts = || notes.iter().map(|note| note.text.as_str());
    let patterns: Vec<Patterns<'_>> = sets.iter().map(|set| set.patterns_for(texts())).collect();
    let judged: Vec<judge::Judged> = notes
        .par_iter()
        .enumerate()
        .with_min_len(CHUNK)
        .map_init(Search::default, |search, (number, note)| {
            judge::judge(
                &sets[set_of(number)],
                &patterns[set_of(number)],
                note,
                search,
            )
        })
        .collect();
    let mut report = Report {
        notes,
        diagnostics: problems,
        ..Report::default()
    };
    let mut drafts = Vec::with_capacity(judged.len());
    for verdict in judged {
        report.verdicts.push(verdict.verdict);
        drafts.push(verdict.findings);
    }
    for (number, set) in sets.iter().enumerate() {
        batch(
            set,
            &|note| set_of(note) == number,
            &report.notes,
            &mut drafts,
        );
    }
    let notes = std::mem::take(&mut report.notes);
    for ((number, note), findings) in notes.iter().enumerate().zip(drafts) {
        allow::apply(&sets[set_of(number)], note, number, findings, &mut report);
    }
    report.notes = notes;
    report
}

/// Runs the batch checks of a rule set over its notes.
fn batch(
    set: &RuleSet,
    is_ours: &dyn Fn(usize) -> bool,
    notes: &[Note],
    drafts: &mut [Vec<judge::Signed>],
) {
    let mut ours: Option<(Vec<usize>, Vec<&Note>)> = None;
    for (index, rule) in set.rules().iter().enumerate() {
        let (true, Some(Check::Batch(check))) = (rule.active, &rule.check) else {
            continue;
        };
        let (numbers, picked) = ours.get_or_insert_with(|| {
            let numbers: Vec<usize> = (0..notes.len()).filter(|&note| is_ours(note)).collect();
            let picked = numbers.iter().map(|&number| &notes[number]).collect();
            (numbers, picked)
        });
        for (position, finding) in check.check(picked) {
            let number = numbers[position];
            if rule.when.holds(&notes[number], &set.sending) {
                drafts[number].push(judge::Signed {
                    rule: index,
                    finding,
                });
            }
        }
    }
}
