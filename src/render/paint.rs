//! Colours: which meaning has which. Without colour not a single escape code is written.

use std::fmt;

use anstyle::AnsiColor;
use anstyle::Style;

use crate::diagnostic::Severity;
use crate::score::Grade;
use crate::score::Level;

/// Something with a style, or plain if there is to be no colour.
pub(crate) struct Painted<T> {
    style: Option<Style>,
    value: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.style {
            Some(style) => write!(f, "{style}{}{style:#}", self.value),
            None => self.value.fmt(f),
        }
    }
}

/// Lays styles on, or leaves them off.
#[derive(Clone, Copy)]
pub(crate) struct Paint {
    /// Whether there is colour.
    pub(crate) color: bool,
}

impl Paint {
    /// A value in a style. Pad before painting: escape codes have no width, but formatting counts them.
    pub(crate) fn lay<T: fmt::Display>(self, style: Style, value: T) -> Painted<T> {
        Painted {
            style: self.color.then_some(style),
            value,
        }
    }
}

/// For headings.
pub(crate) const BOLD: Style = Style::new().bold();
/// For frames and line numbers.
pub(crate) const FRAME: Style = colour(AnsiColor::Blue);
const fn colour(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(anstyle::Color::Ansi(colour)))
}

/// The style of a severity.
pub(crate) const fn severity(severity: Severity) -> Style {
    match severity {
        Severity::Error => colour(AnsiColor::Red),
        Severity::Warning => colour(AnsiColor::Yellow),
        Severity::Info => colour(AnsiColor::Cyan),
        Severity::Hint => colour(AnsiColor::Green),
    }
}

/// The style of a grade.
pub(crate) const fn grade(grade: Grade) -> Style {
    match grade {
        Grade::Rewrite => colour(AnsiColor::Red),
        Grade::Revise => colour(AnsiColor::Yellow),
        Grade::Ready => colour(AnsiColor::Green),
    }
}

/// The style of a level.
pub(crate) const fn level(level: Level) -> Style {
    match level {
        Level::None => colour(AnsiColor::Red),
        Level::Generic => colour(AnsiColor::Yellow),
        Level::Specific => colour(AnsiColor::Green),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_colour_no_codes() {
        let plain = Paint { color: false };
        assert_eq!(plain.lay(BOLD, "x").to_string(), "x");
        let bright = Paint { color: true };
        assert_eq!(bright.lay(BOLD, "x").to_string(), "\u{1b}[1mx\u{1b}[0m");
    }
}
