//! Markdown that we write: what strangers wrote stays words.

use crate::render::clean::clean;

/// Words for Markdown, on one line: nothing in them is a link, a heading, a mention or HTML.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in clean(text).chars() {
        match letter {
            // Escapes do not stop a mention.
            '@' => out.push_str("&#64;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A colon or a dot behind a scheme or `www` would make a link.
            ':' => out.push_str("&#58;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '-' | '.'
            | '!' | '|' | '~' | '$' | '=' => out.extend(['\\', letter]),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_it_is_markup() {
        let hostile = "[x](http://a.b) <img src=x> @all `c` **b** www.a.b | # h\n- l\u{202e}";
        let safe = markdown(hostile);
        for bad in [
            "[x]", "<img", "@all", "`c`", "**", "http://", "www.a", "\n", "\u{202e}",
        ] {
            assert!(!safe.replace("\\", "\\\\ ").contains(bad), "{bad}: {safe}");
        }
        assert_eq!(markdown("José O'Neill"), "José O'Neill");
    }
}
