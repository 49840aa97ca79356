//! `near-duplicate`: two notes that are nearly the same, with the words that differ.

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::check::Batch;
use crate::check::Build;
use crate::check::Check;
use crate::check::Exceptions;
use crate::check::Finding;
use crate::check::Group;
use crate::check::GroupCheck;
use crate::check::Groups;
use crate::check::Kind;
use crate::check::batch::Masking;
use crate::check::kinds::similar::parameters;
use crate::check::kinds::similar::percent;
use crate::note::Note;
use crate::similarity::Threshold;
use crate::similarity::align;
use crate::similarity::nearest;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "near-duplicate",
    about: "two notes that are nearly the same; what a rule of the kind `template` tells is left to it",
    parameters: &[parameters::SIMILARITY],
    holes: &["similarity", "twin", "edits"],
    groups: true,
    build,
};

struct NearDuplicate {
    similarity: Threshold,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let similarity = parameters::similarity(table, build.problems)?;
    Some(Check::Group(Box::new(NearDuplicate { similarity })))
}

impl GroupCheck for NearDuplicate {
    fn check(&self, batch: &Batch<'_>, exceptions: &Exceptions<'_>) -> Groups {
        let mut groups = Groups::default();
        let is_claimed = |note: &u32| (exceptions.claimed)(*note);
        let open: Vec<Vec<u32>> = batch
            .alike(self.similarity)
            .iter()
            .filter(|component| !component.notes.iter().all(is_claimed))
            .map(|component| groups.present(&component.notes, exceptions))
            .collect();
        groups.found = open
            .into_par_iter()
            .map_init(Default::default, |masking, members| {
                self.group(batch, members, exceptions, masking)
            })
            .flatten_iter()
            .collect();
        groups
    }
}

impl NearDuplicate {
    /// What is to be said of notes that are alike, directly or by a chain: of each with its nearest.
    fn group(
        &self,
        batch: &Batch<'_>,
        mut members: Vec<u32>,
        exceptions: &Exceptions<'_>,
        masking: &mut [Masking; 2],
    ) -> Option<Group> {
        let texts = batch.texts();
        let text_of = |note: u32| texts.of_note[note as usize];
        // Each text by its first note.
        let mut seen: FxHashSet<u32> = FxHashSet::default();
        let mut firsts: Vec<u32> = members
            .iter()
            .copied()
            .filter(|&note| seen.insert(text_of(note)))
            .collect();
        // Of equally near ones the first is the nearest: not by the order of the notes, which must not matter.
        firsts.sort_unstable_by_key(|&note| texts.keys[text_of(note) as usize]);
        let alike: Vec<u32> = firsts.iter().map(|&note| text_of(note)).collect();
        let is_told = |at: usize| !(exceptions.claimed)(firsts[at]);
        let nearest = nearest(&texts.sets, &alike, &is_told, self.similarity);
        let (mut sum, mut findings) = (0.0, Vec::new());
        let mut linked: FxHashSet<u32> = FxHashSet::default();
        for (at, found) in nearest.iter().enumerate() {
            let Some(found) = found else { continue };
            let other = found.other as usize;
            let back = nearest[other].is_some_and(|back| back.other as usize == at);
            if back && firsts[at] < firsts[other] {
                // Each other's nearest: said once, of the later one.
                continue;
            }
            linked.extend([alike[at], alike[other]]);
            sum += found.similarity;
            let [note, twin] = [firsts[at], firsts[other]].map(|note| batch.note(note as usize));
            findings.push((firsts[at], pair(note, twin, found.similarity, masking)));
        }
        findings.sort_unstable_by_key(|(note, _)| *note);
        // What was alike only by way of a note that is left out is not alike any more.
        members.retain(|&note| linked.contains(&text_of(note)));
        (!findings.is_empty()).then(|| Group {
            cluster: Some(KIND.name),
            similarity: sum / findings.len() as f64,
            members,
            findings,
            ..Group::default()
        })
    }
}

/// Words that differ are shown for at most so many places.
const SHOWN: usize = 4;

/// A finding about two notes: their similarity, and the words that differ.
pub(in crate::check::kinds) fn pair(
    note: &Note,
    twin: &Note,
    similarity: f64,
    masking: &mut [Masking; 2],
) -> Finding {
    let [own, other] = masking;
    own.read(note);
    other.read(twin);
    let hashes =
        |masking: &Masking| -> Vec<u64> { masking.words.iter().map(|word| word.hash).collect() };
    let (own_hashes, other_hashes) = (hashes(own), hashes(other));
    let differences = differences(&own_hashes, &other_hashes);
    // A word put in the place of another is one that differs.
    let edits = differences
        .iter()
        .map(|(here, there)| here.len().max(there.len()))
        .sum();
    let own_bytes = |range: &Range<usize>| bytes(own, range, note);
    let other_bytes = |range: &Range<usize>| bytes(other, range, twin);
    let first = differences.first();
    let all = 0..note.text.as_str().trim_end().len();
    let mut finding = Finding::at(first.map_or(all, |(own, _)| own_bytes(own)))
        .labelled("this differs, the rest is nearly the same")
        .with("similarity", percent(similarity))
        .with("twin", &twin.id)
        .with("edits", words_that_differ(edits));
    let place = first.map_or(twin.text.whole(), |(_, other)| {
        twin.text.span(other_bytes(other))
    });
    finding.elsewhere.push((place, "its twin".to_owned()));
    for (own, _) in differences.iter().skip(1).take(SHOWN - 1) {
        finding.also.push((own_bytes(own), "and this".to_owned()));
    }
    let words = |note: &Note, range: Range<usize>| {
        note.text.as_str().get(range).unwrap_or_default().to_owned()
    };
    let masked = |masking: &Masking, range: &Range<usize>| {
        let mut words = masking.words[range.clone()].iter();
        words.any(|word| word.mask != 0)
    };
    for (here, there) in differences.iter().take(SHOWN) {
        let is_masked = [masked(own, here), masked(other, there)];
        let (here, there) = (
            words(note, own_bytes(here)),
            words(twin, other_bytes(there)),
        );
        finding.details.push(beside(&here, &there, is_masked));
    }
    if differences.len() > SHOWN {
        let more = differences.len() - SHOWN;
        finding.details.push(format!("and {more} more places"));
    }
    finding
}

/// What stands here and there; `masked` tells where it is the name or company of the reader.
fn beside(here: &str, there: &str, masked: [bool; 2]) -> String {
    let quoted = |words: &str| match words.trim() {
        "" => "nothing".to_owned(),
        words => format!("`{words}`"),
    };
    if masked[0] != masked[1] && here.trim().to_lowercase() == there.trim().to_lowercase() {
        let only = if masked[0] { "here" } else { "there" };
        return format!(
            "{} in both, but only {only} is it the reader's own name or company",
            quoted(here)
        );
    }
    format!("{} here, {} there", quoted(here), quoted(there))
}

fn words_that_differ(edits: usize) -> String {
    match edits {
        0 => "no word differs".to_owned(),
        1 => "1 word differs".to_owned(),
        more => format!("{more} words differ"),
    }
}

/// The runs of words that have no partner, here and there.
fn differences(own: &[u64], other: &[u64]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut differences = Vec::new();
    let (mut here, mut there) = (0, 0);
    let end = (own.len() as u32, other.len() as u32);
    for (left, right) in align(own, other).into_iter().chain([end]) {
        let (left, right) = (left as usize, right as usize);
        if left > here || right > there {
            differences.push((here..left, there..right));
        }
        (here, there) = (left + 1, right + 1);
    }
    differences
}

/// The bytes of a run of words; for no words the place where they would stand.
fn bytes(masking: &Masking, range: &Range<usize>, note: &Note) -> Range<usize> {
    let all = &masking.words;
    let end = note.text.as_str().trim_end().len();
    match all.get(range.clone()) {
        Some([first, .., last]) => first.start as usize..last.end as usize,
        Some([only]) => only.start as usize..only.end as usize,
        _ => {
            let at = all.get(range.start).map_or(end, |word| word.start as usize);
            at..at
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_told_place_by_place() {
        let found = differences(&[1, 2, 3, 4, 5], &[1, 9, 3, 5, 6]);
        assert_eq!(found, [(1..2, 1..2), (3..4, 3..3), (5..5, 4..5)]);
        assert!(differences(&[1, 2], &[1, 2]).is_empty());
        let neither = [false, false];
        assert_eq!(beside("a", " ", neither), "`a` here, nothing there");
        assert_eq!(
            beside("Ana", "ana", [true, false]),
            "`Ana` in both, but only here is it the reader's own name or company"
        );
    }
}
