//! Which patterns can fit at all, given the words of some notes. Reads patterns roughly and quickly:
//! a pattern that is called impossible is, one that is called possible may still not fit.

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::facts::Tokens;
use crate::language::Language;
use crate::pattern::Vocabularies;
use crate::pattern::inflect::Inflect;

/// The words of some notes, folded.
#[derive(Debug, Default)]
pub struct NoteWords {
    words: FxHashSet<Box<str>>,
    /// The first three bytes of each word.
    starts: FxHashSet<[u8; 3]>,
    /// The last three bytes of each word.
    ends: FxHashSet<[u8; 3]>,
    /// The texts, ASCII letters in lower case.
    lower: String,
}

impl NoteWords {
    /// Collects the words of texts in a language.
    pub fn new<'a>(texts: impl Iterator<Item = &'a str>, language: Language) -> Self {
        let mut all = Self::default();
        for text in texts {
            all.lower
                .extend(text.chars().map(|letter| letter.to_ascii_lowercase()));
            all.lower.push('\n');
            let tokens = Tokens::new(text, language);
            for token in tokens.words() {
                all.add(tokens.folded(token));
                if let Some(other) = tokens.respelt(token) {
                    all.add(&other);
                }
            }
        }
        all
    }

    fn add(&mut self, word: &str) {
        self.starts.extend(start_of(word));
        self.ends.extend(word.as_bytes().last_chunk::<3>());
        if !self.words.contains(word) {
            self.words.insert(word.into());
        }
    }

    /// Whether a regular expression can fit: every text that it asks for must be there, up to case.
    /// Reads it roughly: what is not understood is taken to be there.
    pub(super) fn allow_regex(&self, pattern: &str) -> bool {
        let mut at = 0;
        let possible = self.regex_choice(pattern.as_bytes(), &mut at);
        possible || at < pattern.len()
    }

    /// Alternatives up to a closing bracket or the end.
    fn regex_choice(&self, pattern: &[u8], at: &mut usize) -> bool {
        let mut any = false;
        loop {
            any |= self.regex_sequence(pattern, at);
            if pattern.get(*at) != Some(&b'|') {
                return any;
            }
            *at += 1;
        }
    }

    fn regex_sequence(&self, pattern: &[u8], at: &mut usize) -> bool {
        let mut possible = true;
        let mut run: Vec<u8> = Vec::new();
        while let Some(&byte) = pattern.get(*at) {
            let mut letter = None;
            // A group's own verdict counts unless the group is optional.
            let mut group = true;
            match byte {
                b'|' | b')' => break,
                b'(' => {
                    possible &= self.holds(&mut run);
                    *at += 1;
                    if behind_flags(pattern, at) {
                        group = self.regex_choice(pattern, at);
                        *at += usize::from(*at < pattern.len());
                    }
                }
                b'[' => *at = behind_class(pattern, *at),
                b'\\' => letter = behind_escape(pattern, at),
                b'^' | b'$' => {
                    *at += 1;
                    continue;
                }
                _ => {
                    *at += 1;
                    letter = (byte.is_ascii() && byte != b'.').then_some(byte.to_ascii_lowercase());
                }
            }
            if letter == Some(NOTHING) {
                continue;
            }
            let (optional, repeated) = behind_quantifier(pattern, at);
            match letter.filter(|_| !optional) {
                Some(letter) => run.push(letter),
                None => possible &= self.holds(&mut run),
            }
            if repeated {
                possible &= self.holds(&mut run);
            }
            possible &= group || optional;
        }
        possible & self.holds(&mut run)
    }

    /// Whether the texts hold a run of letters; empties it.
    fn holds(&self, run: &mut Vec<u8>) -> bool {
        let holds = run.is_empty() || memchr::memmem::find(self.lower.as_bytes(), run).is_some();
        run.clear();
        holds
    }
}

/// Stands for an escape that fits between letters, such as `\b`.
const NOTHING: u8 = 0;

/// Skips what begins a group behind its bracket. Tells whether there is a group: `(?i)` is none.
fn behind_flags(pattern: &[u8], at: &mut usize) -> bool {
    if pattern.get(*at) != Some(&b'?') {
        return true;
    }
    while let Some(&byte) = pattern.get(*at) {
        *at += 1;
        match byte {
            b':' | b'>' => return true,
            b')' => return false,
            _ => {}
        }
    }
    false
}

/// Skips an escape. Gives the letter that it stands for, [`NOTHING`] for a place between letters,
/// none for what is not one known letter.
fn behind_escape(pattern: &[u8], at: &mut usize) -> Option<u8> {
    let escaped = pattern.get(*at + 1).copied();
    *at = (*at + 2).min(pattern.len());
    match escaped {
        Some(b'b' | b'B' | b'A' | b'z') => Some(NOTHING),
        Some(b'x' | b'u' | b'U' | b'p' | b'P') => {
            if pattern.get(*at) == Some(&b'{') {
                *at += pattern[*at..]
                    .iter()
                    .position(|byte| *byte == b'}')
                    .map_or(0, |end| end + 1);
            } else if escaped == Some(b'x') {
                *at = (*at + 2).min(pattern.len());
            } else {
                *at = (*at + 1).min(pattern.len());
            }
            None
        }
        Some(sign) if sign.is_ascii_punctuation() => Some(sign),
        _ => None,
    }
}

/// Skips how often something may come: whether not at all, and whether more than once.
fn behind_quantifier(pattern: &[u8], at: &mut usize) -> (bool, bool) {
    let (optional, repeated) = match pattern.get(*at) {
        Some(b'?') => (true, false),
        Some(b'*') => (true, true),
        Some(b'+') => (false, true),
        Some(b'{') => {
            let none = matches!(pattern.get(*at + 1), Some(b'0' | b','));
            *at += pattern[*at..]
                .iter()
                .position(|byte| *byte == b'}')
                .unwrap_or(0);
            (none, true)
        }
        _ => return (false, false),
    };
    *at += 1;
    // A lazy or possessive sign behind it.
    if matches!(pattern.get(*at), Some(b'?' | b'+')) {
        *at += 1;
    }
    (optional, repeated)
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
    inflect: Inflect,
    known: RefCell<FxHashMap<&'a str, bool>>,
}

impl<'a> Possible<'a> {
    pub(super) fn new(
        vocabularies: &'a Vocabularies,
        words: &'a NoteWords,
        inflect: Inflect,
    ) -> Self {
        Self {
            vocabularies,
            words,
            inflect,
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
        if !plain {
            return true;
        }
        if let Some(ending) = word.strip_prefix('*') {
            let ends = |form: &str| {
                let end = form.as_bytes().last_chunk::<3>();
                end.is_none_or(|end| self.words.ends.contains(end))
            };
            return match ending.strip_suffix('~') {
                Some(stem) => (self.inflect.forms)(stem).iter().any(|form| ends(form)),
                None => ends(ending),
            };
        }
        let starts =
            |stem: &str| start_of(stem).is_some_and(|start| self.words.starts.contains(&start));
        if let Some(stem) = word.strip_suffix('*') {
            return starts(stem);
        }
        match word.strip_suffix('~') {
            Some(stem) if (self.inflect.keep_start)(stem) => starts(stem),
            Some(stem) => (self.inflect.forms)(stem)
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
        let allows = |pattern: &str, text: &str| {
            NoteWords::new([text].into_iter(), crate::language::ENGLISH).allow_regex(pattern)
        };
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
        assert!(!allows(r"(?i)\b(?:role|job)s?\b.{0,9}", "no work"));
        assert!(allows(r"(?i)\b(?:role|job)s?\b.{0,9}", "my JOB"));
        assert!(allows(r"(?:(?:a|b) )?x+y", "xxy"));
        assert!(allows(r"ab{2,3}c", "abbc"));
        assert!(allows(r"(?m)^#{1,4} [A-Z]", "## A"));
        assert!(allows(r"don't\b now", "don't now"));
    }
}
