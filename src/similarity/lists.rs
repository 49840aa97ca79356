//! For each element the sets that have it among their rarest, a block of elements at a time: those of
//! one list are compared while they are in the processor's cache.

use crate::similarity::Sets;
use crate::similarity::Threshold;
use crate::similarity::sketch::Sketch;

/// A set in the list of an element, with all that tells most sets apart.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    pub(super) sketch: Sketch,
    /// Its place in the order of the sets.
    pub(super) place: u32,
    /// How many elements it has.
    pub(super) size: u32,
    /// How many of its elements are in no other set, with [`LOOKS`].
    alone: u32,
}

/// The element is not rare enough in the set for larger ones to find it here: it only finds others.
const LOOKS: u32 = 1 << 31;

impl Entry {
    /// How many of its elements are in no other set.
    pub(super) fn alone(&self) -> u32 {
        self.alone & !LOOKS
    }

    /// Whether larger sets find it here.
    pub(super) fn is_found(&self) -> bool {
        self.alone & LOOKS == 0
    }
}

/// The lists of some elements.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Where each list begins in `entries`; one more than there are lists.
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

impl Block {
    /// The lists, each by ascending place.
    pub(super) fn lists(&self) -> impl Iterator<Item = &[Entry]> {
        let ends = self.starts.windows(2);
        ends.map(|ends| &self.entries[ends[0] as usize..ends[1] as usize])
    }
}

/// Stands for the next element of a set of which all are done.
const NO_ELEMENT: u32 = u32::MAX;

/// Makes the lists.
pub(super) struct Lists<'a> {
    sets: &'a Sets,
    /// The set in each place: the smallest first.
    ordered: &'a [u32],
    threshold: Threshold,
    /// How long the list of each element is.
    lengths: Vec<u32>,
    /// How many elements of each place's set are done.
    done: Vec<u32>,
    /// The next element of each place's set; one that there is not where all are done.
    waiting: Vec<u32>,
    /// The first element of the next block.
    next: usize,
    /// About so many entries a block.
    block: usize,
}

impl<'a> Lists<'a> {
    /// For sets in places by size. `block` is how many entries a block has; it has a sixteenth of all if that
    /// is more.
    pub(super) fn new(
        sets: &'a Sets,
        ordered: &'a [u32],
        threshold: Threshold,
        block: usize,
    ) -> Self {
        let mut lengths = vec![0; sets.kept()];
        let mut waiting = Vec::with_capacity(ordered.len());
        let mut all = 0;
        for &set in ordered {
            let looked_up = sets.rarest(set, threshold.probe_prefix(sets.size(set)));
            all += looked_up.len();
            waiting.push(looked_up.first().copied().unwrap_or(NO_ELEMENT));
            for &element in looked_up {
                lengths[element as usize] += 1;
            }
        }
        Self {
            sets,
            ordered,
            threshold,
            lengths,
            done: vec![0; ordered.len()],
            waiting,
            next: 0,
            block: block.max(all / 16),
        }
    }

    /// The lists of the next elements; none when all are done.
    pub(super) fn next_block(&mut self) -> Option<Block> {
        if self.next == self.lengths.len() {
            return None;
        }
        let first = self.next;
        // Nothing is compared while the first block is made, so it is a small one.
        let block = match first {
            0 => (self.block / 4).max(1),
            _ => self.block,
        };
        let (mut starts, mut sum) = (vec![0], 0u32);
        while self.next < self.lengths.len() && (sum as usize) < block {
            // A set alone in a list meets no other.
            let length = self.lengths[self.next];
            sum += if length > 1 { length } else { 0 };
            starts.push(sum);
            self.next += 1;
        }
        let mut entries = vec![Entry::default(); sum as usize];
        for (place, next) in (0u32..).zip(&mut self.waiting) {
            if *next as usize >= self.next {
                continue;
            }
            let set = self.ordered[place as usize];
            let done = &mut self.done[place as usize];
            let size = self.sets.size(set);
            let looked_up = self.sets.rarest(set, self.threshold.probe_prefix(size));
            let rest = &looked_up[*done as usize..];
            let found_by = self.sets.rarest(set, self.threshold.index_prefix(size));
            let (sketch, alone) = (self.sets.sketch(set), self.sets.alone(set));
            for &element in rest.iter().take_while(|it| (**it as usize) < self.next) {
                let looks = if (*done as usize) < found_by.len() {
                    0
                } else {
                    LOOKS
                };
                *done += 1;
                if self.lengths[element as usize] < 2 {
                    continue;
                }
                let at = &mut starts[element as usize - first];
                entries[*at as usize] = Entry {
                    sketch,
                    place,
                    size: size as u32,
                    alone: alone | looks,
                };
                *at += 1;
            }
            let first_left = looked_up.get(*done as usize);
            *next = first_left.copied().unwrap_or(NO_ELEMENT);
        }
        // Every start has moved to the next one's place.
        starts.rotate_right(1);
        starts[0] = 0;
        Some(Block { starts, entries })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::similarity::SetsBuilder;

    #[test]
    fn lists_are_made_block_by_block() {
        let mut builder = SetsBuilder::default();
        for set in [&[10, 12, 90][..], &[12], &[], &[10, 11, 12], &[11]] {
            builder.add(set);
        }
        let sets = builder.build();
        let ordered = [2, 1, 4, 0, 3];
        for block in [1, 3, 100] {
            let threshold = Threshold::new(0.3);
            let mut lists = Lists::new(&sets, &ordered, threshold, block);
            let mut found = Vec::new();
            let mut blocks = 0;
            while let Some(block) = lists.next_block() {
                blocks += 1;
                for list in block.lists() {
                    let entry = |it: &Entry| (it.place, it.is_found());
                    found.push(list.iter().map(entry).collect::<Vec<(u32, bool)>>());
                    assert!(list.iter().all(|it| it.alone() == u32::from(it.place == 3)));
                }
            }
            // Ranks: 10 is 0, 11 is 1, 12 is 2.
            let expected = [
                vec![(3, true), (4, true)],
                vec![(2, true), (4, true)],
                vec![(1, true), (3, false), (4, false)],
            ];
            assert_eq!(found, expected);
            assert_eq!(blocks, if block == 100 { 1 } else { 3 - block / 2 });
        }
    }
}
