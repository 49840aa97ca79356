//! Where notes are judged anew: one by itself while it is edited, all together afterwards.

use connote::history::History;
use connote::lint::Run;
use connote::lint::lint;
use connote::note::Note;
use connote::ruleset::RuleSet;
use connote::span::FileId;
use connote::text::Text;
use jiff::Timestamp;

use crate::review::opinion::Opinion;
use crate::review::opinion::opinions;

/// The notes and what they are judged by.
pub(super) struct Bench<'a> {
    pub(super) sets: &'a [RuleSet],
    /// For each note the number of its rule set.
    pub(super) set_of_note: &'a [usize],
    /// Notes that were sent before.
    pub(super) history: &'a [Note],
    pub(super) past: Option<&'a History>,
    pub(super) now: Timestamp,
    /// The notes as they were read.
    pub(super) notes: &'a [Note],
    /// The first number that no file has: words that stand in no file yet count from there.
    pub(super) files: usize,
}

impl Bench<'_> {
    /// A note with other words.
    fn with_words(&self, number: usize, words: &str) -> Option<Note> {
        let mut note = self.notes.get(number)?.clone();
        if note.text.as_str() != words {
            let file = u32::try_from(self.files + number).unwrap_or(u32::MAX);
            note.text = Text::plain(FileId(file), 0, words);
        }
        Some(note)
    }

    /// What is thought of a note with these words, looked at by itself: quick enough to be asked at
    /// every key.
    pub(super) fn alone(&self, number: usize, words: &str) -> Option<Opinion> {
        let note = self.with_words(number, words)?;
        let set = self.set_of_note.get(number).copied().unwrap_or_default();
        let run = Run {
            set_of: &|_| set,
            now: Some(self.now),
            ..self.run()
        };
        let report = lint(
            &Run {
                history: &[],
                past: None,
                ..run
            },
            vec![note],
            Vec::new(),
        );
        opinions(&report, true).pop()
    }

    /// What is thought of all notes with these words, compared with each other and with what was sent.
    pub(super) fn compare<'w>(&self, words: impl Iterator<Item = &'w str>) -> Vec<Opinion> {
        let notes = words.enumerate();
        let notes = notes.filter_map(|(number, words)| self.with_words(number, words));
        let set_of = |note: usize| self.set_of_note.get(note).copied().unwrap_or_default();
        let run = Run {
            set_of: &set_of,
            ..self.run()
        };
        opinions(&lint(&run, notes.collect(), Vec::new()), false)
    }

    fn run(&self) -> Run<'_> {
        Run {
            sets: self.sets,
            set_of: &|_| 0,
            history: self.history,
            past: self.past,
            now: Some(self.now),
            scores: true,
            known: None,
            alone: false,
            weights: None,
        }
    }

    /// Makes ready what the first key would otherwise wait for.
    pub(super) fn make_ready(&self) {
        self.sets.iter().for_each(RuleSet::make_ready);
    }
}
