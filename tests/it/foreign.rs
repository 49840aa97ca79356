//! Names and texts of strangers on their way to standard error: one line, and nothing that acts upon a
//! terminal or begins a command of a CI system.

use std::fs;
use std::path::Path;

use crate::program::connote_in;

/// Clears the screen, turns the direction round, and forges an annotation.
const NAME: &str = "a\u{1b}[2J\u{202e}b\n::error::forged.md";
/// The same as it is shown.
const SHOWN: &str = "a?[2J∙b ::error::forged.md";

/// Runs the program and gives its standard error, in which the name is shown.
#[track_caller]
fn told(folder: &Path, arguments: &[&str]) -> String {
    let ran = connote_in(folder, arguments);
    assert!(
        ran.stderr.contains(SHOWN),
        "{arguments:?}: {:?}",
        ran.stderr
    );
    assert_harmless(&ran.stderr);
    assert_harmless(&ran.stdout);
    ran.stderr
}

#[track_caller]
fn assert_harmless(text: &str) {
    let acts = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
    assert!(!text.contains(acts), "{text:?}");
    assert!(!text.lines().any(|line| line.starts_with("::")), "{text:?}");
}

#[test]
fn names_on_the_command_line_are_told_in_one_harmless_line() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("a.md"), "Hi Ana, your talk on kelp was a joy.").unwrap();
    for arguments in [
        &["check", NAME][..],
        &["explain", NAME],
        &["learn", NAME],
        &["check", "--compare", NAME, "a.md"],
        &["check", "a.md", "--history", NAME],
        &["rules", "stats", NAME],
    ] {
        let told = told(folder, arguments);
        for line in told.lines() {
            assert!(line.starts_with("connote: "), "{arguments:?}: {told:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn names_of_files_are_told_in_one_harmless_line() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("a.md"), "Hi Ana, your talk on kelp was a joy.").unwrap();
    fs::write(folder.join(NAME), "no cache").unwrap();
    told(folder, &["check", "a.md", "--cache", NAME]);
    fs::remove_file(folder.join(NAME)).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.join(NAME)).unwrap();
    told(folder, &["check", "."]);
    told(folder, &["schedule", "."]);
    fs::remove_file(folder.join(NAME)).unwrap();
    fs::write(folder.join(NAME), "").unwrap();
    let ran = connote_in(folder, &["check", "."]);
    assert_harmless(&ran.stdout);
}

#[test]
fn cells_are_told_in_one_harmless_line() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let header = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n";
    let row = format!("Me,Ana,\"{NAME}\",Hi,OUTGOING,https://l.co/in/me,https://l.co/in/a\n");
    fs::write(folder.join("Invitations.csv"), format!("{header}{row}")).unwrap();
    told(folder, &["learn", "Invitations.csv"]);
    let rows = format!("id,note,reference,reason,value\n\"{NAME}\",Hi Ana,9,0,0\n");
    fs::write(folder.join("labelled.csv"), rows).unwrap();
    told(folder, &["rules", "stats", "labelled.csv"]);
}
