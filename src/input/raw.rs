//! A value as it stands in its file, and the undoing of the escapes of each format.
//!
//! A row is first cut into raw values, which costs no memory. Only what turns out to be the note
//! gets a full map home; other fields are copied with the place of the whole value.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::span::FileId;
use crate::span::Span;
use crate::span::Spanned;
use crate::text::SharedStr;
use crate::text::Text;
use crate::text::TextBuilder;
use crate::text::Writing;

/// The file that values stand in. Where its text is at hand, words that stand in it just so are not
/// copied.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Home<'t> {
    /// Its number.
    pub(super) file: FileId,
    /// Its text, in which the places of values are bytes.
    pub(super) text: Option<&'t Arc<String>>,
}

/// How the words stand in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Just so.
    Plain,
    /// A CSV cell with its opening quote, and quotes doubled.
    CsvQuoted,
    /// The inside of a JSON string, with escapes.
    Json,
    /// Already decoded by a parser that tells only where the whole value stands.
    Decoded,
}

/// A value that has not been decoded yet.
#[derive(Clone, Debug)]
pub(super) struct Raw<'a> {
    /// The bytes of the file, or the decoded words.
    pub(super) words: Cow<'a, str>,
    /// Where it stands.
    pub(super) at: Range<usize>,
    /// How.
    pub(super) form: Form,
    /// What new words would have to look like there.
    pub(super) writing: Writing,
}

impl<'a> Raw<'a> {
    /// Words that stand in the file just so, from byte `start` on.
    pub(super) fn plain(words: &'a str, start: usize) -> Self {
        Self {
            words: Cow::Borrowed(words),
            at: start..start + words.len(),
            form: Form::Plain,
            writing: Writing::Sealed,
        }
    }

    /// The same where new words could be written.
    pub(super) fn written(self, writing: Writing) -> Self {
        Self { writing, ..self }
    }

    /// Words that a parser has decoded from the bytes `at`.
    pub(super) fn decoded(words: impl Into<Cow<'a, str>>, at: Range<usize>) -> Self {
        Self {
            words: words.into(),
            at,
            form: Form::Decoded,
            writing: Writing::Sealed,
        }
    }

    /// Whether there is nothing but white space in it.
    pub(super) fn is_blank(&self) -> bool {
        match self.form {
            Form::Plain | Form::Decoded => self.words.trim().is_empty(),
            // Mostly a letter comes first. Only an escape may stand for a blank.
            Form::CsvQuoted | Form::Json => {
                let inside = self.words.trim_start_matches('"').trim_start();
                (inside.is_empty() || inside.starts_with('\\'))
                    && self.text(Home::default()).as_str().is_empty()
            }
        }
    }

    /// The words with their map home. White space at both ends is dropped, and every line end
    /// becomes a single `\n`.
    pub(super) fn text(&self, home: Home<'_>) -> Text {
        let text = match (self.plain_part(), home.text) {
            (Some(part), Some(text)) => {
                let at = self.at.start;
                Text::within(home.file, text, at + part.start..at + part.end)
            }
            (Some(part), None) => {
                Text::plain(home.file, self.at.start + part.start, &self.words[part])
            }
            (None, _) => self.untrimmed(home.file).build_trimmed(),
        };
        text.written(self.writing)
    }

    /// The trimmed words, as bytes of `words`, if they stand in the file just so.
    fn plain_part(&self) -> Option<Range<usize>> {
        let bytes = self.words.as_bytes();
        let inside = match self.form {
            Form::Plain => 0..bytes.len(),
            Form::Json if memchr::memchr(b'\\', bytes).is_none() => 0..bytes.len(),
            // Nothing may stand behind the closing quote, and no quote before it.
            Form::CsvQuoted if memchr::memchr(b'"', bytes.get(1..)?)? + 2 == bytes.len() => {
                1..bytes.len() - 1
            }
            _ => return None,
        };
        let words = &self.words[inside.clone()];
        let trimmed = words.trim_start();
        let start = inside.start + (words.len() - trimmed.len());
        let part = start..start + trimmed.trim_end().len();
        memchr::memchr(b'\r', &bytes[part.clone()])
            .is_none()
            .then_some(part)
    }

    /// The decoded words, not trimmed.
    fn untrimmed(&self, file: FileId) -> TextBuilder {
        let mut builder = TextBuilder::new(file, self.at.start);
        match self.form {
            Form::Plain => copy_lines(&self.words, self.at.start, &mut builder),
            Form::CsvQuoted => undo_csv(&self.words, self.at.start, &mut builder),
            Form::Json => undo_json(&self.words, self.at.start, &mut builder),
            Form::Decoded => {
                let lines = self.words.replace("\r\n", "\n").replace('\r', "\n");
                builder.escape(&lines, self.at.clone());
            }
        }
        builder
    }

    /// The trimmed words with their place, or nothing if there are none.
    pub(super) fn spanned(&self, home: Home<'_>) -> Option<Spanned<SharedStr>> {
        let (words, span) = match self.form {
            Form::Decoded => (
                SharedStr::from(self.words.trim()),
                Span::new(home.file, self.at.clone()),
            ),
            // Line ends stay as they are.
            Form::Plain => {
                let start = self.words.len() - self.words.trim_start().len();
                let trimmed = self.words.trim();
                let at = self.at.start + start..self.at.start + start + trimmed.len();
                let words = match home.text {
                    Some(text) => SharedStr::within(text, at.clone()),
                    None => trimmed.into(),
                };
                (words, Span::new(home.file, at))
            }
            Form::CsvQuoted | Form::Json => {
                let text = self.text(home);
                (text.words().clone(), text.whole())
            }
        };
        (!words.is_empty()).then(|| Spanned::new(words, span))
    }
}

/// Copies words; CRLF and a lone CR become `\n`. An empty copy would move the end of the text, so
/// there is none.
fn copy_lines(words: &str, start: usize, into: &mut TextBuilder) {
    let mut from = 0;
    let copy = |range: Range<usize>, into: &mut TextBuilder| {
        if !range.is_empty() {
            into.copy(&words[range.clone()], start + range.start);
        }
    };
    for at in memchr::memchr_iter(b'\r', words.as_bytes()) {
        copy(from..at, into);
        let end = at + 1 + usize::from(words[at + 1..].starts_with('\n'));
        into.escape("\n", start + at..start + end);
        from = end;
    }
    copy(from..words.len(), into);
}

/// Undoes a CSV cell that begins with a quote. What stands behind the closing quote is kept as it
/// is, as other programs do.
fn undo_csv(cell: &str, start: usize, into: &mut TextBuilder) {
    let mut from = 1;
    while let Some(found) = memchr::memchr(b'"', &cell.as_bytes()[from.min(cell.len())..]) {
        let at = from + found;
        copy_lines(&cell[from..at], start + from, into);
        if cell[at + 1..].starts_with('"') {
            into.escape("\"", start + at..start + at + 2);
            from = at + 2;
        } else {
            from = at + 1;
            break;
        }
    }
    copy_lines(cell.get(from..).unwrap_or_default(), start + from, into);
}

/// Undoes the escapes of a JSON string. Half of a surrogate pair becomes U+FFFD.
fn undo_json(inside: &str, start: usize, into: &mut TextBuilder) {
    let bytes = inside.as_bytes();
    let mut from = 0;
    while let Some(found) = memchr::memchr(b'\\', &bytes[from..]) {
        let at = from + found;
        copy_lines(&inside[from..at], start + from, into);
        let (letter, length) = json_escape(&bytes[at..]);
        // A carriage return, and the line feed it may belong to, are one line end.
        let (letter, length) = match letter {
            '\r' if bytes[at + length..].starts_with(b"\\n") => ('\n', length + 2),
            '\r' => ('\n', length),
            other => (other, length),
        };
        // An escape that is none cannot end inside a character: it is a backslash alone.
        let end = (at + length).min(inside.len());
        into.escape(letter.encode_utf8(&mut [0; 4]), start + at..start + end);
        from = end;
    }
    copy_lines(&inside[from..], start + from, into);
}

/// The character of the escape that these bytes begin with, and how many bytes it takes.
fn json_escape(bytes: &[u8]) -> (char, usize) {
    let simple = |letter: char| (letter, 2);
    match bytes.get(1) {
        Some(b'n') => simple('\n'),
        Some(b't') => simple('\t'),
        Some(b'r') => simple('\r'),
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(&letter @ (b'"' | b'\\' | b'/')) => simple(letter as char),
        Some(b'u') => {
            let Some(first) = hex(bytes) else {
                return ('\\', 1);
            };
            if let Some(letter) = char::from_u32(first) {
                return (letter, 6);
            }
            let second = bytes.get(6..).and_then(hex);
            let pair = second.filter(|low| first < 0xDC00 && (0xDC00..0xE000).contains(low));
            match pair
                .and_then(|low| char::from_u32(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00)))
            {
                Some(letter) => (letter, 12),
                None => ('\u{fffd}', 6),
            }
        }
        _ => ('\\', 1),
    }
}

/// The number of `\uXXXX`.
fn hex(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |sum, digit| {
        Some(sum * 16 + (*digit as char).to_digit(16)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn raw(words: &str, form: Form) -> Raw<'_> {
        Raw {
            words: Cow::Borrowed(words),
            at: 7..7 + words.len(),
            form,
            writing: Writing::Sealed,
        }
    }

    fn file_1() -> Home<'static> {
        Home {
            file: FileId(1),
            text: None,
        }
    }

    fn lines(words: &str) -> String {
        words.replace("\r\n", "\n").replace('\r', "\n")
    }

    #[test]
    fn json_escapes_are_undone() {
        let text = raw(r"I\u2019m \ud83d\ude00 a\/b \ud800x\r\n\r!", Form::Json).text(file_1());
        assert_eq!(text.as_str(), "I’m 😀 a/b \u{fffd}x\n\n!");
        assert_eq!(text.span(1..4).range(), 8..14);
        let smile = text.as_str().find('😀').unwrap();
        assert_eq!(text.span(smile..smile + 4).range(), 16..28);
        let end = text.as_str().find('\n').unwrap();
        assert_eq!(text.span(end..end + 1).range().len(), 4);
    }

    #[test]
    fn csv_quotes_are_undone() {
        let text = raw("\"say \"\"hi\"\"\r\nnow\"", Form::CsvQuoted).text(file_1());
        assert_eq!(text.as_str(), "say \"hi\"\nnow");
        assert_eq!(text.span(4..5).range(), 12..14);
        assert_eq!(text.span(5..7).range(), 14..16);
        assert_eq!(text.span(8..9).range(), 18..20);
    }

    proptest! {
        #[test]
        fn csv_round_trip(words in any::<String>()) {
            let cell = format!("\"{}\"", words.replace('"', "\"\""));
            let text = raw(&cell, Form::CsvQuoted).untrimmed(FileId(0)).build();
            prop_assert_eq!(text.as_str(), lines(&words));
            for (at, letter) in text.as_str().char_indices() {
                let home = text.span(at..at + letter.len_utf8()).range();
                let bytes = &cell[home.start - 7..home.end - 7];
                let expected = letter.to_string();
                prop_assert_eq!(lines(bytes).replace("\"\"", "\""), expected);
            }
        }

        #[test]
        fn json_round_trip(words in any::<String>()) {
            let string = serde_json::to_string(&words).unwrap();
            let inside = &string[1..string.len() - 1];
            let text = raw(inside, Form::Json).untrimmed(FileId(0)).build();
            prop_assert_eq!(text.as_str(), lines(&words));
            for (at, letter) in text.as_str().char_indices() {
                let home = text.span(at..at + letter.len_utf8()).range();
                let piece = format!("\"{}\"", &inside[home.start - 7..home.end - 7]);
                let back: String = serde_json::from_str(&piece).unwrap();
                prop_assert_eq!(lines(&back), letter.to_string());
            }
        }

        #[test]
        fn any_string_can_be_undone(words in any::<String>(), escaped in r#"(\\|"|u|[0-9a-f]|d8|é|\r|\n){0,20}"#) {
            for form in [Form::Plain, Form::Json, Form::Decoded] {
                raw(&words, form).text(Home::default());
                raw(&escaped, form).text(Home::default());
            }
            let quoted = format!("\"{escaped}");
            raw(&quoted, Form::CsvQuoted).text(Home::default());
        }
    }
}
