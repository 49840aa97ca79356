//! A first, quick pass over the sets that finds most of the similar ones, so that the exact pass
//! has little left to verify. It may miss any number of pairs; what it joins is verified.
//!
//! Minimum hashing with one permutation (Li, Owen and Zhang, 2012): the elements are spread over bins
//! and each bin keeps its least hash. Sets with the same least hashes in two neighbouring bins are
//! compared with the first few of their kind.

use rayon::prelude::*;

use crate::similarity::Sets;
use crate::similarity::Threshold;
use crate::similarity::union_find::UnionFind;

/// Bins; two make a band.
const BINS: usize = 16;
/// How many sets of a bucket the others are compared with.
const LEADERS: usize = 6;

/// Joins similar sets. `members` are numbers of sets; the components are over their positions.
pub(super) fn join_by_leaders(
    sets: &Sets,
    members: &[u32],
    threshold: Threshold,
    components: &UnionFind,
) {
    let least: Vec<[u32; BINS]> = members
        .par_iter()
        .with_min_len(1024)
        .map(|&set| least_hashes(sets.shared(set)))
        .collect();
    (0..BINS / 2).into_par_iter().for_each(|band| {
        let mut buckets: Vec<(u64, u32)> = least
            .iter()
            .enumerate()
            .filter_map(|(position, least)| {
                let (left, right) = (least[band * 2], least[band * 2 + 1]);
                let filled = left != u32::MAX && right != u32::MAX;
                filled.then_some((u64::from(left) << 32 | u64::from(right), position as u32))
            })
            .collect();
        buckets.sort_unstable();
        let mut leaders = Vec::with_capacity(LEADERS);
        for bucket in buckets.chunk_by(|a, b| a.0 == b.0) {
            leaders.clear();
            in_bucket(bucket, &mut leaders, sets, members, threshold, components);
        }
    });
}

fn in_bucket(
    bucket: &[(u64, u32)],
    leaders: &mut Vec<u32>,
    sets: &Sets,
    members: &[u32],
    threshold: Threshold,
    components: &UnionFind,
) {
    for &(_, position) in bucket {
        let alike = |leader: &&u32| {
            components.joined(**leader, position)
                || sets.are_alike(
                    members[**leader as usize],
                    members[position as usize],
                    threshold,
                )
        };
        match leaders.iter().find(alike) {
            Some(&leader) => components.join(leader, position),
            None if leaders.len() < LEADERS => leaders.push(position),
            None => {}
        }
    }
}

/// The least hash in each bin; all bits set for an empty one.
fn least_hashes(elements: &[u32]) -> [u32; BINS] {
    let mut least = [u32::MAX; BINS];
    for &element in elements {
        let hash = (u64::from(element) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let bin = (hash >> 60) as usize;
        least[bin] = least[bin].min((hash >> 20) as u32);
    }
    least
}
