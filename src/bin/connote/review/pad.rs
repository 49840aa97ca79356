//! Where words are typed: a note over several lines, or one line.

use ratatui::crossterm::event::KeyCode;
use ratatui::crossterm::event::KeyEvent;
use ratatui::crossterm::event::KeyModifiers;
use ratatui_textarea::CursorMove;
use ratatui_textarea::TextArea;

use crate::review::lay;

/// A note that is being written. The widget keeps words, cursor and history; drawing is ours, because
/// what strangers wrote must be made harmless, and because a note is mostly one long line.
#[derive(Debug)]
pub(super) struct Pad {
    area: TextArea<'static>,
    /// Columns of the last drawing.
    pub(super) width: usize,
}

impl Pad {
    pub(super) fn new(words: &str) -> Self {
        let mut area = TextArea::new(words.split('\n').map(str::to_owned).collect());
        area.set_max_histories(1000);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, width: 60 }
    }

    pub(super) fn words(&self) -> String {
        self.area.lines().join("\n")
    }

    /// The byte before which the cursor stands.
    pub(super) fn cursor(&self) -> usize {
        let at = self.area.cursor();
        let lines = self.area.lines();
        let before: usize = lines.iter().take(at.0).map(|line| line.len() + 1).sum();
        let line = lines.get(at.0).map_or("", String::as_str);
        let inside: usize = line.chars().take(at.1).map(char::len_utf8).sum();
        before + inside
    }

    /// Puts the cursor before a byte.
    fn go(&mut self, offset: usize) {
        let mut rest = offset;
        let mut target = (0, 0);
        for (row, line) in self.area.lines().iter().enumerate() {
            if rest <= line.len() {
                let before = line.get(..rest).unwrap_or(line);
                target = (row, before.chars().count());
                break;
            }
            rest -= line.len() + 1;
        }
        let number = |value: usize| u16::try_from(value).unwrap_or(u16::MAX);
        self.area
            .move_cursor(CursorMove::Jump(number(target.0), number(target.1)));
    }

    /// Moves the cursor by lines as they are shown.
    fn step(&mut self, down: bool) {
        let words = self.words();
        let shown = lay::shown(&words);
        let lines = lay::wrap(&shown, self.width);
        let (line, column) = lay::place_of(&shown, &lines, self.cursor());
        let next = match down {
            true => line + 1,
            false => line.wrapping_sub(1),
        };
        let target = match lines.get(next) {
            Some(next) => lay::offset_at(&shown, next.clone(), column),
            None if down => words.len(),
            None => 0,
        };
        self.go(target);
    }

    /// A key that changes words or moves the cursor. Says whether words changed.
    pub(super) fn key(&mut self, key: KeyEvent) -> bool {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let before = self.words();
        match key.code {
            KeyCode::Up => self.step(false),
            KeyCode::Down => self.step(true),
            // A tab in a note is a mistake.
            KeyCode::Tab => {}
            KeyCode::Char('z') if control => {
                self.area.undo();
            }
            KeyCode::Char('y') if control => {
                self.area.redo();
            }
            KeyCode::Char(letter) if letter.is_control() => {}
            _ => {
                self.area.input(key);
            }
        }
        self.words() != before
    }

    /// Words that come all at once. Says whether words changed: nothing at all in the place of some is a change.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        let before = self.words();
        self.area.insert_str(tidy(text));
        self.words() != before
    }
}

/// One line that is being typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
}

impl Line {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }

    pub(super) fn key(&mut self, key: KeyEvent) {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('u') if control => self.text.clear(),
            KeyCode::Char('w') if control => {
                let kept = self.text.trim_end();
                let kept = kept.rfind(' ').map_or(0, |at| at + 1);
                self.text.truncate(kept);
            }
            KeyCode::Char(letter) if !control && !letter.is_control() => self.text.push(letter),
            KeyCode::Backspace => {
                self.text.pop();
            }
            _ => {}
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.text.push_str(tidy(text).replace('\n', " ").trim_end());
    }
}

/// Words from outside without what no note should have: control characters, other line ends than `\n`,
/// tabs.
pub(super) fn tidy(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\t', " ");
    text.chars()
        .filter(|letter| *letter == '\n' || !letter.is_control())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(pad: &mut Pad, code: KeyCode) {
        pad.key(KeyEvent::new(code, KeyModifiers::NONE));
    }

    #[test]
    fn the_cursor_moves_by_the_lines_that_are_shown() {
        let mut pad = Pad::new("one two three\n東京 x");
        pad.width = 8;
        assert_eq!(pad.cursor(), pad.words().len());
        press(&mut pad, KeyCode::Up);
        // `one two`, `three`, `東京 x`: from behind `x`, column 6, to the end of `three`.
        assert_eq!(pad.cursor(), 13);
        press(&mut pad, KeyCode::Up);
        assert_eq!(pad.cursor(), 5);
        press(&mut pad, KeyCode::Up);
        assert_eq!(pad.cursor(), 0);
        for _ in 0..4 {
            press(&mut pad, KeyCode::Down);
        }
        assert_eq!(pad.cursor(), pad.words().len());
    }

    #[test]
    fn what_is_pasted_brings_no_control_characters() {
        let mut pad = Pad::new("Hi ");
        pad.paste("Zoë\u{1b}[31m\u{7},\r\nso\tthere");
        assert_eq!(pad.words(), "Hi Zoë[31m,\nso there");
        pad.key(KeyEvent::new(KeyCode::Char('z'), KeyModifiers::CONTROL));
        assert_eq!(pad.words(), "Hi ");
    }
}
