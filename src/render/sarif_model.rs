//! The shapes of SARIF 2.1.0, as far as they are written here. Everything borrows where it can.

use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Driver<'a> {
    pub(crate) name: &'static str,
    pub(crate) version: &'a str,
    pub(crate) semantic_version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) information_uri: Option<&'static str>,
    pub(crate) rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Rule<'a> {
    pub(crate) id: &'a str,
    pub(crate) short_description: Text,
    pub(crate) full_description: Text,
    pub(crate) help: Help,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) default_configuration: Option<Configuration>,
}

/// Plain text.
#[derive(Serialize)]
pub(crate) struct Text {
    pub(crate) text: String,
}

#[derive(Serialize)]
pub(crate) struct Help {
    pub(crate) text: String,
    pub(crate) markdown: String,
}

#[derive(Serialize)]
pub(crate) struct Configuration {
    pub(crate) level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Outcome<'a> {
    pub(crate) rule_id: &'a str,
    pub(crate) rule_index: usize,
    pub(crate) level: &'static str,
    pub(crate) message: Text,
    pub(crate) locations: [Location<'a>; 1],
    pub(crate) partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) fixes: Vec<Fix>,
}

/// All replacements of a fix belong together.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Fix {
    pub(crate) description: Text,
    pub(crate) artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Change {
    pub(crate) artifact_location: Artifact,
    pub(crate) replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Replacement {
    pub(crate) deleted_region: Region,
    pub(crate) inserted_content: Text,
}

/// Ours, and the one by which GitHub knows a result again: without it GitHub makes one from the line, and two
/// findings of a rule in one line become one.
#[derive(Serialize)]
pub(crate) struct Fingerprints {
    #[serde(rename = "connote/v1")]
    pub(crate) own: String,
    #[serde(rename = "primaryLocationLineHash")]
    pub(crate) line: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<Text>,
    pub(crate) physical_location: Physical,
    /// The cell of a workbook, which has no lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) logical_locations: Option<[Logical<'a>; 1]>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Physical {
    pub(crate) artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<Region>,
}

#[derive(Serialize)]
pub(crate) struct Artifact {
    pub(crate) uri: String,
}

/// Columns count code points, from 1; the end is the first one behind the region.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Region {
    pub(crate) start_line: u32,
    pub(crate) start_column: u32,
    pub(crate) end_line: u32,
    pub(crate) end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Logical<'a> {
    pub(crate) fully_qualified_name: &'a str,
    pub(crate) kind: &'static str,
}
