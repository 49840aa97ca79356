//! What is said of notes that are alike, case by case: which of them are copies, whose words are personal, to
//! how many people they go.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use serde_json::json;

use crate::program::outcome;
use crate::program::program;
use crate::similarity::Random;
use crate::similarity::check_values;
use crate::similarity::parsed;

/// The levels of the personal references, and the grades.
fn verdicts(document: &Value) -> Vec<(String, String)> {
    let notes = document["notes"].as_array().unwrap().iter();
    let words = |value: &Value| value.as_str().unwrap().to_owned();
    notes
        .map(|note| {
            (
                words(&note["parts"]["reference"]["level"]),
                words(&note["grade"]),
            )
        })
        .collect()
}

/// The rules and messages of the findings.
fn told(document: &Value) -> Vec<(String, String)> {
    let found = document["diagnostics"].as_array().unwrap().iter();
    let words = |value: &Value| value.as_str().unwrap().to_owned();
    found
        .map(|found| (words(&found["rule"]), words(&found["message"])))
        .collect()
}

const NAMES: [&str; 10] = [
    "Ana", "Ben", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo",
];
const TOPICS: [&str; 10] = [
    "buoys", "ferries", "lamps", "nets", "cranes", "pumps", "ropes", "sails", "kelp", "drones",
];

#[test]
fn a_sentence_that_only_some_notes_of_a_template_have_is_not_personal() {
    let folder = tempfile::tempdir().unwrap();
    let praise = "I loved your talk on tides at PyCon Berlin last May.";
    let note = |at: usize, text: &dyn Fn(&str, &str) -> String| {
        let plan = format!(
            "I am planning {} for a small harbour in the north and would like to ask how you keep salt out of the sensors all winter.",
            TOPICS[at]
        );
        json!({"id": at.to_string(), "first_name": NAMES[at], "note": format!("Hi {}, {}", NAMES[at], text(praise, &plan))})
    };
    let both = |praise: &str, plan: &str| format!("{praise} {plan}");
    let alone = check_values(folder.path(), &[note(0, &both)], "template");
    assert_eq!(verdicts(&alone)[0].0, "specific");
    // In seven of ten; and in all, but now before and now behind.
    let some: Vec<Value> = (0..10)
        .map(|at| match at {
            0..7 => note(at, &both),
            _ => note(at, &|_, plan| plan.to_owned()),
        })
        .collect();
    let moved: Vec<Value> = (0..10)
        .map(|at| match at % 2 {
            0 => note(at, &both),
            _ => note(at, &|praise, plan| format!("{plan} {praise}")),
        })
        .collect();
    for notes in [some, moved] {
        let document = check_values(folder.path(), &notes, "template");
        assert_eq!(document["clusters"][0]["kind"], "template");
        let levels = verdicts(&document);
        assert!(
            levels.iter().all(|(level, _)| level != "specific"),
            "{levels:?}"
        );
    }
}

#[test]
fn an_error_about_a_group_holds_back_each_of_its_notes() {
    let folder = tempfile::tempdir().unwrap();
    let notes: Vec<Value> = (0..25)
        .map(|at| {
            let (name, topic) = (NAMES[at % 10], format!("{} {at}", TOPICS[at % 10]));
            json!({"id": at.to_string(), "first_name": name, "note": format!("Hi {name}, your post on {topic} in the Porto yearbook was a joy. I am planning a harbour and would like to ask how you keep salt out of the sensors all winter. I can send you our drift data.")})
        })
        .collect();
    let few = check_values(folder.path(), &notes[..3], "template");
    assert!(
        verdicts(&few).iter().all(|(_, grade)| grade == "ready"),
        "{:?}",
        verdicts(&few)
    );
    let many = check_values(folder.path(), &notes, "template");
    assert_eq!(many["diagnostics"][0]["severity"], "error");
    assert!(
        verdicts(&many).iter().all(|(_, grade)| grade == "revise"),
        "{:?}",
        verdicts(&many)
    );
}

#[test]
fn the_same_words_are_duplicates_whoevers_name_stands_in_them() {
    let folder = tempfile::tempdir().unwrap();
    let pasted = "Hi Ana, loved your talk. Ana, may I ask you something?";
    let japanese =
        "はじめまして。大変興味深い記事を拝見しました。大規模な計画についてお聞きしたいです。";
    let verb = "I loved your talk on how to target the right box for tides last May.";
    for notes in [
        vec![
            json!({"id": "a", "first_name": "Ana", "note": pasted}),
            json!({"id": "b", "first_name": "Ben", "note": pasted}),
        ],
        vec![
            json!({"id": "a", "first_name": "大輔", "note": japanese}),
            json!({"id": "b", "first_name": "健", "note": japanese}),
        ],
        vec![
            json!({"id": "a", "first_name": "Ana", "company": "Target", "note": format!("Hi Ana, {verb}")}),
            json!({"id": "b", "first_name": "Ben", "company": "Box", "note": format!("Hi Ben, {verb}")}),
        ],
        vec![
            json!({"id": "a", "note": format!("Dear Dr. Silva, {verb}")}),
            json!({"id": "b", "note": format!("Dear Prof. Costa, {verb}")}),
        ],
    ] {
        let document = check_values(folder.path(), &notes, "duplicate,near-duplicate");
        let found: Vec<String> = told(&document).into_iter().map(|it| it.0).collect();
        assert_eq!(found, ["duplicate"], "{notes:?}");
        assert_eq!(document["clusters"][0]["members"], json!(["a", "b"]));
    }
}

#[test]
fn three_notes_with_one_skeleton_are_a_template() {
    let folder = tempfile::tempdir().unwrap();
    // No slot takes three values.
    let fills = [
        ("Ana", "buoys", "winter"),
        ("Ben", "ferries", "winter"),
        ("Cy", "buoys", "summer"),
    ];
    let notes: Vec<Value> = fills
        .iter()
        .map(|(name, topic, season)| json!({"id": name, "first_name": name, "note": format!("Hi {name}, I loved your talk on tides at PyCon Berlin last May. I am planning {topic} and would like to ask how you keep salt out of the sensors all {season}, if you have a minute.")}))
        .collect();
    let document = check_values(folder.path(), &notes, "template,near-duplicate");
    let found: Vec<String> = told(&document).into_iter().map(|it| it.0).collect();
    assert_eq!(found, ["template"]);
    assert!(
        verdicts(&document)
            .iter()
            .all(|(level, _)| level == "generic")
    );
}

#[test]
fn a_title_that_names_the_company_is_what_a_merge_fills_in() {
    let folder = tempfile::tempdir().unwrap();
    let people = [
        ("Ana", "Head of Sales at Acme", "Acme"),
        ("Ben", "Chief Technology Officer at Orbis", "Orbis"),
        ("Cy", "VP Marketing at Umbra", "Umbra"),
    ];
    let notes: Vec<Value> = people
        .iter()
        .map(|(name, title, company)| json!({"id": name, "first_name": name, "title": title, "company": company, "note": format!("Hi {name}, congrats on becoming {title} last week! I would like to ask how you handle tides. I am planning a harbour and can send you our drift data.")}))
        .collect();
    let document = check_values(folder.path(), &notes, "template");
    assert!(
        told(&document)[0]
            .1
            .contains("only name, company and the like differ"),
        "{:?}",
        told(&document)
    );
    assert!(
        verdicts(&document)
            .iter()
            .all(|(level, _)| level == "generic")
    );
}

#[test]
fn an_opening_is_a_whole_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let said = |opening: &dyn Fn(&str) -> String| -> Vec<(String, String)> {
        let notes: Vec<Value> = (0..5)
            .map(|at| json!({"id": at.to_string(), "first_name": NAMES[at], "note": format!("Hi {}{} What do {} cost?", NAMES[at], opening(TOPICS[at]), TOPICS[at + 5])}))
            .collect();
        told(&check_values(folder.path(), &notes, "stale-opening"))
    };
    for different in [
        ", last week I heard Dr. TOPIC on the radio at night.",
        ", you wrote about version 2.0 of TOPIC in May.",
        ", I read with great pleasure your long post\nabout TOPIC.",
        " your talk on TOPIC, which I came to by chance, helped me a lot.",
    ] {
        assert_eq!(
            said(&|topic| different.replace("TOPIC", topic)),
            [],
            "{different}"
        );
    }
    // Wrapped in different places it is one sentence.
    let sentence = "I read with great pleasure what you wrote about salt";
    let wrapped = |topic: &str| {
        let at = 6 + topic.len();
        let words: Vec<&str> = sentence.split(' ').collect();
        format!(
            ",\n\n{}\n{}.",
            words[..at.min(9)].join(" "),
            words[at.min(9)..].join(" ")
        )
    };
    assert_eq!(said(&wrapped).len(), 1);
}

#[test]
fn another_legal_form_makes_no_other_person() {
    let folder = tempfile::tempdir().unwrap();
    let note =
        "Hi Ana, loved your talk on tides in Porto. Could we compare notes on buoys some day?";
    let ana = |id: &str, company: &str, last: &str| json!({"id": id, "first_name": "Ana", "last_name": last, "company": company, "note": note});
    let said = |notes: &[Value]| told(&check_values(folder.path(), notes, "same-company"));
    assert_eq!(
        said(&[ana("a", "Acme", "Silva"), ana("b", "ACME Ltd", "Silva")]),
        []
    );
    let three = [
        ana("a", "Acme", "Silva"),
        ana("b", "Acme", "Silva"),
        ana("c", "Acme", "Costa"),
    ];
    assert!(
        said(&three)[0].1.starts_with("2 people at Acme"),
        "{:?}",
        said(&three)
    );
}

#[test]
fn the_order_of_near_duplicates_does_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    let texts = [
        "gb df ij fc cx ib ef ec",
        "cx df ij fc fe ib ef ec",
        "gb df ij fc fe ib jx ec",
        "gb df ij fc fe dx ef ec",
        "gb df ij fc fe ib hx ec",
    ];
    fs::write(
        folder.path().join("connote.toml"),
        "[rules.near-duplicate]\nsimilarity = 0.3\n",
    )
    .unwrap();
    let mut order = [0, 1, 2, 3, 4];
    let mut random = Random(9);
    let mut seen = BTreeSet::new();
    for _ in 0..40 {
        let (one, other) = (random.below(5), random.below(5));
        order.swap(one, other);
        let lines: String = order
            .iter()
            .map(|at| format!("{}\n", json!({"id": format!("n{at}"), "note": texts[*at]})))
            .collect();
        fs::write(folder.path().join("notes.jsonl"), lines).unwrap();
        let run = outcome(
            program().current_dir(folder.path()).args([
                "check",
                "--exit-zero",
                "--format",
                "json",
                "--select",
                "near-duplicate",
                "notes.jsonl",
            ]),
            b"",
        );
        let document = parsed(&run.stdout);
        seen.insert((
            document["diagnostics"].as_array().unwrap().len(),
            document["clusters"][0]["similarity"].to_string(),
        ));
    }
    assert_eq!(seen.len(), 1, "{seen:?}");
}
