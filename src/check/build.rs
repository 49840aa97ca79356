//! What a kind needs to make a check from a rule's table.

use crate::pattern::Group;
use crate::pattern::PatternBook;
use crate::pattern::RegexId;
use crate::span::Span;
use crate::span::Spanned;
use crate::toml_doc::Problems;

/// Collects patterns and problems while rules are built.
pub struct Build<'a> {
    /// All word patterns of the rule set.
    pub patterns: &'a mut PatternBook,
    /// Mistakes found.
    pub problems: &'a mut Problems,
    /// Whether patterns are read at once, to find the mistakes in them. Those of the built-in packs are
    /// read when they are needed: a test has read them all.
    pub check: bool,
}

impl Build<'_> {
    /// Adds a list of word patterns; none for an empty list.
    pub fn group(&mut self, patterns: &[Spanned<&str>]) -> Option<Group> {
        if patterns.is_empty() {
            return None;
        }
        let group = self.patterns.group();
        for pattern in patterns {
            let checked = if self.check {
                self.patterns.check(pattern.value)
            } else {
                Ok(())
            };
            match checked {
                Ok(()) => self.patterns.add(group, pattern.value),
                Err(error) => {
                    let span = inside(pattern.span, pattern.value, &error.range);
                    self.problems.error(span, error.message);
                }
            }
        }
        Some(group)
    }

    /// Adds a list of regular expressions.
    pub fn regexes(&mut self, patterns: &[Spanned<&str>]) -> Vec<RegexId> {
        patterns
            .iter()
            .filter_map(|pattern| self.regex(pattern))
            .collect()
    }

    /// Adds a regular expression, unless something is wrong with it.
    pub fn regex(&mut self, pattern: &Spanned<&str>) -> Option<RegexId> {
        if self.check
            && let Err(message) = PatternBook::check_regex(pattern.value)
        {
            self.problems.error(pattern.span, message);
            return None;
        }
        Some(self.patterns.regex(pattern.value))
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
