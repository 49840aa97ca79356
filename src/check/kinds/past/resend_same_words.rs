//! `resend-same-words`: somebody is invited again with the words that came to nothing before.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Past;
use crate::check::PastCheck;
use crate::check::batch::Masking;
use crate::check::compare;
use crate::check::kinds::past::invitations;
use crate::check::kinds::similar::near_duplicate::pair;
use crate::check::kinds::similar::parameters;
use crate::history::note_to;
use crate::similarity::Threshold;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "resend-same-words",
    about: "a draft that repeats the note that the same person got before, by the history that was given",
    parameters: &[parameters::SIMILARITY],
    holes: &["similarity", "whom", "when", "edits"],
    groups: false,
    build,
};

struct ResendSameWords {
    similarity: Threshold,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let similarity = parameters::similarity(table, build.problems)?;
    Some(Check::Past(Box::new(ResendSameWords { similarity })))
}

impl PastCheck for ResendSameWords {
    fn check(&self, past: &Past<'_>) -> Vec<(usize, Finding)> {
        let mut found = Vec::new();
        let mut masking = [Masking::default(), Masking::default()];
        for (number, note, person) in invitations(past) {
            for sent in past.history.invitations_to(&person).into_iter().rev() {
                let sent = &past.history.sent[sent];
                let Some(text) = &sent.note else { continue };
                let before = note_to(&sent.person, text.clone(), sent.place.to_string());
                let measures = compare(note, &before).measures;
                if measures.word_pairs < self.similarity.fraction() {
                    continue;
                }
                let mut finding = pair(note, &before, measures.word_pairs, &mut masking)
                    .with("whom", &person.name)
                    .with("when", sent.sent.local.date());
                for (_, label) in &mut finding.elsewhere {
                    *label = "sent before".to_owned();
                }
                finding.label = match finding.details.is_empty() {
                    true => "all of it was sent before".to_owned(),
                    false => "this differs, the rest was sent before".to_owned(),
                };
                found.push((number, finding));
                break;
            }
        }
        found
    }
}
