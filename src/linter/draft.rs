//! A draft as an embedding program hands it in.

use crate::note::Field;
use crate::note::Note;
use crate::note::NoteKind;
use crate::source::Source;
use crate::source::Sources;
use crate::span::FileId;
use crate::span::Spanned;
use crate::text::SharedStr;
use crate::text::Text;

/// The words of a note, and what is known of its reader and of sending it. Only the words are needed; the
/// more is known, the more can be checked.
///
/// ```
/// use connote::Draft;
///
/// let draft = Draft::new("Hi Ana, your talk on cold rooms in Pune was a joy.")
///     .id("row-7")
///     .first_name("Ana")
///     .company("Kardex");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    text: String,
    id: Option<String>,
    fields: Vec<(Key, String)>,
    facts: Vec<String>,
    allow: Vec<String>,
    attempt: Option<u32>,
    kind: NoteKind,
}

/// A field of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    FirstName,
    LastName,
    Title,
    Company,
    Industry,
    Location,
    Timezone,
    Profile,
    SendAt,
    Language,
}

impl Key {
    fn name(self) -> &'static str {
        match self {
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Title => "title",
            Self::Company => "company",
            Self::Industry => "industry",
            Self::Location => "location",
            Self::Timezone => "timezone",
            Self::Profile => "profile",
            Self::SendAt => "send_at",
            Self::Language => "language",
        }
    }

    fn of(self, note: &mut Note) -> &mut Field {
        let recipient = &mut note.recipient;
        match self {
            Self::FirstName => &mut recipient.first_name,
            Self::LastName => &mut recipient.last_name,
            Self::Title => &mut recipient.title,
            Self::Company => &mut recipient.company,
            Self::Industry => &mut recipient.industry,
            Self::Location => &mut recipient.location,
            Self::Timezone => &mut recipient.timezone,
            Self::Profile => &mut recipient.profile,
            Self::SendAt => &mut note.send_at,
            Self::Language => &mut note.language,
        }
    }
}

impl From<&str> for Draft {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Draft {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl Draft {
    /// A draft of which only the words are known.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A name for it, such as the number of its row; else it is known by its place, `draft-1`.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The reader's given name.
    pub fn first_name(self, name: impl Into<String>) -> Self {
        self.with(Key::FirstName, name.into())
    }

    /// The reader's family name.
    pub fn last_name(self, name: impl Into<String>) -> Self {
        self.with(Key::LastName, name.into())
    }

    /// The reader's job title or headline.
    pub fn title(self, title: impl Into<String>) -> Self {
        self.with(Key::Title, title.into())
    }

    /// The reader's employer.
    pub fn company(self, company: impl Into<String>) -> Self {
        self.with(Key::Company, company.into())
    }

    /// The reader's industry.
    pub fn industry(self, industry: impl Into<String>) -> Self {
        self.with(Key::Industry, industry.into())
    }

    /// The reader's place as the profile shows it.
    pub fn location(self, location: impl Into<String>) -> Self {
        self.with(Key::Location, location.into())
    }

    /// The reader's time zone by its IANA name.
    pub fn timezone(self, zone: impl Into<String>) -> Self {
        self.with(Key::Timezone, zone.into())
    }

    /// The address of the reader's profile.
    pub fn profile(self, address: impl Into<String>) -> Self {
        self.with(Key::Profile, address.into())
    }

    /// When it is to be sent, as people write it: `2026-03-31 10:12` in the reader's time.
    pub fn send_at(self, time: impl Into<String>) -> Self {
        self.with(Key::SendAt, time.into())
    }

    /// The language that the words are in, if it is known.
    pub fn language(self, language: impl Into<String>) -> Self {
        self.with(Key::Language, language.into())
    }

    /// Something that the sender found out about the reader: a post, a talk, a mutual contact.
    pub fn fact(mut self, fact: impl Into<String>) -> Self {
        self.facts.push(fact.into());
        self
    }

    /// A rule, or the beginning of rules, that is switched off for this draft.
    pub fn allow(mut self, rule: impl Into<String>) -> Self {
        self.allow.push(rule.into());
        self
    }

    /// 1 for a first invitation, 2 and up for one that is sent again after a withdrawal.
    pub fn attempt(mut self, attempt: u32) -> Self {
        self.attempt = Some(attempt.max(1));
        self
    }

    /// It is a message after the invitation was accepted, for which LinkedIn's limit does not hold.
    pub fn follow_up(mut self) -> Self {
        self.kind = NoteKind::FollowUp;
        self
    }

    fn with(mut self, key: Key, value: String) -> Self {
        self.fields.retain(|(known, _)| *known != key);
        if !value.trim().is_empty() {
            self.fields.push((key, value));
        }
        self
    }

    /// The note. Its words are a source of their own, so that places in it are places in the words; the
    /// fields are another one, a line each, so that each has a place as well.
    pub(super) fn note(self, number: usize, sources: &mut Sources) -> Note {
        let id = self.id.unwrap_or_else(|| format!("draft-{number}"));
        let file = sources.add(Source::new(id.clone(), self.text));
        let words = Text::plain(file, 0, &sources.get(file).text);
        let mut note = Note::new(id.clone(), 1, words);
        note.attempt = self.attempt.unwrap_or(1);
        note.kind = self.kind;
        let fields_file = FileId(file.0.saturating_add(1));
        let mut lines = Lines::new(fields_file);
        for (key, value) in &self.fields {
            *key.of(&mut note) = Some(Box::new(lines.add(key.name(), value)));
        }
        let mut all = |name, values: &[String]| {
            let values = values.iter().map(|value| lines.add(name, value));
            values.collect()
        };
        note.facts = all("facts", &self.facts);
        note.allow = all("allow", &self.allow);
        if !lines.text.is_empty() {
            sources.add(Source::new(id, lines.text));
        }
        note
    }
}

/// Fields as lines of a source.
struct Lines {
    file: FileId,
    text: String,
}

impl Lines {
    fn new(file: FileId) -> Self {
        Self {
            file,
            text: String::new(),
        }
    }

    fn add(&mut self, name: &str, value: &str) -> Spanned<SharedStr> {
        // A line break in a value would end its line.
        let value = value.trim().replace(['\n', '\r'], " ");
        self.text.push_str(name);
        self.text.push_str(": ");
        let start = self.text.len();
        self.text.push_str(&value);
        let span = crate::span::Span::new(self.file, start..self.text.len());
        self.text.push('\n');
        Spanned::new(value.into(), span)
    }
}
