//! What several tests need.

use crate::similarity::Word;
use crate::similarity::words;

/// The words of a text.
pub(super) fn cut(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    words(text, &mut out);
    out
}

/// Their hashes.
pub(super) fn hashes(text: &str) -> Vec<u64> {
    cut(text).iter().map(|word| word.hash).collect()
}
