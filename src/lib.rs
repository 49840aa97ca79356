//! connote
pub mod config;
pub mod diagnostic;
pub mod facts;
pub mod input;
pub mod lint;
pub mod load;
pub mod note;
pub mod pattern;
pub mod render;
pub mod report;
pub mod ruleset;
pub mod score;
pub mod source;
pub mod span;
pub mod text;
pub mod toml_doc;
