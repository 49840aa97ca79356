//! What the review knows at a moment: notes, marks, what is shown of them, what the keys mean. Knows no
//! terminal, no file and no clock.

use std::path::PathBuf;

use connote::score::Grade;
use connote::text::fold::fold;

use crate::review::journal::Kept;
use crate::review::opinion::Opinion;
use crate::review::pad::Line;
use crate::review::pad::Pad;

/// What is decided about a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mark {
    #[default]
    Open,
    Ready,
    Skip,
    Later,
}

impl Mark {
    /// All marks with the names that the journal uses.
    pub(super) const NAMES: [(&'static str, Mark); 4] = [
        ("open", Self::Open),
        ("ready", Self::Ready),
        ("skip", Self::Skip),
        ("later", Self::Later),
    ];

    pub(super) fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }

    /// The letter in the list.
    pub(super) fn letter(self) -> &'static str {
        [" ", "R", "S", "L"][self as usize]
    }
}

/// A note on the table.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// What tells it from all others, in this run and the next.
    pub(super) key: String,
    /// The row's id, or file and line.
    pub(super) id: String,
    /// File and line, or the cell of a workbook.
    pub(super) place: String,
    /// The recipient, as far as known.
    pub(super) who: String,
    /// Title and company, as far as known.
    pub(super) what: String,
    /// The words as they were read.
    pub(super) original: String,
    /// The words now.
    pub(super) words: String,
    pub(super) mark: Mark,
    /// Words that somebody was writing when the program ended.
    pub(super) draft: Option<String>,
    pub(super) opinion: Opinion,
}

impl Item {
    pub(super) fn is_edited(&self) -> bool {
        self.words != self.original
    }

    /// What the journal has to know, if it is anything.
    pub(super) fn kept(&self) -> Kept {
        Kept {
            key: self.key.clone(),
            id: self.id.clone(),
            mark: self.mark,
            words: self.is_edited().then(|| self.words.clone()),
            draft: self.draft.clone(),
        }
    }

    fn holds(&self, folded: &str) -> bool {
        let texts = [&self.id, &self.place, &self.who, &self.what, &self.words];
        texts.iter().any(|text| fold(text).contains(folded))
    }
}

/// What the keys act upon.
#[derive(Debug)]
pub(super) enum Mode {
    /// Marks, moves, everything in the table of keys.
    Browse,
    Edit(Box<Pad>),
    /// A search is typed.
    Find(Line),
    /// The name of the file to write is typed.
    Write(Line),
    /// The file is there already: overwrite it?
    Over(PathBuf),
    /// Leave, though notes are ready and not written?
    Leave,
    /// The keys are explained, from this line on.
    Help(usize),
}

/// A message at the foot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) text: String,
    pub(super) is_trouble: bool,
}

/// A note before a step.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) note: usize,
    pub(super) mark: Mark,
    pub(super) words: String,
}

/// What the screen may use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) color: bool,
    /// Frames and bars may use more than ASCII.
    pub(super) unicode: bool,
}

/// All of it.
#[derive(Debug)]
pub(super) struct State {
    /// The batch, as the user named it.
    pub(super) batch: String,
    pub(super) items: Vec<Item>,
    /// All notes in the order of the list.
    pub(super) order: Vec<usize>,
    /// Of these, the ones that pass the filters.
    pub(super) shown: Vec<usize>,
    /// The place in `shown` of the note that is looked at.
    pub(super) at: usize,
    pub(super) mode: Mode,
    /// A note is open, not the list.
    pub(super) open: bool,
    /// What was thought of the note before it was edited.
    pub(super) before: Option<Opinion>,
    pub(super) worst_first: bool,
    pub(super) by_mark: Option<Mark>,
    pub(super) by_grade: Option<Grade>,
    pub(super) find: String,
    pub(super) steps: Vec<Step>,
    pub(super) message: Option<Message>,
    /// Where the list and the note begin to be shown.
    pub(super) list_top: usize,
    pub(super) note_top: usize,
    /// Columns and rows of the screen.
    pub(super) size: (u16, u16),
    pub(super) look: Look,
    /// Marks as ready that no file has yet.
    pub(super) is_unwritten: bool,
    /// The name that is proposed for the file to write.
    pub(super) target: PathBuf,
    /// Where marks are kept; nothing if they cannot be.
    pub(super) journal: Option<String>,
}

impl State {
    pub(super) fn new(batch: String, items: Vec<Item>, target: PathBuf, look: Look) -> Self {
        let is_unwritten = items.iter().any(|item| item.mark == Mark::Ready);
        let mut state = Self {
            batch,
            order: Vec::new(),
            shown: Vec::new(),
            at: 0,
            mode: Mode::Browse,
            open: false,
            before: None,
            worst_first: true,
            by_mark: None,
            by_grade: None,
            find: String::new(),
            steps: Vec::new(),
            message: None,
            list_top: 0,
            note_top: 0,
            size: (80, 24),
            look,
            is_unwritten,
            target,
            journal: None,
            items,
        };
        state.sort();
        state
    }

    /// The number of the note that is looked at.
    pub(super) fn note(&self) -> Option<usize> {
        self.shown.get(self.at).copied()
    }

    /// The note that is looked at.
    pub(super) fn item(&self) -> Option<&Item> {
        self.items.get(self.note()?)
    }

    /// How many notes have a mark.
    pub(super) fn count(&self, mark: Mark) -> usize {
        self.items.iter().filter(|item| item.mark == mark).count()
    }

    /// Puts the list in order, the note that is looked at staying the same.
    pub(super) fn sort(&mut self) {
        self.order = (0..self.items.len()).collect();
        if self.worst_first {
            let items = &self.items;
            self.order.sort_by_key(|&note| items[note].opinion.rank());
        }
        self.filter();
    }

    /// Looks for the notes that pass. If the one that is looked at does not, the next one takes its place.
    pub(super) fn filter(&mut self) {
        let note = self.note();
        let place = note.and_then(|note| self.order.iter().position(|&other| other == note));
        let folded = fold(self.find.trim());
        let passes = |&note: &usize| {
            let item = &self.items[note];
            let grade = item
                .opinion
                .unjudged
                .is_none()
                .then_some(item.opinion.score.grade);
            self.by_mark.is_none_or(|mark| item.mark == mark)
                && self.by_grade.is_none_or(|wanted| grade == Some(wanted))
                && (folded.is_empty() || item.holds(&folded))
        };
        let before = self.order[..place.unwrap_or_default()].iter();
        let at = before.filter(|note| passes(note)).count();
        self.shown = self
            .order
            .iter()
            .copied()
            .filter(|note| passes(note))
            .collect();
        self.at = at.min(self.shown.len().saturating_sub(1));
    }

    /// Looks at a note, whatever the filters say.
    pub(super) fn look_at(&mut self, note: usize) {
        if !self.shown.contains(&note) {
            (self.by_mark, self.by_grade) = (None, None);
            self.find.clear();
            self.filter();
        }
        if let Some(at) = self.shown.iter().position(|&other| other == note) {
            self.at = at;
            self.note_top = 0;
        }
    }

    pub(super) fn say(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.message = Some(Message {
            text,
            is_trouble: false,
        });
    }

    pub(super) fn complain(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.message = Some(Message {
            text,
            is_trouble: true,
        });
    }
}
