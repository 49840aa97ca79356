//! Tests of reading CSV.

use super::*;
use crate::note::field_str;
use proptest::prelude::*;

fn read_named(name: &str, text: &str) -> (Source, Read) {
    let source = Source::new(name.into(), text.into());
    let read = read(&source, FileId(0), &InputOptions::default());
    (source, read)
}

fn read_csv(text: &str) -> (Source, Read) {
    read_named("a.csv", text)
}

fn words(read: &Read) -> Vec<&str> {
    read.notes.iter().map(|note| note.text.as_str()).collect()
}

fn rules(read: &Read) -> Vec<&str> {
    read.problems.iter().map(|problem| &*problem.rule).collect()
}

#[test]
fn quotes_line_ends_and_a_mark_point_home() {
    let text = "\u{feff}Id,First Name,Note,x\r\n7,Zoe\u{301},\"Hi \"\"Z\"\" 👋,\r\n\tשלום\",y\r\n\r\n8,Bo,Hello Bo,\r\n";
    let (source, read) = read_csv(text);
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    assert_eq!(words(&read), ["Hi \"Z\" 👋,\n\tשלום", "Hello Bo"]);
    let note = &read.notes[0];
    assert_eq!((&*note.id, note.line), ("7", 2));
    assert_eq!(read.notes[1].line, 5);
    assert_eq!(field_str(&note.recipient.first_name), Some("Zoe\u{301}"));
    for (word, bytes) in [
        ("\"Z\"", "\"\"Z\"\""),
        ("👋,", "👋,"),
        ("\n", "\r\n"),
        ("שלום", "שלום"),
    ] {
        let at = note.text.as_str().find(word).unwrap();
        assert_eq!(
            &source.text[note.text.span(at..at + word.len()).range()],
            bytes
        );
    }
    assert_eq!(&*note.extra[0].1.value, "y");
    assert_eq!(&source.text[note.extra[0].1.span.range()], "y");
}

#[test]
fn the_separator_is_guessed_from_the_header() {
    for (name, text) in [
        ("a.csv", "to;note\nAnna Meier;Hi, Anna\n"),
        ("a.csv", "sep=;\r\nto;note\r\nAnna Meier;Hi, Anna\r\n"),
        ("a.csv", "to\tnote\nAnna Meier\tHi, Anna\n"),
        ("a.TSV", "to\tnote\nAnna Meier\tHi, Anna"),
        ("a.csv", "to,note\rAnna Meier,\"Hi, Anna\"\r"),
    ] {
        let (_, read) = read_named(name, text);
        assert_eq!(words(&read), ["Hi, Anna"], "{text:?}");
        assert_eq!(field_str(&read.notes[0].recipient.last_name), Some("Meier"));
    }
    assert_eq!(words(&read_csv("note\nHi, Anna\n").1), ["Hi, Anna"]);
}

#[test]
fn an_unclosed_quote_loses_one_line_only() {
    let (source, read) = read_csv("id,note\n1,\"Hi Ann\n2,\"Hi Bob\"\n3,Hi Cy\n");
    assert_eq!(rules(&read), ["unclosed-quote"]);
    assert_eq!(words(&read), ["Hi Bob", "Hi Cy"]);
    assert_eq!(
        source
            .position(read.problems[0].span().start as usize)
            .column,
        3
    );
    let (_, read) = read_csv("id,note\n1,Hi Ann\n2,\"Hi Bob\n3,Hi Cy\n");
    assert_eq!(words(&read), ["Hi Ann", "Hi Cy"]);
    let (_, read) = read_csv("id,note,x\n1,Hi,\"a\n2,Hi,b\n3,Hi \"x\",\"\n");
    assert_eq!(rules(&read), ["unclosed-quote", "unclosed-quote"]);
    let rows = "5,Hi Flo\n".repeat(500);
    let (_, read) = read_csv(&format!("id,note\n4,\"Hi Eve\n{rows}6,\",\n7,Hi Gil\n"));
    assert_eq!(rules(&read), ["unclosed-quote", "unclosed-quote"]);
    assert_eq!(read.notes.len(), 501);
}

#[test]
fn rows_of_the_wrong_length_are_reported_once() {
    let (_, read) = read_csv("id,note\n1,Hi, Ann\n2\n3,\"Hi\nCy\",x\n4,Hi Di,,\n,,\n5,Hi Ed\n");
    assert_eq!(rules(&read), ["broken-row"; 3]);
    assert_eq!(words(&read), ["Hi Di", "Hi Ed"]);
    assert!(
        read.problems[0]
            .message
            .contains("3 cells, the header has 2")
    );
}

#[test]
fn a_header_without_a_note_is_explained() {
    let (_, read) = read_csv("id,mesage,x\n1,Hi,\n");
    assert_eq!(rules(&read), ["no-note-column"]);
    assert!(read.problems[0].message.contains("`mesage`"));
    assert!(
        read.problems[0]
            .help
            .as_deref()
            .unwrap()
            .contains("did you mean `message`")
    );
    assert_eq!(rules(&read_csv(" \n").1), ["empty-file"]);
    assert_eq!(rules(&read_csv("").1), ["empty-file"]);
}

#[test]
fn an_empty_note_is_a_note_and_the_first_alias_wins() {
    let (_, read) = read_csv(
        "id,text,note,attempt,kind,facts,allow\n1,,,,,,\n2,b,a,2,Follow_up,x; y,r-a r-b\n3,c,,0,folow-up,,\n4,d,,,unique,,\n",
    );
    assert_eq!(words(&read), ["", "a", "c", "d"]);
    assert_eq!(rules(&read), ["bad-attempt", "unknown-kind"]);
    let note = &read.notes[1];
    assert_eq!((note.attempt, note.kind.name()), (2, "follow-up"));
    assert_eq!(
        (note.facts.len(), note.allow.len(), note.extra.len()),
        (2, 2, 1)
    );
    assert_eq!(&*read.notes[3].extra[0].0, "kind");
}

#[test]
fn all_columns_with_facts_count() {
    let (source, read) = read_csv("note,Post,Mutual,Research,url\nHi,on hiring,,Eva; Bo,x\n");
    let note = &read.notes[0];
    let facts: Vec<_> = note
        .facts
        .iter()
        .map(|fact| &source.text[fact.span.range()])
        .collect();
    assert_eq!(facts, ["on hiring", "Eva", "Bo"]);
    assert!(note.extra.is_empty());
}

#[test]
fn own_columns_come_first() {
    let source = Source::new("a.csv".into(), "note,pitch\na,b\n".into());
    let options = InputOptions {
        columns: vec![("pitch".into(), Key::Note)],
        ..InputOptions::default()
    };
    let read = read(&source, FileId(0), &options);
    assert_eq!(words(&read), ["b"]);
}

#[test]
fn a_hostile_file_is_read_in_time() {
    let text = format!("id,note\n{}", "\"a\"\"\n".repeat(50_000));
    let (_, read) = read_csv(&text);
    assert_eq!(read.problems.len(), 50_000);
}

proptest! {
    #[test]
    fn nothing_panics(text in r#"(id|note|,|;|"|"|\n|\r|\t|é| |a|\x{feff}|sep=){0,40}"#) {
        read_csv(&text);
        read_csv(&format!("id,note\n{text}"));
    }

    #[test]
    fn written_rows_are_read_back(notes in proptest::collection::vec(any::<String>(), 1..8)) {
        let mut text = String::from("id,note\n");
        for (index, note) in notes.iter().enumerate() {
            text.push_str(&format!("{index},\"{}\"\n", note.replace('"', "\"\"")));
        }
        let (_, read) = read_csv(&text);
        prop_assert!(read.problems.is_empty());
        let expected: Vec<_> = notes.iter().map(|note| note.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()).collect();
        prop_assert_eq!(words(&read), expected);
    }
}

#[test]
fn a_row_with_bytes_that_are_no_text_loses_only_itself() {
    let bytes = b"id,note\r\n1,Hi Ann\r\n2,\"Hi\r\n\xff Bob \xfe\"\r\n3\xff\r\n4,Hi \0\r\n5,Hi \xc3\x89d\r\n";
    for name in ["a.csv", "a.tsv"] {
        let bytes = match name {
            "a.tsv" => bytes.map(|byte| if byte == b',' { b'\t' } else { byte }),
            _ => *bytes,
        };
        let (source, problem) = crate::input::decode(name, bytes.to_vec(), FileId(0));
        assert!(problem.is_none());
        let read = read(&source, FileId(0), &InputOptions::default());
        assert_eq!(words(&read), ["Hi Ann", "Hi Éd"]);
        let note = &read.notes[1];
        assert_eq!(note.text.whole().start as usize, bytes.len() - 8);
        assert_eq!(rules(&read), ["not-utf8"; 3]);
        let lines: Vec<_> = read
            .problems
            .iter()
            .map(|problem| source.position(problem.span().start as usize).line)
            .collect();
        assert_eq!(lines, [4, 5, 6]);
    }
}

#[test]
fn a_header_may_have_line_ends_inside_its_quotes() {
    for separator in [",", ";", "\t"] {
        for end in ["\r\n", "\n", "\r"] {
            let text = [
                "\"First{n}Name\",\"Last{n}Name\",Note",
                "Ana,Costa,\"Hi Bob, your talk; on fish\"",
                "",
            ];
            let text = text
                .join("{n}")
                .replace("Bob,", "Bob")
                .replace(',', separator);
            let (_, read) = read_csv(&text.replace("{n}", end));
            assert!(read.problems.is_empty(), "{text:?} {:?}", read.problems);
            assert_eq!(words(&read), ["Hi Bob your talk; on fish"]);
            let recipient = &read.notes[0].recipient;
            assert_eq!(field_str(&recipient.last_name), Some("Costa"));
        }
    }
    // A quote that is forgotten is still told where it opens.
    let (_, read) = read_csv("\"id,note\n1,Hi Ann\n");
    assert_eq!(rules(&read), ["unclosed-quote"]);
    let (_, read) = read_csv("size 5\",note\n1,\"Hi Ann\"\n");
    assert_eq!(words(&read), ["Hi Ann"]);
}

#[test]
fn of_several_separators_the_one_that_names_columns_is_taken() {
    let own = InputOptions {
        columns: vec![("note(max.200,withgreeting)".to_owned(), Key::Note)],
        ..InputOptions::default()
    };
    for text in [
        "Vorname;Note (max. 200, with greeting)\nAnna;Hi, Anna\n",
        "Vorname;\"Note (max. 200, with greeting)\"\nAnna;Hi, Anna\n",
    ] {
        let source = Source::new("a.csv".into(), text.into());
        let read = read(&source, FileId(0), &own);
        assert_eq!(words(&read), ["Hi, Anna"], "{text}");
    }
    for text in [
        "Vorname;Note;Größe, Gewicht, Alter\nAnna;Hi, Anna;1\n",
        "Größe, cm;Gewicht, kg;Note\n1;2;Hi, Anna\n",
    ] {
        assert_eq!(words(&read_csv(text).1), ["Hi, Anna"], "{text}");
    }
}
