//! Which sets belong together: the connected components of "at least as similar as the threshold".
//!
//! Exact, and never quadratic in what it keeps. For any two sets that are alike, the larger one has
//! among its rarest elements (its probe prefix) one of the smaller one's rarest (its index prefix), so
//! it is enough to compare the sets that meet in the list of an element. A sketch tells most of them apart
//! before the sets themselves are looked at; sets that are in one component already need not be compared
//! at all. A large component, such as a template sent to thousands, is passed over as a whole where a
//! set lacks too many of the elements that nearly all its members have.

use std::ops::Range;

use rayon::prelude::*;

use crate::similarity::Sets;
use crate::similarity::Threshold;
use crate::similarity::leaders::join_by_leaders;
use crate::similarity::lists::Block;
use crate::similarity::lists::Entry;
use crate::similarity::lists::Lists;
use crate::similarity::sketch::Sketch;
use crate::similarity::sketch::apart;
use crate::similarity::union_find::UnionFind;

/// Sizes that change the cost, never the outcome.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tuning {
    /// From so many sets on, the first pass's components are passed over as a whole.
    pub(super) large: usize,
    /// About so many entries are in the lists at a time, or a sixteenth of all: bounds their memory.
    pub(super) block: usize,
}

const TUNING: Tuning = Tuning {
    large: 40,
    block: 1 << 16,
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
    let join = Join::new(sets, members, threshold, &components, tuning.large);
    let mut lists = Lists::new(sets, &join.ordered, threshold, tuning.block);
    let mut block = lists.next_block();
    while let Some(lot) = block {
        ((), block) = rayon::join(|| join.compare(&lot), || lists.next_block());
    }
    (0..members.len() as u32)
        .map(|position| components.find(position))
        .collect()
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

/// How many of a component's common elements a set lacks, at least.
fn lacking(core: &Bits, own: &Bits) -> u32 {
    let pairs = core.iter().zip(own);
    pairs.map(|(core, own)| (core & !own).count_ones()).sum()
}

/// What the members of a large component have in common.
#[derive(Debug)]
struct Core {
    bits: Bits,
    /// The most elements of it that a member lacks.
    lacked: u32,
}

/// Stands for no large component.
const PLAIN: u32 = u32::MAX;

/// Sets in places by size. A set is compared with those before it.
struct Join<'a> {
    sets: &'a Sets,
    threshold: Threshold,
    components: &'a UnionFind,
    /// The position of each place's set among the members.
    order: Vec<u32>,
    /// The set in each place.
    ordered: Vec<u32>,
    /// What holds for sets of each size.
    bounds: Vec<Bounds>,
    /// The common elements of each large component.
    cores: Vec<Core>,
    /// The large component that each place's set is in, or [`PLAIN`]; empty where there is none.
    large_of: Vec<u32>,
    /// The elements of each place's set, where there are large components.
    bits: Vec<Bits>,
}

/// How far other sets, not larger, may be from one of some size and still be like it.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    /// The first place of a set that is large enough.
    from: u32,
    /// The most elements that are in one of both only.
    apart: u32,
    /// The most elements that the other one has besides.
    beyond: u32,
}

/// A set that is compared with others.
struct Probe<'e> {
    entry: &'e Entry,
    bounds: Bounds,
    /// The most elements that another one may lack or have besides, less those that only this set has.
    most: u32,
}

/// What is needed for one list, kept for the next one.
#[derive(Default)]
struct Scratch {
    /// Where in the list those stand that are no members of large components and may be found here.
    plain: Vec<u32>,
    /// The first half of the sketch of each of them: it tells most of them away.
    first: Vec<u64>,
    /// How many elements each of them has alone.
    alone: Vec<u32>,
    /// Members of large components that may be found here: the component, and where they stand.
    large: Vec<(u32, u32)>,
    /// Those of one component each, as ranges of `large`.
    runs: Vec<Range<u32>>,
}

impl Scratch {
    fn clear(&mut self) {
        self.plain.clear();
        self.first.clear();
        self.alone.clear();
        self.large.clear();
        self.runs.clear();
    }

    /// Puts the members of large components together by component.
    fn gather(&mut self) {
        self.large.sort_unstable();
        let mut start = 0;
        for run in self.large.chunk_by(|a, b| a.0 == b.0) {
            let end = start + run.len() as u32;
            self.runs.push(start..end);
            start = end;
        }
    }

    /// Those of a range of the plain ones that may be no further from a sketch than `most`, by the first half.
    fn near(&self, range: Range<usize>, sketch: Sketch, most: u32, mut found: impl FnMut(u32)) {
        const TOGETHER: usize = 8;
        let first = self.first[range.clone()].chunks(TOGETHER);
        let alone = self.alone[range.clone()].chunks(TOGETHER);
        for (lot, (first, alone)) in first.zip(alone).enumerate() {
            let mut near = 0u32;
            for (at, (first, alone)) in first.iter().zip(alone).enumerate() {
                let differ = (first ^ sketch[0]).count_ones();
                near |= u32::from(differ + alone <= most) << at;
            }
            while near != 0 {
                let at = near.trailing_zeros() as usize;
                found(self.plain[range.start + lot * TOGETHER + at]);
                near &= near - 1;
            }
        }
    }
}

/// Lists longer than this are shared between threads, by so many probes.
const LONG: usize = 1024;

impl<'a> Join<'a> {
    fn new(
        sets: &'a Sets,
        members: &'a [u32],
        threshold: Threshold,
        components: &'a UnionFind,
        large: usize,
    ) -> Self {
        let size = |position: u32| sets.size(members[position as usize]);
        let groups = large_groups(sets, members, components, large);
        let mut group_of = vec![PLAIN; if groups.is_empty() { 0 } else { members.len() }];
        for (number, group) in (0u32..).zip(&groups) {
            for &position in &group.members {
                group_of[position as usize] = number;
            }
        }
        let mut order: Vec<u32> = (0..members.len() as u32).collect();
        order.par_sort_by_key(|&position| size(position));
        let largest = order.last().map_or(0, |&position| size(position));
        let bounds = (0..=largest)
            .map(|of| {
                let least = threshold.smallest(of);
                Bounds {
                    from: order.partition_point(|&position| size(position) < least) as u32,
                    apart: threshold.most_apart(of),
                    beyond: threshold.most_beyond(of),
                }
            })
            .collect();
        let ordered: Vec<u32> = order.iter().map(|&at| members[at as usize]).collect();
        let large_of: Vec<u32> = match groups.is_empty() {
            true => Vec::new(),
            false => order.iter().map(|&at| group_of[at as usize]).collect(),
        };
        let bits_of = |set: &u32| bits(sets.shared(*set));
        let bits = match groups.is_empty() {
            true => Vec::new(),
            false => ordered.par_iter().map(bits_of).collect(),
        };
        Self {
            sets,
            threshold,
            components,
            order,
            ordered,
            bounds,
            cores: groups.into_iter().map(|group| group.core).collect(),
            large_of,
            bits,
        }
    }

    /// The large component that a place's set is in.
    fn large_at(&self, place: u32) -> Option<u32> {
        let large = self.large_of.get(place as usize);
        large.copied().filter(|large| *large != PLAIN)
    }

    /// Compares the sets that meet in some lists.
    fn compare(&self, block: &Block) {
        let mut tasks: Vec<(&[Entry], Range<usize>)> = Vec::new();
        for list in block.lists() {
            let starts = (1..list.len()).step_by(LONG);
            tasks.extend(starts.map(|start| (list, start..(start + LONG).min(list.len()))));
        }
        tasks.into_par_iter().with_min_len(16).for_each_init(
            Scratch::default,
            |scratch, (list, probes)| {
                self.compare_list(list, probes, scratch);
            },
        );
    }

    /// Compares some sets of a list with those before them.
    fn compare_list(&self, list: &[Entry], probes: Range<usize>, scratch: &mut Scratch) {
        scratch.clear();
        for (at, entry) in (0u32..).zip(&list[..probes.end]) {
            if !entry.is_found() {
                continue;
            }
            if let Some(large) = self.large_at(entry.place) {
                scratch.large.push((large, at));
            } else {
                scratch.plain.push(at);
                scratch.first.push(entry.sketch[0]);
                scratch.alone.push(entry.alone());
            }
        }
        scratch.gather();
        let before = |at: usize| scratch.plain.partition_point(|it| (*it as usize) < at);
        let (mut from, mut end) = (0, before(probes.start));
        for at in probes {
            while scratch.plain.get(end).is_some_and(|it| (*it as usize) < at) {
                end += 1;
            }
            if end == 0 && scratch.large.is_empty() {
                continue;
            }
            let Some(probe) = self.probe(&list[at]) else {
                continue;
            };
            let place = |plain: u32| list[plain as usize].place;
            while from < end && place(scratch.plain[from]) < probe.bounds.from {
                from += 1;
            }
            scratch.near(from..end, probe.entry.sketch, probe.most, |other| {
                self.compare_pair(&probe, &list[other as usize]);
            });
            for run in &scratch.runs {
                let run = &scratch.large[run.start as usize..run.end as usize];
                self.compare_run(&probe, &list[..at], run);
            }
        }
    }

    /// Compares a set with those members of a large component that stand before it.
    fn compare_run(&self, probe: &Probe<'_>, before: &[Entry], run: &[(u32, u32)]) {
        let Some(&(large, first)) = run.first() else {
            return;
        };
        let place = probe.entry.place as usize;
        let (Some(first), false) = (before.get(first as usize), self.large_of[place] == large)
        else {
            return;
        };
        let core = &self.cores[large as usize];
        // A member has what the probe lacks of the core, but for what the member lacks itself.
        if lacking(&core.bits, &self.bits[place]) > probe.bounds.beyond + core.lacked
            || self
                .components
                .joined(self.order[place], self.order[first.place as usize])
        {
            return;
        }
        for (_, at) in run {
            match before.get(*at as usize) {
                Some(other) if other.place >= probe.bounds.from => self.compare_pair(probe, other),
                Some(_) => {}
                None => break,
            }
        }
    }

    /// A set that is compared with others; none if all that it has alone keeps it from being like any.
    fn probe<'e>(&self, entry: &'e Entry) -> Option<Probe<'e>> {
        let bounds = self.bounds[entry.size as usize];
        Some(Probe {
            entry,
            bounds,
            most: bounds.apart.checked_sub(entry.alone())?,
        })
    }

    /// Joins a set with one before it if they are alike.
    fn compare_pair(&self, probe: &Probe<'_>, other: &Entry) {
        if apart(probe.entry.sketch, other.sketch) + other.alone() > probe.most {
            return;
        }
        let [place, other] = [probe.entry.place, other.place].map(|place| place as usize);
        let (position, before) = (self.order[place], self.order[other]);
        let (set, set_before) = (self.ordered[place], self.ordered[other]);
        if !self.components.joined(position, before)
            && self.sets.are_alike(set, set_before, self.threshold)
        {
            self.components.join(position, before);
        }
    }
}

/// The members of a large component that have nearly all its common elements, by their positions.
struct Group {
    members: Vec<u32>,
    core: Core,
}

/// A member may lack one in so many of the common elements.
const MAY_LACK: usize = 4;

/// The large components of the first pass.
fn large_groups(sets: &Sets, members: &[u32], components: &UnionFind, large: usize) -> Vec<Group> {
    let all = members.len() as u32;
    let roots: Vec<u32> = (0..all).map(|position| components.find(position)).collect();
    let mut sizes = vec![0u32; members.len()];
    for &root in &roots {
        sizes[root as usize] += 1;
    }
    let mut groups: Vec<(u32, u32)> = Vec::new();
    for (position, &root) in (0u32..).zip(&roots) {
        if sizes[root as usize] as usize >= large {
            groups.push((root, position));
        }
    }
    groups.sort_unstable();
    let groups: Vec<&[(u32, u32)]> = groups.chunk_by(|a, b| a.0 == b.0).collect();
    let found = groups.into_par_iter().map(|group| {
        let set = |position: u32| sets.shared(members[position as usize]);
        let core = core(group.iter().map(|&(_, position)| set(position)));
        let lacks = |position: u32| -> usize {
            let set = set(position);
            let lacks = |element: &&u32| set.binary_search(element).is_err();
            core.iter().filter(lacks).count()
        };
        let mut lacked = 0;
        let positions = group.iter().map(|&(_, position)| position);
        let is_member = |position: &u32| {
            let lacks = lacks(*position);
            let is_member = lacks * MAY_LACK <= core.len();
            lacked = lacked.max(if is_member { lacks as u32 } else { 0 });
            is_member
        };
        let members: Vec<u32> = positions.filter(is_member).collect();
        (!members.is_empty() && !core.is_empty()).then(|| Group {
            members,
            core: Core {
                bits: bits(&core),
                lacked,
            },
        })
    });
    found.flatten().collect()
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
