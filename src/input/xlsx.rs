//! Workbooks of Excel.

use crate::input::InputOptions;
use crate::input::Read;
use crate::source::Sources;
use crate::span::FileId;

/// Reads all sheets that have a column with notes.
pub(super) fn read(
    _bytes: &[u8],
    _name: &str,
    _file: FileId,
    _sources: &mut Sources,
    _options: &InputOptions,
) -> Read {
    Read::default()
}
