//! YAML as a tree with places in bytes.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::Deserializer;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;
use serde_saphyr::Location;

/// A value of a front matter, in TOML or YAML.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node<'a> {
    /// Decoded words.
    Words(Cow<'a, str>, Range<usize>),
    /// A number, date or boolean: counts as it is written.
    Written(Range<usize>),
    /// A key without a value.
    Nothing,
    /// A list.
    List(Vec<Node<'a>>, Range<usize>),
    /// Keys and values.
    Map(Vec<(String, Node<'a>)>, Range<usize>),
}

impl Node<'_> {
    /// Where it stands.
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Self::Words(_, at) | Self::Written(at) | Self::List(_, at) | Self::Map(_, at) => {
                at.clone()
            }
            Self::Nothing => 0..0,
        }
    }
}

/// Parses a document. The error is a place and what was expected there.
pub(super) fn parse(text: &str) -> Result<Node<'static>, (Range<usize>, String)> {
    match serde_saphyr::from_str::<serde_saphyr::Spanned<Tree>>(text) {
        Ok(tree) => Ok(node(text, tree)),
        Err(error) => {
            let location = error.location();
            let at = location.map_or(0..0, |location| bytes(text, location));
            let message = error.without_snippet().to_string();
            Err((at, short(&message)))
        }
    }
}

/// The message in plain words, and without the place, which we tell in our own way.
fn short(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let line = line.strip_prefix("error: ").unwrap_or(line);
    let end = line.find(" at line ").unwrap_or(line.len());
    let line = &line[..end];
    if let Some(key) = line.strip_prefix("duplicate mapping key: ") {
        let end = key.find(", set ").unwrap_or(key.len());
        return format!("the key `{}` stands twice", &key[..end]);
    }
    if line.starts_with("mapping values are not allowed") {
        return "a value that holds `: ` must stand in quotes".to_owned();
    }
    line.to_owned()
}

/// A location in bytes. Where the parser does not tell bytes, they are counted from line and
/// column.
fn bytes(text: &str, location: Location) -> Range<usize> {
    let number = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
    let span = location.span();
    if let (Some(offset), Some(length)) = (span.byte_offset(), span.byte_len()) {
        let start = number(offset).min(text.len());
        return start..start.saturating_add(number(length)).min(text.len());
    }
    let letters = text.char_indices().map(|(at, _)| at);
    let start = letters.clone().nth(number(span.offset()));
    let start = start.unwrap_or(text.len());
    start..start
}

fn node(text: &str, tree: serde_saphyr::Spanned<Tree>) -> Node<'static> {
    let at = bytes(text, tree.referenced);
    match tree.value {
        Tree::Words(words) => Node::Words(Cow::Owned(words), at),
        Tree::Written => Node::Written(at),
        Tree::Nothing => Node::Nothing,
        Tree::List(items) => {
            Node::List(items.into_iter().map(|item| node(text, item)).collect(), at)
        }
        Tree::Map(pairs) => {
            let pairs = pairs.into_iter().map(|(key, value)| {
                let at = bytes(text, key.referenced);
                let name = match key.value {
                    Tree::Words(words) => words,
                    _ => text.get(at).unwrap_or_default().to_owned(),
                };
                (name, node(text, value))
            });
            Node::Map(pairs.collect(), at)
        }
    }
}

/// What the parser gives.
enum Tree {
    Words(String),
    Written,
    Nothing,
    List(Vec<serde_saphyr::Spanned<Tree>>),
    Map(Vec<(serde_saphyr::Spanned<Tree>, serde_saphyr::Spanned<Tree>)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("keys and values")
    }

    fn visit_str<E>(self, words: &str) -> Result<Tree, E> {
        Ok(Tree::Words(words.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Tree, E> {
        Ok(Tree::Written)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Tree, E> {
        Ok(Tree::Written)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Tree, E> {
        Ok(Tree::Written)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Tree, E> {
        Ok(Tree::Written)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Tree, E> {
        Ok(Tree::Written)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Tree, E> {
        Ok(Tree::Written)
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Tree, E> {
        Ok(Tree::Written)
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Nothing)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Tree, D::Error> {
        Tree::deserialize(inner)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Tree::Map(pairs))
    }
}
