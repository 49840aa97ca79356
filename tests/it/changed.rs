//! `--changed-since` where there is no git to ask. What git answers is tried in `tests/changed.sh`.

use crate::program::outcome;
use crate::program::program;

#[test]
fn without_git_or_with_standard_input_it_says_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "Hi Ana").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = program();
        let command = command
            .current_dir(folder.path())
            .args(["check", "--isolated"]);
        outcome(
            command.args(arguments).env("PATH", folder.path()),
            b"Hi Ana",
        )
    };
    let missing = run(&["--changed-since", "main", "a.md"]);
    assert_eq!((missing.status, &*missing.stdout), (2, ""));
    assert_eq!(
        missing.stderr,
        "connote: --changed-since asks git, and there is no program `git` here\n"
    );
    let stdin = run(&["--changed-since", "main", "-"]);
    assert_eq!((stdin.status, &*stdin.stdout), (2, ""));
    assert!(stdin.stderr.contains("standard input"), "{}", stdin.stderr);
}
