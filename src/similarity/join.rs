//! Which sets belong together: the connected components of "at least as similar as the threshold".
//!
//! Exact, and never quadratic in what it keeps. For any two sets that are alike, the larger one has
//! among its rarest elements (its probe prefix) one of the smaller one's rarest (its index prefix), so
//! it is enough to look those up. A sketch in the index tells most candidates away before the sets are
//! compared; sets that are in one component already need not be compared at all. A large component,
//! such as a template sent to thousands, is passed over as a whole where a set lacks too many of
//! the elements that all its members have.

use std::ops::Range;

use rayon::prelude::*;

use crate::similarity::Sets;
use crate::similarity::Threshold;
use crate::similarity::index::Entries;
use crate::similarity::index::Index;
use crate::similarity::index::Sketch;
use crate::similarity::index::sketch;
use crate::similarity::leaders::are_alike;
use crate::similarity::leaders::join_by_leaders;
use crate::similarity::union_find::UnionFind;

/// Sizes that change the cost, never the outcome.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tuning {
    /// From so many sets on, the first pass's components are passed over as a whole.
    pub(super) large: usize,
    /// So many sets are in the index at a time: bounds its memory.
    pub(super) block: u32,
}

const TUNING: Tuning = Tuning {
    large: 300,
    block: 1 << 18,
};

/// The component of each of the sets that `members` names (each once), as the lowest position in
/// `members` of those in it. Empty sets are alone.
pub fn components(sets: &Sets, members: &[u32], threshold: Threshold) -> Vec<u32> {
    components_tuned(sets, members, threshold, TUNING)
}

pub(super) fn components_tuned(
    sets: &Sets,
    members: &[u32],
    threshold: Threshold,
    tuning: Tuning,
) -> Vec<u32> {
    let components = UnionFind::new(members.len());
    join_by_leaders(sets, members, threshold, &components);
    let join = Join::new(sets, members, threshold, &components, tuning);
    let plain = join.plain;
    let all = members.len() as u32;
    let mut begin = 0;
    while begin < plain {
        let end = (begin + tuning.block).min(plain);
        join.block(begin..end);
        begin = end;
    }
    if plain < all {
        join.block(plain..all);
    }
    (0..all).map(|position| components.find(position)).collect()
}

/// Bits for elements, to count how many of a component's common elements a set lacks.
type Bits = [u64; 4];

fn bits(elements: &[u32]) -> Bits {
    let mut bits = [0; 4];
    for &element in elements {
        let bit = element.wrapping_mul(0x85EB_CA6B) >> 24;
        bits[(bit >> 6) as usize] |= 1 << (bit & 63);
    }
    bits
}

/// A large component of the first pass.
struct Large {
    /// The first slot behind its members.
    end: u32,
    /// The elements that all of them have.
    core: Bits,
}

/// The sets in slots: first the plain ones by size, then the members of large components, component
/// by component, each by size. A set is compared with those before it by (size, slot).
struct Join<'a> {
    sets: &'a Sets,
    members: &'a [u32],
    threshold: Threshold,
    components: &'a UnionFind,
    /// The position in `members` of each slot.
    order: Vec<u32>,
    sketches: Vec<Sketch>,
    /// How many slots are plain.
    plain: u32,
    /// For each size the first plain slot of a set at least as large; one more at the end.
    first_of_size: Vec<u32>,
    large: Vec<Large>,
    /// The large component of each slot behind the plain ones.
    large_of: Vec<u32>,
}

impl<'a> Join<'a> {
    fn new(
        sets: &'a Sets,
        members: &'a [u32],
        threshold: Threshold,
        components: &'a UnionFind,
        tuning: Tuning,
    ) -> Self {
        let size = |position: u32| sets.size(members[position as usize]);
        let (mut order, groups) = split(sets, members, components, tuning.large);
        order.sort_by_key(|&position| size(position));
        let plain = order.len() as u32;
        let largest = order.last().map_or(0, |&position| size(position));
        let first_of_size = (0..=largest + 1)
            .map(|least| order.partition_point(|&position| size(position) < least) as u32)
            .collect();
        let (mut large, mut large_of) = (Vec::new(), Vec::new());
        for (mut group, core) in groups {
            group.sort_by_key(|&position| size(position));
            large_of.extend(group.iter().map(|_| large.len() as u32));
            order.append(&mut group);
            large.push(Large {
                end: order.len() as u32,
                core: bits(&core),
            });
        }
        let sketches = order
            .par_iter()
            .with_min_len(1024)
            .map(|&position| sketch(sets.shared(members[position as usize])))
            .collect();
        Self {
            sets,
            members,
            threshold,
            components,
            order,
            sketches,
            plain,
            first_of_size,
            large,
            large_of,
        }
    }

    fn set(&self, slot: u32) -> u32 {
        self.members[self.order[slot as usize] as usize]
    }

    /// Compares every set with the sets of a range of slots.
    fn block(&self, slots: Range<u32>) {
        let prefix = |slot: u32| {
            let set = self.set(slot);
            let size = self.sets.size(set);
            self.sets.rarest(set, self.threshold.index_prefix(size))
        };
        let sketch_of = |slot: u32| self.sketches[slot as usize];
        let index = Index::new(slots.clone(), self.sets.kept(), prefix, sketch_of);
        (0..self.order.len() as u32)
            .into_par_iter()
            .with_min_len(512)
            .for_each(|slot| {
                if slots.start < self.plain {
                    self.probe_plain(slot, &slots, &index);
                } else {
                    self.probe_large(slot, &index);
                }
            });
    }

    /// Compares a set with the plain ones in a block.
    fn probe_plain(&self, slot: u32, block: &Range<u32>, index: &Index) {
        let set = self.set(slot);
        let size = self.sets.size(set);
        let first_of = |size: usize| {
            let last = self.first_of_size.len() - 1;
            self.first_of_size[size.min(last)]
        };
        // Of the same size, a plain set stands before a member of a large component.
        let end = if slot < self.plain {
            slot
        } else {
            first_of(size + 1)
        };
        let from = first_of(self.threshold.smallest(size)).max(block.start);
        let to = end.min(block.end);
        if from >= to {
            return;
        }
        for &element in self.sets.rarest(set, self.threshold.probe_prefix(size)) {
            self.compare(slot, index.entries(element).within(from..to));
        }
    }

    /// Compares a set with the members of large components.
    fn probe_large(&self, slot: u32, index: &Index) {
        let set = self.set(slot);
        let size = self.sets.size(set);
        let own = bits(self.sets.shared(set));
        let most = self.threshold.most_beyond(size);
        for &element in self.sets.rarest(set, self.threshold.probe_prefix(size)) {
            let mut rest = index.entries(element);
            while let Some(&first) = rest.slots.first() {
                let large = &self.large[self.large_of[(first - self.plain) as usize] as usize];
                let run = rest.within(first..large.end);
                rest = rest.within(large.end..u32::MAX);
                let lacking: u32 = large
                    .core
                    .iter()
                    .zip(own)
                    .map(|(core, own)| (core & !own).count_ones())
                    .sum();
                let position = self.order[slot as usize];
                if lacking > most || self.components.joined(position, self.order[first as usize]) {
                    continue;
                }
                self.compare(slot, run);
            }
        }
    }

    /// Compares a set with those of some entries that stand before it.
    fn compare(&self, slot: u32, entries: Entries<'_>) {
        let set = self.set(slot);
        let size = self.sets.size(set);
        let position = self.order[slot as usize];
        let most = self.threshold.most_apart(size);
        for other in entries.near(self.sketches[slot as usize], most) {
            let other_set = self.set(other);
            let before = (self.sets.size(other_set), other) < (size, slot);
            let other = self.order[other as usize];
            if before
                && !self.components.joined(position, other)
                && are_alike(self.sets, set, other_set, self.threshold)
            {
                self.components.join(position, other);
            }
        }
    }
}

/// Positions and the elements that all of them have.
type Group = (Vec<u32>, Vec<u32>);

/// Splits the members into plain ones and large components. A member of a large component that lacks one of its
/// common elements is plain.
fn split(
    sets: &Sets,
    members: &[u32],
    components: &UnionFind,
    large: usize,
) -> (Vec<u32>, Vec<Group>) {
    let all = members.len() as u32;
    let roots: Vec<u32> = (0..all).map(|position| components.find(position)).collect();
    let mut sizes = vec![0u32; members.len()];
    for &root in &roots {
        sizes[root as usize] += 1;
    }
    let mut plain = Vec::new();
    let mut groups: Vec<(u32, u32)> = Vec::new();
    for position in 0..all {
        let root = roots[position as usize];
        if (sizes[root as usize] as usize) < large {
            plain.push(position);
        } else {
            groups.push((root, position));
        }
    }
    groups.sort_unstable();
    let mut found = Vec::new();
    for group in groups.chunk_by(|a, b| a.0 == b.0) {
        let set = |position: u32| sets.shared(members[position as usize]);
        let core = core(group.iter().map(|&(_, position)| set(position)));
        let has_core = |position: &u32| {
            !core.is_empty()
                && core
                    .iter()
                    .all(|element| set(*position).binary_search(element).is_ok())
        };
        let positions = group.iter().map(|&(_, position)| position);
        let (members, others): (Vec<u32>, Vec<u32>) = positions.partition(has_core);
        plain.extend(others);
        if !members.is_empty() {
            found.push((members, core));
        }
    }
    (plain, found)
}

/// The elements that at least nine of ten sets have.
fn core<'s>(sets: impl ExactSizeIterator<Item = &'s [u32]>) -> Vec<u32> {
    let count = sets.len();
    let mut counts: rustc_hash::FxHashMap<u32, usize> = rustc_hash::FxHashMap::default();
    for &element in sets.flatten() {
        *counts.entry(element).or_default() += 1;
    }
    let mut core: Vec<u32> = counts
        .into_iter()
        .filter(|(_, found)| found * 10 >= count * 9)
        .map(|(element, _)| element)
        .collect();
    core.sort_unstable();
    core
}
