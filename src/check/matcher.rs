//! Finding words: phrases, regular expressions, exceptions, and where in the note to look.
//! Nearly every kind of check has one of these.

use std::cell::LazyCell;
use std::ops::Range;

use crate::check::Build;
use crate::check::Words;
use crate::facts::Classes;
use crate::facts::Sentence;
use crate::pattern::Group;
use crate::pattern::RegexId;
use crate::toml_doc::Table;

/// The keys of a matcher with what they mean.
pub const MATCHER_KEYS: &[(&str, &str)] = &[
    ("phrases", "word patterns to look for"),
    (
        "patterns",
        "regular expressions to look for, in single quotes",
    ),
    (
        "not",
        "regular expressions that cancel a match of `patterns` where they fit",
    ),
    (
        "unless",
        "word patterns that cancel a match in the same sentence",
    ),
    (
        "unless_note",
        "word patterns that cancel every match of the note",
    ),
    (
        "where",
        "note, greeting, opening, closing, end (a short sign-off may follow), question, statement, start",
    ),
];

/// Where to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Note,
    Greeting,
    Opening,
    Closing,
    End,
    Question,
    Statement,
    Start,
}

const PLACES: [(&str, Place); 8] = [
    ("note", Place::Note),
    ("greeting", Place::Greeting),
    ("opening", Place::Opening),
    ("closing", Place::Closing),
    ("end", Place::End),
    ("question", Place::Question),
    ("statement", Place::Statement),
    ("start", Place::Start),
];

/// How many words behind the greeting `where = "start"` covers.
const START_WORDS: usize = 12;

/// A match in bytes of the note's words, and the regular expression that made it.
pub type Match = (Range<usize>, Option<RegexId>);

/// How many words a sign-off may have behind the sentences that `where = "end"` covers.
const SIGN_OFF_WORDS: usize = 4;

/// Finds words.
#[derive(Debug, Default)]
pub struct Matcher {
    phrases: Option<Group>,
    patterns: Vec<RegexId>,
    not: Vec<RegexId>,
    unless: Option<Group>,
    unless_note: Option<Group>,
    place: Place,
}

impl Matcher {
    /// Reads the keys of a matcher from a rule's table. Reports when there is nothing to look for.
    pub fn read(table: &Table, build: &mut Build<'_>) -> Self {
        let matcher = Self::read_optional(table, build);
        if matcher.is_empty() {
            table.require("phrases", build.problems);
        }
        matcher
    }

    /// The same where nothing to look for is fine.
    pub fn read_optional(table: &Table, build: &mut Build<'_>) -> Self {
        let phrases = table.strings("phrases", build.problems);
        let unless = table.strings("unless", build.problems);
        let unless_note = table.strings("unless_note", build.problems);
        let patterns = table.strings("patterns", build.problems);
        let not = table.strings("not", build.problems);
        Self {
            phrases: build.group(&phrases),
            patterns: build.regexes(&patterns),
            not: build.regexes(&not),
            unless: build.group(&unless),
            unless_note: build.group(&unless_note),
            place: table
                .choice("where", &PLACES, build.problems)
                .map(|place| place.value)
                .unwrap_or_default(),
        }
    }

    /// A matcher in a table of its own under a key.
    pub fn read_in(table: &Table, key: &'static str, build: &mut Build<'_>) -> Option<Self> {
        let inner = table.table(key, build.problems)?;
        let matcher = Self::read(inner, build);
        inner.finish(build.problems);
        Some(matcher)
    }

    /// Whether it looks for nothing.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_none() && self.patterns.is_empty()
    }

    /// Where it fits: byte ranges in the note's words, in their order.
    pub fn find(&self, words: &Words<'_>) -> Vec<Range<usize>> {
        let matches = self.matches(words).into_iter();
        matches.map(|(range, _)| range).collect()
    }

    /// The same with the regular expression that fits there, if it is one.
    pub fn matches(&self, words: &Words<'_>) -> Vec<Match> {
        let facts = words.facts;
        let mut found: Vec<Match> = Vec::new();
        let is_excepted = |group| words.hits.of(group).next().is_some();
        if self.unless_note.is_some_and(is_excepted) {
            return found;
        }
        if let Some(group) = self.phrases {
            for tokens in words.hits.of(group) {
                let number = facts.sentence_of(tokens.start);
                if self.allows_tokens(words, &tokens, number) && !self.cancelled(words, number) {
                    found.push((trimmed(facts.text(), facts.bytes(tokens)), None));
                }
            }
        }
        // Hardly ever asked.
        let not = LazyCell::new(|| -> Vec<Range<usize>> {
            let not = self.not.iter();
            not.flat_map(|not| words.hits.of_regex(*not)).collect()
        });
        let is_cancelled = |range: &Range<usize>| {
            let mut not = not.iter();
            not.any(|not| not.start < range.end && range.start < not.end)
        };
        for pattern in &self.patterns {
            for range in words.hits.of_regex(*pattern) {
                let number = sentence_at(words, range.start);
                if self.allows_bytes(words, &range, number)
                    && !is_cancelled(&range)
                    && !number.is_some_and(|number| self.cancelled(words, number))
                {
                    found.push((range, Some(*pattern)));
                }
            }
        }
        found.sort_by_key(|(range, _)| (range.start, range.end));
        found
    }

    /// Whether a sentence holds an exception.
    fn cancelled(&self, words: &Words<'_>, sentence: usize) -> bool {
        let Some(group) = self.unless else {
            return false;
        };
        let Some(sentence) = words.facts.tokens.sentences.get(sentence) else {
            return false;
        };
        words
            .hits
            .of(group)
            .any(|tokens| sentence.tokens().contains(&tokens.start))
    }

    fn allows_tokens(&self, words: &Words<'_>, tokens: &Range<usize>, number: usize) -> bool {
        if self.place == Place::Note {
            return true;
        }
        if self.place == Place::Start {
            let first = words
                .facts
                .tokens
                .sentences
                .iter()
                .find(|sentence| !sentence.greeting);
            return first
                .is_some_and(|first| tokens.start < first.first as usize + 1 + START_WORDS);
        }
        self.allows_sentence(words, number)
    }

    fn allows_bytes(&self, words: &Words<'_>, range: &Range<usize>, number: Option<usize>) -> bool {
        match (self.place, number) {
            (Place::Note, _) => true,
            (Place::Start, _) => range.start < words.facts.after_greeting() + START_WORDS * 6,
            (_, Some(number)) => self.allows_sentence(words, number),
            (_, None) => false,
        }
    }

    fn allows_sentence(&self, words: &Words<'_>, number: usize) -> bool {
        let sentences = &words.facts.tokens.sentences;
        let Some(sentence) = sentences.get(number) else {
            return false;
        };
        let last_with_words =
            |sentence: &&Sentence| (sentence.first as usize + 1) < words.facts.signature;
        match self.place {
            Place::Note | Place::Start => true,
            Place::Greeting => sentence.greeting,
            Place::Opening => {
                !sentence.greeting && sentences[..number].iter().all(|before| before.greeting)
            }
            Place::Closing => sentences
                .iter()
                .rfind(last_with_words)
                .is_some_and(|last| last == sentence),
            Place::End => {
                let behind = &words.facts.tokens.all[sentence.last as usize..];
                let behind = behind.iter().filter(|it| !it.classes.any(Classes::MARK));
                number > 0 && behind.count() <= SIGN_OFF_WORDS
            }
            Place::Question => sentence.question,
            Place::Statement => !sentence.question && !sentence.greeting,
        }
    }
}

/// A match without the white space that a mark at its end may cover.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

fn sentence_at(words: &Words<'_>, byte: usize) -> Option<usize> {
    let tokens = &words.facts.tokens;
    let token = tokens
        .all
        .partition_point(|token| (token.end as usize) <= byte);
    (token < tokens.all.len()).then(|| words.facts.sentence_of(token))
}
