//! `stale-opening`: one first sentence in a large share of a batch.

use crate::check::Batch;
use crate::check::Build;
use crate::check::Check;
use crate::check::Exceptions;
use crate::check::Group;
use crate::check::GroupCheck;
use crate::check::Groups;
use crate::check::Kind;
use crate::check::batch::Masking;
use crate::check::kinds::similar::about_group;
use crate::check::kinds::similar::parameters;
use crate::check::kinds::similar::percent;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "stale-opening",
    about: "one first sentence, behind the greeting, that a large share of the notes begins with",
    parameters: &[
        ("share", "the share of the notes, 0 to 1"),
        ("least", "so many notes at least"),
    ],
    holes: &["count", "all", "share"],
    groups: true,
    build,
};

struct StaleOpening {
    share: f64,
    least: usize,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let share = parameters::fraction(table, "share", 0.0, build.problems);
    let least = parameters::at_least(table, "least", 2, build.problems);
    Some(Check::Group(Box::new(StaleOpening {
        share: share?,
        least: least?,
    })))
}

impl GroupCheck for StaleOpening {
    fn check(&self, batch: &Batch<'_>, exceptions: &Exceptions<'_>) -> Groups {
        let texts = batch.texts();
        let mut sorted: Vec<(u64, u32)> = (0u32..)
            .zip(&texts.openings)
            .filter(|(_, opening)| **opening != 0)
            .map(|(note, opening)| (*opening, note))
            .collect();
        sorted.sort_unstable();
        let all = batch.notes.len();
        let mut groups = Groups::default();
        for same in sorted.chunk_by(|a, b| a.0 == b.0) {
            let is_stale =
                |count: usize| count >= self.least && count as f64 >= self.share * all as f64;
            // Copies of one text are no news here.
            let text = |entry: &(u64, u32)| texts.of_note[entry.1 as usize];
            if !is_stale(same.len()) || same.iter().all(|entry| text(entry) == text(&same[0])) {
                continue;
            }
            let notes: Vec<u32> = same.iter().map(|&(_, note)| note).collect();
            let members = groups.present(&notes, exceptions);
            if !is_stale(members.len()) {
                continue;
            }
            let share = members.len() as f64 / all as f64;
            let mut finding = about_group(batch, &members, "here", "opens with the same sentence")
                .with("all", all)
                .with("share", percent(share));
            finding.range = opening(batch, members[0]);
            groups.found.push(Group {
                cluster: Some(KIND.name),
                similarity: 1.0,
                findings: vec![(members[0], finding)],
                members,
                ..Group::default()
            });
        }
        groups.found.sort_by_key(|group| group.members[0]);
        groups
    }
}

/// The bytes of a note's first sentence.
fn opening(batch: &Batch<'_>, note: u32) -> std::ops::Range<usize> {
    let mut masking = Masking::default();
    masking.read(batch.notes[note as usize]);
    let words = &masking.words[masking.opening()];
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => first.start as usize..last.end as usize,
        _ => 0..0,
    }
}
