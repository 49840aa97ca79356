//! The names of what can be wrong with the input.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::span::Span;

/// Every problem that reading can report, with its meaning in one line.
pub static PROBLEMS: &[(&str, &str)] = &[
    (BAD_ATTEMPT, "the attempt is not a whole number from 1 up"),
    (
        BROKEN_FRONT_MATTER,
        "the block between the fences at the top of a note cannot be read",
    ),
    (
        BROKEN_JSON,
        "a JSON file cannot be read, from some place on or altogether",
    ),
    (
        BROKEN_ROW,
        "a row, line or object cannot be read; the others are",
    ),
    (
        BROKEN_WORKBOOK,
        "a workbook or one of its sheets cannot be read",
    ),
    (DUPLICATE_ID, "two drafts have the same id"),
    (
        DUPLICATE_KEY,
        "a key stands twice in one object; the last one counts",
    ),
    (EMPTY_FILE, "a file holds nothing but white space"),
    (FILE_TOO_LARGE, "a file is larger than drafts are"),
    (NOT_UTF8, "a file is not text in UTF-8"),
    (NO_NOTE_COLUMN, "no column or key is recognised as the note"),
    (
        UNCLOSED_QUOTE,
        "a quote opens a CSV cell and is not closed where the cell ends",
    ),
    (
        UNKNOWN_KIND,
        "the kind is neither an invitation nor a follow-up",
    ),
];

pub(super) const BAD_ATTEMPT: &str = "bad-attempt";
pub(super) const BROKEN_FRONT_MATTER: &str = "broken-front-matter";
pub(super) const BROKEN_JSON: &str = "broken-json";
pub(super) const BROKEN_ROW: &str = "broken-row";
pub(super) const BROKEN_WORKBOOK: &str = "broken-workbook";
pub(super) const DUPLICATE_ID: &str = "duplicate-id";
pub(super) const DUPLICATE_KEY: &str = "duplicate-key";
pub(super) const EMPTY_FILE: &str = "empty-file";
pub(super) const FILE_TOO_LARGE: &str = "file-too-large";
pub(super) const NOT_UTF8: &str = "not-utf8";
pub(super) const NO_NOTE_COLUMN: &str = "no-note-column";
pub(super) const UNCLOSED_QUOTE: &str = "unclosed-quote";
pub(super) const UNKNOWN_KIND: &str = "unknown-kind";

/// A mistake in the data: an error.
pub(super) fn error(rule: &str, span: Span, message: impl Into<Box<str>>) -> Diagnostic {
    Diagnostic::problem(rule, Severity::Error, span, message)
}

/// Something that was read, but perhaps not as it was meant.
pub(super) fn warning(rule: &str, span: Span, message: impl Into<Box<str>>) -> Diagnostic {
    Diagnostic::problem(rule, Severity::Warning, span, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_and_unique() {
        for (name, meaning) in PROBLEMS {
            assert!(
                name.split('-').all(|word| !word.is_empty()
                    && word
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())),
                "{name}"
            );
            assert!(!meaning.is_empty() && !meaning.ends_with('.'));
        }
        let mut names: Vec<_> = PROBLEMS.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), PROBLEMS.len());
    }
}
