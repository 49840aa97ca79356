//! `check --fix` and `--diff` from outside: what they change, and what they leave.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use proptest::prelude::*;
use serde_json::Value;

use crate::program::Outcome;
use crate::program::connote_in;
use crate::program::program;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn text(folder: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

fn fix(folder: &Path, more: &[&str]) -> Outcome {
    let mut arguments = vec!["check", "--isolated", "--fix"];
    arguments.extend(more);
    connote_in(folder, &arguments)
}

/// What `check --fix -` makes of standard input.
fn fixed_stdin(name: &str, text: &str, more: &[&str]) -> (String, String, i32) {
    let mut child = program()
        .args(["check", "--isolated", "--fix", "--stdin-filename", name])
        .args(more)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(text.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let words = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let status = output.status.code().unwrap();
    (words(&output.stdout), words(&output.stderr), status)
}

const DRAFT: &str = "\u{feff}+++\r\nfirst_name = \"Priya\"\r\ntitle = \"a  b\" # the the\r\n+++\r\n\r\nHi PRIYA,  your talk on the the cold rooms , in Pune was a joy!!\r\nI'm planning one for mangoes.  Looking forward to hearing from you!\r\n";
const MENDED: &str = "\u{feff}+++\r\nfirst_name = \"Priya\"\r\ntitle = \"a  b\" # the the\r\n+++\r\n\r\nHi Priya, your talk on the cold rooms, in Pune was a joy!\r\nI'm planning one for mangoes.\r\n";
const TABLE: &str = "id,first_name,note,x\r\n1,ANA,\"Hi ANA, I liked \"\"The  talk\"\" on boats at  this fjord!!\r\nAnd the the end.\",a  b\r\n2,Bo, Hi Bo  I like boats and and ferries ,\"c\r\nd\"\r\n";
const MENDED_TABLE: &str = "id,first_name,note,x\r\n1,ANA,\"Hi ANA, I liked \"\"The talk\"\" on boats at  this fjord!\r\nAnd the end.\",a  b\r\n2,Bo, Hi Bo I like boats and ferries ,\"c\r\nd\"\r\n";
const OBJECTS: &str = "[{\"x\": \"a  b\",\n  \"first_name\":\"Elo\", \"note\" : \"Hi \\u00c9lo,  nice \\ud83d\\ude00 talk  \\ud83d\\ude00 on of of boats!!\"}]\n";
const MENDED_OBJECTS: &str = "[{\"x\": \"a  b\",\n  \"first_name\":\"Elo\", \"note\" : \"Hi \\u00c9lo, nice \\ud83d\\ude00 talk \\ud83d\\ude00 on of boats!\"}]\n";

#[test]
fn words_are_mended_and_every_other_byte_stays() {
    let folder = folder(&[
        ("a.md", DRAFT),
        ("b.json", OBJECTS),
        ("c.md", "Hi Ana, hello."),
    ]);
    let outcome = fix(folder.path(), &["."]);
    assert_eq!(text(&folder, "a.md"), MENDED);
    assert_eq!(text(&folder, "b.json"), MENDED_OBJECTS);
    assert_eq!(text(&folder, "c.md"), "Hi Ana, hello.");
    let last = outcome.stdout.lines().last().unwrap();
    assert!(last.contains(" fixed in 2 files, "), "{last}");
    // What is shown is what is left, at its new place.
    assert!(
        !outcome.stdout.contains("doubled-word"),
        "{}",
        outcome.stdout
    );
    assert_eq!(outcome.stderr, "");
    let again = fix(folder.path(), &["."]);
    assert_eq!(text(&folder, "a.md"), MENDED);
    assert!(
        again
            .stdout
            .lines()
            .last()
            .unwrap()
            .starts_with("0 fixed, ")
    );
    let strip = |text: &str| {
        text.lines()
            .rev()
            .skip(1)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(strip(&again.stdout), strip(&outcome.stdout));
}

#[test]
fn cells_keep_their_quotes_and_quoted_words_their_form() {
    // "at  this": a word may be missing. A row that shouts itself leaves it open what is right.
    let folder = folder(&[("a.csv", TABLE)]);
    fix(folder.path(), &["a.csv"]);
    assert_eq!(text(&folder, "a.csv"), MENDED_TABLE);
    fix(folder.path(), &["--unsafe-fixes", "a.csv"]);
    let wanted = MENDED_TABLE.replace("at  this", "at this");
    assert_eq!(text(&folder, "a.csv"), wanted);
}

#[test]
fn a_diff_shows_the_changes_and_makes_none() {
    let folder = folder(&[("a.md", DRAFT), ("b.md", "Hi Ana, hello.")]);
    let outcome = connote_in(folder.path(), &["check", "--isolated", "--diff", "."]);
    assert_eq!((outcome.status, text(&folder, "a.md").as_str()), (1, DRAFT));
    // A second reader of unified diffs: take the old lines out, put the new ones in.
    assert!(
        outcome.stdout.starts_with("--- a.md\n+++ a.md\n@@ "),
        "{}",
        outcome.stdout
    );
    let lines = |sign: char| {
        let lines = outcome.stdout.split_inclusive('\n').skip(3);
        lines
            .filter_map(|line| line.strip_prefix(['\u{20}', sign]))
            .collect::<String>()
    };
    assert!(DRAFT.ends_with(&lines('-')) && !lines('-').is_empty());
    assert!(MENDED.ends_with(&lines('+')));
    let clean = connote_in(folder.path(), &["check", "--isolated", "--diff", "b.md"]);
    assert_eq!((clean.status, &*clean.stdout), (0, ""));
    let both = connote_in(
        folder.path(),
        &[
            "check",
            "--isolated",
            "--fix",
            "--diff",
            "--exit-zero",
            "a.md",
        ],
    );
    assert_eq!((both.status, text(&folder, "a.md").as_str()), (0, DRAFT));
}

#[test]
fn standard_input_comes_out_mended() {
    for (name, old, new) in [("a.md", DRAFT, MENDED), ("a.json", OBJECTS, MENDED_OBJECTS)] {
        let (out, told, status) = fixed_stdin(name, old, &[]);
        assert_eq!((out.as_str(), status), (new, 0), "{told}");
        assert!(told.contains(" fixed in 1 file, "), "{told}");
    }
    // Nothing to mend, and what is no draft at all, come out as they came in.
    for same in ["Hi Ana, hello.", ""] {
        assert_eq!(fixed_stdin("a.md", same, &["--exit-zero"]).0, same);
    }
}

#[test]
fn what_a_draft_allows_is_not_mended() {
    let draft =
        "+++\nallow = [\"doubled-word\", \"extra-space\"]\n+++\nHi Ana,  I liked the the talk!!\n";
    let folder = folder(&[("a.md", draft)]);
    fix(folder.path(), &["a.md"]);
    assert_eq!(text(&folder, "a.md"), draft.replace("!!", "!"));
    fix(folder.path(), &["--ignore", "repeated-punctuation", "a.md"]);
}

#[test]
fn a_gap_that_proves_an_empty_field_stays_visible() {
    for draft in [
        "Hi ,  I like boats and ferries.",
        "Hi Ana, I love what you build at . I do.",
    ] {
        let folder = folder(&[("a.md", draft)]);
        let outcome = fix(
            folder.path(),
            &["--unsafe-fixes", "--format", "short", "a.md"],
        );
        assert_eq!(outcome.status, 1, "{}", outcome.stdout);
        assert!(
            outcome.stdout.contains("[unfilled-placeholder]"),
            "{}",
            outcome.stdout
        );
    }
}

#[test]
fn unsafe_fixes_alone_are_a_mistake() {
    let folder = folder(&[("a.md", DRAFT)]);
    let outcome = connote_in(folder.path(), &["check", "--unsafe-fixes", "a.md"]);
    assert_eq!((outcome.status, text(&folder, "a.md").as_str()), (2, DRAFT));
    assert!(
        outcome.stderr.contains("--fix or --diff"),
        "{}",
        outcome.stderr
    );
}

#[cfg(unix)]
#[test]
fn links_and_modes_stay() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::fs::symlink;
    let folder = folder(&[("a.md", DRAFT)]);
    let (file, link) = (folder.path().join("a.md"), folder.path().join("link.md"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("a.md", &link).unwrap();
    fix(folder.path(), &["link.md"]);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(text(&folder, "a.md"), MENDED);
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[cfg(unix)]
#[test]
fn a_read_only_file_stays_and_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.md", DRAFT), ("b.md", DRAFT)]);
    let file = folder.path().join("a.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
    let outcome = fix(folder.path(), &["--format", "short", "."]);
    assert_eq!((outcome.status, text(&folder, "a.md").as_str()), (2, DRAFT));
    assert_eq!(text(&folder, "b.md"), MENDED);
    assert!(
        outcome
            .stderr
            .contains("left a.md as it is: it is read-only"),
        "{}",
        outcome.stderr
    );
    assert!(
        outcome.stdout.contains("a.md:6:25: warning[doubled-word]"),
        "{}",
        outcome.stdout
    );
}

/// The rules with a safe fix that a report names.
fn fixable(json: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(json).unwrap();
    let found = report["diagnostics"].as_array().unwrap().iter();
    let safe = |found: &&Value| {
        let fixes = found["fixes"].as_array().unwrap();
        fixes.iter().any(|fix| fix["kind"] == "safe")
    };
    found
        .filter(safe)
        .map(|found| found["rule"].to_string())
        .collect()
}

#[test]
fn the_samples_have_nothing_left_to_fix_after_a_fix() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let folder = tempfile::tempdir().unwrap();
    let mut number = 0;
    for part in ["drafts", "hostile", "corpus", "."] {
        for entry in fs::read_dir(Path::new(samples).join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_string_lossy();
                fs::copy(&path, folder.path().join(format!("{number}{name}"))).unwrap();
                number += 1;
            }
        }
    }
    fix(folder.path(), &["--format", "json", "."]);
    let again = fix(folder.path(), &["--format", "json", "."]);
    assert!(
        again.stderr.lines().any(|line| line.contains("0 fixed, ")),
        "{}",
        again.stderr
    );
    // A workbook cannot be written.
    let left = fixable(&again.stdout);
    assert_eq!(left, Vec::<String>::new());
}

fn csv_cell(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "\"\""))
}

/// Whether the last line says that nothing was fixed.
fn none_fixed(told: &str) -> bool {
    let last = told.lines().last();
    last.is_some_and(|last| last.starts_with("0 fixed, "))
}

/// Notes of pieces that rules look for, and of some that get in their way.
fn notes() -> impl Strategy<Value = Vec<String>> {
    let piece = prop::sample::select(vec![
        "Hi ANA",
        ",",
        " ",
        " ",
        "  ",
        "the the",
        "The the",
        "!!",
        "!?!",
        "??",
        " ,",
        ",,",
        " .",
        ". ",
        "\n",
        "your talk",
        "\"",
        "“ ",
        " ”",
        "é",
        "👋",
        "to to",
        " I look forward to hearing from you.",
        " Have a great day!",
        " Thanks in advance",
        "https://a.org/?a!!",
        "{{x}}",
        "\\",
        " and the",
        "\u{202e}",
        "\u{1b}[31m",
        "had had",
        "so so",
        "...",
        ":)",
        "a",
        "5,0",
        "=1",
        "+++",
        "---",
        "\t",
    ]);
    let note = prop::collection::vec(piece, 1..14);
    prop::collection::vec(note.prop_map(|pieces| format!("Hi{}", pieces.concat())), 40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    /// Any notes, in two formats: what comes out is the same in both, and a second run changes nothing.
    #[test]
    fn fixes_come_to_an_end_and_are_the_same_in_all_formats(notes in notes(), unsafe_too in any::<bool>()) {
        let more: &[&str] = match unsafe_too {
            true => &["--quiet", "--exit-zero", "--unsafe-fixes"],
            false => &["--quiet", "--exit-zero"],
        };
        let line = |note: &String| serde_json::json!({"note": note, "first_name": "Ana"}).to_string();
        let lines: Vec<String> = notes.iter().map(line).collect();
        let (fixed, told, status) = fixed_stdin("a.jsonl", &lines.join("\n"), more);
        prop_assert_eq!(status, 0);
        prop_assert!(!none_fixed(&told), "{}", told);
        let (again, told, _) = fixed_stdin("a.jsonl", &fixed, more);
        prop_assert_eq!(&again, &fixed);
        prop_assert!(none_fixed(&told), "{}", told);
        let words = |line: &str| {
            let object: Value = serde_json::from_str(line).unwrap();
            csv_cell(object["note"].as_str().unwrap())
        };
        let table = |cells: Vec<String>| format!("note,first_name\n{},Ana\n", cells.join(",Ana\n"));
        let before = table(notes.iter().map(|note| csv_cell(note)).collect());
        let (mended, _, _) = fixed_stdin("a.csv", &before, more);
        prop_assert_eq!(mended, table(fixed.lines().map(words).collect()));
    }
}
