//! Weights learned from some notes for others: how well they do on notes that they have never seen.

use crate::agreement::Labels;
use crate::weigh::Sample;
use crate::weigh::Weights;
use crate::weigh::train;

/// What weights are learned from: a sample of each note; none for one that is not judged, or has no labels.
pub fn samples(
    features: Vec<Option<Vec<String>>>,
    labels: &[Option<Labels>],
) -> Vec<Option<Sample>> {
    let both = features.into_iter().zip(labels);
    both.map(|(features, labels)| {
        let (features, labels) = (features?, labels.as_ref()?);
        Some(Sample {
            features,
            levels: labels.levels,
            pitch: labels.flags[0],
        })
    })
    .collect()
}

/// Notes cut into folds, with weights for each that were learned from the notes of all others.
#[derive(Debug)]
pub struct Folds {
    weights: Vec<Weights>,
    notes: usize,
}

impl Folds {
    /// Learns the weights. Folds are runs of neighbouring notes: notes that were written together are mostly not
    /// on both sides.
    pub fn new(samples: &[Option<Sample>], folds: usize) -> Self {
        let mut all = Self {
            weights: vec![Weights::default(); folds.min(samples.len()).max(2)],
            notes: samples.len(),
        };
        for fold in 0..all.weights.len() {
            let others = samples.iter().enumerate();
            let others = others.filter(|(note, _)| all.fold_of(*note) != fold);
            all.weights[fold] = train(others.filter_map(|(_, sample)| sample.as_ref()));
        }
        all
    }

    /// The weights for a note, which have not seen it.
    pub fn weights_for(&self, note: usize) -> &Weights {
        &self.weights[self.fold_of(note)]
    }

    fn fold_of(&self, note: usize) -> usize {
        let last = self.weights.len() - 1;
        (note * self.weights.len() / self.notes.max(1)).min(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(word: &str, level: u8) -> Option<Sample> {
        Some(Sample {
            features: vec![word.to_owned()],
            levels: [level; 3],
            pitch: false,
        })
    }

    #[test]
    fn the_weights_for_a_note_are_learned_from_the_notes_of_other_folds() {
        // A word of its own in each fold, and no sample of the last note.
        let words = ["a", "a", "a", "a", "b", "b", "b", "b", "c", "c", "c", "c"];
        let mut samples: Vec<Option<Sample>> = words.iter().map(|word| sample(word, 2)).collect();
        samples.push(None);
        let folds = Folds::new(&samples[..12], 3);
        for (note, word) in words.iter().enumerate() {
            let weights = folds.weights_for(note);
            for other in ["a", "b", "c"] {
                assert_eq!(
                    weights.of(other).is_some(),
                    other != *word,
                    "{note}, {other}"
                );
            }
        }
        // More folds than notes, and notes without samples, are no trouble.
        assert!(
            Folds::new(&samples[12..], 5)
                .weights_for(0)
                .of("a")
                .is_none()
        );
    }
}
