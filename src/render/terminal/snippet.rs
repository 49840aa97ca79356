//! One finding: its message, the words it is about with marks under them, and what to do.

use std::io;

use codespan_reporting::diagnostic as codespan;
use codespan_reporting::files::Error;
use codespan_reporting::term;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Fix;
use crate::diagnostic::FixKind;
use crate::diagnostic::Label;
use crate::diagnostic::Severity;
use crate::render::View;
use crate::render::clean::clean;
use crate::render::place;
use crate::render::place::Positions;
use crate::render::terminal::excerpt::Excerpts;
use crate::render::terminal::writer::StyledWriter;
use crate::render::wrap::columns;
use crate::render::wrap::hang;
use crate::span::Span;

/// Columns left free at the right: long lines of prose are hard to read.
const AIR: usize = 4;
/// What stands before an opener.
const TRY: &str = "try: ";

/// Writes one finding and an empty line.
pub(super) fn write(
    view: &View,
    positions: &Positions,
    found: &Diagnostic,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let options = view.options;
    let mut config = term::Config::default();
    if !options.unicode {
        config.chars = term::Chars::ascii();
    }
    // The frame at the left: the line number, a bar, spaces.
    let last_line = found
        .labels
        .iter()
        .map(|label| positions.of(label.span).1.line)
        .max();
    let frame = last_line.unwrap_or(1).to_string().len() + 3;
    let width = options.prose().saturating_sub(frame);
    let mut excerpts = Excerpts::new(view.sources, positions, width.saturating_sub(AIR));
    if let Some(note) = found
        .note
        .and_then(|note| view.report.notes.get(note as usize))
    {
        excerpts.add(note.text.whole());
    }
    let mut notes = Vec::new();
    let mut labels = Vec::new();
    for label in &found.labels {
        let message = clean(&label.message);
        if !mark(
            &mut excerpts,
            label.span,
            label.primary,
            &message,
            width,
            &mut labels,
        ) {
            notes.push(elsewhere(view, positions, label, &message));
        }
    }
    for place in blank_places(found) {
        mark(
            &mut excerpts,
            place,
            false,
            "it could go here",
            width,
            &mut labels,
        );
    }
    notes.extend(advice(found));
    let head = found.severity.name().len() + columns(&found.rule) + "[]: ".len();
    let diagnostic = codespan::Diagnostic::new(severity(found.severity))
        .with_code(clean(&found.rule))
        .with_message(hang(&clean(&found.message), head, 4, options.prose()))
        .with_labels(labels)
        .with_notes(
            notes
                .iter()
                .map(|note| fit(note, width.saturating_sub(1)))
                .collect(),
        );
    let mut writer = StyledWriter::new(out, options.color, &config.chars.snippet_start);
    let written = term::emit_to_write_style(&mut writer, &config, &excerpts, &diagnostic);
    written.map_err(|error| match error {
        Error::Io(error) => error,
        other => io::Error::other(other.to_string()),
    })
}

/// Adds the marks of a label, one for each line it covers. Its words stand right of the last mark,
/// or under its start where there is no room. False if there is no room there either.
fn mark(
    excerpts: &mut Excerpts,
    span: Span,
    primary: bool,
    message: &str,
    width: usize,
    labels: &mut Vec<codespan::Label<usize>>,
) -> bool {
    let style = if primary {
        codespan::LabelStyle::Primary
    } else {
        codespan::LabelStyle::Secondary
    };
    let spots = excerpts.spots(span);
    let last = spots.len().saturating_sub(1);
    let mut said = message.is_empty();
    for (index, spot) in spots.into_iter().enumerate() {
        let mut label = codespan::Label::new(style, spot.piece, spot.range.clone());
        let before = columns(excerpts.line_before(&spot));
        let marked = columns(excerpts.words(&spot)).max(1);
        if index == last && !said {
            if before + marked + 1 + columns(message) <= width {
                label = label.with_message(message);
                said = true;
            } else if before + columns(message) <= width {
                // A second mark of no length at the same place: codespan hangs its words below.
                let start = spot.range.start..spot.range.start;
                labels.push(codespan::Label::new(style, spot.piece, start).with_message(message));
                said = true;
            }
        }
        labels.push(label);
    }
    said
}

/// What a label says, for the notes below: with its place if that is not the place of the finding.
fn elsewhere(view: &View, positions: &Positions, label: &Label, message: &str) -> String {
    if label.primary {
        return message.to_owned();
    }
    let name = place::name(view.sources.get(label.span.file));
    let (start, _) = positions.of(label.span);
    format!("{name}:{}:{}: {message}", start.line, start.column)
}

/// Breaks the lines of a note; what goes on hangs under the beginning of its text.
pub(super) fn fit(note: &str, width: usize) -> String {
    let lines = note.lines().map(|line| {
        let lead = line.len() - line.trim_start().len();
        let lead = if lead > 0 { lead + TRY.len() } else { 0 };
        hang(line, lead, lead, width)
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// Whether a finding comes with openers for a person to complete.
pub(super) fn has_blanks(found: &Diagnostic) -> bool {
    found.fixes.iter().any(|fix| fix.kind == FixKind::HasBlanks)
}

/// Where the suggestions would go, unless the finding points there anyway.
fn blank_places(found: &Diagnostic) -> Vec<Span> {
    let mut places = Vec::new();
    for fix in found
        .fixes
        .iter()
        .filter(|fix| fix.kind == FixKind::HasBlanks)
    {
        for edit in &fix.edits {
            let shown = found.labels.iter().any(|label| {
                label.span.file == edit.span.file && label.span.start == edit.span.start
            });
            if !shown && !places.contains(&edit.span) {
                places.push(edit.span);
            }
        }
    }
    places
}

/// More to say, and what to do: help, suggestions, fixes.
pub(super) fn advice(found: &Diagnostic) -> Vec<String> {
    let details = found.details.iter();
    let mut notes: Vec<String> = details.map(|detail| clean(detail).into_owned()).collect();
    if let Some(help) = &found.help {
        notes.push(format!("help: {}", clean(help)));
    }
    let (blanks, others): (Vec<&Fix>, Vec<&Fix>) = found
        .fixes
        .iter()
        .partition(|fix| fix.kind == FixKind::HasBlanks);
    if !blanks.is_empty() {
        notes.push(suggestion(&blanks));
    }
    for fix in others {
        notes.push(format!("fix: {}", clean(&fix.description)));
    }
    notes
}

/// Openers that are shown for a finding; JSON has them all.
const OPENERS: usize = 2;

/// Openers that a person can complete.
fn suggestion(blanks: &[&Fix]) -> String {
    let mut lines = Vec::new();
    let mut described = "";
    for fix in blanks.iter().take(OPENERS) {
        if &*fix.description != described {
            described = &fix.description;
            lines.push(clean(described).into_owned());
        }
        for edit in &fix.edits {
            lines.push(format!("  {TRY}{}", clean(edit.text.trim())));
        }
    }
    format!("suggestion: {}", lines.join("\n"))
}

fn severity(severity: Severity) -> codespan::Severity {
    match severity {
        Severity::Error => codespan::Severity::Error,
        Severity::Warning => codespan::Severity::Warning,
        Severity::Info => codespan::Severity::Note,
        Severity::Hint => codespan::Severity::Help,
    }
}
