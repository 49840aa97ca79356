//! Two groups and two outcomes: does the one go with the other?

/// Counts of two groups by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// In the first group, with the outcome.
    pub with_yes: usize,
    /// In the first group, without it.
    pub with_no: usize,
    /// In the second group, with the outcome.
    pub without_yes: usize,
    /// In the second group, without it.
    pub without_no: usize,
}

impl Table {
    /// How many are in the first group.
    pub fn with(&self) -> usize {
        self.with_yes + self.with_no
    }

    /// How many are in the second group.
    pub fn without(&self) -> usize {
        self.without_yes + self.without_no
    }

    /// How many have the outcome.
    pub fn yes(&self) -> usize {
        self.with_yes + self.without_yes
    }

    /// How many there are.
    pub fn all(&self) -> usize {
        self.with() + self.without()
    }

    /// The odds ratio: 1 where both groups fare alike, 2 where the odds of the first are twice those of
    /// the second. With its interval: lowest and highest for a normal quantile `z`.
    ///
    /// Half a case is added to each count, so that an empty one does no harm (Haldane 1956, Anscombe
    /// 1956); the interval is Woolf's (1955), on the logarithm.
    pub fn odds_ratio(&self, z: f64) -> (f64, f64, f64) {
        let count = |number: usize| number as f64 + 0.5;
        let (a, b) = (count(self.with_yes), count(self.with_no));
        let (c, d) = (count(self.without_yes), count(self.without_no));
        let log = (a * d / (b * c)).ln();
        let error = (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
        (log.exp(), (log - z * error).exp(), (log + z * error).exp())
    }

    /// How likely chance alone makes a table at least as uneven as this one, both ways: Fisher's exact
    /// test. At most as many runs without an effect are below a level as the level says.
    ///
    /// Fisher, R. A. (1922), "On the interpretation of χ² from contingency tables, and the calculation of
    /// P", Journal of the Royal Statistical Society 85, 87-94. Both sides: all tables no likelier than this.
    pub fn fisher(&self) -> f64 {
        let (with, yes, all) = (self.with(), self.yes(), self.all());
        if all == 0 {
            return 1.0;
        }
        let logs = log_factorials(all);
        let choose = |n: usize, k: usize| logs[n] - logs[k] - logs[n - k];
        let log_probability =
            |cell: usize| choose(with, cell) + choose(all - with, yes - cell) - choose(all, yes);
        let here = log_probability(self.with_yes);
        // Two ways to the same sum differ in the last digits.
        const SLACK: f64 = 1e-7;
        let lowest = (with + yes).saturating_sub(all);
        let sum: f64 = (lowest..=with.min(yes))
            .map(log_probability)
            .filter(|log| *log <= here + SLACK)
            .map(f64::exp)
            .sum();
        sum.min(1.0)
    }
}

/// The logarithms of 0! to n!.
fn log_factorials(n: usize) -> Vec<f64> {
    let mut sum = 0.0;
    let logs = (1..=n).map(|number| {
        sum += (number as f64).ln();
        sum
    });
    std::iter::once(0.0).chain(logs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(with_yes: usize, with_no: usize, without_yes: usize, without_no: usize) -> Table {
        Table {
            with_yes,
            with_no,
            without_yes,
            without_no,
        }
    }

    #[test]
    fn fisher_is_that_of_the_lady_tasting_tea() {
        // Fisher (1935): three of four cups right has 34 tables of 70 at least as uneven, both ways.
        assert!((table(3, 1, 1, 3).fisher() - 34.0 / 70.0).abs() < 1e-12);
        assert!((table(4, 0, 0, 4).fisher() - 2.0 / 70.0).abs() < 1e-12);
        assert_eq!(table(0, 0, 0, 0).fisher(), 1.0);
        assert!((table(0, 5, 0, 9).fisher() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn fisher_counts_what_is_dealt_by_hand() {
        // Deal all ways to put `yes` outcomes on people one by one, and count the tables: a second way.
        fn by_hand(wanted: Table) -> f64 {
            let (with, all, yes) = (wanted.with(), wanted.all(), wanted.yes());
            let mut ways = vec![0u64; with + 1];
            for people in 0u32..1 << all {
                if people.count_ones() as usize == yes {
                    let first = people & ((1 << with) - 1);
                    ways[first.count_ones() as usize] += 1;
                }
            }
            let here = ways[wanted.with_yes];
            let uneven: u64 = ways.iter().filter(|ways| **ways <= here).sum();
            uneven as f64 / ways.iter().sum::<u64>() as f64
        }
        for wanted in [
            table(1, 5, 6, 2),
            table(7, 1, 2, 4),
            table(2, 6, 3, 3),
            table(5, 0, 4, 3),
        ] {
            assert!(
                (wanted.fisher() - by_hand(wanted)).abs() < 1e-9,
                "{wanted:?}"
            );
        }
    }

    #[test]
    fn odds_are_compared_with_their_doubt() {
        let (ratio, low, high) = table(60, 40, 40, 60).odds_ratio(1.96);
        assert!((ratio - (60.5 * 60.5) / (40.5 * 40.5)).abs() < 1e-12);
        assert!(low > 1.0 && high < 4.1 && low < ratio && ratio < high);
        let (ratio, low, high) = table(0, 3, 0, 9).odds_ratio(1.96);
        assert!(ratio.is_finite() && low < 1.0 && high > 1.0);
    }
}
