//! What an invitation may have or lack: its note's parts, signals and findings, its length, its time.

use jiff::civil::Weekday;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::audit::Input;
use crate::audit::Outcome;
use crate::audit::local_time;
use crate::audit::ripe_for_answer;
use crate::diagnostic::Severity;
use crate::learn::Observation;
use crate::learn::Trait;
use crate::lint::SentNotes;
use crate::report::Verdict;
use crate::score::Level;
use crate::score::Part;

/// Traits, and the invitations that had time for an answer.
#[derive(Clone, Debug, Default)]
pub struct Traits {
    /// The traits.
    pub traits: Vec<Trait>,
    /// One for each invitation.
    pub observations: Vec<Observation>,
}

/// Characters by which notes are put in groups.
const LENGTHS: [(&str, &str, std::ops::Range<u32>); 3] = [
    ("length/under-100", "under 100 characters", 0..100),
    ("length/100-199", "100 to 199 characters", 100..200),
    ("length/200-up", "200 characters or more", 200..u32::MAX),
];

/// Finds the traits of all invitations that had time for an answer.
pub fn traits(input: &Input<'_>, outcomes: &[Outcome], notes: &SentNotes) -> Traits {
    let history = input.history;
    let note_of: FxHashMap<usize, usize> = notes
        .numbers
        .iter()
        .enumerate()
        .map(|(note, &sent)| (sent, note))
        .collect();
    let found = findings(notes);
    let mut ids: Vec<String> = found.iter().flatten().cloned().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut traits = fixed();
    let first_found = traits.len();
    traits.extend(ids.iter().map(|id| Trait {
        id: id.clone(),
        about: about(id),
    }));
    let mut observations = Vec::new();
    for (number, sent) in history.sent.iter().enumerate() {
        if !ripe_for_answer(sent, input.settings, input.now) {
            continue;
        }
        let note = note_of.get(&number).copied();
        let mut has = Vec::with_capacity(traits.len());
        let local = local_time(history, sent);
        let midweek = matches!(
            local.date().weekday(),
            Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday
        );
        has.push(Some(note.is_some()));
        has.push(Some(midweek));
        has.push(sent.sent.has_time.then(|| (9..17).contains(&local.hour())));
        has.push(Some(sent.before > 0));
        let verdict = note.and_then(|note| notes.report.verdicts.get(note));
        let facts = notes.facts.get(number).copied().flatten();
        let of_verdict = |test: &dyn Fn(&Verdict) -> bool| verdict.map(test);
        for part in Part::ALL {
            has.push(of_verdict(&|verdict| {
                verdict.score.part(part).level == Level::Specific
            }));
        }
        has.push(of_verdict(&|verdict| verdict.flags.pitch));
        has.push(facts.map(|facts| facts.template.is_some()));
        for (_, _, range) in LENGTHS {
            has.push(of_verdict(&|verdict| {
                range.contains(&verdict.length.characters)
            }));
        }
        let own = note.map(|note| &found[note]);
        has.extend(ids.iter().map(|id| own.map(|own| own.contains(id))));
        observations.push(Observation {
            accepted: outcomes[number] == Outcome::Accepted,
            has,
        });
    }
    drop_twins(traits, observations, first_found)
}

fn fixed() -> Vec<Trait> {
    let named = |id: &str, about: &str| Trait {
        id: id.to_owned(),
        about: about.to_owned(),
    };
    let mut traits = vec![
        named("note", "with a note"),
        named(
            "time/midweek",
            "sent Tuesday to Thursday, where the reader is",
        ),
        named("time/office-hours", "sent from 9 to 5, where the reader is"),
        named("attempt/again", "sent to somebody who was invited before"),
    ];
    for part in Part::ALL {
        let what = match part {
            Part::Reference => "with a specific personal reference",
            Part::Reason => "with a specific reason",
            Part::Value => "with something specific of value",
        };
        traits.push(named(&format!("{}/specific", part.name()), what));
    }
    traits.push(named("flag/pitch", "sells something"));
    traits.push(named("template", "shares its text with others"));
    traits.extend(LENGTHS.map(|(id, about, _)| named(id, about)));
    traits
}

fn about(id: &str) -> String {
    match id.split_once(':') {
        Some(("signal", signal)) => format!("signal {signal}"),
        Some(("rule", rule)) => format!("finding {rule}"),
        _ => id.to_owned(),
    }
}

/// For each note the signals that give it points, and the rules that warn of it.
fn findings(notes: &SentNotes) -> Vec<FxHashSet<String>> {
    let report = &notes.report;
    let mut found: Vec<FxHashSet<String>> = report
        .verdicts
        .iter()
        .map(|verdict| {
            let parts = verdict.score.parts.iter();
            let evidence = parts.flat_map(|part| &part.evidence);
            evidence
                .map(|evidence| format!("signal:{}", evidence.signal))
                .collect()
        })
        .collect();
    for diagnostic in &report.diagnostics {
        let note = diagnostic
            .note
            .and_then(|note| found.get_mut(note as usize));
        // Hints are ideas, no judgements.
        if let Some(found) = note.filter(|_| diagnostic.severity > Severity::Hint) {
            found.insert(format!("rule:{}", diagnostic.rule));
        }
    }
    found
}

/// Of findings that the same invitations have, one stays: testing it twice would only cost the others.
fn drop_twins(traits: Vec<Trait>, observations: Vec<Observation>, first_found: usize) -> Traits {
    let mut seen: FxHashSet<Vec<Option<bool>>> = FxHashSet::default();
    let column = |number: usize| -> Vec<Option<bool>> {
        observations.iter().map(|one| one.has[number]).collect()
    };
    let kept: Vec<usize> = (0..traits.len())
        .filter(|&number| seen.insert(column(number)) || number < first_found)
        .collect();
    let observations = observations.iter().map(|one| Observation {
        accepted: one.accepted,
        has: kept.iter().map(|&number| one.has[number]).collect(),
    });
    Traits {
        observations: observations.collect(),
        traits: kept.iter().map(|&number| traits[number].clone()).collect(),
    }
}
