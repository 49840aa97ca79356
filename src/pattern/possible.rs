//! Which patterns can fit at all, given the words of some notes. Reads patterns roughly and quickly:
//! a pattern that is called impossible is, one that is called possible may still not fit.

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::facts::Tokens;
use crate::pattern::Vocabularies;
use crate::pattern::inflect::inflections;
use crate::pattern::inflect::is_irregular;

/// The words of some notes, folded.
#[derive(Debug, Default)]
pub struct NoteWords {
    words: FxHashSet<Box<str>>,
    /// The first three bytes of each word.
    starts: FxHashSet<[u8; 3]>,
    /// The bytes of the texts, ASCII letters in both cases.
    bytes: [u64; 4],
}

impl NoteWords {
    /// Collects the words of texts.
    pub fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut all = Self::default();
        for text in texts {
            for byte in text.bytes() {
                all.add_byte(byte.to_ascii_lowercase());
                all.add_byte(byte.to_ascii_uppercase());
            }
            let tokens = Tokens::new(text);
            for token in tokens.words() {
                let word = tokens.folded(token);
                if let Some(start) = start_of(word) {
                    all.starts.insert(start);
                }
                if !all.words.contains(word) {
                    all.words.insert(word.into());
                }
            }
        }
        all
    }

    fn add_byte(&mut self, byte: u8) {
        self.bytes[usize::from(byte / 64)] |= 1 << (byte % 64);
    }

    fn has_byte(&self, byte: u8) -> bool {
        self.bytes[usize::from(byte / 64)] >> (byte % 64) & 1 == 1
    }

    /// Whether a regular expression can fit: every sign that it asks for outside of brackets and
    /// alternatives must be there. Merge fields ask for rare signs, which most notes lack.
    pub(super) fn allow_regex(&self, pattern: &str) -> bool {
        let bytes = pattern.as_bytes();
        let mut at = 0;
        let mut depth = 0;
        let mut possible = true;
        let mut any = false;
        while at < bytes.len() {
            let mut sign = None;
            match bytes[at] {
                b'\\' => {
                    at += 1;
                    sign = bytes.get(at).copied().filter(u8::is_ascii_punctuation);
                    // \x27, \u{2019}, \p{Lu}: what is behind the letter is no sign of the text.
                    match bytes.get(at) {
                        Some(b'x') if bytes.get(at + 1) != Some(&b'{') => at += 2,
                        Some(b'p' | b'P') if bytes.get(at + 1) != Some(&b'{') => at += 1,
                        _ => {}
                    }
                }
                // How often, not what.
                b'{' => {
                    at += bytes[at..]
                        .iter()
                        .position(|byte| *byte == b'}')
                        .unwrap_or(bytes.len());
                }
                b'[' => {
                    at = behind_class(bytes, at);
                    continue;
                }
                b'(' => depth += 1,
                b')' => depth -= 1,
                b'|' if depth == 0 => {
                    any |= possible;
                    possible = true;
                }
                byte if byte.is_ascii_alphanumeric() || b"#%@<>&!_~`:;,".contains(&byte) => {
                    sign = Some(byte)
                }
                _ => {}
            }
            at += 1;
            let optional =
                matches!(bytes.get(at), Some(b'?' | b'*')) || bytes.get(at..at + 2) == Some(b"{0");
            if let Some(sign) = sign.filter(|_| depth == 0 && !optional) {
                possible &= self.has_byte(sign);
            }
        }
        any | possible
    }
}

/// The byte behind a class in brackets.
fn behind_class(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    // A `]` right behind the opening is one of the class.
    at += usize::from(bytes.get(at) == Some(&b'^'));
    at += usize::from(bytes.get(at) == Some(&b']'));
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'[' => at = behind_class(bytes, at),
            b']' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn start_of(word: &str) -> Option<[u8; 3]> {
    word.as_bytes()
        .get(..3)
        .and_then(|bytes| bytes.try_into().ok())
}

/// Tells for patterns whether they can fit.
pub(super) struct Possible<'a> {
    vocabularies: &'a Vocabularies,
    words: &'a NoteWords,
    known: RefCell<FxHashMap<&'a str, bool>>,
}

impl<'a> Possible<'a> {
    pub(super) fn new(vocabularies: &'a Vocabularies, words: &'a NoteWords) -> Self {
        Self {
            vocabularies,
            words,
            known: RefCell::default(),
        }
    }

    /// Whether a pattern can fit. One that is broken is called possible: it fails when it is read.
    pub(super) fn pattern(&self, pattern: &str) -> bool {
        let mut at = 0;
        let possible = self.choice(pattern, &mut at);
        possible || at < pattern.len()
    }

    /// Alternatives up to a closing bracket or the end.
    fn choice(&self, pattern: &str, at: &mut usize) -> bool {
        let mut any = false;
        loop {
            any |= self.sequence(pattern, at);
            if pattern.as_bytes().get(*at) != Some(&b'|') {
                return any;
            }
            *at += 1;
        }
    }

    fn sequence(&self, pattern: &str, at: &mut usize) -> bool {
        let mut all = true;
        while let Some(&byte) = pattern.as_bytes().get(*at) {
            let possible = match byte {
                b' ' => {
                    *at += 1;
                    continue;
                }
                b'|' | b')' => break,
                b'(' => {
                    *at += 1;
                    let inner = self.choice(pattern, at);
                    *at += usize::from(pattern.as_bytes().get(*at) == Some(&b')'));
                    inner
                }
                b'!' => {
                    *at += 1;
                    self.word(pattern, at);
                    true
                }
                _ => self.word(pattern, at),
            };
            let optional = pattern.as_bytes().get(*at) == Some(&b'?');
            *at += usize::from(optional);
            all &= possible || optional;
        }
        all
    }

    /// One word, class, vocabulary, gap or mark.
    fn word(&self, pattern: &str, at: &mut usize) -> bool {
        let rest = &pattern[*at..];
        let closed = |close: char| rest.find(close).map_or(rest.len(), |end| end + 1);
        match rest.as_bytes().first() {
            Some(b'{') => {
                let end = closed('}');
                *at += end;
                self.vocabulary(rest[1..end].trim_end_matches('}').trim())
            }
            Some(b'<') => {
                *at += closed('>');
                true
            }
            Some(b',' | b':' | b';' | b'^' | b'$') => {
                *at += 1;
                true
            }
            _ => {
                let end = rest
                    .find(|letter: char| letter == ' ' || "()|?{}<>,:;^$!".contains(letter))
                    .unwrap_or(rest.len());
                // A sign without meaning is passed over; reading the pattern properly reports it.
                *at += end.max(rest.chars().next().map_or(0, char::len_utf8));
                self.literal(&rest[..end])
            }
        }
    }

    fn literal(&self, word: &str) -> bool {
        let plain = word.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'~' || byte == b'*'
        });
        if !plain || word.starts_with('*') {
            return true;
        }
        let starts =
            |stem: &str| start_of(stem).is_some_and(|start| self.words.starts.contains(&start));
        if let Some(stem) = word.strip_suffix('*') {
            return starts(stem);
        }
        match word.strip_suffix('~') {
            // Regular forms keep at least the first three letters of a word of four or more.
            Some(stem) if stem.len() > 3 && !is_irregular(stem) => starts(stem),
            Some(stem) => inflections(stem)
                .iter()
                .any(|form| self.words.words.contains(form.as_str())),
            None => self.words.words.contains(word),
        }
    }

    fn vocabulary(&self, name: &str) -> bool {
        let Some((name, entries)) = self.vocabularies.get_key_value(name) else {
            return true;
        };
        if let Some(&known) = self.known.borrow().get(name.as_str()) {
            return known;
        }
        // While it is being looked at, a vocabulary inside itself adds nothing.
        self.known.borrow_mut().insert(name, false);
        let possible = entries.iter().any(|entry| self.pattern(entry));
        self.known.borrow_mut().insert(name, possible);
        possible
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_impossible_expressions_are_refused() {
        let allows =
            |pattern: &str, text: &str| NoteWords::new([text].into_iter()).allow_regex(pattern);
        assert!(!allows(r"\{\{[^{}]{0,80}\}{0,2}", "no braces"));
        assert!(allows(r"\{\{[^{}]{0,80}\}{0,2}", "Hi {{name"));
        assert!(allows(r"[\x27’]s", "it's"));
        assert!(allows(r"a\x27b", "a'b"));
        assert!(allows(r"(?i)K{3,}", "kkk"));
        assert!(allows(r"#|%", "50%"));
        assert!(!allows(r"#|%", "50"));
        assert!(allows(r"##?(?:a|b)", "#b"));
        assert!(allows(r"x?y*z{0,2}", "a"));
        assert!(allows(r"[]%]+a", "]a"));
    }
}
