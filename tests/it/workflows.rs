//! The example workflows, the action and the hooks for pre-commit: what they call is what the program knows.
//! They are run as a whole by the scripts in `tests/ci`.

use std::fs;
use std::path::Path;
use std::process::Command;

use connote::input::FORMATS;
use regex::Regex;
use serde_json::Value;

use crate::program::Outcome;
use crate::program::VARIABLES;
use crate::program::connote_in;
use crate::program::outcome;
use crate::program::root;

fn yaml(path: &str) -> Value {
    let text = fs::read_to_string(root().join(path)).unwrap();
    serde_saphyr::from_str(&text).unwrap()
}

/// A folder with a good draft in `drafts`, and if asked for, a bad one.
fn folder(bad: bool) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let drafts = folder.path().join("drafts");
    fs::create_dir(&drafts).unwrap();
    fs::copy(
        root().join("samples/drafts/wanjiru-tea.note"),
        drafts.join("good.note"),
    )
    .unwrap();
    fs::write(folder.path().join("connote.toml"), "account = \"paid\"\n").unwrap();
    if bad {
        fs::write(drafts.join("bad.md"), "Hi {{first_name}}, hello.\n").unwrap();
    }
    folder
}

/// Runs a line of a workflow in a shell that finds the program under its name.
fn run(folder: &Path, line: &str, variables: &[(&str, &str)]) -> Outcome {
    let program = Path::new(env!("CARGO_BIN_EXE_connote")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).current_dir(folder);
    for name in VARIABLES {
        shell.env_remove(name);
    }
    shell.env("PATH", format!("{}:{path}", program.display()));
    shell
        .envs(variables.iter().copied())
        .env("DRAFTS", "drafts");
    outcome(&mut shell, b"")
}

/// The lines of a workflow that call the program.
fn calls(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![document];
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) if text.starts_with("connote ") => found.push(text.clone()),
            Value::Array(items) => open.extend(items),
            Value::Object(items) => open.extend(items.values()),
            _ => {}
        }
    }
    found
}

#[test]
fn the_commands_of_the_examples_pass_good_drafts_and_refuse_bad_ones() {
    for (file, variable, report, shown) in [
        (
            "samples/ci/github.yml",
            "GITHUB_ACTIONS",
            "connote.sarif",
            "::error file=drafts/bad.md",
        ),
        (
            "samples/ci/gitlab-ci.yml",
            "GITLAB_CI",
            "gl-code-quality-report.json",
            "error[unfilled-placeholder]",
        ),
    ] {
        let calls = calls(&yaml(file));
        assert_eq!(calls.len(), 1, "{file}");
        for bad in [false, true] {
            let folder = folder(bad);
            let done = run(folder.path(), &calls[0], &[(variable, "true")]);
            assert_eq!((done.status, &*done.stderr), (i32::from(bad), ""), "{file}");
            assert_eq!(done.stdout.contains(shown), bad, "{}", done.stdout);
            let report = fs::read_to_string(folder.path().join(report)).unwrap();
            assert_eq!(report.contains("unfilled-placeholder"), bad);
            assert!(folder.path().join("connote.xml").exists());
        }
    }
}

#[test]
fn reports_that_are_handed_on_are_those_that_are_written() {
    let hub = yaml("samples/ci/github.yml").to_string();
    assert!(hub.contains("sarif=connote.sarif") && hub.contains(r#""sarif_file":"connote.sarif""#));
    let lab = &yaml("samples/ci/gitlab-ci.yml")["connection notes"];
    let reports = &lab["artifacts"]["reports"];
    let call = lab["script"][1].as_str().unwrap();
    for (format, key) in [("gitlab", "codequality"), ("junit", "junit")] {
        let output = format!("--output {format}={} ", reports[key].as_str().unwrap());
        assert!(call.contains(&output), "{output}");
    }
}

#[test]
fn the_hooks_find_drafts_and_call_what_there_is() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    for hook in hooks.as_array().unwrap() {
        let files = Regex::new(hook["files"].as_str().unwrap()).unwrap();
        let searched = FORMATS.iter().filter(|format| format.searched);
        for extension in searched.flat_map(|format| format.extensions) {
            assert!(
                files.is_match(&format!("drafts/a/b.{extension}")),
                "{extension}"
            );
        }
        assert!(!files.is_match("README.md"));
        let mut arguments: Vec<&str> = hook["entry"].as_str().unwrap().split(' ').collect();
        assert_eq!(arguments.remove(0), "connote");
        let given = hook["args"].as_array().into_iter().flatten();
        arguments.extend(given.map(|it| it.as_str().unwrap()));
        if hook["pass_filenames"] != false {
            arguments.push("drafts/good.note");
        }
        let done = connote_in(folder(false).path(), &arguments);
        assert_eq!((done.status, &*done.stderr), (0, ""), "{arguments:?}");
    }
}

#[test]
fn the_action_hands_its_inputs_over_as_variables() {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_array().unwrap();
    let mut used = Vec::new();
    for step in steps {
        // An expression in a script would let an input write commands.
        let script = step["run"].as_str().unwrap();
        assert!(!script.contains("${{"), "{script}");
        for (name, value) in step["env"].as_object().unwrap() {
            assert!(
                script.contains(&format!("${name}")) || script.contains(&format!("${{{name}")),
                "{name}"
            );
            let value = value.as_str().unwrap();
            used.push(
                value
                    .trim_start_matches("${{ inputs.")
                    .trim_end_matches(" }}")
                    .to_owned(),
            );
        }
    }
    let mut inputs: Vec<&String> = action["inputs"].as_object().unwrap().keys().collect();
    inputs.sort();
    used.sort();
    assert_eq!(inputs, used.iter().collect::<Vec<_>>());
}
