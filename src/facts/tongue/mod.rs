//! What differs between languages in the cutting of words and the classes of words. One file, and one entry of
//! [`TONGUES`], for each language that connote has a pack for; all others are cut like English.

mod english;
mod french;
mod german;
mod spanish;

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::language::Language;

/// The ways of one language.
#[derive(Debug)]
pub(super) struct Tongue {
    code: &'static str,
    /// Whether "im" and "dont" are contractions. In German "im" is a word.
    pub(super) contracts: bool,
    /// Whether common nouns are written with capitals, so that a capital alone shows no name.
    pub(super) capital_nouns: bool,
    /// Whether months of up to five letters are told by their capital: "may" is a word of its own.
    pub(super) capital_months: bool,
    /// Whether umlauts may be written `ae`, `oe`, `ue`.
    pub(super) digraphs: bool,
    /// Whether a full stop behind a figure makes it an ordinal: "am 12. Mai".
    pub(super) ordinals: bool,
    /// Number words, days of the week and months, folded, as all words here.
    pub(super) numbers: WordList,
    pub(super) weekdays: WordList,
    pub(super) months: WordList,
    /// Abbreviations whose full stop does not end a sentence, besides the common ones.
    pub(super) abbreviations: WordList,
    /// Words with a capital that are no names: polite forms of address, nouns without an article.
    pub(super) no_names: WordList,
    /// Endings of common nouns that hardly any name has.
    pub(super) noun_endings: &'static [&'static str],
    /// Words behind which a capital is a noun's: articles, possessives. Inflected adjectives are told by
    /// their endings.
    pub(super) before_nouns: WordList,
}

/// Words written with spaces between them, looked up by their hash.
#[derive(Debug)]
pub(super) struct WordList {
    text: &'static str,
    words: OnceLock<FxHashSet<&'static str>>,
}

impl WordList {
    const fn new(text: &'static str) -> Self {
        Self {
            text,
            words: OnceLock::new(),
        }
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        let words = self
            .words
            .get_or_init(|| self.text.split_whitespace().collect());
        words.contains(word)
    }
}

static TONGUES: &[&Tongue] = &[&german::GERMAN, &spanish::SPANISH, &french::FRENCH];

/// The ways of a language.
pub(super) fn of(language: Language) -> &'static Tongue {
    let known = TONGUES.iter().find(|tongue| tongue.code == language.code);
    known.copied().unwrap_or(&english::ENGLISH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::named;

    #[test]
    fn languages_without_an_entry_are_cut_like_english() {
        assert_eq!(of(crate::language::ENGLISH).code, "en");
        assert!(named("it").is_some_and(|italian| of(italian).contracts));
        assert!(named("de").is_some_and(|german| !of(german).contracts));
    }

    #[test]
    fn words_are_found_whole() {
        let list = WordList::new("lundi mardi mercredi");
        assert!(list.contains("lundi") && list.contains("mercredi"));
        assert!(!list.contains("lun") && !list.contains("") && !list.contains("lundi mardi"));
        assert!(!WordList::new("").contains(""));
    }
}
