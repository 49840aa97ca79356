//! Arithmetic with counts: how sure a rate is, whether two rates differ, and how often chance alone
//! would say so. Knows nothing of invitations.

mod normal;
mod rank;
mod several;
mod table;

pub use normal::quantile;
pub use rank::kappa;
pub use rank::spearman;
pub use several::holm;
pub use table::Table;

/// The normal quantile of a 95 % interval with both sides open.
pub const NINETY_FIVE: f64 = 1.959_963_984_540_054;

/// Wilson's score interval of a rate: lowest and highest, 0 to 1. `z` is the normal quantile of the
/// level, such as [`NINETY_FIVE`]. Without trials nothing is known: 0 to 1.
///
/// Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference",
/// Journal of the American Statistical Association 22, 209-212. It keeps near its level for small
/// numbers and for rates at the ends, where the textbook interval does not (Brown, Cai and DasGupta
/// 2001).
pub fn wilson(successes: usize, trials: usize, z: f64) -> (f64, f64) {
    if trials == 0 {
        return (0.0, 1.0);
    }
    let n = trials as f64;
    let rate = successes as f64 / n;
    let square = z * z;
    let middle = rate + square / (2.0 * n);
    let half = z * (rate * (1.0 - rate) / n + square / (4.0 * n * n)).sqrt();
    let scale = 1.0 + square / n;
    let low = if successes == 0 {
        0.0
    } else {
        ((middle - half) / scale).max(0.0)
    };
    let high = if successes == trials {
        1.0
    } else {
        ((middle + half) / scale).min(1.0)
    };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_is_that_of_the_books() {
        // Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3.
        for (successes, trials, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let (found_low, found_high) = wilson(successes, trials, NINETY_FIVE);
            assert!(
                (found_low - low).abs() < 5e-5,
                "{successes}/{trials}: {found_low}"
            );
            assert!(
                (found_high - high).abs() < 5e-5,
                "{successes}/{trials}: {found_high}"
            );
        }
        assert_eq!(wilson(0, 0, NINETY_FIVE), (0.0, 1.0));
        assert_eq!(wilson(5, 5, NINETY_FIVE).1, 1.0);
    }

    #[test]
    fn wilson_solves_its_equation() {
        // The ends are the rates p with |rate - p| = z * sqrt(p (1 - p) / n): a second way to the same.
        for (successes, trials) in [(3, 10), (50, 120), (199, 200), (1, 1000)] {
            let (low, high) = wilson(successes, trials, NINETY_FIVE);
            let (rate, n) = (successes as f64 / trials as f64, trials as f64);
            for end in [low, high] {
                let distance = (rate - end).abs() / (end * (1.0 - end) / n).sqrt();
                assert!((distance - NINETY_FIVE).abs() < 1e-9);
            }
        }
    }
}
