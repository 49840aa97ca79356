//! Another row's name in this note: a line copied from the note before.

use rustc_hash::FxHashMap;

use crate::check::BatchCheck;
use crate::check::Finding;
use crate::facts::Classes;
use crate::facts::Facts;
use crate::note::Note;
use crate::note::field_str;
use crate::text::fold::fold;

/// Looks for other recipients' first names where a note speaks to its reader: ", Tomas" at a break.
pub(super) struct OtherRecipient;

impl BatchCheck for OtherRecipient {
    fn check(&self, notes: &[&Note]) -> Vec<(usize, Finding)> {
        let mut names: FxHashMap<String, usize> = FxHashMap::default();
        for (number, note) in notes.iter().enumerate() {
            if let Some(name) = field_str(&note.recipient.first_name) {
                names.entry(fold(name.trim())).or_insert(number);
            }
        }
        if names.len() < 2 {
            return Vec::new();
        }
        let mut findings = Vec::new();
        for (number, note) in notes.iter().enumerate() {
            let Some(own) = field_str(&note.recipient.first_name) else {
                continue;
            };
            if let Some((finding, twin)) = find(note, &fold(own.trim()), own, &names) {
                let other = notes[twin];
                let mut finding = finding;
                let place = other
                    .recipient
                    .first_name
                    .as_ref()
                    .map_or(other.text.whole(), |name| name.span);
                finding
                    .elsewhere
                    .push((place, "this is their row".to_owned()));
                findings.push((number, finding));
            }
        }
        findings
    }
}

fn find(
    note: &Note,
    own: &str,
    expected: &str,
    names: &FxHashMap<String, usize>,
) -> Option<(Finding, usize)> {
    // Few notes say "you, NAME": look before cutting them into words.
    let bytes = note.text.as_str().as_bytes();
    if !["you,", "You,", "you -", "you –", "you —"]
        .iter()
        .any(|start| memchr::memmem::find(bytes, start.as_bytes()).is_some())
    {
        return None;
    }
    let facts = Facts::new(note);
    let all = &facts.tokens.all;
    let behind = facts.greeting.as_ref().map_or(0, |greeting| greeting.end);
    let inner = all.iter().enumerate().take(all.len().saturating_sub(1));
    for (at, token) in inner.skip(behind.max(1)) {
        // The end of a note may be the sender's own name.
        if !token.classes.any(Classes::CAPITAL) || !addressed(&facts, at) {
            continue;
        }
        let word = facts.tokens.folded(token);
        if word == own || own.split(' ').any(|part| part == word) {
            continue;
        }
        if let Some(&twin) = names.get(word) {
            let range = token.start as usize..token.end as usize;
            let name = facts.text()[range.clone()].to_owned();
            return Some((
                Finding::at(range)
                    .with("name", name)
                    .with("expected", expected),
                twin,
            ));
        }
    }
    None
}

/// Whether a word is set off by breaks and "you" stands before it: "help you, Tomas, with".
fn addressed(facts: &Facts<'_>, at: usize) -> bool {
    let all = &facts.tokens.all;
    let set_off = all[at - 1].classes.any(Classes::SOFT)
        && all[at + 1]
            .classes
            .any(Classes(Classes::SOFT.0 | Classes::END.0));
    let you = at.checked_sub(2).is_some_and(|before| {
        matches!(facts.tokens.folded(&all[before]), "you" | "your" | "thanks")
    });
    set_off && you
}
