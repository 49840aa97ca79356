use super::*;
use crate::toml_doc::parse;
use std::collections::BTreeSet;

#[test]
fn every_key_has_words_and_no_words_are_left_over() {
    let words = Words::new();
    configuration_in(&words);
    pack_in(&words);
    assert_eq!(*words.missing.borrow(), BTreeSet::new());
    assert_eq!(*words.used.borrow(), words.all());
}

/// The keys that the schema has at a path of its properties.
fn keys<'a>(schema: &'a Value, path: &[&str]) -> BTreeSet<&'a str> {
    let found = path.iter().fold(schema, |schema, key| &schema[*key]);
    let keys = found["properties"].as_object();
    keys.map(|keys| keys.keys().map(String::as_str).collect())
        .unwrap_or_default()
}

/// The other way round: keys as they stand in the sources of the readers, found by eye of a pattern.
fn keys_in_source(text: &str) -> BTreeSet<&str> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let call = regex::Regex::new(
        r#"(?:string|integer|count|number|boolean|table|strings|array|choice|value|text|own_table)\(\s*(?:table, )?"([a-z_-]+)""#,
    )
    .unwrap();
    let found = call.captures_iter(code).map(|found| found.get(1).unwrap());
    found.map(|key| key.as_str()).collect()
}

#[test]
fn the_keys_are_those_in_the_sources_of_the_readers() {
    let schema = configuration();
    let mut known = keys(&schema, &[]);
    known.extend(keys(&schema, &["properties", "sender"]));
    known.extend(keys(&schema, &["properties", "overrides", "items"]));
    let written = keys_in_source(include_str!("../config/file.rs"));
    assert_eq!(known, written);
    assert!(written.len() > 20);
    let written = keys_in_source(include_str!("../check/matcher.rs"));
    let rule = keys(&pack(), &["definitions", "phrase"])
        .into_iter()
        .map(str::to_owned)
        .collect::<BTreeSet<String>>();
    assert!(written.len() == 6 && written.iter().all(|key| rule.contains(*key)));
}

#[test]
fn the_reader_knows_every_key_of_the_schema() {
    let schema = configuration();
    let top = keys(&schema, &[]);
    for (path, head) in [
        (vec!["properties", "sender"], "[sender]"),
        (vec!["properties", "overrides", "items"], "[[overrides]]"),
        (vec![], ""),
    ] {
        for key in keys(&schema, &path) {
            let mut problems = problems();
            let table = parse(
                &format!("{head}\n{key} = 1979-01-01\n"),
                FileId::default(),
                &mut problems,
            );
            config::read(&table, Path::new("/"), &mut problems);
            let unknown = |problem: &crate::diagnostic::Diagnostic| {
                problem.message.starts_with("unknown key")
            };
            assert!(!problems.found.iter().any(unknown), "{head} {key}");
        }
    }
    assert!(top.len() > 15);
}

#[test]
fn a_kind_takes_what_its_table_says() {
    let schema = pack();
    for kind in KINDS {
        let known = keys(&schema, &["definitions", kind.name]);
        for (key, _) in kind.parameters {
            assert!(known.contains(key), "{}: {key}", kind.name);
        }
    }
    let phrase = &schema["definitions"]["phrase"];
    assert_eq!(phrase["required"], json!(["id", "kind", "message"]));
    assert_eq!(
        phrase["properties"]["level"]["enum"],
        json!(["error", "warning", "info", "hint", "off"])
    );
    let condition = &schema["definitions"]["if-then"];
    assert_eq!(
        keys(condition, &["properties", "then"]),
        [
            "not",
            "patterns",
            "phrases",
            "unless",
            "unless_note",
            "where"
        ]
        .into()
    );
    assert_eq!(
        schema["definitions"]["order"]["properties"]["first"]["anyOf"][0]["enum"],
        json!(["reference", "reason", "value"])
    );
}
