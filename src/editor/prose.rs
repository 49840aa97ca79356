//! Pages that editors show beside a draft: Markdown where they can show it, else plain words.

use crate::render::clean::clean;

/// A page in the making.
#[derive(Debug)]
pub(super) struct Page {
    /// Whether it is Markdown.
    markdown: bool,
    text: String,
}

impl Page {
    pub(super) fn new(markdown: bool) -> Self {
        let text = String::new();
        Self { markdown, text }
    }

    /// A paragraph; nothing for no words.
    pub(super) fn paragraph(&mut self, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        self.gap();
        let words = self.words(words);
        self.text.push_str(&words);
        self.text.push('\n');
    }

    /// A bold heading with some words behind it.
    pub(super) fn heading(&mut self, bold: &str, rest: &str) {
        self.gap();
        let (bold, rest) = (self.words(bold), self.words(rest));
        self.text += &match self.markdown {
            true => format!("**{bold}** {rest}"),
            false => format!("{bold} {rest}"),
        };
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
    }

    /// A list; nothing for no items.
    pub(super) fn list<'i>(&mut self, items: impl IntoIterator<Item = &'i str>) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            self.gap();
        }
        for item in items {
            let item = self.words(item);
            self.text += &format!("- {item}\n");
        }
    }

    /// The page.
    pub(super) fn finish(self) -> String {
        self.text
    }

    fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn words(&self, text: &str) -> String {
        match self.markdown {
            true => escaped(text),
            false => clean(text.trim()).into_owned(),
        }
    }
}

/// Words as Markdown, on one line: nothing in them is markup or becomes a link. Escapes only what could be
/// either, because many editors show Markdown as it is written.
fn escaped(text: &str) -> String {
    let text = clean(text.trim());
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = None;
    // Digits at the start with a dot or bracket behind them would be a list.
    let mut at_start = true;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let special = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '&' | '|' | '~' | '$' => true,
            // Within a word it is no emphasis.
            '_' => {
                !before.is_some_and(char::is_alphanumeric)
                    || !next.is_some_and(char::is_alphanumeric)
            }
            '#' | '+' | '-' | '=' | '>' => before.is_none(),
            '.' | ')' => {
                at_start && before.is_some() || letter == '.' && matches!(before, Some('w' | 'W'))
            }
            // An address, with or without a scheme, would be a link.
            '/' => before == Some(':'),
            '@' => next.is_some_and(char::is_alphanumeric),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(letter);
        at_start &= letter.is_ascii_digit();
        before = Some(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_it_is_markup() {
        for (hostile, safe) in [
            ("[x](http://a.b)", "\\[x\\](http:\\//a.b)"),
            ("<img src=x>", "\\<img src=x>"),
            ("`c` **b** _i_", "\\`c\\` \\*\\*b\\*\\* \\_i\\_"),
            ("www.a.b", "www\\.a.b"),
            ("# h\n- l\u{202e}", "\\# h - l∙"),
            ("1. one", "1\\. one"),
            ("a@b.c and @all", "a\\@b.c and \\@all"),
            (
                "first_name, 5.5 is fine (really).",
                "first_name, 5.5 is fine (really).",
            ),
        ] {
            assert_eq!(escaped(hostile), safe);
        }
    }

    #[test]
    fn a_plain_page_has_no_markup() {
        let page = |markdown| {
            let mut page = Page::new(markdown);
            page.heading("many-emoji", "warning");
            page.paragraph("*Two* are enough");
            page.list(["one", "two"]);
            page.paragraph("");
            page.finish()
        };
        assert_eq!(
            page(false),
            "many-emoji warning\n\n*Two* are enough\n\n- one\n- two\n"
        );
        assert_eq!(
            page(true),
            "**many-emoji** warning\n\n\\*Two\\* are enough\n\n- one\n- two\n"
        );
    }
}
