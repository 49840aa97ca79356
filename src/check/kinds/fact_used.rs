//! `fact-used`: the note speaks of something that the sender found out about the recipient.

use std::ops::Range;

use crate::check::Build;
use crate::check::Check;
use crate::check::Kind;
use crate::check::Signal;
use crate::check::SignalFinder;
use crate::check::Words;
use crate::check::kinds::grounding::content_words;
use crate::check::kinds::grounding::shared_words;
use crate::check::parameters;
use crate::toml_doc::Table;

pub(super) static KIND: Kind = Kind {
    name: "fact-used",
    about: "the note uses a fact that is given for its recipient: evidence, not a finding",
    parameters: &[
        ("part", "reference, reason or value"),
        ("strength", "generic or specific"),
        (
            "min_words",
            "how many telling words note and fact must share; one proper name is enough",
        ),
    ],
    holes: &[],
    groups: false,
    build,
};

struct FactUsed {
    min_words: usize,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let part = parameters::part(table, "part", build.problems);
    let level = parameters::level(table, "strength", build.problems);
    let min_words = table
        .count("min_words", build.problems)
        .map_or(2, |count| count.value as usize);
    Some(Check::Signal(Signal {
        part: part?,
        level: level?,
        firm: true,
        finder: Box::new(FactUsed { min_words }),
    }))
}

impl SignalFinder for FactUsed {
    fn find(&self, words: &Words<'_>) -> Vec<Range<usize>> {
        let facts = words.facts;
        let mut found: Vec<Range<usize>> = Vec::new();
        for fact in &facts.note.facts {
            let telling = content_words(&fact.value, &facts.note.recipient);
            let needed = self.min_words.min(telling.len());
            for sentence in &facts.tokens.sentences {
                let shared = shared_words(facts, sentence.tokens(), &telling);
                let named = shared.iter().any(|(_, proper)| *proper);
                if let (Some(first), Some(last)) = (shared.first(), shared.last())
                    && (named || shared.len() >= needed)
                {
                    found.push(facts.bytes(first.0..last.0 + 1));
                }
            }
        }
        found.sort_by_key(|range| (range.start, range.end));
        found.dedup();
        found
    }
}
