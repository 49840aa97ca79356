//! Our places and findings as the protocol writes them.

use std::ops;
use std::path::Path;
use std::path::PathBuf;

use connote::diagnostic::Severity;
use connote::editor::Encoding;
use connote::editor::Lines;
use connote::editor::Point;
use ls_types::DiagnosticSeverity;
use ls_types::Position;
use ls_types::Range;
use ls_types::Uri;

/// The path of a file's address; none for anything but a file.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    let path = is_file.then(|| uri.to_file_path()).flatten()?;
    path.is_absolute().then(|| path.into_owned())
}

/// The address of a file.
pub(super) fn uri_of(path: &Path) -> Option<Uri> {
    path.is_absolute().then(|| Uri::from_file_path(path))?
}

pub(super) fn position(point: Point) -> Position {
    Position::new(point.line, point.character)
}

pub(super) fn point(position: Position) -> Point {
    Point {
        line: position.line,
        character: position.character,
    }
}

/// Bytes as a range.
pub(super) fn range(lines: &Lines, bytes: ops::Range<usize>, encoding: Encoding) -> Range {
    let at = |byte| position(lines.point(byte, encoding));
    Range::new(at(bytes.start), at(bytes.end))
}

/// A range as bytes.
pub(super) fn bytes(
    lines: &Lines,
    text: &str,
    range: Range,
    encoding: Encoding,
) -> ops::Range<usize> {
    let at = |position| lines.byte(text, point(position), encoding);
    let start = at(range.start);
    start..at(range.end).max(start)
}

pub(super) fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_and_addresses_are_turned_into_each_other() {
        let path = Path::new("/a b/ünï#?%/x.md");
        let uri = uri_of(path).unwrap();
        assert_eq!(uri.as_str(), "file:///a%20b/%C3%BCn%C3%AF%23%3F%25/x.md");
        assert_eq!(path_of(&uri).unwrap(), path);
        let other: Uri = "untitled:Untitled-1".parse().unwrap();
        assert_eq!(path_of(&other), None);
        assert!(uri_of(Path::new("x.md")).is_none());
    }
}
