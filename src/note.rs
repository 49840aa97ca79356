//! A draft: the note's words and what is known about sender, recipient and sending.
//! Knows nothing of the file formats that drafts come in.

use crate::span::Span;
use crate::span::Spanned;
use crate::text::SharedStr;
use crate::text::Text;

/// A cell, key or front matter value with its place.
pub type Field = Option<Box<Spanned<SharedStr>>>;

/// A column or key that means nothing to this program: its name and what it says.
pub type Extra = (SharedStr, Spanned<SharedStr>);

/// The words of a field.
pub fn field_str(field: &Field) -> Option<&str> {
    field.as_deref().map(|field| &*field.value)
}

/// What a text is sent as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoteKind {
    /// The note that goes with an invitation to connect.
    #[default]
    Invitation,
    /// A message after the invitation was accepted.
    FollowUp,
}

impl NoteKind {
    /// The names that drafts and packs use.
    pub const NAMES: [(&'static str, NoteKind); 2] = [
        ("invitation", Self::Invitation),
        ("follow-up", Self::FollowUp),
    ];

    /// The kind's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::FollowUp => "follow-up",
        }
    }
}

/// Whom the note is for. All that a profile or a spreadsheet may tell; nothing is guessed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recipient {
    /// Given name.
    pub first_name: Field,
    /// Family name.
    pub last_name: Field,
    /// Job title or headline.
    pub title: Field,
    /// Employer.
    pub company: Field,
    /// Industry.
    pub industry: Field,
    /// Place as the profile shows it.
    pub location: Field,
    /// IANA time zone.
    pub timezone: Field,
    /// Address of the profile.
    pub profile: Field,
}

/// One draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The row's own id, or `path:line`. Unique in a run.
    pub id: SharedStr,
    /// Where the input gives the id; nothing if it is `path:line`.
    pub id_span: Option<Span>,
    /// The line (from 1) in the file where the note, its row or its object begins.
    pub line: u32,
    /// All of its row or object; of a file with one note, the words.
    pub row: Span,
    /// The words.
    pub text: Text,
    /// Whom it is for.
    pub recipient: Recipient,
    /// When it is to be sent, as written.
    pub send_at: Field,
    /// 1 for a first invitation, 2 and up for one sent again after a withdrawal.
    pub attempt: u32,
    /// Invitation or follow-up.
    pub kind: NoteKind,
    /// `high`, `medium`, `low`, or the user's own word.
    pub priority: Field,
    /// The language that the draft says it is in.
    pub language: Field,
    /// What the sender found out about the recipient: posts, talks, mutual contacts.
    pub facts: Box<[Spanned<SharedStr>]>,
    /// Rules that are switched off for this note.
    pub allow: Box<[Spanned<SharedStr>]>,
    /// Columns and keys that mean nothing to this program, in the order of the file.
    pub extra: Box<[Extra]>,
}

impl Note {
    /// Where each thing of it stands in its file: its row, its words, what it says of the recipient and of
    /// itself, in this order.
    pub fn places(&self) -> impl Iterator<Item = Span> + '_ {
        let fields = self.fields().into_iter().flatten().map(|it| it.span);
        let lists = self.facts.iter().chain(&self.allow).map(|it| it.span);
        let extra = self.extra.iter().map(|(_, it)| it.span);
        let whole = [self.row, self.text.whole()].into_iter();
        whole
            .chain(self.id_span)
            .chain(fields)
            .chain(lists)
            .chain(extra)
    }

    /// All its fields.
    pub fn fields(&self) -> [&Field; 11] {
        let to = &self.recipient;
        [
            &to.first_name,
            &to.last_name,
            &to.title,
            &to.company,
            &to.industry,
            &to.location,
            &to.timezone,
            &to.profile,
            &self.send_at,
            &self.priority,
            &self.language,
        ]
    }

    /// A note of which only the words are known.
    pub fn new(id: impl Into<SharedStr>, line: u32, text: Text) -> Self {
        Self {
            id: id.into(),
            id_span: None,
            line,
            row: text.whole(),
            text,
            recipient: Recipient::default(),
            send_at: None,
            attempt: 1,
            kind: NoteKind::Invitation,
            priority: None,
            language: None,
            facts: Box::default(),
            allow: Box::default(),
            extra: Box::default(),
        }
    }
}
