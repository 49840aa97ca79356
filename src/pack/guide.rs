//! The guide that the rules rest on, statement by statement, and where each is at work.

use serde::Deserialize;

/// A statement of the guide.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// What it is about.
    pub topic: String,
    /// What the guide says.
    pub says: String,
    /// The rules of `connote check` that come from it.
    pub rules: Vec<String>,
    /// Where else it is at work.
    #[serde(rename = "where")]
    pub places: Vec<String>,
    /// What changes it: TOML as it would stand in the configuration, with the default.
    pub setting: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Guide {
    statement: Vec<Statement>,
}

/// All statements, in the order of the guide. Empty only if the built-in file were broken, which a test
/// rules out.
pub fn guide() -> Vec<Statement> {
    let read = toml::from_str::<Guide>(include_str!("guide.toml"));
    read.map(|guide| guide.statement).unwrap_or_default()
}
