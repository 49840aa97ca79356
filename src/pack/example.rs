//! A rule's examples: notes that must trigger it, and notes that must not.

use crate::span::Span;
use crate::toml_doc::Problems;
use crate::toml_doc::Table;
use crate::toml_doc::Value;

/// An example note with what the rule may want to know of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Example {
    /// The words.
    pub note: String,
    /// Recipient and draft fields by name: `first_name`, `company`, `kind`, `attempt`.
    pub fields: Vec<(String, String)>,
    /// Facts given for the recipient.
    pub facts: Vec<String>,
    /// Other notes of the batch.
    pub others: Vec<Example>,
    /// Notes that were sent before.
    pub sent: Vec<Example>,
    /// The words after all fixes of the rule but those with blanks.
    pub fixed: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// Fields that an example may give; `other_name` is the first name of another row of the batch. Of what was
/// sent before, `status` (of a ledger, or `connected`) and `withdrawn_on` tell what became of it; `times` makes
/// as many people of it.
const FIELDS: &[&str] = &[
    "first_name",
    "last_name",
    "title",
    "company",
    "profile",
    "industry",
    "location",
    "timezone",
    "send_at",
    "now",
    "sender_hours",
    "sender_timezone",
    "kind",
    "attempt",
    "sender_industry",
    "account",
    "other_name",
    "status",
    "withdrawn_on",
    "language",
    "times",
];

impl Example {
    /// The value of a field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Reads the examples under a key of a rule.
    pub fn read(table: &Table, key: &'static str, problems: &mut Problems) -> Vec<Self> {
        table
            .array(key, problems)
            .iter()
            .filter_map(|item| Self::one(&item.value, item.span, problems))
            .collect()
    }

    fn one(value: &Value, span: Span, problems: &mut Problems) -> Option<Self> {
        match value {
            Value::String(note) => Some(Self {
                note: note.clone(),
                span,
                ..Self::default()
            }),
            Value::Table(table) => {
                let note = table.string("note", problems)?.value.to_owned();
                let facts = table
                    .strings("facts", problems)
                    .into_iter()
                    .map(|fact| fact.value.to_owned())
                    .collect();
                let mut fields = Vec::new();
                for name in FIELDS {
                    let value = table.digits(name, problems);
                    fields.extend(value.map(|value| ((*name).to_owned(), value)));
                }
                let others = Self::read(table, "others", problems);
                let sent = Self::read(table, "sent", problems);
                let fixed = table.string("fixed", problems);
                let fixed = fixed.map(|fixed| fixed.value.to_owned());
                table.finish(problems);
                Some(Self {
                    note,
                    fields,
                    facts,
                    others,
                    sent,
                    fixed,
                    span,
                })
            }
            _ => {
                problems.error(span, "an example is a text, or a table with `note`");
                None
            }
        }
    }
}
