//! What is made from the program for others to use: the reference of the rules, schemas, manual pages.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::program::connote;
use crate::program::connote_in;
use crate::program::root;

const REFERENCE: &[&str] = &["rules", "--isolated", "--format", "markdown"];

#[test]
fn the_reference_in_the_repository_is_current() {
    let path = root().join("rules/README.md");
    let now = connote(REFERENCE).stdout;
    if std::env::var_os("CONNOTE_BLESS").is_some_and(|value| value == "1") {
        fs::write(&path, &now).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert!(
        now == committed,
        "rules/README.md is old: cargo run -- {} > rules/README.md",
        REFERENCE.join(" ")
    );
}

#[test]
fn the_reference_has_every_rule_and_its_links_lead_somewhere() {
    let listed = connote(&["rules", "--isolated", "--format", "json"]).stdout;
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let ids: Vec<&str> = listed["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    let text = connote(REFERENCE).stdout;
    let headings: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("### "))
        .map(|heading| heading.trim_matches('`'))
        .collect();
    assert_eq!(headings, ids);
    // As pages make anchors of headings: small letters, hyphens for spaces, nothing else but hyphens.
    let all = text.lines().filter(|line| line.starts_with("##"));
    let anchors: Vec<String> = all
        .map(|line| {
            let words = line.trim_start_matches(['#', ' ']).to_lowercase();
            let words = words.replace(' ', "-");
            words.replace(
                |letter: char| !(letter.is_alphanumeric() || letter == '-'),
                "",
            )
        })
        .collect();
    let unique: BTreeSet<&String> = anchors.iter().collect();
    assert_eq!(unique.len(), anchors.len());
    let links = text.split("](#").skip(1);
    let links: Vec<&str> = links.map(|link| link.split(')').next().unwrap()).collect();
    assert!(links.len() > ids.len());
    for link in links {
        assert!(anchors.iter().any(|anchor| anchor == link), "#{link}");
    }
}

#[test]
fn a_hostile_pack_writes_no_markup_into_the_reference() {
    let folder = tempfile::tempdir().unwrap();
    let pack = r##"[pack]
name = "](x) <b>"
description = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) @all"
[[rule]]
id = "bad"
kind = "phrase"
message = "`</code><script>` <script>alert(1)</script>"
help = "```"
why = "\u001b[31m\u202e www.evil.example https://evil.example"
phrases = ["x"]
bad = ["# x\n\n- <b>x</b>", "| x | x |"]
good = ["1. y", "***"]
"##;
    fs::write(folder.path().join("p.toml"), pack).unwrap();
    let mut arguments = REFERENCE.to_vec();
    arguments.extend(["--pack", "p.toml"]);
    let shown = connote_in(folder.path(), &arguments);
    assert_eq!((shown.status, &*shown.stderr), (0, ""));
    let own = shown.stdout.split("## Pack `](x) <b>`").nth(1).unwrap();
    for bad in [
        "<img",
        "<script>alert",
        "[x](",
        "@all",
        "\u{1b}",
        "\u{202e}",
        " www.",
        " https:",
        "\n# x",
        "- 1. y",
        "| x |",
    ] {
        assert!(!own.contains(bad), "{bad}: {own}");
    }
}

#[test]
fn schemas_are_documents_with_a_draft_and_words() {
    for (files, key) in [("config", "fail-on"), ("pack", "rule")] {
        let shown = connote(&["schema", files]);
        assert_eq!((shown.status, &*shown.stderr), (0, ""));
        let schema: Value = serde_json::from_str(&shown.stdout).unwrap();
        assert!(schema["$schema"].as_str().unwrap().contains("draft-07"));
        assert_eq!(schema["additionalProperties"], false);
        let words = &schema["properties"][key]["description"];
        assert!(words.as_str().unwrap().len() > 10, "{files}");
    }
    assert_eq!(connote(&["schema", "notes"]).status, 2);
}

#[test]
fn there_is_a_manual_page_for_every_command_and_what_lies_below() {
    let folder = tempfile::tempdir().unwrap();
    let shown = connote_in(folder.path(), &["man", "--out", "pages/man1"]);
    assert_eq!((shown.status, &*shown.stderr), (0, ""));
    let files = fs::read_dir(folder.path().join("pages/man1")).unwrap();
    let names: BTreeSet<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(shown.stdout.lines().count(), names.len());
    let help = connote(&["--help"]).stdout;
    let commands = help.split("Commands:\n").nth(1).unwrap();
    let commands = commands
        .lines()
        .map_while(|line| line.split_whitespace().next());
    for command in commands {
        assert!(names.contains(&format!("connote-{command}.1")), "{command}");
    }
    for name in ["connote.1", "connote-rules-test.1"] {
        let text = fs::read_to_string(folder.path().join("pages/man1").join(name)).unwrap();
        assert!(text.contains(".TH") && text.contains("SYNOPSIS"), "{name}");
        assert!(names.contains(name));
    }
    // One page on standard output is the same as the one in the folder.
    let page = fs::read_to_string(folder.path().join("pages/man1/connote-check.1")).unwrap();
    assert_eq!(connote(&["man", "check"]).stdout, page);
}
