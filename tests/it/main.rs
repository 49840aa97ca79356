//! All tests that look at the program from outside, in one crate.

mod architecture;
mod cmd;
mod contract;
mod formats;
mod packs;
mod program;
mod properties;
mod readme;
mod samples;
