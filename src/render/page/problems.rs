//! What is wrong with files rather than with notes.

use maud::Markup;
use maud::html;

use crate::render::page::Desk;
use crate::render::page::finding::finding;
use crate::render::page::finding::how_many_more;

/// How many problems are shown at most.
const PROBLEMS: usize = 50;

/// The section.
pub(super) fn section(desk: &Desk<'_>) -> Markup {
    let all = &desk.groups.general;
    let shown = all.len().min(desk.at_most(PROBLEMS));
    html! {
        section id="problems" aria-labelledby="problems-title" {
            h2 id="problems-title" { "Problems with the files" }
            ol.findings {
                @for found in &all[..shown] {
                    li class=(found.severity.name()) { (finding(desk, found, None)) }
                }
            }
            (how_many_more(all.len() - shown, "problem", "problems"))
        }
    }
}
