//! The command line, one small file a case in `tests/cmd`. `TRYCMD=overwrite cargo test --test it
//! cmd` records what the program does now: read the difference before you commit it.

use std::io::Read;
use std::process::Stdio;

use crate::program::NOW;
use crate::program::connote;
use crate::program::program;

#[test]
fn every_case_is_as_recorded() {
    let cases = trycmd::TestCases::new();
    cases.register_bin(
        "connote",
        std::path::Path::new(env!("CARGO_BIN_EXE_connote")),
    );
    cases.env("SOURCE_DATE_EPOCH", NOW);
    // The tests may run in a CI system that the program knows.
    for name in ["GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI"] {
        cases.env(name, "");
    }
    cases.case("tests/cmd/*.toml");
}

#[test]
fn a_closed_pipe_is_silent() {
    let mut child = program()
        .args([
            "check",
            "--all",
            "--no-exclude",
            "--format",
            "json",
            "samples",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The reader takes a little and goes away.
    let mut stdout = child.stdout.take().unwrap();
    let mut some = [0; 16];
    stdout.read_exact(&mut some).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_ne!(output.status.code(), Some(2));
    assert!(output.status.code().is_some());
}

#[test]
fn completions_are_made_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let outcome = connote(&["completions", shell]);
        assert_eq!((outcome.status, &*outcome.stderr), (0, ""), "{shell}");
        assert!(outcome.stdout.contains("stdin-filename"), "{shell}");
    }
    assert_eq!(connote(&["completions", "cmd"]).status, 2);
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    for command in [
        "",
        "check",
        "explain",
        "rules",
        "config",
        "init",
        "completions",
        "man",
    ] {
        let arguments = ["man", command];
        let some = usize::from(!command.is_empty());
        let outcome = connote(&arguments[..=some]);
        assert_eq!((outcome.status, &*outcome.stderr), (0, ""), "{command}");
        assert!(outcome.stdout.contains(".TH"), "{command}");
    }
}

#[test]
fn rules_new_of_every_kind_is_a_pack_that_can_be_read() {
    let listed = connote(&["rules", "--format", "json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed.stdout).unwrap();
    let rules = listed["rules"].as_array().unwrap().iter();
    let mut kinds: Vec<&str> = rules.map(|rule| rule["kind"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let folder = tempfile::tempdir().unwrap();
    let mut packs = Vec::new();
    for kind in kinds {
        let id = match kind {
            "signal" | "fact-used" | "weighed" => format!("reason/our-{kind}"),
            _ => format!("our-{kind}"),
        };
        let new = connote(&["rules", "new", &id, "--kind", kind]);
        assert_eq!((new.status, &*new.stderr), (0, ""), "{kind}");
        let path = folder.path().join(format!("{kind}.toml"));
        std::fs::write(&path, &new.stdout).unwrap();
        packs.push(path.to_string_lossy().into_owned());
    }
    let mut arguments = vec!["rules", "--isolated"];
    for pack in &packs {
        arguments.extend(["--pack", pack]);
    }
    let listed = connote(&arguments);
    assert_eq!(
        (listed.status, &*listed.stderr),
        (0, ""),
        "{}",
        listed.stdout
    );
    assert!(listed.stdout.contains("our-phrase"));
}
