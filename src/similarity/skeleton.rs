//! What texts of one template share: the words that stay, and numbered slots between them.
//!
//! A star alignment: every text is aligned with one representative, and a word of the representative
//! stays if it is found in most of them. (Aligning all with all, or folding over all, lets one edited
//! text delete a shared word for good.)

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::similarity::align::align;

/// Figures of a skeleton.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// A word stays if this share of the texts has it, 0 to 1.
    pub support: f64,
    /// One or two words between slots stay only if this share has them, 0 to 1: words such as "of"
    /// meet by chance.
    pub island: f64,
    /// There is a slot where this share of the texts has words between two that stay, 0 to 1.
    pub slot: f64,
}

/// A part of a skeleton.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words of the representative that stay.
    Fixed(Range<usize>),
    /// A place that each text fills in its own way.
    Slot {
        /// The words of the representative that fill it; may be empty.
        words: Range<usize>,
        /// The mask that always stands here, or 0.
        mask: u8,
    },
}

/// What several texts share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skeleton {
    /// The number of the text that the others were aligned with.
    pub representative: usize,
    /// In the order of the text.
    pub pieces: Vec<Piece>,
    /// The hashes of words that stay and of masks, with the number of their piece.
    anchors: Vec<(u64, u32)>,
    hashes: Vec<u64>,
}

/// How a text fills a skeleton.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// The words of the text in each slot, by number of the slot; may be empty.
    pub slots: Vec<Range<usize>>,
    /// For each word of the text whether it is one that stays (or its mask).
    pub shared: Vec<bool>,
}

/// The skeleton of some texts, given by the hashes and masks of their words; none for no text. The
/// order of the texts matters only between texts that are equally good representatives.
pub fn skeleton(texts: &[Vec<(u64, u8)>], shape: Shape) -> Option<Skeleton> {
    let hashes: Vec<Vec<u64>> = texts
        .iter()
        .map(|words| words.iter().map(|word| word.0).collect())
        .collect();
    let representative = representative(&hashes)?;
    let model = &hashes[representative];
    let partners: Vec<Vec<Option<u32>>> = hashes
        .iter()
        .map(|words| {
            let mut partners = vec![None; model.len()];
            for (at, partner) in align(model, words) {
                partners[at as usize] = Some(partner);
            }
            partners
        })
        .collect();
    let count = texts.len() as f64;
    let having = |at: usize| {
        partners
            .iter()
            .filter(|partners| partners[at].is_some())
            .count() as f64
    };
    let enough = |at: usize, share: f64| having(at) >= share * count;
    let mut stays: Vec<bool> = (0..model.len())
        .map(|at| enough(at, shape.support))
        .collect();
    let is_slot = |stays: &[bool]| -> Vec<(Range<usize>, bool)> {
        gaps(stays)
            .into_iter()
            .map(|gap| {
                let filled = partners
                    .iter()
                    .zip(&hashes)
                    .filter(|(partners, words)| is_filled(partners, words.len(), &gap))
                    .count() as f64;
                let slot = filled >= shape.slot * count;
                (gap, slot)
            })
            .collect()
    };
    let slots = is_slot(&stays);
    for islands in slots.windows(2) {
        let [(before, true), (behind, true)] = islands else {
            continue;
        };
        let island = before.end..behind.start;
        let masked = |at: usize| texts[representative][at].1 > 0;
        if island.len() <= 2
            && before.start > 0
            && behind.end < model.len()
            && !island.clone().any(masked)
            && !island.clone().all(|at| enough(at, shape.island))
        {
            stays[island].fill(false);
        }
    }
    let slots = is_slot(&stays);
    Some(assemble(representative, &texts[representative], &slots))
}

/// The text whose words are the most common among all; of equals the first.
fn representative(hashes: &[Vec<u64>]) -> Option<usize> {
    let mut frequency: FxHashMap<u64, (u32, usize)> = FxHashMap::default();
    for (text, words) in hashes.iter().enumerate() {
        for &word in words {
            let entry = frequency.entry(word).or_insert((0, usize::MAX));
            if entry.1 != text {
                *entry = (entry.0 + 1, text);
            }
        }
    }
    let mean = |words: &Vec<u64>| {
        let sum: u64 = words.iter().map(|word| u64::from(frequency[word].0)).sum();
        // Thousandths: whole numbers have a total order.
        sum * 1000 / words.len().max(1) as u64
    };
    (0..hashes.len()).max_by_key(|&text| (mean(&hashes[text]), std::cmp::Reverse(text)))
}

/// The runs of words of the representative that do not stay, as the places between those that do:
/// one more than there are words that stay, many of them empty.
fn gaps(stays: &[bool]) -> Vec<Range<usize>> {
    let mut gaps = Vec::new();
    let mut begin = 0;
    for (at, stays) in stays.iter().enumerate() {
        if *stays {
            gaps.push(begin..at);
            begin = at + 1;
        }
    }
    gaps.push(begin..stays.len());
    gaps
}

/// Whether a text has words between the partners of the words around a gap.
fn is_filled(partners: &[Option<u32>], words: usize, gap: &Range<usize>) -> bool {
    let before = match gap.start.checked_sub(1) {
        None => Some(0),
        Some(at) => partners[at].map(|partner| partner as usize + 1),
    };
    let behind = match partners.get(gap.end) {
        None => Some(words),
        Some(partner) => partner.map(|partner| partner as usize),
    };
    matches!((before, behind), (Some(before), Some(behind)) if behind > before)
}

fn assemble(
    representative: usize,
    model: &[(u64, u8)],
    slots: &[(Range<usize>, bool)],
) -> Skeleton {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut anchors = Vec::new();
    for (gap, is_slot) in slots {
        if *is_slot {
            pieces.push(Piece::Slot {
                words: gap.clone(),
                mask: 0,
            });
        }
        let Some(&(hash, mask)) = model.get(gap.end) else {
            continue;
        };
        let here = gap.end..gap.end + 1;
        match pieces.last_mut() {
            _ if mask > 0 => pieces.push(Piece::Slot { words: here, mask }),
            Some(Piece::Fixed(words)) if words.end == here.start => words.end = here.end,
            _ => pieces.push(Piece::Fixed(here)),
        }
        anchors.push((hash, pieces.len() as u32 - 1));
    }
    Skeleton {
        representative,
        pieces,
        hashes: anchors.iter().map(|anchor| anchor.0).collect(),
        anchors,
    }
}

impl Skeleton {
    /// How many slots there are.
    pub fn slots(&self) -> usize {
        let is_slot = |piece: &&Piece| matches!(piece, Piece::Slot { .. });
        self.pieces.iter().filter(is_slot).count()
    }

    /// How many words stay, masks not counted.
    pub fn words(&self) -> usize {
        let words = |piece: &Piece| match piece {
            Piece::Fixed(words) => words.len(),
            Piece::Slot { .. } => 0,
        };
        self.pieces.iter().map(words).sum()
    }

    /// How a text, given by the hashes of its words, fills the slots.
    pub fn fit(&self, words: &[u64]) -> Fit {
        let mut shared = vec![false; words.len()];
        // For each piece the first and the last of its words in the text.
        let mut found: Vec<Option<(usize, usize)>> = vec![None; self.pieces.len()];
        for (anchor, at) in align(&self.hashes, words) {
            let (piece, at) = (self.anchors[anchor as usize].1 as usize, at as usize);
            shared[at] = true;
            found[piece] = Some(found[piece].map_or((at, at), |(first, _)| (first, at)));
        }
        let slots = self
            .pieces
            .iter()
            .enumerate()
            .filter_map(|(number, piece)| match piece {
                Piece::Fixed(_) => None,
                Piece::Slot { mask: 1.., .. } => {
                    Some(found[number].map_or(0..0, |(first, last)| first..last + 1))
                }
                Piece::Slot { .. } => {
                    let before = found[..number].iter().rev().flatten().next();
                    let behind = found[number..].iter().flatten().next();
                    let start = before.map_or(0, |(_, last)| last + 1);
                    let end = behind.map_or(words.len(), |(first, _)| *first);
                    Some(start..end.max(start))
                }
            })
            .collect();
        Fit { slots, shared }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::similarity::normal;

    const SHAPE: Shape = Shape {
        support: 0.8,
        island: 0.97,
        slot: 0.3,
    };

    /// Words of a text; those in capitals are mask 1.
    fn text(words: &str) -> Vec<(u64, u8)> {
        let mut out = Vec::new();
        normal::words(words, &mut out);
        let is_mask =
            |word: &normal::Word| words.as_bytes()[word.start as usize].is_ascii_uppercase();
        out.iter()
            .map(|word| {
                if is_mask(word) {
                    (1, 1)
                } else {
                    (word.hash, 0)
                }
            })
            .collect()
    }

    fn shown(texts: &[&str]) -> String {
        let all: Vec<Vec<(u64, u8)>> = texts.iter().map(|words| text(words)).collect();
        let skeleton = skeleton(&all, SHAPE).unwrap();
        let model: Vec<&str> = texts[skeleton.representative].split_whitespace().collect();
        let pieces: Vec<String> = skeleton
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Fixed(words) => model[words.clone()].join(" "),
                Piece::Slot { mask: 0, .. } => "_".to_owned(),
                Piece::Slot { .. } => "N".to_owned(),
            })
            .collect();
        pieces.join(" ")
    }

    #[test]
    fn what_stays_and_what_does_not() {
        let texts = [
            "hi ANA i saw your post about tax law and would like to talk",
            "hi BEN i saw your post about hiring and would like to talk",
            "hi CY i saw your post about very old boats and would like to talk",
        ];
        assert_eq!(
            shown(&texts),
            "hi N i saw your post about _ and would like to talk"
        );
        let mut turned = texts;
        turned.reverse();
        assert_eq!(shown(&turned), shown(&texts));
    }

    #[test]
    fn words_between_slots_that_meet_by_chance_are_part_of_the_slot() {
        let texts = [
            "we talked of a b of c d in the town hall",
            "we talked of e f of g h in the town hall",
            "we talked of i j of k l in the town hall",
            "we talked of m n of o p in the town hall",
            "we talked of q r s t u in the town hall",
        ];
        assert_eq!(shown(&texts), "we talked of _ in the town hall");
    }

    #[test]
    fn a_text_fills_the_slots() {
        let all = [
            text("hi ANA i saw your post on tax and call"),
            text("hi BEN i saw your post on law and call"),
        ];
        let skeleton = skeleton(&all, SHAPE).unwrap();
        assert_eq!((skeleton.slots(), skeleton.words()), (2, 8));
        let hashes = |words: &str| text(words).iter().map(|word| word.0).collect::<Vec<u64>>();
        let fit = skeleton.fit(&hashes("hi BEN i read your post on very old law and call"));
        assert_eq!(fit.slots, [1..2, 7..10]);
        let own: Vec<usize> = (0..12).filter(|&at| !fit.shared[at]).collect();
        assert_eq!(own, [3, 7, 8, 9]);
        assert_eq!(skeleton.fit(&[]).slots, [0..0, 0..0]);
    }
}
