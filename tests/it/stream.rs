//! JSON Lines from standard input, judged as they come.

use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::contract;
use crate::program::Outcome;
use crate::program::outcome;
use crate::program::program;
use crate::program::root;

fn check(arguments: &[&str], input: &[u8]) -> Outcome {
    let always = [
        "check",
        "--isolated",
        "--fail-on",
        "never",
        "--format",
        "jsonl",
        "-",
    ];
    outcome(program().args(always).args(arguments), input)
}

/// Rows with something to find in most of them, and some that are broken.
fn rows(count: usize) -> String {
    let notes = [
        "Hi Ana, I came across your profile. Let's connect!!",
        "Hi {{first_name}}, your talk on kelp in Bergen was a joy. 👋 I'm planning a farm in Oban.",
        "Hi Ana, I'd like to add you to my professional network.\\nBest, \\u00c9va",
    ];
    let row = |number: usize| match number % 40 {
        17 => "{\"note\": \"not closed\n".to_owned(),
        23 => "\n".to_owned(),
        _ => {
            let note = notes[number % 3];
            format!(
                "{{\"id\": \"r{number}\", \"first_name\": \"Bo{}\", \"note\": \"{note} ({number})\"}}\n",
                number % 7
            )
        }
    };
    (1..=count).map(row).collect()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn of_type(text: &str, kind: &str) -> Vec<Value> {
    let mut lines = lines(text);
    lines.retain(|line| line["type"] == kind);
    lines
}

fn not_run(text: &str) -> Vec<String> {
    let summary = of_type(text, "summary").pop().unwrap();
    let rules = summary["not_run"].as_array().unwrap().iter();
    rules
        .map(|rule| rule.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn each_note_gets_the_same_verdict_as_without_a_stream() {
    let rows = rows(2000);
    let stream = check(&[], rows.as_bytes());
    assert_eq!(stream.status, 0, "{}", stream.stderr);
    assert!(
        stream
            .stderr
            .contains("rules that compare notes do not run")
    );
    let left_out = not_run(&stream.stdout);
    for rule in ["duplicate", "near-duplicate", "template", "send-pace"] {
        assert!(left_out.iter().any(|it| it == rule), "{left_out:?}");
    }
    for rule in ["send-next", "send-window", "stock-opening"] {
        assert!(
            !left_out.iter().any(|it| it == rule),
            "{rule} needs one note only"
        );
    }
    let ignore = left_out.join(",");
    let name = ["--stdin-filename", "<stdin>.jsonl", "--quiet"];
    let whole = [&name[..], &["--no-stream", "--ignore", &ignore]].concat();
    let whole = check(&whole, rows.as_bytes());
    let stream = check(&name, rows.as_bytes());
    assert_eq!(stream.stderr, "");
    for kind in ["note", "diagnostic"] {
        assert_eq!(of_type(&stream.stdout, kind), of_type(&whole.stdout, kind));
    }
    assert_eq!(of_type(&stream.stdout, "note").len(), 1900);
    let summary = |text: &str| {
        let mut summary = of_type(text, "summary").pop().unwrap();
        summary.as_object_mut().unwrap().remove("not_run");
        summary
    };
    assert_eq!(summary(&stream.stdout), summary(&whole.stdout));
}

#[test]
fn the_lines_keep_to_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let rows = rows(500);
    std::fs::write(folder.path().join("rows.jsonl"), &rows).unwrap();
    let stream = check(&["--stdin-filename", "rows.jsonl"], rows.as_bytes());
    let document = contract::from_lines(&stream.stdout);
    assert_eq!(contract::breaches(&document, folder.path()), [""; 0]);
}

#[test]
fn a_slow_sender_is_answered_line_by_line() {
    let mut child = program()
        .args(["check", "--isolated", "--quiet", "--format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for number in 1..4 {
        writeln!(stdin, "{{\"id\": \"{number}\", \"note\": \"Hi Ana\"}}").unwrap();
        stdin.flush().unwrap();
        let mut line = String::new();
        // Would wait for ever if the answer came only at the end.
        stdout.read_line(&mut line).unwrap();
        let note: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(
            (&note["type"], &note["id"]),
            (&"note".into(), &number.to_string().into())
        );
        assert_eq!(note["line"], number);
    }
    drop(stdin);
    let mut rest = String::new();
    stdout.read_line(&mut rest).unwrap();
    assert!(rest.contains("\"type\":\"summary\""), "{rest}");
    assert!(child.wait().unwrap().success());
}

/// What `parallel --pipe` does: the lines in parts, each to a process of its own.
#[test]
fn parts_of_a_corpus_give_what_the_whole_gives() {
    let rows = rows(300);
    let verdicts = |text: &str| -> Vec<Value> {
        let notes = of_type(text, "note").into_iter();
        let verdict = |note: Value| {
            let rules = note["diagnostics"].as_array().unwrap().iter();
            let rules: Vec<&Value> = rules.map(|found| &found["rule"]).collect();
            serde_json::json!([note["id"], note["score"], note["parts"], rules])
        };
        notes.map(verdict).collect()
    };
    let whole = verdicts(&check(&[], rows.as_bytes()).stdout);
    let all: Vec<&str> = rows.split_inclusive('\n').collect();
    let parts = all
        .chunks(97)
        .map(|part| check(&[], part.concat().as_bytes()));
    let parts: Vec<Value> = parts.flat_map(|part| verdicts(&part.stdout)).collect();
    assert_eq!(parts, whole);
    assert!(parts.len() > 250);
}

#[test]
fn what_is_broken_is_told_with_its_line_and_the_rest_is_judged() {
    let input = b"{\"id\": \"1\", \"note\": \"Hi Ana\"}\n{\"note\": \"\xff\"}\n\n[]\n{\"id\": \"5\", \"note\": \"Hi Bo\"}";
    let stream = check(&["--quiet"], input);
    let problems: Vec<(String, u64)> = of_type(&stream.stdout, "diagnostic")
        .iter()
        .map(|it| {
            let line = it["labels"][0]["start"]["line"].as_u64().unwrap();
            (it["rule"].as_str().unwrap().to_owned(), line)
        })
        .collect();
    assert_eq!(
        problems,
        [("not-utf8".to_owned(), 2), ("broken-row".to_owned(), 4)]
    );
    let ids: Vec<Value> = of_type(&stream.stdout, "note")
        .iter()
        .map(|it| it["id"].clone())
        .collect();
    assert_eq!(ids, ["1", "5"]);
    let empty = check(&["--stdin-filename", "a.jsonl", "--quiet"], b"\n \n");
    assert_eq!(
        of_type(&empty.stdout, "diagnostic")[0]["rule"],
        "empty-file"
    );
    let document = check(
        &["--stdin-filename", "a.jsonl", "--quiet"],
        b"{\n\"note\": \"Hi Ana\"\n}\n",
    );
    assert_eq!(of_type(&document.stdout, "diagnostic").len(), 1);
    assert_eq!(
        of_type(&document.stdout, "diagnostic")[0]["rule"],
        "broken-json"
    );
}

#[test]
fn exit_statuses_are_those_of_any_run() {
    let run = |arguments: &[&str]| {
        let always = ["check", "--isolated", "--quiet", "--format", "jsonl", "-"];
        let input = b"{\"note\": \"Hi {{first_name}}, let us connect\"}\n";
        outcome(program().args(always).args(arguments), input).status
    };
    assert_eq!(run(&[]), 1);
    assert_eq!(run(&["--exit-zero"]), 0);
    assert_eq!(
        run(&["--ignore", "unfilled-placeholder", "--min-score", "1"]),
        1
    );
    assert_eq!(run(&["--config", "missing.toml"]), 2);
}

#[test]
fn a_text_is_no_stream_and_files_are_compared() {
    let text = outcome(
        program().args(["check", "--isolated", "--format", "jsonl", "-"]),
        b"Hi Ana, {\"a\": 1}",
    );
    assert_eq!(of_type(&text.stdout, "note").len(), 1);
    let summary = of_type(&text.stdout, "summary");
    assert!(summary[0]["not_run"].is_null() && text.stderr.is_empty());
    let notes = std::fs::read(root().join("samples/notes.jsonl")).unwrap();
    let both = outcome(
        program().args([
            "check",
            "--isolated",
            "--format",
            "jsonl",
            "-",
            "samples/batch.csv",
        ]),
        &notes,
    );
    assert!(of_type(&both.stdout, "summary")[0]["not_run"].is_null());
}

/// The same bytes in a file and on a stream.
#[test]
fn bytes_that_are_no_text_spoil_one_row_of_a_file_too() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        (
            "u.jsonl",
            b"{\"note\":\"Hi Ana\"}\n{\"note\":\"x\xff\"}\n{\"note\":\"Hi Bob\"}\n{\"note\":\"\0\"}\n".as_slice(),
        ),
        ("u.csv", b"note\nHi Ana\nx\xff\nHi Bob\n\0y\n"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut command = program();
        command.args(["check", "--isolated", "--quiet", "--format", "json"]);
        let checked = outcome(command.arg(&path), b"");
        assert_eq!(checked.status, 1, "{}", checked.stderr);
        let report: Value = serde_json::from_str(&checked.stdout).unwrap();
        let words: Vec<&Value> = report["notes"].as_array().unwrap().iter().collect();
        let words: Vec<&Value> = words.iter().map(|note| &note["text"]).collect();
        assert_eq!(words, ["Hi Ana", "Hi Bob"], "{name}");
        let spoilt: Vec<&Value> = report["diagnostics"].as_array().unwrap().iter().collect();
        let spoilt = spoilt.iter().filter(|found| found["rule"] == "not-utf8");
        let lines: Vec<&Value> = spoilt.map(|it| &it["labels"][0]["start"]["line"]).collect();
        assert_eq!(lines.len(), 2, "{name}");
        // Nothing is written over bytes that were not understood.
        let mut command = program();
        command.args(["check", "--isolated", "--fix"]);
        let fixed = outcome(command.arg(&path), b"");
        assert!(fixed.stderr.contains("as it is: not all of it is text"), "{}", fixed.stderr);
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "{name}");
    }
}

/// Where no note is left, other commands say why, as `check` does.
#[test]
fn what_leaves_no_note_is_told_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("n.csv");
    std::fs::write(&path, "id,mesage\n1,Hi Ana\n").unwrap();
    let page = folder.path().join("page.html");
    for command in ["review", "schedule"] {
        let mut run = program();
        run.args([command, "--isolated"]).arg(&path);
        if command == "review" {
            run.arg("--html").arg(&page);
        }
        let run = outcome(&mut run, b"");
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(
            run.stdout.contains("error[no-note-column]"),
            "{}",
            run.stdout
        );
        assert!(run.stderr.contains("nothing to check: no note in"));
    }
}
