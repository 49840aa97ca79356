//! Laying words out in columns. Works on copies that are made harmless first, in which every character
//! counts by itself, so that what is drawn, marked and pointed at agree.

use std::borrow::Cow;
use std::ops::Range;

use connote::render::clean::display_copy;
use unicode_width::UnicodeWidthChar;

/// How many columns a character takes.
pub(super) fn width(letter: char) -> usize {
    letter.width().unwrap_or(0)
}

/// How many columns a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// A stranger's words for one line.
pub(super) fn one_line(text: &str) -> String {
    display_copy(text).replace('\n', " ")
}

/// A stranger's words as they are shown; offsets are those of the words.
pub(super) fn shown(words: &str) -> Cow<'_, str> {
    display_copy(words)
}

/// Breaks a text at its line ends, and where a line is too wide at a space or, in a long word, anywhere.
/// The ranges leave out the line end or the space at which they break. There is always at least one.
pub(super) fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    let width = width.max(4);
    let mut lines = Vec::new();
    let (mut start, mut used, mut space) = (0, 0, None);
    for (at, letter) in text.char_indices() {
        if letter == '\n' {
            lines.push(start..at);
            (start, used, space) = (at + 1, 0, None);
            continue;
        }
        let wide = self::width(letter);
        if used + wide > width && letter == ' ' {
            lines.push(start..at);
            (start, used, space) = (at + 1, 0, None);
            continue;
        }
        if used + wide > width
            && let Some(space) = space.take()
        {
            lines.push(start..space);
            start = space + 1;
            used = columns(text.get(start..at).unwrap_or_default());
        }
        // No space, or what follows it is still too wide.
        if used + wide > width {
            lines.push(start..at);
            (start, used) = (at, 0);
        }
        if letter == ' ' && at > start {
            space = Some(at);
        }
        used += wide;
    }
    lines.push(start..text.len());
    lines
}

/// The text cut to a number of columns; an ellipsis stands for what is cut.
pub(super) fn shorten(text: &str, width: usize, unicode: bool) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let ellipsis = if unicode { "…" } else { "..." };
    let room = width.saturating_sub(columns(ellipsis));
    let mut used = 0;
    let fits = |letter: &char| {
        used += letter.width().unwrap_or(0);
        used <= room
    };
    let mut out: String = text.chars().take_while(fits).collect();
    out.truncate(out.trim_end().len());
    if width >= columns(ellipsis) {
        out.push_str(ellipsis);
    }
    out
}

/// The text and spaces up to a number of columns.
pub(super) fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// The line that holds an offset, and the column in it. At a break that takes away no letter, it is the
/// start of the next line.
pub(super) fn place_of(text: &str, lines: &[Range<usize>], offset: usize) -> (usize, usize) {
    let behind = lines.partition_point(|line| line.start <= offset);
    let number = behind.saturating_sub(1);
    let Some(line) = lines.get(number) else {
        return (0, 0);
    };
    let before = text.get(line.start..offset.min(line.end));
    (number, columns(before.unwrap_or_default()))
}

/// The offset that stands in a column of a line, or at its end.
pub(super) fn offset_at(text: &str, line: Range<usize>, column: usize) -> usize {
    let mut used = 0;
    let words = text.get(line.clone()).unwrap_or_default();
    for (at, letter) in words.char_indices() {
        let wide = letter.width().unwrap_or(0);
        if used + wide > column {
            return line.start + at;
        }
        used += wide;
    }
    line.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_break_at_spaces_and_in_long_words() {
        let lines = |text: &'static str, width| -> Vec<&str> {
            wrap(text, width)
                .into_iter()
                .map(|line| &text[line])
                .collect()
        };
        assert_eq!(lines("one two\nthree", 7), ["one two", "three"]);
        assert_eq!(lines("one two three", 7), ["one two", "three"]);
        assert_eq!(lines("abcdefgh", 4), ["abcd", "efgh"]);
        assert_eq!(lines("東京東京", 5), ["東京", "東京"]);
        assert_eq!(lines("", 5), [""]);
        assert_eq!(lines("a\n", 5), ["a", ""]);
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(shorten("Chiara Moretti", 8, true), "Chiara…");
        assert_eq!(shorten("東京東京", 5, true), "東京…");
        assert_eq!(shorten("abc", 3, false), "abc");
        assert_eq!(shorten("abcdef", 5, false), "ab...");
    }

    proptest! {
        #[test]
        fn every_letter_is_in_a_line_or_broke_one(text in "[a-z 東é\u{301}👋\n]{0,60}", width in 4_usize..20) {
            let lines = wrap(&text, width);
            let mut at = 0;
            for line in &lines {
                prop_assert!(columns(&text[line.clone()]) <= width);
                let between = &text[at.min(line.start)..line.start];
                prop_assert!(between.chars().all(|letter| matches!(letter, ' ' | '\n')) && between.len() <= 1);
                at = line.end;
            }
            prop_assert_eq!(at, text.len());
            // A place leads back to its offset, but for letters without width.
            for (offset, letter) in text.char_indices() {
                let (line, column) = place_of(&text, &lines, offset);
                let back = offset_at(&text, lines[line].clone(), column);
                prop_assert!(back <= lines[line].end);
                if letter.width() > Some(0) && offset < lines[line].end {
                    let skipped = &text[back.min(offset)..offset];
                    prop_assert!(columns(skipped) == 0);
                }
            }
        }
    }
}
