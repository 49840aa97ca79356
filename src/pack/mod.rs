//! Rule packs as they are written: tables with places. What a rule's kind does is not known here.

mod builtin;
mod example;
mod guide;

pub use builtin::BUILTIN;
pub use builtin::UNSEEN;
pub use builtin::builtin;
pub use builtin::in_language;
pub use builtin::in_languages;
pub use builtin::languages;
pub use example::Example;
pub use guide::Statement;
pub use guide::guide;

use std::sync::Arc;

use crate::span::FileId;
use crate::span::Span;
use crate::span::Spanned;
use crate::toml_doc::Problems;
use crate::toml_doc::Table;
use crate::toml_doc::Value;

/// A rule as written.
#[derive(Clone, Debug)]
pub struct RuleDeclaration {
    /// The rule's name, unique over all packs of a language.
    pub id: Spanned<String>,
    /// The whole table; its span is the rule's head.
    pub table: Arc<Table>,
}

/// A vocabulary: name and entries.
pub type Vocabulary = (Spanned<String>, Vec<Spanned<String>>);

/// A file of rules.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its file.
    pub file: FileId,
    /// It is part of the program.
    pub builtin: bool,
    /// The language of the notes that its rules are for; for all if none is given.
    pub language: Option<String>,
    /// Its rules run only when the pack is named in `packs`.
    pub opt_in: bool,
    /// The rules, in the order of the file.
    pub rules: Arc<[RuleDeclaration]>,
    /// Vocabularies: name and entries.
    pub vocabulary: Arc<[Vocabulary]>,
    /// The `[score]` table, if it has one.
    pub score: Option<Table>,
}

/// Reads a pack. Rules without an id are reported and left out.
pub fn read(text: &str, file: FileId, name: &str, problems: &mut Problems) -> Pack {
    let document = crate::toml_doc::parse(text, file, problems);
    read_table(&document, file, name, problems)
}

/// The same from the tables of its text.
pub fn read_table(document: &Table, file: FileId, name: &str, problems: &mut Problems) -> Pack {
    let mut pack = Pack {
        name: name.to_owned(),
        description: String::new(),
        file,
        builtin: false,
        opt_in: false,
        language: None,
        rules: Arc::default(),
        vocabulary: Arc::default(),
        score: document.table("score", problems).cloned(),
    };
    if let Some(head) = document.table("pack", problems) {
        if let Some(name) = head.string("name", problems) {
            pack.name = name.value.to_owned();
        }
        if let Some(description) = head.string("description", problems) {
            pack.description = description.value.to_owned();
        }
        pack.language = head
            .string("language", problems)
            .map(|language| language.value.to_owned());
        pack.opt_in = head
            .boolean("opt-in", problems)
            .is_some_and(|flag| flag.value);
        head.finish(problems);
    }
    if let Some(vocabulary) = document.table("vocabulary", problems) {
        let read = |(key, value): (&Spanned<String>, &Spanned<Value>)| {
            (key.clone(), entries(value, problems))
        };
        pack.vocabulary = vocabulary.entries().map(read).collect();
    }
    let mut rules = Vec::new();
    for item in document.array("rule", problems) {
        let Value::Table(table) = &item.value else {
            problems.error(item.span, "a rule is a table: begin it with [[rule]]");
            continue;
        };
        match table.string("id", problems) {
            Some(id) if is_id(id.value) => {
                let id = Spanned::new(id.value.to_owned(), id.span);
                rules.push(RuleDeclaration {
                    id,
                    table: Arc::new(table.clone()),
                });
            }
            Some(id) => {
                problems.error(
                    id.span,
                    "a rule's id is lower case words with hyphens, such as `stock-opening`",
                );
            }
            None => table.require("id", problems),
        }
    }
    pack.rules = rules.into();
    document.finish(problems);
    pack
}

fn entries(value: &Spanned<Value>, problems: &mut Problems) -> Vec<Spanned<String>> {
    let Value::Array(items) = &value.value else {
        problems.error(
            value.span,
            "a vocabulary is a list of words: [\"post\", \"article\"]",
        );
        return Vec::new();
    };
    let mut entries = Vec::new();
    for item in items {
        match &item.value {
            Value::String(text) => entries.push(Spanned::new(text.clone(), item.span)),
            _ => {
                problems.error(item.span, "an entry of a vocabulary is a text");
            }
        }
    }
    entries
}

/// Whether a word can be a rule's id: `stock-opening`, or `reference/post` for a signal.
fn is_id(id: &str) -> bool {
    let word = |part: &str| {
        part.starts_with(|letter: char| letter.is_ascii_lowercase())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    id.split('/').count() <= 2 && id.split('/').all(word)
}

/// The place of a pack's head, for problems that belong to the whole of it.
pub fn head(pack: &Pack) -> Span {
    Span::new(pack.file, 0..0)
}
