//! Small readers that several kinds share.

use crate::score::Level;
use crate::score::Part;
use crate::toml_doc::Problems;
use crate::toml_doc::Table;

/// The part of the formula under a key; missing or unknown is reported.
pub(super) fn part(table: &Table, key: &'static str, problems: &mut Problems) -> Option<Part> {
    if table.value(key).is_none() {
        table.require(key, problems);
        return None;
    }
    table
        .choice(key, &Part::NAMES, problems)
        .map(|part| part.value)
}

/// The level under a key; missing or unknown is reported.
pub(super) fn level(table: &Table, key: &'static str, problems: &mut Problems) -> Option<Level> {
    if table.value(key).is_none() {
        table.require(key, problems);
        return None;
    }
    table
        .choice(key, &Level::NAMES, problems)
        .map(|level| level.value)
}
