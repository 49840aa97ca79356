//! Finding the greeting: whether a note opens with one, and which name it calls.

use std::ops::Range;

use crate::facts::class::Classes;
use crate::facts::token::Tokens;

/// The greeting of a note, in tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Greeting {
    /// The token behind the last one of the greeting.
    pub end: usize,
    /// Tokens of the name that it calls; empty when it names nobody ("Hi,").
    pub name: Range<usize>,
    /// Whether it opens with a greeting word ("Hi"), not with the bare name.
    pub has_word: bool,
}

/// Words that open a greeting, in the languages of people who write English notes.
pub const OPENERS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "heya",
    "hiya",
    "dear",
    "hola",
    "ciao",
    "salaam",
    "salam",
    "namaste",
    "greetings",
    "yo",
    "hej",
    "hallo",
    "bonjour",
    "salut",
    "ola",
    "respected",
    "howzit",
    "gidday",
    "aloha",
    "assalamualaikum",
    "alright",
    "hallo",
    "liebe",
    "lieber",
    "moin",
    "howdy",
    "morning",
    "evening",
    "afternoon",
    "good",
    "servus",
    "cher",
    "chere",
    "estimado",
    "estimada",
];
/// What may follow "good".
const DAYTIMES: &[&str] = &["morning", "afternoon", "evening", "day"];
/// Words of address that stand in for a name or before it.
const ADDRESSES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "doctor",
    "doc",
    "prof",
    "professor",
    "sir",
    "madam",
    "maam",
    "mam",
    "mme",
    "herr",
    "frau",
    "there",
    "all",
    "team",
    "sister",
    "brother",
    "chef",
    "bro",
    "girl",
    "mate",
    "dear",
    "friend",
    "monsieur",
    "madame",
    "senor",
    "senora",
    "hon",
    "coach",
    "counselor",
    "distinguished",
];
/// Words that begin a sentence, not a name, even with a capital after a greeting word.
const NOT_NAMES: &[&str] = &[
    "i",
    "we",
    "my",
    "your",
    "you",
    "the",
    "it",
    "this",
    "that",
    "hope",
    "thanks",
    "thank",
    "just",
    "loved",
    "saw",
    "great",
    "nice",
    "congrats",
    "congratulations",
    "looking",
    "are",
    "do",
    "did",
    "can",
    "would",
    "could",
    "is",
    "in",
    "on",
    "as",
    "to",
    "and",
    "from",
    "lovely",
    "what",
    "how",
    "when",
    "where",
    "why",
    "who",
    "a",
    "an",
    "if",
    "yes",
    "no",
    "not",
    "re",
    "sorry",
    "please",
    "let",
    "happy",
    "really",
    "noticed",
    "reaching",
    "with",
    "welcome",
    "long",
    "quick",
];

/// Whether a folded word is one of address, which stands in for a name or before it.
pub fn is_address(word: &str) -> bool {
    ADDRESSES.contains(&word)
}

/// Finds the greeting in the first sentence.
pub(super) fn find(tokens: &Tokens, first_name: Option<&str>) -> Option<Greeting> {
    let sentence = tokens.sentences.first()?;
    let end = sentence.last as usize - 1;
    let mut at = sentence.first as usize + 1;
    let word = |at: usize| tokens.all.get(at).map_or("", |token| tokens.folded(token));
    let mut has_word = false;
    if OPENERS.contains(&word(at)) && (word(at) != "good" || DAYTIMES.contains(&word(at + 1))) {
        at += if word(at) == "good" { 2 } else { 1 };
        has_word = true;
        while OPENERS.contains(&word(at)) && word(at) != "good" {
            at += 1;
        }
    }
    let from = at;
    while at < end && is_name(tokens, at, first_name, has_word) && at - from < 4 {
        at += 1;
    }
    let called = at > from;
    let broken = at >= end || tokens.all[at].classes.any(Classes::SOFT);
    if has_word && (called || broken || at == end) {
        return Some(Greeting {
            end: at,
            name: from..at,
            has_word,
        });
    }
    // A bare name counts when it is the recipient's, or stands alone before a break.
    let own = first_name.is_some_and(|name| word(from) == name);
    let short = at - from <= 3;
    let capital = tokens
        .all
        .get(from)
        .is_some_and(|token| token.classes.any(Classes::CAPITAL));
    if called
        && (own
            || (broken && short && capital && tokens.sentences.len() + usize::from(at < end) > 1))
    {
        return Some(Greeting {
            end: if own && !broken { from + 1 } else { at },
            name: from..at,
            has_word,
        });
    }
    None
}

fn is_name(tokens: &Tokens, at: usize, first_name: Option<&str>, greeted: bool) -> bool {
    let token = &tokens.all[at];
    let word = tokens.folded(token);
    if token.classes.any(Classes::MARK) {
        return false;
    }
    if first_name.is_some_and(|name| name == word) || is_address(word) {
        return greeted || word != "there" && word != "all";
    }
    (token.classes.any(Classes::CAPITAL)
        && !token.classes.any(Classes::NUMBER)
        && !NOT_NAMES.contains(&word))
        || (greeted && token.classes.any(Classes::FIELD))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str, first_name: Option<&str>) -> Option<Vec<String>> {
        let tokens = Tokens::new(text);
        let greeting = find(&tokens, first_name)?;
        Some(
            greeting
                .name
                .map(|at| tokens.folded(&tokens.all[at]).to_owned())
                .collect(),
        )
    }

    #[test]
    fn greetings_with_a_word() {
        assert_eq!(name("Hi Ana, loved it", None).unwrap(), ["ana"]);
        assert_eq!(
            name("Good morning Dr. Lee, thanks", None).unwrap(),
            ["dr", "lee"]
        );
        assert_eq!(name("hi ana loved it", Some("ana")).unwrap(), ["ana"]);
        assert_eq!(name("Hello, I am", None).unwrap(), [""; 0]);
        assert_eq!(name("Hi Ana I read it", None).unwrap(), ["ana"]);
        assert_eq!(
            name("Hi {{first_name}}, I", None).unwrap(),
            ["{{first_name}}"]
        );
        assert_eq!(
            name("Hi [First Name] I read", None).unwrap(),
            ["[first name]"]
        );
    }

    #[test]
    fn bare_names() {
        assert_eq!(name("Ana, loved it", None).unwrap(), ["ana"]);
        assert_eq!(name("Ana loved it", Some("ana")).unwrap(), ["ana"]);
        assert_eq!(name("Loved the talk", None), None);
        assert_eq!(name("I loved it, really", None), None);
        assert_eq!(name("Good on you for it", None), None);
    }
}
