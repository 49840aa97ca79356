//! A text as a set of pairs of neighbouring words.

use crate::similarity::normal::Word;
use crate::similarity::normal::mix;

/// Appends the pairs of neighbouring words, each once, in no particular order. A single word stands
/// for itself; a text without words has none.
pub fn pairs(words: &[Word], out: &mut Vec<u64>) {
    let from = out.len();
    match words {
        [] => {}
        [only] => out.push(only.hash),
        _ => out.extend(
            words
                .windows(2)
                .map(|pair| pair_hash(pair[0].hash, pair[1].hash)),
        ),
    }
    drop_repeated(out, from);
}

/// A hash of two neighbouring words, given by theirs.
pub fn pair_hash(left: u64, right: u64) -> u64 {
    mix(left.rotate_left(9), right)
}

/// Places in which up to half as many hashes are looked for.
const PLACES: usize = 128;

/// Keeps the first of equal hashes, from a place on.
fn drop_repeated(hashes: &mut Vec<u64>, from: usize) {
    let few = hashes.len() - from <= PLACES / 2;
    // Zero is a free place.
    if !few || hashes[from..].contains(&0) {
        let mut rest = hashes.split_off(from);
        rest.sort_unstable();
        rest.dedup();
        hashes.append(&mut rest);
        return;
    }
    let mut seen = [0; PLACES];
    let mut kept = from;
    for at in from..hashes.len() {
        let hash = hashes[at];
        let mut place = hash as usize % PLACES;
        while seen[place] != 0 && seen[place] != hash {
            place = (place + 1) % PLACES;
        }
        if seen[place] == 0 {
            seen[place] = hash;
            hashes[kept] = hash;
            kept += 1;
        }
    }
    hashes.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::similarity::testing::cut;
    use proptest::prelude::*;

    #[test]
    fn pairs_are_a_set() {
        let mut out = vec![7];
        pairs(&cut("a b a b a"), &mut out);
        assert_eq!(out.len(), 3);
        out.clear();
        pairs(&cut("a"), &mut out);
        pairs(&[], &mut out);
        assert_eq!(out.len(), 1);
    }

    proptest! {
        #[test]
        fn each_hash_is_kept_once(
            narrow in prop::collection::vec(0u64..20, 0..PLACES),
            wide in prop::collection::vec((0u64..20).prop_map(|high| high << 40 | 1), 0..PLACES),
        ) {
            for all in [narrow, wide] {
                let mut kept = vec![3, 3];
                kept.extend(&all);
                drop_repeated(&mut kept, 2);
                prop_assert_eq!(&kept[..2], [3, 3]);
                kept[2..].sort_unstable();
                let mut expected = all;
                expected.sort_unstable();
                expected.dedup();
                prop_assert_eq!(&kept[2..], expected);
            }
        }
    }
}
