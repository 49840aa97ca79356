//! Which sets have an element among their rarest: an inverted index with a sketch beside each entry.

use std::ops::Range;

/// 128 bits, each the parity of the elements that fall on it: so many bits as two sketches differ in,
/// so many elements at least are in one set and not in the other.
pub(super) type Sketch = [u64; 2];

/// The sketch of a set.
pub(super) fn sketch(elements: &[u32]) -> Sketch {
    let mut sketch = [0; 2];
    for &element in elements {
        // A multiplicative hash; its seven highest bits.
        let bit = element.wrapping_mul(0x9E37_79B1) >> 25;
        sketch[(bit >> 6) as usize] ^= 1 << (bit & 63);
    }
    sketch
}

/// At least so many elements are in one of the sets and not in the other.
pub(super) fn apart(left: Sketch, right: Sketch) -> u32 {
    (left[0] ^ right[0]).count_ones() + (left[1] ^ right[1]).count_ones()
}

/// For each element the slots of the sets that were put in under it, ascending.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Where the entries of an element begin; one more than there are elements.
    starts: Vec<u32>,
    slots: Vec<u32>,
    /// The first half of each sketch: most sets are told away by it, with half the memory read.
    sketches: Vec<u64>,
    others: Vec<u64>,
}

impl Index {
    /// Puts in a range of slots. `elements_of` gives the elements of a slot to put it in under,
    /// `sketch_of` its sketch; `kept` is one more than the highest element.
    pub(super) fn new<'s>(
        slots: Range<u32>,
        kept: usize,
        elements_of: impl Fn(u32) -> &'s [u32],
        sketch_of: impl Fn(u32) -> Sketch,
    ) -> Self {
        let mut starts = vec![0u32; kept + 1];
        for slot in slots.clone() {
            for &element in elements_of(slot) {
                starts[element as usize] += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        let mut index = Self {
            starts,
            slots: vec![0; sum as usize],
            sketches: vec![0; sum as usize],
            others: vec![0; sum as usize],
        };
        for slot in slots {
            let sketch = sketch_of(slot);
            for &element in elements_of(slot) {
                let at = index.starts[element as usize] as usize;
                index.slots[at] = slot;
                [index.sketches[at], index.others[at]] = sketch;
                index.starts[element as usize] += 1;
            }
        }
        // Every start has moved to the next one's place.
        index.starts.rotate_right(1);
        index.starts[0] = 0;
        index
    }

    /// The entries of an element.
    pub(super) fn entries(&self, element: u32) -> Entries<'_> {
        let range =
            self.starts[element as usize] as usize..self.starts[element as usize + 1] as usize;
        Entries {
            slots: &self.slots[range.clone()],
            sketches: &self.sketches[range.clone()],
            others: &self.others[range],
        }
    }
}

/// Entries of the index: slots, ascending, and their sketches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entries<'a> {
    pub(super) slots: &'a [u32],
    sketches: &'a [u64],
    others: &'a [u64],
}

impl<'a> Entries<'a> {
    /// Those whose slot lies in a range.
    pub(super) fn within(self, slots: Range<u32>) -> Self {
        let from = self.slots.partition_point(|&slot| slot < slots.start);
        let to = from + self.slots[from..].partition_point(|&slot| slot < slots.end);
        Self {
            slots: &self.slots[from..to],
            sketches: &self.sketches[from..to],
            others: &self.others[from..to],
        }
    }

    /// The slots of those whose sketch does not differ from another one in more than `most` bits.
    pub(super) fn near(self, sketch: Sketch, most: u32) -> impl Iterator<Item = u32> + 'a {
        let first = sketch[0];
        self.sketches
            .iter()
            .enumerate()
            .filter(move |(_, half)| (first ^ **half).count_ones() <= most)
            .filter(move |(at, half)| apart(sketch, [**half, self.others[*at]]) <= most)
            .map(move |(at, _)| self.slots[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_by_element_and_slot() {
        let sets: [&[u32]; 4] = [&[0, 2], &[2], &[], &[0, 1, 2]];
        let of = |slot: u32| sets[slot as usize];
        let index = Index::new(0..4, 3, of, |slot| sketch(of(slot)));
        assert_eq!(index.entries(0).slots, [0, 3]);
        assert_eq!(index.entries(1).slots, [3]);
        assert_eq!(index.entries(2).slots, [0, 1, 3]);
        assert_eq!(index.entries(2).within(1..3).slots, [1]);
        let near = index.entries(2).near(sketch(&[2]), 1);
        assert_eq!(near.collect::<Vec<u32>>(), [0, 1]);
    }

    #[test]
    fn a_sketch_never_says_that_sets_are_further_apart_than_they_are() {
        let left: Vec<u32> = (0..60).collect();
        for skip in 0..60 {
            let right: Vec<u32> = (skip..60 + skip / 2).collect();
            let truth = left.iter().filter(|x| !right.contains(x)).count()
                + right.iter().filter(|x| !left.contains(x)).count();
            assert!(apart(sketch(&left), sketch(&right)) as usize <= truth);
        }
    }
}
