//! What a check found, before it is signed with its rule's id, severity and words.

use std::borrow::Cow;
use std::ops::Range;

use serde::Deserialize;
use serde::Serialize;

use crate::diagnostic::FixKind;
use crate::span::Span;

/// One thing found. Ranges are bytes in the note's words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Finding {
    /// The words meant; empty for a place between words.
    pub range: Range<usize>,
    /// Where it is, if not in the note's words: a field of the draft. True of one place only, so it is not kept.
    #[serde(skip)]
    pub place: Option<Span>,
    /// What to say at the place; may be empty.
    pub label: String,
    /// Values for the holes in the rule's message.
    pub values: Vec<(Cow<'static, str>, String)>,
    /// The same for sentences of our own, which are not cut.
    pub sentences: Vec<(Cow<'static, str>, String)>,
    /// Other places in the same note.
    pub also: Vec<(Range<usize>, String)>,
    /// Places elsewhere: the twin of a duplicate. Not kept, either.
    #[serde(skip)]
    pub elsewhere: Vec<(Span, String)>,
    /// Ways to mend it.
    pub fixes: Vec<FixDraft>,
    /// More to say, line by line: the words that differ between two notes.
    pub details: Vec<String>,
}

/// A fix in the note's words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FixDraft {
    /// How far it can be trusted.
    pub kind: FixKind,
    /// What it does.
    pub description: String,
    /// What to replace, and by what.
    pub edits: Vec<(Range<usize>, String)>,
}

impl Finding {
    /// A finding at some words.
    pub fn at(range: Range<usize>) -> Self {
        Self {
            range,
            ..Self::default()
        }
    }

    /// The same with words at the place.
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same with a sentence for a hole in the message. Foreign words in it must be short.
    pub fn saying(mut self, hole: &'static str, text: impl ToString) -> Self {
        self.sentences.push((Cow::Borrowed(hole), text.to_string()));
        self
    }

    /// The same with a value for a hole in the message.
    pub fn with(mut self, hole: &'static str, value: impl ToString) -> Self {
        let value = value.to_string();
        match self.values.iter_mut().find(|(known, _)| known == hole) {
            Some((_, known)) => *known = value,
            None => self.values.push((Cow::Borrowed(hole), value)),
        }
        self
    }
}

/// A message with holes: `` `{found}` could open a note to anybody ``.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// Text and the hole behind it.
    pieces: Vec<(String, Option<String>)>,
}

/// The longest text that is put into a hole, in characters.
const LONGEST: usize = 60;

impl Template {
    /// Reads a message. The error names a hole that this kind of check does not fill, or says that a
    /// bracket is left open.
    pub fn new(text: &str, holes: &[&str]) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}') else {
                return Err("a `{` is left open in the message".into());
            };
            let hole = &rest[open + 1..open + close];
            if hole != "found" && !holes.contains(&hole) {
                let mut known = vec!["found"];
                known.extend(holes);
                let hint = crate::toml_doc::suggestion(hole, &known);
                return Err(format!(
                    "this kind of rule has no value for {{{hole}}}; {hint}"
                ));
            }
            pieces.push((rest[..open].to_owned(), Some(hole.to_owned())));
            rest = &rest[open + close + 1..];
        }
        pieces.push((rest.to_owned(), None));
        Ok(Self { pieces })
    }

    /// The message with `…` in every hole.
    pub fn outline(&self) -> String {
        let piece = |(text, hole): &(String, Option<String>)| match hole {
            Some(_) => format!("{text}…"),
            None => text.clone(),
        };
        self.pieces.iter().map(piece).collect()
    }

    /// The message for a finding in a note.
    pub fn fill(&self, finding: &Finding, words: &str) -> String {
        let mut message = String::new();
        for (text, hole) in &self.pieces {
            message.push_str(text);
            let Some(hole) = hole else { continue };
            if let Some((_, sentence)) = finding.sentences.iter().find(|(name, _)| name == hole) {
                message.push_str(sentence);
                continue;
            }
            let value = finding
                .values
                .iter()
                .find(|(name, _)| name == hole)
                .map(|(_, value)| value.as_str());
            let value =
                value.unwrap_or_else(|| words.get(finding.range.clone()).unwrap_or_default());
            push_short(&mut message, value);
        }
        message
    }
}

/// Appends a text in one line, cut where it gets long.
fn push_short(message: &mut String, value: &str) {
    for (number, letter) in value.trim().chars().enumerate() {
        if number == LONGEST {
            message.push('…');
            break;
        }
        message.push(if letter.is_whitespace() { ' ' } else { letter });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled() {
        let template = Template::new("`{found}` is {count} too many", &["count"]).unwrap();
        assert_eq!(template.outline(), "`…` is … too many");
        let finding = Finding::at(3..6).with("count", 2);
        assert_eq!(template.fill(&finding, "abcd\nf"), "`d f` is 2 too many");
        assert!(
            Template::new("{fuond}", &[])
                .unwrap_err()
                .contains("did you mean `found`")
        );
        assert!(Template::new("{found", &[]).is_err());
    }
}
