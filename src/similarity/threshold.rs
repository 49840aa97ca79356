//! A threshold for the Jaccard index, in whole thousandths: all bounds are worked out in integers,
//! so that no pair is lost or won by rounding.

/// From which similarity on two sets are alike: thousandths, 1 to 1000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Threshold(u32);

impl Threshold {
    /// A threshold from a fraction, rounded to thousandths and kept within 0.001 and 1.
    pub fn new(fraction: f64) -> Self {
        Self((fraction * 1000.0).round().clamp(1.0, 1000.0) as u32)
    }

    /// Thresholds from 0.95 down to this one, in steps of 0.05.
    pub(super) fn levels(self) -> impl Iterator<Item = Self> {
        let steps = (1..20).map(|step| 1000 - 50 * step);
        let higher = steps.take_while(move |&level| level > self.0);
        higher.chain([self.0]).map(Self)
    }

    /// The fraction, 0.001 to 1.
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / 1000.0
    }

    /// Whether sets of these sizes that share so many elements are alike.
    pub fn holds(self, left: usize, right: usize, shared: usize) -> bool {
        shared * 1000 >= self.0 as usize * (left + right - shared) && left + right > 0
    }

    /// The least number of shared elements with which sets of these sizes are alike.
    pub(super) fn least_shared(self, left: usize, right: usize) -> usize {
        let threshold = self.0 as usize;
        (threshold * (left + right)).div_ceil(1000 + threshold)
    }

    /// The smallest set that can be like a larger one of this size.
    pub(super) fn smallest(self, size: usize) -> usize {
        (self.0 as usize * size).div_ceil(1000)
    }

    /// The largest set that can be like a smaller one of this size.
    pub(super) fn largest(self, size: usize) -> usize {
        size * 1000 / self.0 as usize
    }

    /// How many of the rarest elements of a set must be looked up, so that no set like it of the same
    /// size or a smaller one is missed.
    pub(super) fn probe_prefix(self, size: usize) -> usize {
        size - self.smallest(size).min(size) + 1
    }

    /// How many of the rarest elements of a set must be found, by sets of the same size or larger ones.
    pub(super) fn index_prefix(self, size: usize) -> usize {
        size - self.least_shared(size, size).min(size) + 1
    }

    /// The most elements that a set of this size and one not larger may have apart from each other,
    /// in either, and still be alike.
    pub(super) fn most_apart(self, size: usize) -> u32 {
        let apart = 2 * size * (1000 - self.0 as usize) / (1000 + self.0 as usize);
        u32::try_from(apart).unwrap_or(u32::MAX)
    }

    /// The most elements that a set, not larger than one of this size and like it, has beyond it.
    pub(super) fn most_beyond(self, size: usize) -> u32 {
        let beyond = size * (1000 - self.0 as usize) / (1000 + self.0 as usize);
        u32::try_from(beyond).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bounds against their definitions, by trying every overlap.
    #[test]
    fn bounds_are_those_of_the_definition() {
        for threshold in [1, 333, 500, 600, 601, 800, 999, 1000].map(Threshold) {
            for size in 1..40usize {
                for other in 1..=size {
                    let alike: Vec<usize> = (0..=other)
                        .filter(|&shared| threshold.holds(size, other, shared))
                        .collect();
                    let least = alike.first().copied();
                    assert_eq!(
                        least,
                        Some(threshold.least_shared(size, other)).filter(|&l| l <= other)
                    );
                    let Some(least) = least else { continue };
                    assert!(other >= threshold.smallest(size));
                    assert!(size <= threshold.largest(other));
                    assert!(threshold.probe_prefix(size) > size - least);
                    assert!(threshold.index_prefix(other) > other - least);
                    let apart = size + other - 2 * least;
                    assert!(apart as u32 <= threshold.most_apart(size));
                    assert!((other - least) as u32 <= threshold.most_beyond(size));
                }
            }
        }
    }
}
