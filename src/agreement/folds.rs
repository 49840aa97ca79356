//! Verdicts by weights that were learned from other notes: how well weights do where they have seen nothing.

use crate::agreement::Labels;
use crate::report::Report;
use crate::ruleset::Flag;
use crate::ruleset::RuleSet;
use crate::score::Level;
use crate::score::Part;
use crate::weigh::Sample;
use crate::weigh::Weights;
use crate::weigh::train;

/// A labelled note's features; none for a note that is not judged, or has no labels.
pub(super) type Samples = [Option<Sample>];

/// Samples of notes with labels.
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

/// Gives each note of a report the verdict of weights learned from all samples but those of its fold. Folds are runs of neighbouring notes:
/// notes that were written together are not on both sides.
pub fn folded(report: &mut Report, samples: &Samples, set: &RuleSet, folds: usize) {
    let folds = folds.max(2);
    let fold_of = |note: usize| note * folds / samples.len().max(1);
    for fold in 0..folds {
        let others = samples.iter().enumerate();
        let others = others.filter(|(note, _)| fold_of(*note) != fold);
        let weights = train(others.filter_map(|(_, sample)| sample.as_ref()));
        for (note, sample) in samples.iter().enumerate() {
            if let (true, Some(sample)) = (fold_of(note) == fold, sample) {
                judge(report, note, sample, &weights, set);
            }
        }
    }
}

fn judge(report: &mut Report, note: usize, sample: &Sample, weights: &Weights, set: &RuleSet) {
    let expected = weights.expected_of(&sample.features);
    let levels = Part::ALL.map(|part| {
        let signals = report.verdicts[note].score.part(part).signals;
        let steps = set.steps(part);
        steps.map_or(signals, |steps| {
            steps.level(expected[part as usize], signals)
        })
    });
    let pitch = set.pitch_from().is_some_and(|least| expected[3] >= least);
    give(report, note, levels, pitch, set);
}

/// Gives a note these levels and what follows from them. What is taken off stays as it is.
fn give(report: &mut Report, note: usize, levels: [Level; 3], pitch: bool, set: &RuleSet) {
    let named = report.diagnostics.iter().any(|found| {
        let rule = || set.rule(&found.rule);
        found.note == Some(note as u32)
            && rule()
                .is_some_and(|rule| rule.flag == Some(Flag::Pitch) && rule.kind != "weighed-pitch")
    });
    let verdict = &mut report.verdicts[note];
    for part in Part::ALL {
        let score = &mut verdict.score.parts[part as usize];
        score.level = levels[part as usize];
        score.points = set.table.points(part, score.level);
    }
    verdict.flags.pitch = named || pitch;
    verdict.flags.generic = levels[Part::Reference as usize] != Level::Specific;
    let parts = std::mem::take(&mut verdict.score.parts);
    let deductions = std::mem::take(&mut verdict.score.deductions);
    verdict.score = set.table.score(parts, deductions);
}
