//! Parameters that several of these kinds have.

use crate::check::batch::TemplateShape;
use crate::similarity::Shape;
use crate::similarity::Threshold;
use crate::toml_doc::Problems;
use crate::toml_doc::Table;

/// What `similarity` means.
pub(in crate::check::kinds) const SIMILARITY: (&str, &str) = (
    "similarity",
    "from which share of common word pairs on two notes are alike, 0.05 to 1 (Jaccard index; name and company masked)",
);

/// What the figures of a template mean, in the order in which [`shape`] reads them.
pub(super) const SHAPE: [(&str, &str); 8] = [
    (
        "least",
        "so many different texts make a template, 3 or more",
    ),
    (
        "shared",
        "the share of its words that a note has from the template, on the average, 0 to 1",
    ),
    (
        "support",
        "a word belongs to the template if this share of the notes has it, 0 to 1",
    ),
    (
        "island",
        "one or two words between two slots belong to it only from this share on, 0 to 1",
    ),
    (
        "slot",
        "there is a slot where this share of the notes has words of its own, 0 to 1",
    ),
    (
        "sample",
        "so many notes are laid side by side to find the template",
    ),
    (
        "merge",
        "in this share of the notes a slot must hold a field's value to be a slot for that field, 0 to 1",
    ),
    (
        "common",
        "words that this share of the notes has, and no fewer than `least`, are no note's own, wherever they stand, 0 to 1",
    ),
];

/// The threshold; missing is reported.
pub(in crate::check::kinds) fn similarity(
    table: &Table,
    problems: &mut Problems,
) -> Option<Threshold> {
    fraction(table, "similarity", 0.05, problems).map(Threshold::new)
}

/// A number between `least` and 1; missing or beyond is reported.
pub(super) fn fraction(
    table: &Table,
    key: &'static str,
    least: f64,
    problems: &mut Problems,
) -> Option<f64> {
    if table.value(key).is_none() {
        table.require(key, problems);
        return None;
    }
    let number = table.number(key, problems)?;
    if !(least..=1.0).contains(&number.value) {
        problems.error(number.span, format!("`{key}` must be from {least} to 1"));
        return None;
    }
    Some(number.value)
}

/// A whole number of at least `least`; missing or less is reported.
pub(super) fn at_least(
    table: &Table,
    key: &'static str,
    least: u32,
    problems: &mut Problems,
) -> Option<usize> {
    if table.value(key).is_none() {
        table.require(key, problems);
        return None;
    }
    let number = table.count(key, problems)?;
    if number.value < least {
        problems.error(number.span, format!("`{key}` must be {least} or more"));
        return None;
    }
    Some(number.value as usize)
}

/// The figures of a template.
pub(super) fn shape(table: &Table, problems: &mut Problems) -> Option<TemplateShape> {
    let least = at_least(table, "least", 3, problems);
    let sample = at_least(table, "sample", 3, problems);
    let mut share = |key| fraction(table, key, 0.0, problems);
    let (shared, support) = (share("shared"), share("support"));
    let (island, slot) = (share("island"), share("slot"));
    let (merge, common) = (share("merge"), share("common"));
    Some(TemplateShape {
        least: least?,
        shared: shared?,
        sample: sample?,
        merge: merge?,
        common: common?,
        shape: Shape {
            support: support?,
            island: island?,
            slot: slot?,
        },
    })
}
