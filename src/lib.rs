//! connote
pub mod diagnostic;
pub mod facts;
pub mod note;
pub mod pattern;
pub mod report;
pub mod score;
pub mod source;
pub mod span;
pub mod text;
pub mod toml_doc;
