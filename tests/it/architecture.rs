//! The one law of the house: who may import whom. A row may name only rows above it, so that a ring
//! cannot even be written down.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// Module, and the modules that it may import.
const MAY_IMPORT: &[(&str, &str)] = &[
    ("span", ""),
    ("similarity", ""),
    ("window", ""),
    ("statistics", ""),
    ("language", ""),
    ("source", "span"),
    ("diagnostic", "span"),
    ("text", "span"),
    ("zone", "text"),
    ("toml_doc", "span diagnostic"),
    ("note", "span text"),
    ("history", "span text note"),
    ("schedule", "span toml_doc note window zone"),
    ("facts", "text note language"),
    ("pattern", "text toml_doc facts language"),
    ("score", "span toml_doc"),
    ("weigh", "facts language score"),
    (
        "audit",
        "diagnostic toml_doc history zone schedule score statistics",
    ),
    ("input", "span source diagnostic text note"),
    ("export", "span source diagnostic history input"),
    ("pack", "span source toml_doc"),
    ("config", "span diagnostic toml_doc"),
    (
        "check",
        "span similarity diagnostic text toml_doc note facts pattern score schedule window zone history audit language weigh",
    ),
    (
        "ruleset",
        "span diagnostic text toml_doc note pattern score pack config schedule zone audit check language weigh",
    ),
    ("fix", "span source diagnostic text note"),
    (
        "schema",
        "span source toml_doc score pack config schedule audit check ruleset",
    ),
    ("report", "diagnostic note score language"),
    ("baseline", "span toml_doc text note history report"),
    (
        "load",
        "span source diagnostic text note history input export",
    ),
    (
        "lint",
        "span diagnostic text toml_doc note facts pattern score input pack schedule window history audit check ruleset report language baseline fix weigh",
    ),
    (
        "agreement",
        "diagnostic note score statistics report ruleset weigh",
    ),
    ("learn", "diagnostic score statistics audit report lint"),
    (
        "render",
        "span source diagnostic note fix history audit score schedule report agreement learn",
    ),
    (
        "linter",
        "span source diagnostic text toml_doc note language score input pack config ruleset report lint render",
    ),
    (
        "editor",
        "span source diagnostic note history score input ruleset report lint render language",
    ),
];

/// Things that only some modules may use.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("std::fs", &["load"]),
    ("codespan_reporting", &["render/terminal"]),
    ("clap", &[]),
    ("std::env", &[]),
    ("zip", &["load/export"]),
    ("whatlang", &["language"]),
    ("calamine", &["input/xlsx"]),
    ("csv_core", &["input/cells"]),
    ("quick_xml", &["render/xml"]),
    (
        "sha2",
        &[
            "baseline",
            "lint/kept",
            "render/fingerprint",
            "render/web/frame",
        ],
    ),
    ("postcard", &["lint/kept"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file of the library: path below `src` and text without its tests.
fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&root().join("src"), &mut files);
    files.retain(|(path, _)| !path.starts_with("bin/") && path != "lib.rs" && !is_test(path));
    assert!(files.len() > 20, "the sources were not found");
    files
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root().join("src")).unwrap();
            let name = name.to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).unwrap();
            files.push((name, without_tests(&text)));
        }
    }
}

/// Files that hold nothing but tests.
fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs")
        || path.ends_with("/testing.rs")
        || path.contains("/tests/")
        || path.ends_with("/hostile.rs")
}

/// Tests stand at the foot of a file and may look at anything.
fn without_tests(text: &str) -> String {
    text.split("\n#[cfg(test)]\nmod ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn module_of(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or_default()
}

#[test]
fn a_row_names_only_rows_above_it() {
    let mut above = BTreeSet::new();
    for (module, allowed) in MAY_IMPORT {
        for name in allowed.split_whitespace() {
            assert!(
                above.contains(name),
                "`{module}` names `{name}`, which is not above it"
            );
        }
        assert!(above.insert(*module), "`{module}` stands twice");
    }
}

#[test]
fn modules_import_what_the_table_allows() {
    let table: BTreeMap<&str, BTreeSet<&str>> = MAY_IMPORT
        .iter()
        .map(|(module, allowed)| (*module, allowed.split_whitespace().collect()))
        .collect();
    let word = regex::Regex::new(r"\bcrate::([a-z_]+)").unwrap();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for (path, text) in sources() {
        let module = module_of(&path);
        let Some(allowed) = table.get(module) else {
            wrong.push(format!("{path}: `{module}` has no row in the table"));
            continue;
        };
        seen.insert(module.to_owned());
        for found in word.captures_iter(&text) {
            let name = &found[1];
            if name != module && !allowed.contains(name) {
                wrong.push(format!("{path} imports `{name}`"));
            }
        }
        if text.contains("super::super") {
            wrong.push(format!("{path} climbs with super::super"));
        }
        if text
            .lines()
            .any(|line| line.starts_with("use crate::") && line.contains('{'))
        {
            wrong.push(format!(
                "{path}: write one `use crate::module::...;` a line"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(seen.len(), table.len(), "a row of the table has no module");
}

#[test]
fn only_some_modules_touch_the_world() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (word, places) in ONLY_IN {
            let used = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .any(|line| {
                    line.contains(&format!("{word}::")) || line.contains(&format!("use {word}"))
                });
            if used && !places.iter().any(|place| path.starts_with(place)) {
                wrong.push(format!("{path} uses {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| path)
        .collect();
    assert!(
        silent.is_empty(),
        "without a //! comment at the top: {silent:?}"
    );
}
