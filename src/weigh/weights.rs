//! The weights as a table: one line a feature, its weights for reference, reason, value and pitch in hundredths.

use std::fmt::Write;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::score::Part;
use crate::weigh::Expected;
use crate::weigh::OUTPUTS;
use crate::weigh::PITCH;

/// Names of the lines that hold what a sum must pass to be expected generic, and specific. A pitch has only the first: its
/// second says nothing.
const CUTS: [&str; 2] = ["<cut>=1", "<cut>=2"];

/// Weights of features.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    by_name: FxHashMap<Box<str>, [f64; OUTPUTS]>,
    /// By output: what the sum must pass for each of the two steps.
    pub(super) cuts: [[f64; 2]; OUTPUTS],
}

static BUILT_IN: LazyLock<Weights> = LazyLock::new(|| {
    // A test reads the table line by line, so that nothing can be wrong with it here.
    Weights::read(include_str!("../../rules/weights.tsv")).unwrap_or_default()
});

impl Weights {
    /// Those of the program, learned from the project's own corpus.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    pub(super) fn new(cuts: [[f64; 2]; OUTPUTS]) -> Self {
        Self {
            cuts,
            ..Self::default()
        }
    }

    pub(super) fn set(&mut self, name: &str, weights: [f64; OUTPUTS]) {
        self.by_name.insert(name.into(), weights);
    }

    /// Reads a table.
    ///
    /// # Errors
    /// The number of the first line that is none of it, counted from 1.
    pub fn read(table: &str) -> Result<Self, usize> {
        let mut weights = Self::default();
        for (number, line) in table.lines().enumerate() {
            if line.starts_with("# ") {
                continue;
            }
            let wrong = number + 1;
            let mut cells = line.split('\t');
            let name = cells.next().ok_or(wrong)?;
            let mut row = [0.0; OUTPUTS];
            for cell in &mut row {
                let hundredths: i32 = cells
                    .next()
                    .and_then(|cell| cell.parse().ok())
                    .ok_or(wrong)?;
                *cell = f64::from(hundredths) / 100.0;
            }
            if cells.next().is_some() {
                return Err(wrong);
            }
            match CUTS.iter().position(|cut| *cut == name) {
                Some(step) => {
                    for (cuts, cut) in weights.cuts.iter_mut().zip(row) {
                        cuts[step] = cut;
                    }
                }
                None => weights.set(name, row),
            }
        }
        Ok(weights)
    }

    /// The table that [`Weights::read`] reads. Features that weigh less than `least` everywhere are left out.
    pub fn write(&self, least: f64) -> String {
        let mut table = String::from(
            "# Learned from labelled notes by `connote rules weigh`: hundredths for reference, reason, value and pitch.\n",
        );
        let mut line = |name: &str, row: [f64; OUTPUTS]| {
            let [reference, reason, value, pitch] =
                row.map(|weight| (weight * 100.0).round() as i64);
            let _ = writeln!(table, "{name}\t{reference}\t{reason}\t{value}\t{pitch}");
        };
        for (step, name) in CUTS.iter().enumerate() {
            line(name, self.cuts.map(|cuts| cuts[step]));
        }
        let mut names: Vec<(&str, [f64; OUTPUTS])> = self
            .by_name
            .iter()
            .map(|(name, row)| (&**name, *row))
            .filter(|(_, row)| row.iter().any(|weight| weight.abs() >= least))
            .collect();
        names.sort_by_key(|(name, _)| *name);
        for (name, row) in names {
            line(name, row);
        }
        table
    }

    /// The weights of a feature.
    pub fn of(&self, name: &str) -> Option<&[f64; OUTPUTS]> {
        self.by_name.get(name)
    }

    /// The names of all features that weigh something, in no order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(|name| &**name)
    }

    /// What sums of weights let expect: of a part the sum of the chances that each cut is passed.
    pub(super) fn expected(&self, sums: [f64; OUTPUTS]) -> Expected {
        let chance = |output: usize, step: usize| chance(sums[output] - self.cuts[output][step]);
        Expected {
            levels: Part::ALL.map(|part| chance(part as usize, 0) + chance(part as usize, 1)),
            pitch: chance(PITCH, 0),
        }
    }
}

/// The logistic function.
pub(super) fn chance(sum: f64) -> f64 {
    1.0 / (1.0 + (-sum).exp())
}
