//! `duplicate`: notes with the same words.

use rayon::prelude::*;

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
use crate::similarity::sequence_hash;
use crate::similarity::words;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "duplicate",
    about: "notes with the same words, but for case, punctuation, quotes, and the reader's own name and company",
    parameters: &[(
        "impersonal",
        "what so many notes share ties none of them to its reader any more",
    )],
    holes: &["count", "how"],
    groups: true,
    build,
};

struct Duplicate {
    impersonal: usize,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let impersonal = parameters::at_least(table, "impersonal", 2, build.problems)?;
    Some(Check::Group(Box::new(Duplicate { impersonal })))
}

impl GroupCheck for Duplicate {
    fn check(&self, batch: &Batch<'_>, exceptions: &Exceptions<'_>) -> Groups {
        let texts = batch.texts();
        let mut groups = Groups::default();
        let mut copies = Vec::new();
        for text in 0..texts.len() as u32 {
            let drafts = texts.drafts(text);
            if drafts.len() < 2 {
                continue;
            }
            let members = groups.present(drafts, exceptions);
            if members.len() >= 2 {
                copies.push(members);
            }
        }
        groups.found = copies
            .into_par_iter()
            .with_min_len(32)
            .map(|members| self.group(batch, members))
            .collect();
        groups
    }
}

impl Duplicate {
    /// What is to be said of notes with one text.
    fn group(&self, batch: &Batch<'_>, members: Vec<u32>) -> Group {
        let how = match word_for_word(batch, &members) {
            true => "the same words",
            false => "the same words but for the name or company",
        };
        let finding = about_group(batch, &members, how, how).with("how", how);
        Group {
            cluster: Some(KIND.name),
            similarity: 1.0,
            findings: vec![(members[0], finding)],
            impersonal: members.len() >= self.impersonal,
            members,
            ..Group::default()
        }
    }
}

/// Whether the notes have the same words without any mask, too.
fn word_for_word(batch: &Batch<'_>, members: &[u32]) -> bool {
    let mut all = Vec::new();
    let mut key = |member: &u32| {
        all.clear();
        words(batch.notes[*member as usize].text.as_str(), &mut all);
        sequence_hash(&all)
    };
    let first = key(&members[0]);
    members[1..].iter().all(|member| key(member) == first)
}
