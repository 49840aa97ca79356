//! Lengths and numbers of things in a note.

use std::ops::Range;

use crate::facts::class::Classes;
use crate::facts::token::Tokens;

/// Numbers of things in a note. Byte ranges are in the note's words.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Unicode scalar values.
    pub characters: u32,
    /// UTF-16 code units.
    pub utf16: u32,
    /// Words.
    pub words: u32,
    /// Sentences, the greeting not counted.
    pub sentences: u32,
    /// Lines with something on them.
    pub lines: u32,
    /// Question marks that end a sentence or stand for one; runs count once.
    pub questions: Vec<Range<usize>>,
    /// Exclamation marks, runs as one.
    pub exclamations: Vec<Range<usize>>,
    /// Emoji, neighbours as one run.
    pub emoji: Vec<Range<usize>>,
    /// Number of emoji as a person sees them.
    pub emoji_number: u32,
    /// The longest run of emoji, in emoji, and where it is.
    pub emoji_run: (u32, Range<usize>),
    /// Web addresses.
    pub links: Vec<Range<usize>>,
    /// Hashtags.
    pub hashtags: Vec<Range<usize>>,
    /// Mentions with @.
    pub mentions: Vec<Range<usize>>,
    /// Words of four letters or more in capitals.
    pub shouted: Vec<Range<usize>>,
    /// The longest run of neighbouring words in capitals, in words, and where it is.
    pub shouted_run: (u32, Range<usize>),
}

impl Counts {
    pub(super) fn new(text: &str, tokens: &Tokens) -> Self {
        let mut counts = Self {
            characters: number(text.chars().count()),
            utf16: number(text.encode_utf16().count()),
            words: number(tokens.words().count()),
            sentences: number(
                tokens
                    .sentences
                    .iter()
                    .filter(|sentence| !sentence.greeting)
                    .count(),
            ),
            lines: number(text.lines().filter(|line| !line.trim().is_empty()).count()),
            ..Self::default()
        };
        counts.marks(text);
        counts.shouted_run = shouted_run(text, tokens);
        let range = |start: u32, end: u32| start as usize..end as usize;
        for token in tokens.words() {
            let place = range(token.start, token.end);
            if token.classes.any(Classes::URL) {
                counts.links.push(place.clone());
            }
            if token.classes.any(Classes::HASHTAG) {
                counts.hashtags.push(place.clone());
            }
            if token.classes.any(Classes::MENTION) {
                counts.mentions.push(place.clone());
            }
            let raw = &text[place.clone()];
            if token.classes.any(Classes::ACRONYM)
                && raw.chars().all(char::is_alphabetic)
                && raw.chars().count() >= 4
            {
                counts.shouted.push(place);
            }
        }
        counts
    }

    fn marks(&mut self, text: &str) {
        if text.is_ascii() && !text.contains(['!', '?']) {
            return;
        }
        let mut run = 0;
        let mut run_start = 0;
        let mut half_flag = false;
        let mut emoji_end = usize::MAX;
        for (at, letter) in text.char_indices() {
            let end = at + letter.len_utf8();
            match letter {
                '!' | '！' => extend(&mut self.exclamations, at..end, "!?", text),
                '?' | '？' | '؟' => extend(&mut self.questions, at..end, "!?", text),
                _ => {}
            }
            if is_emoji(letter) {
                let joined = emoji_end == at;
                if !joined {
                    (run, run_start, half_flag) = (0, at, false);
                }
                // Two letters make a flag; a third one begins the next flag.
                let second = half_flag && is_flag_letter(letter);
                half_flag = is_flag_letter(letter) && !second;
                let joins = is_modifier(letter) || text[..at].ends_with('\u{200d}');
                if !(joined && (joins || second)) {
                    run += 1;
                    self.emoji_number += 1;
                }
                if run > self.emoji_run.0 || self.emoji_run.1.end == at {
                    self.emoji_run = (run.max(self.emoji_run.0), run_start..end);
                }
                match self.emoji.last_mut() {
                    Some(last) if joined => last.end = end,
                    _ => self.emoji.push(at..end),
                }
                emoji_end = end;
            } else if emoji_end == at && matches!(letter, '\u{fe0f}' | '\u{200d}') {
                if let Some(last) = self.emoji.last_mut() {
                    last.end = end;
                }
                if self.emoji_run.1.end == at {
                    self.emoji_run.1.end = end;
                }
                emoji_end = end;
            }
        }
    }
}

/// The longest run of words in capitals with nothing but spaces and commas between them.
fn shouted_run(text: &str, tokens: &Tokens) -> (u32, Range<usize>) {
    let mut longest = (0, 0..0);
    let mut run = (0, 0..0);
    for token in tokens.words() {
        let place = token.start as usize..token.end as usize;
        let word = &text[place.clone()];
        let loud = word.starts_with(char::is_uppercase) && word.chars().all(char::is_uppercase);
        // One word that was cut in two ("I'M") is one word still.
        if run.1.end >= place.end {
            continue;
        }
        let joins = run.0 > 0
            && text[run.1.end..place.start]
                .chars()
                .all(|letter| letter == ' ' || letter == ',');
        run = match (loud, joins) {
            (true, true) => (run.0 + 1, run.1.start..place.end),
            (true, false) => (1, place),
            (false, _) => (0, 0..0),
        };
        if run.0 > longest.0 {
            longest = run.clone();
        }
    }
    longest
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Adds a mark; one that only marks separate from the mark before becomes part of it.
fn extend(runs: &mut Vec<Range<usize>>, mark: Range<usize>, marks: &str, text: &str) {
    match runs.last_mut() {
        Some(last)
            if text[last.end..mark.start]
                .chars()
                .all(|letter| marks.contains(letter)) =>
        {
            last.end = mark.end
        }
        _ => runs.push(mark),
    }
}

/// Whether a character is a picture. The blocks are those of Unicode's emoji data; digits, ©, ® and
/// arrows, which are emoji only with a selector, are left out.
fn is_emoji(letter: char) -> bool {
    matches!(letter as u32,
        0x1F000..=0x1FAFF | 0x2600..=0x27BF | 0x2B50 | 0x2B55 | 0x2B1B | 0x2B1C | 0x231A | 0x231B | 0x23E9..=0x23F3)
}

/// A flag is two of these.
fn is_flag_letter(letter: char) -> bool {
    matches!(letter as u32, 0x1F1E6..=0x1F1FF)
}

/// Skin tones belong to the emoji before.
fn is_modifier(letter: char) -> bool {
    matches!(letter as u32, 0x1F3FB..=0x1F3FF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(text: &str) -> Counts {
        Counts::new(text, &Tokens::new(text, crate::language::ENGLISH))
    }

    #[test]
    fn runs_of_marks_count_once() {
        let found = counts("Great!! Really?! Yes!");
        assert_eq!(found.exclamations, [5..7, 15..16, 20..21]);
        assert_eq!(found.questions.first(), Some(&(14..15)));
    }

    #[test]
    fn emoji_are_counted_as_seen() {
        let found = counts("a 👋🏽 b 🚀🚀🚀 c 👨\u{200d}👩\u{200d}👧");
        assert_eq!(
            (found.emoji.len(), found.emoji_number, found.emoji_run.0),
            (3, 5, 3)
        );
    }

    #[test]
    fn the_longest_run_is_the_one_with_the_most_emoji_not_bytes() {
        let text = "👨\u{200d}👩\u{200d}👧\u{200d}👦 and 🚀🚀🚀 or 👋🏽❤\u{fe0f}";
        let (number, place) = counts(text).emoji_run;
        assert_eq!((number, &text[place]), (3, "🚀🚀🚀"));
        let text = "ok ❤\u{fe0f}👋🏽";
        let (number, place) = counts(text).emoji_run;
        assert_eq!((number, &text[place]), (2, "❤\u{fe0f}👋🏽"));
    }

    #[test]
    fn a_flag_is_one_emoji() {
        let found = counts("From 🇳🇴 to 🇩🇪🇫🇷");
        assert_eq!((found.emoji_number, found.emoji_run.0), (3, 2));
    }

    #[test]
    fn runs_of_shouted_words() {
        let found = counts("Hello, WE ARE, HIRING A cook at SAP");
        assert_eq!(found.shouted_run, (4, 7..23));
    }

    #[test]
    fn lengths() {
        let found = counts("é👋");
        assert_eq!((found.characters, found.utf16), (2, 3));
    }

    #[test]
    fn shouted_words_are_four_letters_or_more() {
        assert_eq!(
            counts("GREAT news from NASA and SAP").shouted,
            [0..5, 16..20]
        );
    }
}
