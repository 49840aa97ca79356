//! Learns from a reader what it reads: which keys there are, what may stand under each, which of them
//! must be there.
//!
//! The reader is run on a table with nothing in it and tells what it asks for. Then it is run on tables
//! with everything in it that it asked for, until it asks for nothing new. So whatever is made of this, a
//! schema for editors, cannot say anything else than the reader does.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::span::Span;
use crate::span::Spanned;
use crate::toml_doc::Table;
use crate::toml_doc::Taken;
use crate::toml_doc::Value;

/// What a reader reads from a table.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// The keys by name.
    pub keys: BTreeMap<&'static str, Key>,
    /// Any other key is read, too.
    pub open: bool,
}

/// What a reader reads under a key.
#[derive(Clone, Debug, Default)]
pub struct Key {
    /// What may stand there.
    pub takes: Vec<Taken>,
    /// It must be there, whatever else is.
    pub required: bool,
    /// Of a table, or of the tables of a list: what is read from it.
    pub inner: Shape,
}

/// Tables in tables: no reader goes deeper, but examples hold examples for ever.
const DEEPEST: usize = 1;
/// Runs until nothing new is asked for, if it does not end before.
const ROUNDS: usize = 8;

/// Learns what a reader reads. `fixed` are keys with a text that is always there, because the reader
/// decides by it what else there is.
pub fn learn(fixed: &[(&'static str, &str)], read: &dyn Fn(&Arc<Table>)) -> Shape {
    let mut shape = Shape::default();
    for _ in 0..ROUNDS {
        let before = shape.size();
        for filling in std::iter::once(None).chain((0..shape.variants()).map(Some)) {
            let table = Arc::new(shape.table(filling, fixed, &mut Vec::new(), None));
            read(&table);
            shape.take(&table);
        }
        if shape.size() == before {
            break;
        }
    }
    for path in shape.paths() {
        let always = (0..shape.variants()).all(|filling| {
            let table = Arc::new(shape.table(Some(filling), fixed, &mut Vec::new(), Some(&path)));
            read(&table);
            misses(&table, &path)
        });
        if let Some(key) = shape.at(&path) {
            key.required = always;
        }
    }
    shape
}

impl Shape {
    /// How much is known: it never gets less.
    fn size(&self) -> usize {
        let key = |key: &Key| 1 + key.takes.len() + key.inner.size();
        self.keys.values().map(key).sum::<usize>() + usize::from(self.open)
    }

    /// How many tables it takes to have tried everything that a key can hold.
    fn variants(&self) -> usize {
        let key = |key: &Key| key.values().max(key.inner.variants());
        self.keys.values().map(key).max().unwrap_or_default()
    }

    /// A table with a value under every known key. `path` is where it lies, `without` the path of a key
    /// that is left out.
    fn table(
        &self,
        filling: Option<usize>,
        fixed: &[(&'static str, &str)],
        path: &mut Vec<&'static str>,
        without: Option<&[&'static str]>,
    ) -> Table {
        let mut table = Table::default();
        for (name, text) in fixed {
            if without != Some(&[*name]) {
                table.put(name, Value::String((*text).to_owned()));
            }
        }
        let Some(filling) = filling else {
            return table;
        };
        for (name, key) in &self.keys {
            path.push(name);
            if without != Some(path.as_slice()) && !fixed.iter().any(|(fixed, _)| fixed == name) {
                table.put(name, key.value(filling, path, without));
            }
            path.pop();
        }
        table
    }

    /// Takes over what readers asked a table for.
    fn take(&mut self, table: &Table) {
        let record = table.asked.record();
        self.open |= record.open;
        for (name, taken) in record.keys {
            let key = self.keys.entry(name).or_default();
            if !key.takes.contains(&taken) {
                key.takes.push(taken);
            }
        }
        for (name, value) in &table.entries {
            let Some(key) = self.keys.get_mut(name.value.as_str()) else {
                continue;
            };
            match &value.value {
                Value::Table(inner) => key.inner.take(inner),
                Value::Array(items) => {
                    for item in items {
                        if let Value::Table(inner) = &item.value {
                            key.inner.take(inner);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// The paths of all keys.
    fn paths(&self) -> Vec<Vec<&'static str>> {
        let mut paths = Vec::new();
        for (name, key) in &self.keys {
            paths.push(vec![*name]);
            for mut path in key.inner.paths() {
                path.insert(0, name);
                paths.push(path);
            }
        }
        paths
    }

    fn at(&mut self, path: &[&'static str]) -> Option<&mut Key> {
        let (first, rest) = path.split_first()?;
        let key = self.keys.get_mut(first)?;
        match rest.is_empty() {
            true => Some(key),
            false => key.inner.at(rest),
        }
    }
}

impl Key {
    /// How many different values are worth a try.
    fn values(&self) -> usize {
        let number = |taken: &Taken| match taken {
            Taken::Choice(words) => words.len(),
            // A text, a table.
            Taken::Any => 2,
            _ => 1,
        };
        self.takes.iter().map(number).sum()
    }

    /// One of those values.
    fn value(
        &self,
        filling: usize,
        path: &mut Vec<&'static str>,
        without: Option<&[&'static str]>,
    ) -> Value {
        let mut number = filling % self.values().max(1);
        let mut inner = || {
            let deep = path.len() > DEEPEST;
            let filling = (!deep).then_some(filling);
            Value::Table(self.inner.table(filling, &[], path, without))
        };
        for taken in &self.takes {
            let text = |text: &str| Value::String(text.to_owned());
            match (taken, number) {
                (Taken::Any | Taken::Text | Taken::TextOrInteger, 0) => return text("x"),
                (Taken::Integer | Taken::Count, 0) => return Value::Integer(1),
                (Taken::Number, 0) => return Value::Float(0.5),
                (Taken::Boolean, 0) => return Value::Boolean(true),
                (Taken::Texts, 0) => return list(text("x")),
                (Taken::Table, 0) | (Taken::Any, 1) => return inner(),
                (Taken::List, 0) => return list(inner()),
                (Taken::Choice(words), _) => match words.get(number) {
                    Some(word) => return text(word),
                    None => number -= words.len(),
                },
                (Taken::Any, _) => number -= 2,
                _ => number -= 1,
            }
        }
        Value::String(String::new())
    }
}

fn list(value: Value) -> Value {
    Value::Array(vec![Spanned::new(value, Span::default())])
}

/// Whether a reader said that the key at a path is missing.
fn misses(table: &Table, path: &[&'static str]) -> bool {
    let Some((first, rest)) = path.split_first() else {
        return false;
    };
    if rest.is_empty() {
        return table.asked.record().missed.iter().any(|key| key == first);
    }
    let mut entries = table.entries.iter();
    let value = entries.find(|(name, _)| name.value == *first);
    match value.map(|(_, value)| &value.value) {
        Some(Value::Table(inner)) => misses(inner, rest),
        Some(Value::Array(items)) => items
            .iter()
            .any(|item| matches!(&item.value, Value::Table(inner) if misses(inner, rest))),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toml_doc::Problems;

    /// A reader with all that readers do: a choice that decides what else there is, tables in lists,
    /// either a text or a table, a table of the user's own keys.
    fn read(table: &Table) {
        let mut problems = Problems::new("test");
        let kinds = [("round", 0), ("square", 1)];
        match table.choice("kind", &kinds, &mut problems) {
            None => return table.require("kind", &mut problems),
            Some(kind) if kind.value == 0 => drop(table.count("radius", &mut problems)),
            Some(_) => drop(table.number("side", &mut problems)),
        }
        for item in table.array("holes", &mut problems) {
            if let Value::Table(hole) = &item.value
                && hole.string("name", &mut problems).is_none()
            {
                hole.require("name", &mut problems);
            }
        }
        match table.value("colour").map(|value| &value.value) {
            Some(Value::Table(colour)) => drop(colour.strings("mix", &mut problems)),
            _ => drop(table.string("colour", &mut problems)),
        }
        if let Some(own) = table.table("own", &mut problems) {
            own.entries().for_each(drop);
        }
        table.finish(&mut problems);
    }

    #[test]
    fn everything_that_a_reader_reads_is_found() {
        let shape = learn(&[], &|table| read(table));
        let names: Vec<&str> = shape.keys.keys().copied().collect();
        assert_eq!(names, ["colour", "holes", "kind", "own", "radius", "side"]);
        assert_eq!(
            shape.keys["kind"].takes,
            [Taken::Choice(vec!["round", "square"])]
        );
        assert_eq!(shape.keys["radius"].takes, [Taken::Count]);
        assert_eq!(shape.keys["side"].takes, [Taken::Number]);
        assert_eq!(shape.keys["colour"].takes, [Taken::Any, Taken::Text]);
        assert_eq!(shape.keys["colour"].inner.keys["mix"].takes, [Taken::Texts]);
        assert!(shape.keys["own"].inner.open && !shape.open);
        let required: Vec<&str> = shape
            .keys
            .iter()
            .filter(|(_, key)| key.required)
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(required, ["kind"]);
        assert!(shape.keys["holes"].inner.keys["name"].required);
    }

    #[test]
    fn what_is_fixed_decides() {
        let shape = learn(&[("kind", "round")], &|table| read(table));
        assert!(shape.keys.contains_key("radius") && !shape.keys.contains_key("side"));
    }
}
