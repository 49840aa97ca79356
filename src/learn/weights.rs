//! Weights of the formula's parts that fit a history, for the user to adopt or not.

use crate::learn::Learned;
use crate::learn::Verdict;
use crate::score::Level;
use crate::score::Part;
use crate::score::ScoreTable;

/// Points for the three parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    /// For a specific part: reference, reason, value. They add up to 100.
    pub specific: [u32; 3],
    /// For a generic one.
    pub generic: [u32; 3],
}

/// No part is worth more than twice, or less than half, of what it was.
const MOST: f64 = 2.0;

/// Weights that lean towards what the history shows; nothing if it shows nothing of any part.
///
/// A part whose being specific goes with more acceptances gains in proportion to the logarithm of the end
/// of its odds ratio's interval that is nearer to 1, so that a doubtful effect moves little; one that goes
/// with fewer loses by the same rule. Then all are scaled to 100.
pub fn weights(learned: &[Learned], table: &ScoreTable) -> Option<Weights> {
    let mut any = false;
    let factors = Part::ALL.map(|part| {
        let id = format!("{}/specific", part.name());
        let found = learned.iter().find(|one| one.subject.id == id);
        let Some(found) = found else { return 1.0 };
        match found.verdict {
            Verdict::More if found.low > 1.0 => {
                any = true;
                (1.0 + found.low.ln()).min(MOST)
            }
            Verdict::Fewer if found.high < 1.0 => {
                any = true;
                1.0 / (1.0 - found.high.ln()).min(MOST)
            }
            _ => 1.0,
        }
    });
    if !any {
        return None;
    }
    let before = Part::ALL.map(|part| f64::from(table.points(part, Level::Specific)));
    let wanted: Vec<f64> = before
        .iter()
        .zip(factors)
        .map(|(points, factor)| points * factor)
        .collect();
    let sum: f64 = wanted.iter().sum();
    let shares: Vec<f64> = wanted.iter().map(|points| points / sum * 100.0).collect();
    let specific = rounded(&shares);
    let generic = [0, 1, 2].map(|part| {
        let ratio =
            f64::from(table.points(Part::ALL[part], Level::Generic)) / before[part].max(1.0);
        (f64::from(specific[part]) * ratio).round() as u32
    });
    Some(Weights { specific, generic })
}

/// Whole points that add up to 100: the largest remainders get what is left.
fn rounded(shares: &[f64]) -> [u32; 3] {
    let mut points = [0, 1, 2].map(|part| shares[part].floor() as u32);
    let mut order = [0, 1, 2];
    order.sort_by(|&a, &b| (shares[b].fract()).total_cmp(&shares[a].fract()));
    let missing = 100u32.saturating_sub(points.iter().sum());
    for &part in order.iter().cycle().take(missing as usize) {
        points[part] += 1;
    }
    points
}
