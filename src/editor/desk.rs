//! The drafts that are open, and what there is to say of them after every keystroke.
//!
//! Drafts of one folder are one batch, as if `connote check` were run on those that are open. Only notes
//! that changed are judged anew; the report is the one that a fresh run gives.

use std::ops::Range;

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use crate::history::History;
use crate::input::InputOptions;
use crate::input::Reader;
use crate::input::format_of;
use crate::input::make_ids_unique;
use crate::lint::Memory;
use crate::lint::Run;
use crate::lint::lint_again;
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
        let run = Run {
            sets: rules.sets,
            set_of: &|note| sets.get(note).copied().unwrap_or_default(),
            history: rules.history,
            past: rules.past,
            now: rules.now,
            scores: true,
            known: None,
            alone: false,
        };
        checked.report = lint_again(&run, notes, problems, memory);
        checked
    }
}

#[cfg(test)]
mod tests;
