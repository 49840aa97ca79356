//! Tests that all formats give the same words and point home to the right bytes.

use crate::input::InputOptions;
use crate::input::Read;
use crate::input::Reader;
use crate::input::format_of;
use crate::source::Source;
use crate::span::FileId;
use crate::text::Text;
use proptest::prelude::*;

fn read(name: &str, text: String) -> (Source, Read) {
    let source = Source::new(name.into(), text);
    let Reader::Text(reader) = format_of(name).reader else {
        panic!("{name} is no text");
    };
    let read = reader(&source, FileId(0), &InputOptions::default());
    (source, read)
}

fn csv_cell(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "\"\""))
}

fn json(words: &str) -> String {
    serde_json::Value::from(words).to_string()
}

/// The same, with every letter beyond ASCII as an escape, as Python writes it.
fn ascii_json(words: &str) -> String {
    let escape = |letter: char| match letter.is_ascii() {
        true => letter.to_string(),
        false => {
            let units = letter.encode_utf16(&mut [0; 2]).to_vec();
            units.iter().map(|unit| format!("\\u{unit:04X}")).collect()
        }
    };
    json(words).chars().map(escape).collect()
}

/// A file's name, its text, and what undoes the escapes in it.
type Way = (&'static str, String, fn(&str) -> String);

/// All ways to write one note, with what undoes the escapes of each.
fn ways(words: &str) -> Vec<Way> {
    let plain: fn(&str) -> String = str::to_owned;
    let csv: fn(&str) -> String = |bytes| bytes.replace("\"\"", "\"");
    let string: fn(&str) -> String = |bytes| serde_json::from_str(&format!("\"{bytes}\"")).unwrap();
    let mut ways = vec![
        ("a.md", words.to_owned(), plain),
        (
            "a.md",
            format!("+++\nto = \"Zoë\"\n+++\n\n{words}\n"),
            plain,
        ),
        (
            "a.txt",
            format!("---\r\nto: Zoë 👋\r\n---\r\n{words}"),
            plain,
        ),
        (
            "a.csv",
            format!("to,note\n\"Zo\"\"ë\",{}\n", csv_cell(words)),
            csv,
        ),
        ("a.csv", format!("note;x\r\n{};\r\n", csv_cell(words)), csv),
        ("a.tsv", format!("x\tnote\r👋\t{}", csv_cell(words)), csv),
        (
            "a.json",
            format!("[\n{{\"to\": \"Zoë\", \"note\": {}}}]", json(words)),
            string,
        ),
        (
            "a.json",
            format!("{{\"notes\":[{}]}}", ascii_json(words)),
            string,
        ),
        (
            "a.jsonl",
            format!("{{\"text\":{}, \"x\":[\"é\"]}}\r\n", json(words)),
            string,
        ),
        (
            "a.ndjson",
            format!("{{\"é\":1,\"note\":{}}}", ascii_json(words)),
            string,
        ),
    ];
    // A byte order mark moves all bytes and changes nothing else.
    for index in 0..ways.len() {
        let (name, text, undo) = ways[index].clone();
        ways.push((name, format!("\u{feff}{text}"), undo));
    }
    ways
}

fn lines(words: &str) -> String {
    words.replace("\r\n", "\n").replace('\r', "\n")
}

fn points_home(source: &Source, text: &Text, undo: fn(&str) -> String) {
    for (at, letter) in text.as_str().char_indices() {
        let span = text.span(at..at + letter.len_utf8());
        let written = lines(&undo(&source.text[span.range()]));
        assert_eq!(
            written,
            letter.to_string(),
            "{} {:?}",
            source.name,
            source.text
        );
    }
    let all = lines(&undo(
        &source.text[text.span(0..text.as_str().len()).range()],
    ));
    assert_eq!(all, text.as_str());
}

fn check(words: &str) {
    let expected = lines(words);
    let expected = expected.trim();
    for (name, text, undo) in ways(words) {
        let (source, read) = read(name, text);
        assert!(
            read.problems.is_empty(),
            "{:?} {:?}",
            source.text,
            read.problems
        );
        assert_eq!(read.notes.len(), 1, "{:?}", source.text);
        let note = &read.notes[0];
        assert_eq!(note.text.as_str(), expected, "{:?}", source.text);
        points_home(&source, &note.text, undo);
        let start = note.text.whole().start as usize;
        assert!(source.position(start).line >= note.line);
    }
}

#[test]
fn difficult_notes_are_the_same_in_all_formats() {
    for words in [
        "Hi Zoe\u{301}, \"so\" 👋🏽\tfine\\n",
        "\"quoted\"",
        "שלום Dana,\r\nניפגש ב-PyCon?\r\n\r\n\"",
        "👨‍👩‍👧‍👦, a;b\tc | d\u{2028}e\u{202e}f",
        "one\rtwo\r\r\nthree",
        "  \n lead and trail \u{a0}\n",
        "#hash: {a} [b] 'c' = \"\"\"d\"\"\"",
    ] {
        check(words);
    }
}

proptest! {
    #[test]
    fn any_note_is_the_same_in_all_formats(words in r#"[a-z]([ "',;\\\t\n\r\u{301}é👋ש{}\[\]:]|[a-z]|\PC){0,30}[a-z]"#) {
        check(&words);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in any::<Vec<u8>>(), words in any::<String>()) {
        for name in ["a.md", "a.csv", "a.tsv", "a.json", "a.jsonl"] {
            read(name, String::from_utf8_lossy(&bytes).into_owned());
            read(name, words.clone());
        }
    }
}
