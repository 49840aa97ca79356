//! The block of keys above a note: TOML between `+++`, YAML between `---`.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

use crate::diagnostic::Diagnostic;
use crate::input::cells::line_end;
use crate::input::json_value::counts_inside;
use crate::input::keys::recognise;
use crate::input::problems;
use crate::input::raw::Raw;
use crate::input::row::Cell;
use crate::input::row::Context;
use crate::input::row::Value;
use crate::input::yaml;
use crate::input::yaml::Node;
use crate::source::floor_char_boundary;
use crate::text::Writing;

/// A block between two fences, and where it begins in the file.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    /// What stands between the fences.
    pub(super) text: &'a str,
    /// Its first byte in the file.
    pub(super) start: usize,
    /// Whether it is TOML rather than YAML.
    pub(super) toml: bool,
}

impl<'a> Block<'a> {
    /// A value that a parser has decoded from a range of the block. Mostly it stands there just
    /// so, alone or in quotes.
    pub(super) fn raw(self, at: Range<usize>, decoded: Cow<'a, str>) -> Raw<'a> {
        let inside = (at.start + 1)..at.end.saturating_sub(1).max(at.start + 1);
        let writing = match self.text.as_bytes().get(at.start) {
            Some(b'"') if self.toml => Writing::TomlBasic,
            Some(b'\'') if self.toml => Writing::TomlLiteral,
            _ => Writing::Sealed,
        };
        for (range, writing) in [(at.clone(), Writing::Sealed), (inside, writing)] {
            if let Some(words) = self.text.get(range.clone())
                && words == decoded
            {
                return Raw::plain(words, self.start + range.start).written(writing);
            }
        }
        Raw::decoded(decoded, self.start + at.start..self.start + at.end)
    }

    /// A value that counts as it is written, such as a number.
    pub(super) fn written(self, at: Range<usize>) -> Raw<'a> {
        let words = self.text.get(at.clone()).unwrap_or_default();
        Raw::plain(words, self.start + at.start)
    }
}

/// Reads the front matter, if the text has one from byte `start` on. Returns its cells and where
/// the body begins.
pub(super) fn read<'a>(
    text: &'a str,
    start: usize,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
) -> (Vec<Cell<'a>>, usize) {
    let first = line_end(text, start);
    let fence = text[start..first].trim_end();
    if !matches!(fence, "+++" | "---") {
        return (Vec::new(), start);
    }
    let mut at = first;
    while at < text.len() {
        let end = line_end(text, at);
        if text[at..end].trim_end() == fence {
            let block = Block {
                text: &text[first..at],
                start: first,
                toml: fence == "+++",
            };
            let cells = if fence == "+++" {
                toml_cells(block, context, found)
            } else {
                yaml_cells(block, context, found)
            };
            return (cells, end);
        }
        at = end;
    }
    found.push(
        problems::error(
            problems::BROKEN_FRONT_MATTER,
            context.span(start..start + fence.len()),
            format!("the block that `{fence}` opens is never closed"),
        )
        .helped(format!(
            "write `{fence}` on a line of its own behind the last key"
        )),
    );
    (Vec::new(), first)
}

/// Reports a place in the block. The span covers one character at least.
fn broken(block: Block<'_>, at: Range<usize>, message: &str, context: Context<'_>) -> Diagnostic {
    let start = floor_char_boundary(block.text, at.start);
    let next = block.text[start..].chars().next().map_or(0, char::len_utf8);
    let end = floor_char_boundary(block.text, at.end).max(start + next);
    let limits = ["recursion", "recurse", "budget"];
    let message = if limits.iter().any(|limit| message.contains(limit)) {
        "it is too large or nested too deep".to_owned()
    } else {
        message.trim().replace('\n', "; ")
    };
    problems::error(
        problems::BROKEN_FRONT_MATTER,
        context.span(block.start + start..block.start + end),
        format!("the front matter cannot be read: {message}"),
    )
}

fn toml_cells<'a>(
    block: Block<'a>,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Cell<'a>> {
    let (table, errors) = DeTable::parse_recoverable(block.text);
    // Behind the first mistake the parser's complaints are echoes.
    if let Some(error) = errors.first() {
        let at = error.span().unwrap_or_default();
        found.push(broken(block, at, error.message(), context));
    }
    let mut cells = Vec::new();
    for (key, value) in table.into_inner() {
        let name = key.into_inner();
        push_node(
            block,
            name.into_owned(),
            toml_node(value),
            context,
            &mut cells,
        );
    }
    cells
}

pub(super) fn toml_node(value: Spanned<DeValue<'_>>) -> Node<'_> {
    let at = value.span();
    match value.into_inner() {
        DeValue::String(words) => Node::Words(words, at),
        DeValue::Array(items) => Node::List(items.into_iter().map(toml_node).collect(), at),
        DeValue::Table(table) => Node::Map(
            table
                .into_iter()
                .map(|(key, value)| (key.into_inner().into_owned(), toml_node(value)))
                .collect(),
            at,
        ),
        _ => Node::Written(at),
    }
}

fn yaml_cells<'a>(
    block: Block<'a>,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Cell<'a>> {
    let mut cells = Vec::new();
    match yaml::parse(block.text) {
        Ok(Node::Map(pairs, _)) => {
            for (name, node) in pairs {
                push_node(block, name, node, context, &mut cells);
            }
        }
        Ok(Node::Nothing) => {}
        Ok(node) => {
            let at = node.range();
            found.push(broken(
                block,
                at,
                "expected keys and values, such as `company: Kardex`",
                context,
            ));
        }
        Err((at, message)) => found.push(broken(block, at, &message, context)),
    }
    cells
}

/// Makes cells of a key and its value. A nested table has its name before its keys; those of
/// `recipient` and `connote` count.
pub(super) fn push_node<'a>(
    block: Block<'a>,
    name: String,
    node: Node<'a>,
    context: Context<'_>,
    cells: &mut Vec<Cell<'a>>,
) {
    let known = recognise(&name, &context.options.columns);
    match node {
        Node::Map(pairs, _) => {
            for (key, node) in pairs {
                let known = recognise(&key, &context.options.columns)
                    .filter(|known| counts_inside(&name, known.key));
                cells.push(Cell {
                    name: format!("{name}.{key}").into(),
                    known,
                    value: value(block, node),
                });
            }
        }
        node => cells.push(Cell {
            name: name.into(),
            known,
            value: value(block, node),
        }),
    }
}

fn value<'a>(block: Block<'a>, node: Node<'a>) -> Value<'a> {
    match node {
        Node::List(items, _) => {
            Value::Many(items.into_iter().map(|item| scalar(block, item)).collect())
        }
        Node::Map(_, at) => Value::Other(block.written(at)),
        node => Value::One(scalar(block, node)),
    }
}

fn scalar<'a>(block: Block<'a>, node: Node<'a>) -> Raw<'a> {
    match node {
        Node::Words(words, at) => block.raw(at, words),
        Node::Nothing => Raw::plain("", block.start),
        Node::Written(at) | Node::List(_, at) | Node::Map(_, at) => block.written(at),
    }
}

#[cfg(test)]
mod tests;
