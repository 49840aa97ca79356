//! Words of strangers on a page: what is hidden or turns the direction of writing becomes visible.

use maud::Markup;
use maud::html;

use crate::render::clean::clean;
use crate::render::clean::is_glue;
use crate::render::clean::is_hidden;

/// Words with their line breaks. A hidden character becomes its number in a frame, `U+202E`.
pub(crate) fn words(text: &str) -> Markup {
    html! {
        @for piece in pieces(text) {
            @match piece {
                Piece::Shown(text) => (text),
                Piece::Hidden(letter) => span.hidden-letter title="a character that is not shown" { (format!("U+{:04X}", u32::from(letter))) },
            }
        }
    }
}

/// A message on one line, in which backticks mark words and what is to be typed: as quotation marks, which
/// need no markup. Strangers' words may be in it, and so may be their backticks.
pub(crate) fn quoted(text: &str) -> String {
    let text = clean(text);
    if text.matches('`').count() % 2 == 1 {
        return text.into_owned();
    }
    let pieces = text.split('`').enumerate();
    let pieces = pieces.map(|(number, piece)| match number % 2 {
        1 => format!("“{piece}”"),
        _ => piece.to_owned(),
    });
    pieces.collect()
}

enum Piece<'a> {
    Shown(&'a str),
    Hidden(char),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut before = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map(|(_, letter)| *letter);
        let line_end = letter == '\n' || letter == '\r' && after == Some('\n');
        let harmless = line_end || letter == '\t' || is_glue(before, letter, after);
        if is_hidden(letter) && !harmless {
            pieces.push(Piece::Shown(&text[from..at]));
            pieces.push(Piece::Hidden(letter));
            from = at + letter.len_utf8();
        }
        before = Some(letter);
    }
    pieces.push(Piece::Shown(&text[from..]));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_in_pairs_are_quotation_marks() {
        assert_eq!(quoted("`a` and `b`"), "“a” and “b”");
        assert_eq!(quoted("`a` is <b> `"), "`a` is <b> `");
        assert_eq!(quoted("none\n"), "none ");
    }

    #[test]
    fn what_is_hidden_is_shown_and_what_is_markup_is_words() {
        let shown = words("a\u{202e}<b>&\r\nc\u{0}\r👩\u{200d}💻").into_string();
        let mark = |number: &str| {
            format!(
                "<span class=\"hidden-letter\" title=\"a character that is not shown\">{number}</span>"
            )
        };
        let expected = format!(
            "a{}&lt;b&gt;&amp;\r\nc{}{}👩\u{200d}💻",
            mark("U+202E"),
            mark("U+0000"),
            mark("U+000D")
        );
        assert_eq!(shown, expected);
    }
}
