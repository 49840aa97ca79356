//! JSON Schemas of `connote.toml` and of rule packs, by which editors complete keys and mark mistakes.
//!
//! Which keys there are, and what may stand under them, is learned from the readers themselves
//! ([`crate::toml_doc::learn`]), so that a schema cannot fall behind them. What the keys mean stands in
//! `words.toml` and in the table of the kinds of check; a test finds a key without words, and words
//! without a key. Draft 7, which editors for TOML know.

mod object;
#[cfg(test)]
mod tests;
mod words;

use std::path::Path;

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::audit;
use crate::check::KINDS;
use crate::check::Kind;
use crate::config;
use crate::config::COLUMN_KEYS;
use crate::pack;
use crate::pack::Pack;
use crate::ruleset::example_shape;
use crate::ruleset::rule_shape;
use crate::schedule;
use crate::schema::object::object;
use crate::schema::words::Words;
use crate::score::ScoreTable;
use crate::source::Sources;
use crate::span::FileId;
use crate::toml_doc::Problems;
use crate::toml_doc::Table;
use crate::toml_doc::learn;

const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// The schema of `connote.toml`. Rules are those of the built-in packs; others may be set, too.
pub fn configuration() -> Value {
    configuration_in(&Words::new())
}

/// The schema of a rule pack.
pub fn pack() -> Value {
    pack_in(&Words::new())
}

fn configuration_in(words: &Words) -> Value {
    let shape = learn(&[], &|table| {
        config::read(table, Path::new(""), &mut problems());
    });
    let mut schema = object(&shape, &|path| words.of("config", path));
    let tables = [
        ("score", score(words)),
        ("schedule", schedule(words)),
        ("audit", audit(words)),
        ("zones", json!({"additionalProperties": {"type": "string"}})),
        (
            "columns",
            json!({"additionalProperties": {"enum": COLUMN_KEYS}}),
        ),
        ("rules", rules()),
    ];
    for (key, mut inner) in tables {
        // The configuration's reader hands these tables on; what is read from them is told here.
        let place = &mut schema["properties"][key];
        inner["type"] = json!("object");
        inner["description"] = place["description"].take();
        *place = inner;
    }
    let settings = KINDS
        .iter()
        .map(|kind| (kind.name.to_owned(), rule(kind, true, words)));
    schema["definitions"] = Value::Object(settings.collect());
    headed(schema, "Settings of connote")
}

fn pack_in(words: &Words) -> Value {
    let shape = learn(&[], &|table| {
        pack::read_table(table, FileId::default(), "", &mut problems());
    });
    let mut schema = object(&shape, &|path| words.of("pack", path));
    let properties = &mut schema["properties"];
    let description = properties["score"]["description"].take();
    properties["score"] = score(words);
    properties["score"]["description"] = description;
    let entries = json!({"type": "array", "items": {"type": "string"}});
    properties["vocabulary"]["additionalProperties"] = entries;
    let mut definitions: Map<String, Value> = KINDS
        .iter()
        .map(|kind| (kind.name.to_owned(), rule(kind, false, words)))
        .collect();
    properties["rule"]["items"] = any_rule(&definitions, words);
    definitions.insert("example".to_owned(), example(words));
    schema["definitions"] = Value::Object(definitions);
    headed(schema, "A rule pack of connote")
}

fn headed(mut schema: Value, title: &str) -> Value {
    schema["$schema"] = json!(DRAFT);
    schema["title"] = json!(title);
    schema
}

fn problems() -> Problems {
    Problems::new("schema")
}

fn score(words: &Words) -> Value {
    let shape = learn(&[], &|table| {
        ScoreTable::default().overlaid(table, &mut problems());
    });
    object(&shape, &|path| words.of("score", path))
}

fn schedule(words: &Words) -> Value {
    let shape = learn(&[], &|table| {
        schedule::Settings::read(table, &Table::default(), &mut problems());
    });
    object(&shape, &|path| words.of("schedule", path))
}

fn audit(words: &Words) -> Value {
    let shape = learn(&[], &|table| {
        audit::Settings::read(table, &mut problems());
    });
    object(&shape, &|path| words.of("audit", path))
}

/// `[rules.ID]`: the built-in rules by their kinds. A rule of somebody's own pack may have anything.
fn rules() -> Value {
    let packs = pack::builtin(&mut Sources::default(), &mut problems());
    let declared = packs.iter().flat_map(|pack: &Pack| pack.rules.iter());
    let properties: Map<String, Value> = declared
        .map(|rule| {
            let text = |key| {
                let text = rule.table.string(key, &mut problems());
                text.map_or(String::new(), |text| text.value.to_owned())
            };
            let reference = format!("#/definitions/{}", text("kind"));
            // Beside a reference nothing else is looked at.
            let schema = json!({"description": text("message"), "allOf": [{"$ref": reference}]});
            (rule.id.value.clone(), schema)
        })
        .collect();
    json!({"properties": properties, "additionalProperties": {"type": "object"}})
}

/// A rule of a kind: as it stands in a pack, or the settings that a configuration may change.
fn rule(kind: &Kind, settings: bool, words: &Words) -> Value {
    let mut shape = rule_shape(kind);
    if settings {
        shape.keys.remove("id");
        shape.keys.remove("kind");
        shape.keys.values_mut().for_each(|key| key.required = false);
    }
    let mut schema = object(&shape, &|path| words.of_rule(kind, path));
    schema["description"] = json!(format!("{}: {}.", kind.name, kind.about));
    let properties = &mut schema["properties"];
    for key in ["bad", "good"] {
        // In a configuration nobody writes examples.
        let item = match settings {
            true => json!({}),
            false => json!({"$ref": "#/definitions/example"}),
        };
        properties[key]["type"] = json!("array");
        properties[key]["items"] = item;
    }
    if !settings {
        properties["kind"] = json!({"const": kind.name, "description": kind.about});
        properties["id"]["pattern"] = json!("^[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)?$");
    }
    schema
}

/// A rule of any kind. `properties` are for completion, before the kind is written; `allOf` says what is
/// wrong, for just the kind that is named. A rule without a kind says one of another pack in its own language:
/// that may have any key of any kind.
fn any_rule(definitions: &Map<String, Value>, words: &Words) -> Value {
    let mut properties = Map::new();
    let mut branches = Vec::new();
    for kind in KINDS {
        if let Some(own) = definitions[kind.name]["properties"].as_object() {
            for (key, schema) in own {
                let described = match schema.get("description") {
                    Some(words) => json!({"description": words}),
                    None => json!({}),
                };
                properties.entry(key.clone()).or_insert(described);
            }
        }
        branches.push(json!({
            "if": {"required": ["kind"], "properties": {"kind": {"const": kind.name}}},
            "then": {"$ref": format!("#/definitions/{}", kind.name)},
        }));
    }
    let known: Map<String, Value> = properties
        .keys()
        .map(|key| (key.clone(), json!({})))
        .collect();
    branches.push(json!({
        "if": {"required": ["kind"]},
        "else": {"properties": known, "additionalProperties": false},
    }));
    let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    properties.insert(
        "kind".to_owned(),
        json!({"enum": kinds, "description": words.of("rule", &["kind"])}),
    );
    json!({
        "type": "object",
        "required": ["id"],
        "properties": properties,
        "allOf": branches,
    })
}

/// An example of a rule: a text, or a table.
fn example(words: &Words) -> Value {
    let mut schema = object(&example_shape(), &|path| match path {
        [_] => words.of("example", path),
        // The examples in an example are told of by themselves.
        _ => None,
    });
    for key in ["others", "sent"] {
        schema["properties"][key]["items"] = json!({"$ref": "#/definitions/example"});
    }
    json!({"anyOf": [{"type": "string"}, schema]})
}
