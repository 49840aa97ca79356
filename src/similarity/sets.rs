//! Many sets of elements in little memory: 4 bytes an element that another set has too.

use rayon::prelude::*;

use crate::similarity::Threshold;
use crate::similarity::dictionary::Dictionary;
use crate::similarity::sketch::Sketch;
use crate::similarity::sketch::apart;
use crate::similarity::sketch::sketch;

/// Sets, their elements numbered by how rare they are: 0 is the rarest. Elements that only one set has
/// are counted in its size but not kept, since they are in no intersection.
#[derive(Debug, Default)]
pub struct Sets {
    /// Where each set begins in `elements`; one more than there are sets.
    starts: Vec<usize>,
    /// Ascending within each set.
    elements: Vec<u32>,
    sizes: Vec<u32>,
    /// A sketch of the kept elements of each set.
    sketches: Vec<Sketch>,
    /// How many different elements are kept.
    kept: u32,
}

impl Sets {
    /// How many sets there are.
    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Whether there is no set.
    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    /// How many elements a set has.
    pub fn size(&self, set: u32) -> usize {
        self.sizes[set as usize] as usize
    }

    /// The elements of a set that other sets may have too, the rarest first.
    pub(super) fn shared(&self, set: u32) -> &[u32] {
        let set = set as usize;
        &self.elements[self.starts[set]..self.starts[set + 1]]
    }

    /// The rarest elements of a set: its first `count`, less those that no other set has.
    pub(super) fn rarest(&self, set: u32, count: usize) -> &[u32] {
        let shared = self.shared(set);
        let alone = self.size(set) - shared.len();
        &shared[..count.saturating_sub(alone).min(shared.len())]
    }

    /// How many elements of a set are in no other.
    pub(super) fn alone(&self, set: u32) -> u32 {
        (self.size(set) - self.shared(set).len()) as u32
    }

    /// The sketch of a set's elements that other sets may have too.
    pub(super) fn sketch(&self, set: u32) -> Sketch {
        self.sketches[set as usize]
    }

    /// How many elements two different sets share, if that makes them alike; given up early where it does not.
    pub(super) fn shared_if_alike(
        &self,
        left: u32,
        right: u32,
        threshold: Threshold,
    ) -> Option<usize> {
        let sizes = self.size(left) + self.size(right);
        let least = threshold.least_shared(self.size(left), self.size(right));
        let apart = apart(self.sketch(left), self.sketch(right));
        let apart = (apart + self.alone(left) + self.alone(right)) as usize;
        if sizes == 0 || apart + 2 * least > sizes {
            return None;
        }
        overlap_of_at_least(self.shared(left), self.shared(right), least)
    }

    /// How many different elements are kept: one more than the highest element.
    pub(super) fn kept(&self) -> usize {
        self.kept as usize
    }

    /// How many elements two sets share.
    pub fn overlap(&self, left: u32, right: u32) -> usize {
        if left == right {
            return self.size(left);
        }
        overlap(self.shared(left), self.shared(right))
    }

    /// Whether two different sets are alike.
    pub fn are_alike(&self, left: u32, right: u32, threshold: Threshold) -> bool {
        self.shared_if_alike(left, right, threshold).is_some()
    }

    /// The Jaccard index of two sets, 0 to 1; 0 for two empty ones.
    pub fn jaccard(&self, left: u32, right: u32) -> f64 {
        let shared = self.overlap(left, right);
        let either = self.size(left) + self.size(right) - shared;
        if either == 0 {
            return 0.0;
        }
        shared as f64 / either as f64
    }
}

/// How many elements two ascending lists share.
pub(super) fn overlap(mut left: &[u32], mut right: &[u32]) -> usize {
    let mut shared = 0;
    while let (Some(&a), Some(&b)) = (left.first(), right.first()) {
        shared += usize::from(a == b);
        if a <= b {
            left = &left[1..];
        }
        if b <= a {
            right = &right[1..];
        }
    }
    shared
}

/// The same, given up as soon as `least` cannot be reached any more: none then.
pub(super) fn overlap_of_at_least(left: &[u32], right: &[u32], least: usize) -> Option<usize> {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < left.len() && j < right.len() {
        if shared + (left.len() - i).min(right.len() - j) < least {
            return None;
        }
        let (a, b) = (left[i], right[j]);
        shared += usize::from(a == b);
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    (shared >= least).then_some(shared)
}

/// Collects sets of hashes.
#[derive(Debug, Default)]
pub struct SetsBuilder {
    dictionary: Dictionary,
    starts: Vec<usize>,
    elements: Vec<u32>,
}

/// Hashes that are looked up together, while the memory for the next ones is on its way.
const TOGETHER: usize = 32;

impl SetsBuilder {
    /// Adds a set, given by its different hashes, and returns its number: 0 for the first.
    pub fn add(&mut self, hashes: &[u64]) -> u32 {
        self.starts.push(self.elements.len());
        for hashes in hashes.chunks(TOGETHER) {
            std::hint::black_box(self.dictionary.touch(hashes));
            let numbers = hashes.iter().map(|hash| self.dictionary.count(*hash));
            self.elements.extend(numbers);
        }
        (self.starts.len() - 1) as u32
    }

    /// The finished sets.
    pub fn build(self) -> Sets {
        let Self {
            dictionary,
            mut starts,
            mut elements,
        } = self;
        starts.push(elements.len());
        let sizes: Vec<u32> = starts
            .windows(2)
            .map(|ends| (ends[1] - ends[0]) as u32)
            .collect();
        let (ranks, kept) = ranks(&dictionary.into_counts());
        by_part(&starts, &mut elements)
            .into_par_iter()
            .for_each(|(starts, elements)| rank(starts, elements, &ranks));
        keep_shared(&mut starts, &mut elements);
        let sketches = starts
            .par_windows(2)
            .with_min_len(PART)
            .map(|ends| sketch(&elements[ends[0]..ends[1]]))
            .collect();
        Sets {
            starts,
            elements,
            sizes,
            sketches,
            kept,
        }
    }
}

/// Stands for an element that only one set has.
const ALONE: u32 = u32::MAX;

/// The new number of each element: by how often it came, the rarest first; [`ALONE`] for those that
/// came once. And how many numbers there are.
fn ranks(counts: &[u32]) -> (Vec<u32>, u32) {
    // A counting sort: most counts are small, and the few large ones may share a place at the end.
    const PLACES: usize = 1 << 16;
    let place = |count: u32| (count as usize).min(PLACES - 1);
    let mut next = vec![0u32; PLACES];
    for &count in counts.iter().filter(|&&count| count > 1) {
        next[place(count)] += 1;
    }
    let mut sum = 0;
    for place in &mut next {
        sum += std::mem::replace(place, sum);
    }
    let ranks = counts
        .iter()
        .map(|&count| {
            if count <= 1 {
                return ALONE;
            }
            let rank = next[place(count)];
            next[place(count)] += 1;
            rank
        })
        .collect();
    (ranks, sum)
}

/// Sets that one thread ranks at a time.
const PART: usize = 4096;

/// The elements cut into parts of some thousand sets, each with the starts of its sets and the end.
fn by_part<'a>(starts: &'a [usize], elements: &'a mut [u32]) -> Vec<(&'a [usize], &'a mut [u32])> {
    let sets = starts.len() - 1;
    let mut parts = Vec::with_capacity(sets / PART + 1);
    let mut rest = elements;
    for first in (0..sets).step_by(PART) {
        let last = (first + PART).min(sets);
        let (part, behind) = rest.split_at_mut(starts[last] - starts[first]);
        parts.push((&starts[first..=last], part));
        rest = behind;
    }
    parts
}

/// Puts ranks in place of numbers and sorts each set.
fn rank(starts: &[usize], elements: &mut [u32], ranks: &[u32]) {
    for element in elements.iter_mut() {
        *element = ranks[*element as usize];
    }
    for ends in starts.windows(2) {
        elements[ends[0] - starts[0]..ends[1] - starts[0]].sort_unstable();
    }
}

/// Drops the elements that stand alone: the last ones of each set.
fn keep_shared(starts: &mut [usize], elements: &mut Vec<u32>) {
    let mut write = 0;
    for set in 0..starts.len() - 1 {
        let (from, to) = (starts[set], starts[set + 1]);
        let shared = elements[from..to].partition_point(|&element| element != ALONE);
        elements.copy_within(from..from + shared, write);
        starts[set] = write;
        write += shared;
    }
    if let Some(end) = starts.last_mut() {
        *end = write;
    }
    elements.truncate(write);
    elements.shrink_to_fit();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_ranked_and_what_stands_alone_is_only_counted() {
        let mut builder = SetsBuilder::default();
        builder.add(&[10, 20, 30]);
        builder.add(&[20, 30, 40]);
        builder.add(&[]);
        builder.add(&[30]);
        let sets = builder.build();
        assert_eq!((sets.len(), sets.kept()), (4, 2));
        assert_eq!(sets.shared(0), [0, 1]);
        assert_eq!(sets.shared(3), [1]);
        assert_eq!([0, 1, 2, 3].map(|set| sets.size(set)), [3, 3, 0, 1]);
        assert_eq!(sets.rarest(0, 1), [] as [u32; 0]);
        assert_eq!(sets.rarest(0, 2), [0]);
        assert_eq!(sets.rarest(0, 9), [0, 1]);
        assert_eq!(sets.overlap(0, 1), 2);
        assert_eq!(sets.jaccard(0, 1), 0.5);
        assert_eq!((sets.jaccard(2, 2), sets.jaccard(0, 0)), (0.0, 1.0));
    }

    #[test]
    fn a_hopeless_overlap_is_given_up() {
        let (left, right) = ([1, 3, 5, 7], [2, 3, 4, 7]);
        assert_eq!(overlap(&left, &right), 2);
        assert_eq!(overlap_of_at_least(&left, &right, 2), Some(2));
        assert_eq!(overlap_of_at_least(&left, &right, 3), None);
    }
}
