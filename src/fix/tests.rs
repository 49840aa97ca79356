//! Tests that a fix changes its words, in whatever format they stand, and nothing else.

use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::diagnostic::Edit;
use crate::input::InputOptions;
use crate::input::Reader;
use crate::input::format_of;
use crate::source::Source;

fn read(name: &str, text: &str) -> (Sources, Vec<Note>) {
    let source = Source::new(name.into(), text.into());
    let Reader::Text(reader) = format_of(name).reader else {
        panic!("{name} is no text");
    };
    let read = reader(&source, FileId(0), &InputOptions::default());
    assert!(read.problems.is_empty(), "{text:?} {:?}", read.problems);
    let mut sources = Sources::default();
    sources.add(source);
    (sources, read.notes)
}

/// The fix that swaps bytes of a note's words.
fn fix(note: &Note, swaps: &[(Range<usize>, &str)]) -> Fix {
    let edit = |(range, text): &(Range<usize>, &str)| Edit {
        span: note.text.span(range.clone()),
        text: Box::from(*text),
    };
    Fix {
        kind: FixKind::Safe,
        description: Box::from(""),
        edits: swaps.iter().map(edit).collect(),
    }
}

fn apply(text: &str, edits: &[FileEdit]) -> String {
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(edit.start..edit.end, &edit.text);
    }
    text
}

/// The file after the words `old`, which stand once in its note `number`, were swapped for `new`.
fn swap(name: &str, text: &str, number: usize, old: &str, new: &str) -> Option<String> {
    let (sources, notes) = read(name, text);
    let note = &notes[number];
    let at = note.text.as_str().find(old).unwrap();
    let fix = fix(note, &[(at..at + old.len(), new)]);
    file_edits(note, &sources, &fix).map(|edits| apply(text, &edits))
}

#[track_caller]
fn becomes(name: &str, text: &str, swapped: (&str, &str), expected: &str) {
    let found = swap(name, text, 0, swapped.0, swapped.1);
    assert_eq!(found.as_deref(), Some(expected));
}

#[test]
fn words_are_escaped_for_their_place() {
    becomes(
        "a.md",
        "+++\nto = 'Ana'\n+++\r\nHi  Ana",
        ("  ", " "),
        "+++\nto = 'Ana'\n+++\r\nHi Ana",
    );
    becomes(
        "a.md",
        "\u{feff}Hi.\r\nBye",
        ("Hi.", "a\nb"),
        "\u{feff}a\r\nb\r\nBye",
    );
    becomes(
        "a.csv",
        "note,x\n\"a, \"\"b\"\"\",c\n",
        ("\"b\"", "\"d\" e"),
        "note,x\n\"a, \"\"d\"\" e\",c\n",
    );
    becomes(
        "a.csv",
        "x,note\n1,\"a\r\nb\"\r\n",
        ("b", "c\nd"),
        "x,note\n1,\"a\r\nc\r\nd\"\r\n",
    );
    becomes(
        "a.json",
        r#"[{"note":"a\u00e9 b","x":"y"}]"#,
        ("b", "ö\"😀\n"),
        r#"[{"note":"a\u00e9 \u00f6\"\ud83d\ude00\n","x":"y"}]"#,
    );
    becomes(
        "a.jsonl",
        r#"{"note":"aé b"}"#,
        ("b", "ö\\"),
        r#"{"note":"aé ö\\"}"#,
    );
    becomes(
        "a.jsonl",
        r#"{"note":"a \ud83d\ude00 b"}"#,
        (" 😀", ""),
        r#"{"note":"a b"}"#,
    );
    becomes(
        "a.toml",
        "[[a]]\nnote = \"x y\" # z\n",
        ("y", "\"\\\n"),
        "[[a]]\nnote = \"x \\\"\\\\\\n\" # z\n",
    );
    becomes(
        "a.toml",
        "[[a]]\nnote = 'x y'\n",
        ("y", "\\\""),
        "[[a]]\nnote = 'x \\\"'\n",
    );
}

#[test]
fn a_cell_gets_quotes_when_it_needs_them() {
    becomes(
        "a.csv",
        "x,note,y\n1, a \"b\" c ,2\n",
        ("c", "d, e"),
        "x,note,y\n1,\" a \"\"b\"\" d, e \",2\n",
    );
    becomes(
        "a.csv",
        "x;note\n1;a b\n",
        ("b", "c, d"),
        "x;note\n1;a c, d\n",
    );
    becomes(
        "a.csv",
        "x;note\n1;a b",
        ("b", "c; d"),
        "x;note\n1;\"a c; d\"",
    );
    becomes(
        "a.csv",
        "note,x\na \"b\",2\n",
        ("a ", ""),
        "note,x\n\"\"\"b\"\"\",2\n",
    );
    becomes(
        "a.tsv",
        "note\tx\r\na b\t2\r\n",
        (" ", "\n"),
        "note\tx\r\n\"a\r\nb\"\t2\r\n",
    );
    becomes(
        "a.csv",
        "note\na b, c\n",
        ("b, c", "d, e"),
        "note\na d, e\n",
    );
}

#[test]
fn what_cannot_be_written_safely_is_refused() {
    let none = |name: &str, text: &str, old: &str, new: &str| {
        assert_eq!(swap(name, text, 0, old, new), None, "{text}");
    };
    none("a.md", "Hi Ana", "Hi Ana", " \n");
    none("a.md", "x ---\nHi", "x ", "");
    none("a.md", "---\nnote: \"a b\"\n---\n", "b", "c");
    none("a.md", "a\rx\nb", "x", "");
    none("a.toml", "[[a]]\nnote = 'x y'\n", "y", "it's");
    none("a.toml", "[[a]]\nnote = \"x \\\"y\"\n", "y", "z");
    none("a.toml", "[[a]]\nnote = \"\"\"x y\"\"\"\n", "y", "z");
    none("a.json", r#"{"note": 55}"#, "5", "6");
    none("a.json", r#"{"note":"\ud83dx\ude00"}"#, "x", "");
    none("a.csv", "note,x\n\"a b\" c,2\n", "b", "d");
    none("a.csv", "note,x\n\"a =b\",2\n", "a ", "");
}

#[test]
fn a_fix_with_blanks_or_elsewhere_is_refused() {
    let (sources, notes) = read("a.csv", "note\n\"a b\"\n\"c d\"\n");
    let mut blanks = fix(&notes[0], &[(0..1, "___")]);
    blanks.kind = FixKind::HasBlanks;
    assert_eq!(file_edits(&notes[0], &sources, &blanks), None);
    let other = fix(&notes[1], &[(0..1, "x")]);
    assert_eq!(file_edits(&notes[0], &sources, &other), None);
    let overlapping = fix(&notes[0], &[(0..2, "x"), (1..3, "y")]);
    assert_eq!(file_edits(&notes[0], &sources, &overlapping), None);
    assert_eq!(file_edits(&notes[0], &sources, &fix(&notes[0], &[])), None);
    let two = fix(&notes[0], &[(2..3, "y"), (0..1, "x")]);
    let edits = file_edits(&notes[0], &sources, &two).unwrap();
    assert_eq!(
        apply(&sources.get(FileId(0)).text, &edits),
        "note\n\"x y\"\n\"c d\"\n"
    );
}

fn json(words: &str) -> String {
    serde_json::Value::from(words).to_string()
}

fn ascii(words: &str) -> String {
    let escape = |letter: char| match letter.is_ascii() {
        true => letter.to_string(),
        false => {
            let units = letter.encode_utf16(&mut [0; 2]).to_vec();
            units.iter().map(|unit| format!("\\u{unit:04X}")).collect()
        }
    };
    json(words).chars().map(escape).collect()
}

/// Files with the same words as their second note, or the only one.
fn files(words: &str) -> Vec<(&'static str, String)> {
    let quoted = words.replace('"', "\"\"");
    let open: String = words
        .chars()
        .filter(|letter| !matches!(letter, ',' | '\n' | '\r'))
        .collect();
    vec![
        ("a.md", words.to_owned()),
        (
            "a.md",
            format!("\u{feff}+++\r\nto = \"Zoë\"\r\n+++\r\n\r\n{words}\r\n"),
        ),
        ("a.txt", format!("---\nto: Zoë 👋\n---\n{words}")),
        (
            "a.csv",
            format!("to,note\nBo,\"x\"\"\r\ny\"\n\"Zo\"\"ë\",\"{quoted}\"\nCy, z \n"),
        ),
        (
            "a.csv",
            format!("\u{feff}to,note,x\r\nBo,x,1\r\nZoë, {open} ,\"2\"\r\nCy,z,3\r\n"),
        ),
        ("a.tsv", format!("note\tto\rx\tBo\r\"{quoted}\"\tZoë\r")),
        (
            "a.json",
            format!(
                "[{{\"note\":\"x\"}},\n{{\"to\": \"Zoë\", \"note\": {}}}]",
                json(words)
            ),
        ),
        (
            "a.json",
            format!(
                "{{\"notes\":[\"x\",{{\"note\":{},\"a\":[1]}}]}}",
                ascii(words)
            ),
        ),
        (
            "a.jsonl",
            format!(
                "{{\"note\":\"x\"}}\r\n{{\"note\":{}, \"x\":[\"é\"]}}\r\n{{\"note\":\"y\"}}",
                json(words)
            ),
        ),
        (
            "a.toml",
            format!(
                "[[a]]\nnote = 'x'\n[[a]]\nnote = \"{}\"\nto = 'Zoë'\n",
                open.replace(['\\', '"'], "")
            ),
        ),
    ]
}

/// What a note says besides its words, without the places, which move.
fn rest(note: &Note) -> Vec<String> {
    let field = |field: &crate::note::Field| crate::note::field_str(field).map(str::to_owned);
    let extra = note.extra.iter();
    let extra = extra.map(|(name, value)| format!("{name}={}", value.value));
    let name = field(&note.recipient.first_name).unwrap_or_default();
    extra.chain([name]).collect()
}

fn check(name: &str, text: &str, swaps: &[(Index, Index, String)]) -> bool {
    let (sources, notes) = read(name, text);
    let number = usize::from(notes.len() > 1);
    let note = &notes[number];
    let words = note.text.as_str();
    let ends: Vec<usize> = words
        .char_indices()
        .map(|it| it.0)
        .chain([words.len()])
        .collect();
    let mut ranges: Vec<(Range<usize>, &str)> = Vec::new();
    for (from, to, new) in swaps {
        let (from, to) = (*from.get(&ends), *to.get(&ends));
        let range = from.min(to)..from.max(to);
        if ranges
            .iter()
            .all(|(other, _)| other.end < range.start || range.end < other.start)
        {
            ranges.push((range, new));
        }
    }
    let fix = fix(note, &ranges);
    // Not computed by the code under test: from the last to the first.
    let mut expected = words.to_owned();
    ranges.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, new) in &ranges {
        let lines = new.replace("\r\n", "\n").replace('\r', "\n");
        expected.replace_range(range.clone(), &lines);
    }
    assert_eq!(fixed_words(note, &fix).as_deref(), Some(expected.trim()));
    let Some(edits) = file_edits(note, &sources, &fix) else {
        return false;
    };
    let after = apply(text, &edits);
    let (_, again) = read(name, &after);
    assert_eq!(again.len(), notes.len(), "{text:?} {after:?}");
    for (at, (old, new)) in notes.iter().zip(&again).enumerate() {
        let words = match at == number {
            true => expected.trim(),
            false => old.text.as_str(),
        };
        assert_eq!(new.text.as_str(), words, "{text:?} {after:?}");
        assert_eq!(rest(new), rest(old));
    }
    // What stands before the note and behind it is the same, byte for byte.
    let whole = note.text.whole().range();
    let first = edits
        .iter()
        .map(|edit| edit.start)
        .min()
        .unwrap()
        .min(whole.start);
    let last = edits
        .iter()
        .map(|edit| edit.end)
        .max()
        .unwrap()
        .max(whole.end);
    assert_eq!(&after[..first], &text[..first]);
    assert!(after.ends_with(&text[last..]));
    true
}

const WORDS: &str = r#"[a-z]([ "',;\\\t\n\r\u{301}é👋ש{}:+=-]|[a-z]|\PC){0,30}[a-z]"#;
const NEW: &str = r#"([ "',;\\\t\n\réö👋=+-]|[a-z]|\PC){0,6}"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_fix_changes_its_words_and_nothing_else(
        words in WORDS,
        swaps in prop::collection::vec((any::<Index>(), any::<Index>(), NEW), 1..4),
    ) {
        for (name, text) in files(&words) {
            check(name, &text, &swaps);
        }
    }

    #[test]
    fn simple_fixes_are_never_refused(
        words in "[a-z]{3}([ ,\"é👋\n]|[a-z]){0,30}[a-z]{3}",
        swaps in prop::collection::vec((any::<Index>(), any::<Index>(), "[a-zé, ]{1,4}x"), 1..3),
    ) {
        for (name, text) in files(&words) {
            prop_assert!(check(name, &text, &swaps), "{text:?}");
        }
    }
}
