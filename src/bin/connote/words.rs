//! Laying out words: wrapped paragraphs, headings, and values as TOML writes them.

use std::fmt::Write;

use connote::toml_doc::Table;
use connote::toml_doc::Value;

/// How many entries of a long list are shown.
const SHOWN: usize = 8;

/// The words in lines of at most `width` columns, each after `indent` spaces. Words that are
/// longer than a line stay whole.
pub(crate) fn wrapped(text: &str, width: usize, indent: usize) -> String {
    hanging(text, width, indent, indent)
}

/// The same, with another indent for all lines but the first.
pub(crate) fn hanging(text: &str, width: usize, first: usize, rest: usize) -> String {
    let mut result = String::new();
    for paragraph in text.lines() {
        let mut column = 0;
        for word in paragraph.split_whitespace() {
            let length = word.chars().count();
            if column == 0 {
                let indent = if result.is_empty() { first } else { rest };
                result.extend(std::iter::repeat_n(' ', indent));
                column = indent;
            } else if column + 1 + length > width {
                result.push('\n');
                result.extend(std::iter::repeat_n(' ', rest));
                column = rest;
            } else {
                result.push(' ');
                column += 1;
            }
            result.push_str(word);
            column += length;
        }
        result.push('\n');
    }
    result
}

/// The first sentence of a text.
pub(crate) fn first_sentence(text: &str) -> &str {
    let text = text.lines().next().unwrap_or_default();
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    &text[..end]
}

/// A value as TOML writes it; long lists are cut.
pub(crate) fn toml_value(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Boolean(flag) => flag.to_string(),
        Value::Datetime(moment) => moment.clone(),
        Value::Array(items) => {
            let shown = items.iter().take(SHOWN).map(|item| toml_value(&item.value));
            let mut list = shown.collect::<Vec<_>>().join(", ");
            if items.len() > SHOWN {
                let _ = write!(list, ", and {} more", items.len() - SHOWN);
            }
            format!("[{list}]")
        }
        Value::Table(table) => format!("{{ {} }}", inline(table)),
    }
}

fn inline(table: &Table) -> String {
    let entries = table.entries();
    let shown = entries
        .map(|(key, value)| format!("{} = {}", toml_key(&key.value), toml_value(&value.value)));
    shown.collect::<Vec<_>>().join(", ")
}

/// A key as TOML writes it.
pub(crate) fn toml_key(key: &str) -> String {
    let bare = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    match !key.is_empty() && key.chars().all(bare) {
        true => key.to_owned(),
        false => quoted(key),
    }
}

/// A text as TOML writes it, in single quotes where that saves escapes.
pub(crate) fn quoted(text: &str) -> String {
    let plain = |letter: char| !letter.is_control() && letter != '"' && letter != '\\';
    if text.chars().all(plain) {
        return format!("\"{text}\"");
    }
    if !text.contains('\'') && !text.chars().any(char::is_control) {
        return format!("'{text}'");
    }
    let mut result = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => result.extend(['\\', letter]),
            letter if letter.is_control() => {
                let _ = write!(result, "\\u{:04X}", u32::from(letter));
            }
            letter => result.push(letter),
        }
    }
    result + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use connote::span::FileId;
    use connote::toml_doc;
    use connote::toml_doc::Problems;

    #[test]
    fn words_are_wrapped_with_their_indent() {
        assert_eq!(wrapped("aa bb cc dd", 8, 2), "  aa bb\n  cc dd\n");
        assert_eq!(hanging("aa bb cc", 6, 1, 3), " aa bb\n   cc\n");
        assert_eq!(wrapped("waytoolong a", 5, 0), "waytoolong\na\n");
    }

    #[test]
    fn values_read_back_as_they_were() {
        let text = "a = \"x\"\nb = [1, 2.0, true]\nc = { d = 'a\"b' }\ne = \"it's \\\"\\u0007\"\n";
        let mut problems = Problems::new("configuration");
        let table = toml_doc::parse(text, FileId(0), &mut problems);
        let shown: Vec<String> = table
            .entries()
            .map(|(key, value)| format!("{} = {}", key.value, toml_value(&value.value)))
            .collect();
        assert_eq!(
            shown,
            [
                "a = \"x\"",
                "b = [1, 2.0, true]",
                "c = { d = 'a\"b' }",
                "e = \"it's \\\"\\u0007\""
            ]
        );
    }

    #[test]
    fn the_first_sentence_ends_at_a_full_stop() {
        assert_eq!(first_sentence("One. Two."), "One.");
        assert_eq!(first_sentence("v1.2 of it"), "v1.2 of it");
    }
}
