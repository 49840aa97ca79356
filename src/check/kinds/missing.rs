//! `missing`: a part of the formula that is not there, or is there in words that fit anybody.

use std::ops::Range;

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::FixDraft;
use crate::check::Kind;
use crate::check::NoteCheck;
use crate::check::NoteContext;
use crate::check::parameters;
use crate::diagnostic::FixKind;
use crate::facts::Facts;
use crate::score::Level;
use crate::score::Part;
use crate::toml_doc::Table;

pub(super) static KIND: Kind = Kind {
    name: "missing",
    about: "a part of the formula that is missing or only generic, and where it would go",
    parameters: &[
        ("part", "reference, reason or value"),
        ("is", "none or generic: the level that is reported"),
        (
            "place",
            "after-greeting, after-reference or end: where the part would go",
        ),
        (
            "starts",
            "how such a sentence could begin, with ___ for what only the sender knows",
        ),
    ],
    holes: &[],
    groups: false,
    build,
};

#[derive(Clone, Copy)]
enum Place {
    AfterGreeting,
    AfterReference,
    End,
}

struct Missing {
    part: Part,
    level: Level,
    place: Place,
    starts: Vec<String>,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let part = parameters::part(table, "part", build.problems);
    let level = parameters::level(table, "is", build.problems);
    let places = [
        ("after-greeting", Place::AfterGreeting),
        ("after-reference", Place::AfterReference),
        ("end", Place::End),
    ];
    let place = table
        .choice("place", &places, build.problems)
        .map_or(Place::AfterGreeting, |place| place.value);
    let starts = table
        .strings("starts", build.problems)
        .into_iter()
        .map(|start| start.value.to_owned())
        .collect();
    Some(Check::Note(Box::new(Missing {
        part: part?,
        level: level?,
        place,
        starts,
    })))
}

impl NoteCheck for Missing {
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding> {
        let part = &context.parts[self.part as usize];
        let facts = context.words.facts;
        if part.level != self.level || facts.counts.words == 0 {
            return Vec::new();
        }
        let at = self.place(context);
        let evidence = part
            .evidence
            .first()
            .map(|evidence| evidence.start as usize..evidence.end as usize);
        let mut finding = match evidence {
            // No phrase shows it: only all words together do.
            Some(range) if part.signals == Level::None => {
                Finding::at(range).labelled("this no more than hints at it")
            }
            Some(range) => Finding::at(range).labelled("this fits anybody"),
            None => Finding::at(at..at).labelled(format!("the {} would go here", self.part.name())),
        };
        finding.fixes = self
            .starts
            .iter()
            .map(|start| FixDraft {
                kind: FixKind::HasBlanks,
                description: "begin it like this".to_owned(),
                edits: vec![(at..at, spaced(facts.text(), at, start))],
            })
            .collect();
        vec![finding]
    }
}

impl Missing {
    fn place(&self, context: &NoteContext<'_>) -> usize {
        let facts = context.words.facts;
        match self.place {
            Place::AfterGreeting => facts.after_greeting(),
            Place::AfterReference => context.parts[Part::Reference as usize]
                .evidence
                .last()
                .map_or_else(
                    || facts.after_greeting(),
                    |last| behind_sentence(facts, last.end as usize),
                ),
            Place::End => end(facts),
        }
    }
}

/// The byte behind the sentence that holds a byte, its stop included.
fn behind_sentence(facts: &Facts<'_>, byte: usize) -> usize {
    let text = facts.text();
    let sentences = &facts.tokens.sentences;
    let found = sentences
        .iter()
        .find(|sentence| facts.bytes(sentence.tokens()).end >= byte);
    let end = found.map_or(text.len(), |sentence| facts.bytes(sentence.tokens()).end);
    end + text[end..].len()
        - text[end..]
            .trim_start_matches(['.', '!', '?', '"', '”', ')'])
            .len()
}

/// The end of the note, before a sign-off.
fn end(facts: &Facts<'_>) -> usize {
    let text = facts.text();
    let signed = facts
        .tokens
        .all
        .get(facts.signature)
        .map(|token| token.start as usize);
    text[..signed.unwrap_or(text.len())].trim_end().len()
}

/// The opener with the spaces that it needs at its place.
fn spaced(text: &str, at: usize, start: &str) -> String {
    let before: Range<usize> = 0..at;
    let lead = if at > 0 && !text[before].ends_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let trail = if at < text.len() && !text[at..].starts_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    format!("{lead}{start}{trail}")
}
