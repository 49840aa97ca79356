//! What there is to say, as plain data: no colours, no terminal, no format.

use std::sync::Arc;

use serde::Deserialize;
use serde::Serialize;

use crate::span::Span;

/// How much a finding weighs. Ordered from the mildest to the gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// An idea. Shown, never counted against a note.
    Hint,
    /// Worth knowing.
    Info,
    /// Should be mended before sending.
    Warning,
    /// Must be mended before sending.
    Error,
}

impl Severity {
    /// All severities with the names used in packs, configuration and output.
    pub const NAMES: [(&'static str, Severity); 4] = [
        ("error", Self::Error),
        ("warning", Self::Warning),
        ("info", Self::Info),
        ("hint", Self::Hint),
    ];

    /// The severity's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Hint => "hint",
        }
    }

    /// The severity of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, severity)| *severity)
    }
}

/// A place with a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The bytes meant. An empty span points between two bytes.
    pub span: Span,
    /// Whether this is the place of the finding itself. Every diagnostic has exactly one such label, the first.
    pub primary: bool,
    /// What to say at the place; may be empty.
    pub message: Box<str>,
}

/// How far a fix can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FixKind {
    /// Keeps the meaning; may be applied unasked.
    Safe,
    /// May change the meaning; applied only when asked for.
    Unsafe,
    /// Has `___` blanks that a person has to fill; shown, never applied.
    HasBlanks,
}

impl FixKind {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::HasBlanks => "has-blanks",
        }
    }
}

/// Replaces the bytes of a span by a text. The text is plain: escaping for the file's format is
/// the business of whoever applies it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What to replace. An empty span inserts.
    pub span: Span,
    /// The new words.
    pub text: Box<str>,
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// How far it can be trusted.
    pub kind: FixKind,
    /// What it does, in a few words.
    pub description: Box<str>,
    /// The edits; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One thing to say about one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's id, or the name of a problem with the input, such as `broken-row`.
    pub rule: Arc<str>,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub message: Box<str>,
    /// What to do about it.
    pub help: Option<Arc<str>>,
    /// The number of the note in the run that it is about, if it is about one.
    pub note: Option<u32>,
    /// Where. Never empty: the first label is the primary one.
    pub labels: Vec<Label>,
    /// How to mend it.
    pub fixes: Vec<Fix>,
    /// More to say, line by line.
    pub details: Box<[Box<str>]>,
    /// The number of the group of notes, among the report's clusters, that it is about.
    pub cluster: Option<u32>,
}

impl Diagnostic {
    /// A diagnostic that is about a file rather than a note: broken input, a wrong key.
    pub fn problem(
        rule: &str,
        severity: Severity,
        span: Span,
        message: impl Into<Box<str>>,
    ) -> Self {
        Self {
            rule: Arc::from(rule),
            severity,
            message: message.into(),
            help: None,
            note: None,
            labels: vec![Label {
                span,
                primary: true,
                message: Box::from(""),
            }],
            fixes: Vec::new(),
            details: Box::default(),
            cluster: None,
        }
    }

    /// The same with words at the place.
    pub fn labelled(mut self, message: impl Into<Box<str>>) -> Self {
        if let Some(label) = self.labels.first_mut() {
            label.message = message.into();
        }
        self
    }

    /// The same with a second place.
    pub fn also(mut self, span: Span, message: impl Into<Box<str>>) -> Self {
        self.labels.push(Label {
            span,
            primary: false,
            message: message.into(),
        });
        self
    }

    /// The same with advice.
    pub fn helped(mut self, help: impl Into<Arc<str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Where it is.
    pub fn span(&self) -> Span {
        self.labels
            .first()
            .map(|label| label.span)
            .unwrap_or_default()
    }
}
