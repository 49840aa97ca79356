//! How well two raters, or two orders, agree.

/// Cohen's kappa with quadratic weights for levels from 0 to `levels` - 1: 1 where two raters agree on
/// everything, 0 where they agree as often as chance would. Nothing without cases.
///
/// Cohen, J. (1968), "Weighted kappa: nominal scale agreement with provision for scaled disagreement or
/// partial credit", Psychological Bulletin 70, 213-220.
pub fn kappa(pairs: &[(u8, u8)], levels: u8) -> Option<f64> {
    if pairs.is_empty() {
        return None;
    }
    let all = pairs.len() as f64;
    let count = |level: u8, of: fn(&(u8, u8)) -> u8| {
        pairs.iter().filter(|pair| of(pair) == level).count() as f64
    };
    let weight = |a: u8, b: u8| f64::from(a.abs_diff(b)).powi(2);
    let apart: f64 = pairs.iter().map(|(a, b)| weight(*a, *b)).sum();
    let mut by_chance = 0.0;
    for a in 0..levels {
        for b in 0..levels {
            by_chance += weight(a, b) * count(a, |pair| pair.0) * count(b, |pair| pair.1) / all;
        }
    }
    // Both give everybody one level.
    Some(if by_chance == 0.0 {
        1.0
    } else {
        1.0 - apart / by_chance
    })
}

/// Spearman's correlation of ranks: 1 for the same order, -1 for the opposite one; equal values share
/// their mean rank. Nothing where one of them does not vary.
///
/// Spearman, C. (1904), "The proof and measurement of association between two things", American Journal of
/// Psychology 15, 72-101.
pub fn spearman(pairs: &[(f64, f64)]) -> Option<f64> {
    let left = ranks(&pairs.iter().map(|pair| pair.0).collect::<Vec<f64>>());
    let right = ranks(&pairs.iter().map(|pair| pair.1).collect::<Vec<f64>>());
    let mean = (pairs.len() as f64 + 1.0) / 2.0;
    let sum = |a: &[f64], b: &[f64]| -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - mean) * (b - mean)).sum()
    };
    let spread = (sum(&left, &left) * sum(&right, &right)).sqrt();
    (spread > 0.0).then(|| sum(&left, &right) / spread)
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut at = 0;
    for equal in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let rank = at as f64 + (equal.len() as f64 + 1.0) / 2.0;
        for &place in equal {
            ranks[place] = rank;
        }
        at += equal.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_is_that_of_its_definition() {
        assert_eq!(kappa(&[(0, 0), (1, 1), (2, 2)], 3), Some(1.0));
        // Worked by hand: 1 + 4 = 5 apart.
        let pairs = [(0, 0), (0, 1), (2, 2), (2, 0)];
        // Margins: left 2,0,2; right 2,1,1. By chance: 0-1: 2*1/4=0.5, 0-2: 4*2*1/4=2, 2-0: 4*2*2/4=4, 2-1: 2*1/4=0.5.
        assert!((kappa(&pairs, 3).unwrap() - (1.0 - 5.0 / 7.0)).abs() < 1e-12);
        assert_eq!(kappa(&[(1, 1), (1, 1)], 3), Some(1.0));
        assert_eq!(kappa(&[], 3), None);
    }

    #[test]
    fn spearman_is_that_of_the_ranks() {
        let same: Vec<(f64, f64)> = (0..9).map(|x| (f64::from(x), f64::from(x * x))).collect();
        assert!((spearman(&same).unwrap() - 1.0).abs() < 1e-12);
        // Ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4: covariance 4.5, spreads 4.5 and 5.
        let pairs = [(1.0, 10.0), (2.0, 30.0), (2.0, 20.0), (3.0, 40.0)];
        assert!((spearman(&pairs).unwrap() - 4.5 / (4.5f64 * 5.0).sqrt()).abs() < 1e-12);
        assert_eq!(spearman(&[(1.0, 1.0), (1.0, 2.0)]), None);
        assert_eq!(spearman(&[]), None);
    }
}
