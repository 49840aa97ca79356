//! What the notes that were sent are like: which parts of the formula they had, and which share a text.

use rustc_hash::FxHashMap;

use crate::audit::NoteFacts;
use crate::history::History;
use crate::history::note_to;
use crate::lint::Run;
use crate::lint::lint;
use crate::note::NoteKind;
use crate::report::Report;
use crate::report::SkeletonPiece;
use crate::ruleset::RuleSet;

/// What the notes of a history are like.
#[derive(Debug, Default)]
pub struct SentNotes {
    /// For each invitation; none for one without a note.
    pub facts: Vec<Option<NoteFacts>>,
    /// The texts that several notes share.
    pub templates: Vec<String>,
    /// For each first message after a connection, whether it sells.
    pub pitches: Vec<bool>,
    /// The invitations of the notes in `report`.
    pub numbers: Vec<usize>,
    /// All that was found in the notes that were sent.
    pub report: Report,
}

/// Kinds of groups whose notes share a text. The first one that a note belongs to counts.
const SHARED: [&str; 3] = ["template", "duplicate", "near-duplicate"];

/// Judges the notes that were sent.
pub fn judge_sent(set: &RuleSet, history: &History) -> SentNotes {
    let mut found = SentNotes {
        facts: vec![None; history.sent.len()],
        ..SentNotes::default()
    };
    let mut notes = Vec::new();
    for (number, sent) in history.sent.iter().enumerate() {
        if let Some(text) = &sent.note {
            let mut note = note_to(&sent.person, text.clone(), sent.place.to_string());
            note.attempt = u32::try_from(sent.before + 1).unwrap_or(u32::MAX);
            notes.push(note);
            found.numbers.push(number);
        }
    }
    let run = Run::new(set);
    found.report = lint(&run, notes, Vec::new());
    let mut template_of: FxHashMap<u32, u32> = FxHashMap::default();
    for kind in SHARED {
        for cluster in found
            .report
            .clusters
            .iter()
            .filter(|cluster| cluster.kind == kind)
        {
            let new: Vec<u32> = cluster
                .members
                .iter()
                .filter(|member| !template_of.contains_key(member))
                .copied()
                .collect();
            if new.len() < 2 {
                continue;
            }
            let number = u32::try_from(found.templates.len()).unwrap_or(u32::MAX);
            template_of.extend(new.iter().map(|member| (*member, number)));
            let pieces = cluster.skeleton.as_ref().map(|skeleton| &skeleton.pieces);
            let first = &found.report.notes[new[0] as usize];
            found.templates.push(match pieces {
                Some(pieces) => shown(pieces),
                None => short(first.text.as_str()),
            });
        }
    }
    for (note, (verdict, &number)) in found.report.verdicts.iter().zip(&found.numbers).enumerate() {
        let note = u32::try_from(note).unwrap_or(u32::MAX);
        found.facts[number] = Some(NoteFacts {
            levels: [0, 1, 2].map(|part| verdict.score.parts[part].level),
            template: template_of.get(&note).copied(),
            pitch: verdict.flags.pitch,
        });
    }
    found.pitches = pitches(&run, history);
    found
}

fn pitches(run: &Run<'_>, history: &History) -> Vec<bool> {
    let messages = history.messages.iter().map(|message| {
        let mut note = note_to(&message.person, message.text.clone(), String::new());
        note.kind = NoteKind::FollowUp;
        note
    });
    let report = lint(run, messages.collect(), Vec::new());
    report
        .verdicts
        .iter()
        .map(|verdict| verdict.flags.pitch)
        .collect()
}

/// Characters of a template that are shown.
const LONGEST: usize = 120;

fn shown(pieces: &[SkeletonPiece]) -> String {
    let text: String = pieces
        .iter()
        .map(|piece| match piece {
            SkeletonPiece::Text(text) => text.clone(),
            SkeletonPiece::Slot(number) => format!("⟨{number}⟩"),
        })
        .collect();
    short(&text)
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
