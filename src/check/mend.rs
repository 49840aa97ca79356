//! How a rule says that its finding is mended: `fix`, with `replace` or `delete`.

use std::cmp::Reverse;
use std::ops::Range;

use crate::check::Build;
use crate::check::Finding;
use crate::check::FixDraft;
use crate::check::Match;
use crate::check::NoteContext;
use crate::diagnostic::FixKind;
use crate::facts::Classes;
use crate::facts::Facts;
use crate::facts::Sentence;
use crate::pattern::RegexId;
use crate::score::Level;
use crate::toml_doc::Table;

/// The values of `fix`.
pub(super) const FIX_KINDS: [(&str, FixKind); 2] =
    [("safe", FixKind::Safe), ("unsafe", FixKind::Unsafe)];

/// Words that a sentence may have besides the match and still say no more: "So", "I really".
const MORE_WORDS: usize = 2;
/// Words besides the greeting without which nothing would be left of a note.
const LEAST_LEFT: usize = 4;

/// What becomes of a match.
pub(super) struct Mend {
    kind: FixKind,
    how: How,
}

enum How {
    /// It becomes this text, with groups of the regular expression.
    Replace(String),
    Delete(Delete),
}

#[derive(Clone, Copy)]
enum Delete {
    /// The sentence around it, if it says no more than the match.
    Sentence,
    /// The last sentence, whatever it says: it stops short.
    End,
}

impl Mend {
    /// Reads the keys from a rule's table; none if there are none.
    pub(super) fn read(table: &Table, build: &mut Build<'_>) -> Option<Self> {
        let kind = table.choice("fix", &FIX_KINDS, build.problems);
        let replace = table.string("replace", build.problems);
        let deletes = [("sentence", Delete::Sentence), ("end", Delete::End)];
        let delete = table.choice("delete", &deletes, build.problems);
        let how = match (replace, delete) {
            (Some(replace), None) => How::Replace(replace.value.to_owned()),
            (None, Some(delete)) => How::Delete(delete.value),
            (Some(both), Some(_)) => {
                let message = "a match is either replaced or deleted: keep one of the two keys";
                build.problems.error(both.span, message);
                return None;
            }
            (None, None) => {
                if let Some(kind) = kind {
                    let message = "`fix` needs `replace` or `delete`: what becomes of a match";
                    build.problems.error(kind.span, message);
                }
                return None;
            }
        };
        Some(Self {
            kind: kind.map_or(FixKind::Unsafe, |kind| kind.value),
            how,
        })
    }

    /// Of matches that lie on each other only the longest can be mended.
    pub(super) fn keep_longest(&self, found: &mut Vec<Match>) {
        found.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
        let mut end = 0;
        found.retain(|(range, _)| {
            let apart = range.start >= end;
            end = end.max(range.end);
            apart
        });
    }

    /// The finding of a match, with its fix if it can be mended at all.
    pub(super) fn finding(
        &self,
        context: &NoteContext<'_>,
        found: Range<usize>,
        regex: Option<RegexId>,
    ) -> Finding {
        let facts = context.words.facts;
        let (shown, edit) = match (&self.how, regex) {
            (How::Replace(template), Some(regex)) => {
                let replaced = context.words.hits.replaced(regex, &found, template);
                let (new, shown) = replaced.unzip();
                let edit = new.and_then(|new| smallest(facts.text(), &found, &new));
                (shown.unwrap_or(found), edit)
            }
            (How::Replace(_), None) => (found, None),
            (How::Delete(what), _) => {
                let number = match what {
                    Delete::Sentence => only_sentence(facts, &found),
                    Delete::End => facts.tokens.sentences.len().checked_sub(1),
                };
                let range = number.and_then(|number| sentence_range(facts, number));
                let range = range.filter(|range| words_left(facts, range) >= LEAST_LEFT);
                (found, range.map(|range| (range, String::new())))
            }
        };
        let mut finding = Finding::at(shown);
        finding.fixes.extend(edit.and_then(|(range, text)| {
            let mut kind = trusted(facts, self.kind, &range, &text)?;
            if matches!(self.how, How::Delete(_)) && holds_evidence(context, &range) {
                kind = FixKind::Unsafe;
            }
            Some(FixDraft {
                kind,
                description: described(facts.text(), &range, &text),
                edits: vec![(range, text)],
            })
        }));
        finding
    }
}

/// How far an edit can be trusted that its rule trusts so far: less where it changes words in quotes, for
/// those are somebody's. None at all in addresses, tags and merge fields.
pub(super) fn trusted(
    facts: &Facts<'_>,
    kind: FixKind,
    range: &Range<usize>,
    text: &str,
) -> Option<FixKind> {
    const WHOLE: Classes = Classes(
        Classes::URL.0
            | Classes::EMAIL.0
            | Classes::FIELD.0
            | Classes::HASHTAG.0
            | Classes::MENTION.0,
    );
    let touches = |start: usize, end: usize| start < range.end && range.start < end;
    let mut words = facts.tokens.words();
    if words
        .any(|token| token.classes.any(WHOLE) && touches(token.start as usize, token.end as usize))
    {
        return None;
    }
    let marks = |text: &str| text.split_whitespace().collect::<String>();
    let is_space = marks(text) == marks(&facts.text()[range.clone()]);
    let mut quotes = facts.tokens.quotes.iter();
    let quoted = quotes.any(|quote| touches(quote.start, quote.end));
    Some(match quoted && !is_space {
        true => FixKind::Unsafe,
        false => kind,
    })
}

/// Whether a part of the formula would be weaker without the words in a range.
fn holds_evidence(context: &NoteContext<'_>, range: &Range<usize>) -> bool {
    context.parts.iter().any(|part| {
        let mut rest = part
            .evidence
            .iter()
            .filter(|it| it.end as usize <= range.start || it.start as usize >= range.end);
        part.level != Level::default() && !rest.any(|it| it.level == part.level)
    })
}

/// How many words a note has outside of a range, the greeting not counted.
fn words_left(facts: &Facts<'_>, range: &Range<usize>) -> usize {
    let sentences = facts.tokens.sentences.iter();
    let tokens = sentences
        .filter(|sentence| !sentence.greeting)
        .flat_map(|sentence| &facts.tokens.all[sentence.tokens()]);
    let left = tokens.filter(|token| {
        let outside = token.end as usize <= range.start || token.start as usize >= range.end;
        outside && !token.classes.any(Classes::MARK)
    });
    left.count()
}

/// The number of the sentence around a match, if there is hardly more in it.
fn only_sentence(facts: &Facts<'_>, found: &Range<usize>) -> Option<usize> {
    let tokens = &facts.tokens.all;
    let first = tokens.partition_point(|token| token.end as usize <= found.start);
    let number = (first < tokens.len()).then(|| facts.sentence_of(first))?;
    let sentence = facts.tokens.sentences.get(number)?;
    let more = tokens[sentence.tokens()].iter().filter(|token| {
        let outside = token.end as usize <= found.start || token.start as usize >= found.end;
        outside && !token.classes.any(Classes::MARK)
    });
    (more.count() <= MORE_WORDS).then_some(number)
}

/// The bytes of a sentence that can go, with the space that parts it from the one before or, behind a
/// greeting, from the next. None if the rest would not stand: there is no other whole sentence there, or a
/// quote or bracket runs over its ends.
fn sentence_range(facts: &Facts<'_>, number: usize) -> Option<Range<usize>> {
    let text = facts.text();
    let sentences = &facts.tokens.sentences;
    let bytes = |sentence: &Sentence| facts.bytes(sentence.tokens());
    let sentence = sentences
        .get(number)
        .filter(|sentence| !sentence.greeting)?;
    let words = bytes(sentence);
    let next = sentences.get(number + 1).map(bytes);
    let end = next.as_ref().map_or(text.len(), |next| next.start);
    let marks = text.get(words.end..end)?.trim_end();
    if marks.contains(runs_over) {
        return None;
    }
    let before = number
        .checked_sub(1)
        .and_then(|before| sentences.get(before));
    if let Some(before) = before.filter(|before| !before.greeting) {
        let behind = bytes(before).end;
        let stop = text.get(behind..words.start)?.trim_end();
        let stands = stop.contains(STOPS) && !stop.contains(runs_over);
        return stands.then(|| behind + stop.len()..words.end + marks.len());
    }
    let next = next.filter(|next| {
        text.get(next.end..)
            .is_some_and(|rest| rest.starts_with(STOPS))
    })?;
    let opens = text.get(..words.start)?.trim_end().ends_with(runs_over);
    (marks.contains(STOPS) && !opens).then_some(words.start..next.start)
}

/// What ends a sentence.
const STOPS: [char; 4] = ['.', '!', '?', '…'];

/// Marks that come in pairs.
fn runs_over(letter: char) -> bool {
    "\"“”„«»‘()[]{}<>".contains(letter)
}

/// The least that has to change for a match to become another text.
fn smallest(text: &str, found: &Range<usize>, new: &str) -> Option<(Range<usize>, String)> {
    let old = &text[found.clone()];
    let same = |(old, new): &(char, char)| old == new;
    let letters = old.chars().zip(new.chars()).take_while(same);
    let start: usize = letters.map(|(letter, _)| letter.len_utf8()).sum();
    let (old, new) = (&old[start..], &new[start..]);
    let letters = old.chars().rev().zip(new.chars().rev()).take_while(same);
    let end: usize = letters.map(|(letter, _)| letter.len_utf8()).sum();
    let from = found.start + start;
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    (old != new).then(|| (from..from + old.len(), new.to_owned()))
}

/// What an edit does, in a few words.
pub(super) fn described(text: &str, range: &Range<usize>, new: &str) -> String {
    /// Characters that are told of what is left out.
    const SHOWN: usize = 40;
    let old = &text[range.clone()];
    if old.trim().is_empty() && new.trim().is_empty() {
        return match (old.is_empty(), new.is_empty()) {
            (true, _) => "put in a space",
            (_, true) => "take out the space",
            _ => "leave one space",
        }
        .to_owned();
    }
    if !new.is_empty() {
        return format!("write `{new}`");
    }
    let mut words: String = old.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = words.char_indices().nth(SHOWN) {
        words.truncate(at);
        words.push('…');
    }
    format!("leave out `{words}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_changed() {
        let smallest = |old: &str, new: &str| smallest(old, &(0..old.len()), new);
        assert_eq!(smallest("a ,", "a,"), Some((1..2, String::new())));
        assert_eq!(smallest("é!!!", "é!"), Some((3..5, String::new())));
        assert_eq!(smallest("ab", "ab"), None);
        assert_eq!(smallest("\" x \"", "\"x\""), Some((1..4, "x".to_owned())));
    }
}
