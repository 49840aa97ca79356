//! The drafts that are open, and what there is to say of them after every keystroke.
//!
//! Drafts of one folder are one batch, as if `connote check` were run on those that are open. Only notes
//! that changed are judged anew; the report is the one that a fresh run gives.

use std::ops::Range;

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use crate::editor::change::Change;
use crate::editor::change::only_moved;
use crate::history::History;
use crate::input::InputOptions;
use crate::input::Reader;
use crate::input::format_of;
use crate::input::make_ids_unique;
use crate::lint::Memory;
use crate::lint::Run;
use crate::lint::glance;
use crate::lint::lint_again;
use crate::lint::says_the_same;
use crate::note::Note;
use crate::report::Report;
use crate::ruleset::RuleSet;
use crate::source::Source;
use crate::source::Sources;
use crate::span::FileId;

/// What drafts are judged by.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The rule sets. For other ones, begin with an empty desk.
    pub sets: &'a [RuleSet],
    /// Notes that were sent before.
    pub history: &'a [Note],
    /// Invitations that were sent before, and what became of them.
    pub past: Option<&'a History>,
    /// The moment; without it nothing is said of send times.
    pub now: Option<Timestamp>,
}

impl<'a> Rules<'a> {
    fn run(&self, set_of: &'a (dyn Fn(usize) -> usize + Sync)) -> Run<'a> {
        Run {
            sets: self.sets,
            set_of,
            history: self.history,
            past: self.past,
            now: self.now,
            scores: true,
            known: None,
            alone: false,
            weights: None,
        }
    }
}

/// Of more changed notes than these, no first answer is given.
const FEW: usize = 8;

/// An open draft.
#[derive(Debug)]
struct Open {
    /// Its place among the sources.
    file: FileId,
    /// The name that its notes are known by; the ending tells the format.
    name: String,
    folder: String,
    /// The number of its rule set.
    set: usize,
    options: InputOptions,
}

/// The drafts that are open.
#[derive(Debug, Default)]
pub struct Desk {
    /// In the order in which they were opened.
    open: Vec<Open>,
    /// By folder.
    memories: FxHashMap<String, Memory>,
}

/// What there is to say of the open drafts of a folder.
#[derive(Debug, Default)]
pub struct Checked {
    /// What was found.
    pub report: Report,
    /// Each draft with the numbers of its notes.
    pub drafts: Vec<(FileId, Range<usize>)>,
}

impl Desk {
    /// Puts a draft on the desk and returns its number among the sources.
    pub fn open(
        &mut self,
        sources: &mut Sources,
        (folder, name): (&str, &str),
        text: String,
        set: usize,
        options: InputOptions,
    ) -> FileId {
        let file = sources.add(Source::new(name.to_owned(), text));
        self.open.push(Open {
            file,
            name: name.to_owned(),
            folder: folder.to_owned(),
            set,
            options,
        });
        file
    }

    /// Takes a draft away. Its text is forgotten, its number stays taken.
    pub fn close(&mut self, sources: &mut Sources, file: FileId) {
        self.change(sources, file, String::new());
        self.open.retain(|open| open.file != file);
        let open = &self.open;
        self.memories
            .retain(|folder, _| open.iter().any(|open| open.folder == *folder));
    }

    /// Gives a draft a new text.
    pub fn change(&mut self, sources: &mut Sources, file: FileId, text: String) {
        if let Some(open) = self.open.iter().find(|open| open.file == file) {
            sources.replace(file, Source::new(open.name.clone(), text));
        }
    }

    /// Reads and judges the open drafts of a folder.
    pub fn check(&mut self, sources: &Sources, folder: &str, rules: &Rules<'_>) -> Checked {
        let mut checked = Checked::default();
        let mut notes = Vec::new();
        let mut problems = Vec::new();
        let mut sets = Vec::new();
        for open in self.open.iter().filter(|open| open.folder == folder) {
            let first = notes.len();
            // What is no text cannot be open in an editor.
            if let Reader::Text(reader) = format_of(&open.name).reader {
                let read = reader(sources.get(open.file), open.file, &open.options);
                problems.extend(read.problems);
                if notes.is_empty() {
                    notes = read.notes;
                } else {
                    notes.extend(read.notes);
                }
            }
            sets.resize(notes.len(), open.set);
            checked.drafts.push((open.file, first..notes.len()));
        }
        problems.extend(make_ids_unique(&mut notes, sources));
        let memory = self.memories.entry(folder.to_owned()).or_default();
        let set_of = |note: usize| sets.get(note).copied().unwrap_or_default();
        checked.report = lint_again(&rules.run(&set_of), notes, problems, memory);
        checked
    }

    /// A first answer after changes to a draft, given in their order: its changed notes are judged by
    /// themselves, all else moves to where it is now and stays as it was. Says no, and leaves everything
    /// alone, where that would not do: when notes have come, gone or changed in number.
    pub fn glance(
        &mut self,
        sources: &Sources,
        file: FileId,
        changes: &[Change],
        rules: &Rules<'_>,
        checked: &mut Checked,
    ) -> bool {
        let Some(open) = self.open.iter().find(|open| open.file == file) else {
            return false;
        };
        let draft = checked.drafts.iter().find(|(known, _)| *known == file);
        let (Some((_, numbers)), Some(memory), Reader::Text(reader)) = (
            draft,
            self.memories.get_mut(&open.folder),
            format_of(&open.name).reader,
        ) else {
            return false;
        };
        let read = reader(sources.get(file), file, &open.options);
        let Some(known) = checked.report.notes.get_mut(numbers.clone()) else {
            return false;
        };
        let report = &mut checked.report.diagnostics;
        if read.notes.len() != known.len() {
            return false;
        }
        let mut notes = read.notes;
        let mut changed = Vec::new();
        for (number, (note, known)) in notes.iter_mut().zip(&*known).enumerate() {
            let attempt = std::mem::replace(&mut note.attempt, known.attempt);
            // Findings can move with a note only if nothing happened to it.
            let stays = says_the_same(note, known)
                && std::iter::zip(known.places(), note.places())
                    .all(|(old, new)| only_moved(changes, file, old, new));
            if !stays {
                note.attempt = attempt;
                changed.push(numbers.start + number);
            }
            note.id.clone_from(&known.id);
        }
        if changed.len() > FEW {
            return false;
        }
        for change in changes {
            report
                .iter_mut()
                .for_each(|found| change.finding(file, found));
            memory.move_places(&|span| change.span(file, span));
        }
        known
            .iter_mut()
            .zip(notes)
            .for_each(|(known, note)| *known = note);
        let set_of = |note: usize| {
            let draft = checked
                .drafts
                .iter()
                .find(|(_, notes)| notes.contains(&note));
            let open = draft.and_then(|(file, _)| self.open.iter().find(|it| it.file == *file));
            open.map_or(0, |open| open.set)
        };
        glance(&rules.run(&set_of), &mut checked.report, &changed, memory);
        true
    }
}

#[cfg(test)]
mod tests;
