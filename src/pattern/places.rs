//! Where in a stretch of a note each symbol and each class is: one bit a token.

use std::ops::Range;

use crate::facts::Classes;
use crate::facts::Facts;
use crate::pattern::lexicon::Lexicon;

/// Tokens that are looked at together. Longer sentences are looked at in stretches that overlap.
pub(super) const STRETCH: usize = u128::BITS as usize;

/// A symbol, or a word of some classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Wanted {
    /// A word with this symbol.
    Symbol(u32),
    /// A token of one of these classes.
    Class(u32),
}

/// Places in a stretch, as bits: bit 0 is its first token.
#[derive(Debug, Default)]
pub(super) struct Places {
    symbols: Vec<u128>,
    /// A bit for each symbol that has a place: asked far more often than where.
    held: Vec<u64>,
    /// Symbols with a place, each once.
    present: Vec<u32>,
    classes: [u128; 32],
    /// The classes that have a place.
    held_classes: u32,
    words: u128,
}

impl Places {
    /// Makes room for so many symbols.
    pub(super) fn fit(&mut self, symbols: usize) {
        if self.symbols.len() < symbols {
            self.symbols.resize(symbols, 0);
            self.held.resize(symbols / 64 + 1, 0);
        }
    }

    /// Looks at a stretch of at most [`STRETCH`] tokens.
    pub(super) fn enter(&mut self, lexicon: &Lexicon, facts: &Facts<'_>, tokens: Range<usize>) {
        for symbol in self.present.drain(..) {
            self.symbols[symbol as usize] = 0;
            self.held[symbol as usize / 64] = 0;
        }
        self.classes = [0; 32];
        self.held_classes = 0;
        self.words = 0;
        for (place, at) in tokens.enumerate() {
            let token = &facts.tokens.all[at];
            let bit = 1 << place;
            let mut classes = token.classes.0;
            self.held_classes |= classes;
            while classes != 0 {
                self.classes[classes.trailing_zeros() as usize] |= bit;
                classes &= classes - 1;
            }
            if !token.classes.any(Classes::MARK) {
                self.words |= bit;
            }
            let mut add = |symbol: u32| {
                let places = &mut self.symbols[symbol as usize];
                if *places == 0 {
                    self.held[symbol as usize / 64] |= 1 << (symbol % 64);
                    self.present.push(symbol);
                }
                *places |= bit;
            };
            lexicon.symbols_of(facts.tokens.folded(token), &mut add);
            if let Some(other) = facts.tokens.respelt(token) {
                lexicon.symbols_of(&other, &mut add);
            }
        }
    }

    /// The symbols that are somewhere.
    pub(super) fn present(&self) -> &[u32] {
        &self.present
    }

    /// Whether a symbol is anywhere.
    pub(super) fn has(&self, symbol: u32) -> bool {
        self.held[symbol as usize / 64] >> (symbol % 64) & 1 == 1
    }

    /// Whether a token of any of some classes is anywhere.
    pub(super) fn has_class(&self, classes: u32) -> bool {
        self.held_classes & classes != 0
    }

    /// The classes of which a token is somewhere, as bits.
    pub(super) fn held_classes(&self) -> u32 {
        self.held_classes
    }

    /// Places of words.
    pub(super) fn words(&self) -> u128 {
        self.words
    }

    /// Places of a symbol.
    pub(super) fn symbol(&self, symbol: u32) -> u128 {
        self.symbols[symbol as usize]
    }

    /// Places of tokens of any of some classes.
    pub(super) fn class(&self, mut classes: u32) -> u128 {
        let mut places = 0;
        while classes != 0 {
            places |= self.classes[classes.trailing_zeros() as usize];
            classes &= classes - 1;
        }
        places
    }
}
