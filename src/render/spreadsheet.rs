//! CSV that we write for spreadsheets.

use std::io;

/// Writes a row (RFC 4180).
pub(crate) fn row(out: &mut dyn io::Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    for (number, cell) in cells.enumerate() {
        if number > 0 {
            out.write_all(b",")?;
        }
        // What begins so is run as a formula by spreadsheets; an apostrophe keeps it a text.
        let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let cell = if runs { format!("'{cell}") } else { cell };
        if cell.contains([',', '"', '\n', '\r']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}
