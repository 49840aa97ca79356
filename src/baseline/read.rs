//! Reading a baseline: every mistake in it at its place.

use crate::baseline::Baseline;
use crate::baseline::Entry;
use crate::baseline::Key;
use crate::baseline::VERSION;
use crate::baseline::key::Hash;
use crate::span::Spanned;
use crate::toml_doc::Problems;
use crate::toml_doc::Table;
use crate::toml_doc::Value;

impl Baseline {
    /// Reads a baseline from its table.
    pub fn read(table: &Table, problems: &mut Problems) -> Self {
        match table.integer("version", problems) {
            Some(version) if version.value == i64::from(VERSION) => {}
            Some(version) => {
                let message = format!(
                    "this is version {} of a baseline; this program reads version {VERSION}",
                    version.value
                );
                problems.error(version.span, message).help =
                    Some("write it anew with --write-baseline".into());
                return Self::default();
            }
            None => {
                // A wrong type has been told.
                if table.value("version").is_none() {
                    table.require("version", problems);
                }
                return Self::default();
            }
        }
        let items = table.array("findings", problems);
        let entries = items
            .iter()
            .filter_map(|item| entry(item, problems))
            .collect();
        table.finish(problems);
        Self::new(entries)
    }
}

fn entry(item: &Spanned<Value>, problems: &mut Problems) -> Option<Entry> {
    let Value::Table(table) = &item.value else {
        problems.error(item.span, "a finding must be a table");
        return None;
    };
    let file = text(table, "file", problems);
    let rule = text(table, "rule", problems);
    let recipient = hash(table, "recipient", problems);
    let words = hash(table, "text", problems);
    let count = table.count("count", problems);
    if let Some(count) = count.as_ref().filter(|count| count.value == 0) {
        problems.error(count.span, "`count` must be 1 or more");
    } else if table.value("count").is_none() {
        table.require("count", problems);
    }
    table.finish(problems);
    Some(Entry {
        file: file?.into(),
        rule: rule?.into(),
        key: Key {
            recipient: recipient?,
            text: words?,
        },
        count: count.filter(|count| count.value > 0)?.value,
        span: item.span,
    })
}

fn text<'t>(table: &'t Table, key: &'static str, problems: &mut Problems) -> Option<&'t str> {
    if table.value(key).is_none() {
        table.require(key, problems);
    }
    table.string(key, problems).map(|text| text.value)
}

fn hash(table: &Table, key: &'static str, problems: &mut Problems) -> Option<Hash> {
    if table.value(key).is_none() {
        table.require(key, problems);
    }
    let digits = table.string(key, problems)?;
    let hash = Hash::from_digits(digits.value);
    if hash.is_none() {
        problems.error(
            digits.span,
            format!("`{key}` must be sixteen digits from 0 to f"),
        );
    }
    hash
}
