//! Makes foreign text harmless before it is shown: no control character, no escape sequence, no
//! writing direction turned round, nothing hidden.
//!
//! Every stand-in has as many bytes as what it stands for, so offsets stay true.

use std::borrow::Cow;

/// Foreign text for a place that is one line long: a name, a path, a message. Line breaks and
/// tabs become spaces, whatever is dangerous or hidden becomes a visible mark of the same length.
pub fn clean(text: &str) -> Cow<'_, str> {
    replaced(text, |before, c, after| {
        if is_glue(before, c, after) {
            return None;
        }
        stand_in(c)
    })
}

/// Text of a file for display under markers: as [`clean`], but lines stay lines, and what joins several
/// emoji into one picture is blanked out, because terminals disagree about the width of such pictures.
pub fn display_copy(text: &str) -> Cow<'_, str> {
    replaced(text, |before, c, after| match c {
        '\n' => None,
        '\u{1f3fb}'..='\u{1f3ff}' if before.is_some_and(is_picture) => Some("\u{a0}\u{a0}"),
        _ if is_glue(before, c, after) => Some("\u{2009}"),
        _ => stand_in(c),
    })
}

/// Whether a character is invisible or acts upon a terminal or upon its neighbours.
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}'
        | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a hidden character is an honest part of an emoji: a presentation selector behind a
/// symbol, or a joiner between two pictures.
pub fn is_glue(before: Option<char>, c: char, after: Option<char>) -> bool {
    match c {
        '\u{fe0e}' | '\u{fe0f}' => {
            before.is_some_and(|b| is_picture(b) || b.is_ascii_digit() || "#*©®".contains(b))
        }
        '\u{200d}' => {
            before.is_some_and(|b| is_picture(b) || b == '\u{fe0f}')
                && after.is_some_and(is_picture)
        }
        _ => false,
    }
}

fn is_picture(c: char) -> bool {
    matches!(c, '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{2bff}'
        | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// What to show in place of a character, or none if it may stand. As many bytes as the character.
fn stand_in(c: char) -> Option<&'static str> {
    if matches!(c, '\t' | '\n' | '\r') {
        return Some(" ");
    }
    is_hidden(c).then(|| match c.len_utf8() {
        1 => "?",
        2 => "·",
        3 => "∙",
        _ => "··",
    })
}

/// A copy in which characters are replaced, if there is one to replace.
fn replaced(
    text: &str,
    instead: impl Fn(Option<char>, char, Option<char>) -> Option<&'static str>,
) -> Cow<'_, str> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let mut copy = String::new();
    let mut copied = 0;
    let mut before = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let after = characters.peek().map(|(_, c)| *c);
        if let Some(shown) = instead(before, c, after) {
            copy.push_str(&text[copied..at]);
            copy.push_str(shown);
            copied = at + c.len_utf8();
        }
        before = Some(c);
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    copy.push_str(&text[copied..]);
    Cow::Owned(copy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_acts_upon_a_terminal_becomes_visible() {
        assert_eq!(clean("\u{1b}[31mred\u{7}\u{7f}"), "?[31mred??");
        assert_eq!(clean("a\u{9b}2J"), "a·2J");
        assert_eq!(clean("abc\u{202e}fdp.exe"), "abc∙fdp.exe");
        assert_eq!(clean("Mar\u{200b}ta\u{ad}"), "Mar∙ta·");
        assert_eq!(clean("tag\u{e0041}"), "tag··");
        assert_eq!(
            clean("one\r\ntwo\tthree\u{2028}four"),
            "one  two three∙four"
        );
    }

    #[test]
    fn honest_text_is_left_alone() {
        for honest in [
            "Zoë",
            "Priya 👋🏽",
            "❤\u{fe0f}",
            "👩\u{200d}💻",
            "1\u{fe0f}\u{20e3}",
            "東京",
        ] {
            assert!(matches!(clean(honest), Cow::Borrowed(_)), "{honest}");
        }
        assert_eq!(clean("a\u{200d}b c\u{fe0f}"), "a∙b c∙");
    }

    #[test]
    fn the_display_copy_takes_emoji_apart() {
        let copy = display_copy("👩\u{200d}💻 👋🏽 ❤\u{fe0f}\nx\ty\rz");
        assert_eq!(copy, "👩\u{2009}💻 👋\u{a0}\u{a0} ❤\u{2009}\nx y z");
    }

    fn hostile() -> impl Strategy<Value = String> {
        let wild = prop_oneof![
            any::<char>(),
            prop::char::range('\0', '\u{a0}'),
            prop::char::range('\u{2000}', '\u{2070}'),
            prop::char::range('\u{fe00}', '\u{feff}'),
            prop::char::range('\u{1f300}', '\u{1f6ff}'),
        ];
        prop::collection::vec(wild, 0..40).prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn copies_keep_lengths_and_borders(text in hostile()) {
            for copy in [clean(&text), display_copy(&text)] {
                prop_assert_eq!(copy.len(), text.len());
                for (at, _) in text.char_indices() {
                    prop_assert!(copy.is_char_boundary(at));
                }
            }
        }

        #[test]
        fn nothing_hostile_is_left(text in hostile()) {
            let one_line = clean(&text).into_owned();
            prop_assert!(!one_line.chars().any(|c| c.is_control()));
            let hidden = |c: char| is_hidden(c) && !matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}');
            prop_assert!(!one_line.chars().any(hidden));
            prop_assert!(!display_copy(&text).chars().any(|c| is_hidden(c) && c != '\n'));
        }
    }
}
