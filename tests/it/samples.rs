//! Every sample in every format against a recorded expectation, and what the samples must show.
//!
//! `CONNOTE_BLESS=1 TRYCMD=overwrite cargo test --test it` records what the program says now (here,
//! in `cmd` and in the README) and then fails, so that nobody blesses by accident. Read the
//! difference before you commit it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::LazyLock;

use connote::input::FORMATS;
use connote::input::PROBLEMS;
use connote::input::format_of;
use rayon::prelude::*;
use serde_json::Value;

use crate::contract;
use crate::program::connote;
use crate::program::root;

/// The formats that are recorded. Those for other programs say the same in other words, and are held against
/// their definitions: see `exchange`.
const RECORDED: [&str; 4] = ["terminal", "short", "json", "jsonl"];

/// Rules that no sample shows, and why.
const NOT_SHOWN: &[(&str, &str)] = &[
    (
        "stale-opening",
        "takes a fifth of all samples; see tests/cmd/stale-opening.toml",
    ),
    (
        "send-pace",
        "takes more than a hundred send times; its examples show it",
    ),
    (
        "pending-many",
        "takes a hundred invitations; its examples show it",
    ),
    (
        "pending-too-many",
        "takes two hundred invitations; its examples show it",
    ),
    (
        "weekly-pace",
        "takes a hundred invitations; its examples show it",
    ),
    (
        "acceptance-low",
        "takes thirty invitations; its examples show it",
    ),
    (
        "personal-notes-left",
        "the samples are of a paid account; its examples show it",
    ),
];

/// Problems with the input that no sample shows, and why.
const PROBLEMS_NOT_SHOWN: &[(&str, &str)] = &[
    ("file-too-large", "a file of that size has no place here"),
    ("broken-workbook", "a workbook cannot be read in a review"),
];

/// Notes that show how it is done: no warning, and all three parts specific.
const EXCELLENT: &[&str] = &[
    "samples/drafts/ingrid-cold-chain.md:9",
    "samples/drafts/rahul-night-trains.txt:1",
    "samples/drafts/wanjiru-tea.note:8",
    "samples/drafts/follow-up-jonas.md:5",
    "b01",
    "j01",
    "k01",
    "t01",
];

/// The words that some findings must point at, in the bytes of the file.
const WORDS: &[(&str, &str, &str)] = &[
    ("batch.csv", "wrong-greeting-name", "Sandra"),
    ("batch.csv", "other-recipient", "Tom"),
    ("batch.csv", "other-company", "Frutas Norte"),
    ("batch.csv", "shouted-name", "GRETA"),
    ("notes.jsonl", "pitch-return", "won't call again, but"),
    (
        "drafts/came-across.md",
        "stock-opening",
        "came across your profile",
    ),
    ("drafts/came-across.md", "wordy", "in order to"),
    (
        "drafts/chatbot.md",
        "markup-leftover",
        "**customs warehouses**",
    ),
    (
        "drafts/default-text.txt",
        "default-invitation",
        "add you to my professional network",
    ),
    ("drafts/drone-round.txt", "doubled-word", "the the"),
    ("drafts/drone-round.txt", "team-rival", "Seabridge"),
    ("drafts/merge-gone-wrong.md", "spintax", "{Hi|Hello|Hey}"),
    (
        "drafts/merge-gone-wrong.md",
        "unfilled-placeholder",
        "{{first_name}}",
    ),
    ("drafts/so-excited.note", "emoji-run", "🎉🎉🎉"),
    ("hostile/bidi.txt", "unfilled-placeholder", "[First Name]"),
    ("hostile/bom.csv", "unfilled-placeholder", "[Company]"),
    ("hostile/bom.csv", "emoji-run", "🎉🎉🎉"),
    (
        "hostile/crlf-and-tabs.md",
        "please-accept",
        "Please accept my\tinvitation",
    ),
    (
        "hostile/escapes.jsonl",
        "emoji-run",
        "\\ud83d\\ude80\\ud83d\\ude80\\ud83d\\ude80",
    ),
    (
        "hostile/escapes.jsonl",
        "stock-opening",
        "came across your profile",
    ),
    ("hostile/rtl.txt", "unfilled-placeholder", "{{first_name}}"),
    ("hostile/wide.txt", "unfilled-placeholder", "{{name}}"),
    ("broken/attempt.md", "bad-attempt", "twice"),
    ("broken/attempt.md", "unknown-kind", "folow-up"),
    ("broken/lines.jsonl", "duplicate-id", "l1"),
];

/// All files with drafts, as paths below `samples`.
fn samples() -> Vec<String> {
    let mut found = Vec::new();
    collect(&root().join("samples"), &mut found);
    found.retain(|path| !path.ends_with(".toml") && !path.starts_with('.'));
    // Looked at in `corpus` and `workflows`.
    found.retain(|path| !path.starts_with("corpus/") && !path.starts_with("ci/"));
    found.sort();
    assert!(found.len() > 30, "the samples were not found");
    found
}

fn collect(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else {
            let path = path.strip_prefix(root().join("samples")).unwrap();
            found.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
}

/// What the program prints for each sample in each format. The sample without a name is the whole
/// folder.
static RENDERED: LazyLock<BTreeMap<(String, &str), String>> = LazyLock::new(|| {
    let mut samples = samples();
    samples.push(String::new());
    let jobs: Vec<(String, &str)> = samples
        .iter()
        .flat_map(|sample| RECORDED.iter().map(|name| (sample.clone(), *name)))
        .collect();
    jobs.into_par_iter()
        .map(|(sample, format)| {
            let shown = run(&sample, format);
            ((sample, format), shown)
        })
        .collect()
});

fn render(sample: &str, format: &'static str) -> &'static str {
    &RENDERED[&(sample.to_owned(), format)]
}

fn run(sample: &str, format: &str) -> String {
    let path = format!("samples/{sample}");
    let path = path.trim_end_matches('/');
    let fixed = ["check", "--no-exclude", "--color", "never", "--width", "80"];
    let outcome = connote(&[&fixed[..], &["--format", format, path]].concat());
    assert!(outcome.status < 2, "{path}: {}", outcome.stderr);
    assert_eq!(outcome.stderr, "", "{path}");
    outcome.stdout
}

fn document(sample: &str) -> Value {
    serde_json::from_str(render(sample, "json")).unwrap()
}

fn expected() -> PathBuf {
    root().join("tests/it/expected")
}

/// Compares with what is recorded, or records. Returns what is wrong.
fn compare(name: &str, actual: &str) -> Option<String> {
    let path = expected().join(name);
    let recorded = fs::read_to_string(&path).ok();
    if recorded.as_deref() == Some(actual) {
        return None;
    }
    if std::env::var_os("CONNOTE_BLESS").is_some_and(|value| value == "1") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
        return Some(format!(
            "{name}: recorded; read it, then run without CONNOTE_BLESS"
        ));
    }
    let Some(recorded) = recorded else {
        return Some(format!("{name}: nothing is recorded"));
    };
    let mut pairs = recorded.lines().zip(actual.lines()).enumerate();
    let differing = pairs.find(|(_, (before, now))| before != now);
    Some(match differing {
        Some((line, (before, now))) => {
            let (before, now) = parts(before, now);
            format!(
                "{name}:{}:\n  recorded: {before}\n  now:      {now}",
                line + 1
            )
        }
        None => format!("{name}: one is longer"),
    })
}

/// Two lines from a little before where they begin to differ.
fn parts(before: &str, now: &str) -> (String, String) {
    let same = before.chars().zip(now.chars()).take_while(|(a, b)| a == b);
    let start = same.count().saturating_sub(40);
    let part = |line: &str| line.chars().skip(start).take(120).collect();
    (part(before), part(now))
}

fn all_as_recorded(formats: &[&'static str]) {
    let mut wrong = Vec::new();
    for sample in samples() {
        for format in formats {
            let actual = render(&sample, format);
            wrong.extend(compare(&format!("{sample}.{format}.txt"), actual));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_sample_is_as_recorded_in_the_terminal() {
    all_as_recorded(&["terminal"]);
}

#[test]
fn every_sample_is_as_recorded_in_all_other_formats() {
    all_as_recorded(&["short", "json", "jsonl"]);
}

#[test]
fn the_first_impression_is_as_recorded() {
    let outcome = connote(&["check", "samples"]);
    assert_eq!(outcome.status, 1, "{}", outcome.stderr);
    let wrong = compare("samples.terminal.txt", &outcome.stdout);
    assert_eq!(wrong, None);
    let widest = outcome
        .stdout
        .lines()
        .map(|line| line.chars().count())
        .max();
    assert!(widest <= Some(80), "{widest:?} columns");
    assert!(!outcome.stdout.contains("samples/broken") && !outcome.stdout.contains("hostile"));
}

#[test]
fn nothing_is_recorded_for_samples_that_are_gone() {
    let mut recorded = Vec::new();
    collect_expected(&expected(), &mut recorded);
    let samples: BTreeSet<String> = samples().into_iter().collect();
    let stale: Vec<String> = recorded
        .into_iter()
        .filter(|name| {
            let known = RECORDED.iter().any(|output| {
                let sample = name.strip_suffix(&format!(".{output}.txt"));
                sample.is_some_and(|sample| sample == "samples" || samples.contains(sample))
            });
            !known
        })
        .collect();
    assert!(stale.is_empty(), "delete {stale:?}");
}

fn collect_expected(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_expected(&path, found);
        } else {
            let path = path.strip_prefix(expected()).unwrap();
            found.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
}

#[test]
fn every_sample_keeps_the_contract() {
    let mut wrong = Vec::new();
    for sample in samples() {
        let name = |breach: String| format!("{sample}: {breach}");
        let json = document(&sample);
        wrong.extend(contract::breaches(&json, &root()).into_iter().map(name));
        let lines = contract::from_lines(render(&sample, "jsonl"));
        wrong.extend(contract::breaches(&lines, &root()).into_iter().map(name));
        let count = |document: &Value| document["diagnostics"].as_array().unwrap().len();
        assert_eq!(count(&json), count(&lines), "{sample}");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn labels_cover_the_right_bytes() {
    let mut documents = BTreeMap::new();
    for (sample, rule, words) in WORDS {
        let document = documents.entry(sample).or_insert_with(|| document(sample));
        let file = fs::read(root().join("samples").join(sample)).unwrap();
        let found: Vec<&[u8]> = document["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|found| found["rule"] == *rule)
            .map(|found| {
                let label = &found["labels"][0];
                let byte = |end: &str| label[end]["byte"].as_u64().unwrap() as usize;
                &file[byte("start")..byte("end")]
            })
            .collect();
        assert!(
            found.contains(&words.as_bytes()),
            "{sample}: {rule} is not at {words:?} but at {:?}",
            found
                .iter()
                .map(|it| String::from_utf8_lossy(it))
                .collect::<Vec<_>>()
        );
    }
}

#[test]
fn excellent_notes_get_no_warning() {
    let document = document("");
    for id in EXCELLENT {
        let notes = document["notes"].as_array().unwrap();
        let note = notes.iter().find(|note| note["id"] == *id);
        let note = note.unwrap_or_else(|| panic!("there is no {id}"));
        assert_eq!(note["score"], 100, "{id}");
        let found = document["diagnostics"].as_array().unwrap().iter();
        // When to send it is said of the best note, too.
        let is_about = |found: &&Value| found["note"] == *id && found["rule"] != "send-next";
        let about: Vec<&Value> = found.filter(is_about).collect();
        assert!(about.is_empty(), "{id}: {about:?}");
    }
}

#[test]
fn every_rule_shows_in_a_sample() {
    let fired: BTreeSet<String> = rules_of(&document(""));
    let listed = connote(&[
        "rules",
        "--format",
        "json",
        "--config",
        "samples/connote.toml",
    ]);
    let listed: Value = serde_json::from_str(&listed.stdout).unwrap();
    let mut missing = Vec::new();
    for rule in listed["rules"].as_array().unwrap() {
        let id = rule["id"].as_str().unwrap();
        let excepted = NOT_SHOWN.iter().any(|(known, _)| *known == id);
        // What gives evidence for a part has no level.
        let ours = rule["active"] == true && !rule["level"].is_null();
        if ours && excepted == fired.contains(id) {
            missing.push(id.to_owned());
        }
    }
    assert!(
        missing.is_empty(),
        "in no sample, or an exception without need: {missing:?}"
    );
}

#[test]
fn every_problem_with_the_input_shows_in_a_sample() {
    let fired = rules_of(&document(""));
    for (problem, _) in PROBLEMS {
        let excepted = PROBLEMS_NOT_SHOWN.iter().any(|(known, _)| known == problem);
        assert_ne!(excepted, fired.contains(*problem), "{problem}");
    }
}

fn rules_of(document: &Value) -> BTreeSet<String> {
    let found = document["diagnostics"].as_array().unwrap().iter();
    found
        .map(|it| it["rule"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_input_format_has_a_sample() {
    let shown: BTreeSet<&str> = samples().iter().map(|path| format_of(path).name).collect();
    for format in FORMATS {
        // Workbooks are written and read in `formats`.
        let is_shown = format.searched && format.name != "xlsx";
        assert_eq!(shown.contains(format.name), is_shown, "{}", format.name);
    }
    // What is read only when it is named.
    let ledger = connote(&["check", "samples/again.csv", "--select", "resend-early"]);
    assert!(
        ledger.stdout.contains("Emeka Nwosu was withdrawn"),
        "export/ledger.toml was not read"
    );
}
