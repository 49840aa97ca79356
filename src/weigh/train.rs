//! Learning weights from labelled notes: ordered logistic regression with a ridge, by Newton steps on one weight
//! after another (Genkin, Lewis, Madigan, "Large-scale Bayesian logistic regression for text categorization", 2007).
//! The same notes in the same order give the same weights.

use rustc_hash::FxHashMap;

use crate::weigh::OUTPUTS;
use crate::weigh::PITCH;
use crate::weigh::weights::Weights;
use crate::weigh::weights::chance;

/// Notes that must have a feature, for it to be weighed.
const LEAST: usize = 4;
/// How strongly weights are held to zero. Chosen by cross-validation among 2.5, 5, 10, 16 and 33.
const RIDGE: f64 = 10.0;
/// Rounds over all weights. After half as many nothing moves by a hundredth any more.
const ROUNDS: usize = 60;
/// The longest step of one weight.
const STEP: f64 = 1.0;

/// A labelled note.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The names of its features.
    pub features: Vec<String>,
    /// Reference, reason, value: 0 none, 1 generic, 2 specific.
    pub levels: [u8; 3],
    /// Whether it is a pitch.
    pub pitch: bool,
}

impl Sample {
    fn label(&self, output: usize) -> u8 {
        match output {
            PITCH => u8::from(self.pitch),
            part => self.levels[part],
        }
    }
}

/// Learns weights.
pub fn train<'a>(samples: impl Iterator<Item = &'a Sample>) -> Weights {
    let samples: Vec<&Sample> = samples.collect();
    // For each feature the notes that have it.
    let mut notes_of: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (note, sample) in samples.iter().enumerate() {
        for feature in &sample.features {
            notes_of.entry(feature).or_default().push(note);
        }
    }
    let mut columns: Vec<(&str, Vec<usize>)> = notes_of
        .into_iter()
        .filter(|(_, notes)| notes.len() >= LEAST)
        .collect();
    columns.sort_unstable_by_key(|(name, _)| *name);
    let mut rows = vec![[0.0; OUTPUTS]; columns.len()];
    let mut cuts = [[0.0; 2]; OUTPUTS];
    for output in 0..OUTPUTS {
        let labels: Vec<u8> = samples.iter().map(|sample| sample.label(output)).collect();
        let steps = if output == PITCH { 1 } else { 2 };
        let mut fit = Fit {
            sums: vec![0.0; samples.len()],
            cuts: [0.5, 1.5],
            steps,
            labels,
        };
        let mut weights = vec![0.0; columns.len()];
        for _ in 0..ROUNDS {
            fit.move_cuts();
            for (weight, (_, notes)) in weights.iter_mut().zip(&columns) {
                fit.move_weight(weight, notes);
            }
        }
        for (row, weight) in rows.iter_mut().zip(weights) {
            row[output] = weight;
        }
        cuts[output] = fit.cuts;
    }
    let mut weights = Weights::new(cuts);
    for ((name, _), row) in columns.iter().zip(rows) {
        weights.set(name, row);
    }
    weights
}

/// One output being fitted.
struct Fit {
    /// By note: the sum of its weights.
    sums: Vec<f64>,
    cuts: [f64; 2],
    steps: usize,
    labels: Vec<u8>,
}

impl Fit {
    /// The first derivative of the loss by a note's sum, and the second, at one step.
    fn slope(&self, note: usize, step: usize) -> (f64, f64) {
        let expected = chance(self.sums[note] - self.cuts[step]);
        let labelled = f64::from(u8::from(usize::from(self.labels[note]) > step));
        (expected - labelled, expected * (1.0 - expected))
    }

    fn move_cuts(&mut self) {
        for step in 0..self.steps {
            let (mut first, mut second) = (0.0, 1e-6);
            for note in 0..self.sums.len() {
                let (slope, curve) = self.slope(note, step);
                first -= slope;
                second += curve;
            }
            self.cuts[step] -= (first / second).clamp(-STEP, STEP);
        }
    }

    fn move_weight(&mut self, weight: &mut f64, notes: &[usize]) {
        let (mut first, mut second) = (RIDGE * *weight, RIDGE);
        for note in notes {
            for step in 0..self.steps {
                let (slope, curve) = self.slope(*note, step);
                first += slope;
                second += curve;
            }
        }
        let moved = (first / second).clamp(-STEP, STEP);
        *weight -= moved;
        for note in notes {
            self.sums[*note] -= moved;
        }
    }
}
