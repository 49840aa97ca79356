//! What a run says of notes that resemble each other, told from outside: against a comparison of all
//! with all written anew here, in any order, on any number of threads.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use serde_json::json;

use crate::contract;
use crate::program::outcome;
use crate::program::program;

/// The rules between notes.
const RULES: &str = "duplicate,near-duplicate,template,same-company,stale-opening";

/// Numbers that look random and are the same in each run (xorshift, Marsaglia 2003).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}

/// Notes of made-up words: some of their own, some changed from an earlier one by a few words.
fn batch(seed: u64, count: usize) -> Vec<(String, String)> {
    let mut random = Random(seed * 2 + 1);
    let mut texts: Vec<Vec<String>> = Vec::new();
    for _ in 0..count {
        let words = match texts.len() {
            known if known > 0 && random.below(10) < 6 => {
                let mut words = texts[random.below(known)].clone();
                for _ in 0..random.below(6) {
                    let at = random.below(words.len());
                    words[at] = format!("word{}", random.below(400));
                }
                words
            }
            _ => (0..10 + random.below(30))
                .map(|_| format!("word{}", random.below(400)))
                .collect(),
        };
        texts.push(words);
    }
    let note = |(number, words): (usize, &Vec<String>)| (format!("n{number:04}"), words.join(" "));
    texts.iter().enumerate().map(note).collect()
}

fn write(folder: &Path, notes: &[(String, String)]) {
    let lines: String = notes
        .iter()
        .map(|(id, note)| format!("{}\n", json!({"id": id, "note": note})))
        .collect();
    fs::write(folder.join("notes.jsonl"), lines).unwrap();
}

/// The document of a run over `notes.jsonl` in a folder.
fn check(folder: &Path, threads: &str, rules: &str) -> String {
    let run = outcome(
        program()
            .current_dir(folder)
            .env("RAYON_NUM_THREADS", threads)
            .args(["check", "--isolated", "--exit-zero", "--format", "json"])
            .args(["--select", rules, "notes.jsonl"]),
        b"",
    );
    assert_eq!((run.status, &*run.stderr), (0, ""));
    run.stdout
}

pub(crate) fn parsed(document: &str) -> Value {
    serde_json::from_str(document).unwrap()
}

fn members(cluster: &Value) -> Vec<String> {
    let ids = cluster["members"].as_array().unwrap().iter();
    ids.map(|id| id.as_str().unwrap().to_owned()).collect()
}

/// Who belongs together when all are compared with all: the Jaccard index of word pairs, six tenths.
fn brute_force(notes: &[(String, String)]) -> BTreeSet<Vec<String>> {
    let pairs: Vec<BTreeSet<(&str, &str)>> = notes
        .iter()
        .map(|(_, note)| {
            let words: Vec<&str> = note.split(' ').collect();
            words.windows(2).map(|pair| (pair[0], pair[1])).collect()
        })
        .collect();
    let mut group: Vec<usize> = (0..notes.len()).collect();
    for right in 0..notes.len() {
        for left in 0..right {
            let shared = pairs[left].intersection(&pairs[right]).count();
            let either = pairs[left].len() + pairs[right].len() - shared;
            if shared * 10 >= either * 6 {
                let (from, to) = (group[right], group[left]);
                group
                    .iter_mut()
                    .filter(|it| **it == from)
                    .for_each(|it| *it = to);
            }
        }
    }
    let mut members: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (number, (id, _)) in notes.iter().enumerate() {
        members.entry(group[number]).or_default().push(id.clone());
    }
    members.into_values().filter(|it| it.len() > 1).collect()
}

/// Who belongs together by the program: what the clusters of copies, of near-duplicates and of
/// templates link.
fn found(document: &Value) -> BTreeSet<Vec<String>> {
    let mut groups: Vec<BTreeSet<String>> = Vec::new();
    for cluster in document["clusters"].as_array().unwrap() {
        if !["duplicate", "near-duplicate", "template"].contains(&cluster["kind"].as_str().unwrap())
        {
            continue;
        }
        let mut all: BTreeSet<String> = members(cluster).into_iter().collect();
        groups.retain(|group| {
            let apart = group.is_disjoint(&all);
            if !apart {
                all.extend(group.iter().cloned());
            }
            apart
        });
        groups.push(all);
    }
    let sorted = groups.into_iter().map(|it| it.into_iter().collect());
    sorted.collect()
}

#[test]
fn all_that_is_alike_is_found_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut groups = 0;
    for seed in 1..=20 {
        let notes = batch(seed, 60);
        write(folder.path(), &notes);
        let document = parsed(&check(folder.path(), "2", RULES));
        assert_eq!(
            contract::breaches(&document, folder.path()),
            Vec::<String>::new()
        );
        let expected = brute_force(&notes);
        groups += expected.len();
        assert_eq!(found(&document), expected, "seed {seed}");
    }
    assert!(groups > 100, "the batches must have groups: {groups}");
}

#[test]
fn threads_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &batch(77, 3000));
    let one = check(folder.path(), "1", RULES);
    assert!(one.contains("\"near-duplicate\""));
    for threads in ["2", "3", "7"] {
        assert!(one == check(folder.path(), threads, RULES), "{threads}");
    }
}

/// Notes of one template: each with its own topic and, for the reader, a name and a job.
fn templated() -> Vec<Value> {
    let people = [
        (
            "Ana",
            "baker",
            "sourdough in the night trains to Vienna, which I took last May",
        ),
        ("Ben", "pilot", "sea fog"),
        ("Cy", "nurse", "wooden wheels"),
        ("Di", "welder", "bees on the roof of the opera"),
        ("Ed", "tailor", "felt"),
    ];
    let note = |(number, (name, title, topic)): (usize, &(&str, &str, &str))| {
        json!({
            "id": format!("n{number}"), "first_name": name, "title": title,
            "note": format!("Hi {name}, your talk on kelp in Bergen was a joy and as a {title} you will know {topic}. I'm planning a farm in Oban and would like to ask about ropes. Happy to send you our test results."),
        })
    };
    people.iter().enumerate().map(note).collect()
}

pub(crate) fn check_values(folder: &Path, notes: &[Value], rules: &str) -> Value {
    let lines: String = notes.iter().map(|note| format!("{note}\n")).collect();
    fs::write(folder.join("notes.jsonl"), lines).unwrap();
    parsed(&check(folder, "2", rules))
}

#[test]
fn a_skeleton_does_not_depend_on_the_order() {
    let folder = tempfile::tempdir().unwrap();
    let notes = templated();
    let clusters = |notes: &[Value]| {
        let document = check_values(folder.path(), notes, "template");
        document["clusters"].clone()
    };
    let expected = clusters(&notes);
    assert_eq!(
        expected[0]["skeleton"],
        json!([
            {"text": "Hi "}, {"slot": 1}, {"text": ", your talk on kelp in Bergen was a joy and as a "}, {"slot": 2},
            {"text": " you will know "}, {"slot": 3},
            {"text": ". I'm planning a farm in Oban and would like to ask about ropes. Happy to send you our test results."}
        ])
    );
    let mut shuffled = notes.clone();
    let mut random = Random(5);
    for _ in 0..30 {
        let (one, other) = (random.below(notes.len()), random.below(notes.len()));
        shuffled.swap(one, other);
        assert_eq!(clusters(&shuffled), expected);
    }
}

#[test]
fn what_stands_in_a_template_is_no_personal_reference() {
    let folder = tempfile::tempdir().unwrap();
    let notes = templated();
    let reference = |document: &Value, note: usize| {
        let part = &document["notes"][note]["parts"]["reference"];
        part["level"].as_str().unwrap().to_owned()
    };
    let alone = check_values(folder.path(), &notes[1..2], "template");
    assert_eq!(reference(&alone, 0), "specific");
    let together = check_values(folder.path(), &notes, "template");
    for note in 0..notes.len() {
        assert_eq!(reference(&together, note), "generic", "note {note}");
    }
    let score = |document: &Value| document["notes"][0]["score"].as_u64().unwrap();
    assert!(score(&together) < score(&alone));
    // The same words in notes that have nothing else in common stay personal.
    let mut apart = notes[1..2].to_vec();
    apart.push(
        json!({"id": "m1", "note": "Which boat do you take to the outer islands in winter?"}),
    );
    assert_eq!(
        reference(&check_values(folder.path(), &apart, "template"), 0),
        "specific"
    );
}

#[test]
fn near_duplicates_are_told_where_no_rule_tells_of_the_template() {
    let folder = tempfile::tempdir().unwrap();
    let found = |rules: &str| {
        let document = check_values(folder.path(), &templated(), rules);
        let all = document["diagnostics"].as_array().unwrap().clone();
        let rules: Vec<String> = all
            .iter()
            .map(|found| found["rule"].as_str().unwrap().to_owned())
            .collect();
        rules
    };
    assert_eq!(found("template,near-duplicate"), ["template"]);
    let alone = found("near-duplicate");
    assert!(alone.len() >= 3, "{alone:?}");
    assert!(alone.iter().all(|rule| rule == "near-duplicate"));
}

#[test]
fn an_empty_batch_and_notes_without_words_are_like_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let notes: Vec<Value> = ["", " ", "👋", "👋", "...", "...", "\u{200b}"]
        .iter()
        .enumerate()
        .map(|(number, note)| json!({"id": format!("n{number}"), "note": note}))
        .collect();
    let document = check_values(folder.path(), &notes, RULES);
    assert_eq!(document["clusters"], json!([]));
}
