//! What fixes change, as a unified diff.

use std::io;
use std::io::Write;

use connote::render::clean::clean;
use similar::TextDiff;

use crate::foreign;

/// Lines around a change.
const AROUND: usize = 3;

/// Writes what makes the new text of the old one. On a terminal control characters are shown as marks;
/// elsewhere the bytes are those of the files, so that `patch` can read them.
pub(crate) fn write(
    name: &str,
    old: &str,
    new: &str,
    on_terminal: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let diff = TextDiff::from_lines(old, new);
    let name = clean(name);
    let mut unified = diff.unified_diff();
    let unified = unified.context_radius(AROUND).header(&name, &name);
    foreign::write(&unified.to_string(), on_terminal, out)
}
