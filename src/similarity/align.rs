//! Two texts word by word: which words of one stand in the same order in the other.

/// Middle parts with more than so many pairs of words to compare are left unaligned: notes have some
/// fifty words, so only what is no note gets here.
const MOST: usize = 4_000_000;

/// A longest common subsequence as pairs of positions, ascending. Of several, one that keeps words
/// at both ends of the texts together; the same for the same input.
pub fn align(left: &[u64], right: &[u64]) -> Vec<(u32, u32)> {
    let ahead = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (inner_left, inner_right) = (&left[ahead..], &right[ahead..]);
    let behind = inner_left
        .iter()
        .rev()
        .zip(inner_right.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let inner_left = &inner_left[..inner_left.len() - behind];
    let inner_right = &inner_right[..inner_right.len() - behind];
    let mut pairs: Vec<(u32, u32)> = (0..ahead as u32).map(|at| (at, at)).collect();
    middle(inner_left, inner_right, ahead as u32, &mut pairs);
    let ends = (left.len() - behind) as u32..left.len() as u32;
    let shift = right.len() as i64 - left.len() as i64;
    pairs.extend(ends.map(|at| (at, (i64::from(at) + shift) as u32)));
    pairs
}

/// The classic table: longest common subsequences of all ends, then a walk from the start.
fn middle(left: &[u64], right: &[u64], shift: u32, pairs: &mut Vec<(u32, u32)>) {
    if left.is_empty() || right.is_empty() || left.len().saturating_mul(right.len()) > MOST {
        return;
    }
    let width = right.len() + 1;
    let mut longest = vec![0u16; (left.len() + 1) * width];
    for (i, a) in left.iter().enumerate().rev() {
        let (row, below) = longest[i * width..(i + 2) * width].split_at_mut(width);
        for (j, b) in right.iter().enumerate().rev() {
            row[j] = if a == b {
                below[j + 1] + 1
            } else {
                below[j].max(row[j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if left[i] == right[j] {
            pairs.push((i as u32 + shift, j as u32 + shift));
            i += 1;
            j += 1;
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> Vec<u64> {
        text.bytes().map(u64::from).collect()
    }

    #[test]
    fn common_words_are_paired() {
        let pairs = align(&of("abxcd"), &of("abyycd"));
        assert_eq!(pairs, [(0, 0), (1, 1), (3, 4), (4, 5)]);
        assert!(align(&of("abc"), &of("xyz")).is_empty());
        assert_eq!(align(&of("aa"), &of("a")), [(0, 0)]);
        assert!(align(&[], &of("a")).is_empty());
    }

    /// The length of the longest common subsequence by its definition, over all subsequences.
    fn longest(left: &[u64], right: &[u64]) -> usize {
        let is_in = |part: &[u64]| {
            let mut rest = right.iter();
            part.iter().all(|word| rest.any(|other| other == word))
        };
        (0..1usize << left.len())
            .map(|chosen| {
                let part: Vec<u64> = (0..left.len())
                    .filter(|at| chosen >> at & 1 == 1)
                    .map(|at| left[at])
                    .collect();
                if is_in(&part) { part.len() } else { 0 }
            })
            .max()
            .unwrap_or(0)
    }

    proptest! {
        #[test]
        fn it_is_a_longest_common_subsequence(
            left in prop::collection::vec(0u64..4, 0..9),
            right in prop::collection::vec(0u64..4, 0..9),
        ) {
            let pairs = align(&left, &right);
            prop_assert!(pairs.iter().all(|&(i, j)| left[i as usize] == right[j as usize]));
            prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            prop_assert_eq!(pairs.len(), longest(&left, &right));
        }
    }
}
