//! The block of keys above a note: TOML between `+++`, YAML between `---`.

use crate::diagnostic::Diagnostic;
use crate::input::row::Cell;
use crate::input::row::Context;

/// Reads the front matter, if there is one. Returns its cells and where the body begins.
pub(super) fn read<'a>(
    _text: &'a str,
    start: usize,
    _context: Context<'_>,
    _found: &mut Vec<Diagnostic>,
) -> (Vec<Cell<'a>>, usize) {
    (Vec::new(), start)
}
