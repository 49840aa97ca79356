//! What all pages share: one frame, one stylesheet, one way to draw plots, and strangers' words made
//! harmless.
//!
//! A page is one file. It asks for nothing from the network, and its policy lets the browser use only the
//! style and the script whose hashes it names. `maud` escapes every text that goes in.

pub(crate) mod bars;
pub(crate) mod columns;
pub(crate) mod figure;
mod frame;
pub(crate) mod grid;
pub(crate) mod plot;
pub(crate) mod shares;
pub(crate) mod words;

pub(crate) use frame::Page;
pub(crate) use frame::footer;
pub(crate) use frame::put;
