//! `grounding`: the note claims something that the facts given for the recipient do not contain.

use std::ops::Range;

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::NoteCheck;
use crate::check::NoteContext;
use crate::facts::Classes;
use crate::facts::Facts;
use crate::note::Recipient;
use crate::note::field_str;
use crate::pattern::Group;
use crate::text::fold::fold;
use crate::toml_doc::Table;

pub(super) static KIND: Kind = Kind {
    name: "grounding",
    about: "the note claims something that the facts given for its recipient do not contain",
    parameters: &[
        (
            "claims",
            "word patterns of claims: a post read, a talk heard, a contact shared",
        ),
        (
            "unless",
            "word patterns that cancel a claim in the same sentence",
        ),
    ],
    holes: &[],
    groups: false,
    build,
};

struct Grounding {
    claims: Group,
    unless: Option<Group>,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let claims = table.strings("claims", build.problems);
    let unless = table.strings("unless", build.problems);
    let unless = build.group(&unless);
    match build.group(&claims) {
        Some(claims) => Some(Check::Note(Box::new(Grounding { claims, unless }))),
        None => {
            table.require("claims", build.problems);
            None
        }
    }
}

impl NoteCheck for Grounding {
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding> {
        let facts = context.words.facts;
        let given = &facts.note.facts;
        if given.is_empty() {
            return Vec::new();
        }
        let telling: Vec<Telling> = given
            .iter()
            .flat_map(|fact| content_words(&fact.value, &facts.note.recipient))
            .collect();
        let mut findings = Vec::new();
        for tokens in context.words.hits.of(self.claims) {
            let Some(sentence) = facts.tokens.sentences.get(facts.sentence_of(tokens.start)) else {
                continue;
            };
            let mut excepted = self
                .unless
                .into_iter()
                .flat_map(|group| context.words.hits.of(group));
            let cancelled = excepted.any(|other| sentence.tokens().contains(&other.start));
            if !cancelled && shared_words(facts, sentence.tokens(), &telling).is_empty() {
                findings.push(Finding::at(facts.bytes(tokens)));
            }
        }
        findings.truncate(1);
        findings
    }
}

/// A word of a fact that can be recognised in a note.
pub(super) struct Telling {
    folded: String,
    proper: bool,
}

/// Words too common to show that a note uses a fact.
const COMMON: &[&str] = &[
    "about",
    "after",
    "also",
    "been",
    "before",
    "could",
    "from",
    "have",
    "into",
    "just",
    "last",
    "like",
    "more",
    "most",
    "much",
    "only",
    "over",
    "said",
    "same",
    "some",
    "than",
    "that",
    "their",
    "them",
    "then",
    "there",
    "they",
    "this",
    "very",
    "want",
    "week",
    "were",
    "what",
    "when",
    "which",
    "will",
    "with",
    "work",
    "would",
    "year",
    "your",
    "post",
    "posted",
    "article",
    "talk",
    "wrote",
    "podcast",
    "mutual",
    "contact",
    "contacts",
    "connection",
    "company",
    "team",
    "linkedin",
    "role",
];

/// The telling words of a fact: four letters or more and not common, or a figure, or a proper name.
pub(super) fn content_words(fact: &str, recipient: &Recipient) -> Vec<Telling> {
    let own: Vec<String> = [
        &recipient.first_name,
        &recipient.last_name,
        &recipient.company,
    ]
    .into_iter()
    .filter_map(field_str)
    .flat_map(|field| {
        fold(field)
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    })
    .collect();
    let mut words: Vec<Telling> = Vec::new();
    for (number, raw) in fact
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .enumerate()
    {
        let folded = fold(raw);
        let figure = folded.bytes().any(|byte| byte.is_ascii_digit());
        let capitals = raw.chars().filter(|letter| letter.is_uppercase()).count();
        let proper = (number > 0 && capitals > 0 || capitals > 1)
            && folded.len() > 2
            && !COMMON.contains(&folded.as_str());
        let long = folded.chars().count() >= 4 && !COMMON.contains(&folded.as_str());
        let known = words.iter().any(|word| word.folded == folded) || own.contains(&folded);
        if (long || figure || proper) && !known {
            words.push(Telling { folded, proper });
        }
    }
    words
}

/// Tokens of a sentence that are telling words, and whether each is a proper name in both places.
/// Words are the same up to a plural or verb ending.
pub(super) fn shared_words(
    facts: &Facts<'_>,
    tokens: Range<usize>,
    telling: &[Telling],
) -> Vec<(usize, bool)> {
    let mut shared = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for at in tokens {
        let token = &facts.tokens.all[at];
        let word = facts.tokens.folded(token);
        if token.classes.any(Classes::MARK) || word.is_empty() {
            continue;
        }
        let same = telling
            .iter()
            .find(|known| known.folded == word || stem(&known.folded) == stem(word));
        if let Some(known) = same
            && !seen.contains(&known.folded.as_str())
        {
            seen.push(&known.folded);
            shared.push((
                at,
                known.proper
                    && token
                        .classes
                        .any(Classes(Classes::NAME.0 | Classes::CAPITAL.0)),
            ));
        }
    }
    shared
}

/// A word without a regular ending, for comparison only.
fn stem(word: &str) -> &str {
    for ending in ["ing", "ed", "es", "s"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 4
        {
            return stem;
        }
    }
    word
}
