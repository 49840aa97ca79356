//! All words of a note weighed together: what they may settle, and what they may not.

use std::fs;

use serde_json::Value;
use serde_json::json;

use crate::program::connote;

/// The rules that weigh words, to leave them out.
const WEIGHING: &str =
    "reference/on-the-whole,reason/on-the-whole,value/on-the-whole,pitch-on-the-whole";
/// A request only by one of its phrases.
const NO_REASON: &str = "Hi Ana, impressive profile! Please give me a chance to connect.";
/// Speaks to somebody in particular, but in no phrase that a signal knows.
const REFERENCE: &str = "the lad who carried the drum for you at the Orkney parade was my brother. He talks of it every Sunday.";

/// The notes of a file, as they are judged.
fn judged(notes: &[Value], more: &[&str]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.jsonl");
    let lines: Vec<String> = notes.iter().map(Value::to_string).collect();
    fs::write(&path, lines.join("\n")).unwrap();
    let mut arguments = vec!["check", "--isolated", "--format", "json"];
    arguments.extend(more);
    arguments.push(path.to_str().unwrap());
    let found = connote(&arguments);
    assert!(found.status < 2, "{}{}", found.stdout, found.stderr);
    let found: Value = serde_json::from_str(&found.stdout).unwrap();
    found["notes"].as_array().unwrap().clone()
}

fn alone(note: &str, more: &[&str]) -> Value {
    judged(&[json!({"note": note})], more)[0]["parts"].clone()
}

/// Judges a note with a pack of one's own.
fn with_pack(note: &str, pack: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    fs::write(&path, format!("[pack]\nname = \"own\"\n{pack}")).unwrap();
    alone(note, &["--pack", path.to_str().unwrap()])
}

#[test]
fn a_level_that_is_settled_says_what_phrases_gave() {
    let lowered = &alone(NO_REASON, &[])["reason"];
    assert_eq!(
        (&lowered["level"], &lowered["signals"]),
        (&json!("generic"), &json!("specific"))
    );
    let raised = &alone(&format!("Tilda, {REFERENCE}"), &[])["reference"];
    assert_eq!(
        (&raised["level"], &raised["signals"]),
        (&json!("specific"), &json!("none"))
    );
    assert_eq!(raised["evidence"][0]["signal"], "reference/on-the-whole");
}

#[test]
fn without_the_rules_that_weigh_phrases_have_the_last_word() {
    for (note, part, level) in [
        (NO_REASON, "reason", "specific"),
        (REFERENCE, "reference", "none"),
    ] {
        let found = &alone(note, &["--ignore", WEIGHING])[part];
        assert_eq!(
            (&found["level"], found.get("signals")),
            (&json!(level), None)
        );
    }
}

#[test]
fn a_signal_of_ones_own_pack_is_never_overruled() {
    let pack = r#"
[[rule]]
id = "reason/our-chance"
kind = "signal"
part = "reason"
strength = "specific"
phrases = ["give me a chance"]
"#;
    assert_eq!(with_pack(NO_REASON, pack)["reason"]["level"], "specific");
    let other = pack.replace("give me", "give her");
    assert_eq!(with_pack(NO_REASON, &other)["reason"]["level"], "generic");
}

#[test]
fn a_fact_that_was_given_is_never_overruled() {
    let fact = |facts: Value| {
        let note = json!({"note": "Hi Ana, kelp from Oban. Let's connect!", "facts": facts});
        judged(&[note], &[])[0]["parts"]["reference"]["level"].clone()
    };
    assert_eq!(fact(json!(["She grows kelp at Oban"])), "specific");
    assert_ne!(fact(json!([])), "specific");
}

#[test]
fn words_that_others_get_too_never_make_a_reference() {
    let names = ["Tilda", "Bo", "Cleo", "Dag", "Efe"];
    let note = |name: &&str| json!({"first_name": name, "note": format!("{name}, {REFERENCE}")});
    let notes: Vec<Value> = names.iter().map(note).collect();
    assert_eq!(
        judged(&notes[..1], &[])[0]["parts"]["reference"]["level"],
        "specific"
    );
    for note in judged(&notes, &[]) {
        assert_ne!(note["parts"]["reference"]["level"], "specific", "{note}");
    }
}

#[test]
fn a_rule_that_weighs_settles_notes_in_its_language_only() {
    // Whatever is expected is enough: every note that it reads is specific.
    let pack = r#"
[[rule]]
id = "value/our-whole"
kind = "weighed"
language = "en"
part = "value"
generic = 0
specific = 0
"#;
    let english = "Hi Tom, please accept my invitation.";
    let german = "Hallo Jana, bitte nimm meine Einladung an, viele Grüße aus Wien.";
    assert_eq!(with_pack(english, pack)["value"]["level"], "specific");
    assert_ne!(with_pack(german, pack)["value"]["level"], "specific");
}

#[test]
fn steps_that_make_no_sense_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("connote.toml");
    fs::write(&path, "[rules.\"value/on-the-whole\"]\ngeneric = 1.8\n").unwrap();
    let found = connote(&[
        "check",
        "--config",
        path.to_str().unwrap(),
        "samples/drafts",
    ]);
    assert_eq!(found.status, 2, "{}", found.stdout);
    assert!(
        found.stdout.contains("must not be above `specific`"),
        "{}",
        found.stdout
    );
}

/// The figures for notes that weights have not seen, against those by phrases alone.
#[test]
fn weighing_beats_phrases_on_notes_that_it_has_not_seen() {
    let corpus = ["samples/corpus/fresh.jsonl", "samples/corpus/voices.jsonl"];
    let stats = |more: &[&str]| -> Value {
        let begin = ["rules", "stats", "--isolated", "--format", "json"];
        let found = connote(&[&begin, more, &corpus].concat());
        assert_eq!(found.status, 0, "{}", found.stderr);
        serde_json::from_str(&found.stdout).unwrap()
    };
    let (phrases, weighed) = (stats(&["--ignore", WEIGHING]), stats(&["--folds", "2"]));
    let of = |found: &Value, part: &str| found["parts"][part]["kappa"].as_f64().unwrap();
    for (part, least) in [("reference", 0.09), ("reason", 0.2), ("value", 0.1)] {
        let gain = of(&weighed, part) - of(&phrases, part);
        assert!(gain >= least, "{part}: {gain}");
        // The rule itself is told to be worth as much.
        let rows = weighed["rules"].as_array().unwrap();
        let row = rows
            .iter()
            .find(|row| row["id"] == format!("{part}/on-the-whole"))
            .unwrap();
        assert!(
            (row["worth"].as_f64().unwrap() - gain).abs() < 1e-9,
            "{row}"
        );
        assert!(
            row["right"].as_u64() > Some(row["hits"].as_u64().unwrap() / 2),
            "{row}"
        );
    }
}

#[test]
fn weights_are_printed_as_a_table_and_the_same_each_time() {
    let learn = || connote(&["rules", "weigh", "samples/corpus/fresh.jsonl"]);
    let (one, two) = (learn(), learn());
    assert_eq!((one.status, &*one.stderr), (0, ""));
    assert_eq!(one.stdout, two.stdout);
    let rows: Vec<Vec<&str>> = one
        .stdout
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect())
        .collect();
    assert!(rows.len() > 100 && rows[0][0] == "<cut>=1");
    for row in rows {
        assert!(
            row.len() == 5 && row[1..].iter().all(|cell| cell.parse::<i32>().is_ok()),
            "{row:?}"
        );
    }
    let none = connote(&["rules", "weigh", "samples/batch.csv"]);
    assert_eq!((none.status, &*none.stdout), (2, ""));
    assert!(none.stderr.contains("no note here has labels"));
}
