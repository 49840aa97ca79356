//! The notes, the worst first.

use std::io;

use maud::Markup;
use maud::html;

use crate::diagnostic::Severity;
use crate::render::View;
use crate::render::groups::Groups;
use crate::render::page::Desk;
use crate::render::page::card::card;
use crate::render::page::card::who;
use crate::render::page::controls::controls;
use crate::render::page::id_of;
use crate::render::web::put;

/// How many notes are shown at most: a browser stays quick, and nobody reads more in one go.
pub(super) const NOTES: usize = 300;

/// The notes to show, the worst first. Where they are too many, those with errors go before those that are
/// merely poor.
pub(super) fn chosen(view: &View, groups: &Groups) -> Vec<usize> {
    let worst = groups.worst_first(view.report);
    if view.options.all || worst.len() <= NOTES {
        return worst;
    }
    let mut grave = worst.clone();
    grave.sort_by_key(|&note| groups.count(note, Severity::Error) == 0);
    grave.truncate(NOTES);
    let mut kept = vec![false; worst.len()];
    grave.into_iter().for_each(|note| kept[note] = true);
    worst.into_iter().filter(|&note| kept[note]).collect()
}

/// Writes the section.
pub(super) fn write(desk: &Desk<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(
        out,
        "<section id=\"notes\" aria-labelledby=\"notes-title\">"
    )?;
    put(out, &head(desk))?;
    put(out, &controls(desk))?;
    writeln!(out, "<ol id=\"cards\">")?;
    for &note in &desk.shown {
        put(out, &card(desk, note))?;
    }
    writeln!(out, "</ol>\n</section>")
}

fn head(desk: &Desk<'_>) -> Markup {
    let all = desk.view.report.notes.len();
    html! {
        h2 id="notes-title" { "Note by note, the worst first" }
        @if desk.shown.len() < all {
            p.notice {
                "Here are " (desk.shown.len()) " of " (all) " notes: those with errors, then those with the lowest scores. "
                "Everything above is about all " (all) ". " code { "--all" } " puts every note on the page."
            }
        }
        ul.key aria-label="Marks in the notes" {
            li { mark.reference { "reference" } " what ties the note to its reader" }
            li { mark.reason { "reason" } " why you write" }
            li { mark.value { "value" } " what the reader gets" }
            li { span.framed.warning { "framed" } span.badge.warning { "1" } " what a finding of that number is about" }
            li { span.badge.info { "+2" } " where something is missing" }
        }
    }
}

/// The name of a note, as a link if it is on the page.
pub(super) fn link(desk: &Desk<'_>, note: usize) -> Markup {
    let on_page = desk.is_shown[note] && !desk.view.options.quiet;
    html! {
        @match on_page {
            true => a href=(format!("#{}", id_of(note))) { (who(desk, note)) },
            false => (who(desk, note)),
        }
    }
}
