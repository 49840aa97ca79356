//! The shapes of version 1 of the JSON outputs. Keys may be added; none is removed or changes its
//! meaning. The shapes borrow: nothing is copied on the way out.

use serde::Serialize;

/// The version of the shapes.
pub(crate) const VERSION: u32 = 1;

#[derive(Serialize)]
pub(crate) struct Tool<'a> {
    pub(crate) name: &'static str,
    pub(crate) version: &'a str,
}

#[derive(Serialize)]
pub(crate) struct Summary {
    pub(crate) notes: usize,
    pub(crate) ready: usize,
    pub(crate) revise: usize,
    pub(crate) rewrite: usize,
    pub(crate) mean_score: Option<f64>,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) infos: usize,
    pub(crate) hints: usize,
}

#[derive(Serialize)]
pub(crate) struct Note<'a> {
    pub(crate) id: &'a str,
    pub(crate) path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cell: Option<&'a str>,
    pub(crate) line: u32,
    pub(crate) recipient: Recipient<'a>,
    pub(crate) text: &'a str,
    pub(crate) length: Length,
    /// The code of a language that is not judged; score, grade and parts are null then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<&'static str>,
    pub(crate) score: Option<u32>,
    pub(crate) grade: Option<&'static str>,
    pub(crate) parts: Option<Parts<'a>>,
    pub(crate) deductions: Vec<Deduction<'a>>,
    pub(crate) flags: Flags,
}

/// What is known about the recipient; the rest is left out.
#[derive(Serialize)]
pub(crate) struct Recipient<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) first_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) company: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) industry: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) location: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) timezone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) profile: Option<&'a str>,
}

#[derive(Serialize)]
pub(crate) struct Length {
    pub(crate) characters: u32,
    pub(crate) utf16: u32,
    pub(crate) limit: Option<u32>,
}

#[derive(Serialize)]
pub(crate) struct Parts<'a> {
    pub(crate) reference: Part<'a>,
    pub(crate) reason: Part<'a>,
    pub(crate) value: Part<'a>,
}

#[derive(Serialize)]
pub(crate) struct Part<'a> {
    pub(crate) level: &'static str,
    pub(crate) points: u32,
    pub(crate) of: u32,
    /// The level by signals alone, where all words together make it another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) signals: Option<&'static str>,
    pub(crate) evidence: Vec<Evidence<'a>>,
}

/// `start` and `end` are bytes in the note's text.
#[derive(Serialize)]
pub(crate) struct Evidence<'a> {
    pub(crate) signal: &'a str,
    pub(crate) level: &'static str,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) text: &'a str,
    /// Other recipients get the same words; left out where they do not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) shared: bool,
}

#[derive(Serialize)]
pub(crate) struct Deduction<'a> {
    pub(crate) rule: &'a str,
    pub(crate) points: u32,
}

#[derive(Serialize)]
pub(crate) struct Flags {
    pub(crate) pitch: bool,
    pub(crate) generic: bool,
    pub(crate) placeholder: bool,
}

#[derive(Serialize)]
pub(crate) struct Cluster<'a> {
    pub(crate) kind: &'static str,
    pub(crate) members: Vec<&'a str>,
    pub(crate) similarity: f64,
    pub(crate) skeleton: Option<Vec<Piece<'a>>>,
    /// The share of the members' words that are the template's, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) shared: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) slots: Option<Vec<Slot<'a>>>,
}

/// `merge` names the recipient's field whose values stand there, if nothing else does. `values` has one
/// for each member, in their order.
#[derive(Serialize)]
pub(crate) struct Slot<'a> {
    pub(crate) slot: usize,
    pub(crate) merge: Option<&'static str>,
    pub(crate) values: Vec<&'a str>,
}

/// `{"text": "..."}` or `{"slot": 1}`.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Piece<'a> {
    Text(&'a str),
    Slot(u32),
}

#[derive(Serialize)]
pub(crate) struct Diagnostic<'a> {
    pub(crate) rule: &'a str,
    pub(crate) severity: &'static str,
    pub(crate) message: &'a str,
    pub(crate) help: Option<&'a str>,
    pub(crate) note: Option<&'a str>,
    pub(crate) labels: Vec<Label<'a>>,
    pub(crate) fixes: Vec<Fix<'a>>,
    /// More to say, line by line; left out where there is nothing.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) details: &'a [Box<str>],
    /// The place in `clusters`, from 0, of the group that it is about; left out for a single note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cluster: Option<u32>,
}

#[derive(Serialize)]
pub(crate) struct Label<'a> {
    pub(crate) path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cell: Option<&'a str>,
    pub(crate) primary: bool,
    pub(crate) message: &'a str,
    pub(crate) start: Position,
    pub(crate) end: Position,
}

#[derive(Serialize)]
pub(crate) struct Position {
    pub(crate) byte: u32,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) utf16: u32,
}

#[derive(Serialize)]
pub(crate) struct Fix<'a> {
    pub(crate) kind: &'static str,
    pub(crate) description: &'a str,
    pub(crate) edits: Vec<Edit<'a>>,
}

/// `start` and `end` are bytes in the file of the diagnostic's primary label.
#[derive(Serialize)]
pub(crate) struct Edit<'a> {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) text: &'a str,
}
