//! The head of the page, the counts, and the section of plots.

use maud::Markup;
use maud::html;

use crate::diagnostic::Severity;
use crate::render::page::Desk;
use crate::render::page::Sections;
use crate::render::page::lengths;
use crate::render::page::scores;
use crate::render::page::times;
use crate::render::words::plural;
use crate::score::Grade;

/// Title and contents.
pub(super) fn header(desk: &Desk<'_>, sections: &Sections) -> Markup {
    let links = sections.links();
    html! {
        a.skip href="#main" { "Skip to the review" }
        header.top {
            h1 { "Pre-send review" }
            p.lead { (lead(desk)) }
            @if links.len() > 1 {
                nav aria-label="On this page" {
                    ul { @for (id, name) in links { li { a href=(format!("#{id}")) { (name) } } } }
                }
            }
        }
    }
}

/// The batch in a sentence or two.
fn lead(desk: &Desk<'_>) -> String {
    let summary = desk.view.report.summary();
    let notes = desk.view.report.notes.len();
    if notes == 0 {
        return "Nothing was reviewed: there is no note in these files.".to_owned();
    }
    if desk.view.report.verdicts.is_empty() {
        return format!(
            "{} compared with each other, without scores.",
            plural(notes, "note", "notes")
        );
    }
    let judged = summary.notes - summary.unjudged;
    let ready = summary.graded(Grade::Ready);
    let rest = judged - ready;
    let verdict = match (judged, ready, rest) {
        (0, ..) => "No note is in a language that can be scored.".to_owned(),
        (1, 1, _) => "The note is ready to send.".to_owned(),
        (1, ..) => "The note is not ready to send.".to_owned(),
        (_, _, 0) => format!("All {judged} notes are ready to send."),
        (_, 0, _) => format!("None of {judged} notes is ready to send."),
        (_, 1, _) => format!("1 of {judged} notes is ready to send."),
        _ => format!("{ready} of {judged} notes are ready to send."),
    };
    match summary.count(Severity::Error) {
        0 => verdict,
        1 => format!("{verdict} 1 error must be mended first."),
        errors => format!("{verdict} {errors} errors must be mended first."),
    }
}

/// The counts.
pub(super) fn section(desk: &Desk<'_>) -> Markup {
    let report = desk.view.report;
    let summary = report.summary();
    let scored = !report.verdicts.is_empty();
    let mut figures: Vec<(&str, &str, String)> =
        vec![("notes", "", report.notes.len().to_string())];
    if scored {
        for grade in [Grade::Ready, Grade::Revise, Grade::Rewrite] {
            figures.push((
                called(grade),
                grade.name(),
                summary.graded(grade).to_string(),
            ));
        }
    }
    if summary.unjudged > 0 {
        figures.push(("not scored", "", summary.unjudged.to_string()));
    }
    if let Some(mean) = summary.mean_score() {
        figures.push(("mean score, of 100", "", mean.to_string()));
    }
    for (one, many, severity) in [
        ("error", "errors", Severity::Error),
        ("warning", "warnings", Severity::Warning),
        ("info", "infos", Severity::Info),
        ("hint", "hints", Severity::Hint),
    ] {
        let count = summary.count(severity);
        figures.push((if count == 1 { one } else { many }, one, count.to_string()));
    }
    html! {
        section id="summary" aria-label="Counts" {
            dl.figures {
                @for (name, class, value) in figures {
                    div class=(class) { dt { (name) } dd { (value) } }
                }
            }
        }
    }
}

/// A grade as the page calls it.
pub(super) fn called(grade: Grade) -> &'static str {
    match grade {
        Grade::Ready => "ready",
        Grade::Revise => "to revise",
        Grade::Rewrite => "to rewrite",
    }
}

/// A sign that is full, half or empty.
pub(super) fn sign(grade: Grade) -> &'static str {
    match grade {
        Grade::Ready => "●",
        Grade::Revise => "◐",
        Grade::Rewrite => "○",
    }
}

/// The batch in plots.
pub(super) fn plots(desk: &Desk<'_>) -> Markup {
    html! {
        section id="plots" aria-labelledby="plots-title" {
            h2 id="plots-title" { "The batch in plots" }
            div.plots {
                (scores::scores(desk.view.report))
                (scores::parts(desk.view.report))
                (lengths::plot(desk.view.report))
                (times::plot(desk.view.report))
            }
        }
    }
}
