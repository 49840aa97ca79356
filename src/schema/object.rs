//! A shape as a JSON Schema.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::toml_doc::Key;
use crate::toml_doc::Shape;
use crate::toml_doc::Taken;

/// A table of a shape. `words` says what the key at a path means.
pub(super) fn object(shape: &Shape, words: &dyn Fn(&[&str]) -> Option<String>) -> Value {
    within(shape, &mut Vec::new(), words)
}

fn within<'a>(
    shape: &Shape,
    path: &mut Vec<&'a str>,
    words: &dyn Fn(&[&str]) -> Option<String>,
) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, key) in &shape.keys {
        path.push(name);
        let mut schema = value(key, path, words);
        if let Some(words) = words(path) {
            schema["description"] = json!(words);
        }
        path.pop();
        properties.insert((*name).to_owned(), schema);
        if key.required {
            required.push(*name);
        }
    }
    let mut schema = json!({"type": "object"});
    if !properties.is_empty() {
        schema["properties"] = Value::Object(properties);
    }
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    if !shape.open {
        schema["additionalProperties"] = json!(false);
    }
    schema
}

/// What may stand under a key.
fn value<'a>(
    key: &Key,
    path: &mut Vec<&'a str>,
    words: &dyn Fn(&[&str]) -> Option<String>,
) -> Value {
    // A reader that looks for itself and then takes a text takes a text.
    let mut takes: Vec<&Taken> = key.takes.iter().filter(|one| **one != Taken::Any).collect();
    // A text first and one of some words then is one of the words.
    if takes.iter().any(|one| matches!(one, Taken::Choice(_))) {
        takes.retain(|one| **one != Taken::Text);
    }
    let mut schemas: Vec<Value> = Vec::new();
    for taken in takes {
        schemas.push(match taken {
            Taken::Any => json!({}),
            Taken::Text => json!({"type": "string"}),
            Taken::TextOrInteger => json!({"type": ["string", "integer"]}),
            Taken::Integer => json!({"type": "integer"}),
            Taken::Count => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
            Taken::Number => json!({"type": "number"}),
            Taken::Boolean => json!({"type": "boolean"}),
            Taken::Texts => json!({
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
            }),
            Taken::Choice(words) => json!({"enum": words}),
            Taken::Table => within(&key.inner, path, words),
            Taken::List => json!({"type": "array", "items": within(&key.inner, path, words)}),
        });
    }
    match schemas.len() {
        0 => json!({}),
        1 => schemas.swap_remove(0),
        _ => json!({"anyOf": schemas}),
    }
}
