//! A finding in full: how grave, what, where, what to do.

use maud::Markup;
use maud::html;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Fix;
use crate::diagnostic::FixKind;
use crate::diagnostic::Label;
use crate::render::clean::clean;
use crate::render::page::Desk;
use crate::render::page::alike::is_shown;
use crate::render::place;
use crate::render::web::words::quoted;
use crate::render::web::words::words;
use crate::render::words::plural;
use crate::render::wrap::shorten;

/// Openers that are shown for a finding, and columns of the words at a place.
const OPENERS: usize = 2;
const QUOTED: usize = 60;
/// How many places and lines are told.
const PLACES: usize = 4;
const DETAILS: usize = 8;

/// A finding about a file, or about a note: that note, and the number of the finding in it.
pub(super) fn finding(
    desk: &Desk<'_>,
    found: &Diagnostic,
    about: Option<(usize, usize)>,
) -> Markup {
    let (note, number) = about.unzip();
    let is_here = |label: &&Label| is_in_words(desk, label, note);
    let elsewhere = found.labels.iter().filter(|label| !is_here(label));
    let (blanks, others): (Vec<&Fix>, Vec<&Fix>) = found
        .fixes
        .iter()
        .partition(|fix| fix.kind == FixKind::HasBlanks);
    let details = found.details.len();
    html! {
        p.message {
            @if let Some(number) = number { strong { (number) "." } " " }
            strong.severity { (found.severity.name()) }
            " " (quoted(&found.message)) " "
            code.rule { (clean(&found.rule)) }
        }
        @for label in found.labels.iter().filter(is_here).filter(|label| !label.message.is_empty() && has_words(desk, label)) {
            p.said { "“" (quote(desk, label)) "”: " (quoted(&label.message)) }
        }
        @for label in elsewhere.take(PLACES) { (place_of(desk, label)) }
        @if details > 0 {
            ul.details {
                @for detail in found.details.iter().take(desk.at_most(DETAILS)) { li { (quoted(detail)) } }
            }
            (how_many_more(details.saturating_sub(desk.at_most(DETAILS)), "line", "lines"))
        }
        @if let Some(help) = &found.help { p.help { (quoted(help)) } }
        @if !blanks.is_empty() { (openers(&blanks)) }
        @for fix in others { p.said { "Fix: " (quoted(&fix.description)) } }
        @if let Some(group) = found.cluster.filter(|group| is_shown(desk, *group)) {
            p.said { a href=(format!("#group-{}", group + 1)) { "The notes of this group" } }
        }
    }
}

/// Whether a place is among the words of a note, where the page marks it.
fn is_in_words(desk: &Desk<'_>, label: &Label, note: Option<usize>) -> bool {
    let note = note.and_then(|note| desk.view.report.notes.get(note));
    note.is_some_and(|note| note.text.range_of(label.span).is_some())
}

fn has_words(desk: &Desk<'_>, label: &Label) -> bool {
    !desk.view.sources.text(label.span).trim().is_empty()
}

/// The words at a place, as they stand in the file.
fn quote(desk: &Desk<'_>, label: &Label) -> Markup {
    let text = desk.view.sources.text(label.span);
    let line = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    words(&shorten(&line, QUOTED, true))
}

/// A place in a file, with what is said there.
fn place_of(desk: &Desk<'_>, label: &Label) -> Markup {
    let name = place::name(desk.view.sources.get(label.span.file));
    let (start, _) = desk.positions.of(label.span);
    html! {
        p.said {
            span.place { bdi { (name) } ":" (start.line) ":" (start.column) }
            @if has_words(desk, label) { " “" (quote(desk, label)) "”" }
            @if !label.message.is_empty() { " " (quoted(&label.message)) }
        }
    }
}

fn openers(blanks: &[&Fix]) -> Markup {
    html! {
        @if let Some(first) = blanks.first() { p.said { "Suggestion: " (quoted(&first.description)) ":" } }
        ul.openers {
            @for fix in blanks.iter().take(OPENERS) {
                @for edit in &fix.edits { li { (clean(edit.text.trim())) } }
            }
        }
    }
}

/// Says that there are more, and how to see them.
pub(super) fn how_many_more(more: usize, one: &str, many: &str) -> Markup {
    html! {
        @if more > 0 {
            p.more { "and " (plural(more, &format!("more {one}"), &format!("more {many}"))) " (" code { "--all" } " shows all)" }
        }
    }
}
