//! The language of word patterns: what a pack may write, as a tree.
//!
//! `i (loved|enjoyed) your {content_noun} (about|on) ..3 <name>?`

use std::ops::Range;

use crate::facts::CLASSES;
use crate::facts::Classes;
use crate::text::fold::fold;
use crate::toml_doc::suggestion;

/// One word of a note, as a pattern sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A literal word.
    Word(String),
    /// A word with its inflections.
    Inflected(String),
    /// Any word that begins so.
    Prefix(String),
    /// Any word that ends so.
    Suffix(String),
    /// Any word that ends with the word or one of its inflections.
    InflectedSuffix(String),
    /// An entry of a vocabulary.
    Vocabulary(String),
    /// A class of words.
    Class(Classes),
    /// Any word.
    Any,
    /// A soft break.
    Soft,
    /// The start of a sentence.
    Start,
    /// The end of a sentence.
    End,
    /// Any one word but this.
    Not(Box<Item>),
}

/// A pattern as a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// One word.
    Item(Item),
    /// One after the other.
    Sequence(Vec<Node>),
    /// One of these.
    Choice(Vec<Node>),
    /// This or nothing.
    Optional(Box<Node>),
    /// Up to so many words, soft breaks among them.
    Gap(usize),
}

/// Why a pattern cannot be read, and the bytes of it that are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// In plain words.
    pub message: String,
    /// Bytes in the pattern.
    pub range: Range<usize>,
}

/// Words that `...` may skip.
const GAP: usize = 5;
/// The widest gap that may be written.
const WIDEST_GAP: usize = 12;

/// Reads a pattern.
pub(super) fn parse(pattern: &str) -> Result<Node, PatternError> {
    let mut parser = Parser { pattern, at: 0 };
    let node = parser.choice(0)?;
    if parser.at < pattern.len() {
        return Err(parser.error(1, "there is a `)` or `|` too many here"));
    }
    Ok(node)
}

struct Parser<'a> {
    pattern: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn error(&self, length: usize, message: impl Into<String>) -> PatternError {
        let end = (self.at + length).min(self.pattern.len());
        PatternError {
            message: message.into(),
            range: self.at.min(end)..end,
        }
    }

    fn rest(&self) -> &str {
        &self.pattern[self.at..]
    }

    fn eat(&mut self, text: &str) -> bool {
        let eaten = self.rest().starts_with(text);
        if eaten {
            self.at += text.len();
        }
        eaten
    }

    fn spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn choice(&mut self, depth: usize) -> Result<Node, PatternError> {
        if depth > 8 {
            return Err(self.error(1, "brackets are nested too deeply here"));
        }
        let mut choices = vec![self.sequence(depth)?];
        while depth > 0 && self.eat("|") {
            choices.push(self.sequence(depth)?);
        }
        Ok(if choices.len() == 1 {
            choices.remove(0)
        } else {
            Node::Choice(choices)
        })
    }

    fn sequence(&mut self, depth: usize) -> Result<Node, PatternError> {
        let mut nodes = Vec::new();
        loop {
            self.spaces();
            if self.rest().is_empty() || self.rest().starts_with(['|', ')']) {
                break;
            }
            let node = self.item(depth)?;
            let node = if self.eat("?") {
                Node::Optional(Box::new(node))
            } else {
                node
            };
            nodes.push(node);
        }
        if nodes.is_empty() {
            return Err(self.error(1, "something is missing here: a pattern needs a word"));
        }
        Ok(if nodes.len() == 1 {
            nodes.remove(0)
        } else {
            Node::Sequence(nodes)
        })
    }

    fn item(&mut self, depth: usize) -> Result<Node, PatternError> {
        if self.eat("(") {
            let node = self.choice(depth + 1)?;
            if !self.eat(")") {
                return Err(self.error(1, "a `)` is missing here"));
            }
            return Ok(node);
        }
        if self.eat("...") {
            return Ok(Node::Gap(GAP));
        }
        if self.eat("..") {
            let digits = self.rest().len()
                - self
                    .rest()
                    .trim_start_matches(|letter: char| letter.is_ascii_digit())
                    .len();
            let width = self.rest()[..digits]
                .parse::<usize>()
                .ok()
                .filter(|width| (1..=WIDEST_GAP).contains(width));
            let Some(width) = width else {
                return Err(self.error(
                    digits.max(1),
                    format!("a gap is written `..` and a number from 1 to {WIDEST_GAP}, or `...`"),
                ));
            };
            self.at += digits;
            return Ok(Node::Gap(width));
        }
        if self.eat("!") {
            let inner = self.word()?;
            return Ok(Node::Item(Item::Not(Box::new(inner))));
        }
        self.word().map(Node::Item)
    }

    fn word(&mut self) -> Result<Item, PatternError> {
        for (sign, item) in [
            (",", Item::Soft),
            (":", Item::Soft),
            (";", Item::Soft),
            ("^", Item::Start),
            ("$", Item::End),
        ] {
            if self.eat(sign) {
                return Ok(item);
            }
        }
        if self.rest().starts_with('{') {
            let name = self.between('{', '}', "a vocabulary is written {name}")?;
            return Ok(Item::Vocabulary(name));
        }
        if self.rest().starts_with('<') {
            let from = self.at;
            let name = self.between('<', '>', "a class of words is written <name>")?;
            if let Some((_, class, _)) = CLASSES.iter().find(|(known, _, _)| *known == name) {
                return Ok(Item::Class(*class));
            }
            let names: Vec<&str> = CLASSES.iter().map(|(known, _, _)| *known).collect();
            let message = format!(
                "there is no class of words <{name}>; {}",
                suggestion(&name, &names)
            );
            return Err(PatternError {
                message,
                range: from..self.at,
            });
        }
        let length = self
            .rest()
            .find(|letter: char| letter.is_whitespace() || "()|?{}<>,:;^$!".contains(letter))
            .unwrap_or(self.rest().len());
        if length == 0 {
            let sign: String = self.rest().chars().take(1).collect();
            return Err(self.error(sign.len(), format!("`{sign}` has no meaning here")));
        }
        let word = &self.rest()[..length];
        if word == "*" {
            self.at += length;
            return Ok(Item::Any);
        }
        let ending = word.strip_prefix('*');
        let (stem, make): (&str, fn(String) -> Item) = match (ending, word.strip_suffix('~')) {
            (Some(ending), None) => (ending, Item::Suffix),
            (Some(ending), Some(_)) => (ending.trim_end_matches('~'), Item::InflectedSuffix),
            (None, Some(stem)) => (stem, Item::Inflected),
            (None, None) => match word.strip_suffix('*') {
                Some(stem) => (stem, Item::Prefix),
                None => (word, Item::Word),
            },
        };
        let folded = fold(stem).replace('’', "'");
        let whole = folded
            .chars()
            .all(|letter| letter.is_alphanumeric() || "#+.%$&@".contains(letter))
            || folded == "'s";
        if !whole {
            let message = format!(
                "`{word}` is not one word: write hyphens as spaces and contractions in full (`do not`)"
            );
            return Err(self.error(length, message));
        }
        if word.contains('*') && folded.chars().count() < 3 {
            return Err(self.error(
                length,
                "the beginning or the end of a word needs three letters or more",
            ));
        }
        self.at += length;
        Ok(make(folded))
    }

    fn between(&mut self, open: char, close: char, message: &str) -> Result<String, PatternError> {
        let end = self
            .rest()
            .find(close)
            .ok_or_else(|| self.error(1, message))?;
        let name = self.rest()[open.len_utf8()..end].trim().to_owned();
        self.at += end + close.len_utf8();
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_become_trees() {
        let word = |text: &str| Node::Item(Item::Word(text.into()));
        assert_eq!(
            parse("came across").unwrap(),
            Node::Sequence(vec![word("came"), word("across")])
        );
        assert_eq!(
            parse("(a|b c)? ..2 {x} <name>").unwrap(),
            Node::Sequence(vec![
                Node::Optional(Box::new(Node::Choice(vec![
                    word("a"),
                    Node::Sequence(vec![word("b"), word("c")])
                ]))),
                Node::Gap(2),
                Node::Item(Item::Vocabulary("x".into())),
                Node::Item(Item::Class(Classes::NAME)),
            ])
        );
    }

    #[test]
    fn mistakes_are_shown_where_they_are() {
        assert_eq!(parse("a (b|c").unwrap_err().range, 6..6);
        assert_eq!(parse("a <nam>").unwrap_err().range, 2..7);
        assert!(
            parse("a <nam>")
                .unwrap_err()
                .message
                .contains("did you mean `name`")
        );
        assert_eq!(parse("don't").unwrap_err().range, 0..5);
        assert!(parse("").is_err());
        assert!(parse("a)").is_err());
        assert!(parse("..99").is_err());
    }
}
