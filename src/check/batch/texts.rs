//! The different texts of a batch: notes that are equal once names and companies are masked are
//! one text, and each text is a set of word pairs.

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::check::batch::Batch;
use crate::check::batch::masking::Masking;
use crate::similarity::Sets;
use crate::similarity::SetsBuilder;
use crate::similarity::pairs;
use crate::similarity::sequence_hash;

/// Stands for the text of a note without words, which is like no other.
pub(crate) const NO_TEXT: u32 = u32::MAX;

/// First sentences of fewer words are no opening: "Great post!"
const LEAST_OPENING: usize = 4;

/// What is known of every note's text, in little memory: some 30 bytes a note besides the sets.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// The text of each note, drafts first, then those of the history; [`NO_TEXT`] for one without words.
    pub(crate) of_note: Vec<u32>,
    /// For each draft a hash of its first sentence behind the greeting, masked; 0 for none of some words.
    pub(crate) openings: Vec<u64>,
    /// For each draft a hash of its recipient's company, 0 for none.
    pub(crate) companies: Vec<u64>,
    /// A hash of each text: an order that does not depend on that of the notes.
    pub(crate) keys: Vec<u64>,
    /// The word pairs of each text.
    pub(crate) sets: Sets,
    /// Where the drafts of each text begin in `drafts`; one more than there are texts.
    starts: Vec<u32>,
    drafts: Vec<u32>,
}

/// Notes that are read at a time: while their pairs are numbered, the next ones are read.
const CHUNK: usize = 8192;

/// What is read of one note.
struct Reading {
    /// Of its masked words.
    key: u64,
    /// Of its words as they are.
    unmasked: u64,
    opening: u64,
    company: u64,
    pairs: Range<usize>,
}

impl Texts {
    pub(super) fn new(batch: &Batch<'_>) -> Self {
        let drafts = batch.notes.len();
        let all = drafts + batch.history.len();
        let mut building = Building::default();
        let mut waiting = Vec::new();
        for start in (0..all).step_by(CHUNK) {
            let chunk = start..(start + CHUNK).min(all);
            let (read, ()) = rayon::join(
                || read(batch, chunk),
                || building.take(std::mem::take(&mut waiting), drafts),
            );
            waiting = read;
        }
        building.take(waiting, drafts);
        building.finish(drafts)
    }

    /// How many different texts there are.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// A word may be one reader's name and no other's: where notes have the same words, given by hashes, their
    /// texts are one all the same. It is that of the lower key, so that the order of the notes does not matter.
    fn unite(&mut self, mut unmasked: Vec<(u64, u32)>) {
        unmasked.par_sort_unstable();
        unmasked.dedup();
        let equal = unmasked.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        let equal: Vec<(u32, u32)> = equal.map(|pair| (pair[0].1, pair[1].1)).collect();
        if equal.is_empty() {
            return;
        }
        let mut same: Vec<u32> = (0..self.keys.len() as u32).collect();
        let root = |same: &[u32], mut text: u32| {
            while same[text as usize] != text {
                text = same[text as usize];
            }
            text
        };
        for (left, right) in equal {
            let (left, right) = (root(&same, left), root(&same, right));
            match self.keys[left as usize] < self.keys[right as usize] {
                true => same[right as usize] = left,
                false => same[left as usize] = right,
            }
        }
        for text in self.of_note.iter_mut().filter(|text| **text != NO_TEXT) {
            *text = root(&same, *text);
        }
    }

    /// The drafts that have a text, ascending; none for a text of the history alone.
    pub(crate) fn drafts(&self, text: u32) -> &[u32] {
        let (from, to) = (self.starts[text as usize], self.starts[text as usize + 1]);
        &self.drafts[from as usize..to as usize]
    }
}

/// Reads some notes: several lots, each with all its pairs in one list.
fn read(batch: &Batch<'_>, chunk: Range<usize>) -> Vec<(Vec<Reading>, Vec<u64>)> {
    const LOT: usize = 512;
    let lots: Vec<Range<usize>> = chunk
        .clone()
        .step_by(LOT)
        .map(|start| start..(start + LOT).min(chunk.end))
        .collect();
    lots.into_par_iter()
        .map_init(Masking::default, |masking, lot| {
            let mut all = Vec::with_capacity(lot.len() * 48);
            let readings = lot.map(|note| {
                let company = masking.read(batch.note(note));
                let from = all.len();
                pairs(&masking.words, &mut all);
                let opening = &masking.words[masking.opening()];
                Reading {
                    key: sequence_hash(&masking.words),
                    unmasked: masking.unmasked,
                    opening: match opening.len() {
                        0..LEAST_OPENING => 0,
                        _ => sequence_hash(opening),
                    },
                    company,
                    pairs: from..all.len(),
                }
            });
            (readings.collect(), all)
        })
        .collect()
}

#[derive(Default)]
struct Building {
    texts: Texts,
    builder: SetsBuilder,
    /// The text of each sequence of masked words.
    numbers: FxHashMap<u64, u32>,
    /// For each note a hash of its words as they are, with its text.
    unmasked: Vec<(u64, u32)>,
}

impl Building {
    fn take(&mut self, lots: Vec<(Vec<Reading>, Vec<u64>)>, drafts: usize) {
        let texts = &mut self.texts;
        for (readings, pairs) in lots {
            for reading in readings {
                if texts.openings.len() < drafts {
                    texts.openings.push(reading.opening);
                    texts.companies.push(reading.company);
                }
                if reading.pairs.is_empty() {
                    texts.of_note.push(NO_TEXT);
                    continue;
                }
                let text = *self.numbers.entry(reading.key).or_insert_with(|| {
                    texts.keys.push(reading.key);
                    self.builder.add(&pairs[reading.pairs.clone()])
                });
                self.unmasked.push((reading.unmasked, text));
                texts.of_note.push(text);
            }
        }
    }

    fn finish(self, drafts: usize) -> Texts {
        let mut texts = self.texts;
        drop(self.numbers);
        texts.unite(self.unmasked);
        texts.sets = self.builder.build();
        // A counting sort of the drafts by text.
        let mut starts = vec![0u32; texts.keys.len() + 1];
        let of_drafts = || {
            texts.of_note[..drafts]
                .iter()
                .filter(|&&text| text != NO_TEXT)
        };
        for &text in of_drafts() {
            starts[text as usize] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        let mut sorted = vec![0u32; sum as usize];
        for (draft, &text) in texts.of_note[..drafts].iter().enumerate() {
            if text != NO_TEXT {
                let at = &mut starts[text as usize];
                sorted[*at as usize] = draft as u32;
                *at += 1;
            }
        }
        starts.rotate_right(1);
        starts[0] = 0;
        texts.starts = starts;
        texts.drafts = sorted;
        texts
    }
}
