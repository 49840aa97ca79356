//! The join against brute force, on thousands of random batches.

use proptest::prelude::*;

use crate::similarity::Sets;
use crate::similarity::SetsBuilder;
use crate::similarity::Threshold;
use crate::similarity::best_matches;
use crate::similarity::join::Tuning;
use crate::similarity::join::components_tuned;
use crate::similarity::nearest;

/// Components by comparing all with all, by the definition of the Jaccard index, on the sets as given.
fn brute_force(sets: &[Vec<u64>], threshold: f64) -> Vec<u32> {
    let mut component: Vec<u32> = (0..sets.len() as u32).collect();
    for left in 0..sets.len() {
        for right in 0..left {
            if similarity(&sets[left], &sets[right]) >= threshold - 1e-12
                && component[left] != component[right]
            {
                let (low, high) = (
                    component[left].min(component[right]),
                    component[left].max(component[right]),
                );
                component
                    .iter_mut()
                    .filter(|it| **it == high)
                    .for_each(|it| *it = low);
            }
        }
    }
    component
}

fn similarity(left: &[u64], right: &[u64]) -> f64 {
    let shared = left.iter().filter(|x| right.contains(x)).count();
    let either = left.len() + right.len() - shared;
    if either == 0 {
        0.0
    } else {
        shared as f64 / either as f64
    }
}

fn build(sets: &[Vec<u64>]) -> Sets {
    let mut builder = SetsBuilder::default();
    for set in sets {
        builder.add(set);
    }
    builder.build()
}

/// Sets as a batch has them: some at random, most made from a few by leaving out and putting in.
fn batch(seed: u64, count: usize) -> Vec<Vec<u64>> {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let universe = 8 + random(200);
    let mut sets: Vec<Vec<u64>> = Vec::new();
    let mut last_model = 0;
    for _ in 0..count {
        let kind = random(10);
        let mut set: Vec<u64> = if sets.is_empty() || kind < 2 {
            last_model = sets.len();
            (0..random(14)).map(|_| random(universe)).collect()
        } else if kind < 7 {
            sets[last_model].clone()
        } else {
            sets[random(sets.len() as u64) as usize].clone()
        };
        for _ in 0..random(4) {
            if !set.is_empty() && random(2) == 0 {
                let at = random(set.len() as u64) as usize;
                set.swap_remove(at);
            } else {
                // Some elements that no other set has.
                let own = 1_000_000 + random(1_000_000);
                set.push(if random(4) == 0 {
                    own
                } else {
                    random(universe)
                });
            }
        }
        set.sort_unstable();
        set.dedup();
        sets.push(set);
    }
    sets
}

const THRESHOLDS: [f64; 8] = [0.3, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9, 1.0];

#[test]
fn components_are_those_of_brute_force() {
    let tunings = [
        Tuning {
            large: 300,
            block: 1 << 18,
        },
        Tuning {
            large: 4,
            block: 1 << 18,
        },
        Tuning { large: 2, block: 7 },
        Tuning {
            large: 9,
            block: 16,
        },
    ];
    let mut joined = 0;
    for seed in 0..3000u64 {
        let sets = batch(seed, 10 + (seed % 50) as usize);
        let built = build(&sets);
        let members: Vec<u32> = (0..sets.len() as u32).collect();
        let threshold = THRESHOLDS[seed as usize % THRESHOLDS.len()];
        let expected = brute_force(&sets, threshold);
        joined += expected
            .iter()
            .enumerate()
            .filter(|(at, root)| *at as u32 != **root)
            .count();
        let tuning = tunings[seed as usize / THRESHOLDS.len() % tunings.len()];
        let found = components_tuned(&built, &members, Threshold::new(threshold), tuning);
        assert_eq!(
            found, expected,
            "seed {seed}, threshold {threshold}, {tuning:?}"
        );
    }
    assert!(
        joined > 10_000,
        "the batches must have similar sets: {joined}"
    );
}

#[test]
fn a_part_of_the_sets_is_joined_by_itself() {
    let sets = batch(5, 60);
    let built = build(&sets);
    let members: Vec<u32> = (0..60).filter(|set| set % 3 != 1).collect();
    let part: Vec<Vec<u64>> = members
        .iter()
        .map(|&set| sets[set as usize].clone())
        .collect();
    let tuning = Tuning { large: 5, block: 8 };
    let found = components_tuned(&built, &members, Threshold::new(0.6), tuning);
    assert_eq!(found, brute_force(&part, 0.6));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn the_best_match_is_that_of_brute_force(seed in 0u64..1_000_000, threshold in 0.3f64..1.0) {
        let sets = batch(seed, 40);
        let built = build(&sets);
        let threshold = Threshold::new(threshold);
        let (probes, others): (Vec<u32>, Vec<u32>) = ((0..20).collect(), (20..40).collect());
        let may = |probe: usize, other: usize| !(probe + other).is_multiple_of(5);
        let found = best_matches(&built, &probes, &others, threshold, &may);
        for (probe, found) in found.iter().enumerate() {
            let best = (0..20)
                .filter(|&other| may(probe, other))
                .map(|other| similarity(&sets[probe], &sets[20 + other]))
                .fold(0.0, f64::max);
            match found {
                None => prop_assert!(best < threshold.fraction(), "{probe}: {best}"),
                Some(found) => {
                    prop_assert!(may(probe, found.other as usize));
                    prop_assert_eq!(found.similarity, best);
                    prop_assert_eq!(similarity(&sets[probe], &sets[20 + found.other as usize]), best);
                }
            }
        }
    }

    #[test]
    fn the_nearest_is_that_of_brute_force(seed in 0u64..1_000_000, count in 2usize..200, threshold in 0.3f64..1.0) {
        let sets = batch(seed, count);
        let built = build(&sets);
        let threshold = Threshold::new(threshold);
        let members: Vec<u32> = (0..count as u32).collect();
        let wanted = |at: usize| at % 7 != 3;
        let found = nearest(&built, &members, &wanted, threshold);
        prop_assert_eq!(found.len(), count);
        for (one, found) in found.iter().enumerate() {
            // The first of the most similar.
            let best = (0..count)
                .filter(|&other| other != one)
                .map(|other| (similarity(&sets[one], &sets[other]), other))
                .fold((0.0, usize::MAX), |best, next| if next.0 > best.0 { next } else { best });
            match found {
                None => prop_assert!(!wanted(one) || best.0 < threshold.fraction(), "{one}: {best:?}"),
                Some(found) => prop_assert_eq!((found.similarity, found.other as usize), best),
            }
        }
    }
}
