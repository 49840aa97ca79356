//! JSON values as cells, and what is wrong with JSON.

use std::borrow::Cow;
use std::fmt;

use serde::de::Deserializer;
use serde::de::MapAccess;
use serde::de::Visitor;
use serde_json::value::RawValue;

use crate::diagnostic::Diagnostic;
use crate::input::keys::Key;
use crate::input::keys::Known;
use crate::input::keys::fold_name;
use crate::input::keys::recognise;
use crate::input::problems;
use crate::input::raw::Form;
use crate::input::raw::Raw;
use crate::input::row::Cell;
use crate::input::row::Context;
use crate::input::row::Value;
use crate::source::floor_char_boundary;
use crate::text::SharedStr;
use crate::text::Writing;

/// A key and its value, as they stand in the file.
pub(super) type Pair<'a> = (&'a RawValue, &'a RawValue);

/// The name in a key that still has its quotes.
pub(super) fn key_name(key: &str) -> Cow<'_, str> {
    let inside = key.trim_matches('"');
    if inside.contains('\\') {
        return serde_json::from_str::<String>(key).map_or(Cow::Borrowed(inside), Cow::Owned);
    }
    Cow::Borrowed(inside)
}

/// Makes the cell or, of a nested `recipient`, the cells of a value.
pub(super) fn push_cell<'a>(
    name: SharedStr,
    known: Option<Known>,
    json: &'a str,
    at: usize,
    context: Context<'_>,
    cells: &mut Vec<Cell<'a>>,
) {
    let value = match json.as_bytes().first() {
        Some(b'{') if nest(&name).is_some() => {
            return push_nested(&name, json, at, context, cells);
        }
        Some(b'[') if known.is_some_and(|known| matches!(known.key, Key::Facts | Key::Allow)) => {
            list(json, at)
        }
        Some(b'{' | b'[') => Value::Other(Raw::plain(json, at)),
        _ => Value::One(scalar(json, at)),
    };
    cells.push(Cell { name, known, value });
}

/// Objects whose keys count as if they stood further up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nest {
    Recipient,
    Connote,
}

fn nest(name: &str) -> Option<Nest> {
    match fold_name(name).as_str() {
        "recipient" | "to" => Some(Nest::Recipient),
        "connote" => Some(Nest::Connote),
        _ => None,
    }
}

/// Whether a key counts inside a nested object of this name.
pub(super) fn counts_inside(outer: &str, key: Key) -> bool {
    match nest(outer) {
        Some(Nest::Recipient) => key.is_about_recipient(),
        Some(Nest::Connote) => key == Key::Allow,
        None => false,
    }
}

fn push_nested<'a>(
    outer: &str,
    json: &'a str,
    at: usize,
    context: Context<'_>,
    cells: &mut Vec<Cell<'a>>,
) {
    let mut pairs = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(json);
    // The object was read once already, so this does not fail.
    if deserializer.deserialize_map(Pairs(&mut pairs)).is_err() {
        return;
    }
    for (key, value) in pairs {
        let offset = offset_in(json, value.get());
        let name = key_name(key.get());
        let known = recognise(&name, &context.options.columns)
            .filter(|known| counts_inside(outer, known.key));
        let value = match value.get().as_bytes().first() {
            Some(b'[') if known.is_some() => list(value.get(), at + offset),
            Some(b'{' | b'[') => Value::Other(Raw::plain(value.get(), at + offset)),
            _ => Value::One(scalar(value.get(), at + offset)),
        };
        cells.push(Cell {
            name: format!("{outer}.{name}").into(),
            known,
            value,
        });
    }
}

/// The values of a list.
fn list(json: &str, at: usize) -> Value<'_> {
    let items: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
    let items = items.into_iter().map(RawValue::get);
    Value::Many(
        items
            .map(|item| scalar(item, at + offset_in(json, item)))
            .collect(),
    )
}

/// Where `part`, which was cut out of `text`, begins in it.
pub(super) fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize)
}

/// A string, number or boolean. `null` is nothing.
pub(super) fn scalar(json: &str, at: usize) -> Raw<'_> {
    if json == "null" {
        return Raw::plain("", at);
    }
    let Some(inside) = json
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    else {
        return Raw::plain(json, at);
    };
    if memchr::memchr(b'\\', inside.as_bytes()).is_none() {
        return Raw::plain(inside, at + 1).written(Writing::Json);
    }
    Raw {
        words: Cow::Borrowed(inside),
        at: at + 1..at + 1 + inside.len(),
        form: Form::Json,
        writing: Writing::Json,
    }
}

/// The keys and values of an object.
pub(super) struct Pairs<'p, 'a>(pub(super) &'p mut Vec<Pair<'a>>);

impl<'a> Visitor<'a> for Pairs<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object such as {\"note\": \"...\"}")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(pair) = map.next_entry()? {
            self.0.push(pair);
        }
        Ok(())
    }
}

/// A syntax error with its place. `json` begins at byte `start` of the file.
pub(super) fn json_problem(
    rule: &str,
    error: &serde_json::Error,
    json: &str,
    start: usize,
    context: Context<'_>,
) -> Diagnostic {
    let mut message = error.to_string();
    if let Some(at) = message.rfind(" at line ") {
        message.truncate(at);
    }
    let line_start = memchr::memchr_iter(b'\n', json.as_bytes())
        .nth(error.line().wrapping_sub(2))
        .map_or(0, |at| at + 1);
    let at = if error.is_eof() {
        json.trim_end().len()
    } else {
        floor_char_boundary(json, line_start + error.column().saturating_sub(1))
    };
    let end = at + json[at..].chars().next().map_or(0, char::len_utf8);
    problems::error(
        rule,
        context.span(start + at..start + end),
        format!("no valid JSON: {}", plain_words(&message)),
    )
}

/// The parser's complaint for people who do not write parsers.
fn plain_words(message: &str) -> String {
    const WORDS: &[(&str, &str)] = &[
        (
            "EOF while parsing a list",
            "it ends before the list is closed by `]`",
        ),
        (
            "EOF while parsing an object",
            "it ends before the object is closed by `}`",
        ),
        (
            "EOF while parsing a string",
            "it ends before the string is closed by a quote",
        ),
        (
            "EOF while parsing a value",
            "it ends where a value is expected",
        ),
        ("trailing characters", "there is more behind its end"),
        ("trailing comma", "nothing comes behind the comma"),
        ("key must be a string", "a key must stand in double quotes"),
        (
            "expected value",
            "expected a value: a text in double quotes, a number, a list or an object",
        ),
        (
            "control character",
            "a line break or tab inside a text must be written `\\n` or `\\t`",
        ),
    ];
    let known = WORDS.iter().find(|(start, _)| message.starts_with(start));
    known.map_or(message, |(_, words)| words).to_owned()
}
