//! `already-sent`: a draft that repeats a note which somebody else has got before.

use crate::check::Batch;
use crate::check::Build;
use crate::check::Check;
use crate::check::Exceptions;
use crate::check::Group;
use crate::check::GroupCheck;
use crate::check::Groups;
use crate::check::Kind;
use crate::check::batch::Masking;
use crate::check::batch::NO_TEXT;
use crate::check::kinds::similar::near_duplicate::pair;
use crate::check::kinds::similar::parameters;
use crate::check::kinds::similar::people::same_person;
use crate::note::Note;
use crate::note::field_str;
use crate::similarity::Threshold;
use crate::similarity::best_matches;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "already-sent",
    about: "a draft that repeats a note which somebody else has got before, by the history that was given",
    parameters: &[parameters::SIMILARITY],
    holes: &["similarity", "whom", "edits"],
    groups: true,
    build,
};

struct AlreadySent {
    similarity: Threshold,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let similarity = parameters::similarity(table, build.problems)?;
    Some(Check::Group(Box::new(AlreadySent { similarity })))
}

impl GroupCheck for AlreadySent {
    fn check(&self, batch: &Batch<'_>, exceptions: &Exceptions<'_>) -> Groups {
        let mut groups = Groups::default();
        if batch.history.is_empty() {
            return groups;
        }
        let texts = batch.texts();
        let with_text = |range: std::ops::Range<usize>| -> Vec<u32> {
            let has_text = |note: &u32| texts.of_note[*note as usize] != NO_TEXT;
            range.map(|note| note as u32).filter(has_text).collect()
        };
        let drafts = with_text(0..batch.notes.len());
        let sent = with_text(batch.notes.len()..batch.notes.len() + batch.history.len());
        let sets = |notes: &[u32]| -> Vec<u32> {
            notes
                .iter()
                .map(|note| texts.of_note[*note as usize])
                .collect()
        };
        let to_another = |draft: usize, other: usize| {
            let note = |number: u32| batch.note(number as usize);
            !same_person(note(drafts[draft]), note(sent[other]))
        };
        let best = best_matches(
            &texts.sets,
            &sets(&drafts),
            &sets(&sent),
            self.similarity,
            &to_another,
        );
        let mut masking = [Masking::default(), Masking::default()];
        for (&draft, best) in drafts.iter().zip(best) {
            let Some(best) = best else { continue };
            if (exceptions.left_out)(draft) {
                groups.spared.push(draft);
                continue;
            }
            let other = batch.note(sent[best.other as usize] as usize);
            let note = batch.notes[draft as usize];
            let mut finding =
                pair(note, other, best.similarity, &mut masking).with("whom", whom(other));
            for (_, label) in &mut finding.elsewhere {
                *label = "sent before".to_owned();
            }
            finding.label = match finding.details.is_empty() {
                true => "all of it was sent before".to_owned(),
                false => "this differs, the rest was sent before".to_owned(),
            };
            groups.found.push(Group {
                members: vec![draft],
                similarity: best.similarity,
                findings: vec![(draft, finding)],
                ..Group::default()
            });
        }
        groups
    }
}

/// To whom a note was sent, and when, as far as the history tells.
fn whom(note: &Note) -> String {
    let recipient = &note.recipient;
    let names = [&recipient.first_name, &recipient.last_name];
    let names: Vec<&str> = names.into_iter().filter_map(field_str).collect();
    let whom = match names.is_empty() {
        true => "somebody".to_owned(),
        false => names.join(" "),
    };
    match field_str(&note.send_at) {
        Some(when) => format!("{whom} ({when})"),
        None => whom,
    }
}
