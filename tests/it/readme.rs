//! The README tells the truth: its commands run, its output is what they print, its tables are
//! those of the packs, its rule works. With CONNOTE_BLESS=1 the output shown in it is recorded anew.

use std::fs;
use std::process::Command;

use crate::program::NOW;
use crate::program::VARIABLES;
use crate::program::connote_in;
use crate::program::outcome;
use crate::program::root;

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// The blocks between fences: language and content.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => open = Some((language.to_owned(), String::new())),
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some((_, content)), None) => content.push_str(&format!("{line}\n")),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is left open");
    found
}

/// Runs a line of the README in a shell that finds the program under its name.
fn run(line: &str) -> (i32, String) {
    let line = line.replace("cargo run --release --", "connote");
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_connote"))
        .parent()
        .unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &line])
        .current_dir(root())
        .env("PATH", format!("{}:{path}", folder.display()));
    shell.env("SOURCE_DATE_EPOCH", NOW);
    for name in VARIABLES {
        shell.env_remove(name);
    }
    let outcome = outcome(&mut shell, b"");
    assert_eq!(outcome.stderr, "", "{line}");
    (outcome.status, outcome.stdout)
}

#[test]
fn commands_run_and_print_what_the_readme_shows() {
    let text = readme();
    let blocks = blocks(&text);
    let mut commands = 0;
    for (index, (language, content)) in blocks.iter().enumerate() {
        if language != "sh" {
            continue;
        }
        let mut printed = String::new();
        for line in content.lines().filter(|line| *line != "cargo test") {
            commands += 1;
            let (status, stdout) = run(line);
            assert!(status < 2 && !stdout.is_empty(), "{line}: status {status}");
            printed.push_str(&stdout);
        }
        let next = blocks.get(index + 1).filter(|next| next.0 == "text");
        let Some((_, shown)) = next.filter(|(_, shown)| *shown != printed) else {
            continue;
        };
        if std::env::var_os("CONNOTE_BLESS").is_some_and(|value| value == "1") {
            let text = text.replacen(shown.as_str(), &printed, 1);
            fs::write(root().join("README.md"), text).unwrap();
        }
        panic!("`{}` now prints\n{printed}", content.trim());
    }
    assert!(commands > 8);
}

#[test]
fn the_test_command_is_the_one_of_the_checks() {
    let checks = fs::read_to_string(root().join(".ci/run")).unwrap();
    for (language, content) in blocks(&readme()) {
        for line in content
            .lines()
            .filter(|line| language == "sh" && line.starts_with("cargo"))
        {
            assert!(checks.contains(line), ".ci/run does not run `{line}`");
        }
    }
}

#[test]
fn the_score_table_is_that_of_the_pack() {
    let pack = fs::read_to_string(root().join("rules/formula.toml")).unwrap();
    let pack: toml::Table = toml::from_str(&pack).unwrap();
    let text = readme();
    let score = &pack["score"];
    for (part, name) in [
        ("reference", "personal reference"),
        ("reason", "reason"),
        ("value", "value"),
    ] {
        let row = format!(
            "| {name} | {} | {} | 0 |",
            score[part]["specific"], score[part]["generic"]
        );
        assert!(text.contains(&row), "{row}");
    }
    let grades = format!(
        "From {} a note is *ready*, from {} one to *revise*",
        score["ready"], score["revise"]
    );
    assert!(text.contains(&grades), "{grades}");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (stock, field) = (
        deducted("wording", "stock-opening"),
        deducted("placeholder", "unfilled-placeholder"),
    );
    let deductions = format!("a stock opening {stock}, an unfilled placeholder {field}.");
    assert!(words.contains(&deductions), "{deductions}");
}

/// The points that a rule takes off.
fn deducted(pack: &str, id: &str) -> i64 {
    let pack = fs::read_to_string(root().join(format!("rules/{pack}.toml"))).unwrap();
    let pack: toml::Table = toml::from_str(&pack).unwrap();
    let mut rules = pack["rule"].as_array().unwrap().iter();
    let rule = rules.find(|rule| rule["id"].as_str() == Some(id)).unwrap();
    rule["deduct"].as_integer().unwrap()
}

#[test]
fn the_rule_and_the_configuration_work() {
    let folder = tempfile::tempdir().unwrap();
    let blocks = blocks(&readme());
    let mut tomls = blocks.iter().filter(|(language, _)| language == "toml");
    let (_, pack) = tomls.next().unwrap();
    let (_, config) = tomls.next().unwrap();
    fs::write(folder.path().join("team.toml"), pack).unwrap();
    fs::write(folder.path().join("connote.toml"), config).unwrap();
    let tested = connote_in(folder.path(), &["rules", "test", "team.toml"]);
    assert_eq!(tested.status, 0, "{}{}", tested.stdout, tested.stderr);
    let shown = connote_in(folder.path(), &["config", "--show", "a.md"]);
    assert_eq!(shown.status, 0, "{}{}", shown.stdout, shown.stderr);
    assert!(shown.stdout.contains("account = \"paid\""));
}

#[test]
fn files_that_the_readme_links_to_are_there() {
    for part in readme().split("](").skip(1) {
        let target = part.split(')').next().unwrap();
        assert!(root().join(target).exists(), "{target}");
    }
}
