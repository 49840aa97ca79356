//! What happens: events change the state, and say what has to be done outside of it. Pure.

use std::path::PathBuf;

use connote::diagnostic::Severity;
use connote::score::Grade;
use ratatui::crossterm::event::KeyCode;
use ratatui::crossterm::event::KeyEvent;
use ratatui::crossterm::event::KeyEventKind;
use ratatui::crossterm::event::KeyModifiers;

use crate::review::keys::Action;
use crate::review::keys::action;
use crate::review::keys::next_grade;
use crate::review::keys::next_mark;
use crate::review::opinion::Opinion;
use crate::review::pad::Line;
use crate::review::pad::Pad;
use crate::review::pad::tidy;
use crate::review::state::Mark;
use crate::review::state::Mode;
use crate::review::state::State;
use crate::review::state::Step;

/// What happened.
#[derive(Debug)]
pub(super) enum Event {
    Key(KeyEvent),
    Paste(String),
    Resize(u16, u16),
    /// A note was judged by itself.
    Judged(usize, Option<Box<Opinion>>),
    /// All notes were judged.
    Compared(Vec<Opinion>),
    /// The user's own editor is closed: the words that it left, or what went wrong.
    Edited(usize, Result<String, String>),
    Written(Result<Wrote, Refused>),
    /// Marks cannot be kept any longer.
    NotKept(String),
}

/// What was written.
#[derive(Debug)]
pub(super) struct Wrote {
    /// The file or folder.
    pub(super) to: String,
    pub(super) notes: usize,
    /// Marks and edits that are in no file stay in the journal.
    pub(super) keeps: bool,
}

/// Why nothing was written.
#[derive(Debug)]
pub(super) enum Refused {
    /// There is such a file.
    Exists(PathBuf),
    Because(String),
}

/// What has to be done.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Write down what is known of a note.
    Keep(usize),
    /// Judge a note with these words by itself.
    Judge(usize, String),
    /// Judge all notes as they are now.
    Compare,
    /// Open the user's own editor with these words.
    Editor(usize, String),
    /// Write the notes that are ready.
    Write {
        to: PathBuf,
        over: bool,
    },
    End(End),
}

/// How it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Left,
    Interrupted,
}

impl State {
    /// Takes an event in.
    pub(super) fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => Vec::new(),
            Event::Key(key) => self.key(key),
            Event::Paste(text) => self.paste(&text),
            Event::Resize(width, height) => {
                self.size = (width, height);
                Vec::new()
            }
            Event::Judged(note, opinion) => {
                if let (Some(item), Some(opinion)) = (self.items.get_mut(note), opinion) {
                    item.opinion = *opinion;
                }
                Vec::new()
            }
            Event::Compared(opinions) => {
                for (item, opinion) in self.items.iter_mut().zip(opinions) {
                    item.opinion = opinion;
                }
                self.filter();
                Vec::new()
            }
            Event::Edited(note, result) => self.edited(note, result),
            Event::Written(result) => {
                self.written(result);
                Vec::new()
            }
            Event::NotKept(why) => {
                self.journal = None;
                self.complain(format!("marks cannot be kept in a file: {why}"));
                Vec::new()
            }
        }
    }

    fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        if control && key.code == KeyCode::Char('c') {
            return vec![Effect::End(End::Interrupted)];
        }
        self.message = None;
        match &mut self.mode {
            Mode::Browse => match action(key, self.open) {
                Some(action) => self.act(action),
                None => Vec::new(),
            },
            Mode::Edit(pad) => match key.code {
                KeyCode::Esc => self.finish(),
                KeyCode::Char('s') if control => self.finish(),
                _ => match pad.key(key) {
                    true => self.typed(),
                    false => Vec::new(),
                },
            },
            Mode::Find(line) => {
                match key.code {
                    KeyCode::Esc => self.find.clear(),
                    KeyCode::Enter => {}
                    _ => {
                        line.key(key);
                        self.find = line.text.clone();
                        self.filter();
                        return Vec::new();
                    }
                }
                self.mode = Mode::Browse;
                self.filter();
                Vec::new()
            }
            Mode::Write(line) => match key.code {
                KeyCode::Esc => self.browse(),
                KeyCode::Enter if line.text.trim().is_empty() => self.browse(),
                KeyCode::Enter => {
                    let to = PathBuf::from(line.text.trim());
                    self.target.clone_from(&to);
                    self.mode = Mode::Browse;
                    vec![Effect::Write { to, over: false }]
                }
                _ => {
                    line.key(key);
                    Vec::new()
                }
            },
            Mode::Over(to) => match key.code {
                KeyCode::Char('y') => {
                    let to = to.clone();
                    self.mode = Mode::Browse;
                    vec![Effect::Write { to, over: true }]
                }
                KeyCode::Char('n') | KeyCode::Esc => {
                    self.mode = Mode::Write(Line::new(to.to_string_lossy()));
                    Vec::new()
                }
                _ => Vec::new(),
            },
            Mode::Leave => match key.code {
                KeyCode::Char('w') => self.act(Action::Write),
                KeyCode::Char('q' | 'y') => vec![Effect::End(End::Left)],
                KeyCode::Esc | KeyCode::Char('n') => self.browse(),
                _ => Vec::new(),
            },
            Mode::Help(top) => match key.code {
                KeyCode::Down | KeyCode::PageDown | KeyCode::Char('j' | ' ') => {
                    *top += 1;
                    Vec::new()
                }
                KeyCode::Up | KeyCode::PageUp | KeyCode::Char('k') => {
                    *top = top.saturating_sub(1);
                    Vec::new()
                }
                _ => self.browse(),
            },
        }
    }

    fn paste(&mut self, text: &str) -> Vec<Effect> {
        match &mut self.mode {
            Mode::Edit(pad) => match pad.paste(text) {
                true => self.typed(),
                false => Vec::new(),
            },
            Mode::Find(line) => {
                line.paste(text);
                self.find = line.text.clone();
                self.filter();
                Vec::new()
            }
            Mode::Write(line) => {
                line.paste(text);
                Vec::new()
            }
            // Elsewhere every letter would be taken for a key.
            _ => Vec::new(),
        }
    }

    fn browse(&mut self) -> Vec<Effect> {
        self.mode = Mode::Browse;
        Vec::new()
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        let page = usize::from(self.size.1.saturating_sub(6)).max(1);
        match action {
            Action::Up if self.open => self.note_top = self.note_top.saturating_sub(1),
            Action::Down if self.open => self.note_top += 1,
            Action::PageUp if self.open => self.note_top = self.note_top.saturating_sub(page),
            Action::PageDown if self.open => self.note_top += page,
            Action::First if self.open => self.note_top = 0,
            Action::Last if self.open => self.note_top = usize::MAX / 2,
            Action::Up | Action::Previous => self.go(self.at.saturating_sub(1)),
            Action::Down | Action::Next => self.go(self.at + 1),
            Action::PageUp => self.go(self.at.saturating_sub(page)),
            Action::PageDown => self.go(self.at + page),
            Action::First => self.go(0),
            Action::Last => self.go(usize::MAX),
            Action::Open => self.open = self.note().is_some(),
            Action::Back => self.open = false,
            Action::Clear => {
                (self.by_mark, self.by_grade) = (None, None);
                self.find.clear();
                self.filter();
            }
            Action::Mark(mark) => return self.mark(mark),
            Action::Undo => return self.undo(),
            Action::Edit => return self.edit(),
            Action::OwnEditor => {
                if let (Some(note), Some(item)) = (self.note(), self.item()) {
                    let words = item.draft.as_ref().unwrap_or(&item.words);
                    return vec![Effect::Editor(note, words.clone())];
                }
            }
            Action::Find => self.mode = Mode::Find(Line::new(self.find.clone())),
            Action::ByMark => {
                self.by_mark = next_mark(self.by_mark);
                self.filter();
            }
            Action::ByGrade => {
                self.by_grade = next_grade(self.by_grade);
                self.filter();
            }
            Action::Order => {
                self.worst_first = !self.worst_first;
                self.sort();
            }
            Action::Write if self.count(Mark::Ready) == 0 => {
                self.mode = Mode::Browse;
                self.complain("no note is marked as ready yet (r)");
            }
            Action::Write => self.mode = Mode::Write(Line::new(self.target.to_string_lossy())),
            Action::Help => self.mode = Mode::Help(0),
            Action::Leave if self.is_unwritten => self.mode = Mode::Leave,
            Action::Leave => return vec![Effect::End(End::Left)],
        }
        Vec::new()
    }

    /// Looks at the note in a place of the list.
    fn go(&mut self, at: usize) {
        self.at = at.min(self.shown.len().saturating_sub(1));
        self.note_top = 0;
    }

    fn mark(&mut self, mark: Mark) -> Vec<Effect> {
        let Some(note) = self.note() else {
            return Vec::new();
        };
        let item = &mut self.items[note];
        if mark == Mark::Ready && item.words.trim().is_empty() {
            let id = item.id.clone();
            self.complain(format!("{id} is empty: there is nothing to send"));
            return Vec::new();
        }
        if item.mark != mark {
            self.steps.push(Step {
                note,
                mark: item.mark,
                words: item.words.clone(),
            });
        }
        item.mark = mark;
        let id = item.id.clone();
        let has_draft = item.draft.is_some();
        let errors = item.opinion.count(Severity::Error);
        let is_poor = item.opinion.unjudged.is_none() && item.opinion.score.grade != Grade::Ready;
        let grade = item.opinion.score.grade.name();
        self.is_unwritten = self.count(Mark::Ready) > 0;
        match mark {
            Mark::Ready if has_draft => {
                self.complain(format!(
                    "{id}: an unfinished edit of it is not used; e opens it"
                ));
            }
            Mark::Ready if errors > 0 => {
                let errors = crate::review::counted(errors, "error", "errors");
                self.complain(format!("{id} is marked as ready, though it has {errors}"));
            }
            Mark::Ready if is_poor => {
                self.say(format!("{id} is marked as ready; its score says {grade}"));
            }
            Mark::Open => self.say(format!("{id}: mark cleared")),
            other => self.say(format!("{id}: {}", other.name())),
        }
        // The note may be gone from the list; then the next one has taken its place already.
        self.filter();
        if mark != Mark::Open && self.note() == Some(note) {
            self.go(self.at + 1);
        }
        self.note_top = 0;
        vec![Effect::Keep(note)]
    }

    fn undo(&mut self) -> Vec<Effect> {
        let Some(step) = self.steps.pop() else {
            self.say("nothing to undo");
            return Vec::new();
        };
        let note = step.note;
        let item = &mut self.items[note];
        let is_edit = item.words != step.words;
        item.mark = step.mark;
        item.words = step.words;
        let id = item.id.clone();
        self.is_unwritten = self.count(Mark::Ready) > 0;
        self.filter();
        self.look_at(note);
        self.say(match is_edit {
            true => format!("{id}: the words are as before"),
            false => format!("{id}: the mark is as before"),
        });
        match is_edit {
            true => vec![Effect::Keep(note), Effect::Compare],
            false => vec![Effect::Keep(note)],
        }
    }

    fn edit(&mut self) -> Vec<Effect> {
        let (Some(note), Some(item)) = (self.note(), self.item()) else {
            return Vec::new();
        };
        let resumed = item.draft.is_some();
        let words = item.draft.clone().unwrap_or_else(|| item.words.clone());
        self.before = Some(item.opinion.clone());
        self.mode = Mode::Edit(Box::new(Pad::new(&words)));
        self.open = true;
        self.note_top = 0;
        if resumed {
            self.say("here is the edit that was not finished");
        }
        vec![Effect::Judge(note, words)]
    }

    /// Words were typed.
    fn typed(&mut self) -> Vec<Effect> {
        let (Mode::Edit(pad), Some(note)) = (&self.mode, self.note()) else {
            return Vec::new();
        };
        let words = pad.words();
        let item = &mut self.items[note];
        item.draft = (words != item.words).then(|| words.clone());
        vec![Effect::Keep(note), Effect::Judge(note, words)]
    }

    /// The edit is done.
    fn finish(&mut self) -> Vec<Effect> {
        let (Mode::Edit(pad), Some(note)) = (&self.mode, self.note()) else {
            return Vec::new();
        };
        let words = pad.words();
        // A note that was empty before may stay so.
        if words.trim().is_empty() && !self.items[note].words.trim().is_empty() {
            self.complain("a note cannot be empty; ^Z brings the words back");
            return Vec::new();
        }
        self.mode = Mode::Browse;
        let before = self.before.take();
        let effects = self.take(note, &words);
        if !effects.contains(&Effect::Compare)
            && let Some(before) = before
        {
            self.items[note].opinion = before;
        }
        effects
    }

    /// The user's own editor is closed.
    fn edited(&mut self, note: usize, result: Result<String, String>) -> Vec<Effect> {
        match result {
            Ok(words) if words.trim().is_empty() => {
                self.complain("the editor left an empty file: the note is as it was");
                Vec::new()
            }
            Ok(words) => self.take(note, &words),
            Err(why) => {
                self.complain(why);
                Vec::new()
            }
        }
    }

    /// A note gets new words.
    fn take(&mut self, note: usize, words: &str) -> Vec<Effect> {
        let Some(item) = self.items.get_mut(note) else {
            return Vec::new();
        };
        item.draft = None;
        // Readers trim notes, too.
        let words = tidy(words).trim().to_owned();
        if words == item.words {
            return vec![Effect::Keep(note)];
        }
        self.steps.push(Step {
            note,
            mark: item.mark,
            words: std::mem::replace(&mut item.words, words),
        });
        self.is_unwritten = self.count(Mark::Ready) > 0;
        vec![Effect::Keep(note), Effect::Compare]
    }

    fn written(&mut self, result: Result<Wrote, Refused>) {
        match result {
            Ok(wrote) => {
                self.is_unwritten = false;
                let notes = crate::review::counted(wrote.notes, "note", "notes");
                let rest = match wrote.keeps {
                    true => "; the other marks and edits are kept",
                    false => "",
                };
                self.say(format!("wrote {notes} to {}{rest}; q leaves", wrote.to));
            }
            Err(Refused::Exists(path)) => self.mode = Mode::Over(path),
            Err(Refused::Because(why)) => self.complain(why),
        }
    }
}
