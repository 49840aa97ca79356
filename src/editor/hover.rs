//! What is shown for the words under the cursor: the rules that found something there, and how the
//! note's score came about.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::FixKind;
use crate::editor::prose::Page;
use crate::note::Note;
use crate::report::Report;
use crate::report::Verdict;
use crate::ruleset::Rule;
use crate::ruleset::RuleSet;
use crate::score::Part;
use crate::span::FileId;

/// A page about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The bytes of the file that it is about.
    pub range: Range<usize>,
    /// The page.
    pub text: String,
}

/// What there is to say of a byte of a file.
pub fn hover(
    report: &Report,
    set: &RuleSet,
    file: FileId,
    byte: usize,
    markdown: bool,
) -> Option<Hover> {
    let holds = |range: Range<usize>| range.start <= byte && byte <= range.end;
    let is_here = |found: &&Diagnostic| found.span().file == file && holds(found.span().range());
    let mut found: Vec<&Diagnostic> = report.diagnostics.iter().filter(is_here).collect();
    // What is about fewer words is told first.
    found.sort_by_key(|found| found.span().range().len());
    let mut page = Page::new(markdown);
    for found in &found {
        finding(&mut page, found, set.rule(&found.rule));
    }
    let in_file = |note: &Note| note.text.file() == file;
    let allowed = report.notes.iter().filter(|note| in_file(note));
    let allowed = allowed.flat_map(|note| note.allow.iter());
    let allowed = allowed.clone().find(|allowed| holds(allowed.span.range()));
    if let Some(rule) = allowed.and_then(|allowed| set.rule(&allowed.value)) {
        page.heading(&rule.id, "allowed here");
        about(&mut page, rule);
    }
    let on_note = |note: &Note| in_file(note) && holds(note.text.whole().range());
    let note = report.notes.iter().position(on_note);
    if let Some((note, verdict)) =
        note.and_then(|at| report.notes.get(at).zip(report.verdicts.get(at)))
    {
        arithmetic(&mut page, note, verdict);
    }
    let text = page.finish();
    let whole = note.map(|note| report.notes[note].text.whole().range());
    let range = found.first().map(|found| found.span().range());
    let range = range
        .or(allowed.map(|allowed| allowed.span.range()))
        .or(whole)?;
    (!text.is_empty()).then_some(Hover { range, text })
}

/// One finding and its rule.
fn finding(page: &mut Page, found: &Diagnostic, rule: Option<&Rule>) {
    page.heading(&found.rule, found.severity.name());
    page.paragraph(&found.message);
    page.paragraph(found.help.as_deref().unwrap_or_default());
    page.list(found.details.iter().map(|line| &**line));
    let blanks = found
        .fixes
        .iter()
        .filter(|fix| fix.kind == FixKind::HasBlanks);
    let tries: Vec<String> = blanks
        .flat_map(|fix| &fix.edits)
        .map(|edit| format!("Try: {}", edit.text.trim()))
        .collect();
    page.list(tries.iter().map(String::as_str));
    if let Some(rule) = rule {
        why(page, rule);
    }
}

/// A rule by itself.
fn about(page: &mut Page, rule: &Rule) {
    if !rule.message.contains('{') {
        page.paragraph(&rule.message);
    }
    page.paragraph(rule.help.as_deref().unwrap_or_default());
    why(page, rule);
}

fn why(page: &mut Page, rule: &Rule) {
    if !rule.why.trim().is_empty() {
        page.paragraph(&format!("Why: {}", rule.why.trim()));
    }
}

/// How the score came about.
fn arithmetic(page: &mut Page, note: &Note, verdict: &Verdict) {
    if let Some(language) = verdict.unjudged {
        page.heading("No score", &format!("for a note in {}", language.name));
        page.paragraph(&length(verdict));
        return;
    }
    let score = &verdict.score;
    page.heading(&format!("Score {}", score.total), score.grade.name());
    let mut lines = Vec::new();
    let mut earned = 0;
    for part in Part::ALL {
        let own = score.part(part);
        earned += own.points;
        let mut line = format!(
            "{}: {}, {} of {}",
            part.name(),
            own.level.name(),
            own.points,
            own.of
        );
        let strongest = own.evidence.iter().filter(|it| it.level == own.level);
        for (number, evidence) in strongest.enumerate() {
            let range = evidence.start as usize..evidence.end as usize;
            let words = note.text.as_str().get(range).unwrap_or_default();
            line += if number == 0 { " for " } else { ", " };
            line += &format!("\u{201c}{words}\u{201d} ({})", evidence.signal);
        }
        if let Some(alone) = own.unsettled() {
            line += &format!(" (by its phrases alone: {})", alone.name());
        }
        lines.push(line);
    }
    let mut taken = 0;
    for deduction in &score.deductions {
        taken += deduction.points;
        lines.push(format!("{}: \u{2212}{}", deduction.rule, deduction.points));
    }
    if taken > earned {
        lines.push(format!("never below 0: +{}", taken - earned));
    }
    page.list(lines.iter().map(String::as_str));
    page.paragraph(&length(verdict));
}

/// How long it is, and how much more may be written.
fn length(verdict: &Verdict) -> String {
    let length = verdict.length;
    match length.limit {
        Some(limit) => format!(
            "{} of {limit} characters, {}",
            length.utf16,
            left(length.utf16, limit)
        ),
        None => format!("{} characters", length.characters),
    }
}

fn left(used: u32, limit: u32) -> String {
    match limit.checked_sub(used) {
        Some(left) => format!("{left} left"),
        None => format!("{} too many", used - limit),
    }
}

/// A note's score and what room is left, in a few words: `70 revise, 12 left`.
pub fn score_line(verdict: &Verdict) -> String {
    let score = match verdict.unjudged {
        Some(language) => language.name.to_owned(),
        None => format!("{} {}", verdict.score.total, verdict.score.grade.name()),
    };
    let length = verdict.length;
    match length.limit {
        Some(limit) => format!("{score}, {}", left(length.utf16, limit)),
        None => format!("{score}, {} characters", length.characters),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use crate::lint::Run;
    use crate::lint::lint;
    use crate::source::Sources;
    use crate::text::Text;
    use crate::toml_doc::Problems;

    #[test]
    fn a_page_tells_the_rule_and_the_sum() {
        let mut sources = Sources::default();
        let mut problems = Problems::new("rule-pack");
        let packs = crate::pack::builtin(&mut sources, &mut problems);
        let set = RuleSet::build(&packs, &Settings::default(), &mut problems);
        let words = "Hi Ana, I came across your profile and was impressed.";
        let file = FileId(99);
        let notes = vec![Note::new("a", 1, Text::plain(file, 3, words))];
        let report = lint(&Run::new(&set), notes, Vec::new());
        let found = report
            .diagnostics
            .iter()
            .find(|found| &*found.rule == "stock-opening")
            .unwrap();
        let byte = found.span().start as usize + 1;
        let hover_at = |byte| hover(&report, &set, file, byte, true);
        let page = hover_at(byte).unwrap();
        assert!(page.range.contains(&byte), "{:?}", page.range);
        let verdict = &report.verdicts[0];
        let score = verdict.score.total;
        let sum = format!("**Score {score}** ");
        for part in ["**stock-opening** ", "Why: ", &sum, "- stock-opening: −5"] {
            assert!(page.text.contains(part), "{part}: {}", page.text);
        }
        assert_eq!(hover_at(2), None);
        assert_eq!(hover(&report, &set, FileId(0), byte, true), None);
        let left = 200 - words.len();
        let line = format!("{score} {}, {left} left", verdict.score.grade.name());
        assert_eq!(score_line(verdict), line);
    }
}
