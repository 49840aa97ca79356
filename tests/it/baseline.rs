//! Known findings: written, left out, told when they are gone, taken out.

use std::fs;
use std::path::Path;

use crate::program::Outcome;
use crate::program::connote_in;

const STOCK: &str = "Hi Ana, I came across your profile. Your talk on kelp in Bergen was a joy, I'm planning a \
    farm in Oban and would like to ask about ropes. Happy to send you our test results.";

/// A folder with two drafts: one with a stock opening, one with that and two names of somebody else.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("drafts")).unwrap();
    let draft = |file: &str, name: &str, words: &str| {
        let text = format!("+++\nfirst_name = \"{name}\"\ncompany = \"Kelpworks\"\n+++\n{words}\n");
        fs::write(folder.path().join("drafts").join(file), text).unwrap();
    };
    draft("ana.md", "Ana", STOCK);
    draft(
        "bea.md",
        "Bea",
        "Hi Ana, I came across your profile. Let's connect.",
    );
    folder
}

fn check(folder: &Path, more: &[&str]) -> Outcome {
    let arguments = [
        "check",
        "--isolated",
        "--format",
        "short",
        "--fail-on",
        "hint",
    ];
    connote_in(folder, &[&arguments, more].concat())
}

fn write(folder: &Path) -> String {
    let written = connote_in(
        folder,
        &[
            "check",
            "--isolated",
            "--write-baseline",
            "known.toml",
            "drafts",
        ],
    );
    assert_eq!(
        (written.status, &*written.stderr),
        (0, ""),
        "{}",
        written.stdout
    );
    written.stdout
}

#[test]
fn what_was_found_before_is_left_out_everywhere_and_new_findings_are_not() {
    let folder = folder();
    let folder = folder.path();
    let before = check(folder, &["drafts"]);
    assert_eq!(before.status, 1);
    let count = before.stdout.lines().count();
    assert_eq!(
        write(folder),
        format!("wrote known.toml: {count} findings in 2 notes\n")
    );
    let known = ["--baseline", "known.toml", "drafts"];
    let after = check(folder, &known);
    assert_eq!((after.status, &*after.stdout), (0, ""), "{}", after.stderr);
    for format in ["terminal", "json", "jsonl"] {
        let after = connote_in(
            folder,
            &[&["check", "--format", format], &known[..]].concat(),
        );
        assert_eq!(after.status, 0);
        assert!(!after.stdout.contains("stock-opening"), "{}", after.stdout);
    }
    // As with an allowance, the points are not taken off: 95 before, 100 now.
    let score = |more: &[&str]| {
        let gate = ["check", "--isolated", "--min-score", "100", "drafts/ana.md"];
        connote_in(folder, &[&gate, more].concat()).status
    };
    assert_eq!((score(&[]), score(&known[..2])), (1, 0));
    // One more finding of a known rule, in a note that is new.
    fs::write(folder.join("drafts/cy.md"), STOCK).unwrap();
    let new = check(folder, &known);
    assert_eq!(new.status, 1);
    assert!(
        new.stdout.lines().all(|line| line.starts_with("drafts/")),
        "{}",
        new.stdout
    );
    assert!(
        new.stdout
            .contains("drafts/cy.md:1:11: warning[stock-opening]"),
        "{}",
        new.stdout
    );
    assert!(!new.stdout.contains("drafts/bea.md"), "{}", new.stdout);
}

#[test]
fn the_file_holds_no_words_and_no_names_and_is_the_same_each_time() {
    let folder = folder();
    write(folder.path());
    let first = fs::read_to_string(folder.path().join("known.toml")).unwrap();
    for word in ["Ana", "Bea", "Kelpworks", "profile", "Bergen"] {
        assert!(!first.contains(word), "{word} in {first}");
    }
    write(folder.path());
    let second = fs::read_to_string(folder.path().join("known.toml")).unwrap();
    assert_eq!(first, second);
    let entries: Vec<&str> = first
        .lines()
        .filter(|line| line.starts_with("  {"))
        .collect();
    let mut sorted = entries.clone();
    sorted.sort_unstable();
    assert_eq!(entries, sorted);
    let table: toml::Table = toml::from_str(&first).unwrap();
    assert_eq!(table["version"].as_integer(), Some(1));
    assert_eq!(table["findings"].as_array().unwrap().len(), entries.len());
}

#[test]
fn a_draft_may_be_moved_but_not_changed() {
    let folder = folder();
    let folder = folder.path();
    write(folder);
    fs::rename(folder.join("drafts/ana.md"), folder.join("drafts/z.md")).unwrap();
    let moved = check(folder, &["--baseline", "known.toml", "drafts"]);
    assert_eq!((moved.status, &*moved.stdout), (0, ""));
    let text = fs::read_to_string(folder.join("drafts/z.md")).unwrap();
    fs::write(folder.join("drafts/z.md"), text.replace("Oban", "Skye")).unwrap();
    let changed = check(folder, &["--baseline", "known.toml", "drafts"]);
    let lines: Vec<&str> = changed.stdout.lines().collect();
    assert!(
        lines.iter().any(|line| line.starts_with("drafts/z.md:5:")),
        "{lines:?}"
    );
    // The draft of the entry is gone, so the entry can be told; line 5 is the first one.
    let gone = lines
        .iter()
        .filter(|line| line.starts_with("known.toml:5:3: warning[unused-baseline]"));
    assert_eq!(gone.count(), 1, "{lines:?}");
}

#[test]
fn unused_entries_are_told_once_and_taken_out() {
    let folder = folder();
    let folder = folder.path();
    write(folder);
    let draft = "+++\nfirst_name = \"Bea\"\ncompany = \"Kelpworks\"\n+++\nHi Bea, let us talk.\n";
    fs::write(folder.join("drafts/bea.md"), draft).unwrap();
    let unused = |more: &[&str]| {
        let told = check(folder, &[&["--baseline", "known.toml"], more].concat());
        told.stdout.matches("[unused-baseline]").count()
    };
    let entries = || {
        let text = fs::read_to_string(folder.join("known.toml")).unwrap();
        text.lines().filter(|line| line.starts_with("  {")).count()
    };
    let of_bea = fs::read_to_string(folder.join("known.toml")).unwrap();
    let of_bea = of_bea.matches("drafts/bea.md").count();
    assert!(of_bea > 1);
    assert_eq!(unused(&["drafts"]), of_bea);
    // A run that cannot know says nothing: another file, another rule.
    assert_eq!(unused(&["drafts/ana.md"]), 0);
    assert_eq!(unused(&["drafts", "--select", "note-too-long"]), 0);
    let all = entries();
    let prune = ["--baseline", "known.toml", "--prune-baseline"];
    let pruned = check(folder, &[&prune[..], &["drafts/ana.md"]].concat());
    assert_eq!(pruned.stderr, "connote: known.toml: nothing to take out\n");
    assert_eq!(entries(), all);
    let pruned = check(folder, &[&prune[..], &["drafts"]].concat());
    assert!(
        pruned.stderr.ends_with("findings out of known.toml\n"),
        "{}",
        pruned.stderr
    );
    assert!(!pruned.stdout.contains("unused-baseline"));
    assert_eq!((entries(), unused(&["drafts"])), (all - of_bea, 0));
}

#[test]
fn a_note_that_joins_a_group_brings_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let row = |id: u32, name: &str| format!("{id},{name},\"{}\"\n", STOCK.replace("Ana", name));
    let rows = |names: &[&str]| {
        let rows = (1..).zip(names).map(|(id, name)| row(id, name));
        let text = format!("id,first_name,note\n{}", rows.collect::<String>());
        fs::write(folder.join("batch.csv"), text).unwrap();
    };
    rows(&["Ana", "Bea"]);
    let written = connote_in(
        folder,
        &["check", "--write-baseline", "k.toml", "batch.csv"],
    );
    assert_eq!(written.status, 0, "{}", written.stderr);
    let known = ["--baseline", "k.toml", "batch.csv"];
    let same = check(folder, &known);
    assert_eq!((same.status, &*same.stdout), (0, ""), "{}", same.stderr);
    let json = connote_in(
        folder,
        &[&["check", "--format", "json"], &known[..]].concat(),
    );
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["clusters"].as_array().unwrap().len(), 0);
    rows(&["Ana", "Bea", "Cleo"]);
    let more = check(folder, &known);
    assert!(more.stdout.contains("[duplicate]"), "{}", more.stdout);
}

#[test]
fn the_configuration_names_it_from_its_own_folder() {
    let folder = folder();
    let folder = folder.path();
    write(folder);
    fs::write(
        folder.join("connote.toml"),
        "baseline = \"known.toml\"\nfail-on = \"hint\"\n",
    )
    .unwrap();
    let drafts = folder.join("drafts");
    for (from, path) in [(folder, "drafts"), (&*drafts, ".")] {
        let outcome = connote_in(from, &["check", "--format", "short", path]);
        assert_eq!(
            (outcome.status, &*outcome.stdout),
            (0, ""),
            "{}",
            outcome.stderr
        );
    }
    fs::remove_file(folder.join("known.toml")).unwrap();
    let missing = connote_in(folder, &["check", "--format", "short", "drafts"]);
    assert_eq!(missing.status, 2);
    assert_eq!(
        missing.stdout,
        "connote.toml:1:12: error[baseline]: this baseline cannot be read: there is no such file or folder\n"
    );
    let outcome = connote_in(
        folder,
        &["check", "--write-baseline", "known.toml", "drafts"],
    );
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
}

#[test]
fn a_broken_baseline_stops_the_run_with_a_place() {
    let folder = folder();
    let folder = folder.path();
    fs::write(
        folder.join("k.toml"),
        "version = 1\nfindings = [\n  { rule = 1 },\n]\n",
    )
    .unwrap();
    let broken = check(folder, &["--baseline", "k.toml", "drafts"]);
    assert_eq!(broken.status, 2);
    assert!(
        broken
            .stdout
            .contains("k.toml:3:12: error[baseline]: `rule` must be text"),
        "{}",
        broken.stdout
    );
    let missing = check(folder, &["--baseline", "none.toml", "drafts"]);
    assert_eq!((missing.status, &*missing.stdout), (2, ""));
    assert!(
        missing
            .stderr
            .contains("cannot read none.toml: there is no such file")
    );
    let nothing = check(folder, &["--prune-baseline", "drafts"]);
    assert_eq!(nothing.status, 2);
    assert!(
        nothing.stderr.contains("there is no baseline"),
        "{}",
        nothing.stderr
    );
    // A slip of the hand must not cost a draft.
    let draft = fs::read(folder.join("drafts/ana.md")).unwrap();
    let slip = check(folder, &["--write-baseline", "drafts/ana.md", "drafts"]);
    assert_eq!(slip.status, 2);
    assert!(
        slip.stderr.contains("would overwrite drafts/ana.md"),
        "{}",
        slip.stderr
    );
    assert_eq!(fs::read(folder.join("drafts/ana.md")).unwrap(), draft);
    fs::write(folder.join("diary.md"), "Dear diary").unwrap();
    let slip = check(folder, &["--write-baseline", "diary.md", "drafts"]);
    assert_eq!(slip.status, 2);
    assert!(
        slip.stderr.contains("is no baseline: nothing was written"),
        "{}",
        slip.stderr
    );
    assert_eq!(
        fs::read_to_string(folder.join("diary.md")).unwrap(),
        "Dear diary"
    );
}
