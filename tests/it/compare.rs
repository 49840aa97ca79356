//! `connote check --compare` from outside: what is refused, and how wide it is.

use std::fs;

use crate::program::connote_in;

const GOOD: &str = "Hi Ana, your talk on kelp in Bergen was a joy.";

#[test]
fn a_comparison_is_shown_only_in_its_own_formats() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("a.md"), GOOD).unwrap();
    fs::write(
        folder.join("b.md"),
        "Hi Ben, your long book about the many kinds of seaweed in Norway was a joy.",
    )
    .unwrap();
    let compared = |more: &[&str]| {
        let mut arguments = vec!["check", "--compare", "a.md", "b.md"];
        arguments.extend(more);
        connote_in(folder, &arguments)
    };
    for format in ["short", "sarif", "github", "markdown", "html"] {
        let ran = compared(&["--format", format]);
        assert_eq!((ran.status, &*ran.stdout), (2, ""), "{format}");
        assert_eq!(
            ran.stderr,
            format!(
                "connote: --compare cannot be shown as {format}, only as terminal, json, jsonl\n"
            )
        );
    }
    for format in ["terminal", "json", "jsonl"] {
        assert_eq!(compared(&["--format", format]).status, 0, "{format}");
    }
    let ran = compared(&["--width", "50"]);
    assert_eq!(ran.status, 0);
    let wide = ran.stdout.lines().find(|line| line.chars().count() > 50);
    assert_eq!(wide, None);
}
