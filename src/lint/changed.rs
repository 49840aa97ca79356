//! Judging a batch of which most notes were judged before: all of it again, or at first only the notes
//! that changed.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::facts::language_of;
use crate::language::Language;
use crate::lint::CHUNK;
use crate::lint::Finished;
use crate::lint::Reader;
use crate::lint::Run;
use crate::lint::about::About;
use crate::lint::count_attempts;
use crate::lint::finish;
use crate::lint::judge;
use crate::lint::memory::Key;
use crate::lint::memory::Memory;
use crate::lint::memory::Remembered;
use crate::lint::readers;
use crate::note::Note;
use crate::pattern::Search;
use crate::report::Report;

/// Judges the notes that are not remembered, and signs all.
pub(super) fn judge(
    run: &Run<'_>,
    notes: &[Note],
    about: FxHashMap<usize, About>,
    memory: &mut Memory,
) -> Vec<Finished> {
    let own = |note: usize| about.get(&note).and_then(|about| about.own.as_deref());
    let key = |(number, note)| memory.key(note, (run.set_of)(number), own(number));
    let keys: Vec<Key> = notes.par_iter().enumerate().map(key).collect();
    let is_new = |number: &usize| memory.recall(&keys[*number]).is_none();
    let new: Vec<usize> = (0..notes.len()).filter(is_new).collect();
    let languages: Vec<Language> = new
        .par_iter()
        .with_min_len(CHUNK)
        .map(|&number| language_of(&notes[number]))
        .collect();
    let all = new.iter().zip(&languages);
    let readers = readers(run, all.map(|(&number, it)| (number, &notes[number], *it)));
    let judged: Vec<(Key, Remembered)> = new
        .par_iter()
        .zip(&languages)
        .with_min_len(CHUNK)
        .map_init(Search::default, |search, (&number, &language)| {
            let Reader { set, patterns } = &readers[&((run.set_of)(number), language.code)];
            let (note, own) = (&notes[number], own(number));
            let weights = run.weights_for(number);
            let judged = judge::judge(set, patterns, weights, note, language, own, search);
            (keys[number].clone(), Remembered { judged, language })
        })
        .collect();
    let fresh: FxHashMap<&[u8], &Remembered> =
        judged.iter().map(|(key, it)| (&**key, it)).collect();
    let unknown = Remembered::default();
    let sign = |(number, note): (usize, &Note)| {
        let key = &*keys[number];
        let known = memory.recall(key).or_else(|| fresh.get(key).copied());
        let Remembered { judged, language } = known.unwrap_or(&unknown);
        let base = &run.sets[(run.set_of)(number)];
        let set = base.for_language(language.code).unwrap_or(base);
        let (verdict, found) = finish(run, set, note, number, judged, about.get(&number));
        (Some(verdict), found)
    };
    let finished = match run.known {
        // Of equal findings in several notes the first ones are the known ones, so they are met in order.
        Some(_) => notes.iter().enumerate().map(sign).collect(),
        None => {
            let notes = notes.par_iter().enumerate().with_min_len(CHUNK);
            notes.map(sign).collect()
        }
    };
    memory.keep(&keys, judged);
    memory.about = about;
    finished
}

/// A first answer after a keystroke: judges only some notes of a report again, by themselves. What was found
/// between notes stays as it was when `memory` was filled, and the report's `rules`, `clusters` and
/// `send_times` are not looked at. [`crate::lint::lint_again`] has the last word.
pub fn glance(run: &Run<'_>, report: &mut Report, changed: &[usize], memory: &Memory) {
    for &number in changed {
        let Some(note) = report.notes.get_mut(number) else {
            continue;
        };
        if let Some(history) = run.past {
            count_attempts(std::slice::from_mut(note), history);
        }
        let language = language_of(note);
        let base = &run.sets[(run.set_of)(number)];
        let set = base.for_language(language.code).unwrap_or(base);
        let patterns = set.patterns_for(std::iter::once(note.text.as_str()));
        let about = memory.about.get(&number);
        let own = about.and_then(|about| about.own.as_deref());
        let search = &mut Search::default();
        let weights = run.weights_for(number);
        let judged = judge::judge(set, &patterns, weights, note, language, own, search);
        let (verdict, found) = finish(run, set, note, number, &judged, about);
        if let Some(known) = report.verdicts.get_mut(number) {
            *known = verdict;
        }
        // Findings are in the order of their notes, behind the problems of the files.
        let before = |found: &Diagnostic| found.note.is_none_or(|note| (note as usize) < number);
        let start = report.diagnostics.partition_point(before);
        let own = |found: &Diagnostic| found.note.is_none_or(|note| note as usize <= number);
        let end = report.diagnostics.partition_point(own);
        report.diagnostics.splice(start..end, found);
    }
}
