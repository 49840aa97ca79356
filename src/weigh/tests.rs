//! Weights learned and used.

use super::*;
use crate::language::ENGLISH;
use crate::note::Note;
use crate::span::FileId;
use crate::span::Spanned;
use crate::text::Text;

fn sample(features: &[&str], level: u8, pitch: bool) -> Sample {
    Sample {
        features: features.iter().map(|name| (*name).to_owned()).collect(),
        levels: [level; 3],
        pitch,
    }
}

/// Notes in which one word goes with each level.
fn samples() -> Vec<Sample> {
    let mut all = Vec::new();
    for _ in 0..30 {
        all.push(sample(&["plain"], 0, false));
        all.push(sample(&["plain", "vague"], 1, false));
        all.push(sample(&["plain", "clear"], 2, false));
        all.push(sample(&["plain", "clear", "buy"], 2, true));
        all.push(sample(&["plain", "rare"], 1, false));
    }
    all
}

#[test]
fn words_that_go_with_a_level_are_given_weight() {
    let weights = train(samples().iter());
    let of = |name: &str| weights.of(name).unwrap()[0];
    assert!(of("clear") > 1.0 && of("clear") > of("vague") && of("vague") > 0.0);
    let expected = |names: &[&str]| {
        let mut sums = [0.0; OUTPUTS];
        for name in names {
            add(&mut sums, weights.of(name).unwrap());
        }
        weights.expected(sums)
    };
    let [none, generic, specific] = [&["plain"][..], &["plain", "vague"], &["plain", "clear"]]
        .map(|names| expected(names).levels[0]);
    assert!(
        none < generic && generic < specific && specific > 1.4,
        "{none} {generic} {specific}"
    );
    assert!(expected(&["plain", "clear", "buy"]).pitch > 0.5);
    assert!(expected(&["plain", "clear"]).pitch < 0.5);
}

/// At the best weights the loss is flat: the slope of each weight, by the definition of the loss, is zero.
#[test]
fn training_ends_where_the_loss_is_flat() {
    let samples = samples();
    let weights = train(samples.iter());
    let loss = |shift: f64, shifted: &str| -> f64 {
        let own =
            |name: &str| weights.of(name).unwrap()[0] + if name == shifted { shift } else { 0.0 };
        let mut loss = 0.0;
        for sample in &samples {
            let sum: f64 = sample.features.iter().map(|name| own(name)).sum();
            for (step, cut) in weights.cuts[0].iter().enumerate() {
                let passed = 1.0 / (1.0 + (cut - sum).exp());
                let right = if usize::from(sample.levels[0]) > step {
                    passed
                } else {
                    1.0 - passed
                };
                loss -= right.ln();
            }
        }
        let ridge: f64 = ["plain", "vague", "clear", "buy", "rare"]
            .iter()
            .map(|name| own(name).powi(2))
            .sum();
        loss + 5.0 * ridge
    };
    for name in ["plain", "vague", "clear", "buy", "rare"] {
        let slope = (loss(1e-4, name) - loss(-1e-4, name)) / 2e-4;
        assert!(slope.abs() < 1e-4, "{name}: {slope}");
    }
}

#[test]
fn a_table_is_read_as_it_was_written() {
    let weights = train(samples().iter());
    let table = weights.write(0.0);
    let again = Weights::read(&table).unwrap();
    assert_eq!(again.write(0.0), table);
    assert_eq!(
        Weights::read("# x\nword\t1\t2\t3\t4\nword\t1\t2\n").unwrap_err(),
        3
    );
    assert_eq!(Weights::read("word\t1\t2\t3\t4\t5\n").unwrap_err(), 1);
}

#[test]
fn the_built_in_table_has_no_fault() {
    let table = include_str!("../../rules/weights.tsv");
    let weights = Weights::read(table).unwrap_or_else(|line| panic!("line {line}"));
    assert_eq!(weights.names().count() + 3, table.lines().count());
}

#[test]
fn words_kinds_counts_and_signals_are_features() {
    let words = "Hi Ana, your talk in Turku on 12 May helped us. Shall I send you the slides?";
    let mut note = Note::new("n", 1, Text::plain(FileId(0), 0, words));
    note.recipient.first_name = Some(Box::new(Spanned::new("Ana".into(), note.text.whole())));
    let facts = Facts::in_language(&note, ENGLISH);
    let mut parts: [PartScore; 3] = Default::default();
    parts[0].level = Level::Specific;
    let found = features(&facts, &parts);
    let has = |name: &str| found.iter().any(|feature| feature.name == name);
    for name in [
        "your",
        "talk",
        "<recipient>",
        "<name>",
        "<figure>",
        "<names>=1",
        "<questions>=1",
        "<length>=70",
        "<past>=1",
        "@reference=2",
        "@reference=2,short",
        "@reason=0",
        "@all=200",
    ] {
        assert!(has(name), "{name} in {found:?}");
    }
    assert!(!has("turku") && !has("ana") && !has("<questions>=2"));
}

#[test]
fn from_no_notes_nothing_is_expected() {
    let cuts = train(std::iter::empty()).cuts;
    assert!(
        cuts.iter()
            .flatten()
            .all(|cut| super::weights::chance(-cut) == 0.0)
    );
}
