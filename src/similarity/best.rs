//! For each of some sets the most similar of others: a draft and the notes that were sent before, or the
//! rest of its own group.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::similarity::Sets;
use crate::similarity::Threshold;
use crate::similarity::index::Index;

/// The most similar of the other sets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Best {
    /// Its position among the others.
    pub other: u32,
    /// The Jaccard index, 0 to 1.
    pub similarity: f64,
}

/// For each set that `probes` names the most similar of those that `others` names, if one reaches the
/// threshold; of equals the first of the same text, else the first. `may` says whether two positions, a probe's and another's, may be
/// compared at all. Exact.
pub fn best_matches(
    sets: &Sets,
    probes: &[u32],
    others: &[u32],
    threshold: Threshold,
    may: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Vec<Option<Best>> {
    let prefix = |set: u32| sets.rarest(set, threshold.probe_prefix(sets.size(set)));
    let index = Index::new(
        0..others.len() as u32,
        sets,
        |slot| prefix(others[slot as usize]),
        |slot| others[slot as usize],
    );
    // The same set among probes and others: its elements may be in no other set, so in no index.
    let mut same: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (other, &set) in others.iter().enumerate() {
        same.entry(set).or_default().push(other as u32);
    }
    probes
        .par_iter()
        .enumerate()
        .with_min_len(256)
        .map(|(probe, &set)| {
            let mut best: Option<(u32, usize, usize)> = None;
            let (size, own) = (sets.size(set), sets.sketch(set));
            let mut equals = same.get(&set).into_iter().flatten();
            if size > 0
                && let Some(&other) = equals.find(|other| may(probe, **other as usize))
            {
                return Some(Best {
                    other,
                    similarity: 1.0,
                });
            }
            // The other may be the larger one.
            let most = threshold.most_apart(threshold.largest(size).max(size));
            let most = most.checked_sub(sets.alone(set))?;
            let all = 0..others.len() as u32;
            for &element in prefix(set) {
                for other in index.entries(element).near(all.clone(), own, most) {
                    let other_set = others[other as usize];
                    let other_size = sets.size(other_set);
                    if set == other_set || !may(probe, other as usize) {
                        continue;
                    }
                    let Some(shared) = sets.shared_if_alike(set, other_set, threshold) else {
                        continue;
                    };
                    let either = size + other_size - shared;
                    // Fractions are compared as products: no rounding.
                    let better = best.is_none_or(|(known, held, of)| {
                        (shared * of, std::cmp::Reverse(other))
                            > (held * either, std::cmp::Reverse(known))
                    });
                    if better {
                        best = Some((other, shared, either));
                    }
                }
            }
            best.map(|(other, shared, either)| Best {
                other,
                similarity: shared as f64 / either as f64,
            })
        })
        .collect()
}

/// Up to so many sets are compared all with all, which needs no index.
const FEW: usize = 128;

/// For each of some different sets that is `wanted`, by its position, the most similar of the rest, if one
/// reaches the threshold; of equals the first. Exact.
pub fn nearest(
    sets: &Sets,
    members: &[u32],
    wanted: &dyn Fn(usize) -> bool,
    threshold: Threshold,
) -> Vec<Option<Best>> {
    let mut nearest: Vec<Option<Best>> = vec![None; members.len()];
    let probes: Vec<usize> = (0..members.len()).filter(|&at| wanted(at)).collect();
    if members.len() > FEW {
        // The nearest from a high threshold on is found among few, and is the nearest of all: only who
        // has none looks further.
        let mut left = probes;
        for level in threshold.levels() {
            let probe_sets: Vec<u32> = left.iter().map(|&at| members[at]).collect();
            let may = |probe: usize, other: usize| left[probe] != other;
            let found = best_matches(sets, &probe_sets, members, level, &may);
            for (&at, found) in left.iter().zip(found) {
                nearest[at] = found;
            }
            left.retain(|&at| nearest[at].is_none());
        }
        return nearest;
    }
    for at in probes {
        let left = members[at];
        let mut best: Option<(usize, usize, usize)> = None;
        for (other, &right) in members.iter().enumerate().filter(|&(other, _)| other != at) {
            let Some(shared) = sets.shared_if_alike(left, right, threshold) else {
                continue;
            };
            let either = sets.size(left) + sets.size(right) - shared;
            // Fractions are compared as products: no rounding. The first of equals comes first.
            if best.is_none_or(|(_, held, of)| shared * of > held * either) {
                best = Some((other, shared, either));
            }
        }
        nearest[at] = best.map(|(other, shared, either)| Best {
            other: other as u32,
            similarity: shared as f64 / either as f64,
        });
    }
    nearest
}
