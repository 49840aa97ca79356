//! A JSON object as a row: shared by JSON and JSON Lines.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::de::Deserializer;
use serde::de::MapAccess;
use serde::de::Visitor;
use serde_json::value::RawValue;

use crate::diagnostic::Diagnostic;
use crate::input::Read;
use crate::input::keys::Key;
use crate::input::keys::Known;
use crate::input::keys::fold_name;
use crate::input::keys::recognise;
use crate::input::problems;
use crate::input::raw::Form;
use crate::input::raw::Raw;
use crate::input::row::Cell;
use crate::input::row::Context;
use crate::input::row::Place;
use crate::input::row::Value;
use crate::input::row::note_from;

/// A key and its value, as they stand in the file.
type Pair<'a> = (&'a RawValue, &'a RawValue);

/// Reads one object after the other. The objects of a file mostly have the same keys in the same
/// order, so what the last object's keys meant is remembered.
pub(super) struct Objects<'a> {
    text: &'a str,
    context: Context<'a>,
    /// The keys of the last object, in order.
    keys: Vec<(&'a str, Option<Known>)>,
    pairs: Vec<Pair<'a>>,
    cells: Vec<Cell<'a>>,
}

impl<'a> Objects<'a> {
    /// For the objects of a text.
    pub(super) fn new(text: &'a str, context: Context<'a>) -> Self {
        Self {
            text,
            context,
            keys: Vec::new(),
            pairs: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// Where a part of the text begins.
    pub(super) fn offset(&self, part: &str) -> usize {
        offset_in(self.text, part)
    }

    /// Reads the object `json` that stands at byte `at`, in a line counted from 0. A string alone
    /// is a note of which nothing else is known.
    pub(super) fn read(&mut self, json: &'a str, at: usize, line: usize, read: &mut Read) {
        let place = Place {
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            whole: at..at + json.len(),
        };
        self.cells.clear();
        self.pairs.clear();
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let result = if json.starts_with('"') {
            <&RawValue as serde::Deserialize>::deserialize(&mut deserializer).map(|note| {
                self.cells.push(Cell {
                    name: "note".into(),
                    known: recognise("note", &[]),
                    value: Value::One(scalar(note.get(), at)),
                });
            })
        } else {
            deserializer.deserialize_map(Pairs(&mut self.pairs))
        };
        if let Err(error) = result.and_then(|()| deserializer.end()) {
            let problem = json_problem(problems::BROKEN_ROW, &error, json, at, self.context);
            read.problems.push(problem);
            return;
        }
        self.name_cells(read);
        let note = note_from(&self.cells, &place, self.context, &mut read.problems);
        read.notes.extend(note);
    }

    /// Turns pairs into cells.
    fn name_cells(&mut self, read: &mut Read) {
        let mut new_keys = false;
        for index in 0..self.pairs.len() {
            let (key, value) = self.pairs[index];
            let at = self.offset(value.get());
            let known = match self.keys.get(index) {
                Some((same, known)) if *same == key.get() => *known,
                _ => {
                    new_keys = true;
                    self.keys.truncate(index);
                    let known = recognise(&key_name(key.get()), &self.context.options.columns);
                    self.keys.push((key.get(), known));
                    known
                }
            };
            let name = key_name(key.get());
            push_cell(name, known, value.get(), at, self.context, &mut self.cells);
        }
        if new_keys {
            self.drop_repeated(read);
        }
    }

    /// Of two values with the same key the last counts. Only looked for when the keys differ from
    /// those of the object before, which had none twice.
    fn drop_repeated(&mut self, read: &mut Read) {
        let mut seen: FxHashMap<Cow<'a, str>, &'a str> = FxHashMap::default();
        let mut repeated = false;
        for (key, _) in &self.pairs {
            let words = key.get();
            let name = key_name(words);
            let Some(first) = seen.insert(name.clone(), words) else {
                continue;
            };
            repeated = true;
            let [second, first] = [words, first].map(|key| self.context.span(self.range_of(key)));
            read.problems.push(
                problems::warning(
                    problems::DUPLICATE_KEY,
                    second,
                    format!("`{name}` stands here twice"),
                )
                .labelled("this one counts")
                .also(first, "this one does not"),
            );
        }
        if !repeated {
            return;
        }
        // The next object is looked at anew.
        self.keys.clear();
        let mut later = rustc_hash::FxHashSet::default();
        let mut kept = Vec::with_capacity(self.cells.len());
        for cell in self.cells.drain(..).rev() {
            if later.insert(cell.name.clone()) {
                kept.push(cell);
            }
        }
        kept.reverse();
        self.cells = kept;
    }

    fn range_of(&self, part: &str) -> Range<usize> {
        let at = self.offset(part);
        at..at + part.len()
    }
}

/// The name in a key that still has its quotes.
fn key_name(key: &str) -> Cow<'_, str> {
    let inside = key.trim_matches('"');
    if inside.contains('\\') {
        return serde_json::from_str::<String>(key).map_or(Cow::Borrowed(inside), Cow::Owned);
    }
    Cow::Borrowed(inside)
}

/// Makes the cell or, of a nested `recipient`, the cells of a value.
fn push_cell<'a>(
    name: Cow<'a, str>,
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
            name: Cow::Owned(format!("{outer}.{name}")),
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
fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize)
}

/// A string, number or boolean. `null` is nothing.
fn scalar(json: &str, at: usize) -> Raw<'_> {
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
        return Raw::plain(inside, at + 1);
    }
    Raw {
        words: Cow::Borrowed(inside),
        at: at + 1..at + 1 + inside.len(),
        form: Form::Json,
    }
}

/// The keys and values of an object.
struct Pairs<'p, 'a>(&'p mut Vec<Pair<'a>>);

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
        crate::source::floor_char_boundary(json, line_start + error.column().saturating_sub(1))
    };
    let end = at + json[at..].chars().next().map_or(0, char::len_utf8);
    problems::error(
        rule,
        context.span(start + at..start + end),
        format!("no valid JSON: {message}"),
    )
}
