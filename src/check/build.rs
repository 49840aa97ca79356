//! What a kind needs to make a check from a rule's table.

use crate::pattern;
use crate::pattern::Group;
use crate::span::Span;
use crate::span::Spanned;
use crate::toml_doc::Problems;

/// Collects patterns and problems while rules are built.
pub struct Build<'a> {
    /// All word patterns of the rule set.
    pub patterns: &'a mut pattern::Builder,
    /// Mistakes found.
    pub problems: &'a mut Problems,
    /// Whether regular expressions are compiled at once, to find those that are too large.
    pub compile: bool,
}

impl Build<'_> {
    /// Adds a list of word patterns; none for an empty list.
    pub fn group(&mut self, patterns: &[Spanned<&str>]) -> Option<Group> {
        if patterns.is_empty() {
            return None;
        }
        let group = self.patterns.group();
        for pattern in patterns {
            if let Err(error) = self.patterns.add(group, pattern.value) {
                let span = inside(pattern.span, pattern.value, &error.range);
                self.problems.error(span, error.message);
            }
        }
        Some(group)
    }
}

/// The bytes of a part of a TOML string, if it is written without escapes; else of all of it.
fn inside(span: Span, value: &str, range: &std::ops::Range<usize>) -> Span {
    let written = (span.end - span.start) as usize;
    if written != value.len() + 2 {
        return span;
    }
    let start = span.start + 1 + range.start as u32;
    Span {
        file: span.file,
        start,
        end: start + (range.end - range.start) as u32,
    }
}
