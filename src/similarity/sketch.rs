//! Sets as a few bits, which tell most of those apart that are not alike.

/// 128 bits, each the parity of the elements that fall on it: so many bits as two sketches differ in,
/// so many elements at least are in one set and not in the other.
pub(super) type Sketch = [u64; 2];

/// The sketch of a set.
pub(super) fn sketch(elements: &[u32]) -> Sketch {
    let mut sketch = [0; 2];
    for &element in elements {
        // A multiplicative hash; its seven highest bits.
        let bit = element.wrapping_mul(0x9E37_79B1) >> 25;
        sketch[(bit >> 6) as usize] ^= 1 << (bit & 63);
    }
    sketch
}

/// At least so many elements are in one of the sets and not in the other.
pub(super) fn apart(left: Sketch, right: Sketch) -> u32 {
    (left[0] ^ right[0]).count_ones() + (left[1] ^ right[1]).count_ones()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sketch_never_says_that_sets_are_further_apart_than_they_are() {
        let left: Vec<u32> = (0..60).collect();
        for skip in 0..60 {
            let right: Vec<u32> = (skip..60 + skip / 2).collect();
            let truth = left.iter().filter(|x| !right.contains(x)).count()
                + right.iter().filter(|x| !left.contains(x)).count();
            assert!(apart(sketch(&left), sketch(&right)) as usize <= truth);
        }
    }
}
