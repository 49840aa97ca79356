//! Tests of reading JSON.

use super::*;
use proptest::prelude::*;

fn read_json(text: &str) -> (Source, Read) {
    let source = Source::new("a.json".into(), text.into());
    let read = read(&source, FileId(0), &InputOptions::default());
    (source, read)
}

fn words(read: &Read) -> Vec<&str> {
    read.notes.iter().map(|note| note.text.as_str()).collect()
}

#[test]
fn lists_objects_and_single_drafts_are_read() {
    for text in [
        r#"[{"note": "a"}, "b"]"#,
        "\u{feff}\r\n{\"version\": 1, \"notes\": [{\"text\": \"a\"}, {\"note\": \"b\"}], \"x\": {}}",
    ] {
        let (_, read) = read_json(text);
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        assert_eq!(words(&read), ["a", "b"]);
    }
    let (_, read) = read_json("{\n \"note\": \"a\"}");
    assert_eq!(words(&read), ["a"]);
    let (_, read) = read_json("{\"name\": \"x\", \"version\": \"1\"}");
    assert_eq!(&*read.problems[0].rule, "no-note-column");
}

#[test]
fn a_syntax_error_keeps_what_stands_before_it() {
    let (source, read) = read_json("[{\"note\": \"a\"},\n {\"note\": \"é\" x}]");
    assert_eq!(words(&read), ["a"]);
    let at = read.problems[0].span().start as usize;
    assert_eq!(&source.text[at..at + 1], "x");
    assert_eq!(
        (source.position(at).line, source.position(at).column),
        (2, 15)
    );
    for text in [
        "[",
        "7",
        "[{\"note\": 1}, 7]",
        "{\"notes\": 1}",
        "[{\"note\": {}}]",
        "[] x",
        "\"a",
    ] {
        let (_, read) = read_json(text);
        assert_eq!(read.problems.len(), 1, "{text}: {:?}", read.problems);
    }
    let (_, read) = read_json("");
    assert_eq!(&*read.problems[0].rule, "empty-file");
}

proptest! {
    #[test]
    fn nothing_panics(text in r#"(\[|\]|\{|\}|"|"|:|,|note|recipient|\\|u|d800|1|null|é|\n| ){0,40}"#) {
        read_json(&text);
        read_json(&format!("[{{\"note\": {text}"));
    }
}
