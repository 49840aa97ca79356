//! All tests that look at the program from outside, in one crate.

mod architecture;
mod contract;
mod packs;
mod program;
mod samples;
