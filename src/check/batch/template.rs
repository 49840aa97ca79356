//! A group of texts as a template: the words that all share, and what fills each slot in each note.

use std::ops::Range;

use rayon::prelude::*;

use crate::check::batch::Batch;
use crate::check::batch::groups::Component;
use crate::check::batch::masking::COMPANY;
use crate::check::batch::masking::Masking;
use crate::check::batch::masking::NAME;
use crate::check::batch::own::Common;
use crate::check::batch::own::OwnWord;
use crate::note::Note;
use crate::note::field_str;
use crate::similarity::Piece;
use crate::similarity::Shape;
use crate::similarity::Skeleton;
use crate::similarity::Word;
use crate::similarity::pair_hash;
use crate::similarity::sequence_hash;
use crate::similarity::skeleton;

/// From what on a group of texts is a template. All figures come from the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TemplateShape {
    /// The least number of different texts.
    pub(crate) least: usize,
    /// The least share of its words, 0 to 1, that a text has from the template, on the average.
    pub(crate) shared: f64,
    /// How many texts are aligned to find the skeleton.
    pub(crate) sample: usize,
    /// In this share of the notes, 0 to 1, a slot must hold a field's value to be a slot for that field.
    pub(crate) merge: f64,
    /// What this share of the notes says, 0 to 1, is no note's own.
    pub(crate) common: f64,
    /// When a word stays and where a slot is.
    pub(crate) shape: Shape,
}

/// What the texts of a group share.
#[derive(Debug)]
pub struct Template {
    /// The skeleton as text and slots.
    pub pieces: Vec<Filled>,
    /// The slots; number 1 is the first.
    pub slots: Vec<Slot>,
    /// The mean share of a note's words, 0 to 1, that are the template's; names and companies count as words.
    pub shared: f64,
    /// For each note of the group, in its order, the bytes of its text in each slot.
    pub fills: Vec<Box<[Range<u32>]>>,
    /// For each note the bytes of its text that are its own: in few others, and no merge value.
    pub own: Vec<Box<[Range<u32>]>>,
}

/// A part of the skeleton.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled {
    /// Text, with the marks around its words.
    Text(String),
    /// A slot, by its number from 1.
    Slot(u32),
}

/// A slot of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The field whose values stand here, if it takes nothing else: "first name", "company" ...
    pub merge: Option<&'static str>,
}

impl Template {
    /// The template of a group, if it is one.
    pub(crate) fn of(batch: &Batch<'_>, group: &Component, shape: TemplateShape) -> Option<Self> {
        if group.texts.len() < shape.least {
            return None;
        }
        let texts = batch.texts();
        let mut masking = Masking::default();
        let mut sample = Vec::new();
        let mut first_notes = Vec::new();
        for &text in group.texts.iter().take(shape.sample) {
            let note = batch.notes[texts.drafts(text)[0] as usize];
            masking.read(note);
            let words = masking.words.iter();
            sample.push(words.map(|word| (word.hash, word.mask)).collect());
            first_notes.push(note);
        }
        let skeleton = skeleton(&sample, shape.shape)?;
        let is_open = |piece: &Piece| matches!(piece, Piece::Slot { mask: 0, .. });
        if !skeleton.pieces.iter().any(is_open) || skeleton.words() == 0 {
            return None;
        }
        let mut template = Self {
            pieces: Vec::new(),
            slots: slots(&skeleton),
            shared: 0.0,
            fills: Vec::with_capacity(group.notes.len()),
            own: Vec::with_capacity(group.notes.len()),
        };
        let model = &sample[skeleton.representative];
        template.fit_all(batch, group, &skeleton, Common::of(&skeleton, model), shape);
        if template.shared < shape.shared {
            return None;
        }
        let model = first_notes[skeleton.representative];
        masking.read(model);
        template.pieces = pieces(&skeleton, model.text.as_str(), &masking);
        Some(template)
    }

    /// `common` knows what the template itself says.
    fn fit_all(
        &mut self,
        batch: &Batch<'_>,
        group: &Component,
        skeleton: &Skeleton,
        common: Common,
        shape: TemplateShape,
    ) {
        let open: Vec<bool> = skeleton
            .pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Slot { mask, .. } => Some(*mask == 0),
                Piece::Fixed(_) => None,
            })
            .collect();
        let fitted: Vec<Fitted> = group
            .notes
            .par_iter()
            .with_min_len(64)
            .map_init(Masking::default, |masking, &number| {
                let note = batch.notes[number as usize];
                fit(note, skeleton, &open, batch.judged, masking)
            })
            .collect();
        let mut merged = vec![[0usize; FIELDS.len()]; open.len()];
        let mut filled = vec![0usize; open.len()];
        let mut sum = 0.0;
        let mut owns = Vec::with_capacity(group.notes.len());
        for note in fitted {
            sum += note.shared;
            for (slot, fields) in note.values {
                filled[slot] += 1;
                for (count, is_value) in merged[slot].iter_mut().zip(fields) {
                    *count += usize::from(is_value);
                }
            }
            self.fills.push(note.fills);
            owns.push(note.own);
        }
        self.shared = sum / group.notes.len().max(1) as f64;
        for (slot, info) in self.slots.iter_mut().enumerate() {
            let counts = &merged[slot];
            let field =
                (0..FIELDS.len()).max_by_key(|&field| (counts[field], FIELDS.len() - field));
            if let Some(field) = field
                && counts[field] > 0
                && counts[field] as f64 >= filled[slot] as f64 * shape.merge
            {
                info.merge = Some(FIELDS[field]);
            }
        }
        if !batch.judged {
            return;
        }
        let many = (owns.len() as f64 * shape.common).ceil() as usize;
        let common = common.with(&owns, many.max(shape.least));
        let own_of = |own: Vec<OwnWord>, fills: &[Range<u32>]| {
            let is_merged = |bytes: &Range<u32>| {
                self.slots.iter().zip(fills.iter()).any(|(slot, fill)| {
                    slot.merge.is_some() && fill.start <= bytes.start && bytes.end <= fill.end
                })
            };
            let own = own.into_iter();
            let own = own.filter(|word| !common.has(word) && !is_merged(&word.bytes));
            own.map(|word| word.bytes).collect()
        };
        let notes = owns.into_par_iter().zip(&self.fills);
        self.own = notes.map(|(own, fills)| own_of(own, fills)).collect();
    }
}

/// How one note fills a template.
struct Fitted {
    /// The share of its words, 0 to 1, that are the template's.
    shared: f64,
    /// The bytes of its text in each slot.
    fills: Box<[Range<u32>]>,
    /// For each open slot that it fills, and for each of [`FIELDS`], whether it has its value there.
    values: Vec<(usize, [bool; FIELDS.len()])>,
    /// Its words that are neither the template's nor masked.
    own: Vec<OwnWord>,
}

/// Fits a note to a skeleton. `open` tells which slots are for no mask, `owns` whether its own words are wanted.
fn fit(
    note: &Note,
    skeleton: &Skeleton,
    open: &[bool],
    owns: bool,
    masking: &mut Masking,
) -> Fitted {
    masking.read(note);
    let hashes: Vec<u64> = masking.words.iter().map(|word| word.hash).collect();
    let fit = skeleton.fit(&hashes);
    let shared = fit.shared.iter().filter(|shared| **shared).count();
    let bytes = |words: &Range<usize>| match masking.words.get(words.clone()) {
        Some([first, .., last]) => first.start..last.end,
        Some([only]) => only.start..only.end,
        _ => 0..0,
    };
    let known = field_hashes(note, masking);
    let value = |(slot, words): (usize, &Range<usize>)| {
        if !open[slot] || words.is_empty() {
            return None;
        }
        let hash = sequence_hash(&masking.words[words.clone()]);
        Some((slot, known.each_ref().map(|field| field.contains(&hash))))
    };
    let pair = |left: usize, right: usize| Some(pair_hash(*hashes.get(left)?, *hashes.get(right)?));
    let own = |(at, word): (usize, &Word)| {
        (owns && !fit.shared[at] && word.mask == 0).then(|| OwnWord {
            bytes: word.start..word.end,
            pairs: [
                at.checked_sub(1).and_then(|before| pair(before, at)),
                pair(at, at + 1),
            ],
        })
    };
    Fitted {
        shared: shared as f64 / hashes.len().max(1) as f64,
        fills: fit.slots.iter().map(bytes).collect(),
        values: fit.slots.iter().enumerate().filter_map(value).collect(),
        own: masking.words.iter().enumerate().filter_map(own).collect(),
    }
}

/// The fields of a recipient, besides name and company, that a merge fills in.
const FIELDS: [&str; 3] = ["title", "location", "industry"];

/// For each of [`FIELDS`] the hashes of its value: as it stands, up to the first comma ("Berlin, Germany"), and up to
/// the reader's own company, which is masked ("Head of Sales at Acme").
fn field_hashes(note: &Note, masking: &Masking) -> [Vec<u64>; FIELDS.len()] {
    let recipient = &note.recipient;
    [
        field_str(&recipient.title),
        field_str(&recipient.location),
        field_str(&recipient.industry),
    ]
    .map(|value| {
        let mut hashes = Vec::new();
        let Some(value) = value else { return hashes };
        for part in [value, value.split(',').next().unwrap_or_default()] {
            let all = masking.masked_field(part);
            let masked = all.iter().position(|word| word.mask != 0);
            // With the word before the company and without it: "at" may belong to the template.
            let before = masked.into_iter().flat_map(|at| [at, at.saturating_sub(1)]);
            for end in before.chain([all.len()]).filter(|end| *end > 0) {
                hashes.push(sequence_hash(&all[..end]));
            }
        }
        hashes
    })
}

fn slots(skeleton: &Skeleton) -> Vec<Slot> {
    let slot = |piece: &Piece| match piece {
        Piece::Fixed(_) => None,
        Piece::Slot { mask, .. } => Some(Slot {
            merge: match *mask {
                NAME => Some("name"),
                COMPANY => Some("company"),
                _ => None,
            },
        }),
    };
    skeleton.pieces.iter().filter_map(slot).collect()
}

/// The skeleton with the marks that stand around the words of the text it was taken from.
fn pieces(skeleton: &Skeleton, text: &str, masking: &Masking) -> Vec<Filled> {
    let all = &masking.words;
    let start = |word: usize| all.get(word).map_or(text.len(), |word| word.start as usize);
    let end = |word: usize| all.get(word).map_or(text.len(), |word| word.end as usize);
    let mut writer = Writer::default();
    // Bytes up to here are written, or belong to no piece.
    let mut done = 0;
    let mut behind = 0;
    for piece in &skeleton.pieces {
        let (Piece::Fixed(words) | Piece::Slot { words, .. }) = piece;
        if let Some(before) = words.start.checked_sub(1) {
            done = done.max(end(before));
        }
        behind = words.end;
        let last = words.end.checked_sub(1).map_or(0, end);
        match piece {
            Piece::Fixed(_) => {
                writer.text(text.get(done..last).unwrap_or_default());
                done = last;
            }
            Piece::Slot { .. } if words.is_empty() => {
                // Nothing stands here in this text: the slot goes behind the next space.
                let between = text.get(done..start(words.start)).unwrap_or_default();
                let space = between.find(' ').map_or(between.len(), |at| at + 1);
                writer.text(&between[..space]);
                writer.empty_slot();
                done += space;
            }
            Piece::Slot { .. } => {
                writer.text(text.get(done..start(words.start)).unwrap_or_default());
                writer.slot();
                done = last;
            }
        }
    }
    // The full stop at the end, but no words that only this text has.
    if behind == all.len() {
        writer.text(text[done..].trim_end());
    }
    writer.pieces
}

#[derive(Default)]
struct Writer {
    pieces: Vec<Filled>,
    slots: u32,
    /// A word must not touch what stands before it.
    apart: bool,
}

impl Writer {
    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let apart = std::mem::take(&mut self.apart) && text.starts_with(char::is_alphanumeric);
        let space = if apart { " " } else { "" };
        match self.pieces.last_mut() {
            Some(Filled::Text(known)) => known.extend([space, text]),
            _ => self.pieces.push(Filled::Text(format!("{space}{text}"))),
        }
    }

    fn slot(&mut self) {
        self.slots += 1;
        if self.apart || matches!(self.pieces.last(), Some(Filled::Slot(_))) {
            self.pieces.push(Filled::Text(" ".to_owned()));
        }
        self.apart = false;
        self.pieces.push(Filled::Slot(self.slots));
    }

    fn empty_slot(&mut self) {
        let touches = |piece: &Filled| match piece {
            Filled::Text(text) => !text.ends_with(char::is_whitespace),
            Filled::Slot(_) => false,
        };
        if self.pieces.last().is_some_and(touches) {
            self.text(" ");
        }
        self.slot();
        self.apart = true;
    }
}
