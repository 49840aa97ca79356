//! Simulated histories of which the truth is known. The numbers are the same in each run.

use super::*;
use crate::score::ScoreTable;

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn chance(&mut self, of: f64) -> bool {
        self.share() < of
    }
}

const TRAITS: usize = 40;

fn names() -> Vec<Trait> {
    let named = |number: usize| Trait {
        id: match number {
            0 => "value/specific".to_owned(),
            number => format!("t{number}"),
        },
        about: String::new(),
    };
    (0..TRAITS).map(named).collect()
}

/// A history in which only the first trait matters: without it `base` of the invitations are accepted,
/// with it `with`. The others are common or rare, and some hang together.
fn history(random: &mut Random, count: usize, base: f64, with: f64) -> Vec<Observation> {
    let one = |random: &mut Random| {
        let mut has: Vec<Option<bool>> = (0..TRAITS)
            .map(|number| Some(random.chance(0.05 + 0.9 * number as f64 / TRAITS as f64)))
            .collect();
        has[0] = Some(random.chance(0.5));
        for number in (10..20).step_by(2) {
            if random.chance(0.8) {
                has[number] = has[number + 1];
            }
        }
        if random.chance(0.3) {
            has[30..].fill(None);
        }
        let rate = if has[0] == Some(true) { with } else { base };
        Observation {
            accepted: random.chance(rate),
            has,
        }
    };
    (0..count).map(|_| one(random)).collect()
}

const RUNS: usize = 400;

#[test]
fn where_nothing_matters_nothing_is_found_but_for_one_run_in_twenty() {
    let mut random = Random(1);
    let mut wrong = 0;
    for _ in 0..RUNS {
        let found = learn(&names(), &history(&mut random, 1000, 0.35, 0.35), 30);
        wrong += usize::from(found.iter().any(|one| one.verdict <= Verdict::Fewer));
    }
    // 20 of 400 are allowed; three standard errors more by the luck of the draw.
    assert!(wrong <= 33, "{wrong} of {RUNS}");
}

#[test]
fn a_true_effect_is_found_and_hardly_anything_else() {
    let mut random = Random(2);
    let (mut found_it, mut wrong, mut covered) = (0, 0, 0);
    // The odds: 0.35 to 0.65 and 0.55 to 0.45.
    let truth = (0.55 / 0.45) / (0.35 / 0.65);
    for _ in 0..RUNS {
        let found = learn(&names(), &history(&mut random, 1000, 0.35, 0.55), 30);
        let first = found
            .iter()
            .find(|one| one.subject.id == "value/specific")
            .unwrap();
        found_it += usize::from(first.verdict == Verdict::More);
        covered += usize::from(first.low <= truth && truth <= first.high);
        let others = found
            .iter()
            .filter(|one| one.subject.id != "value/specific");
        wrong += usize::from(others.into_iter().any(|one| one.verdict <= Verdict::Fewer));
    }
    assert!(found_it >= RUNS * 98 / 100, "{found_it} of {RUNS}");
    assert!(covered >= RUNS * 95 / 100, "{covered} of {RUNS}");
    assert!(wrong <= 33, "{wrong} of {RUNS}");
}

#[test]
fn small_histories_have_too_few_to_say() {
    let found = learn(&names(), &history(&mut Random(3), 50, 0.1, 0.9), 30);
    assert!(
        found
            .iter()
            .all(|one| one.verdict == Verdict::TooFew && one.probability.is_none())
    );
    assert!(
        learn(&names(), &[], 30)
            .iter()
            .all(|one| one.verdict == Verdict::TooFew)
    );
    assert!(learn(&[], &[], 30).is_empty());
}

#[test]
fn a_harmful_trait_is_told_as_such() {
    let found = learn(&names(), &history(&mut Random(4), 1000, 0.5, 0.25), 30);
    assert_eq!(
        (found[0].subject.id.as_str(), found[0].verdict),
        ("value/specific", Verdict::Fewer)
    );
    assert!(found[0].high < 1.0);
}

#[test]
fn weights_lean_only_towards_what_was_found_and_add_up() {
    let table = ScoreTable::default();
    let nothing = learn(&names(), &history(&mut Random(5), 1000, 0.35, 0.35), 30);
    assert_eq!(weights(&nothing, &table), None);
    let more = learn(&names(), &history(&mut Random(6), 4000, 0.2, 0.6), 30);
    let found = weights(&more, &table).unwrap();
    assert_eq!(found.specific.iter().sum::<u32>(), 100);
    assert!(
        found.specific[2] > 30 && found.specific[0] < 40 && found.specific[1] < 30,
        "{found:?}"
    );
    // Twice as much at most: 60 of 130.
    assert_eq!(found.specific[2], 46);
    assert_eq!(found.generic[2], 23);
    let fewer = learn(&names(), &history(&mut Random(7), 4000, 0.6, 0.2), 30);
    let found = weights(&fewer, &table).unwrap();
    assert!(
        found.specific[2] < 30 && found.specific.iter().sum::<u32>() == 100,
        "{found:?}"
    );
}
