//! Disjoint sets that several threads may join at once.
//!
//! The root of a component is its lowest member, so that the outcome does not depend on who was first.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

/// Elements 0..n, each in a component of its own at first. No order between threads is needed: a
/// stale parent is still an ancestor, and joining checks with compare-and-swap.
#[derive(Debug)]
pub(super) struct UnionFind {
    parents: Vec<AtomicU32>,
}

impl UnionFind {
    pub(super) fn new(count: usize) -> Self {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            parents: (0..count).map(AtomicU32::new).collect(),
        }
    }

    /// The root of an element's component.
    pub(super) fn find(&self, element: u32) -> u32 {
        let mut at = element;
        loop {
            let parent = self.parents[at as usize].load(Relaxed);
            if parent == at {
                return at;
            }
            let above = self.parents[parent as usize].load(Relaxed);
            if above != parent {
                // Path halving; if another thread was quicker, that is as good.
                let _ = self.parents[at as usize].compare_exchange(parent, above, Relaxed, Relaxed);
            }
            at = above;
        }
    }

    /// Whether two elements are in one component, as far as is known now.
    pub(super) fn joined(&self, left: u32, right: u32) -> bool {
        self.find(left) == self.find(right)
    }

    /// Makes the components of two elements one.
    pub(super) fn join(&self, left: u32, right: u32) {
        loop {
            let (left, right) = (self.find(left), self.find(right));
            if left == right {
                return;
            }
            let (low, high) = (left.min(right), left.max(right));
            if self.parents[high as usize]
                .compare_exchange(high, low, Relaxed, Relaxed)
                .is_ok()
            {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_member_is_the_root() {
        let sets = UnionFind::new(6);
        sets.join(5, 3);
        sets.join(3, 4);
        sets.join(1, 5);
        assert_eq!([0, 1, 2, 3, 4, 5].map(|x| sets.find(x)), [0, 1, 2, 1, 1, 1]);
        assert!(sets.joined(3, 4) && !sets.joined(0, 1));
    }
}
