//! Looking at many things at once: one in twenty seems to matter by chance alone.

/// Probabilities corrected for their number, in the order given. Where nothing matters, the share of
/// runs in which any corrected value is at or below a level is at most that level.
///
/// Holm, S. (1979), "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
/// Statistics 6, 65-70.
pub fn holm(probabilities: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]));
    let mut corrected = vec![1.0; probabilities.len()];
    let mut highest: f64 = 0.0;
    for (rank, &at) in order.iter().enumerate() {
        let left = (probabilities.len() - rank) as f64;
        highest = highest.max((probabilities[at] * left).min(1.0));
        corrected[at] = highest;
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_is_multiplied_by_all_and_the_order_is_kept() {
        let corrected = holm(&[0.01, 0.04, 0.03, 0.005]);
        // The example of Holm's paper as it is often quoted: 0.005 x 4, 0.01 x 3, 0.03 x 2, then no less.
        for (found, expected) in corrected.iter().zip([0.03, 0.06, 0.06, 0.02]) {
            assert!((found - expected).abs() < 1e-12, "{corrected:?}");
        }
        assert!(holm(&[]).is_empty());
        assert_eq!(holm(&[0.9, 0.8]), [1.0, 1.0]);
    }
}
