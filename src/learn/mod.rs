//! What went with acceptance in the user's own history: odds ratios with their doubt, corrected for
//! looking at many things at once.
//!
//! Method. Each trait of an invitation (a part of the formula that is specific, a signal, a finding, a
//! length, a time) makes a table of two by two: with it or without, accepted or not, over the invitations
//! that had time for an answer. Fisher's exact test says how likely chance alone makes such a table; Holm's
//! correction makes up for testing many, so that a history in which nothing matters shows anything at all
//! in at most one of twenty cases. The odds ratio has an interval of the level at which Holm's step tests
//! it. Traits that too few invitations have, or lack, are not tested: "too few to say" is the normal answer
//! for a small history. What goes with acceptance need not be its cause.

mod traits;
mod weights;

pub use traits::Traits;
pub use traits::traits;
pub use weights::Weights;
pub use weights::weights;

use crate::statistics::Table;
use crate::statistics::holm;
use crate::statistics::quantile;

/// Corrected probabilities up to this one are taken for more than chance.
pub const LEVEL: f64 = 0.05;

/// Something that an invitation has or has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trait {
    /// A short name: `value/specific`, `signal:reference/post`, `rule:stock-opening`, `length/under-100`.
    pub id: String,
    /// In words.
    pub about: String,
}

/// An invitation that had time for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// Whether it was accepted.
    pub accepted: bool,
    /// For each trait whether it has it; nothing where the question makes no sense, such as the reason of
    /// an invitation without a note.
    pub has: Vec<Option<bool>>,
}

/// What can be said of a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It goes with more acceptances.
    More,
    /// It goes with fewer.
    Fewer,
    /// No difference that chance could not make.
    Nothing,
    /// Too few invitations have it, or lack it.
    TooFew,
}

impl Verdict {
    /// The name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::More => "more",
            Self::Fewer => "fewer",
            Self::Nothing => "nothing to say",
            Self::TooFew => "too few to say",
        }
    }
}

/// A trait and what can be said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The trait.
    pub subject: Trait,
    /// The counts.
    pub table: Table,
    /// The odds of acceptance with it, divided by those without.
    pub odds_ratio: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How likely chance alone shows as much in any of the traits tested; nothing if it was not tested.
    pub probability: Option<f64>,
    /// What can be said.
    pub verdict: Verdict,
}

/// Looks at all traits. Those with something to say come first, then by the size of the difference.
pub fn learn(traits: &[Trait], observations: &[Observation], too_few: usize) -> Vec<Learned> {
    let tables: Vec<Table> = (0..traits.len())
        .map(|number| table_of(observations, number))
        .collect();
    let tested: Vec<usize> = (0..traits.len())
        .filter(|&number| is_enough(&tables[number], too_few))
        .collect();
    let raw: Vec<f64> = tested
        .iter()
        .map(|&number| tables[number].fisher())
        .collect();
    let corrected = holm(&raw);
    // The number of traits that are left at each step of Holm's.
    let mut order: Vec<usize> = (0..tested.len()).collect();
    order.sort_by(|&a, &b| raw[a].total_cmp(&raw[b]));
    let mut left = vec![1; tested.len()];
    for (rank, &at) in order.iter().enumerate() {
        left[at] = tested.len() - rank;
    }
    let mut learned: Vec<Learned> = traits
        .iter()
        .zip(&tables)
        .enumerate()
        .map(|(number, (subject, table))| {
            let at = tested.iter().position(|&tested| tested == number);
            let steps = at.map_or(1, |at| left[at]);
            let z = quantile(1.0 - LEVEL / (2.0 * steps as f64));
            let (odds_ratio, low, high) = table.odds_ratio(z);
            let probability = at.map(|at| corrected[at]);
            let verdict = match probability {
                None => Verdict::TooFew,
                Some(probability) if probability > LEVEL => Verdict::Nothing,
                Some(_) if odds_ratio > 1.0 => Verdict::More,
                Some(_) => Verdict::Fewer,
            };
            Learned {
                subject: subject.clone(),
                table: *table,
                odds_ratio,
                low,
                high,
                probability,
                verdict,
            }
        })
        .collect();
    learned.sort_by(|a, b| {
        let size = |one: &Learned| one.odds_ratio.ln().abs();
        (a.verdict.cmp(&b.verdict)).then(size(b).total_cmp(&size(a)))
    });
    learned
}

fn table_of(observations: &[Observation], number: usize) -> Table {
    let mut table = Table::default();
    for one in observations {
        match (one.has[number], one.accepted) {
            (Some(true), true) => table.with_yes += 1,
            (Some(true), false) => table.with_no += 1,
            (Some(false), true) => table.without_yes += 1,
            (Some(false), false) => table.without_no += 1,
            (None, _) => {}
        }
    }
    table
}

/// Whether a table can say something at all. Looks only at its sums, never at what it says.
fn is_enough(table: &Table, too_few: usize) -> bool {
    const OUTCOMES: usize = 5;
    table.with() >= too_few
        && table.without() >= too_few
        && table.yes() >= OUTCOMES
        && table.all() - table.yes() >= OUTCOMES
}

#[cfg(test)]
mod tests;
