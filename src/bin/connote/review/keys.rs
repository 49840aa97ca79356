//! Which key does what outside of the editor: one table, for the program, its foot and its help.

use connote::score::Grade;
use ratatui::crossterm::event::KeyCode;
use ratatui::crossterm::event::KeyEvent;
use ratatui::crossterm::event::KeyModifiers;

use crate::review::state::Mark;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    Open,
    Back,
    /// Shows all notes again.
    Clear,
    Next,
    Previous,
    Mark(Mark),
    Undo,
    Edit,
    OwnEditor,
    Find,
    ByMark,
    ByGrade,
    Order,
    Write,
    Help,
    Leave,
}

/// Where a key means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    List,
    Note,
    Both,
}

/// A key.
#[derive(Debug)]
pub(super) struct Key {
    place: Place,
    codes: &'static [KeyCode],
    action: Action,
    /// What is written on it.
    pub(super) shown: &'static str,
    /// What it does, in full.
    pub(super) about: &'static str,
    /// The same in a word, for the foot; nothing if it is only explained in the help.
    pub(super) short: &'static str,
}

const fn key(
    place: Place,
    codes: &'static [KeyCode],
    action: Action,
    shown: &'static str,
    short: &'static str,
    about: &'static str,
) -> Key {
    Key {
        place,
        codes,
        action,
        shown,
        about,
        short,
    }
}

const fn letter(letter: char) -> KeyCode {
    KeyCode::Char(letter)
}

/// All keys, in the order of the foot.
#[rustfmt::skip]
pub(super) static KEYS: &[Key] = &[
    key(Place::Both, &[letter('?'), KeyCode::F(1)], Action::Help, "?", "help", "explain the keys"),
    key(Place::Both, &[letter('r')], Action::Mark(Mark::Ready), "r", "ready", "mark the note as ready to send, and go on to the next"),
    key(Place::Both, &[letter('s')], Action::Mark(Mark::Skip), "s", "skip", "mark it to be left out"),
    key(Place::Both, &[letter('l')], Action::Mark(Mark::Later), "l", "later", "mark it to be looked at later"),
    key(Place::Both, &[letter('e')], Action::Edit, "e", "edit", "edit the note here; its score changes as you type"),
    key(Place::Both, &[letter('u')], Action::Undo, "u", "undo", "undo the last mark or edit"),
    key(Place::List, &[KeyCode::Enter, KeyCode::Right], Action::Open, "Enter", "open", "open the note"),
    key(Place::Note, &[KeyCode::Esc, KeyCode::Enter, KeyCode::Backspace], Action::Back, "Esc", "list", "go back to the list"),
    key(Place::Both, &[letter('w')], Action::Write, "w", "write", "write the notes that are ready to a new file"),
    key(Place::Both, &[letter('q')], Action::Leave, "q", "quit", "leave; the marks are kept"),
    key(Place::Both, &[letter('/')], Action::Find, "/", "find", "show only notes with these words, names or ids"),
    key(Place::Both, &[letter('f')], Action::ByMark, "f", "mark", "show only notes with one mark: open, ready, skip, later, all"),
    key(Place::Both, &[letter('g')], Action::ByGrade, "g", "grade", "show only notes of one grade: rewrite, revise, ready, all"),
    key(Place::Both, &[letter('o')], Action::Order, "o", "order", "worst first, or in the order of the file"),
    key(Place::Both, &[letter('E')], Action::OwnEditor, "E", "editor", "edit the note in the editor that VISUAL or EDITOR names"),
    key(Place::List, &[KeyCode::Esc], Action::Clear, "Esc", "", "show all notes again"),
    key(Place::Both, &[letter('c')], Action::Mark(Mark::Open), "c", "", "clear the mark"),
    key(Place::Both, &[letter('n')], Action::Next, "n", "", "go to the next note"),
    key(Place::Both, &[letter('p')], Action::Previous, "p", "", "go to the note before"),
    key(Place::Note, &[KeyCode::Right], Action::Next, "Right", "", "go to the next note"),
    key(Place::Note, &[KeyCode::Left], Action::Previous, "Left", "", "go to the note before"),
    key(Place::Both, &[KeyCode::Up, letter('k')], Action::Up, "Up, k", "", "move or scroll up"),
    key(Place::Both, &[KeyCode::Down, letter('j')], Action::Down, "Down, j", "", "move or scroll down"),
    key(Place::Both, &[KeyCode::PageUp], Action::PageUp, "PageUp", "", "move or scroll up by a page"),
    key(Place::Both, &[KeyCode::PageDown, letter(' ')], Action::PageDown, "PageDown", "", "move or scroll down by a page"),
    key(Place::Both, &[KeyCode::Home], Action::First, "Home", "", "go to the first"),
    key(Place::Both, &[KeyCode::End], Action::Last, "End", "", "go to the last"),
];

/// What is shown at the foot of the editor, and explained in the help.
pub(super) const EDITOR: [(&str, &str, &str); 4] = [
    (
        "Esc",
        "done",
        "done: the note is compared with the others; `u` in the list takes the edit back",
    ),
    ("^Z", "undo", "undo what was typed"),
    ("^Y", "redo", "type it again"),
    ("^C", "quit", "leave the program; what was typed is kept"),
];

impl Key {
    /// Whether the key means something while a note is open, or in the list.
    pub(super) fn is_for(&self, note: bool) -> bool {
        match self.place {
            Place::Both => true,
            Place::List => !note,
            Place::Note => note,
        }
    }
}

/// What a key asks for.
pub(super) fn action(key: KeyEvent, note: bool) -> Option<Action> {
    let chord = KeyModifiers::CONTROL | KeyModifiers::ALT;
    if key.modifiers.intersects(chord) {
        return None;
    }
    let found = KEYS
        .iter()
        .find(|known| known.is_for(note) && known.codes.contains(&key.code));
    found.map(|known| known.action)
}

/// The filter after this one: all notes after the last.
pub(super) fn next_mark(mark: Option<Mark>) -> Option<Mark> {
    match mark {
        None => Some(Mark::Open),
        Some(Mark::Open) => Some(Mark::Ready),
        Some(Mark::Ready) => Some(Mark::Skip),
        Some(Mark::Skip) => Some(Mark::Later),
        Some(Mark::Later) => None,
    }
}

/// The same for grades.
pub(super) fn next_grade(grade: Option<Grade>) -> Option<Grade> {
    match grade {
        None => Some(Grade::Rewrite),
        Some(Grade::Rewrite) => Some(Grade::Revise),
        Some(Grade::Revise) => Some(Grade::Ready),
        Some(Grade::Ready) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_means_one_thing() {
        for note in [false, true] {
            let mut seen: Vec<KeyCode> = Vec::new();
            for key in KEYS.iter().filter(|key| key.is_for(note)) {
                for code in key.codes {
                    assert!(!seen.contains(code), "{code:?} twice");
                    seen.push(*code);
                }
                assert!(!key.about.is_empty());
            }
        }
    }
}
