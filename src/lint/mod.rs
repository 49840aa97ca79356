//! The pipeline: notes and rules in, a report out. Pure: no files, no clock, no terminal.

mod about;
mod between;
mod changed;
mod examples;
mod features;
mod judge;
mod kept;
mod memory;
mod sent;
mod sign;
mod texts;
mod times;

use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

pub use changed::glance;
pub use examples::Failure;
pub use examples::rule_tests;
pub use features::features_of;
pub use kept::Identity;
pub use memory::Memory;
pub use memory::says_the_same;
pub use sent::SentNotes;
pub use sent::judge_sent;

use crate::baseline::Known;
use crate::check::Check;
use crate::diagnostic::Diagnostic;
use crate::facts::language_of;
use crate::history::History;
use crate::history::Person;
use crate::language::Language;
use crate::lint::about::About;
use crate::lint::between::Between;
use crate::lint::judge::Judged;
use crate::note::Note;
use crate::note::NoteKind;
use crate::pattern::Search;
use crate::report::Report;
use crate::report::Verdict;
use crate::ruleset::Patterns;
use crate::ruleset::Rule;
use crate::ruleset::RuleSet;
use crate::weigh::Weights;

/// Notes that one thread takes at a time: enough to keep the threads from queueing, few enough to
/// share the work evenly.
const CHUNK: usize = 64;

/// What notes are judged by.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// The rule sets.
    pub sets: &'a [RuleSet],
    /// The number of the rule set for the note of a number.
    pub set_of: &'a (dyn Fn(usize) -> usize + Sync),
    /// Notes that were sent before.
    pub history: &'a [Note],
    /// Invitations that were sent before, and what became of them.
    pub past: Option<&'a History>,
    /// The moment of the run; without it nothing is said of send times.
    pub now: Option<Timestamp>,
    /// Whether every note is given a score even where only rules between notes were selected.
    pub scores: bool,
    /// Findings that are known already: they are left out, and take nothing off a score.
    pub known: Option<Known<'a>>,
    /// Each note stands by itself, as on a stream: rules that need the others do not run.
    pub alone: bool,
    /// The weights of words for the note of a number, instead of those that are built in. Not for a run with a
    /// [`Memory`], which keeps what those that are built in gave.
    pub weights: Option<&'a (dyn Fn(usize) -> &'a Weights + Sync)>,
}

impl<'a> Run<'a> {
    /// A run with one rule set for all notes and without history.
    pub fn new(set: &'a RuleSet) -> Self {
        Self {
            sets: std::slice::from_ref(set),
            set_of: &|_| 0,
            history: &[],
            past: None,
            now: None,
            scores: true,
            known: None,
            alone: false,
            weights: None,
        }
    }

    fn weights_for(&self, note: usize) -> &'a Weights {
        let own = self.weights.map(|weights| weights(note));
        own.unwrap_or_else(|| Weights::built_in())
    }

    /// Whether notes are judged by themselves, not only compared.
    fn judges(&self) -> bool {
        let single =
            |rule: &Rule| rule.active && !rule.is_signal() && !between::looks_between(rule);
        self.scores || self.sets.iter().any(|set| set.rules().iter().any(single))
    }
}

/// The rules of a set that run only where all notes are known: they compare notes or count them.
pub fn comparing(set: &RuleSet) -> Vec<Arc<str>> {
    let compares = |rule: &&Rule| {
        let check = rule.check.as_ref();
        rule.active && check.is_some_and(Check::compares)
    };
    let rules = set.rules().iter().filter(compares);
    rules.map(|rule| rule.id.clone()).collect()
}

/// Judges notes. `problems` are what was found before, in files and rows; they come first in the report.
pub fn lint(run: &Run<'_>, notes: Vec<Note>, problems: Vec<Diagnostic>) -> Report {
    run_all(run, notes, problems, None)
}

/// The same for notes of which most were judged before: an editor's, after a keystroke. The report is
/// the one that [`lint`] gives.
pub fn lint_again(
    run: &Run<'_>,
    notes: Vec<Note>,
    problems: Vec<Diagnostic>,
    memory: &mut Memory,
) -> Report {
    run_all(run, notes, problems, Some(memory))
}

fn run_all(
    run: &Run<'_>,
    mut notes: Vec<Note>,
    problems: Vec<Diagnostic>,
    memory: Option<&mut Memory>,
) -> Report {
    if let Some(history) = run.past {
        count_attempts(&mut notes, history);
    }
    // What lies between notes is found first, so that each note can then be finished by itself.
    let Between {
        about, clusters, ..
    } = Between::new(run, &notes);
    let judge = || match (run.judges(), memory) {
        (true, Some(memory)) => changed::judge(run, &notes, about, memory),
        (true, None) => judge_all(run, &notes, about),
        (false, _) => compared(run, &notes, about),
    };
    let (judged, send_times) = rayon::join(judge, || times::send_times(run, &notes));
    let mut report = Report {
        notes,
        diagnostics: problems,
        clusters,
        send_times,
        ..Report::default()
    };
    for (verdict, mut diagnostics) in judged {
        report.verdicts.extend(verdict);
        report.diagnostics.append(&mut diagnostics);
    }
    report.rules = texts::of(run.sets, &report.diagnostics);
    report
}

/// Drafts to people who were invited before are no first attempts, whatever they say.
fn count_attempts(notes: &mut [Note], history: &History) {
    let first = |note: &&mut Note| note.attempt == 1 && note.kind == NoteKind::Invitation;
    for note in notes.iter_mut().filter(first) {
        let before = history.invitations_to(&Person::of(&note.recipient)).len();
        note.attempt = u32::try_from(before + 1).unwrap_or(u32::MAX);
    }
}

/// A note's verdict, if it was judged by itself, and what there is to say of it.
type Finished = (Option<Verdict>, Vec<Diagnostic>);

/// The rules for the notes of one language in files of one configuration.
struct Reader<'a> {
    set: &'a RuleSet,
    patterns: Patterns<'a>,
}

/// A rule set by its number, and a language by its code.
type Place = (usize, &'static str);

/// Readers for notes, given with their numbers. Only languages that some note is in are made ready.
fn readers<'a, 'n>(
    run: &Run<'a>,
    notes: impl Iterator<Item = (usize, &'n Note, Language)>,
) -> FxHashMap<Place, Reader<'a>> {
    let mut texts: FxHashMap<Place, Vec<&str>> = FxHashMap::default();
    for (number, note, language) in notes {
        let place = ((run.set_of)(number), language.code);
        texts.entry(place).or_default().push(note.text.as_str());
    }
    let reader = |(place, texts): (Place, Vec<&'_ str>)| {
        let base = &run.sets[place.0];
        let set = base.for_language(place.1).unwrap_or(base);
        let patterns = set.patterns_for(texts.into_iter());
        (place, Reader { set, patterns })
    };
    texts.into_iter().map(reader).collect()
}

/// Judges every note by itself.
fn judge_all(run: &Run<'_>, notes: &[Note], about: FxHashMap<usize, About>) -> Vec<Finished> {
    let languages: Vec<Language> = notes
        .par_iter()
        .with_min_len(CHUNK)
        .map(language_of)
        .collect();
    let all = notes.iter().zip(&languages).enumerate();
    let readers = readers(run, all.map(|(number, (note, it))| (number, note, *it)));
    let reader = |number: usize| &readers[&((run.set_of)(number), languages[number].code)];
    let judge = |search: &mut Search, number: usize| {
        let Reader { set, patterns } = reader(number);
        let own = about.get(&number).and_then(|about| about.own.as_deref());
        judge::judge(
            set,
            patterns,
            run.weights_for(number),
            &notes[number],
            languages[number],
            own,
            search,
        )
    };
    let finish = |number: usize, judged: &Judged| {
        let set = reader(number).set;
        let about = about.get(&number);
        let (verdict, diagnostics) = finish(run, set, &notes[number], number, judged, about);
        (Some(verdict), diagnostics)
    };
    let numbers = (0..notes.len()).into_par_iter().with_min_len(CHUNK);
    if run.known.is_none() {
        return numbers
            .map_init(Search::default, |search, number| {
                finish(number, &judge(search, number))
            })
            .collect();
    }
    // Of equal findings in several notes the first ones are the known ones, so they are met in order.
    let judged: Vec<Judged> = numbers.map_init(Search::default, judge).collect();
    let judged = judged.into_iter().enumerate();
    judged
        .map(|(number, judged)| finish(number, &judged))
        .collect()
}

/// Signs what was found in a note.
fn finish(
    run: &Run<'_>,
    set: &RuleSet,
    note: &Note,
    number: usize,
    judged: &Judged,
    about: Option<&About>,
) -> (Verdict, Vec<Diagnostic>) {
    let is_known = |rule: &str| run.known.is_some_and(|known| known.meet(rule, number));
    sign::finish(set, note, number, judged, about, &is_known)
}

/// Only signs what was found between the notes, in their order.
fn compared(run: &Run<'_>, notes: &[Note], about: FxHashMap<usize, About>) -> Vec<Finished> {
    // A note with an allowance may have it unused.
    let allowing = (0..notes.len()).filter(|&note| !notes[note].allow.is_empty());
    let allowing: Vec<usize> = allowing.filter(|note| !about.contains_key(note)).collect();
    let mut all: Vec<(usize, Option<About>)> = Vec::with_capacity(about.len() + allowing.len());
    all.extend(about.into_iter().map(|(note, about)| (note, Some(about))));
    all.extend(allowing.into_iter().map(|note| (note, None)));
    all.par_sort_unstable_by_key(|(note, _)| *note);
    // What was found is given back where it is signed: many small pieces, on all cores.
    let finish = |(number, about): (usize, Option<About>)| {
        let set = &run.sets[(run.set_of)(number)];
        let judged = Judged::default();
        let (_, found) = finish(run, set, &notes[number], number, &judged, about.as_ref());
        (None, found)
    };
    if run.known.is_some() {
        return all.into_iter().map(finish).collect();
    }
    let all = all.into_par_iter().with_min_len(CHUNK);
    all.map(finish).collect()
}
