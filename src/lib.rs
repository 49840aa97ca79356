//! connote
pub mod diagnostic;
pub mod note;
pub mod source;
pub mod span;
pub mod text;
