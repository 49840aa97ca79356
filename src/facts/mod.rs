//! What is worth computing once for a note: words, sentences, greeting, length, counts.
//! Knows no rules.

mod address;
mod class;
mod contraction;
mod control;
mod counts;
mod cutter;
mod greeting;
mod greeting_words;
mod token;
mod tongue;

pub use class::CLASSES;
pub use class::Classes;
pub use counts::Counts;
pub use greeting::Greeting;
pub use greeting::is_address;
pub use greeting_words::OPENERS as GREETING_WORDS;
pub use token::Sentence;
pub use token::Token;
pub use token::Tokens;

use std::ops::Range;

use crate::facts::tongue::Tongue;
use crate::language::ENGLISH;
use crate::language::Language;
use crate::language::detect;
use crate::language::named;
use crate::note::Field;
use crate::note::Note;
use crate::note::field_str;
use crate::text::fold::fold;

/// Facts about one note.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The note.
    pub note: &'a Note,
    /// Its language.
    pub language: Language,
    /// Its words and sentences.
    pub tokens: Tokens,
    /// The greeting, if it opens with one.
    pub greeting: Option<Greeting>,
    /// Lengths and numbers of things.
    pub counts: Counts,
    /// The first token of a sign-off ("Regards, Tom"), or the number of tokens.
    pub signature: usize,
}

impl<'a> Facts<'a> {
    /// Computes them, the language too.
    pub fn new(note: &'a Note) -> Self {
        Self::in_language(note, language_of(note))
    }

    /// Computes them for a note whose language is known.
    pub fn in_language(note: &'a Note, language: Language) -> Self {
        let text = note.text.as_str();
        let mut tokens = Tokens::new(text, language);
        let first_name =
            field_str(&note.recipient.first_name).map(|name| first_word(&fold(name)).to_owned());
        let greeting = greeting::find(&tokens, first_name.as_deref());
        if let Some(greeting) = &greeting {
            tokens.split_greeting(greeting.end);
        }
        let signature = signature(&tokens);
        let counts = Counts::new(text, &tokens);
        let mut facts = Self {
            note,
            language,
            tokens,
            greeting,
            counts,
            signature,
        };
        facts.mark_names();
        facts.mark_recipient();
        facts
    }

    /// The words.
    pub fn text(&self) -> &'a str {
        self.note.text.as_str()
    }

    /// Bytes of the note's words that a run of tokens covers, without marks at its ends.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        let covered = &self.tokens.all[tokens];
        let words = || {
            covered
                .iter()
                .filter(|token| !token.classes.any(Classes::MARK))
        };
        let start = words()
            .next()
            .or(covered.first())
            .map_or(0, |token| token.start);
        let end = words().map(|token| token.end).max().unwrap_or(start);
        start as usize..end.max(start) as usize
    }

    /// The number of the sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.tokens
            .sentences
            .partition_point(|sentence| sentence.last as usize <= token)
    }

    /// The first byte behind the greeting and the break after it; 0 without a greeting.
    pub fn after_greeting(&self) -> usize {
        match (&self.greeting, self.tokens.sentences.get(1)) {
            (None, _) => 0,
            (Some(_), Some(next)) => self.tokens.all[next.first as usize].end as usize,
            (Some(_), None) => self.text().trim_end().len(),
        }
    }

    /// Marks words that look like proper names: capitals where the language asks for none.
    fn mark_names(&mut self) {
        let tongue = tongue::of(self.language);
        let words = self.tokens.words().count();
        let capitals = self
            .tokens
            .words()
            .filter(|token| token.classes.any(Classes::CAPITAL))
            .count();
        // A note in title case or capitals tells nothing by its capitals.
        let telling = match tongue.capital_nouns {
            true => capitals * 3 <= (words * 2).max(9),
            false => capitals * 2 <= words.max(6),
        };
        let greeted = self.greeting.as_ref().map_or(0, |greeting| greeting.end);
        let text = self.note.text.as_str();
        for sentence in 0..self.tokens.sentences.len() {
            let range = self.tokens.sentences[sentence].tokens();
            let mut first = true;
            let mut before = None;
            for at in range {
                let token = self.tokens.all[at];
                if token.classes.any(Classes::MARK) {
                    before = None;
                    continue;
                }
                let before = before.replace(at);
                let at_start = std::mem::replace(&mut first, false);
                if at < greeted || at >= self.signature {
                    continue;
                }
                let raw = &text[token.start as usize..token.end as usize];
                if tongue.capital_nouns && self.is_noun(at, before, tongue) {
                    continue;
                }
                if !token
                    .classes
                    .any(Classes(Classes::WEEKDAY.0 | Classes::MONTH.0))
                    && names(raw, token.classes, at_start, telling)
                {
                    self.tokens.all[at].classes.add(Classes::NAME);
                }
            }
        }
    }

    /// Whether a word with a capital looks like a common noun, in a language that writes those so. `before` is
    /// the word before it, if no mark lies between.
    fn is_noun(&self, at: usize, before: Option<usize>, tongue: &Tongue) -> bool {
        let token = &self.tokens.all[at];
        let word = self.tokens.folded(token);
        let raw = &self.note.text.as_str()[token.start as usize..token.end as usize];
        // "KI", "McKinsey", "B2B": a capital that no noun has.
        if raw
            .chars()
            .skip(1)
            .any(|letter| letter.is_uppercase() || letter.is_ascii_digit())
        {
            return false;
        }
        if tongue.no_names.contains(word)
            || tongue
                .noun_endings
                .iter()
                .any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
        {
            return true;
        }
        let Some(before) = before.map(|before| &self.tokens.all[before]) else {
            return false;
        };
        let word = self.tokens.folded(before);
        let inflected = word.len() > 3
            && ["e", "en", "er", "es", "em"]
                .iter()
                .any(|ending| word.ends_with(ending));
        tongue.before_nouns.contains(word)
            || before.classes.any(Classes::NUMBER)
            || inflected && !before.classes.any(Classes::CAPITAL) && !BEFORE_NAMES.contains(&word)
    }

    /// Marks words that also stand in the recipient's name, company and title.
    fn mark_recipient(&mut self) {
        let recipient = &self.note.recipient;
        let fields: [(&[&Field], Classes, usize); 3] = [
            (
                &[&recipient.first_name, &recipient.last_name],
                Classes::RECIPIENT,
                2,
            ),
            (&[&recipient.company], Classes::COMPANY, 3),
            (&[&recipient.title], Classes::TITLE, 3),
        ];
        for (fields, class, least) in fields {
            for field in fields.iter().filter_map(|field| field_str(field)) {
                let folded = fold(field);
                for word in folded.split(|letter: char| !letter.is_alphanumeric()) {
                    if word.chars().count() < least || COMMON_IN_FIELDS.contains(&word) {
                        continue;
                    }
                    for at in 0..self.tokens.all.len() {
                        if self.tokens.folded(&self.tokens.all[at]) == word {
                            self.tokens.all[at].classes.add(class);
                            // The reader's own name is no name dropped.
                            if class == Classes::RECIPIENT {
                                self.tokens.all[at].classes.remove(Classes::NAME);
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Words of companies and titles that say nothing of them.
const COMMON_IN_FIELDS: &[&str] = &[
    "the",
    "and",
    "for",
    "inc",
    "ltd",
    "llc",
    "gmbh",
    "group",
    "company",
    "corp",
    "limited",
    "plc",
    "services",
    "solutions",
    "global",
    "international",
    "partners",
    "open",
    "work",
    "looking",
    "new",
    "self",
    "employed",
    "helping",
    "with",
];

/// German words that end like an inflected adjective and yet stand before names.
const BEFORE_NAMES: &[&str] = &[
    "unter",
    "uber",
    "hinter",
    "neben",
    "gegen",
    "wegen",
    "ohne",
    "oder",
    "aber",
    "ausser",
    "seiten",
    "namens",
    "kollegen",
    "kenne",
    "kennen",
    "kennt",
    "leite",
    "arbeite",
    "arbeiten",
    "habe",
    "haben",
    "werde",
    "werden",
    "hatte",
    "hatten",
    "wurde",
    "wurden",
    "unser",
    "nahe",
    "heute",
    "gerade",
    "immer",
    "wieder",
    "leider",
    "wie",
    "gerne",
    "sondern",
    "sagte",
    "meinte",
    "erwahnte",
    "empfahl",
    "suche",
    "mache",
    "nutze",
    "nutzen",
    "lese",
    "sehe",
    "grusse",
    "frage",
    "lehre",
    "unterrichte",
    "studiere",
    "wohne",
    "lebe",
    "vertrete",
    "verlasse",
    "gehe",
    "komme",
    "fahre",
    "kannte",
];

/// The language that the draft names, else the one that its words show.
pub fn language_of(note: &Note) -> Language {
    let given = field_str(&note.language).and_then(named);
    given
        .or_else(|| detect(note.text.as_str()))
        .unwrap_or(ENGLISH)
}

fn names(raw: &str, classes: Classes, at_start: bool, telling: bool) -> bool {
    let letters = raw.chars().filter(|letter| letter.is_alphabetic()).count();
    let mixed = letters >= 2
        && raw.chars().skip(1).any(char::is_uppercase)
        && raw.chars().any(char::is_lowercase)
        && raw
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == '.');
    let coded = letters >= 1 && classes.any(Classes::FIGURE) && raw.contains(char::is_uppercase);
    let digits_inside = letters >= 1
        && !classes.any(Classes::FIGURE)
        && raw.contains(|letter: char| letter.is_ascii_digit());
    if !telling {
        return false;
    }
    let acronym = classes.any(Classes::ACRONYM)
        && !matches!(
            raw,
            "OK" | "CV" | "PS" | "FYI" | "LMK" | "ASAP" | "PFA" | "DM"
        );
    let capital = classes.any(Classes::CAPITAL)
        && !at_start
        && raw != "I"
        && !raw.starts_with("I'")
        && !raw.starts_with("I’");
    capital || acronym || mixed || coded || digits_inside
}

/// The first word of a field.
fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

/// Words that open a sign-off.
const SIGN_OFFS: &[&str] = &[
    "regards",
    "cheers",
    "best",
    "thanks",
    "sincerely",
    "thank",
    "yours",
    "respectfully",
    "kind",
    "warm",
    "wishes",
    "bye",
    "gruss",
    "grusse",
    "gruesse",
    "gruessen",
    "grussen",
    "lg",
    "vg",
    "bg",
    "mfg",
    "herzlich",
    "danke",
    "herzlichst",
    "cordialement",
    "saludos",
    "slds",
    "abrazo",
    "abrazos",
    "atentamente",
    "cordialmente",
];

/// The first token of the sender's name at the end of a note: at most three capitalised words
/// that stand alone there, behind a break.
fn signature(tokens: &Tokens) -> usize {
    let none = tokens.all.len();
    let Some(last) = tokens.sentences.last() else {
        return none;
    };
    let range = last.tokens();
    let from = range
        .clone()
        .rev()
        .find(|&at| {
            tokens.all[at]
                .classes
                .any(Classes(Classes::SOFT.0 | Classes::START.0))
        })
        .unwrap_or(range.start);
    let words = from + 1..range.end.saturating_sub(1);
    let named = !words.is_empty()
        && words.len() <= 3
        && words
            .clone()
            .all(|at| tokens.all[at].classes.any(Classes::CAPITAL));
    let at_break = tokens.all[from].classes.any(Classes::START) && tokens.sentences.len() > 1;
    let behind_sign_off = from
        .checked_sub(1)
        .and_then(|before| tokens.all.get(before))
        .is_some_and(|token| SIGN_OFFS.contains(&tokens.folded(token)));
    if named && (at_break || behind_sign_off) {
        words.start
    } else {
        none
    }
}
