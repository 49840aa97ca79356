//! connote
pub mod diagnostic;
pub mod note;
pub mod render;
pub mod report;
pub mod score;
pub mod source;
pub mod span;
pub mod text;
pub mod toml_doc;
