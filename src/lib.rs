//! connote
