//! Tests of reading front matter.

use crate::input::InputOptions;
use crate::input::Read;
use crate::input::plain;
use crate::note::Field;
use crate::note::field_str;
use crate::source::Source;
use crate::span::FileId;
use proptest::prelude::*;

fn read(text: &str) -> (Source, Read) {
    let source = Source::new("a.md".into(), text.into());
    let read = plain::read(&source, FileId(0), &InputOptions::default());
    (source, read)
}

fn written<'s>(source: &'s Source, field: &Field) -> &'s str {
    &source.text[field.as_deref().unwrap().span.range()]
}

const TOML: &str = "\u{feff}+++\r
to = \"Zoë 👋 \\u004Dai\"\r
company = 'Kardex'\r
send_at = 2026-03-31T09:00:00\r
attempt = 2\r
facts = [\"a\", \"b; c\"]\r
[connote]\r
allow = [\"r-a\"]\r
[recipient]\r
title = \"CTO\"\r
+++\r
\r
Hi Zoë,\r
bye\r
";

const YAML: &str = "---
to: Zoë 👋 Mai
company: \"Kardex\"
send_at: 2026-03-31 09:00
attempt: 2
timezone: no
industry:
facts: [a, 'b; c']
connote: {allow: [r-a]}
recipient:
  title: 'CTO'
  city: \"S\\u00e3o Paulo\"
tags: [x, 1.10]
other: {deep: {er: 1}}
---
Hi Zoë,
bye
";

#[test]
fn toml_is_read_with_places() {
    let (source, read) = read(TOML);
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    let note = &read.notes[0];
    assert_eq!(note.text.as_str(), "Hi Zoë,\nbye");
    assert_eq!((&*note.id, note.line), ("a.md:13", 13));
    assert_eq!(field_str(&note.recipient.first_name), Some("Zoë"));
    assert_eq!(written(&source, &note.recipient.company), "Kardex");
    assert_eq!(written(&source, &note.send_at), "2026-03-31T09:00:00");
    assert_eq!(written(&source, &note.recipient.title), "CTO");
    assert_eq!(
        (note.attempt, note.facts.len(), note.extra.len()),
        (2, 3, 0)
    );
    assert_eq!(&source.text[note.facts[2].span.range()], "c");
    assert_eq!(&source.text[note.allow[0].span.range()], "r-a");
    assert_eq!(&source.text[note.text.span(9..12).range()], "bye");
}

#[test]
fn yaml_is_read_with_places() {
    let (source, read) = read(YAML);
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    let note = &read.notes[0];
    assert_eq!(note.text.as_str(), "Hi Zoë,\nbye");
    assert_eq!(note.line, 16);
    assert_eq!(written(&source, &note.recipient.first_name), "Zoë");
    assert_eq!(written(&source, &note.recipient.last_name), "👋 Mai");
    assert_eq!(written(&source, &note.recipient.company), "Kardex");
    assert_eq!(written(&source, &note.send_at), "2026-03-31 09:00");
    assert_eq!(written(&source, &note.recipient.title), "CTO");
    assert_eq!(field_str(&note.recipient.timezone), Some("no"));
    assert_eq!(field_str(&note.recipient.location), Some("São Paulo"));
    assert_eq!(note.recipient.industry, None);
    assert_eq!((note.attempt, note.facts.len()), (2, 3));
    assert_eq!(&source.text[note.facts[2].span.range()], "c");
    assert_eq!(&source.text[note.allow[0].span.range()], "r-a");
    let extra: Vec<_> = note
        .extra
        .iter()
        .map(|(name, value)| (&**name, &*value.value))
        .collect();
    assert_eq!(extra[..2], [("tags", "x"), ("tags", "1.10")]);
}

#[test]
fn crlf_and_a_mark_do_not_move_yaml() {
    let text = format!("\u{feff}{}", YAML.replace('\n', "\r\n"));
    let (source, read) = read(&text);
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    let note = &read.notes[0];
    assert_eq!(written(&source, &note.recipient.title), "CTO");
    assert_eq!(written(&source, &note.recipient.last_name), "👋 Mai");
    assert_eq!(&source.text[note.allow[0].span.range()], "r-a");
}

#[test]
fn broken_front_matter_leaves_the_note() {
    for (text, at) in [
        ("+++\nname = \"é\"\ncompany = = 1\n+++\nHi\n", (3, 11)),
        ("---\nname: é\ncompany: \"x\n---\nHi\n", (3, 10)),
        ("---\nname: é\ntitle: VP: Sales\n---\nHi\n", (3, 10)),
        ("---\nname: a\nname: b\n---\nHi\n", (3, 1)),
        ("---\njust words\n---\nHi\n", (2, 1)),
        ("---\nHi\n", (1, 1)),
        ("+++\nHi\n", (1, 1)),
    ] {
        let (source, read) = read(text);
        assert_eq!(read.problems.len(), 1, "{text}");
        let problem = &read.problems[0];
        assert_eq!(&*problem.rule, "broken-front-matter");
        let place = source.position(problem.span().start as usize);
        assert_eq!((place.line, place.column), at, "{text} {}", problem.message);
        assert_eq!(read.notes[0].text.as_str(), "Hi");
    }
}

#[test]
fn odd_front_matter_does_no_harm() {
    for text in [
        "---\n---\nHi",
        "+++\n+++\nHi",
        "---\n# only a remark\n---\n\nHi\n",
        "---  \nid: 3\n--- \nHi",
    ] {
        let (_, read) = read(text);
        assert!(read.problems.is_empty(), "{text}: {:?}", read.problems);
        assert_eq!(read.notes[0].text.as_str(), "Hi");
    }
    let (source, read) = read("---\nnote: Hi there\nid: 3\n---\n");
    assert_eq!(read.notes[0].text.as_str(), "Hi there");
    assert_eq!(&source.text[read.notes[0].text.whole().range()], "Hi there");
    assert_eq!(&*read.notes[0].id, "3");
    let (_, read) = self::read("+++\nid = 3\n+++\n \n");
    assert_eq!((read.notes.len(), read.notes[0].text.as_str()), (1, ""));
}

proptest! {
    #[test]
    fn nothing_panics(text in r#"(name|to|facts|: |=|\[|\]|\{|\}|"|'|\||>|&a|\*a|- |é|\n|\n|\r\n|  |\+\+\+\n|---\n|!!str |1|~){0,30}"#) {
        read(&format!("---\n{text}\n---\nHi"));
        read(&format!("+++\n{text}\n+++\nHi"));
        read(&text);
    }
}
