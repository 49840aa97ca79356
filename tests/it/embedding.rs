//! The front door gives the verdicts that the program gives, draft by draft.

use connote::Draft;
use connote::Linter;
use connote::linter::Whereabouts;
use serde_json::Value;

use crate::program::NOW;
use crate::program::connote;
use crate::program::root;

fn draft(object: &Value) -> Draft {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let recipient = &object["recipient"];
    let mut draft = Draft::new(text(&object["note"]).trim())
        .id(text(&object["id"]))
        .first_name(text(&recipient["first_name"]))
        .last_name(text(&recipient["last_name"]))
        .title(text(&recipient["title"]))
        .company(text(&recipient["company"]))
        .industry(text(&recipient["industry"]))
        .location(text(&recipient["location"]));
    if let Some(attempt) = object["attempt"].as_u64() {
        draft = draft.attempt(attempt as u32);
    }
    if object["kind"] == "follow-up" {
        draft = draft.follow_up();
    }
    let list = |key: &str| object[key].as_array().cloned().unwrap_or_default();
    draft = list("allow")
        .iter()
        .fold(draft, |draft, rule| draft.allow(text(rule)));
    list("facts")
        .iter()
        .fold(draft, |draft, fact| draft.fact(text(fact)))
}

#[test]
fn verdicts_are_those_of_the_program() {
    let file = "samples/notes.jsonl";
    let lines = std::fs::read_to_string(root().join(file)).unwrap();
    let objects = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let drafts: Vec<Draft> = objects.map(|object: Value| draft(&object)).collect();
    let now = jiff::Timestamp::from_second(NOW.parse().unwrap()).unwrap();
    let batch = Linter::builder().now(now).build().unwrap().lint(drafts);
    let shown = connote(&["check", "--isolated", "--format", "json", file]);
    let shown: Value = serde_json::from_str(&shown.stdout).unwrap();
    let notes = shown["notes"].as_array().unwrap();
    let diagnostics = shown["diagnostics"].as_array().unwrap();
    assert!(notes.len() > 5 && notes.len() == batch.verdicts.len());
    for (verdict, note) in batch.verdicts.iter().zip(notes) {
        assert_eq!(note["id"], verdict.id.as_str());
        assert_eq!(note["score"].as_u64(), verdict.score.map(u64::from));
        assert_eq!(note["grade"].as_str(), verdict.grade.map(|one| one.name()));
        assert_eq!(note["length"]["utf16"], verdict.length.utf16);
        let rules: Vec<&str> = verdict.findings.iter().map(|one| &*one.rule).collect();
        let expected: Vec<&str> = diagnostics
            .iter()
            .filter(|one| one["note"] == verdict.id.as_str())
            .map(|one| one["rule"].as_str().unwrap())
            .collect();
        assert_eq!(rules, expected, "{}", verdict.id);
        for part in &verdict.parts {
            let expected = &note["parts"][part.part.name()];
            assert_eq!(expected["points"], part.points);
            let starts = part.evidence.iter().map(|one| one.place.bytes.start);
            let expected = expected["evidence"].as_array().unwrap().iter();
            let expected = expected.map(|one| one["start"].as_u64().unwrap() as usize);
            assert!(starts.eq(expected), "{}", verdict.id);
        }
    }
}

#[test]
fn the_document_has_the_places_of_the_texts() {
    let text = "Hi 👋 Ana, I came across your profile and would love to connect.";
    let batch = Linter::new().lint([Draft::new(text).id("form").first_name("Ana")]);
    let document: Value = serde_json::from_str(&batch.to_json()).unwrap();
    assert_eq!(document["version"], 1);
    assert_eq!(document["notes"][0]["text"], text);
    let findings = &batch.verdicts[0].findings;
    let written = document["diagnostics"].as_array().unwrap();
    assert!(!findings.is_empty() && findings.len() == written.len());
    for (finding, written) in findings.iter().zip(written) {
        let Whereabouts::Text(0, place) = &finding.at else {
            panic!("{finding:?}");
        };
        let label = &written["labels"][0];
        assert_eq!(label["path"], "form");
        assert_eq!(label["start"]["byte"], place.bytes.start);
        assert_eq!(label["end"]["byte"], place.bytes.end);
        // Columns count from 1; the text is one line.
        assert_eq!(label["start"]["utf16"], place.utf16.start + 1);
    }
}
