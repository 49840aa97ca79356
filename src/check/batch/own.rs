//! What of a note is its own, where others are made from the same template.

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::similarity::Piece;
use crate::similarity::Skeleton;
use crate::similarity::pair_hash;

/// A word of a note that is neither the template's nor masked.
pub(super) struct OwnWord {
    /// Its bytes in the text.
    pub(super) bytes: Range<u32>,
    /// Hashes of it with the word before and with the word behind, as far as there are such.
    pub(super) pairs: [Option<u64>; 2],
}

/// Pairs of words that many notes of a group have. A sentence that stands in some notes only, or now here and
/// now there, is not laid beside its like, and yet it is written for nobody.
pub(super) struct Common(FxHashSet<u64>);

impl Common {
    /// The pairs of a template, of which one text is given.
    pub(super) fn of(skeleton: &Skeleton, model: &[(u64, u8)]) -> Self {
        let fixed = skeleton.pieces.iter().filter_map(|piece| match piece {
            Piece::Fixed(words) => model.get(words.clone()),
            Piece::Slot { .. } => None,
        });
        let pairs = fixed.flat_map(|words| words.windows(2));
        Self(pairs.map(|pair| pair_hash(pair[0].0, pair[1].0)).collect())
    }

    /// Those besides that stand in `least` of the notes or more.
    pub(super) fn with(mut self, owns: &[Vec<OwnWord>], least: usize) -> Self {
        let pairs = |own: &Vec<OwnWord>| {
            let mut pairs: Vec<u64> = own.iter().flat_map(|word| word.pairs).flatten().collect();
            // Each once a note.
            pairs.sort_unstable();
            pairs.dedup();
            pairs
        };
        let mut all: Vec<u64> = owns.par_iter().flat_map_iter(pairs).collect();
        all.par_sort_unstable();
        let many = all
            .chunk_by(|a, b| a == b)
            .filter(|same| same.len() >= least);
        self.0.extend(many.map(|same| same[0]));
        self
    }

    /// Whether a word belongs to one of them.
    pub(super) fn has(&self, word: &OwnWord) -> bool {
        word.pairs
            .iter()
            .flatten()
            .any(|pair| self.0.contains(pair))
    }
}
