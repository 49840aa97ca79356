//! From bytes to text, with a problem where that is not possible.

use crate::diagnostic::Diagnostic;
use crate::input::problems;
use crate::source::Source;
use crate::span::FileId;
use crate::span::Span;

/// How far a NUL byte tells a binary file. A stray one later on is a character like any other.
const BINARY_PROBE: usize = 8192;

/// Makes the source of a file from its bytes. If they are not UTF-8, the source holds what stands
/// before the first wrong byte, so that line and column of the problem are right.
pub fn decode(name: &str, bytes: Vec<u8>, file: FileId) -> (Source, Option<Diagnostic>) {
    let probe = &bytes[..bytes.len().min(BINARY_PROBE)];
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let nul = memchr::memchr(0, probe);
    let refused = match String::from_utf8(bytes) {
        Ok(text) if nul.is_none() => return (Source::new(name.to_owned(), text), None),
        Ok(text) => (text.into_bytes(), nul.unwrap_or_default()),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (error.into_bytes(), nul.map_or(at, |nul| nul.min(at)))
        }
    };
    let (mut bytes, at) = refused;
    let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
    let help = if utf16 {
        "it is UTF-16, as some programs save \"Unicode\" text; save it as UTF-8"
    } else if nul.is_some() {
        "it looks like a binary file, or like UTF-16; if it is a text, save it as UTF-8"
    } else {
        "it may be Windows-1252, as Excel and older editors write; save it as UTF-8"
    };
    bytes.truncate(at);
    let text = String::from_utf8(bytes).unwrap_or_default();
    let end = text.len();
    let problem = problems::error(
        problems::NOT_UTF8,
        Span::new(file, end..end),
        format!("not UTF-8 at byte {at} (line {line}); save it as UTF-8"),
    )
    .helped(help);
    (Source::new(name.to_owned(), text), Some(problem))
}

/// The problem of a file that is larger than drafts are. Its source is empty.
pub fn too_large(file: FileId, limit: u64) -> Diagnostic {
    let size = match limit {
        mib if mib >= 1 << 20 => format!("{} MiB", mib.div_ceil(1 << 20)),
        bytes => format!("{bytes} bytes"),
    };
    problems::error(
        problems::FILE_TOO_LARGE,
        Span::new(file, 0..0),
        format!("larger than {size}: this is no draft"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_bytes_are_named_with_their_place() {
        let (source, problem) = decode("a", b"Hi\nJos\xe9 \n".to_vec(), FileId(0));
        let problem = problem.unwrap();
        assert!(
            problem.message.contains("byte 6 (line 2)"),
            "{}",
            problem.message
        );
        assert!(problem.help.unwrap().contains("Windows-1252"));
        assert_eq!(source.position(6).column, 4);
        let utf16 = decode("a", b"\xff\xfeH\0i\0".to_vec(), FileId(0))
            .1
            .unwrap();
        assert!(utf16.help.unwrap().contains("UTF-16"));
        let binary = decode("a", vec![0; 20_000], FileId(0)).1.unwrap();
        assert!(binary.help.unwrap().contains("binary"));
        assert!(decode("a", "\u{feff}é".into(), FileId(0)).1.is_none());
    }
}
