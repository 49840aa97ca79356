//! A JSON object as a row: shared by JSON and JSON Lines.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::de::Deserializer;
use serde_json::value::RawValue;

use crate::input::Read;
use crate::input::json_value::Pair;
use crate::input::json_value::Pairs;
use crate::input::json_value::json_problem;
use crate::input::json_value::key_name;
use crate::input::json_value::offset_in;
use crate::input::json_value::push_cell;
use crate::input::json_value::scalar;
use crate::input::keys::Known;
use crate::input::keys::recognise;
use crate::input::problems;
use crate::input::row::Cell;
use crate::input::row::Context;
use crate::input::row::Place;
use crate::input::row::Value;
use crate::input::row::note_from;
use crate::text::SharedStr;

/// Reads one object after the other. The objects of a file mostly have the same keys in the same
/// order, so what the last object's keys meant is remembered.
pub(super) struct Objects<'a> {
    text: &'a str,
    context: Context<'a>,
    /// The keys of the last object, in order, with what they mean and their names.
    keys: Vec<(&'a str, Option<Known>, SharedStr)>,
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
            let (known, name) = match self.keys.get(index) {
                Some((same, known, name)) if *same == key.get() => (*known, name.clone()),
                _ => {
                    new_keys = true;
                    self.keys.truncate(index);
                    let name = SharedStr::from(&*key_name(key.get()));
                    let known = recognise(&name, &self.context.options.columns);
                    self.keys.push((key.get(), known, name.clone()));
                    (known, name)
                }
            };
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
