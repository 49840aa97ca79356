//! `same-company`: people at one company who get similar notes.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::check::Batch;
use crate::check::Build;
use crate::check::Check;
use crate::check::Exceptions;
use crate::check::Group;
use crate::check::GroupCheck;
use crate::check::Groups;
use crate::check::Kind;
use crate::check::kinds::similar::about_group;
use crate::check::kinds::similar::parameters;
use crate::check::kinds::similar::people::count_people;
use crate::check::kinds::similar::people::same_person;
use crate::check::kinds::similar::percent;
use crate::note::field_str;
use crate::similarity::Best;
use crate::similarity::Sets;
use crate::similarity::Threshold;
use crate::similarity::components;
use crate::similarity::nearest;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "same-company",
    about: "people at one company who get similar notes",
    parameters: &[parameters::SIMILARITY],
    holes: &["count", "company", "similarity"],
    groups: true,
    build,
};

struct SameCompany {
    similarity: Threshold,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let similarity = parameters::similarity(table, build.problems)?;
    Some(Check::Group(Box::new(SameCompany { similarity })))
}

impl GroupCheck for SameCompany {
    fn check(&self, batch: &Batch<'_>, exceptions: &Exceptions<'_>) -> Groups {
        let mut groups = Groups::default();
        let alike: Vec<Vec<u32>> = colleagues(batch)
            .par_iter()
            .with_min_len(64)
            .flat_map_iter(|staff| self.alike(batch, staff))
            .collect();
        let mut open = Vec::new();
        for alike in alike {
            let members = groups.present(&alike, exceptions);
            match members.len() == alike.len() {
                true => open.push(members),
                // Some were perhaps alike only by way of one that is left out.
                false => open.extend(self.alike(batch, &members)),
            }
        }
        groups.found = open
            .into_par_iter()
            .with_min_len(64)
            .filter_map(|members| self.group(batch, members))
            .collect();
        groups.found.sort_by_key(|group| group.members[0]);
        groups
    }
}

/// Drafts with words to people at the same company, two or more.
fn colleagues(batch: &Batch<'_>) -> Vec<Vec<u32>> {
    let texts = batch.texts();
    let mut sorted: Vec<(u64, u32)> = texts
        .companies
        .iter()
        .enumerate()
        .filter(|&(note, &company)| {
            company != 0 && texts.of_note[note] != crate::check::batch::NO_TEXT
        })
        .map(|(note, &company)| (company, note as u32))
        .collect();
    sorted.sort_unstable();
    sorted
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|staff| staff.len() > 1)
        .map(|staff| staff.iter().map(|&(_, note)| note).collect())
        .collect()
}

/// Up to so many texts are compared all with all, which is quicker for few.
const FEW: usize = 40;

impl SameCompany {
    /// What is to be said of similar notes to colleagues; nothing if all go to one person.
    fn group(&self, batch: &Batch<'_>, members: Vec<u32>) -> Option<Group> {
        let note = |number: u32| batch.notes[number as usize];
        let (&first, others) = members.split_first()?;
        if others
            .iter()
            .all(|&other| same_person(note(first), note(other)))
        {
            return None;
        }
        let similarity = mean_similarity(batch, &members, self.similarity);
        let company = field_str(&note(first).recipient.company).unwrap_or_default();
        let finding = about_group(batch, &members, "to one of them", "to a colleague")
            .with(
                "count",
                count_people(members.iter().map(|&member| note(member))),
            )
            .with("company", company)
            .with("similarity", percent(similarity));
        Some(Group {
            cluster: Some(KIND.name),
            similarity,
            findings: vec![(first, finding)],
            members,
            ..Group::default()
        })
    }

    /// The groups of similar notes among some, each ascending.
    fn alike(&self, batch: &Batch<'_>, notes: &[u32]) -> Vec<Vec<u32>> {
        let texts = batch.texts();
        let mut by_text: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        let mut distinct = Vec::new();
        for &note in notes {
            let text = texts.of_note[note as usize];
            by_text
                .entry(text)
                .or_insert_with(|| {
                    distinct.push(text);
                    Vec::new()
                })
                .push(note);
        }
        let roots = match distinct.len() {
            0..=FEW => few(&texts.sets, &distinct, self.similarity),
            _ => components(&texts.sets, &distinct, self.similarity),
        };
        let mut groups: Vec<Vec<u32>> = vec![Vec::new(); distinct.len()];
        for (text, root) in distinct.iter().zip(roots) {
            groups[root as usize].extend(&by_text[text]);
        }
        groups.retain(|group| group.len() > 1);
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups
    }
}

/// The components of a few sets, by comparing all with all.
fn few(sets: &Sets, members: &[u32], threshold: Threshold) -> Vec<u32> {
    let mut roots: Vec<u32> = (0..members.len() as u32).collect();
    for right in 1..members.len() {
        for left in 0..right {
            let (a, b) = (members[left], members[right]);
            let (low, high) = (roots[left].min(roots[right]), roots[left].max(roots[right]));
            if low != high && sets.are_alike(a, b, threshold) {
                roots
                    .iter_mut()
                    .filter(|root| **root == high)
                    .for_each(|root| *root = low);
            }
        }
    }
    roots
}

/// The mean similarity of each note with the one most like it.
fn mean_similarity(batch: &Batch<'_>, members: &[u32], threshold: Threshold) -> f64 {
    let texts = batch.texts();
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    for &member in members {
        *counts.entry(texts.of_note[member as usize]).or_default() += 1;
    }
    let mut distinct: Vec<u32> = counts.keys().copied().collect();
    distinct.sort_unstable();
    let nearest = nearest(&texts.sets, &distinct, &|_| true, threshold);
    let of_text = |(text, nearest): (&u32, &Option<Best>)| match counts[text] {
        1 => nearest.map_or(0.0, |best| best.similarity),
        copies => copies as f64,
    };
    distinct.iter().zip(&nearest).map(of_text).sum::<f64>() / members.len().max(1) as f64
}
