//! Learning weights from labelled notes: ordered logistic regression with a ridge, by Newton's method, each step of which is
//! found by conjugate gradients (Lin, Weng, Keerthi, "Trust region Newton method for large-scale logistic regression",
//! 2008, with halved steps in place of a trust region). The loss has one minimum, and it is reached to more digits than a
//! table shows: the same notes give the same weights.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::weigh::OUTPUTS;
use crate::weigh::PITCH;
use crate::weigh::weights::Weights;
use crate::weigh::weights::chance;

/// Notes that must have a feature, for it to be weighed.
const LEAST: usize = 4;
/// How strongly weights are held to zero. Chosen by cross-validation among 2.5, 5, 10, 16 and 33.
const RIDGE: f64 = 10.0;
/// Newton's steps at most, far more than are taken.
const STEPS: usize = 50;
/// Conjugate gradients a step at most.
const GRADIENTS: usize = 500;
/// What may be left of a step's error, in its square: the next step mends it.
const ROUGH: f64 = 1e-4;
/// Of the loss, what may be lost in adding it up: near the minimum a step saves less than that.
const ROUNDING: f64 = 1e-12;
/// The slope of the loss, by every weight, at which it counts as flat.
const FLAT: f64 = 1e-6;

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
    if samples.is_empty() {
        // Nothing is expected of any note.
        return Weights::new([[f64::INFINITY; 2]; OUTPUTS]);
    }
    let names = common(&samples);
    let number: FxHashMap<&str, usize> = names.iter().copied().zip(0..).collect();
    let features = samples.iter().map(|sample| {
        let known = sample.features.iter();
        known
            .filter_map(|name| number.get(name.as_str()).copied())
            .collect()
    });
    let features: Vec<Vec<usize>> = features.collect();
    let solve = |output: usize| {
        let labels: Vec<u8> = samples.iter().map(|sample| sample.label(output)).collect();
        let problem = Problem {
            features: &features,
            labels: &labels,
            weights: names.len(),
            cuts: if output == PITCH { 1 } else { 2 },
        };
        problem.solve().split(names.len())
    };
    let solved: Vec<(Vec<f64>, Vec<f64>)> = (0..OUTPUTS).into_par_iter().map(solve).collect();
    let mut cuts = [[0.0; 2]; OUTPUTS];
    let mut rows = vec![[0.0; OUTPUTS]; names.len()];
    for (output, (weights, own_cuts)) in solved.into_iter().enumerate() {
        cuts[output][..own_cuts.len()].copy_from_slice(&own_cuts);
        for (row, weight) in rows.iter_mut().zip(weights) {
            row[output] = weight;
        }
    }
    let mut weights = Weights::new(cuts);
    for (name, row) in names.iter().zip(rows) {
        weights.set(name, row);
    }
    weights
}

/// The features that enough notes have, in alphabetical order.
fn common<'a>(samples: &[&'a Sample]) -> Vec<&'a str> {
    let mut notes: FxHashMap<&str, usize> = FxHashMap::default();
    for feature in samples.iter().flat_map(|sample| &sample.features) {
        *notes.entry(feature).or_default() += 1;
    }
    let common = notes.into_iter().filter(|(_, notes)| *notes >= LEAST);
    let mut names: Vec<&str> = common.map(|(name, _)| name).collect();
    names.sort_unstable();
    names
}

/// Weights and, behind them, cuts: a point, or a direction from it.
#[derive(Clone)]
struct Point(Vec<f64>);

impl Point {
    fn split(mut self, weights: usize) -> (Vec<f64>, Vec<f64>) {
        let cuts = self.0.split_off(weights);
        (self.0, cuts)
    }

    fn dot(&self, other: &Self) -> f64 {
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }

    /// Goes so far in a direction.
    fn go(&mut self, far: f64, direction: &Self) {
        for (own, along) in self.0.iter_mut().zip(&direction.0) {
            *own += far * along;
        }
    }
}

/// One output to be fitted.
struct Problem<'a> {
    /// By note: its features.
    features: &'a [Vec<usize>],
    labels: &'a [u8],
    /// How many features there are, and how many cuts.
    weights: usize,
    cuts: usize,
}

impl Problem<'_> {
    /// Where the loss is least.
    fn solve(&self) -> Point {
        let mut point = Point(vec![0.0; self.weights + self.cuts]);
        let mut loss = self.loss(&point);
        for _ in 0..STEPS {
            let slope = self.slope(&point);
            if slope.0.iter().all(|slope| slope.abs() < FLAT) {
                break;
            }
            let step = self.step(&point, &slope);
            let mut far = 1.0;
            loop {
                let mut next = point.clone();
                next.go(far, &step);
                let reached = self.loss(&next);
                // So short a step changes no digit that is shown.
                if reached <= loss + ROUNDING * loss.abs() || far < FLAT {
                    (point, loss) = (next, reached);
                    break;
                }
                far /= 2.0;
            }
        }
        point
    }

    /// How far the sum of a note's weights lies above each of the cuts.
    fn above<'p>(&self, point: &'p Point, note: usize) -> impl Iterator<Item = f64> + 'p {
        let sum: f64 = self.features[note]
            .iter()
            .map(|&feature| point.0[feature])
            .sum();
        point.0[self.weights..].iter().map(move |cut| sum - cut)
    }

    /// Whether a note's label is above a cut.
    fn is_above(&self, note: usize, cut: usize) -> bool {
        usize::from(self.labels[note]) > cut
    }

    fn loss(&self, point: &Point) -> f64 {
        let held: f64 = point.0[..self.weights]
            .iter()
            .map(|weight| weight * weight)
            .sum();
        let mut loss = RIDGE / 2.0 * held;
        for note in 0..self.labels.len() {
            for (cut, above) in self.above(point, note).enumerate() {
                let wrong = if self.is_above(note, cut) {
                    -above
                } else {
                    above
                };
                // ln(1 + e^wrong), without an overflow.
                loss += wrong.max(0.0) + (-wrong.abs()).exp().ln_1p();
            }
        }
        loss
    }

    /// The first derivative of the loss.
    fn slope(&self, point: &Point) -> Point {
        self.gather(point, |note, cut, above| {
            chance(above) - f64::from(u8::from(self.is_above(note, cut)))
        })
    }

    /// Adds up what each note and cut gives to the derivative by their sum, and the ridge's share.
    fn gather(&self, point: &Point, gives: impl Fn(usize, usize, f64) -> f64) -> Point {
        let mut all = Point(vec![0.0; self.weights + self.cuts]);
        for note in 0..self.labels.len() {
            let mut sum = 0.0;
            for (cut, above) in self.above(point, note).enumerate() {
                let given = gives(note, cut, above);
                sum += given;
                all.0[self.weights + cut] -= given;
            }
            for &feature in &self.features[note] {
                all.0[feature] += sum;
            }
        }
        for (own, weight) in all.0.iter_mut().zip(&point.0[..self.weights]) {
            *own += RIDGE * weight;
        }
        all
    }

    /// Newton's step: the second derivative, by which it is multiplied, gives the slope taken back.
    fn step(&self, point: &Point, slope: &Point) -> Point {
        let curves = (0..self.labels.len()).map(|note| {
            let mut curves = [0.0; 2];
            for (curve, above) in curves.iter_mut().zip(self.above(point, note)) {
                let chance = chance(above);
                *curve = chance * (1.0 - chance);
            }
            curves
        });
        let curves: Vec<[f64; 2]> = curves.collect();
        let bend = |direction: &Point| {
            self.gather(direction, |note, cut, above| curves[note][cut] * above)
        };
        let scale = self.scale(&curves);
        let scaled = |point: &Point| {
            let both = point.0.iter().zip(&scale);
            Point(both.map(|(own, scale)| own / scale).collect())
        };
        let mut step = Point(vec![0.0; slope.0.len()]);
        let mut rest = Point(slope.0.iter().map(|slope| -slope).collect());
        let mut direction = scaled(&rest);
        let mut size = rest.dot(&direction);
        let enough = size * ROUGH;
        for _ in 0..GRADIENTS {
            let bent = bend(&direction);
            let far = size / direction.dot(&bent);
            step.go(far, &direction);
            rest.go(-far, &bent);
            let near = scaled(&rest);
            let left = rest.dot(&near);
            if left <= enough {
                break;
            }
            let mut next = near;
            next.go(left / size, &direction);
            (direction, size) = (next, left);
        }
        step
    }

    /// The second derivative by each weight and cut alone.
    fn scale(&self, curves: &[[f64; 2]]) -> Vec<f64> {
        let mut scale = vec![RIDGE; self.weights];
        // A cut that no note is near has no curve, and must not be divided by.
        scale.resize(self.weights + self.cuts, FLAT);
        for (features, curves) in self.features.iter().zip(curves) {
            for &feature in features {
                scale[feature] += curves.iter().sum::<f64>();
            }
            for (scale, curve) in scale[self.weights..].iter_mut().zip(curves) {
                *scale += curve;
            }
        }
        scale
    }
}
