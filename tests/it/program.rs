//! Runs the built program, with nothing of the surroundings in its way.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

/// Variables that change what the program shows.
pub(crate) const VARIABLES: &[&str] = &[
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "TERM",
    "COLUMNS",
    "LC_ALL",
    "LC_CTYPE",
    "LANG",
    "GITHUB_ACTIONS",
    "GITHUB_STEP_SUMMARY",
    "GITLAB_CI",
];

/// What came of a run.
pub(crate) struct Outcome {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The folder of the project.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The program, to be run in the folder of the project.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connote"));
    command.current_dir(root());
    for name in VARIABLES {
        command.env_remove(name);
    }
    command.env("SOURCE_DATE_EPOCH", NOW);
    command
}

/// The moment of every run in a test: 27 March 2026, 12:00 UTC, a Friday.
pub(crate) const NOW: &str = "1774612800";

/// Runs the program in the folder of the project.
pub(crate) fn connote(arguments: &[&str]) -> Outcome {
    outcome(program().args(arguments), b"")
}

/// Runs it in another folder.
pub(crate) fn connote_in(folder: &Path, arguments: &[&str]) -> Outcome {
    outcome(program().current_dir(folder).args(arguments), b"")
}

/// Runs a command that gets some input.
pub(crate) fn outcome(command: &mut Command, input: &[u8]) -> Outcome {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that needs no input may be gone before it gets any.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Outcome {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
