//! Tests of reading JSON Lines.

use super::*;
use crate::note::field_str;
use proptest::prelude::*;

fn read_jsonl(text: &str) -> (Source, Read) {
    let source = Source::new("a.jsonl".into(), text.into());
    let read = read(&source, FileId(0), &InputOptions::default());
    (source, read)
}

fn words(read: &Read) -> Vec<&str> {
    read.notes.iter().map(|note| note.text.as_str()).collect()
}

#[test]
fn escapes_point_home() {
    let text = "\u{feff}{\"id\": 7, \"note\": \"I\\u2019m \\ud83d\\ude00\\nשלום\", \"firstName\": \"Zo\\u00e9\"}\r\n\r\n{\"note\": \"b\"}\r\n";
    let (source, read) = read_jsonl(text);
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    assert_eq!(words(&read), ["I’m 😀\nשלום", "b"]);
    let note = &read.notes[0];
    assert_eq!((&*note.id, note.line), ("7", 1));
    assert_eq!((&*read.notes[1].id, read.notes[1].line), ("a.jsonl:3", 3));
    assert_eq!(field_str(&note.recipient.first_name), Some("Zoé"));
    for (word, bytes) in [
        ("’", "\\u2019"),
        ("😀", "\\ud83d\\ude00"),
        ("\n", "\\n"),
        ("שלום", "שלום"),
        ("m 😀", "m \\ud83d\\ude00"),
    ] {
        let at = note.text.as_str().find(word).unwrap();
        assert_eq!(
            &source.text[note.text.span(at..at + word.len()).range()],
            bytes
        );
    }
}

#[test]
fn a_large_file_is_read_in_order() {
    let line = format!("{{\"note\": \"{}\"}}\n", "é".repeat(700));
    let (source, read) = read_jsonl(&line.repeat(2000));
    assert_eq!(read.notes.len(), 2000);
    for (index, note) in read.notes.iter().enumerate() {
        assert_eq!(note.line as usize, index + 1);
        let start = note.text.whole().start as usize;
        assert_eq!(source.position(start).line, note.line);
    }
}

#[test]
fn a_broken_line_loses_only_itself() {
    let (source, read) = read_jsonl(
        "{\"note\": \"a\"}\n{\"note\": \"b\"\n{\"note\" \"c\"}\n[1]\n{\"id\": 1}\n{\"note\": \"d\"} x\n{\"note\": \"e\"}",
    );
    assert_eq!(words(&read), ["a", "e"]);
    let lines: Vec<_> = read
        .problems
        .iter()
        .map(|problem| source.position(problem.span().start as usize))
        .map(|at| (at.line, at.column))
        .collect();
    assert_eq!(lines, [(2, 13), (3, 9), (4, 1), (5, 1), (6, 15)]);
    let (_, read) = read_jsonl("{\"note\": \"a\"}\n\u{feff}{\"note\": \"b\"}\n");
    assert_eq!(words(&read), ["a", "b"]);
    let (_, read) = read_jsonl("[\n{\"note\": \"a\"}\n]\n");
    assert_eq!((read.notes.len(), read.problems.len()), (0, 1));
}

#[test]
fn nested_values_lists_and_repeated_keys() {
    let text = r#"{"id": null, "recipient": {"name": "Dr. Ann Lee", "company": "K", "id": "x9"}, "facts": ["a; b", 3], "connote": {"allow": ["r-a", "r-b"]}, "labels": {"P": 1}, "note": "x", "city": "Ulm", "country": "DE", "note": "y", "attempt": 2}"#;
    let (source, read) = read_jsonl(&format!("{text}\n{text}\n"));
    assert_eq!(read.problems.len(), 2);
    assert_eq!(&*read.problems[0].rule, "duplicate-key");
    let note = &read.notes[1];
    assert_eq!(note.text.as_str(), "y");
    assert_eq!(field_str(&note.recipient.first_name), Some("Ann"));
    assert_eq!(field_str(&note.recipient.last_name), Some("Lee"));
    assert_eq!(field_str(&note.recipient.location), Some("Ulm, DE"));
    assert_eq!(
        (note.facts.len(), note.allow.len(), note.attempt),
        (3, 2, 2)
    );
    assert_eq!(&source.text[note.allow[1].span.range()], "r-b");
    let extra: Vec<_> = note
        .extra
        .iter()
        .map(|(name, value)| (&**name, &*value.value))
        .collect();
    assert_eq!(extra, [("recipient.id", "x9"), ("labels", "{\"P\": 1}")]);
    assert_eq!(&source.text[note.extra[1].1.span.range()], "{\"P\": 1}");
}

proptest! {
    #[test]
    fn nothing_panics(text in r#"(\[|\]|\{|\}|"|"|:|,|note|facts|\\|u|d800|1|null|é|\n|\r| ){0,40}"#) {
        read_jsonl(&text);
        read_jsonl(&format!("{{\"note\": \"a\", \"facts\": [{text}"));
    }

    #[test]
    fn written_lines_are_read_back(notes in proptest::collection::vec(any::<String>(), 1..8)) {
        let lines: Vec<_> = notes.iter().map(|note| serde_json::json!({"note": note}).to_string()).collect();
        let (_, read) = read_jsonl(&lines.join("\n"));
        prop_assert!(read.problems.is_empty());
        let expected: Vec<_> = notes.iter().map(|note| note.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()).collect();
        prop_assert_eq!(words(&read), expected);
    }
}

#[test]
fn a_line_with_bytes_that_are_no_text_loses_only_itself() {
    let bytes = b"{\"note\": \"a\xff\"}\n{\"note\": \"b\"}\r\n{\"note\": \"c\0\xfe\", \"attempt\": 0}\r\n{\"note \xff\n{\"note\": \"\xc3\xa9\"}";
    let (source, problem) = crate::input::decode("a.jsonl", bytes.to_vec(), FileId(0));
    assert!(problem.is_none());
    let read = read(&source, FileId(0), &InputOptions::default());
    assert_eq!(words(&read), ["b", "é"]);
    assert_eq!((read.notes[1].line, source.text.len()), (5, bytes.len()));
    let found: Vec<_> = read
        .problems
        .iter()
        .map(|problem| {
            let at = source.position(problem.span().start as usize);
            (
                &*problem.rule,
                at.line,
                at.column,
                problem.message.contains("NUL"),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("not-utf8", 1, 12, false),
            ("not-utf8", 3, 12, true),
            ("not-utf8", 4, 8, false)
        ]
    );
}
