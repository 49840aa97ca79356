//! How a score came about: the note's words with every piece of evidence marked, and the sum.

use std::io;

use crate::render::View;
use crate::render::clean::clean;
use crate::render::clean::display_copy;
use crate::render::paint;
use crate::render::paint::Paint;
use crate::render::wrap::columns;
use crate::render::wrap::wrap;
use crate::score::Evidence;
use crate::score::Level;
use crate::score::Part;
use crate::score::Score;

/// How far everything is moved to the right.
const INDENT: &str = "  ";
/// The row that lifts a sum below zero.
const FLOOR: &str = "never below 0";

/// Shows how a note came to its score. Notes are counted from 0; nothing is written for one that
/// there is not.
pub fn explain_note(view: &View, note: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let report = view.report;
    let (Some(note), Some(verdict)) = (report.notes.get(note), report.verdicts.get(note)) else {
        return Ok(());
    };
    let paint = Paint {
        color: view.options.color,
    };
    marked(view, paint, note.text.as_str(), &verdict.score, out)?;
    writeln!(out)?;
    sum(view, paint, &verdict.score, out)
}

/// A mark under the words.
struct Mark<'a> {
    part: Part,
    evidence: &'a Evidence,
}

/// Whether a piece of evidence tells something that no other piece of its part tells: one that lies
/// inside a piece at least as strong is left out. Of two alike the first stays.
fn tells(all: &[Evidence], number: usize) -> bool {
    let own = &all[number];
    !all.iter().enumerate().any(|(other_number, other)| {
        let inside = other.start <= own.start && own.end <= other.end;
        let same = other.start == own.start && own.end == other.end && other.level == own.level;
        other_number != number
            && inside
            && other.level >= own.level
            && (!same || other_number < number)
    })
}

/// The words with their evidence.
fn marked(
    view: &View,
    paint: Paint,
    words: &str,
    score: &Score,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let shown = display_copy(words);
    let width = view.options.prose() - INDENT.len();
    let mut marks: Vec<Mark> = Part::ALL
        .into_iter()
        .flat_map(|part| {
            let all = &score.part(part).evidence;
            let evidence = all
                .iter()
                .enumerate()
                .filter(|(number, _)| tells(all, *number))
                .map(|(_, evidence)| evidence);
            evidence.map(move |evidence| Mark { part, evidence })
        })
        .collect();
    marks.sort_by_key(|mark| (mark.evidence.start, mark.evidence.end, mark.part));
    for line in wrap(&shown, width) {
        writeln!(
            out,
            "{}",
            format!("{INDENT}{}", &shown[line.clone()]).trim_end()
        )?;
        for mark in &marks {
            let start = mark.evidence.start as usize;
            let end = mark.evidence.end as usize;
            let (from, to) = (start.max(line.start), end.min(line.end));
            let (Some(before), Some(under)) = (shown.get(line.start..from), shown.get(from..to))
            else {
                continue;
            };
            if under.is_empty() {
                continue;
            }
            // The last line of an evidence tells what it is evidence of.
            let label = if end <= line.end {
                mark.label()
            } else {
                String::new()
            };
            let carets = "^".repeat(columns(under).max(1));
            let style = paint::level(mark.evidence.level);
            let gap = " ".repeat(columns(before));
            if columns(before) + carets.len() + 1 + columns(&label) <= width {
                let text = format!("{carets} {label}");
                writeln!(out, "{INDENT}{gap}{}", paint.lay(style, text.trim_end()))?;
            } else {
                writeln!(out, "{INDENT}{gap}{}", paint.lay(style, carets))?;
                if label.is_empty() {
                    continue;
                }
                let room = width.saturating_sub(columns(&label));
                let gap = " ".repeat(columns(before).min(room));
                writeln!(out, "{INDENT}{gap}{}", paint.lay(style, label))?;
            }
        }
    }
    Ok(())
}

impl Mark<'_> {
    fn label(&self) -> String {
        let (part, level) = (self.part.name(), self.evidence.level.name());
        format!("{part}: {level} ({})", clean(&self.evidence.signal))
    }
}

/// The arithmetic.
fn sum(view: &View, paint: Paint, score: &Score, out: &mut dyn io::Write) -> io::Result<()> {
    let widest = score.deductions.iter().map(|d| columns(&d.rule)).max();
    let names = widest.unwrap_or(0).max(FLOOR.len());
    let mut row = |name: &str, level: Option<Level>, points: String, rest: &str| {
        let gap = " ".repeat((names + 2).saturating_sub(columns(name)));
        let word = level.map_or("", Level::name);
        let style = level.map_or(anstyle::Style::new(), paint::level);
        let level = paint.lay(style, format!("{word:<10}"));
        writeln!(out, "{INDENT}{name}{gap}{level}{points:>4}{rest}")
    };
    let mut earned = 0;
    for part in Part::ALL {
        let part_score = score.part(part);
        earned += part_score.points;
        let mut of = format!(" of {}", part_score.of);
        if let Some(alone) = part_score.unsettled() {
            of += &format!("  (by its phrases alone: {})", alone.name());
        }
        row(
            part.name(),
            Some(part_score.level),
            part_score.points.to_string(),
            &of,
        )?;
    }
    let mut taken = 0;
    for deduction in &score.deductions {
        taken += deduction.points;
        row(
            &clean(&deduction.rule),
            None,
            format!("-{}", deduction.points),
            "",
        )?;
    }
    if taken > earned {
        row(FLOOR, None, format!("+{}", taken - earned), "")?;
    }
    let rule = if view.options.unicode { "──" } else { "--" };
    row("", None, rule.to_owned(), "")?;
    let grade = paint.lay(paint::grade(score.grade), score.grade.name());
    row(
        "score",
        None,
        score.total.to_string(),
        &format!("  {grade}"),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::testing::Case;

    fn explained(case: &Case) -> String {
        let mut out = Vec::new();
        explain_note(&case.view(), 0, &mut out).unwrap();
        format!("\n{}", String::from_utf8(out).unwrap())
    }

    #[test]
    fn evidence_is_marked_and_the_sum_adds_up() {
        let mut case = Case::default();
        let words = "Hi Zoë 👋🏽, your talk on slow gardens made me dig up half of the lawn.\nI am \
                     planning a course on it, and would love to exchange ideas with you.";
        let note = case.note("a.md", words, "Zoë");
        let found = [
            (
                Part::Reference,
                Level::Specific,
                "your talk on slow gardens",
            ),
            (Part::Reason, Level::Specific, "planning a course on it"),
            (Part::Value, Level::Generic, "exchange ideas with you"),
        ];
        case.score(note, &found, &[("stock-closing", 5), ("emoji", 2)]);
        case.options.width = 60;
        let expected = "
  Hi Zoë 👋\u{a0}\u{a0}, your talk on slow gardens made me dig up half
               ^^^^^^^^^^^^^^^^^^^^^^^^^
               reference: specific (reference/found)
  of the lawn.
  I am planning a course on it, and would love to exchange
       ^^^^^^^^^^^^^^^^^^^^^^^
       reason: specific (reason/found)
                                                  ^^^^^^^^
  ideas with you.
  ^^^^^^^^^^^^^^ value: generic (value/found)

  reference      specific    40 of 40
  reason         specific    30 of 30
  value          generic     15 of 30
  stock-closing              -5
  emoji                      -2
                             ──
  score                      78  ready
";
        assert_eq!(explained(&case), expected);
    }

    #[test]
    fn evidence_that_begins_at_the_edge_leaves_no_blank_line() {
        let mut case = Case::default();
        let words = "Hi Ana, a line that is as wide as all the columns there I'm planning a farm.";
        let note = case.note("a.md", words, "Ana");
        let found = [(Part::Reason, Level::Specific, "I'm planning a farm")];
        case.score(note, &found, &[]);
        case.options.width = 62;
        let shown = explained(&case);
        let lines: Vec<&str> = shown.lines().collect();
        let at = lines.iter().position(|line| line.ends_with(" ^^^"));
        assert!(
            at.is_some_and(|at| lines[at + 1] == "  planning a farm."),
            "{shown}"
        );
    }

    #[test]
    fn a_sum_below_zero_is_told() {
        let mut case = Case::default();
        let note = case.note("a.md", "Hi", "");
        case.score(note, &[], &[("pitch", 25)]);
        case.options.unicode = false;
        let expected = "
  Hi

  reference      none         0 of 40
  reason         none         0 of 30
  value          none         0 of 30
  pitch                     -25
  never below 0             +25
                             --
  score                       0  rewrite
";
        assert_eq!(explained(&case), expected);
    }
}
