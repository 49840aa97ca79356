//! A baseline written, read again and held against findings.

use super::*;
use crate::note::Note;
use crate::span::FileId;
use crate::text::Text;
use crate::toml_doc;
use crate::toml_doc::Problems;

fn key(words: &str) -> Key {
    Key::of(&Note::new("a", 1, Text::plain(FileId(0), 0, words)), "a.md")
}

fn entry(file: &str, rule: &str, words: &str, count: u32) -> Entry {
    Entry {
        file: file.into(),
        rule: rule.into(),
        key: key(words),
        count,
        span: Span::default(),
    }
}

fn read(text: &str) -> (Baseline, Vec<String>) {
    let mut problems = Problems::new("baseline");
    let table = toml_doc::parse(text, FileId(0), &mut problems);
    let baseline = Baseline::read(&table, &mut problems);
    let shown = problems.found.iter().map(|problem| {
        let line = text[..problem.span().range().start].matches('\n').count() + 1;
        format!("{line}: {}", problem.message)
    });
    (baseline, shown.collect())
}

#[test]
fn what_is_written_can_be_read_whatever_files_are_called() {
    let entries = [
        entry("b.md", "b", "y", 2),
        entry("a \"b\"\n\\\u{202e}é.md", "reason/x", "x", 1),
    ];
    let text = write(&entries);
    assert_eq!(text.lines().count(), 7, "{text}");
    assert!(text.is_char_boundary(0) && !text.contains('\u{202e}'));
    let (baseline, problems) = read(&text);
    assert_eq!(problems, [""; 0]);
    let bare = |entry: &Entry| Entry {
        span: Span::default(),
        ..entry.clone()
    };
    let again: Vec<Entry> = baseline.entries().iter().map(bare).collect();
    assert_eq!(again, [entries[1].clone(), entries[0].clone()]);
    let spans: Vec<u32> = baseline.entries().iter().map(|it| it.span.start).collect();
    let line = |start: &u32| text[..*start as usize].matches('\n').count() + 1;
    assert_eq!(spans.iter().map(line).collect::<Vec<_>>(), [5, 6]);
}

#[test]
fn the_order_of_the_entries_does_not_matter() {
    let (one, two) = (entry("a", "b", "x", 1), entry("a", "a", "y", 1));
    assert_eq!(write(&[one.clone(), two.clone()]), write(&[two, one]));
}

#[test]
fn as_many_findings_as_counted_are_known() {
    let baseline = Baseline::new(vec![entry("a", "r", "x", 2), entry("b", "r", "x", 1)]);
    let met: Vec<bool> = (0..4).map(|_| baseline.meet("r", key("x"))).collect();
    assert_eq!(met, [true, true, true, false]);
    assert!(!baseline.meet("r", key("y")) && !baseline.meet("s", key("x")));
    assert_eq!((baseline.used(0), baseline.used(1)), (2, 1));
}

#[test]
fn a_group_is_known_when_all_of_its_notes_are() {
    let baselines = [Baseline::new(vec![
        entry("a", "r", "x", 1),
        entry("a", "r", "y", 1),
    ])];
    let keys: Vec<_> = ["x", "y", "z"].map(|it| Some((0, key(it)))).to_vec();
    let known = Known {
        baselines: &baselines,
        of_note: &keys,
    };
    assert!(!known.meet_all("r", &[0, 1, 2]));
    assert_eq!(baselines[0].used(0), 0, "nothing was met");
    assert!(known.meet_all("r", &[0, 1]));
    assert!(!known.meet("r", 0), "it is used up");
    assert!(!known.meet_all("r", &[]) && !known.meet("r", 7));
}

#[test]
fn mistakes_have_a_place() {
    let good = "file = 'a', rule = 'r', recipient = '0123456789abcdef', text = '0123456789abcdef'";
    let (baseline, problems) = read(&format!(
        "version = 1\nfindings = [\n {{ {good}, count = 1 }},\n {{ {good}, count = 0 }},\n \
         {{ {good}, count = 1, line = 3 }},\n {{ rule = 'r', recipient = 'x', text = 1 }},\n 7,\n]\nfinding = 1\n"
    ));
    assert_eq!(
        problems,
        [
            "4: `count` must be 1 or more",
            "5: unknown key `line`",
            "6: `file` is missing here",
            "6: `recipient` must be sixteen digits from 0 to f",
            "6: `text` must be text, this is a whole number",
            "6: `count` is missing here",
            "7: a finding must be a table",
            "9: unknown key `finding`",
        ]
    );
    assert_eq!(baseline.entries().len(), 2);
    assert_eq!(read("").1, ["1: `version` is missing here"]);
    let other = read("version = 2\nwhatever = 1\n").1;
    assert_eq!(other.len(), 1, "{other:?}");
    assert!(other[0].starts_with("1: this is version 2"), "{other:?}");
}
