//! How alike texts are: pure arithmetic over words, sets of word pairs, and alignments.
//! Knows nothing of notes, rules or files.
//!
//! The measure is the Jaccard index of two texts' sets of word pairs: the pairs that both have,
//! divided by the pairs that either has. Words are compared in a normal form ([`words`]), and values
//! that a mail merge fills in (the reader's name, the company) can be masked before ([`mask`]), so
//! that "Hi Ana, ..." and "Hi Ben, ..." are the same text.
//!
//! [`components`] is exact: two texts are in one component if and only if a chain of texts leads from
//! one to the other in which each is at least as similar to the next as the threshold says. It is a
//! set-similarity join with prefix and length filters (Chaudhuri et al. 2006; Bayardo et al.,
//! "AllPairs", 2007; compared by Mann, Augsten and Bouros, PVLDB 9, 2016), which keeps only who
//! belongs together: the number of similar pairs may be quadratic, the answer never is.

mod align;
mod best;
mod dictionary;
mod index;
mod join;
mod leaders;
mod lists;
mod masks;
mod measure;
mod normal;
mod pairs;
mod sets;
mod skeleton;
mod sketch;
mod threshold;
mod union_find;

pub use align::align;
pub use best::Best;
pub use best::best_matches;
pub use best::nearest;
pub use join::components;
pub use masks::Masks;
pub use masks::is_any_masked;
pub use masks::mask;
pub use masks::masked;
pub use measure::Measures;
pub use measure::jaccard;
pub use measure::measures;
pub use normal::Behind;
pub use normal::Word;
pub use normal::sequence_hash;
pub use normal::words;
pub use pairs::pair_hash;
pub use pairs::pairs;
pub use sets::Sets;
pub use sets::SetsBuilder;
pub use skeleton::Fit;
pub use skeleton::Piece;
pub use skeleton::Shape;
pub use skeleton::Skeleton;
pub use skeleton::skeleton;
pub use threshold::Threshold;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
