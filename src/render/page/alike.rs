//! Groups of notes that resemble each other: what they share, what differs, who is in it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use maud::Markup;
use maud::html;

use crate::diagnostic::Diagnostic;
use crate::render::clean::clean;
use crate::render::page::Desk;
use crate::render::page::finding::how_many_more;
use crate::render::page::notes::link;
use crate::render::web::words::quoted;
use crate::render::web::words::words;
use crate::render::words::plural;
use crate::render::wrap::shorten;
use crate::report::Cluster;
use crate::report::Report;
use crate::report::Skeleton;
use crate::report::SkeletonPiece;

/// How many groups, notes of a group, values of a slot, findings and lines of details are shown; and columns
/// of a value and of words.
const GROUPS: usize = 40;
const NOTES: usize = 12;
const VALUES: usize = 5;
const FINDINGS: usize = 3;
const VALUE: usize = 60;
const WORDS: usize = 400;

/// The section: the gravest and largest groups first.
pub(super) fn section(desk: &Desk<'_>) -> Markup {
    let groups = &desk.alike;
    let shown = groups.len().min(desk.at_most(GROUPS));
    html! {
        section id="alike" aria-labelledby="alike-title" {
            h2 id="alike-title" { "Notes that resemble each other" }
            @for (number, cluster, found) in &groups[..shown] { (group(desk, *number, cluster, found)) }
            (how_many_more(groups.len() - shown, "group", "groups"))
        }
    }
}

/// A group: its number among the report's, and what was said about it.
pub(super) type Found<'a> = (usize, &'a Cluster, Vec<&'a Diagnostic>);

/// Whether a group of the report is on the page.
pub(super) fn is_shown(desk: &Desk<'_>, group: u32) -> bool {
    let shown = desk.alike.iter().take(desk.at_most(GROUPS));
    shown
        .into_iter()
        .any(|(number, ..)| *number == group as usize)
}

/// The groups that something was said about, each once, the gravest and largest first.
pub(super) fn found(report: &Report) -> Vec<Found<'_>> {
    let mut by_group: BTreeMap<usize, Vec<&Diagnostic>> = BTreeMap::new();
    for found in &report.diagnostics {
        if let Some(group) = found.cluster {
            by_group.entry(group as usize).or_default().push(found);
        }
    }
    let groups = by_group.into_iter();
    let mut groups: Vec<Found<'_>> = groups
        .filter_map(|(number, found)| Some((number, report.clusters.get(number)?, found)))
        .collect();
    groups.sort_by_key(|(_, cluster, found)| {
        let gravest = found.iter().map(|found| found.severity).max();
        (Reverse(gravest), Reverse(cluster.members.len()))
    });
    groups
}

fn group(desk: &Desk<'_>, number: usize, cluster: &Cluster, found: &[&Diagnostic]) -> Markup {
    let gravest = found.iter().map(|found| found.severity).max();
    let id = format!("group-{}", number + 1);
    let class = format!("group {}", gravest.map_or("", |severity| severity.name()));
    html! {
        article id=(id) class=(class) aria-labelledby=(format!("{id}-title")) {
            h3 id=(format!("{id}-title")) {
                (name(cluster.kind)) ": " (plural(cluster.members.len(), "note", "notes"))
                @if cluster.similarity > 0.0 { span.soft { ", " (percent(cluster.similarity)) " alike" } }
            }
            @for found in found.iter().take(FINDINGS) {
                p.message { strong.severity { (found.severity.name()) } " " (quoted(&found.message)) " " code.rule { (clean(&found.rule)) } }
                @if !found.details.is_empty() {
                    ul.details { @for detail in found.details.iter().take(desk.at_most(VALUES)) { li { (quoted(detail)) } } }
                }
            }
            (how_many_more(found.len().saturating_sub(FINDINGS), "finding of this group", "findings of this group"))
            @match &cluster.skeleton {
                Some(skeleton) => (template(desk, cluster, skeleton)),
                None => (example(desk, cluster, found)),
            }
            p.names { "In it: "
                @for (at, &note) in cluster.members.iter().take(desk.at_most(NOTES)).enumerate() {
                    @if at > 0 { ", " }
                    (link(desk, note as usize))
                }
                @if cluster.members.len() > desk.at_most(NOTES) { " and " (cluster.members.len() - NOTES) " more" }
            }
            @if let Some(help) = found.first().and_then(|found| found.help.as_ref()) { p.help { (quoted(help)) } }
        }
    }
}

fn name(kind: &str) -> &str {
    match kind {
        "duplicate" => "The same words",
        "near-duplicate" => "Nearly the same words",
        "template" => "One text with slots",
        "same-company" => "Similar notes to colleagues",
        "stale-opening" => "One first sentence",
        other => other,
    }
}

fn percent(share: f64) -> String {
    // Nearly the same is not the same.
    format!("{} %", (share * 100.0).floor())
}

/// The text with its slots, and what fills them.
fn template(desk: &Desk<'_>, cluster: &Cluster, skeleton: &Skeleton) -> Markup {
    html! {
        p.words.skeleton dir="auto" {
            @for piece in &skeleton.pieces {
                @match piece {
                    SkeletonPiece::Text(text) => (words(text)),
                    SkeletonPiece::Slot(number) => span.slot { (number) },
                }
            }
        }
        ol.slots {
            @for (number, slot) in skeleton.slots.iter().enumerate() {
                li {
                    span.slot { (number + 1) } " "
                    @match slot.merge {
                        Some(field) => { "the " (field) },
                        None => (values(desk, cluster, &slot.fills)),
                    }
                }
            }
        }
    }
}

/// What stands in a slot.
fn values(desk: &Desk<'_>, cluster: &Cluster, fills: &[std::ops::Range<u32>]) -> Markup {
    let mut seen = BTreeSet::new();
    let mut values: Vec<&str> = Vec::new();
    for (fill, &member) in fills.iter().zip(&cluster.members) {
        let note = desk.view.report.notes.get(member as usize);
        let place = fill.start as usize..fill.end as usize;
        let value = note.and_then(|note| note.text.as_str().get(place));
        let value = value.unwrap_or_default().trim();
        if seen.insert(value) && !value.is_empty() {
            values.push(value);
        }
    }
    let shown = values.len().min(desk.at_most(VALUES));
    html! {
        @for (at, value) in values[..shown].iter().enumerate() {
            @if at > 0 { ", " }
            bdi { "“" (words(&shorten(value, VALUE, true))) "”" }
        }
        @if values.len() > shown { " and " (values.len() - shown) " more" }
        @if seen.contains("") { " or nothing" }
    }
}

/// The words of the first note; of an opening only the opening.
fn example(desk: &Desk<'_>, cluster: &Cluster, found: &[&Diagnostic]) -> Markup {
    let first = cluster.members.first();
    let note = first.and_then(|&note| desk.view.report.notes.get(note as usize));
    let Some(note) = note else { return html! {} };
    let text = note.text.as_str();
    let opening = found.first().filter(|_| cluster.kind == "stale-opening");
    let opening = opening.and_then(|found| note.text.range_of(found.span()));
    let text = opening.map_or(text, |place| &text[place]);
    html! { p.words dir="auto" { (words(&shorten(text, WORDS, true))) } }
}
