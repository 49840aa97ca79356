//! A copy of a file with some of its notes only, a few of them with edits: everything else is kept byte
//! for byte.

use std::ops::Range;

use crate::input::InputOptions;
use crate::input::Reader;
use crate::input::cells::Scanner;
use crate::input::cells::line_end;
use crate::input::cells::skip_blank;
use crate::input::delimiter::delimiter;
use crate::input::format_of;
use crate::input::json;
use crate::note::Note;
use crate::note::field_str;
use crate::source::Source;
use crate::span::FileId;

/// A note that goes into the copy.
#[derive(Clone, Debug)]
pub struct Picked<'a> {
    /// The note, as it was read from the file.
    pub note: &'a Note,
    /// The words that the copy has.
    pub words: &'a str,
    /// What gives it these words: bytes of the file and what comes in their place, in order.
    pub edits: Vec<(Range<usize>, String)>,
}

/// The copy of a file with the notes that were picked, in the order of the file. The copy is read again
/// before it is handed out: it holds these words and no others.
///
/// # Errors
/// In plain words, when the format cannot be written, or the words cannot be written in it.
pub fn pick(
    source: &Source,
    options: &InputOptions,
    picked: &[Picked<'_>],
) -> Result<String, &'static str> {
    let format = format_of(&source.name);
    let mut sorted = picked.to_vec();
    sorted.sort_by_key(|picked| picked.note.row.start);
    let text = match format.name {
        "csv" => rows(source, options, &sorted),
        "jsonl" => lines(&source.text, &sorted),
        "json" => items(&source.text, &sorted),
        "plain" => alone(&source.text, &sorted),
        _ => return Err("this format is read, but not written"),
    };
    match holds(source, options, &text, &sorted) {
        true => Ok(text),
        false => Err("its form is one that cannot be written safely"),
    }
}

/// Reads the copy: are these the notes?
fn holds(source: &Source, options: &InputOptions, text: &str, picked: &[Picked<'_>]) -> bool {
    let Reader::Text(reader) = format_of(&source.name).reader else {
        return false;
    };
    let copy = Source::new(source.name.clone(), text.to_owned());
    let notes = reader(&copy, FileId::default(), options).notes;
    let same = |(note, picked): (&Note, &Picked<'_>)| {
        note.text.as_str() == picked.words.trim() && who(note) == who(picked.note)
    };
    notes.len() == picked.len() && notes.iter().zip(picked).all(same)
}

/// What is known of the recipient.
fn who(note: &Note) -> [Option<&str>; 8] {
    let recipient = &note.recipient;
    [
        &recipient.first_name,
        &recipient.last_name,
        &recipient.title,
        &recipient.company,
        &recipient.industry,
        &recipient.location,
        &recipient.timezone,
        &recipient.profile,
    ]
    .map(field_str)
}

/// CSV: the header, and the rows with their line ends.
fn rows(source: &Source, options: &InputOptions, picked: &[Picked<'_>]) -> String {
    let text = source.text.as_str();
    let start = skip_blank(text, text.len() - text.trim_start_matches('\u{feff}').len());
    let (separator, start) = delimiter(&source.name, text, start, &options.columns);
    let mut scanner = Scanner::new(text, separator);
    let header = line_end(text, scanner.row(start).last());
    let mut out = ended(&text[..header], text);
    for picked in picked {
        let row = picked.note.row.range();
        let part = row.start..line_end(text, row.end);
        out.push_str(&ended(&edited(text, part, picked), text));
    }
    out
}

/// JSON Lines: whole lines.
fn lines(text: &str, picked: &[Picked<'_>]) -> String {
    let mut out = String::new();
    for picked in picked {
        let row = picked.note.row.range();
        let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let before = text.as_bytes()[..row.start].iter().rposition(ends);
        let line = before.map_or(0, |at| at + 1)..line_end(text, row.end);
        out.push_str(&ended(&edited(text, line, picked), text));
    }
    out
}

/// JSON: the items of the list with what separates them, in whatever the list stands.
fn items(text: &str, picked: &[Picked<'_>]) -> String {
    let places = json::places(text);
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return String::new();
    };
    let mut out = text[..first.start].to_owned();
    let mut picked = picked.iter().peekable();
    let mut is_first = true;
    let mut before = first.start;
    for place in &places {
        let is_here = |picked: &&Picked<'_>| place.contains(&(picked.note.row.start as usize));
        if let Some(picked) = picked.next_if(is_here) {
            if !is_first {
                out.push_str(&text[before..place.start]);
            }
            is_first = false;
            out.push_str(&edited(text, place.clone(), picked));
        }
        before = place.end;
    }
    out.push_str(&text[last.end..]);
    out
}

/// A file with one note.
fn alone(text: &str, picked: &[Picked<'_>]) -> String {
    let only = picked.first();
    only.map_or_else(String::new, |picked| edited(text, 0..text.len(), picked))
}

/// A part of a text with the edits of a note.
fn edited(text: &str, part: Range<usize>, picked: &Picked<'_>) -> String {
    let mut out = String::with_capacity(part.len() + picked.words.len());
    let mut done = part.start;
    for (range, words) in &picked.edits {
        out.push_str(text.get(done..range.start).unwrap_or_default());
        out.push_str(words);
        done = range.end;
    }
    out.push_str(text.get(done..part.end).unwrap_or_default());
    out
}

/// A row with the line end that it has, or with that of the file where it had none.
fn ended(row: &str, text: &str) -> String {
    if row.ends_with(['\n', '\r']) || row.is_empty() {
        return row.to_owned();
    }
    let end = match text.contains("\r\n") {
        true => "\r\n",
        false => "\n",
    };
    format!("{row}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> (Source, Vec<Note>) {
        let source = Source::new(name.into(), text.into());
        let Reader::Text(reader) = format_of(name).reader else {
            panic!("{name} is no text");
        };
        let notes = reader(&source, FileId(0), &InputOptions::default()).notes;
        (source, notes)
    }

    /// A copy with the notes of these numbers, some with new words that need no escape.
    fn copy(
        name: &str,
        text: &str,
        picked: &[(usize, Option<&str>)],
    ) -> Result<String, &'static str> {
        let (source, notes) = read(name, text);
        let picked: Vec<Picked<'_>> = picked
            .iter()
            .map(|(number, words)| {
                let note = &notes[*number];
                let edit = |words: &str| (note.text.whole().range(), words.to_owned());
                Picked {
                    note,
                    words: words.unwrap_or(note.text.as_str()),
                    edits: words.map(edit).into_iter().collect(),
                }
            })
            .collect();
        pick(&source, &InputOptions::default(), &picked)
    }

    #[test]
    fn rows_keep_their_bytes() {
        let text = "\u{feff}id;note;x\r\n1; Hi \"Ana\" ;\"a\"\"b\"\r\nbroken\r\n2;\"Hi\nBo\";c\r\n\r\n3;Hi Cy;d";
        assert_eq!(
            copy("a.csv", text, &[(2, None), (0, None)]).unwrap(),
            "\u{feff}id;note;x\r\n1; Hi \"Ana\" ;\"a\"\"b\"\r\n3;Hi Cy;d\r\n"
        );
        assert_eq!(
            copy(
                "a.csv",
                text,
                &[(1, Some("Hi\nBob")), (2, Some("Hello Cy"))]
            )
            .unwrap(),
            "\u{feff}id;note;x\r\n2;\"Hi\nBob\";c\r\n3;Hello Cy;d\r\n"
        );
        // A file whose lines end with a carriage return alone.
        assert_eq!(
            copy("a.tsv", "note\tx\rHi\t1\rHo\t2\r", &[(1, None)]).unwrap(),
            "note\tx\rHo\t2\r"
        );
    }

    #[test]
    fn objects_keep_what_stands_around_the_list() {
        let text = "{\"v\": 1,\n \"notes\": [\n  {\"note\": \"Hi\"},\n  7,\n  {\"note\": \"a\", \"x\": [1]},\n  {\"note\": \"Ho\"}\n ]}\n";
        assert_eq!(
            copy("a.json", text, &[(1, Some("b")), (2, None)]).unwrap(),
            "{\"v\": 1,\n \"notes\": [\n  {\"note\": \"b\", \"x\": [1]},\n  {\"note\": \"Ho\"}\n ]}\n"
        );
        assert_eq!(
            copy("a.json", " {\"note\": \"Hi\"} ", &[(0, Some("Ho"))]).unwrap(),
            " {\"note\": \"Ho\"} "
        );
        let text = "{\"note\":\"a\"}\nbroken\n  {\"note\":\"b\"}";
        assert_eq!(
            copy("a.jsonl", text, &[(1, None)]).unwrap(),
            "  {\"note\":\"b\"}\n"
        );
    }

    #[test]
    fn a_copy_that_says_something_else_is_refused() {
        let text = "+++\nfirst_name = \"Ana\"\n+++\n\nHi Ana\n";
        assert_eq!(
            copy("a.md", text, &[(0, Some("Ho"))]).unwrap(),
            "+++\nfirst_name = \"Ana\"\n+++\n\nHo\n"
        );
        // Without escapes these words would be cells or front matter.
        assert!(copy("a.csv", "note,x\nHi,1\n", &[(0, Some("Hi, Ana"))]).is_err());
        assert!(copy("a.md", "Hi", &[(0, Some("+++\na = 1\n+++\nHi"))]).is_err());
        assert!(copy("a.toml", "[[notes]]\nnote = \"Hi\"\n", &[(0, None)]).is_err());
    }
}
