//! All tests that look at the program from outside, in one crate.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests, and so are the helpers in them"
)]

mod alike;
mod architecture;
mod audit;
mod baseline;
mod cache;
mod changed;
mod cmd;
mod compare;
mod contract;
mod corpus;
mod embedding;
mod exchange;
mod explain;
mod fixes;
mod foreign;
mod formats;
mod guide;
mod languages;
mod learn;
mod lsp;
mod overwriting;
mod packs;
mod page;
mod program;
mod properties;
mod readme;
mod reference;
mod reports;
mod samples;
mod schedule;
mod similarity;
mod stream;
mod watch;
mod weighed;
mod workflows;
