//! Switching a rule off for one note, in its own file: one word more in `allow`, every other byte as it was.
//!
//! There are many ways to write such a list. Each way that could be right is tried, and the first one is
//! taken after which the file reads as before, but for the new word.

use std::ops::Range;

use crate::input::InputOptions;
use crate::input::Read;
use crate::input::Reader;
use crate::input::cells::Row;
use crate::input::cells::Scanner;
use crate::input::cells::line_end;
use crate::input::cells::skip_blank;
use crate::input::csv::raw;
use crate::input::delimiter::delimiter;
use crate::input::format_of;
use crate::input::keys::Key;
use crate::input::keys::recognise;
use crate::input::raw::Home;
use crate::note::Note;
use crate::source::Source;
use crate::span::FileId;

/// Words to put in at a byte.
pub type Insertion = (usize, String);

/// The change to a file after which its note `number` (from 0) allows a rule; none where there is no
/// place for it, such as a spreadsheet without a column `allow`.
pub fn allow_rule(
    name: &str,
    text: &str,
    options: &InputOptions,
    number: usize,
    rule: &str,
) -> Option<Insertion> {
    let Reader::Text(reader) = format_of(name).reader else {
        return None;
    };
    let read = |text: &str| {
        let source = Source::new(name.to_owned(), text.to_owned());
        reader(&source, FileId::default(), options)
    };
    let before = read(text);
    let note = before.notes.get(number)?;
    let ways = match (note.allow.last(), format_of(name).name) {
        (Some(last), _) => behind(text, last.span.range(), rule),
        (None, "plain") => in_front_matter(text, rule),
        (None, "csv") => in_cell(name, text, options, note, rule)
            .into_iter()
            .collect(),
        (None, _) => Vec::new(),
    };
    ways.into_iter().find(|(at, words)| {
        let mut changed = text.to_owned();
        changed.insert_str(*at, words);
        is_right(&before, &read(&changed), number, rule)
    })
}

/// Ways to put a word behind the last one of a list.
fn behind(text: &str, last: Range<usize>, rule: &str) -> Vec<Insertion> {
    let mut ways = Vec::new();
    let bytes = text.as_bytes();
    let quote = bytes.get(last.end).copied().filter(|quote| {
        let open = last.start.checked_sub(1).and_then(|at| bytes.get(at));
        matches!(quote, b'"' | b'\'') && open == Some(quote)
    });
    if let Some(quote) = quote {
        let quote = char::from(quote);
        ways.push((last.end + 1, format!(", {quote}{rule}{quote}")));
    }
    let start = text[..last.start].rfind('\n').map_or(0, |at| at + 1);
    let indent = &text[start..last.start];
    if indent.trim_start().starts_with('-') {
        let indent = indent.trim_end_matches(['"', '\'']);
        let line = &text[last.end..line_end(text, last.end)];
        let end = last.end + line.trim_end_matches(['\n', '\r']).len();
        let line_break = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
        ways.push((end, format!("{line_break}{indent}{rule}")));
    }
    ways.push((last.end, format!(", {rule}")));
    // In a cell without quotes a comma would end it.
    ways.push((last.end, format!(" {rule}")));
    ways
}

/// Ways to begin a list in a front matter, or with a new one.
fn in_front_matter(text: &str, rule: &str) -> Vec<Insertion> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let first = line_end(text, start);
    let line = &text[start..first];
    let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
    let (list, own_line) = match line.trim_end() {
        "+++" => (format!("\"{rule}\""), format!("allow = [\"{rule}\"]{end}")),
        "---" => (rule.to_owned(), format!("allow: [{rule}]{end}")),
        _ => return vec![(start, format!("+++{end}allow = [\"{rule}\"]{end}+++{end}"))],
    };
    let mut ways = vec![(first, own_line)];
    // The key may be there with an empty list.
    ways.extend(text.find("allow").and_then(|key| {
        let line = &text[key..line_end(text, key)];
        Some((key + line.find('[')? + 1, list.clone()))
    }));
    ways
}

/// The place in the column `allow` of a note's row, which is empty.
fn in_cell(
    name: &str,
    text: &str,
    options: &InputOptions,
    note: &Note,
    rule: &str,
) -> Option<Insertion> {
    let start = skip_blank(text, text.len() - text.trim_start_matches('\u{feff}').len());
    let (delimiter, start) = delimiter(name, text, start, &options.columns);
    let mut scanner = Scanner::new(text, delimiter);
    let header = scanner.row(start);
    let column = header.cells.iter().position(|cell| {
        let name = raw(text, cell).text(Home::default());
        recognise(name.as_str(), &options.columns).is_some_and(|known| known.key == Key::Allow)
    })?;
    let whole = note.text.whole().range();
    let mut row = Row::default();
    let mut at = skip_blank(text, header.end);
    while at < text.len() {
        scanner.row_into(at, &mut row);
        if row.misquoted().is_some() {
            // As the reader does: the next line is looked at by itself.
            at = skip_blank(text, scanner.again_from(line_end(text, row.start), &row));
            continue;
        }
        if row.start <= whole.start && whole.end <= row.end {
            let cell = row.cells.get(column)?;
            let at = cell.range.start + usize::from(cell.quoted);
            return Some((at, rule.to_owned()));
        }
        at = skip_blank(text, row.end);
    }
    None
}

/// Whether the file reads as before, but that one note allows one rule more.
fn is_right(before: &Read, after: &Read, number: usize, rule: &str) -> bool {
    let words = |note: &Note| -> Vec<String> {
        let all = note.allow.iter();
        all.map(|allowed| allowed.value.to_string()).collect()
    };
    let same = |(at, (one, two)): (usize, (&Note, &Note))| {
        let mut expected = words(one);
        if at == number {
            expected.push(rule.to_owned());
        }
        let told = |note: &Note| {
            let fields = [&note.send_at, &note.priority, &note.language];
            let fields = fields.map(|field| field.as_ref().map(|field| field.value.clone()));
            let to = &note.recipient;
            let to = [&to.first_name, &to.last_name, &to.company, &to.location];
            let to = to.map(|field| field.as_ref().map(|field| field.value.clone()));
            (
                fields,
                to,
                note.attempt,
                note.kind,
                note.facts.len(),
                note.extra.len(),
            )
        };
        words(two) == expected && one.text.as_str() == two.text.as_str() && told(one) == told(two)
    };
    before.notes.len() == after.notes.len()
        && before.problems.len() == after.problems.len()
        && before.notes.iter().zip(&after.notes).enumerate().all(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(name: &str, text: &str, number: usize) -> String {
        let way = allow_rule(name, text, &InputOptions::default(), number, "many-emoji");
        way.map_or_else(
            || "nothing".to_owned(),
            |(at, words)| format!("{}{words}{}", &text[..at], &text[at..]),
        )
    }

    #[test]
    fn a_front_matter_gets_a_list_or_one_word_more() {
        for (before, after) in [
            ("Hi", "+++\nallow = [\"many-emoji\"]\n+++\nHi"),
            (
                "\u{feff}Hi\r\nAna",
                "\u{feff}+++\r\nallow = [\"many-emoji\"]\r\n+++\r\nHi\r\nAna",
            ),
            (
                "---\nto: Ana\n---\nHi",
                "---\nallow: [many-emoji]\nto: Ana\n---\nHi",
            ),
            (
                "+++\r\n[connote]\r\n+++\r\nHi",
                "+++\r\nallow = [\"many-emoji\"]\r\n[connote]\r\n+++\r\nHi",
            ),
            (
                "---\nallow: [a] # b\n---\nHi",
                "---\nallow: [a, many-emoji] # b\n---\nHi",
            ),
            (
                "---\nallow: []\n---\nHi",
                "---\nallow: [many-emoji]\n---\nHi",
            ),
            (
                "---\nallow:\n  - a # b\n---\nHi",
                "---\nallow:\n  - a # b\n  - many-emoji\n---\nHi",
            ),
            (
                "---\nallow: a, b\n---\nHi",
                "---\nallow: a, b, many-emoji\n---\nHi",
            ),
            (
                "+++\nallow = [\"a\"]\n+++\nHi",
                "+++\nallow = [\"a\", \"many-emoji\"]\n+++\nHi",
            ),
            (
                "+++\nallow = []\n+++\nHi",
                "+++\nallow = [\"many-emoji\"]\n+++\nHi",
            ),
            (
                "+++\nallow = 'a, b'\n+++\nHi",
                "+++\nallow = 'a, b, many-emoji'\n+++\nHi",
            ),
            (
                "---\nconnote: {allow: [\"a\"]}\n---\nHi",
                "---\nconnote: {allow: [\"a\", \"many-emoji\"]}\n---\nHi",
            ),
        ] {
            assert_eq!(allowed("a.md", before, 0), after);
        }
    }

    #[test]
    fn a_front_matter_that_cannot_be_read_is_left_alone() {
        assert_eq!(allowed("a.md", "---\n{to: Ana}\n---\nHi", 0), "nothing");
    }

    #[test]
    fn a_row_gets_it_in_its_column() {
        let csv = "id,note,allow\n1,\"a\nb\",\n2,c,\"x\"\n3,d,x\n4,e,\"\"\n";
        for (number, was, is) in [
            (0, "b\",\n", "b\",many-emoji\n"),
            (1, "\"x\"", "\"x, many-emoji\""),
            (2, "d,x", "d,x many-emoji"),
            (3, "\"\"", "\"many-emoji\""),
        ] {
            assert_eq!(allowed("a.csv", csv, number), csv.replacen(was, is, 1));
        }
        assert_eq!(allowed("a.csv", "id,note\n1,a\n", 0), "nothing");
    }
}
