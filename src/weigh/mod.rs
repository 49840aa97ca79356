//! What all the words of a note together say of the parts of the formula.
//!
//! Signals name ways of speaking, and nobody can name them all; a phrase that mostly shows a purpose can also stand
//! where there is none. So what the signals found is weighed together with every common word, and with how many
//! names, numbers, questions and sentences there are. The weights come from labelled notes by ordered logistic
//! regression (McCullagh, "Regression models for ordinal data", 1980, with one slope for both cuts); sums of
//! weights give the level to expect of each part, from 0 to 2, and the chance of a pitch.

mod features;
mod train;
mod weights;

pub use features::Feature;
pub use features::features;
pub use train::Sample;
pub use train::train;
pub use weights::Weights;

use std::ops::Range;

use crate::facts::Facts;
use crate::facts::Sentence;
use crate::score::Level;
use crate::score::Part;
use crate::score::PartScore;

/// What a note lets expect.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Expected {
    /// The level of reference, reason and value: 0 none, 1 generic, 2 specific, and between.
    pub levels: [f64; 3],
    /// The chance that it is a pitch, 0 to 1.
    pub pitch: f64,
}

/// What is expected of a note, and where it shows.
#[derive(Clone, Debug, Default)]
pub struct Opinion {
    /// By all its words.
    pub expected: Expected,
    /// Bytes of the sentence that weighs most towards each of the three parts.
    pub places: [Range<usize>; 3],
    /// Bytes of the sentence that weighs most towards a pitch.
    pub pitch_place: Range<usize>,
}

/// Reference, reason, value and pitch.
const OUTPUTS: usize = 4;
/// The place of the pitch among them.
const PITCH: usize = 3;
/// Words up to which a sentence shows nothing, its two marks counted.
const FEW: usize = 5;

impl Opinion {
    /// Weighs a note. `parts` are those that the signals gave.
    pub fn new(weights: &Weights, facts: &Facts<'_>, parts: &[PartScore; 3]) -> Self {
        let mut sums = [0.0; OUTPUTS];
        let sentences = &facts.tokens.sentences;
        let mut by_sentence = vec![[0.0; OUTPUTS]; sentences.len()];
        for feature in features(facts, parts) {
            let Some(weights) = weights.of(&feature.name) else {
                continue;
            };
            add(&mut sums, weights);
            if let Some(token) = feature.token {
                add(&mut by_sentence[facts.sentence_of(token)], weights);
            }
        }
        // Pleasantries ("thanks for connecting!") show nothing, whatever their words weigh.
        let tells = |sentence: &Sentence| !sentence.greeting && sentence.tokens().len() > FEW;
        let any = sentences.iter().any(tells);
        let place = |output: usize| {
            let shown = |sentence: &Sentence| tells(sentence) || !any && !sentence.greeting;
            let weights = by_sentence.iter().zip(sentences);
            let weights = weights.filter(|(_, sentence)| shown(sentence));
            // Of two that weigh the same the first is shown.
            let heaviest = weights
                .rev()
                .max_by(|(a, _), (b, _)| a[output].total_cmp(&b[output]));
            let whole = 0..facts.text().trim_end().len();
            heaviest.map_or(whole, |(_, sentence)| facts.bytes(sentence.tokens()))
        };
        Self {
            expected: weights.expected(sums),
            places: Part::ALL.map(|part| place(part as usize)),
            pitch_place: place(PITCH),
        }
    }
}

fn add(sums: &mut [f64; OUTPUTS], weights: &[f64; OUTPUTS]) {
    for (sum, weight) in sums.iter_mut().zip(weights) {
        *sum += weight;
    }
}

/// From which expected level on, 0 to 2, a part counts as generic, and as specific.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steps {
    /// Generic, where no phrase claims it.
    pub generic: f64,
    /// Generic, where a phrase does: what is there in so many words is given up late.
    pub keep_generic: f64,
    /// Specific, where no phrase claims it.
    pub specific: f64,
    /// Specific, where a phrase does.
    pub keep_specific: f64,
}

impl Steps {
    /// The level of a part of which this is expected, and for which the signals gave a level.
    pub fn level(self, expected: f64, signals: Level) -> Level {
        let step = |level: Level, raise: f64, keep: f64| {
            expected >= if signals >= level { keep } else { raise }
        };
        if step(Level::Specific, self.specific, self.keep_specific) {
            Level::Specific
        } else if step(Level::Generic, self.generic, self.keep_generic) {
            Level::Generic
        } else {
            Level::None
        }
    }
}

#[cfg(test)]
mod tests;
