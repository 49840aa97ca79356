//! Which sets have an element among their rarest: an inverted index with a sketch in each entry.

use std::ops::Range;

use crate::similarity::Sets;
use crate::similarity::sketch::Sketch;
use crate::similarity::sketch::apart;

/// A set that was put in under an element, with all that tells most sets away: it is read at once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    sketch: Sketch,
    /// Its number in the index.
    pub(super) slot: u32,
    /// How many of its elements are in no other set.
    alone: u32,
}

/// For each element the entries of the sets that were put in under it, by ascending slot.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Where the entries of an element begin; one more than there are elements.
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

impl Index {
    /// Puts in a range of slots. `elements_of` gives the elements of a slot to put it in under, `set_of`
    /// its set.
    pub(super) fn new<'s>(
        slots: Range<u32>,
        sets: &'s Sets,
        elements_of: impl Fn(u32) -> &'s [u32],
        set_of: impl Fn(u32) -> u32,
    ) -> Self {
        let mut starts = vec![0u32; sets.kept() + 1];
        for slot in slots.clone() {
            for &element in elements_of(slot) {
                starts[element as usize] += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        let mut entries = vec![Entry::default(); sum as usize];
        for slot in slots {
            let set = set_of(slot);
            let entry = Entry {
                sketch: sets.sketch(set),
                slot,
                alone: sets.alone(set),
            };
            for &element in elements_of(slot) {
                let at = &mut starts[element as usize];
                entries[*at as usize] = entry;
                *at += 1;
            }
        }
        // Every start has moved to the next one's place.
        starts.rotate_right(1);
        starts[0] = 0;
        Self { starts, entries }
    }

    /// The entries of an element.
    pub(super) fn entries(&self, element: u32) -> Entries<'_> {
        let (from, to) = (
            self.starts[element as usize],
            self.starts[element as usize + 1],
        );
        Entries(&self.entries[from as usize..to as usize])
    }
}

/// Up to so many entries are looked at one by one, which is quicker than looking for the first of them.
const FEW: usize = 256;

/// Entries of the index, by ascending slot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entries<'a>(pub(super) &'a [Entry]);

impl<'a> Entries<'a> {
    /// Those before a slot, and the others.
    pub(super) fn split(self, slot: u32) -> (Self, Self) {
        let (before, behind) = self
            .0
            .split_at(self.0.partition_point(|entry| entry.slot < slot));
        (Self(before), Self(behind))
    }

    /// The slots within a range of those sets that may have no more than `most` elements apart from the set
    /// of a sketch, in either, as far as sketches tell.
    pub(super) fn near(
        self,
        slots: Range<u32>,
        sketch: Sketch,
        most: u32,
    ) -> impl Iterator<Item = u32> + 'a {
        let entries = match self.0.len() > FEW {
            true => self.split(slots.start).1,
            false => self,
        };
        // Half a sketch tells most of them away.
        let first = sketch[0];
        entries
            .0
            .iter()
            .take_while(move |entry| entry.slot < slots.end)
            .filter(move |entry| (first ^ entry.sketch[0]).count_ones() + entry.alone <= most)
            .filter(move |entry| apart(sketch, entry.sketch) + entry.alone <= most)
            .map(|entry| entry.slot)
            .filter(move |slot| slots.start <= *slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::similarity::SetsBuilder;
    use crate::similarity::sketch::sketch;

    #[test]
    fn entries_are_found_by_element_and_slot() {
        let mut builder = SetsBuilder::default();
        for set in [&[10, 12, 90][..], &[12], &[], &[10, 11, 12], &[11]] {
            builder.add(set);
        }
        let sets = builder.build();
        let index = Index::new(0..5, &sets, |slot| sets.shared(slot), |slot| slot);
        // Ranks: 10 is 0, 11 is 1, 12 is 2.
        let slots = |entries: Entries<'_>| entries.0.iter().map(|entry| entry.slot).collect();
        let of = |element: u32| -> Vec<u32> { slots(index.entries(element)) };
        assert_eq!(of(0), [0, 3]);
        assert_eq!(of(1), [3, 4]);
        assert_eq!(of(2), [0, 1, 3]);
        let (before, behind) = index.entries(2).split(1);
        assert_eq!((slots(before), slots(behind)), (vec![0], vec![1, 3]));
        let near = |slots: Range<u32>, most: u32| -> Vec<u32> {
            let near = index.entries(2).near(slots, sketch(&[2]), most);
            near.collect()
        };
        assert_eq!(near(0..5, 2), [0, 1, 3]);
        assert_eq!(near(0..2, 2), [0, 1]);
        // The set of slot 0 has an element of its own besides.
        assert_eq!(near(0..2, 1), [1]);
        assert_eq!(near(1..5, 0), [1]);
    }
}
