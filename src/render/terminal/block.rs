//! One note in full: a heading with score and parts, then its findings.

use std::io;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::render::View;
use crate::render::bars;
use crate::render::clean::clean;
use crate::render::explain::explain_note;
use crate::render::groups::Groups;
use crate::render::paint;
use crate::render::paint::Paint;
use crate::render::place;
use crate::render::place::Positions;
use crate::render::terminal::alike::is_about_group;
use crate::render::terminal::snippet;
use crate::render::words::recipient;
use crate::render::wrap::columns;
use crate::render::wrap::hang;
use crate::render::wrap::shorten;
use crate::render::wrap::shorten_front;

/// Writes a note and its findings.
pub(super) fn write(
    view: &View,
    groups: &Groups,
    positions: &Positions,
    note: usize,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    heading(view, note, out)?;
    let verdict = view.report.verdicts.get(note);
    let is_judged = verdict.is_some_and(|verdict| verdict.unjudged.is_none());
    if view.options.explain && is_judged {
        writeln!(out)?;
        explain_note(view, note, out)?;
    } else if let Some(verdict) = verdict.filter(|_| is_judged) {
        writeln!(out, "   {}", bars::named(&verdict.score, view.options))?;
    }
    writeln!(out)?;
    let mut found = groups.gravest_first(note);
    found.retain(|found| !is_about_group(found));
    let (grave, mild): (Vec<&Diagnostic>, Vec<&Diagnostic>) = found
        .into_iter()
        .partition(|found| found.severity >= Severity::Warning || snippet::has_blanks(found));
    for found in grave {
        snippet::write(view, positions, found, out)?;
    }
    for found in &mild {
        one_liner(view, found, out)?;
    }
    if !mild.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

/// `── drafts/priya.md:7 · Priya Nair ───────── 72 revise ──`
fn heading(view: &View, note: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let options = view.options;
    let paint = Paint {
        color: options.color,
    };
    let (rule, dot) = if options.unicode {
        ("─", "·")
    } else {
        ("-", "-")
    };
    let known = view.report.verdicts.get(note);
    let unjudged = known.and_then(|verdict| verdict.unjudged);
    let score = known.filter(|verdict| verdict.unjudged.is_none());
    let score = score.map(|verdict| &verdict.score);
    let verdict = match (score, unjudged) {
        (Some(score), _) => format!("{} {}", score.total, score.grade.name()),
        (None, Some(language)) => format!("not scored: {}", language.name),
        (None, None) => String::new(),
    };
    let room = options.prose().saturating_sub(columns(&verdict) + 10);
    let place = place::of_note(view.report, view.sources, note);
    let note = view.report.notes.get(note);
    let title = match note.and_then(|note| recipient(&note.recipient)) {
        Some(name) => {
            let name = shorten(&name, room / 2, options.unicode);
            let left = room.saturating_sub(columns(&name) + 3);
            format!(
                "{} {dot} {name}",
                shorten_front(&place, left, options.unicode)
            )
        }
        None => shorten_front(&place, room, options.unicode),
    };
    let fill = room.saturating_sub(columns(&title)) + 2;
    let style = score.map_or(paint::BOLD, |score| paint::grade(score.grade).bold());
    let head = format!(
        "{} {}",
        paint.lay(paint::FRAME, rule.repeat(2)),
        paint.lay(paint::BOLD, title)
    );
    let frame = |columns: usize| paint.lay(paint::FRAME, rule.repeat(columns));
    // Notes that were only compared with each other have no grade.
    if verdict.is_empty() {
        return writeln!(out, "{head} {}", frame(fill + 4));
    }
    let verdict = paint.lay(style, verdict);
    writeln!(out, "{head} {} {verdict} {}", frame(fill), frame(2))
}

/// A mild finding, told without a picture.
fn one_liner(view: &View, found: &Diagnostic, out: &mut dyn io::Write) -> io::Result<()> {
    let paint = Paint {
        color: view.options.color,
    };
    let rule = clean(&found.rule);
    let name = found.severity.name();
    let head = format!("{name}[{rule}]");
    let text = format!(": {}", clean(&found.message));
    let text = hang(&text, columns(&head), 4, view.options.prose());
    writeln!(
        out,
        "{}{text}",
        paint.lay(paint::severity(found.severity).bold(), head)
    )?;
    if let Some(words) = words_meant(view, found) {
        writeln!(out, "    {words}")?;
    }
    for note in snippet::advice(found) {
        let fitted = snippet::fit(&note, view.options.prose().saturating_sub(4));
        fitted
            .lines()
            .try_for_each(|line| writeln!(out, "    {line}"))?;
    }
    Ok(())
}

/// The words that a mild finding is about, unless its message has them or it means all of the note.
fn words_meant(view: &View, found: &Diagnostic) -> Option<String> {
    let words = clean(view.sources.text(found.span()));
    let words = words.trim();
    let note = view.report.notes.get(found.note? as usize)?;
    let all = words.len() * 2 > note.text.as_str().len();
    let said = found.message.to_lowercase().contains(&words.to_lowercase());
    let room = view.options.prose().saturating_sub("    here: ``".len());
    let shown = shorten(words, room, view.options.unicode);
    (words.contains(char::is_alphabetic) && !all && !said).then(|| format!("here: `{shown}`"))
}
