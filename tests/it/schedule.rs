//! `schedule --write` from outside: what it writes, and what it leaves.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::connote_in;

const WORDS: &str = "Hi Ana, your talk on kelp in Bergen was a joy. I'm planning a farm in Oban and would like to ask about ropes. Happy to send you our test results.";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

/// The local send times of a plan by the path of the draft.
fn times(json: &str) -> Vec<(String, String)> {
    let plan: Value = serde_json::from_str(json).unwrap();
    let notes = plan["notes"].as_array().unwrap().iter();
    let time = |note: &Value| {
        let path = note["path"].as_str().unwrap().to_owned();
        note["send_at_local"]
            .as_str()
            .map(|time| (path, time.to_owned()))
    };
    notes.filter_map(time).collect()
}

#[test]
fn drafts_get_their_times_and_every_other_byte_stays() {
    let toml = format!(
        "+++\r\nfirst_name = \"Ana\"\r\nlocation = \"Berlin, Germany\"\r\n+++\r\n{WORDS}\r\n"
    );
    let yaml = format!(
        "---\nto: Ana\ntimezone: Europe/Lisbon\nsend_at: 2026-03-03 10:00 # gone by\n---\n{}",
        WORDS.replace("Bergen", "Porto").replace("ropes", "nets")
    );
    let files = [
        ("a.md", toml.as_str()),
        ("b.md", yaml.as_str()),
        ("c.txt", "Hi"),
    ];
    let folder = folder(&files);
    let arguments = [
        "schedule",
        "--isolated",
        "--account",
        "paid",
        "--write",
        "--format",
        "json",
        ".",
    ];
    let run = connote_in(folder.path(), &arguments);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let times = times(&run.stdout);
    assert_eq!(times.len(), 2, "{}", run.stdout);
    for ((name, before), (path, time)) in files.iter().zip(&times) {
        assert!(path.ends_with(name));
        let expected = match *name {
            "a.md" => before.replacen("+++\r\n", &format!("+++\r\nsend_at = \"{time}\"\r\n"), 1),
            _ => before.replacen("2026-03-03 10:00", &format!("\"{time}\""), 1),
        };
        assert_eq!(text(folder.path(), name), expected);
    }
    assert_eq!(text(folder.path(), "c.txt"), "Hi");
    // What is planned stays as it is.
    let again = connote_in(folder.path(), &arguments);
    assert_eq!((again.status, &*again.stderr), (0, ""));
    assert_eq!(self::times(&again.stdout), times);
}

#[test]
fn a_time_that_cannot_be_read_is_told_and_kept() {
    let unclear = [
        "31.03.2026 10:00",
        "3/31/2026 10:00 AM",
        "46112.5",
        "tomorrow",
        "2026-03-31",
        "2026-03-31T10:00+09:00[Europe/Berlin]",
    ];
    let row = |time: &str, zone: &str| format!("Ana,{zone},{time},\"{WORDS}\"\n");
    let mut rows = "name,timezone,send_at,note\n".to_owned();
    for time in unclear {
        rows += &row(time, "Europe/Berlin");
    }
    // Without a zone the time is not clear, either.
    rows += &row("tomorrow", "");
    let draft = format!("---\nto: Ana\ntimezone: Europe/Lisbon\nsend_at: tomorrow\n---\n{WORDS}");
    let folder = folder(&[("list.csv", &rows), ("a.md", &draft)]);
    let arguments = [
        "schedule",
        "--isolated",
        "--select",
        "send-unclear",
        "--account",
        "paid",
        "--write",
        "--format",
        "json",
        ".",
    ];
    let run = connote_in(folder.path(), &arguments);
    assert_eq!((run.status, &*run.stderr), (0, ""));
    let plan: Value = serde_json::from_str(&run.stdout).unwrap();
    let notes = plan["notes"].as_array().unwrap();
    assert_eq!(notes.len(), unclear.len() + 2);
    for note in notes {
        let why = "its `send_at` is not clear; write it as 2026-03-31 10:00";
        assert_eq!(note["why_not"], why, "{note}");
    }
    assert_eq!(text(folder.path(), "a.md"), draft);
    assert!(!folder.path().join("list.planned.csv").exists());
}

#[test]
fn a_spreadsheet_is_copied_and_nothing_is_overwritten() {
    let rows = format!("id;location;note\r\n1;Berlin, Germany;\"{WORDS}\"\r\n2;;Hi\r\n");
    let folder = folder(&[("list.csv", &rows), ("list.json", "[{\"note\": \"Hi\"}]")]);
    let arguments = [
        "schedule",
        "--isolated",
        "--write",
        "--format",
        "json",
        "list.csv",
        "list.json",
    ];
    let run = connote_in(folder.path(), &arguments);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let (_, time) = &times(&run.stdout)[0];
    assert_eq!(text(folder.path(), "list.csv"), rows);
    let expected =
        format!("id;location;note;send_at\r\n1;Berlin, Germany;\"{WORDS}\";{time}\r\n2;;Hi;\r\n");
    assert_eq!(text(folder.path(), "list.planned.csv"), expected);
    let again = connote_in(folder.path(), &arguments);
    assert!(
        again.stderr.contains("list.planned.csv is there already"),
        "{}",
        again.stderr
    );
    assert_eq!(text(folder.path(), "list.planned.csv"), expected);
}

/// An export with some invitations in March 2026, all with a note or all without.
fn export(days: &[u8], words: &str) -> String {
    let mut table = "From,To,Sent At,Message,Direction\n".to_owned();
    for (number, day) in days.iter().enumerate() {
        let person = format!("Person {}", char::from(b'A' + (number % 26) as u8));
        table += &format!("Mira,{person} {number},\"3/{day}/26, 9:00 AM\",{words},OUTGOING\n");
    }
    table
}

#[test]
fn what_was_sent_counts_for_the_caps() {
    let rows = format!("name,timezone,note\nAna,Europe/Berlin,\"{WORDS}\"\n");
    // NOW is a Friday: without a history Tuesday 31 March is the next good day.
    let many = [25; 100];
    for (days, words, settings, expected) in [
        (&[3; 5][..], "Hi", "", "2026-04-01"),
        (&[3; 4], "Hi", "", "2026-03-31"),
        (&[3; 5], "", "", "2026-03-31"),
        (&many, "", "", "2026-04-01"),
        (&many[1..], "", "", "2026-03-31"),
        (&[3; 5], "Hi", "account = \"paid\"\n", "2026-03-31"),
    ] {
        let config = format!("{settings}history = [\"export.csv\"]\n");
        let export = export(days, words);
        let files = [
            ("list.csv", rows.as_str()),
            ("export.csv", &export),
            ("connote.toml", &config),
        ];
        let folder = folder(&files);
        let arguments = [
            "schedule",
            "--select",
            "send-next",
            "--format",
            "json",
            "list.csv",
        ];
        let run = connote_in(folder.path(), &arguments);
        assert_eq!((run.status, &*run.stderr), (0, ""), "{}", run.stdout);
        let times = times(&run.stdout);
        let case = format!("{} {words} {settings}", days.len());
        assert!(times[0].1.starts_with(expected), "{case}: {times:?}");
    }
}

#[test]
fn a_good_time_is_none_before_somebody_may_be_invited_again() {
    let rows = format!(
        "name,timezone,note\nAna Silva,Europe/Berlin,\"{WORDS}\"\nAna Costa,Europe/Berlin,\"{WORDS}\"\n"
    );
    let ledger = "person,sent,status,withdrawn_on\nAna Silva,2026-02-24,withdrawn,2026-03-11\nAna Costa,2026-01-24,withdrawn,2026-02-11\n";
    let files = [("list.csv", rows.as_str()), ("ledger.csv", ledger)];
    let folder = folder(&files);
    let arguments = [
        "check",
        "--isolated",
        "--select",
        "send-next,resend-early",
        "--history",
        "ledger.csv",
        "--format",
        "short",
        "list.csv",
    ];
    let run = connote_in(folder.path(), &arguments);
    let said = |line: usize, what: &str| {
        let mut lines = run.stdout.lines();
        let place = format!("list.csv:{line}:");
        assert!(
            lines.any(|it| it.starts_with(&place) && it.contains(what)),
            "{line} {what}: {}",
            run.stdout
        );
    };
    said(2, "inviting again is possible from 2026-04-01");
    said(2, "Wednesday 1 April, 9:00");
    said(3, "Tuesday 31 March, 9:00");
}
