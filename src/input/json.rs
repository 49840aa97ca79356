//! JSON: a list of drafts, or an object with such a list as `notes`.

use std::fmt;
use std::ops::Range;

use serde::de::DeserializeSeed;
use serde::de::Deserializer;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;
use serde_json::value::RawValue;

use crate::input::InputOptions;
use crate::input::Read;
use crate::input::json_value::json_problem;
use crate::input::json_value::offset_in;
use crate::input::object::Objects;
use crate::input::problems;
use crate::input::row::Context;
use crate::source::Source;
use crate::span::FileId;

/// Reads all drafts. After a syntax error those before it are kept.
pub(super) fn read(source: &Source, file: FileId, options: &InputOptions) -> Read {
    let mut read = Read::default();
    let context = Context::new(source, file, options);
    let text = source.text.as_str();
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let json = &text[start..];
    if json.trim().is_empty() {
        let span = context.span(start..text.len());
        read.problems.push(problems::error(
            problems::EMPTY_FILE,
            span,
            "the file is empty",
        ));
        return read;
    }
    let Listed {
        items,
        alone,
        result,
    } = listed(json);
    let mut objects = Objects::new(text, context);
    if alone {
        let from = start + (json.len() - json.trim_start().len());
        let line = source.line_index(from);
        objects.read(json.trim(), from, line, &mut read);
    }
    for item in items {
        let words = item.get();
        let at = objects.offset(words);
        objects.read(words, at, source.line_index(at), &mut read);
    }
    if let Err(error) = result {
        let problem = json_problem(problems::BROKEN_JSON, &error, json, start, context);
        read.problems.push(problem);
    }
    read
}

/// What a file holds.
struct Listed<'de> {
    /// The items of its list, as far as it can be read.
    items: Vec<&'de RawValue>,
    /// It is one object, which may itself be a draft.
    alone: bool,
    result: serde_json::Result<()>,
}

fn listed(json: &str) -> Listed<'_> {
    let mut items = Vec::new();
    let mut notes_found = false;
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let top = Top {
        items: &mut items,
        notes_found: &mut notes_found,
    };
    let result = top
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end());
    // An object without `notes` may itself be a draft.
    let alone = result.is_ok() && !notes_found && json.trim_start().starts_with('{');
    Listed {
        items,
        alone,
        result,
    }
}

/// Where the items of the list in a file stand; of one object alone, where that stands.
pub(super) fn places(text: &str) -> Vec<Range<usize>> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let json = &text[start..];
    let found = listed(json);
    if found.alone {
        let from = start + (json.len() - json.trim_start().len());
        return std::iter::once(from..start + json.trim_end().len()).collect();
    }
    let items = found.items.into_iter().map(RawValue::get);
    items
        .map(|item| {
            let at = offset_in(text, item);
            at..at + item.len()
        })
        .collect()
}

/// The whole file: collects the items of the list as far as it can be read.
struct Top<'i, 'de> {
    items: &'i mut Vec<&'de RawValue>,
    notes_found: &'i mut bool,
}

impl<'de> DeserializeSeed<'de> for Top<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of notes, or an object with a list `notes`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(item) = list.next_element()? {
            self.items.push(item);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            if key == "notes" {
                *self.notes_found = true;
                map.next_value_seed(List(self.items))?;
            } else {
                map.next_value::<&RawValue>()?;
            }
        }
        Ok(())
    }
}

/// The value of `notes`.
struct List<'i, 'de>(&'i mut Vec<&'de RawValue>);

impl<'de> DeserializeSeed<'de> for List<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for List<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of notes")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(item) = list.next_element()? {
            self.0.push(item);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
