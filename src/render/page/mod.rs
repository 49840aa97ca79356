//! The review of a batch before it is sent, as one page: what to fix first, the batch in plots, notes that
//! resemble each other, every note with its evidence and findings, the worst first.
//!
//! All of it can be read, and printed, without its script, which only filters and sorts.

mod alike;
mod card;
mod controls;
mod finding;
mod first;
mod gains;
mod lengths;
mod marked;
mod notes;
mod problems;
mod scores;
mod summary;
mod times;

use std::io;

use crate::render::View;
use crate::render::groups::Groups;
use crate::render::place::Positions;
use crate::render::web::Page;
use crate::render::web::footer;
use crate::render::web::put;
use crate::render::words::plural;

/// The script that filters and sorts.
const SCRIPT: &str = include_str!("page.js");

/// What the sections of the page look at.
struct Desk<'a> {
    view: &'a View<'a>,
    groups: Groups<'a>,
    positions: Positions<'a>,
    /// The notes that are shown, the worst first.
    shown: Vec<usize>,
    /// By note, whether it is shown.
    is_shown: Vec<bool>,
    /// The groups of notes that something was said about, the gravest first.
    alike: Vec<alike::Found<'a>>,
    /// The rules that found something in notes, by id.
    rules: Vec<&'a str>,
}

impl<'a> Desk<'a> {
    fn new(view: &'a View<'a>) -> Self {
        let report = view.report;
        let groups = Groups::new(report);
        let shown = notes::chosen(view, &groups);
        let mut is_shown = vec![false; report.notes.len()];
        shown.iter().for_each(|&note| is_shown[note] = true);
        let found = groups.by_note.iter().flatten();
        let mut rules: Vec<&str> = found.map(|found| &*found.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        Self {
            view,
            groups,
            positions: Positions::new(view.sources),
            shown,
            is_shown,
            alike: alike::found(report),
            rules,
        }
    }

    /// At most so many, unless all are asked for.
    fn at_most(&self, count: usize) -> usize {
        match self.view.options.all {
            true => usize::MAX,
            false => count,
        }
    }
}

/// The id of a note on the page, by its place among all notes: nothing of the note is in it.
fn id_of(note: usize) -> String {
    format!("note-{}", note + 1)
}

/// Writes the page.
pub(crate) fn render(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let desk = Desk::new(view);
    let notes = view.report.notes.len();
    let title = format!("Pre-send review: {}", plural(notes, "note", "notes"));
    let page = Page {
        title: &title,
        script: Some(SCRIPT),
    };
    page.write(out, |out| {
        let sections = Sections::of(&desk);
        put(out, &summary::header(&desk, &sections))?;
        writeln!(out, "<main id=\"main\">")?;
        put(out, &summary::section(&desk))?;
        if sections.problems {
            put(out, &problems::section(&desk))?;
        }
        if sections.first {
            put(out, &first::section(&desk))?;
        }
        if sections.plots {
            put(out, &summary::plots(&desk))?;
        }
        if sections.alike {
            put(out, &alike::section(&desk))?;
        }
        if sections.notes {
            notes::write(&desk, out)?;
        }
        writeln!(out, "</main>")?;
        let made = format!(
            "Made by connote {} on your own computer. Nothing was sent anywhere.",
            view.version
        );
        put(out, &footer(&made))
    })
}

/// Which sections there are.
struct Sections {
    problems: bool,
    first: bool,
    plots: bool,
    alike: bool,
    notes: bool,
}

impl Sections {
    fn of(desk: &Desk<'_>) -> Self {
        let report = desk.view.report;
        let judged = !report.verdicts.is_empty();
        Self {
            problems: !desk.groups.general.is_empty(),
            first: judged,
            plots: judged,
            alike: !desk.alike.is_empty(),
            notes: !report.notes.is_empty() && !desk.view.options.quiet,
        }
    }

    /// Ids and names of those that there are.
    fn links(&self) -> Vec<(&'static str, &'static str)> {
        let all = [
            (self.problems, "problems", "Problems with the files"),
            (self.first, "first", "What to fix first"),
            (self.plots, "plots", "The batch in plots"),
            (self.alike, "alike", "Notes that resemble each other"),
            (self.notes, "notes", "Note by note"),
        ];
        let there = all.into_iter().filter(|(there, ..)| *there);
        there.map(|(_, id, name)| (id, name)).collect()
    }
}

#[cfg(test)]
mod tests;
