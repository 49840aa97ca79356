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

/// Whether a test can hold anywhere in a stretch is one bit, whatever it tests: asked far more often than where it
/// holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chance(u32);

/// Bits before those of the symbols.
const NO_SYMBOLS: u32 = 256;

impl Chance {
    /// The bit that is always set.
    pub(super) const ALWAYS: Self = Self(0);

    /// The bit of a symbol.
    pub(super) fn of_symbol(symbol: u32) -> Self {
        Self(NO_SYMBOLS + symbol)
    }
}

/// The combinations of classes that tests ask for, each with a bit.
#[derive(Debug, Default)]
pub(super) struct ClassSets(Vec<u32>);

impl ClassSets {
    /// The bit of tokens of any of some classes. When there are no more bits, it is the one that is always set.
    pub(super) fn chance(&mut self, classes: u32) -> Chance {
        let known = self.0.iter().position(|known| *known == classes);
        let number = known.unwrap_or(self.0.len()) as u32 + 1;
        if number >= NO_SYMBOLS {
            return Chance::ALWAYS;
        }
        if known.is_none() {
            self.0.push(classes);
        }
        Chance(number)
    }
}

/// Places in a stretch, as bits: bit 0 is its first token.
#[derive(Debug, Default)]
pub(super) struct Places {
    symbols: Vec<u128>,
    /// The bits of [`Chance`].
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
        let words = (NO_SYMBOLS as usize + symbols).div_ceil(64);
        if self.symbols.len() < symbols {
            self.symbols.resize(symbols, 0);
        }
        if self.held.len() < words {
            self.held.resize(words, 0);
        }
    }

    /// Looks at a stretch of at most [`STRETCH`] tokens.
    pub(super) fn enter(
        &mut self,
        lexicon: &Lexicon,
        classes: &ClassSets,
        facts: &Facts<'_>,
        tokens: Range<usize>,
    ) {
        for symbol in self.present.drain(..) {
            self.symbols[symbol as usize] = 0;
            self.held[Chance::of_symbol(symbol).0 as usize / 64] = 0;
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
                    let bit = Chance::of_symbol(symbol).0;
                    self.held[bit as usize / 64] |= 1 << (bit % 64);
                    self.present.push(symbol);
                }
                *places |= bit;
            };
            lexicon.symbols_of(facts.tokens.folded(token), &mut add);
            if let Some(other) = facts.tokens.respelt(token) {
                lexicon.symbols_of(&other, &mut add);
            }
        }
        self.held[..NO_SYMBOLS as usize / 64].fill(0);
        self.held[0] = 1;
        for (number, classes) in (1..).zip(&classes.0) {
            let is_held = self.held_classes & classes != 0;
            self.held[number / 64] |= u64::from(is_held) << (number % 64);
        }
    }

    /// The symbols that are somewhere.
    pub(super) fn present(&self) -> &[u32] {
        &self.present
    }

    /// Whether a test can hold anywhere.
    pub(super) fn has(&self, chance: Chance) -> bool {
        self.held[chance.0 as usize / 64] >> (chance.0 % 64) & 1 == 1
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
