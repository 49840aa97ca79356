//! One note a file: the words, and perhaps a front matter above them.

use std::ops::Range;

use crate::input::InputOptions;
use crate::input::Read;
use crate::input::front_matter;
use crate::input::keys::Key;
use crate::input::keys::Known;
use crate::input::problems;
use crate::input::raw::Raw;
use crate::input::row::Cell;
use crate::input::row::Context;
use crate::input::row::Place;
use crate::input::row::Value;
use crate::input::row::note_from;
use crate::source::Source;
use crate::span::FileId;
use crate::text::Writing;

/// Reads a note. The body is trimmed at both ends.
pub(super) fn read(source: &Source, file: FileId, options: &InputOptions) -> Read {
    let mut read = Read::default();
    let context = Context::new(source, file, options);
    let text = source.text.as_str();
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    if text[start..].trim().is_empty() {
        let span = context.span(start..text.len());
        read.problems.push(problems::error(
            problems::EMPTY_FILE,
            span,
            "the file is empty",
        ));
        return read;
    }
    let (mut cells, body) = front_matter::read(text, start, context, &mut read.problems);
    let words = &text[body..];
    let first = body + (words.len() - words.trim_start().len());
    let mut whole = first..text.len();
    let own_note = |cell: &Cell<'_>| cell.known.is_some_and(|known| known.key == Key::Note);
    // The body is the note, whatever a key in the front matter says; a key helps out where there
    // is no body.
    if !words.trim().is_empty() || !cells.iter().any(own_note) {
        for cell in cells.iter_mut().filter(|cell| own_note(cell)) {
            cell.known = None;
        }
        cells.push(Cell {
            name: "note".into(),
            known: Some(Known {
                key: Key::Note,
                rank: 0,
            }),
            value: Value::One(Raw::plain(words, body).written(Writing::Plain)),
        });
    } else if let Some(range) = value_of_note(&cells) {
        whole = range;
    }
    let line = memchr::memchr_iter(b'\n', &text.as_bytes()[..whole.start]).count() + 1;
    let place = Place {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        whole,
    };
    read.notes
        .extend(note_from(&cells, &place, context, &mut read.problems));
    read
}

/// Where the value stands that is the note: of several the first name in the table with a value.
fn value_of_note(cells: &[Cell<'_>]) -> Option<Range<usize>> {
    let notes = cells.iter().filter_map(|cell| {
        let known = cell.known.filter(|known| known.key == Key::Note)?;
        Some(((cell.value.is_blank(), known.rank), &cell.value))
    });
    match notes.min_by_key(|(order, _)| *order)?.1 {
        Value::One(raw) | Value::Other(raw) => Some(raw.at.clone()),
        Value::Many(items) => Some(items.first()?.at.start..items.last()?.at.end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Source, Read) {
        let source = Source::new("a.md".into(), text.into());
        let read = read(&source, FileId(0), &InputOptions::default());
        (source, read)
    }

    #[test]
    fn the_body_is_trimmed_and_points_home() {
        let (source, read) = read_text("\u{feff}\r\n  Hi \u{1f44b}\tZoe\u{301},\r\nשלום \r\n");
        let note = &read.notes[0];
        assert_eq!(note.text.as_str(), "Hi \u{1f44b}\tZoe\u{301},\nשלום");
        assert_eq!((&*note.id, note.line), ("a.md:2", 2));
        for word in ["Hi", "\u{1f44b}", "Zoe\u{301}", "שלום"] {
            let at = note.text.as_str().find(word).unwrap();
            assert_eq!(
                &source.text[note.text.span(at..at + word.len()).range()],
                word
            );
        }
        assert!(read.problems.is_empty());
    }

    #[test]
    fn a_note_in_the_front_matter_stands_where_its_value_does() {
        for (text, line) in [
            ("---\nto: Ana\nnote: Hi Ana\nid:\n---\n", 3),
            ("---\nto: Ana\nnote: |\n  Hi Ana,\n  how are you?\n---\n", 4),
            ("---\r\nnote: |\r\n  Hi Ana\r\n---", 3),
            ("+++\nto = \"Ana\"\nnote = \"Hi Ana\"\n+++\n\n\n", 3),
            ("+++\nnote = \"\"\"\nHi Ana\"\"\"\nto = \"Ana\"\n+++", 2),
            ("---\ntext: x\nnote: Hi Ana\n---\n", 3),
            ("---\nnote: x\n---\n\nHi Ana\n", 5),
        ] {
            let (source, read) = read_text(text);
            let note = &read.notes[0];
            assert!(note.text.as_str().starts_with("Hi Ana"), "{text:?}");
            assert_eq!((note.line, &*note.id), (line, &*format!("a.md:{line}")));
            assert!(source.text[note.row.range()].contains("Hi Ana"), "{text:?}");
        }
    }

    #[test]
    fn an_empty_file_is_a_problem_and_no_note() {
        for text in ["", " \r\n\t", "\u{feff}"] {
            let (_, read) = read_text(text);
            assert_eq!(&*read.problems[0].rule, "empty-file");
            assert!(read.notes.is_empty());
        }
    }
}
