//! Several reports in one run, and what CI systems get unasked.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::Outcome;
use crate::program::connote_in;
use crate::program::outcome;
use crate::program::program;

/// A folder with one draft that has an error and a warning.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("a.md"),
        "Hi {{first_name}}, I came across your profile.\n",
    )
    .unwrap();
    folder
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

fn with(folder: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Outcome {
    let mut command = program();
    command.current_dir(folder).args(arguments);
    for (name, value) in variables {
        command.env(name, value);
    }
    outcome(&mut command, b"")
}

#[test]
fn reports_go_to_files_beside_the_usual_output() {
    let folder = folder();
    let alone = connote_in(folder.path(), &["check", "a.md"]);
    let several = connote_in(
        folder.path(),
        &[
            "check",
            "--color",
            "auto",
            "--output",
            "sarif=out.sarif",
            "-o",
            "junit=out.xml",
            "--output=markdown=out.md.report",
            "a.md",
        ],
    );
    assert_eq!((several.status, &*several.stderr), (1, ""));
    assert_eq!(several.stdout, alone.stdout);
    let sarif: Value = serde_json::from_str(&read(folder.path(), "out.sarif")).unwrap();
    assert!(!sarif["runs"][0]["results"].as_array().unwrap().is_empty());
    assert!(read(folder.path(), "out.xml").contains("<testsuites"));
    assert!(read(folder.path(), "out.md.report").starts_with("# Connection notes"));
    for format in ["sarif", "junit", "markdown"] {
        let shown = connote_in(folder.path(), &["check", "--format", format, "a.md"]).stdout;
        let file = ["out.sarif", "out.xml", "out.md.report"];
        assert!(
            file.iter().any(|file| read(folder.path(), file) == shown),
            "{format}"
        );
    }
}

#[test]
fn one_report_may_take_the_place_of_the_usual_output() {
    let folder = folder();
    let outcome = connote_in(
        folder.path(),
        &[
            "check",
            "--format",
            "short",
            "--output",
            "a.txt.report",
            "--output",
            "terminal=b.report",
            "a.md",
        ],
    );
    assert_eq!(
        (outcome.status, &*outcome.stdout, &*outcome.stderr),
        (1, "", "")
    );
    assert!(read(folder.path(), "a.txt.report").contains("a.md:1:4: error["));
    let forced = [
        "check",
        "--color",
        "always",
        "--output",
        "terminal=b.report",
        "a.md",
    ];
    let shown = connote_in(folder.path(), &forced).stdout;
    assert!(shown.contains('\u{1b}'));
    assert!(!read(folder.path(), "b.report").contains('\u{1b}'));
}

#[test]
fn a_report_is_never_written_over_a_draft_or_half() {
    let folder = folder();
    let draft = read(folder.path(), "a.md");
    let refused = connote_in(folder.path(), &["check", "--output", "sarif=./a.md", "."]);
    assert_eq!(refused.status, 2);
    assert!(
        refused.stderr.contains("which is one of the drafts"),
        "{}",
        refused.stderr
    );
    assert_eq!(read(folder.path(), "a.md"), draft);

    // Nothing to check: what an earlier run reported stays.
    fs::write(folder.path().join("old.sarif"), "old").unwrap();
    let nothing = connote_in(
        folder.path(),
        &[
            "check",
            "--exclude",
            "a.md",
            "--output",
            "sarif=old.sarif",
            ".",
        ],
    );
    assert_eq!(nothing.status, 2);
    assert_eq!(read(folder.path(), "old.sarif"), "old");

    // A folder that is not there.
    let lost = connote_in(
        folder.path(),
        &["check", "--output", "sarif=no/where.sarif", "a.md"],
    );
    assert_eq!(lost.status, 2);
    assert!(
        lost.stderr.contains("cannot write no/where.sarif"),
        "{}",
        lost.stderr
    );

    let wrong = connote_in(folder.path(), &["check", "--output", "sarfi=x", "a.md"]);
    assert_eq!(wrong.status, 2);
    assert!(
        wrong.stderr.contains("did you mean `sarif`?"),
        "{}",
        wrong.stderr
    );
    let names: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[cfg(unix)]
#[test]
fn links_permissions_and_pipes_stay_what_they_are() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("real.sarif"), "old").unwrap();
    fs::set_permissions(path.join("real.sarif"), fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real.sarif", path.join("link.sarif")).unwrap();
    let outcome = connote_in(
        path,
        &[
            "check",
            "--output",
            "sarif=link.sarif",
            "--output",
            "json=/dev/null",
            "a.md",
        ],
    );
    assert_eq!((outcome.status, &*outcome.stderr), (1, ""));
    assert!(
        fs::symlink_metadata(path.join("link.sarif"))
            .unwrap()
            .is_symlink()
    );
    assert!(read(path, "real.sarif").starts_with('{'));
    let mode = |name: &str| fs::metadata(path.join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("real.sarif"), 0o640);
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    // A new file is like any other new file.
    connote_in(path, &["check", "--output", "sarif=new.sarif", "a.md"]);
    fs::write(path.join("model"), "").unwrap();
    assert_eq!(mode("new.sarif"), mode("model"));
}

#[test]
fn a_broken_configuration_is_reported_in_every_report() {
    let folder = folder();
    fs::write(folder.path().join("connote.toml"), "acount = \"free\"\n").unwrap();
    let outcome = connote_in(
        folder.path(),
        &["check", "--output", "sarif=out.sarif", "a.md"],
    );
    assert_eq!(outcome.status, 2);
    let sarif: Value = serde_json::from_str(&read(folder.path(), "out.sarif")).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "configuration");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "connote.toml");
    assert_eq!(place["region"]["startLine"], 1);
}

#[test]
fn github_gets_annotations_and_a_summary_unasked() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("summary"), "before\n").unwrap();
    let hub = [
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_STEP_SUMMARY", "summary"),
    ];
    let outcome = with(
        path,
        &hub,
        &["check", "--output", "sarif=out.sarif", "a.md"],
    );
    assert_eq!((outcome.status, &*outcome.stderr), (1, ""));
    assert!(
        outcome
            .stdout
            .starts_with("::error file=a.md,line=1,endLine=1,col=4,")
    );
    let markdown = connote_in(path, &["check", "--format", "markdown", "a.md"]).stdout;
    assert_eq!(read(path, "summary"), format!("before\n{markdown}"));
    assert!(path.join("out.sarif").exists());

    // Asked for something else, it stays out of the summary.
    for arguments in [
        &["check", "--format", "short", "a.md"][..],
        &["check", "-o", "x.report", "a.md"],
    ] {
        let outcome = with(path, &hub, arguments);
        assert!(!outcome.stdout.contains("::error"));
    }
    assert_eq!(read(path, "summary"), format!("before\n{markdown}"));

    // Asked for elsewhere, it needs no summary; one that cannot be written is told and no failure.
    let elsewhere = with(path, &[], &["check", "--format", "github", "a.md"]);
    assert_eq!(elsewhere.stdout, outcome.stdout);
    let lost = [
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_STEP_SUMMARY", "no/where"),
    ];
    let lost = with(path, &lost, &["check", "--exit-zero", "a.md"]);
    assert_eq!(lost.status, 0);
    assert!(
        lost.stderr.contains("could not be written"),
        "{}",
        lost.stderr
    );
    let other = with(path, &[("GITHUB_ACTIONS", "false")], &["check", "a.md"]);
    assert!(!other.stdout.contains("::error"));
}

#[test]
fn a_summary_is_never_larger_than_github_takes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let words = "so * excited ".repeat(60);
    let rows: Vec<String> = (0..1500)
        .map(|number| format!("{number},\"Hi, {words}\""))
        .collect();
    fs::write(
        path.join("a.csv"),
        format!("id,note\n{}\n", rows.join("\n")),
    )
    .unwrap();
    let hub = [
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_STEP_SUMMARY", "summary"),
    ];
    let outcome = with(path, &hub, &["check", "--all", "--isolated", "a.csv"]);
    assert!(outcome.status < 2, "{}", outcome.stderr);
    let summary = read(path, "summary");
    assert!(
        summary.len() <= 1024 * 1024 && summary.len() > 900_000,
        "{}",
        summary.len()
    );
    assert!(summary.ends_with("\n\nThe rest is too long for a summary.\n"));
}

#[test]
fn gitlab_gets_a_code_quality_report_where_a_json_file_is_asked_for() {
    let folder = folder();
    let path = folder.path();
    let lab = [("GITLAB_CI", "true")];
    let usual = with(path, &[], &["check", "a.md"]);
    assert_eq!(with(path, &lab, &["check", "a.md"]).stdout, usual.stdout);
    with(
        path,
        &lab,
        &["check", "--output", "gl-code-quality-report.json", "a.md"],
    );
    let report: Value = serde_json::from_str(&read(path, "gl-code-quality-report.json")).unwrap();
    assert_eq!(report[0]["location"]["path"], "a.md");
}
