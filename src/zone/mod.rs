//! From a place as a profile shows it to its time zone, offline: "Greater Seattle Area",
//! "Bengaluru, Karnataka, India", "München und Umgebung". Knows nothing of notes.
//!
//! Cities and their zones come from GeoNames (CC BY 4.0), see `table/make.py`. A place that could be
//! in several zones is never guessed: the zones are told, and what decided.

mod clock;
mod names;
mod resolve;
mod tables;

pub use clock::known_zone;
pub use clock::same_clock;
pub use names::plain as folded_place;
pub use resolve::Confidence;
pub use resolve::Place;
pub use resolve::place;

#[cfg(test)]
mod tests;
