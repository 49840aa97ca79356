//! Colours: which meaning has which. Without colour, bold, underline and reverse are left.

use connote::diagnostic::Severity;
use connote::score::Grade;
use connote::score::Part;
use ratatui::style::Color;
use ratatui::style::Modifier;
use ratatui::style::Style;

pub(super) const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
/// What is chosen in a list.
pub(super) const CHOSEN: Style = Style::new().add_modifier(Modifier::REVERSED);

fn colored(color: Color, is_on: bool) -> Style {
    match is_on {
        true => Style::new().fg(color),
        false => Style::new(),
    }
}

pub(super) fn severity(severity: Severity, is_on: bool) -> Style {
    let color = match severity {
        Severity::Error => Color::Red,
        Severity::Warning => Color::Yellow,
        Severity::Info => Color::Cyan,
        Severity::Hint => Color::Green,
    };
    colored(color, is_on)
}

pub(super) fn grade(grade: Grade, is_on: bool) -> Style {
    let color = match grade {
        Grade::Rewrite => Color::Red,
        Grade::Revise => Color::Yellow,
        Grade::Ready => Color::Green,
    };
    colored(color, is_on)
}

pub(super) fn part(part: Part, is_on: bool) -> Style {
    let color = match part {
        Part::Reference => Color::Blue,
        Part::Reason => Color::Magenta,
        Part::Value => Color::Green,
    };
    colored(color, is_on)
}

/// For frames.
pub(super) fn frame(is_on: bool) -> Style {
    colored(Color::Blue, is_on)
}

/// For what went wrong.
pub(super) fn trouble(is_on: bool) -> Style {
    colored(Color::Red, is_on).add_modifier(Modifier::BOLD)
}
