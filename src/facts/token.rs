//! The words, soft breaks and sentences of a note.

use std::ops::Range;

use crate::facts::class::Classes;
use crate::facts::cutter::Cutter;
use crate::facts::tongue;
use crate::language::Language;

/// A word, or a mark that stands between words.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte in the note's words.
    pub start: u32,
    /// First byte behind it.
    pub end: u32,
    /// Where the folded form lies in [`Tokens::folded`].
    pub(super) folded: (u32, u32),
    /// What kinds of word it is.
    pub classes: Classes,
}

/// A run of tokens that ends at a full stop, question mark, exclamation mark or paragraph end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First token: the mark of the start.
    pub first: u32,
    /// The token behind the last: behind the mark of the end.
    pub last: u32,
    /// Ends with a question mark.
    pub question: bool,
    /// Is nothing but a greeting.
    pub greeting: bool,
}

impl Sentence {
    /// The tokens, marks included.
    pub fn tokens(&self) -> Range<usize> {
        self.first as usize..self.last as usize
    }
}

/// The words of a note.
#[derive(Debug, Default)]
pub struct Tokens {
    /// Words and marks, sentence by sentence; each sentence begins and ends with its mark.
    pub all: Vec<Token>,
    /// The sentences. Together they hold all tokens.
    pub sentences: Vec<Sentence>,
    /// Bytes between quotation marks.
    pub quotes: Vec<Range<usize>>,
    pub(super) folded: String,
    /// Whether umlauts may be written as two letters.
    digraphs: bool,
}

impl Tokens {
    /// The folded form of a token; empty for a mark.
    pub fn folded(&self, token: &Token) -> &str {
        &self.folded[token.folded.0 as usize..token.folded.1 as usize]
    }

    /// The other spelling of a token of a language that writes umlauts as `ae`, `oe`, `ue` too, when it may
    /// hold one: `fur` of "fuer".
    pub fn respelt(&self, token: &Token) -> Option<String> {
        if !self.digraphs {
            return None;
        }
        let word = self.folded(token);
        let held = ["ae", "oe", "ue"].iter().any(|pair| word.contains(pair));
        held.then(|| {
            word.replace("ae", "a")
                .replace("oe", "o")
                .replace("ue", "u")
        })
    }

    /// Words only, no marks.
    pub fn words(&self) -> impl Iterator<Item = &Token> {
        self.all
            .iter()
            .filter(|token| !token.classes.any(Classes::MARK))
    }

    /// Cuts a text.
    pub fn new(text: &str, language: Language) -> Self {
        let mut tokens = Self {
            folded: String::with_capacity(text.len() + 8),
            digraphs: tongue::of(language).digraphs,
            ..Self::default()
        };
        tokens.all.reserve(text.len() / 4 + 4);
        Cutter::new(text, tongue::of(language), &mut tokens).run();
        tokens
    }

    /// Splits the first sentence behind a greeting, so that the greeting is a sentence of its own.
    /// `behind` is the first token that no longer belongs to the greeting.
    pub(super) fn split_greeting(&mut self, behind: usize) {
        let Some(first) = self.sentences.first_mut() else {
            return;
        };
        if behind as u32 + 1 >= first.last {
            first.greeting = true;
            return;
        }
        let mut rest = behind;
        while self.all[rest].classes.any(Classes::SOFT) {
            rest += 1;
        }
        let at = self.all[behind].start;
        let mark = |classes| Token {
            start: at,
            end: at,
            folded: (0, 0),
            classes,
        };
        let start = self.all[rest].start;
        let start_mark = Token {
            start,
            end: start,
            folded: (0, 0),
            classes: Classes::START,
        };
        let removed = rest - behind;
        self.all
            .splice(behind..rest, [mark(Classes::END), start_mark]);
        let shift = 2 - removed as i64;
        let moved = |index: u32| (i64::from(index) + shift) as u32;
        let second = Sentence {
            first: behind as u32 + 1,
            last: moved(first.last),
            question: first.question,
            greeting: false,
        };
        *first = Sentence {
            first: first.first,
            last: behind as u32 + 1,
            question: false,
            greeting: true,
        };
        for sentence in self.sentences.iter_mut().skip(1) {
            sentence.first = moved(sentence.first);
            sentence.last = moved(sentence.last);
        }
        self.sentences.insert(1, second);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let tokens = Tokens::new(text, crate::language::ENGLISH);
        tokens
            .all
            .iter()
            .map(|token| match token.classes {
                classes if classes.any(Classes::START) => "<".to_owned(),
                classes if classes.any(Classes::END) => ">".to_owned(),
                classes if classes.any(Classes::SOFT) => ",".to_owned(),
                _ => tokens.folded(token).to_owned(),
            })
            .collect()
    }

    #[test]
    fn words_breaks_and_sentences() {
        assert_eq!(
            cut("Hi Ana, loved it. You?"),
            ["<", "hi", "ana", ",", "loved", "it", ">", "<", "you", ">"]
        );
        assert_eq!(
            cut("a follow-up — really 🚀 b"),
            ["<", "a", "follow", "up", ",", "really", ",", "b", ">"]
        );
    }

    #[test]
    fn contractions_are_undone() {
        assert_eq!(cut("you're"), ["<", "you", "are", ">"]);
        assert_eq!(
            cut("I’d don't cannot"),
            ["<", "i", "would", "do", "not", "can", "not", ">"]
        );
        assert_eq!(cut("Ana's O'Brien"), ["<", "ana", "'s", "obrien", ">"]);
    }

    #[test]
    fn figures_and_addresses_are_one_word() {
        assert_eq!(
            cut("$1,000 20% 4.0 #1893"),
            ["<", "$1,000", "20%", "4.0", "#1893", ">"]
        );
        assert_eq!(
            cut("see behance.net/me. Bye"),
            ["<", "see", "behance.net/me", ">", "<", "bye", ">"]
        );
        assert_eq!(
            cut("mail a.b@c.com now"),
            ["<", "mail", "a.b@c.com", "now", ">"]
        );
    }

    #[test]
    fn what_a_terminal_takes_for_a_command_is_no_word() {
        assert_eq!(
            cut("a \u{1b}[1;31mred\u{1b}[0m b"),
            ["<", "a", "red", "b", ">"]
        );
        assert_eq!(
            cut("\u{9b}2Ja \u{1b}]0;title\u{7}b \u{1b}"),
            ["<", "a", "b", ">"]
        );
        assert_eq!(
            cut("a \u{1b}]0;never closed"),
            ["<", "a", ",", "0", ",", "never", "closed", ">"]
        );
    }

    #[test]
    fn an_abbreviation_or_initial_does_not_end_a_sentence() {
        assert_eq!(cut("Dear Dr. Lee").len(), 5);
        assert_eq!(cut("J. Lee wrote").len(), 5);
    }

    #[test]
    fn the_offsets_are_those_of_the_words() {
        let text = "Zoë, I’m «here»";
        let tokens = Tokens::new(text, crate::language::ENGLISH);
        for token in tokens.words() {
            assert!(text.get(token.start as usize..token.end as usize).is_some());
        }
        assert!(tokens.words().last().unwrap().classes.any(Classes::QUOTED));
    }
}
