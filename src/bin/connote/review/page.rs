//! One note in lines: who it is for, score and sum, length, words with marks, findings.

use connote::diagnostic::Severity;
use connote::score::Part;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::review::counted;
use crate::review::lay;
use crate::review::marked::Marked;
use crate::review::opinion::Opinion;
use crate::review::opinion::Remark;
use crate::review::state::Item;
use crate::review::state::Look;
use crate::review::state::Mark;
use crate::review::style;

/// The lines of a note.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) lines: Vec<Line<'static>>,
    /// Line and column of the cursor, while the note is edited.
    pub(super) cursor: Option<(usize, usize)>,
}

/// A note in lines of at most `width` columns. `typed` are the words that are being edited, with the
/// place of the cursor.
pub(super) fn page(item: &Item, typed: Option<(&str, usize)>, width: usize, look: Look) -> Page {
    let mut page = Page::default();
    page.heading(item, typed.is_some(), width);
    page.sum(&item.opinion, width, look);
    page.length(&item.opinion, width, look);
    if item.opinion.alone {
        let about = "Judged by itself; compared with the others once you are done.";
        page.text(about, 0, width, Style::new());
    }
    page.blank();
    let words = typed.map_or(item.words.as_str(), |(words, _)| words);
    let marked = Marked::new(words, &item.opinion, width, look.color);
    if let Some((_, cursor)) = typed {
        let (line, column) = marked.place_of(cursor);
        page.cursor = Some((page.lines.len() + line, column.min(width.saturating_sub(1))));
    }
    page.lines.extend(marked.lines);
    page.blank();
    for remark in &item.opinion.remarks {
        page.remark(remark, words, width, look);
    }
    if item.opinion.remarks.is_empty() {
        page.text("no findings", 0, width, Style::new());
    }
    page
}

impl Page {
    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// Words, broken into lines, with as many spaces before each.
    fn text(&mut self, text: &str, indent: usize, width: usize, style: Style) {
        for line in lay::wrap(text, width.saturating_sub(indent)) {
            let words = format!("{}{}", " ".repeat(indent), &text[line]);
            self.lines.push(Line::styled(words, style));
        }
    }

    fn heading(&mut self, item: &Item, is_typed: bool, width: usize) {
        let mark = match item.mark {
            Mark::Open => String::new(),
            mark => format!("[{}] ", mark.name()),
        };
        let edited = if item.is_edited() { "[edited] " } else { "" };
        let who = [&item.who, &item.place, &item.what];
        let who: Vec<String> = who.iter().map(|text| lay::one_line(text)).collect();
        let who: Vec<&str> = who
            .iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        self.text(
            &format!("{mark}{edited}{}", who.join(", ")),
            0,
            width,
            style::BOLD,
        );
        if item.draft.is_some() && !is_typed {
            self.text(
                "There is an unfinished edit: e goes on with it.",
                0,
                width,
                style::BOLD,
            );
        }
    }

    /// The score, and how it comes about.
    fn sum(&mut self, opinion: &Opinion, width: usize, look: Look) {
        if let Some(language) = opinion.unjudged {
            let text = format!("not scored: {language}");
            return self.text(&text, 0, width, style::BOLD);
        }
        let score = &opinion.score;
        let parts = Part::ALL.map(|part| {
            let one = score.part(part);
            format!("{} {} ({})", part.name(), one.points, one.level.name())
        });
        // With an error a note is never ready, whatever the sum.
        let errors = match opinion.count(Severity::Error) {
            0 => String::new(),
            errors => format!(" ({})", counted(errors, "error", "errors")),
        };
        let mut text = format!(
            "{} {}{errors} = {}",
            score.total,
            score.grade.name(),
            parts.join(" + ")
        );
        let earned: u32 = score.parts.iter().map(|part| part.points).sum();
        let mut taken = 0;
        for deduction in &score.deductions {
            taken += deduction.points;
            text.push_str(&format!(
                " - {} {}",
                lay::one_line(&deduction.rule),
                deduction.points
            ));
        }
        if taken > earned {
            text.push_str(", never below 0");
        }
        self.text(&text, 0, width, style::grade(score.grade, look.color));
    }

    fn length(&mut self, opinion: &Opinion, width: usize, look: Look) {
        let used = opinion.length.utf16;
        let (text, is_over) = match opinion.length.limit {
            None => (format!("{used} characters"), false),
            Some(limit) if used > limit => (
                format!("{used} of {limit} characters, {} too many", used - limit),
                true,
            ),
            Some(limit) => (
                format!("{used} of {limit} characters, {} left", limit - used),
                false,
            ),
        };
        let style = match is_over {
            true => style::trouble(look.color),
            false => Style::new(),
        };
        self.text(&text, 0, width, style);
    }

    fn remark(&mut self, remark: &Remark, words: &str, width: usize, look: Look) {
        let head = format!(
            "{}[{}]",
            remark.severity.name(),
            lay::one_line(&remark.rule)
        );
        let text = format!("{head} {}", lay::one_line(&remark.message));
        let severity = style::severity(remark.severity, look.color);
        for (number, line) in lay::wrap(&text, width.saturating_sub(2))
            .into_iter()
            .enumerate()
        {
            let shown = &text[line];
            let split = if number == 0 {
                head.len().min(shown.len())
            } else {
                0
            };
            let indent = if number == 0 { "" } else { "  " };
            self.lines.push(Line::from(vec![
                Span::styled(shown[..split].to_owned(), severity.patch(style::BOLD)),
                Span::raw(format!("{indent}{}", &shown[split..])),
            ]));
        }
        let found = remark.range.clone().and_then(|range| words.get(range));
        if let Some(found) = found.filter(|found| !found.is_empty() && found.len() < words.len()) {
            let found = lay::shorten(&lay::one_line(found), width.saturating_sub(6), look.unicode);
            self.text(&format!("> {found}"), 2, width, Style::new());
        }
        for detail in &remark.details {
            self.text(&lay::one_line(detail), 2, width, Style::new());
        }
        if let Some(help) = &remark.help {
            self.text(
                &format!("help: {}", lay::one_line(help)),
                2,
                width,
                Style::new(),
            );
        }
    }
}
