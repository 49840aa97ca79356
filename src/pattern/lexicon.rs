//! Every word that any pattern speaks of, and what each means to the patterns.
//!
//! A *symbol* is a number that stands for a literal word, a word with its inflections, the beginning
//! of a word, or a vocabulary. A word of a note is looked up once and gets the symbols of everything
//! that it is.

use rustc_hash::FxHashMap;

use crate::pattern::inflect::Inflect;
use crate::pattern::syntax::Item;

/// Words and their symbols.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    inflect: Option<Inflect>,
    words: FxHashMap<Box<str>, Vec<u32>>,
    /// By the first three bytes.
    prefixes: FxHashMap<[u8; 3], Vec<(Box<str>, u32)>>,
    /// By the last three bytes.
    suffixes: FxHashMap<[u8; 3], Vec<(Box<str>, u32)>>,
    /// Symbols of items, so that equal items share one.
    known: FxHashMap<String, u32>,
    next: u32,
}

impl Lexicon {
    /// An empty one with the inflections of a language.
    pub(super) fn new(inflect: Inflect) -> Self {
        Self {
            inflect: Some(inflect),
            ..Self::default()
        }
    }

    fn inflections(&self, word: &str) -> Vec<String> {
        self.inflect
            .map_or_else(|| vec![word.to_owned()], |inflect| (inflect.forms)(word))
    }

    /// How many symbols there are.
    pub(super) fn symbols(&self) -> usize {
        self.next as usize
    }

    /// A symbol of its own, for a vocabulary.
    pub(super) fn fresh(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    /// The symbol of a word, a word with inflections or a beginning.
    pub(super) fn symbol(&mut self, item: &Item) -> Option<u32> {
        let key = match item {
            Item::Word(word) => word.clone(),
            Item::Inflected(word) => format!("{word}~"),
            Item::Prefix(word) => format!("{word}*"),
            Item::Suffix(word) => format!("*{word}"),
            Item::InflectedSuffix(word) => format!("*{word}~"),
            _ => return None,
        };
        if let Some(symbol) = self.known.get(&key) {
            return Some(*symbol);
        }
        let symbol = self.fresh();
        self.known.insert(key, symbol);
        self.teach(item, symbol);
        Some(symbol)
    }

    /// Gives a symbol to all words that an item stands for.
    pub(super) fn teach(&mut self, item: &Item, symbol: u32) {
        match item {
            Item::Word(word) => self.add(word, symbol),
            Item::Inflected(word) => self
                .inflections(word)
                .iter()
                .for_each(|form| self.add(form, symbol)),
            Item::Suffix(word) => self.add_suffix(word, symbol),
            Item::InflectedSuffix(word) => self
                .inflections(word)
                .iter()
                .for_each(|form| self.add_suffix(form, symbol)),
            Item::Prefix(word) => {
                if let Some(key) = key_of(word) {
                    self.prefixes
                        .entry(key)
                        .or_default()
                        .push((word.as_str().into(), symbol));
                }
            }
            _ => {}
        }
    }

    fn add_suffix(&mut self, word: &str, symbol: u32) {
        if let Some(key) = end_of(word) {
            let same = self.suffixes.entry(key).or_default();
            same.push((word.into(), symbol));
        }
    }

    fn add(&mut self, word: &str, symbol: u32) {
        let symbols = match self.words.get_mut(word) {
            Some(symbols) => symbols,
            None => self.words.entry(word.into()).or_default(),
        };
        if !symbols.contains(&symbol) {
            symbols.push(symbol);
        }
    }

    /// How often each symbol may be expected in notes: the sum over its words, where a common word
    /// counts as [`COMMON_WEIGHT`] rare ones.
    pub(super) fn weights(&self) -> Vec<u32> {
        let mut weights = vec![0; self.symbols()];
        for (word, symbols) in &self.words {
            let weight = if COMMON.contains(&&**word) {
                COMMON_WEIGHT
            } else {
                1
            };
            symbols
                .iter()
                .for_each(|&symbol| weights[symbol as usize] += weight);
        }
        for (_, symbol) in self
            .prefixes
            .values()
            .chain(self.suffixes.values())
            .flatten()
        {
            weights[*symbol as usize] += 3;
        }
        weights
    }

    /// Calls for each symbol of a word.
    pub(super) fn symbols_of(&self, word: &str, mut each: impl FnMut(u32)) {
        if word.is_empty() {
            return;
        }
        self.words
            .get(word)
            .into_iter()
            .flatten()
            .for_each(|&symbol| each(symbol));
        let prefixes = key_of(word).and_then(|key| self.prefixes.get(&key));
        for (prefix, symbol) in prefixes.into_iter().flatten() {
            if word.starts_with(&**prefix) {
                each(*symbol);
            }
        }
        if self.suffixes.is_empty() {
            return;
        }
        let suffixes = end_of(word).and_then(|key| self.suffixes.get(&key));
        for (suffix, symbol) in suffixes.into_iter().flatten() {
            if word.ends_with(&**suffix) {
                each(*symbol);
            }
        }
    }
}

/// Words that are in most notes. A pattern is looked for by another of its words, if it has one.
const COMMON: &[&str] = &[
    "i", "you", "your", "to", "the", "a", "an", "and", "of", "for", "in", "is", "am", "are",
    "have", "would", "my", "we", "it", "that", "with", "on", "at", "do", "not", "be", "this",
    "like", "as", "so", "if", "can", "me", "our", "us", "from", "about", "was", "or", "but", "by",
    "will", "love", "connect", "hi", "what", "how", "any", "all", "more", "up", "out", "has",
    "had", "just", "who", "there", "'s", "no", "one", "some", "work", "working", "been", "they",
    "their", "were", "did",
];
/// How much heavier a common word is than another.
const COMMON_WEIGHT: u32 = 40;

fn end_of(word: &str) -> Option<[u8; 3]> {
    word.as_bytes().last_chunk().copied()
}

fn key_of(word: &str) -> Option<[u8; 3]> {
    word.as_bytes()
        .get(..3)
        .and_then(|bytes| bytes.try_into().ok())
}
