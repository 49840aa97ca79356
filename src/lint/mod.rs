//! The pipeline: notes and rules in, a report out. Pure: no files, no clock, no terminal.

mod examples;
mod judge;
mod sign;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

pub use examples::Failure;
pub use examples::rule_tests;

use crate::check::Check;
use crate::diagnostic::Diagnostic;
use crate::lint::judge::Signed;
use crate::note::Note;
use crate::pattern::Search;
use crate::report::Report;
use crate::report::Verdict;
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
    // What lies between notes is found first, so that each note can then be finished by itself.
    let mut between: FxHashMap<usize, Vec<Signed>> = FxHashMap::default();
    for (number, set) in sets.iter().enumerate() {
        batch(set, &|note| set_of(note) == number, &notes, &mut between);
    }
    let texts = || notes.iter().map(|note| note.text.as_str());
    let patterns: Vec<Patterns<'_>> = sets.iter().map(|set| set.patterns_for(texts())).collect();
    let judged: Vec<(Verdict, Vec<Diagnostic>)> = notes
        .par_iter()
        .enumerate()
        .with_min_len(CHUNK)
        .map_init(Search::default, |search, (number, note)| {
            let set = &sets[set_of(number)];
            let mut judged = judge::judge(set, &patterns[set_of(number)], note, search);
            judged
                .findings
                .extend(between.get(&number).into_iter().flatten().cloned());
            sign::finish(set, note, number, judged)
        })
        .collect();
    drop(patterns);
    let mut report = Report {
        notes,
        diagnostics: problems,
        ..Report::default()
    };
    for (verdict, mut diagnostics) in judged {
        report.verdicts.push(verdict);
        report.diagnostics.append(&mut diagnostics);
    }
    report
}

/// Runs the batch checks of a rule set over its notes.
fn batch(
    set: &RuleSet,
    is_ours: &dyn Fn(usize) -> bool,
    notes: &[Note],
    between: &mut FxHashMap<usize, Vec<Signed>>,
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
                between.entry(number).or_default().push(Signed {
                    rule: index,
                    finding,
                });
            }
        }
    }
}
