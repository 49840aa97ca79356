//! For people: what to mend, where, and how; then all notes in a table, and one line to sum up.
//!
//! The only module (with its helpers) that knows codespan-reporting.

mod alike;
mod block;
mod excerpt;
mod snippet;
mod table;
mod writer;

use std::io;

use crate::diagnostic::Severity;
use crate::fix::fixable;
use crate::render::View;
use crate::render::groups::Groups;
use crate::render::paint;
use crate::render::paint::Paint;
use crate::render::place::Positions;
use crate::render::words::plural;
use crate::render::wrap::columns;
use crate::report::Summary;
use crate::score::Grade;

/// From more notes than this on, only the worst are shown in full.
const MANY_NOTES: usize = 20;
/// How many of them.
const WORST_NOTES: usize = 5;
/// How many rows the table has at most.
const ROWS: usize = 30;
/// How many findings about files are shown at most.
const PROBLEMS: usize = 20;

/// Writes the report.
pub(crate) fn render(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let groups = Groups::new(view.report);
    let notes = view.report.notes.len();
    let positions = Positions::new(view.sources);
    problems(view, &groups, &positions, out)?;
    if !view.options.quiet {
        blocks(view, &groups, &positions, out)?;
        alike::write(view, out)?;
    }
    if notes > 1 && !view.report.verdicts.is_empty() {
        table::write(view, &groups, ROWS, out)?;
        writeln!(out)?;
    }
    let in_color = |color| totals(view, Paint { color });
    // Colours have no width.
    let (plain, plain_counts) = in_color(false);
    let wide = columns(&plain) + 2 + columns(&plain_counts) > view.options.width;
    let (line, counts) = in_color(view.options.color);
    let between = if wide { "\n    " } else { " " };
    writeln!(out, "{line};{between}{counts}")?;
    match mendable(view) {
        Some(line) => writeln!(out, "{line}"),
        None => Ok(()),
    }
}

/// How many findings can be fixed, and how.
fn mendable(view: &View) -> Option<String> {
    let report = view.report;
    match fixable(&report.diagnostics, &report.notes, view.sources) {
        [0, 0] => None,
        [0, more] => Some(format!("{more} can be fixed with --fix --unsafe-fixes")),
        [safe, 0] => Some(format!("{safe} can be fixed with --fix")),
        [safe, more] => Some(format!(
            "{safe} can be fixed with --fix, {more} more with --unsafe-fixes"
        )),
    }
}

/// Findings about files.
fn problems(
    view: &View,
    groups: &Groups,
    positions: &Positions,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let all = view.options.all;
    let shown = if all { usize::MAX } else { PROBLEMS };
    for found in groups.general.iter().take(shown) {
        snippet::write(view, positions, found, out)?;
    }
    let more = groups.general.len().saturating_sub(shown);
    if more > 0 {
        let problems = plural(more, "more problem", "more problems");
        writeln!(out, "... and {problems} with the input (--all shows all)\n")?;
    }
    Ok(())
}

/// The notes that have something to be said about, each in full.
fn blocks(
    view: &View,
    groups: &Groups,
    positions: &Positions,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let notes = view.report.notes.len();
    let said = |note: usize| {
        let found = &groups.by_note[note];
        found.iter().any(|found| !alike::is_about_group(found))
    };
    let worth = |note: usize| view.options.explain || notes == 1 || said(note);
    let mut chosen: Vec<usize> = (0..notes).filter(|&note| worth(note)).collect();
    let mut more = 0;
    if notes > MANY_NOTES && !view.options.all {
        // A note with an error makes the run fail, so it is shown before one that is merely poor.
        let mut worst = groups.worst_first(view.report);
        worst.retain(|&note| worth(note));
        worst.sort_by_key(|&note| groups.count(note, Severity::Error) == 0);
        more = worst.len().saturating_sub(WORST_NOTES);
        worst.truncate(WORST_NOTES);
        worst.sort_unstable();
        chosen = worst;
    }
    for note in chosen {
        block::write(view, groups, positions, note, out)?;
    }
    if more > 0 {
        let notes = plural(more, "more note", "more notes");
        let which = if view.options.explain {
            ""
        } else {
            " with findings"
        };
        writeln!(out, "... and {notes}{which} (--all shows all)\n")?;
    }
    Ok(())
}

/// The whole run in two phrases, as [`summary_line`] says them.
pub(crate) fn totals(view: &View, paint: Paint) -> (String, String) {
    let mut summary = view.report.summary();
    // Notes that were only compared with each other have no score, but they were looked at.
    summary.notes = view.report.notes.len();
    summary_line(paint, &summary)
}

/// `30 notes: 12 ready, 10 revise, 8 rewrite; mean score 61.3` and `2 errors, 14 warnings`.
fn summary_line(paint: Paint, summary: &Summary) -> (String, String) {
    let mut line = plural(summary.notes, "note", "notes");
    let grades = [Grade::Ready, Grade::Revise, Grade::Rewrite];
    let mut grades: Vec<String> = grades
        .into_iter()
        .filter(|&grade| summary.graded(grade) > 0)
        .map(|grade| {
            let text = format!("{} {}", summary.graded(grade), grade.name());
            paint.lay(paint::grade(grade), text).to_string()
        })
        .collect();
    if summary.unjudged > 0 {
        grades.push(format!("{} not scored", summary.unjudged));
    }
    if !grades.is_empty() {
        line = format!("{line}: {}", grades.join(", "));
    }
    let scored = summary.lowest.is_some();
    if let Some(mean) = summary.mean_score().filter(|_| scored) {
        let what = if summary.notes == 1 {
            "score"
        } else {
            "mean score"
        };
        line = format!("{line}; {what} {mean}");
    }
    let counts: Vec<String> = Severity::NAMES
        .into_iter()
        .filter(|&(_, severity)| summary.count(severity) > 0)
        .map(|(name, severity)| {
            let text = plural(summary.count(severity), name, &format!("{name}s"));
            paint.lay(paint::severity(severity), text).to_string()
        })
        .collect();
    if counts.is_empty() {
        return (line, "no findings".to_owned());
    }
    (line, counts.join(", "))
}

#[cfg(test)]
mod tests;
