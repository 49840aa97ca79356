//! What drafts say, as the columns of a spreadsheet.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io;

use crate::note::Note;
use crate::note::field_str;
use crate::render::spreadsheet::row;

/// A column: its name, and what stands in it, if anything.
pub(crate) type Column = (&'static str, fn(&Note) -> Option<Cow<'_, str>>);

/// What is known of the recipient, and how the draft is sent.
pub(crate) const KNOWN: [Column; 10] = [
    ("first_name", |note| {
        said(field_str(&note.recipient.first_name))
    }),
    ("last_name", |note| {
        said(field_str(&note.recipient.last_name))
    }),
    ("title", |note| said(field_str(&note.recipient.title))),
    ("company", |note| said(field_str(&note.recipient.company))),
    ("industry", |note| said(field_str(&note.recipient.industry))),
    ("location", |note| said(field_str(&note.recipient.location))),
    ("timezone", |note| said(field_str(&note.recipient.timezone))),
    ("profile", |note| said(field_str(&note.recipient.profile))),
    ("priority", |note| said(field_str(&note.priority))),
    ("kind", |note| match note.kind.name() {
        "invitation" => None,
        other => said(Some(other)),
    }),
];

/// The rest of what a draft may say of itself.
const REST: [Column; 5] = [
    ("attempt", |note| {
        (note.attempt > 1).then(|| Cow::Owned(note.attempt.to_string()))
    }),
    ("language", |note| said(field_str(&note.language))),
    ("facts", |note| {
        list(note.facts.iter().map(|fact| &*fact.value), "; ")
    }),
    ("allow", |note| {
        list(note.allow.iter().map(|rule| &*rule.value), ", ")
    }),
    ("send_at", |note| said(field_str(&note.send_at))),
];

fn said(words: Option<&str>) -> Option<Cow<'_, str>> {
    words.map(Cow::Borrowed)
}

fn list<'a>(words: impl Iterator<Item = &'a str>, separator: &str) -> Option<Cow<'a, str>> {
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| Cow::Owned(words.join(separator)))
}

/// The columns that some draft fills: the id, what is known, and the user's own columns.
pub(crate) struct Columns<'a> {
    known: Vec<&'static Column>,
    own: Vec<&'a str>,
}

impl<'a> Columns<'a> {
    /// Those of `known` and of the user that these notes fill.
    pub(crate) fn new(known: impl Iterator<Item = &'static Column>, notes: &'a [Note]) -> Self {
        let filled = |(_, value): &&Column| notes.iter().any(|note| value(note).is_some());
        let mut own: Vec<&str> = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        for (name, _) in notes.iter().flat_map(|note| note.extra.iter()) {
            if seen.insert(name) {
                own.push(name);
            }
        }
        Self {
            known: known.filter(filled).collect(),
            own,
        }
    }

    /// The names.
    pub(crate) fn names(&self) -> Vec<String> {
        let known = self.known.iter().map(|(name, _)| *name);
        let names = std::iter::once("id").chain(known);
        names
            .chain(self.own.iter().copied())
            .map(str::to_owned)
            .collect()
    }

    /// What a note has in them.
    pub(crate) fn cells(&self, note: &Note) -> Vec<String> {
        let mut cells = vec![note.id.to_string()];
        for (_, value) in &self.known {
            cells.push(value(note).unwrap_or_default().into_owned());
        }
        for name in &self.own {
            let mut of_name = note.extra.iter().filter(|(known, _)| **known == **name);
            let value = of_name.next().map(|(_, value)| value.value.to_string());
            cells.push(value.unwrap_or_default());
        }
        cells
    }
}

/// Writes drafts as a spreadsheet that can be read again, for formats that are not written.
pub fn drafts_csv(notes: &[Note], out: &mut dyn io::Write) -> io::Result<()> {
    let columns = Columns::new(KNOWN.iter().chain(&REST), notes);
    let with = |mut cells: Vec<String>, last: &str| {
        cells.push(last.to_owned());
        cells
    };
    row(out, with(columns.names(), "note").into_iter())?;
    for note in notes {
        row(
            out,
            with(columns.cells(note), note.text.as_str()).into_iter(),
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::InputOptions;
    use crate::input::Reader;
    use crate::input::format_of;
    use crate::source::Source;
    use crate::span::FileId;

    fn read(name: &str, text: &str) -> Vec<Note> {
        let Reader::Text(reader) = format_of(name).reader else {
            panic!("{name} is no text");
        };
        let source = Source::new(name.into(), text.into());
        reader(&source, FileId(0), &InputOptions::default()).notes
    }

    #[test]
    fn what_is_written_says_the_same_when_it_is_read_again() {
        let text = "{\"id\":\"=1\",\"first_name\":\"Zoë\",\"note\":\"Hi \\\"Zoë\\\",\\nso\",\"facts\":[\"a talk\",\"a post\"],\
                    \"allow\":[\"pleasantry\",\"link\"],\"attempt\":2,\"send_at\":\"2026-03-31T10:00Z\",\"mine\":\"x\"}\n\
                    {\"note\":\"Hi\",\"kind\":\"follow-up\",\"language\":\"de\"}";
        let before = read("a.jsonl", text);
        let mut out = Vec::new();
        drafts_csv(&before, &mut out).unwrap();
        let written = String::from_utf8(out).unwrap();
        let after = read("a.csv", &written);
        let say = |note: &Note| {
            let values = KNOWN
                .iter()
                .chain(&REST)
                .map(|(_, value)| value(note).map(Cow::into_owned));
            let own: Vec<String> = note
                .extra
                .iter()
                .map(|(name, value)| format!("{name} {}", value.value))
                .collect();
            (
                note.text.as_str().to_owned(),
                values.collect::<Vec<_>>(),
                own,
            )
        };
        assert_eq!(after.len(), 2);
        assert_eq!(say(&after[0]), say(&before[0]));
        assert_eq!(say(&after[1]).1, say(&before[1]).1);
        // No spreadsheet runs what a stranger wrote.
        assert!(written.contains("\r\n'=1,"), "{written}");
    }
}
