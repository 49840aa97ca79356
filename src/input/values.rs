//! What a single field says: a number, a kind, a list.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::input::keys::closest;
use crate::input::keys::fold_name;
use crate::input::problems;
use crate::note::Field;
use crate::note::NoteKind;
use crate::span::Spanned;
use crate::text::SharedStr;

/// The attempt; 1 where nothing is said.
pub(super) fn attempt(field: Field, found: &mut Vec<Diagnostic>) -> u32 {
    let Some(field) = field else { return 1 };
    let digits = field.value.strip_suffix(".0").unwrap_or(&field.value);
    match digits.parse::<u32>() {
        Ok(number) if number >= 1 => number,
        _ => {
            found.push(
                problems::error(
                    problems::BAD_ATTEMPT,
                    field.span,
                    format!("`{}` is no attempt", field.value),
                )
                .labelled("write 1, 2, 3 ...")
                .helped("1 is a first invitation, 2 one that is sent again after a withdrawal"),
            );
            1
        }
    }
}

/// Reads the kind. Spreadsheets have columns of that name with quite other values: only what
/// resembles one of our words is ours, right or misspelt. Tells whether it is.
pub(super) fn read_kind(
    field: Option<&Spanned<SharedStr>>,
    kind: &mut NoteKind,
    found: &mut Vec<Diagnostic>,
) -> bool {
    // Folded.
    const WORDS: [(&str, NoteKind); 5] = [
        ("invitation", NoteKind::Invitation),
        ("invite", NoteKind::Invitation),
        ("connection", NoteKind::Invitation),
        ("followup", NoteKind::FollowUp),
        ("message", NoteKind::FollowUp),
    ];
    let Some(field) = field else { return true };
    let folded = fold_name(&field.value);
    let meaning = |folded: &str| {
        let mut words = WORDS.iter();
        words
            .find(|(word, _)| *word == folded)
            .map(|(_, kind)| *kind)
    };
    if let Some(known) = meaning(&folded) {
        *kind = known;
        return true;
    }
    // Few people misspell the first letter, and a column of a million foreign words is compared
    // in vain.
    let first = folded.bytes().next();
    let words = WORDS.iter().map(|(word, _)| *word);
    let meant = closest(&folded, words.filter(|word| word.bytes().next() == first));
    let Some(meant) = meant.and_then(meaning) else {
        return false;
    };
    found.push(
        problems::error(
            problems::UNKNOWN_KIND,
            field.span,
            format!("`{}` is no kind of note", field.value),
        )
        .labelled(format!("did you mean `{}`?", meant.name()))
        .helped("a note is an `invitation` or a `follow-up`"),
    );
    true
}

/// Names for a sentence: at most eight of them.
pub(super) fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut list = Vec::new();
    let mut more = 0_usize;
    for name in names.filter(|name| !name.trim().is_empty()) {
        if list.len() < 8 {
            list.push(format!("`{}`", shortened(name.trim())));
        } else {
            more += 1;
        }
    }
    match (list.is_empty(), more) {
        (true, _) => "nothing".to_owned(),
        (false, 0) => list.join(", "),
        (false, more) => format!("{} and {more} more", list.join(", ")),
    }
}

/// A header that is a whole note, as in a file without a header, is cut.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(40) {
        Some((end, _)) => format!("{}...", &name[..end]),
        None => name.to_owned(),
    }
}

/// Facts stand one a line, or apart by `;` or ` | `.
pub(super) fn split_facts(words: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, letter) in words.char_indices() {
        let bar = letter == '|' && words[..at].ends_with(' ') && words[at + 1..].starts_with(' ');
        if bar || matches!(letter, '\n' | ';') {
            parts.extend(trimmed(words, start..at));
            start = at + 1;
        }
    }
    parts.extend(trimmed(words, start..words.len()));
    parts
}

/// Rule ids stand apart by commas, semicolons or white space.
pub(super) fn split_allow(words: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, letter) in words.char_indices() {
        if letter.is_whitespace() || matches!(letter, ',' | ';') {
            parts.extend(trimmed(words, start..at));
            start = at + letter.len_utf8();
        }
    }
    parts.extend(trimmed(words, start..words.len()));
    parts
}

/// The range without white space at its ends, if anything is left.
fn trimmed(words: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = words.get(range.clone())?;
    let start = range.start + (part.len() - part.trim_start().len());
    let length = part.trim().len();
    (length > 0).then(|| start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_split() {
        let facts = "talk at PyCon; knows Eva | from  Ulm\n\n a|b ";
        let parts: Vec<_> = split_facts(facts).into_iter().map(|r| &facts[r]).collect();
        assert_eq!(parts, ["talk at PyCon", "knows Eva", "from  Ulm", "a|b"]);
        let rules = "a-b, c  d;e";
        let parts: Vec<_> = split_allow(rules).into_iter().map(|r| &rules[r]).collect();
        assert_eq!(parts, ["a-b", "c", "d", "e"]);
    }
}
