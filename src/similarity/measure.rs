//! Measures for a pair of texts, to explain a verdict. The slow ones are never used to look for pairs.

use rustc_hash::FxHashSet;

/// How alike two texts are, by several measures; each from 0 (nothing in common) to 1 (equal).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// Pairs of neighbouring words that both have, divided by those that either has (Jaccard).
    pub word_pairs: f64,
    /// The same for single words.
    pub words: f64,
    /// 1 less the words to replace, put in, take out or swap, divided by the longer text's words
    /// (Damerau-Levenshtein over words).
    pub word_edits: f64,
    /// The same over characters.
    pub character_edits: f64,
    /// Pairs of characters that both have, twice, divided by all of them (Sørensen-Dice).
    pub character_pairs: f64,
}

/// The Jaccard index of two sets of hashes.
pub fn jaccard(left: &[u64], right: &[u64]) -> f64 {
    let left: FxHashSet<u64> = left.iter().copied().collect();
    let right: FxHashSet<u64> = right.iter().copied().collect();
    let shared = left.intersection(&right).count();
    let either = left.len() + right.len() - shared;
    if either == 0 {
        return 0.0;
    }
    shared as f64 / either as f64
}

/// All measures of two texts. `words` are hashes of their words in order, `pairs` those of their word
/// pairs, `folded` their words in lower case with one space between.
pub fn measures(words: [&[u64]; 2], pairs: [&[u64]; 2], folded: [&str; 2]) -> Measures {
    let longer = words[0].len().max(words[1].len());
    let edits = strsim::generic_damerau_levenshtein(words[0], words[1]);
    Measures {
        word_pairs: jaccard(pairs[0], pairs[1]),
        words: jaccard(words[0], words[1]),
        word_edits: if longer == 0 {
            1.0
        } else {
            1.0 - edits as f64 / longer as f64
        },
        character_edits: strsim::normalized_damerau_levenshtein(folded[0], folded[1]),
        character_pairs: strsim::sorensen_dice(folded[0], folded[1]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_those_of_their_definitions() {
        let (left, right) = ([1, 2, 3, 4], [1, 2, 4, 3]);
        let found = measures(
            [&left, &right],
            [&[12, 23, 34], &[12, 24, 43]],
            ["night", "nacht"],
        );
        // One swap of neighbours; one of five pairs; one of eight character pairs, twice.
        assert_eq!((found.word_edits, found.words), (0.75, 1.0));
        assert_eq!((found.word_pairs, found.character_pairs), (0.2, 0.25));
        assert_eq!(found.character_edits, 1.0 - 2.0 / 5.0);
        assert_eq!(jaccard(&[], &[]), 0.0);
    }
}
