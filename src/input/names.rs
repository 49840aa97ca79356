//! A full name in two parts.

use std::ops::Range;

/// Titles before a name; they are no part of the given name.
const TITLES: &[&str] = &[
    "dr",
    "prof",
    "professor",
    "mr",
    "mrs",
    "ms",
    "mx",
    "sir",
    "herr",
    "frau",
    "dipl",
    "ing",
];

/// The ranges of the given name and of the rest. Titles in front and degrees behind a comma are
/// left out; `Meier, Anna` is turned round.
pub(super) fn split_name(name: &str) -> (Range<usize>, Range<usize>) {
    let none = name.len()..name.len();
    let Some((front, behind)) = name.split_once(',') else {
        return split_words(name, 0..name.len());
    };
    let words = front.split_whitespace().count();
    let behind_start = front.len() + 1;
    let given = behind.split_whitespace().next();
    if words == 1 && given.is_some_and(is_word_of_name) && !behind.contains(',') {
        let (first, _) = split_words(name, behind_start..name.len());
        let (last, _) = split_words(name, 0..front.len());
        return (first, last);
    }
    if words == 0 {
        return (none.clone(), none);
    }
    split_words(name, 0..front.len())
}

/// The first word that is no title, and all behind it.
fn split_words(name: &str, range: Range<usize>) -> (Range<usize>, Range<usize>) {
    let part = &name[range.clone()];
    let mut rest = part;
    loop {
        let words = rest.trim_start();
        let length = words.find(char::is_whitespace).unwrap_or(words.len());
        let (word, behind) = words.split_at(length);
        let more = behind.trim_start();
        let title = word.trim_end_matches('.').to_lowercase();
        if !more.is_empty() && TITLES.contains(&title.as_str()) {
            rest = behind;
            continue;
        }
        let start = range.start + (part.len() - words.len());
        let last = range.start + (part.len() - more.len());
        return (start..start + length, last..last + more.trim_end().len());
    }
}

/// Whether it looks like a given name rather than a degree such as `PhD` or `MBA`.
fn is_word_of_name(word: &str) -> bool {
    let capitals = word.chars().filter(|letter| letter.is_uppercase()).count();
    capitals < 2 && !word.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(name: &str) -> (&str, &str) {
        let (first, last) = split_name(name);
        (&name[first], &name[last])
    }

    #[test]
    fn names_are_split() {
        assert_eq!(split("Anna Meier"), ("Anna", "Meier"));
        assert_eq!(split("Anna"), ("Anna", ""));
        assert_eq!(split(""), ("", ""));
        assert_eq!(split("Prof. Dr. José  de la Cruz"), ("José", "de la Cruz"));
        assert_eq!(split("Meier, Anna"), ("Anna", "Meier"));
        assert_eq!(split("Anna Meier, PhD"), ("Anna", "Meier"));
        assert_eq!(split("Anna, PhD"), ("Anna", ""));
        assert_eq!(split("Dr"), ("Dr", ""));
        assert_eq!(split(", x"), ("", ""));
        assert_eq!(split("李 小龙"), ("李", "小龙"));
    }
}
