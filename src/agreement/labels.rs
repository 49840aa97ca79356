//! People's labels of a note.

use crate::note::Note;

/// What people say of a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// Reference, reason, value: 0 none, 1 generic, 2 specific.
    pub levels: [u8; 3],
    /// Pitch, generic, placeholder.
    pub flags: [bool; 3],
}

impl Labels {
    /// The sum of the three levels, 0 to 6.
    pub fn sum(&self) -> u8 {
        self.levels.iter().sum()
    }
}

/// The names of the levels' keys: short as in corpora, long as in outputs.
const LEVELS: [[&str; 2]; 3] = [["p", "reference"], ["r", "reason"], ["v", "value"]];
const FLAGS: [&str; 3] = ["pitch", "generic", "placeholder"];

/// The labels of a note: the object `labels` of a JSON row, or columns with the same names. A flag that is
/// left out is not set. Nothing if one of the three levels is missing.
///
/// # Errors
/// What is no label, in plain words.
pub fn labels(note: &Note) -> Result<Option<Labels>, String> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, value) in &note.extra {
        let name = name.trim().to_lowercase();
        match name.strip_prefix("labels.") {
            Some(inner) => pairs.push((inner.to_owned(), value.value.to_string())),
            None if name == "labels" => pairs.extend(object(&value.value)?),
            None => pairs.push((name, value.value.to_string())),
        }
    }
    let value = |names: &[&str]| {
        let mut pairs = pairs.iter();
        pairs
            .find(|(name, _)| names.contains(&name.as_str()))
            .map(|(_, value)| value.trim())
    };
    let mut labels = Labels::default();
    for (level, names) in labels.levels.iter_mut().zip(LEVELS) {
        *level = match value(&names).map(str::to_lowercase).as_deref() {
            Some("0" | "none") => 0,
            Some("1" | "generic" | "vague" | "weak") => 1,
            Some("2" | "specific" | "clear") => 2,
            Some(other) => {
                return Err(format!(
                    "the label of {} is `{other}`, not 0, 1 or 2",
                    names[1]
                ));
            }
            None => return Ok(None),
        };
    }
    for (flag, name) in labels.flags.iter_mut().zip(FLAGS) {
        *flag = match value(&[name]).map(str::to_lowercase).as_deref() {
            None | Some("false" | "no" | "0" | "") => false,
            Some("true" | "yes" | "1" | "x") => true,
            Some(other) => {
                return Err(format!(
                    "the label `{name}` is `{other}`, not true or false"
                ));
            }
        };
    }
    Ok(Some(labels))
}

/// The keys and values of an object as it stands in the file.
fn object(text: &str) -> Result<Vec<(String, String)>, String> {
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(text).map_err(|_| "`labels` is no object".to_owned())?;
    let words = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    Ok(object
        .into_iter()
        .map(|(key, value)| (key.to_lowercase(), words(value)))
        .collect())
}
