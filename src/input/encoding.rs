//! From bytes to text, with a problem where that is not possible.

use crate::diagnostic::Diagnostic;
use crate::input::format_of;
use crate::input::problems;
use crate::source::Source;
use crate::span::FileId;
use crate::span::Span;

/// How far a NUL byte tells a binary file. A stray one later on is a character like any other.
const BINARY_PROBE: usize = 8192;

/// Spoilt lines that are told one by one, however few lines there are.
const FEW_LINES: usize = 10;

/// Makes the source of a file from its bytes. If they are not UTF-8, the source holds what stands
/// before the first wrong byte, so that line and column of the problem are right. Of a file with rows it
/// holds all of them, unless they are spoilt as a whole; the reader tells which ones cannot be read.
pub fn decode(name: &str, bytes: Vec<u8>, file: FileId) -> (Source, Option<Diagnostic>) {
    let format = format_of(name);
    // A stray NUL far behind makes no binary file of a text, but spoils its row.
    let probe = match format.rows {
        true => bytes.len(),
        false => bytes.len().min(BINARY_PROBE),
    };
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let nul = memchr::memchr(0, &bytes[..probe]);
    let (mut bytes, at) = match String::from_utf8(bytes) {
        Ok(text) if nul.is_none() => return (Source::new(name.to_owned(), text), None),
        Ok(text) => (text.into_bytes(), nul.unwrap_or_default()),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (error.into_bytes(), nul.map_or(at, |nul| nul.min(at)))
        }
    };
    if format.rows {
        let spoilt = spoilt(&bytes);
        if !is_hopeless(&bytes, &spoilt, format.name == "csv") {
            return (patched(name, bytes, &spoilt), None);
        }
    }
    let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
    let help = if utf16 {
        "it is UTF-16, as some programs save \"Unicode\" text; save it as UTF-8"
    } else if nul.is_some() {
        "it looks like a binary file, or like UTF-16; if it is a text, save it as UTF-8"
    } else {
        "it may be Windows-1252, as Excel and older editors write; save it as UTF-8"
    };
    let message = match bytes.get(at) {
        Some(0) => format!("a NUL byte at byte {at} (line {line}): this is no plain text"),
        _ => format!("not UTF-8 at byte {at} (line {line}); save it as UTF-8"),
    };
    bytes.truncate(at);
    let text = String::from_utf8(bytes).unwrap_or_default();
    let end = text.len();
    let span = Span::new(file, end..end);
    let problem = problems::error(problems::NOT_UTF8, span, message).helped(help);
    (Source::new(name.to_owned(), text), Some(problem))
}

/// The bytes that are no text: NUL, and what is no UTF-8.
fn spoilt(bytes: &[u8]) -> Vec<usize> {
    let mut spoilt = Vec::new();
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid().as_bytes();
        spoilt.extend(memchr::memchr_iter(0, valid).map(|nul| at + nul));
        at += valid.len();
        let behind = at + chunk.invalid().len();
        spoilt.extend(at..behind);
        at = behind;
    }
    spoilt
}

/// Whether rows are spoilt all over, so that one message says more than one for each: another encoding, a
/// binary file, or a header that cannot be read.
fn is_hopeless(bytes: &[u8], spoilt: &[usize], has_header: bool) -> bool {
    let ends = |range: std::ops::Range<usize>| memchr::memchr_iter(b'\n', &bytes[range]).count();
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if utf16 || spoilt.len() > bytes.len() / 4 {
        return true;
    }
    if has_header && spoilt.first().is_some_and(|&first| ends(0..first) == 0) {
        return true;
    }
    let pairs = spoilt.iter().zip(spoilt.iter().skip(1));
    let lines = 1 + pairs.filter(|(a, b)| ends(**a..**b) > 0).count();
    lines > FEW_LINES && lines > ends(0..bytes.len()) / 10
}

/// The text with a question mark for each byte that is no UTF-8: as many bytes, so that all places stay.
fn patched(name: &str, mut bytes: Vec<u8>, spoilt: &[usize]) -> Source {
    for &at in spoilt {
        if bytes[at] != 0 {
            bytes[at] = b'?';
        }
    }
    let text = String::from_utf8(bytes).unwrap_or_default();
    let offset = |at: &usize| u32::try_from(*at).unwrap_or(u32::MAX);
    let mut source = Source::new(name.to_owned(), text);
    source.spoilt = spoilt.iter().map(offset).collect();
    source
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

    #[test]
    fn a_nul_byte_is_called_what_it_is() {
        let problem = decode("a", b"Hi \0Ana".to_vec(), FileId(0)).1.unwrap();
        assert!(problem.message.starts_with("a NUL byte at byte 3 (line 1)"));
        assert!(!problem.message.contains("UTF-8"));
    }

    #[test]
    fn rows_are_kept_with_as_many_bytes() {
        let bytes = b"{\"note\": \"a\"}\n{\"note\": \"\xff\xc3\0\"}\n".to_vec();
        let (source, problem) = decode("a.jsonl", bytes, FileId(0));
        assert!(problem.is_none());
        assert_eq!(&source.text[14..], "{\"note\": \"??\0\"}\n");
        assert_eq!(*source.spoilt, [24, 25, 26]);
    }

    #[test]
    fn what_is_spoilt_all_over_is_told_once() {
        let wide = |text: &str| -> Vec<u8> { text.bytes().flat_map(|byte| [byte, 0]).collect() };
        let rows = "{\"note\": \"Hi Ana\"}\n".repeat(30);
        let mut marked = wide(&rows);
        marked.splice(0..0, *b"\xff\xfe");
        let latin = b"{\"note\": \"Hi Jos\xe9, how are you?\"}\n".repeat(30);
        for (name, bytes) in [
            ("a.jsonl", wide(&rows)),
            ("a.jsonl", marked),
            ("a.jsonl", latin),
            (
                "a.csv",
                b"id,Gr\xf6\xdfe,note\n1,2,Hi Ana, welcome back\n".to_vec(),
            ),
        ] {
            let (source, problem) = decode(name, bytes, FileId(0));
            assert!(problem.is_some() && source.spoilt.is_empty(), "{name}");
        }
    }
}
