//! Values that a mail merge fills in, found among the words of a text and masked.

use crate::similarity::normal::SEED;
use crate::similarity::normal::Word;
use crate::similarity::normal::mix;

/// Values to look for, each of one or several words, and the numbers of the masks to put in their place.
#[derive(Clone, Debug, Default)]
pub struct Masks {
    hashes: Vec<u64>,
    /// Where each value ends in `hashes`, and the number of its mask.
    values: Vec<(usize, u8)>,
    /// A bit for each word that a value may begin with: most words begin none.
    first: u64,
}

/// The bit of a word among 64.
fn bit(hash: u64) -> u64 {
    1 << (hash >> 58)
}

impl Masks {
    /// Forgets all values and keeps the memory.
    pub fn clear(&mut self) {
        self.hashes.clear();
        self.values.clear();
        self.first = 0;
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Adds a value, given by the hashes of its words, with the number of its mask, from 1. Where
    /// several fit at one place the first is taken, so longer ones go first. No words are no value.
    pub fn add(&mut self, words: impl IntoIterator<Item = u64>, number: u8) {
        let before = self.hashes.len();
        self.hashes.extend(words);
        if let Some(&first) = self.hashes.get(before) {
            self.values.push((self.hashes.len(), number));
            self.first |= bit(first);
            if self.hashes.len() == before + 1 {
                self.first |= bit(possessive(first));
            }
        }
    }

    /// The first value that stands at the start of some words: how many words, and its mask. Its last
    /// word may be a possessive: "Acme's", of which an apostrophe leaves "acmes".
    fn at(&self, words: &[Word]) -> Option<(usize, u8)> {
        if bit(words.first()?.hash) & self.first == 0 {
            return None;
        }
        let mut start = 0;
        for &(end, number) in &self.values {
            let value = &self.hashes[start..end];
            start = end;
            let (Some((last, before)), Some(word)) =
                (value.split_last(), words.get(value.len() - 1))
            else {
                continue;
            };
            let fits = (word.hash == *last || word.hash == possessive(*last))
                && before
                    .iter()
                    .zip(words)
                    .all(|(hash, word)| *hash == word.hash);
            if fits {
                return Some((value.len(), number));
            }
        }
        None
    }
}

/// The hash of a word with an "s" at its end.
fn possessive(word: u64) -> u64 {
    mix(word, u64::from(b's'))
}

/// Puts masks in place of the values that they stand for, where `may` says so of the words there.
pub fn mask(words: &mut Vec<Word>, masks: &Masks, may: impl Fn(&[Word], u8) -> bool) {
    if masks.is_empty() {
        return;
    }
    let (mut read, mut write) = (0, 0);
    while read < words.len() {
        let found = masks
            .at(&words[read..])
            .filter(|&(length, number)| may(&words[read..read + length], number));
        words[write] = match found {
            Some((length, number)) => masked(&words[read..read + length], number),
            None => words[read],
        };
        read += found.map_or(1, |(length, _)| length);
        write += 1;
    }
    words.truncate(write);
}

/// Whether [`mask`] would put a mask anywhere.
pub fn is_any_masked(words: &[Word], masks: &Masks, may: impl Fn(&[Word], u8) -> bool) -> bool {
    (0..words.len()).any(|at| {
        let found = masks.at(&words[at..]);
        found.is_some_and(|(length, number)| may(&words[at..at + length], number))
    })
}

/// A mask in place of some words; there must be at least one.
pub fn masked(words: &[Word], number: u8) -> Word {
    let last = words[words.len() - 1];
    Word {
        hash: mix(SEED, u64::from(number) << 40),
        start: words[0].start,
        end: last.end,
        mask: number,
        behind: last.behind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::similarity::testing::cut;
    use crate::similarity::testing::hashes;

    #[test]
    fn masks_take_the_first_that_fits() {
        let mut masks = Masks::default();
        for (value, number) in [("ana silva", 1), ("ana", 1), ("acme", 2), ("", 2)] {
            masks.add(hashes(value), number);
        }
        let masked = |text: &str| {
            let mut all = cut(text);
            mask(&mut all, &masks, |_, _| true);
            all
        };
        let found = masked("Hi Ana Silva, Ana of ACME says hi, Ana's Anasta");
        assert_eq!(
            found.iter().map(|word| word.mask).collect::<Vec<u8>>(),
            [0, 1, 1, 0, 2, 0, 0, 1, 0]
        );
        assert_eq!((found[1].start, found[1].end), (3, 12));
        assert_eq!(found[1].hash, found[2].hash);
        assert_ne!(found[1].hash, found[4].hash);
    }

    #[test]
    fn whether_there_is_a_value_is_told_without_masking() {
        let mut masks = Masks::default();
        masks.add(hashes("ana silva"), 1);
        masks.add(hashes("acme"), 2);
        let any =
            |text: &str, number: u8| is_any_masked(&cut(text), &masks, |_, found| found == number);
        assert!(any("hi ana silva", 1) && any("all of acmes posts", 2));
        assert!(!any("hi ana silva", 2) && !any("hi ana", 1) && !any("", 1));
    }
}
