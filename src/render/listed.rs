//! Findings as other programs take them in: the file, the place in it, the words.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Fix;
use crate::fix::FileEdit;
use crate::fix::file_edits;
use crate::render::View;
use crate::render::clean::clean;
use crate::render::place::Positions;
use crate::source::Position;
use crate::source::Source;
use crate::span::FileId;
use crate::span::Span;

/// Finds the places of findings.
pub(crate) struct Listing<'a> {
    view: View<'a>,
    positions: Positions<'a>,
}

/// A place in a file.
pub(crate) struct Place<'a> {
    source: &'a Source,
    /// The first character meant.
    pub(crate) start: Position,
    /// The first one behind them.
    pub(crate) end: Position,
}

impl<'a> Listing<'a> {
    pub(crate) fn new(view: &View<'a>) -> Self {
        Self {
            view: *view,
            positions: Positions::new(view.sources),
        }
    }

    /// Where a span is.
    pub(crate) fn place(&self, span: Span) -> Place<'a> {
        let (start, end) = self.positions.of(span);
        Place {
            source: self.view.sources.get(span.file),
            start,
            end,
        }
    }

    /// The fixes of a finding that can be applied as they are, each with its edits of the file. One that a
    /// person has to fill in first is none of them.
    pub(crate) fn fixes<'f>(&self, found: &'f Diagnostic) -> Vec<(&'f Fix, Vec<FileEdit>)> {
        let note = found.note.map(|note| note as usize);
        let note = note.and_then(|note| self.view.report.notes.get(note));
        let edits = |fix| Some((fix, file_edits(note?, self.view.sources, fix)?));
        let fixes = found.fixes.iter().filter_map(edits);
        fixes.filter(|(_, edits)| !edits.is_empty()).collect()
    }

    /// A piece of a file.
    pub(crate) fn text(&self, file: FileId, range: Range<usize>) -> &'a str {
        self.view.sources.text(Span::new(file, range))
    }

    /// Where an edit is made.
    pub(crate) fn edited(&self, edit: &FileEdit) -> Place<'a> {
        self.place(Span::new(edit.file, edit.start..edit.end))
    }

    /// Where a finding is.
    pub(crate) fn of(&self, found: &Diagnostic) -> Place<'a> {
        self.place(found.span())
    }
}

impl<'a> Place<'a> {
    /// The path of the file as it was given, without `./` before it. Not cleaned: it is for a program that
    /// looks for the file.
    pub(crate) fn path(&self) -> &'a str {
        path(self.source)
    }

    /// The path, harmless, for formats that cannot hold every character.
    pub(crate) fn shown(&self) -> String {
        clean(self.path()).into_owned()
    }

    /// Sheet and cell, if the file is a workbook: it has no lines then.
    pub(crate) fn cell(&self) -> Option<&'a str> {
        self.source.cell.as_deref()
    }

    /// `path:line:column`, or the cell of a workbook; harmless. Columns count characters.
    pub(crate) fn words(&self) -> String {
        match self.cell() {
            Some(cell) => format!("{}[{}]", self.shown(), clean(cell)),
            None => format!("{}:{}:{}", self.shown(), self.start.line, self.start.column),
        }
    }

    /// The same without the path.
    pub(crate) fn within(&self) -> String {
        match self.cell() {
            Some(cell) => format!("cell {}", clean(cell)),
            None => format!("{}:{}", self.start.line, self.start.column),
        }
    }

    /// The columns of start and end in bytes, from 1. A byte order mark has three.
    pub(crate) fn byte_columns(&self) -> (u32, u32) {
        let of = |position: Position| {
            let byte = position.byte - self.source.origin.bytes;
            let line = self.source.line_index(byte as usize);
            let start = self.source.line_starts().get(line).copied();
            byte - start.unwrap_or_default() + 1
        };
        (of(self.start), of(self.end))
    }

    /// A finding's message in one line, harmless; with the cell before it where there are no lines.
    pub(crate) fn message(&self, found: &Diagnostic) -> String {
        let message = clean(&found.message);
        match self.cell() {
            Some(cell) => format!("{}: {message}", clean(cell)),
            None => message.into_owned(),
        }
    }
}

/// The path of a file as it was given, without `./` before it.
pub(crate) fn path(source: &Source) -> &str {
    let mut path = source.name.as_str();
    while let Some(rest) = path.strip_prefix("./").filter(|rest| !rest.is_empty()) {
        path = rest.trim_start_matches('/');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::testing::Case;
    use crate::source::Origin;

    #[test]
    fn paths_lose_only_what_means_nothing() {
        for (given, expected) in [
            ("./a.md", "a.md"),
            (".//././b/c.md", "b/c.md"),
            ("../a.md", "../a.md"),
            ("/tmp/a.md", "/tmp/a.md"),
            ("./", "./"),
            (".a/b", ".a/b"),
        ] {
            assert_eq!(path(&Source::new(given.into(), String::new())), expected);
        }
    }

    #[test]
    fn byte_columns_count_from_the_line_in_parts_of_files_too() {
        let mut case = Case::default();
        let origin = Origin {
            bytes: 500,
            lines: 9,
        };
        let text = "\u{feff}é\n👋 x\n".to_owned();
        let file = case.sources.add(Source::part("a".into(), text, origin));
        let view = case.view();
        let listing = Listing::new(&view);
        let place = listing.place(Span::new(file, 11..12));
        assert_eq!((place.start.line, place.start.column), (11, 3));
        assert_eq!(place.byte_columns(), (6, 7));
        let first = listing.place(Span::new(file, 3..5));
        assert_eq!(first.byte_columns(), (4, 6));
        assert_eq!(first.words(), "a:10:1");
    }
}
