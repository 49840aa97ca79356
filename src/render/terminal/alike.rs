//! Groups of notes that resemble each other: each once, with what they share and who is in it.

use std::cmp::Reverse;
use std::io;

use crate::diagnostic::Diagnostic;
use crate::render::View;
use crate::render::clean::clean;
use crate::render::paint;
use crate::render::paint::Paint;
use crate::render::place;
use crate::render::words::plural;
use crate::render::wrap::columns;
use crate::render::wrap::hang;
use crate::render::wrap::shorten;
use crate::report::Cluster;
use crate::report::Skeleton;
use crate::report::SkeletonPiece;

/// How far everything below a heading is moved to the right.
const INDENT: usize = 4;
/// How many groups are shown at most.
const GROUPS: usize = 8;
/// How many of the notes of a group are named.
const NOTES: usize = 6;
/// How many of the values of a slot are shown.
const VALUES: usize = 3;
/// How many columns of a value.
const VALUE: usize = 40;

/// Writes the groups, the gravest and largest first.
pub(super) fn write(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let report = view.report;
    let of = |found: &Diagnostic| {
        let cluster = found.cluster?;
        report.clusters.get(cluster as usize)
    };
    let mut found: Vec<(&Diagnostic, &Cluster)> = report
        .diagnostics
        .iter()
        .filter_map(|found| Some((found, of(found)?)))
        .collect();
    if found.is_empty() {
        return Ok(());
    }
    found.sort_by_key(|(found, cluster)| (Reverse(found.severity), Reverse(cluster.members.len())));
    let paint = Paint {
        color: view.options.color,
    };
    let shown = if view.options.all { usize::MAX } else { GROUPS };
    heading(view, paint, out)?;
    for (found, cluster) in found.iter().take(shown) {
        group(view, paint, found, cluster, out)?;
    }
    let more = found.len().saturating_sub(shown);
    if more > 0 {
        let groups = plural(
            more,
            "more finding of this kind",
            "more findings of this kind",
        );
        writeln!(out, "... and {groups} (--all shows all)\n")?;
    }
    Ok(())
}

fn heading(view: &View, paint: Paint, out: &mut dyn io::Write) -> io::Result<()> {
    let rule = if view.options.unicode { "─" } else { "-" };
    let title = "Notes that resemble each other";
    let fill = view.options.prose().saturating_sub(columns(title) + 4);
    writeln!(
        out,
        "{} {} {}\n",
        paint.lay(paint::FRAME, rule.repeat(2)),
        paint.lay(paint::BOLD, title),
        paint.lay(paint::FRAME, rule.repeat(fill)),
    )
}

fn group(
    view: &View,
    paint: Paint,
    found: &Diagnostic,
    cluster: &Cluster,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let width = view.options.prose();
    let head = format!("{}[{}]", found.severity.name(), clean(&found.rule));
    let message = format!(": {}", clean(&found.message));
    let message = hang(&message, columns(&head), INDENT, width);
    let style = paint::severity(found.severity).bold();
    writeln!(out, "{}{message}", paint.lay(style, head))?;
    let mut line = |text: &str, hanging: usize| {
        let fitted = hang(text, INDENT, INDENT + hanging, width);
        writeln!(out, "{}{fitted}", " ".repeat(INDENT))
    };
    match &cluster.skeleton {
        Some(skeleton) => {
            line(&template(view, skeleton), 0)?;
            for number in 0..skeleton.slots.len() {
                line(&slot(view, cluster, skeleton, number), 4)?;
            }
        }
        None => line(&words(view, found, cluster), 0)?,
    }
    for detail in &found.details {
        line(&format!("- {}", clean(detail)), 2)?;
    }
    line(&members(view, found, cluster), 2)?;
    if let Some(help) = &found.help {
        line(&format!("help: {}", clean(help)), 0)?;
    }
    writeln!(out)
}

/// The skeleton with its slots as `⟨1⟩`.
fn template(view: &View, skeleton: &Skeleton) -> String {
    let piece = |piece: &SkeletonPiece| match piece {
        SkeletonPiece::Text(text) => clean(text).into_owned(),
        SkeletonPiece::Slot(number) => mark(view, *number as usize),
    };
    skeleton.pieces.iter().map(piece).collect()
}

fn mark(view: &View, number: usize) -> String {
    match view.options.unicode {
        true => format!("⟨{number}⟩"),
        false => format!("<{number}>"),
    }
}

/// What stands in a slot: the field, or some of the words.
fn slot(view: &View, cluster: &Cluster, skeleton: &Skeleton, number: usize) -> String {
    let slot = &skeleton.slots[number];
    let mark = mark(view, number + 1);
    if let Some(field) = slot.merge {
        return format!("{mark} the {field}");
    }
    let mut values: Vec<&str> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (fill, &member) in slot.fills.iter().zip(&cluster.members) {
        let note = view.report.notes.get(member as usize);
        let range = fill.start as usize..fill.end as usize;
        let value = note.and_then(|note| note.text.as_str().get(range));
        let value = value.unwrap_or_default().trim();
        if seen.insert(value) && !value.is_empty() {
            values.push(value);
        }
    }
    let quoted =
        |value: &&str| format!("`{}`", shorten(&clean(value), VALUE, view.options.unicode));
    let some: Vec<String> = values.iter().take(VALUES).map(quoted).collect();
    let dots = if values.len() > VALUES { ", ..." } else { "" };
    let nothing = if seen.contains("") { " or nothing" } else { "" };
    format!(
        "{mark} {} different: {}{dots}{nothing}",
        values.len(),
        some.join(", ")
    )
}

/// The words of the note that a finding is about; of an opening only the opening.
fn words(view: &View, found: &Diagnostic, cluster: &Cluster) -> String {
    let note = found
        .note
        .and_then(|note| view.report.notes.get(note as usize));
    let mut text = note.map_or("", |note| note.text.as_str());
    let pointed = found.labels.iter().find(|label| label.primary);
    if let (Some(note), Some(label), "stale-opening") = (note, pointed, cluster.kind) {
        let at = |byte: u32| {
            let mut places = text.char_indices().map(|(at, _)| at);
            places.find(|&at| note.text.span(at..at).start >= byte)
        };
        let (from, to) = (at(label.span.start), at(label.span.end));
        text = &text[from.unwrap_or(0)..to.unwrap_or(text.len())];
    }
    let text = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    // Two lines tell which note it is.
    let room = (view.options.prose() - INDENT) * 2;
    format!(
        "`{}`",
        shorten(&clean(&text), room - 4, view.options.unicode)
    )
}

/// The notes of a group by their places.
fn members(view: &View, found: &Diagnostic, cluster: &Cluster) -> String {
    let mut numbers = cluster.members.clone();
    // A finding about two of several notes names these two.
    if let Some(twin) = pair_of(view, found, cluster) {
        numbers = twin;
    }
    // The name of a file stands once, then only the lines.
    let mut file = None;
    let place = |&note: &u32| {
        let text = &view.report.notes[note as usize].text;
        let same = file.replace(text.file()) == Some(text.file());
        match same {
            true => view.report.notes[note as usize].line.to_string(),
            false => place::of_note(view.report, view.sources, note as usize),
        }
    };
    let places: Vec<String> = numbers.iter().take(NOTES).map(place).collect();
    let more = match numbers.len().saturating_sub(NOTES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("notes: {}{more}", places.join(", "))
}

/// The note of a finding and its twin, where the finding points at just one other note.
fn pair_of(view: &View, found: &Diagnostic, cluster: &Cluster) -> Option<Vec<u32>> {
    if cluster.members.len() == 2 || cluster.kind != "near-duplicate" {
        return None;
    }
    let own = found.note?;
    let others = found.labels.iter().filter(|label| !label.primary);
    let holds = |member: &&u32| {
        let whole = view.report.notes[**member as usize].text.whole();
        **member != own
            && others.clone().any(|label| {
                label.span.file == whole.file
                    && whole.start <= label.span.start
                    && label.span.end <= whole.end
            })
    };
    let twin = cluster.members.iter().find(holds)?;
    Some(vec![own, *twin])
}

/// Whether a finding is shown here and not with its note.
pub(super) fn is_about_group(found: &Diagnostic) -> bool {
    found.cluster.is_some()
}
