//! connote
pub mod diagnostic;
pub mod input;
pub mod load;
pub mod note;
pub mod source;
pub mod span;
pub mod text;
