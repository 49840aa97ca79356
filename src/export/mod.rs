//! LinkedIn's data export ("Get a copy of your data"): its tables, read row by row.
//!
//! Opens nothing: whoever has the files or the archive hands in readers. Of a broken row the place is
//! told, and the next one read. Memory grows with the number of invitations and connections, not with
//! the size of the files.

mod messages;
mod reader;
mod tables;

pub use reader::Limits;
pub use reader::Reader;
pub use tables::Table;

#[cfg(test)]
mod tests;
