//! A company in the text that is not the recipient's.

use crate::check::Build;
use crate::check::Finding;
use crate::check::Matcher;
use crate::check::NoteCheck;
use crate::check::NoteContext;
use crate::facts::Classes;
use crate::note::field_str;
use crate::pattern::Group;
use crate::span::Span;
use crate::span::Spanned;
use crate::text::fold::fold;

/// Ways of speaking of the reader's present employer; the company's name comes next. "Your time at"
/// and "when you were at" speak of a former one and are left out.
const CLAIMS: &[&str] = &[
    "(you are|you) (currently|now)? (doing|building|leading|running|working|lead|run|work|head|heading) ..5 (at|for) <name>",
    "(you|your team) ..2 (doing|building|leading) ..2 (at|for) <name>",
    "your (work|role|team|job|position|colleagues|people) (at|with|in) <name>",
];

/// Compares companies.
pub(super) struct Company {
    phrases: Matcher,
    claims: Option<Group>,
}

impl Company {
    pub(super) fn new(phrases: Matcher, build: &mut Build<'_>) -> Self {
        let claims = if phrases.is_empty() {
            let claims: Vec<Spanned<&str>> = CLAIMS
                .iter()
                .map(|claim| Spanned::new(*claim, Span::default()))
                .collect();
            build.group(&claims)
        } else {
            None
        };
        Self { phrases, claims }
    }
}

impl NoteCheck for Company {
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding> {
        let facts = context.words.facts;
        let Some(company) =
            field_str(&facts.note.recipient.company).filter(|name| !name.trim().is_empty())
        else {
            return Vec::new();
        };
        // A note that names the right company too may speak of another one besides.
        let own = fold(company);
        if facts
            .tokens
            .words()
            .any(|token| token.classes.any(Classes::COMPANY))
        {
            return Vec::new();
        }
        let mut places: Vec<usize> = self
            .phrases
            .find(&context.words)
            .into_iter()
            .map(|range| range.end)
            .collect();
        if let Some(claims) = self.claims {
            places.extend(
                context
                    .words
                    .hits
                    .of(claims)
                    .map(|tokens| facts.bytes(tokens).end),
            );
        }
        for end in places {
            let last = facts
                .tokens
                .all
                .partition_point(|token| (token.end as usize) < end);
            let Some(token) = facts.tokens.all.get(last) else {
                continue;
            };
            let word = facts.tokens.folded(token);
            // An acronym or a run-together spelling of the same name is no other company.
            let initials: String = own
                .split_whitespace()
                .filter_map(|word| word.chars().next())
                .collect();
            let joined: String = own
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .collect();
            let known = facts
                .note
                .facts
                .iter()
                .any(|fact| fold(&fact.value).contains(word));
            if word == initials || joined.contains(word) || word.contains(&joined) || known {
                continue;
            }
            let mut behind = last + 1;
            while facts
                .tokens
                .all
                .get(behind)
                .is_some_and(|token| token.classes.any(Classes::NAME))
            {
                behind += 1;
            }
            let range = facts.bytes(last..behind);
            let name = facts.text()[range.clone()].to_owned();
            return vec![
                Finding::at(range)
                    .with("name", name)
                    .with("expected", company.trim()),
            ];
        }
        Vec::new()
    }
}
