//! What was found in a draft, with places that a page can mark.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::FixKind;
use crate::diagnostic::Label;
use crate::diagnostic::Severity;
use crate::source::Sources;
use crate::source::floor_char_boundary;
use crate::span::FileId;
use crate::span::Span;

/// Some words of a draft, counted in two ways. An empty range is a place between two characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// Bytes of the text in UTF-8: `&text[place.bytes.clone()]` are the words.
    pub bytes: Range<usize>,
    /// UTF-16 code units, as JavaScript and editors count: `text.slice(start, end)` are the words.
    pub utf16: Range<usize>,
}

impl Place {
    /// A range of bytes, counted in both ways. Offsets inside a character are rounded down.
    pub(super) fn of(text: &str, bytes: Range<usize>) -> Self {
        let start = floor_char_boundary(text, bytes.start);
        let end = floor_char_boundary(text, bytes.end).max(start);
        let units = |text: &str| text.encode_utf16().count();
        let before = units(&text[..start]);
        Self {
            utf16: before..before + units(&text[start..end]),
            bytes: start..end,
        }
    }
}

/// Where something is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Whereabouts {
    /// In the words of a draft, by its number in the batch from 0.
    Text(usize, Place),
    /// In a field of a draft: its number and the field's name, such as `location`.
    Field(usize, String),
}

/// A second place that a finding speaks of, such as the twin of a duplicate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Related {
    /// Where it is.
    pub at: Whereabouts,
    /// What to say there; may be empty.
    pub message: String,
}

/// New words for a place; an empty one inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// What to replace in the draft's text.
    pub place: Place,
    /// The new words.
    pub text: String,
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fix {
    /// Whether it may be applied unasked, when asked for, or only be shown, because it has `___` blanks.
    pub kind: FixKind,
    /// What it does.
    pub description: String,
    /// The edits; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One thing to say of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong, in one sentence. Words of the draft in it are a stranger's: escape them.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where it is.
    pub at: Whereabouts,
    /// What to say at the place; may be empty.
    pub label: String,
    /// Other places.
    pub related: Vec<Related>,
    /// More to say, line by line.
    pub details: Vec<String>,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
}

/// Finds the draft that a source belongs to.
pub(super) struct Drafts<'a> {
    sources: &'a Sources,
    /// The source of each draft's words; rising.
    files: Vec<FileId>,
}

impl<'a> Drafts<'a> {
    pub(super) fn new(sources: &'a Sources, files: Vec<FileId>) -> Self {
        Self { sources, files }
    }

    pub(super) fn finding(&self, found: &Diagnostic) -> Finding {
        let mut labels = found.labels.iter();
        let first = labels.next();
        let related = |label: &Label| Related {
            at: self.whereabouts(label.span),
            message: label.message.to_string(),
        };
        let fixes = found.fixes.iter().map(|fix| Fix {
            kind: fix.kind,
            description: fix.description.to_string(),
            edits: fix
                .edits
                .iter()
                .map(|edit| Edit {
                    place: self.place(edit.span),
                    text: edit.text.to_string(),
                })
                .collect(),
        });
        Finding {
            rule: found.rule.to_string(),
            severity: found.severity,
            message: found.message.to_string(),
            help: found.help.as_deref().map(str::to_owned),
            at: self.whereabouts(found.span()),
            label: first.map_or_else(String::new, |label| label.message.to_string()),
            related: labels.map(related).collect(),
            details: found.details.iter().map(|line| line.to_string()).collect(),
            fixes: fixes.collect(),
        }
    }

    fn place(&self, span: Span) -> Place {
        Place::of(&self.sources.get(span.file).text, span.range())
    }

    /// The words of a draft have the source of a number of its own, its fields the one behind.
    fn whereabouts(&self, span: Span) -> Whereabouts {
        let behind = self.files.partition_point(|file| *file <= span.file);
        let draft = behind.saturating_sub(1);
        if self.files.get(draft) == Some(&span.file) {
            return Whereabouts::Text(draft, self.place(span));
        }
        let source = self.sources.get(span.file);
        let line = source.line_range(source.line_index(span.start as usize));
        let name = source.text[line].split(':').next().unwrap_or_default();
        Whereabouts::Field(draft, name.to_owned())
    }
}
