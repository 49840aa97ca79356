//! Finding the greeting: whether a note opens with one, and which name it calls.

use std::ops::Range;

use crate::facts::class::Classes;
use crate::facts::greeting_words::ADDRESSES;
use crate::facts::greeting_words::NOT_NAMES;
use crate::facts::greeting_words::OPENERS;
use crate::facts::greeting_words::OPENERS_WITH;
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
    while let Some(words) = opener(word(at), word(at + 1)) {
        // Two greetings may follow each other, but only the first may be of two words.
        if has_word && words > 1 {
            break;
        }
        at += words;
        has_word = true;
    }
    if has_word && calls_behind_comma(tokens, at, end, first_name) {
        at += 1;
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

/// Whether a comma and then a name alone stand behind a greeting word, as Spanish wants it: "Hola, Ana:".
fn calls_behind_comma(tokens: &Tokens, at: usize, end: usize, first_name: Option<&str>) -> bool {
    let soft = |at: usize| tokens.all[at].classes.any(Classes::SOFT);
    if at >= end || !soft(at) {
        return false;
    }
    let names = (at + 1..end).take_while(|at| is_name(tokens, *at, first_name, true));
    let behind = at + 1 + names.count();
    (2..=4).contains(&(behind - at)) && (behind == end || soft(behind))
}

/// How many words open a greeting here.
fn opener(word: &str, next: &str) -> Option<usize> {
    let pair = OPENERS_WITH.iter().find(|(first, _)| *first == word);
    match pair {
        Some((_, others)) => others.contains(&next).then_some(2),
        None => OPENERS.contains(&word).then_some(1),
    }
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
        let tokens = Tokens::new(text, crate::language::ENGLISH);
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
        assert_eq!(
            name("Sehr geehrte Frau Dr. Müller, ich", None).unwrap(),
            ["frau", "dr", "muller"]
        );
        assert_eq!(
            name("Guten Tag Herr Weber, danke", None).unwrap(),
            ["herr", "weber"]
        );
        assert_eq!(name("Liebe Anna, dein Vortrag", None).unwrap(), ["anna"]);
        assert_eq!(
            name("Grüezi Frau Ammann, ich", None).unwrap(),
            ["frau", "ammann"]
        );
        assert_eq!(
            name("Chère Madame Roy, votre article", None).unwrap(),
            ["madame", "roy"]
        );
        assert_eq!(name("Salut Karim ! Ton projet", None).unwrap(), ["karim"]);
        assert_eq!(name("Bonjour, je suis", None).unwrap(), [""; 0]);
        assert_eq!(name("Sehr spannend, dein Vortrag", None), None);
        for (text, called) in [
            ("Hola, Marta: vi tu charla", &["marta"] as &[&str]),
            ("¡Hola Marta! Vi tu charla", &["marta"]),
            ("Buenas tardes, Marta: soy vecina", &["marta"]),
            ("Estimado Sr. Ruiz, vi su charla", &["sr", "ruiz"]),
            ("Buenos días, vi su charla", &[]),
        ] {
            let found = name(text, None).unwrap();
            let found: Vec<&str> = found.iter().map(String::as_str).collect();
            assert!(found.ends_with(called), "{text}: {found:?}");
        }
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
