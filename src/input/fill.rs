//! Putting a send time into a draft's own file, every other byte as it was.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::input::InputOptions;
use crate::input::cells::Lines;
use crate::input::cells::Row;
use crate::input::cells::Scanner;
use crate::input::cells::line_end;
use crate::input::cells::skip_blank;
use crate::input::csv::raw;
use crate::input::delimiter::delimiter;
use crate::input::keys::Key;
use crate::input::keys::recognise;
use crate::input::raw::Home;

/// A draft with front matter, its `send_at` set to a value: in the place of the old one (the bytes
/// `old`), on a line of its own, or in a new block above a draft that has none.
pub fn fill_front_matter(text: &str, old: Option<Range<usize>>, value: &str) -> String {
    if let Some(old) = old {
        let old = with_quotes(text, old);
        return format!("{}\"{value}\"{}", &text[..old.start], &text[old.end..]);
    }
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let first = line_end(text, start);
    let line = &text[start..first];
    let end = match line.ends_with("\r\n") {
        true => "\r\n",
        false => "\n",
    };
    let (mark, body) = (&text[..start], &text[start..]);
    match line.trim_end() {
        "+++" => format!("{mark}{line}send_at = \"{value}\"{end}{}", &text[first..]),
        "---" => format!("{mark}{line}send_at: \"{value}\"{end}{}", &text[first..]),
        _ => format!("{mark}+++{end}send_at = \"{value}\"{end}+++{end}{body}"),
    }
}

/// The bytes of a value with the quotes around it.
fn with_quotes(text: &str, range: Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let before = range.start.checked_sub(1).and_then(|at| bytes.get(at));
    match (before, bytes.get(range.end)) {
        (Some(open @ (b'"' | b'\'')), Some(close)) if open == close => {
            range.start - 1..range.end + 1
        }
        _ => range,
    }
}

/// A CSV or TSV file with the send times of its rows, by the number of the line that each begins on: in
/// the column that is there for it, or in a new one behind the last.
pub fn fill_rows(
    name: &str,
    text: &str,
    options: &InputOptions,
    values: &FxHashMap<u32, String>,
) -> String {
    let start = skip_blank(text, text.len() - text.trim_start_matches('\u{feff}').len());
    let (delimiter, start) = delimiter(name, text, start, &options.columns);
    let mut scanner = Scanner::new(text, delimiter);
    let header = scanner.row(start);
    let column = header.cells.iter().position(|cell| {
        let name = raw(text, cell).text(Home::default());
        recognise(name.as_str(), &options.columns).is_some_and(|known| known.key == Key::SendAt)
    });
    let mut out = String::with_capacity(text.len() + values.len() * 48);
    let mut done = 0;
    let mut put = |range: Range<usize>, words: &str, out: &mut String| {
        out.push_str(&text[done..range.start]);
        out.push_str(words);
        done = range.end;
    };
    let separator = char::from(delimiter);
    if column.is_none() {
        put(
            header.last()..header.last(),
            &format!("{separator}send_at"),
            &mut out,
        );
    }
    let mut lines = Lines::default();
    let mut row = Row::default();
    let mut at = skip_blank(text, header.end);
    while at < text.len() {
        scanner.row_into(at, &mut row);
        if row.misquoted().is_some() {
            // As the reader does: the next line is looked at by itself.
            at = scanner.again_from(line_end(text, row.start), &row);
            at = skip_blank(text, at);
            continue;
        }
        let value = values.get(&lines.number(text, row.start));
        match (column.and_then(|column| row.cells.get(column)), value) {
            (Some(cell), Some(value)) => put(cell.range.clone(), value, &mut out),
            (None, value) if column.is_none() => {
                // Rows of another length are broken, and stay as they are.
                let last = row.cells.get(header.cells.len() - 1);
                if let Some(last) = last {
                    let end = last.range.end;
                    let value = value.map_or("", String::as_str);
                    put(end..end, &format!("{separator}{value}"), &mut out);
                }
            }
            _ => {}
        }
        at = skip_blank(text, row.end);
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUE: &str = "2026-03-31T10:12:00+02:00[Europe/Berlin]";

    #[test]
    fn front_matter_gets_one_line_and_nothing_else_changes() {
        let fill = |text: &str| fill_front_matter(text, None, VALUE);
        assert_eq!(
            fill("+++\r\nfirst_name = \"Ana\"\r\n+++\r\nHi Ana"),
            format!("+++\r\nsend_at = \"{VALUE}\"\r\nfirst_name = \"Ana\"\r\n+++\r\nHi Ana")
        );
        assert_eq!(
            fill("\u{feff}---\nto: Ana\n---\nHi"),
            format!("\u{feff}---\nsend_at: \"{VALUE}\"\nto: Ana\n---\nHi")
        );
        assert_eq!(
            fill("Hi Ana"),
            format!("+++\nsend_at = \"{VALUE}\"\n+++\nHi Ana")
        );
    }

    #[test]
    fn an_old_time_is_replaced_with_its_quotes() {
        for old in [
            "2026-01-02 10:00",
            "\"2026-01-02 10:00\"",
            "'2026-01-02 10:00'",
        ] {
            let text = format!("---\nsend_at: {old} # soon\n---\nHi");
            let start = text.find("2026").unwrap();
            assert_eq!(
                fill_front_matter(&text, Some(start..start + 16), VALUE),
                format!("---\nsend_at: \"{VALUE}\" # soon\n---\nHi")
            );
        }
    }

    #[test]
    fn rows_get_their_times_in_the_column_or_in_a_new_one() {
        let values: FxHashMap<u32, String> = [(2, VALUE.to_owned())].into_iter().collect();
        let fill = |text: &str| fill_rows("a.csv", text, &InputOptions::default(), &values);
        assert_eq!(
            fill("id,note\r\n1,\"a\nb\"\r\n2,c\r\n"),
            format!("id,note,send_at\r\n1,\"a\nb\",{VALUE}\r\n2,c,\r\n")
        );
        assert_eq!(
            fill("id;send_at;note\n1;;\"a;b\"\n2;2026-05-01 10:00;c"),
            format!("id;send_at;note\n1;{VALUE};\"a;b\"\n2;2026-05-01 10:00;c")
        );
        // A broken row is left alone.
        assert_eq!(
            fill("id,note\n1,a\n2\n3,\"c"),
            format!("id,note,send_at\n1,a,{VALUE}\n2\n3,\"c")
        );
    }
}
