//! One finding: its message, the words it is about with marks under them, and what to do.

use std::io;

use codespan_reporting::diagnostic as codespan;
use codespan_reporting::files::Error;
use codespan_reporting::term;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Fix;
use crate::diagnostic::FixKind;
use crate::diagnostic::Severity;
use crate::render::View;
use crate::render::clean::clean;
use crate::render::terminal::excerpt::Excerpts;
use crate::render::terminal::writer::StyledWriter;
use crate::render::wrap::columns;
use crate::render::wrap::hang;

/// What stands left of a line besides its number, and a little air at the right.
const FRAME: usize = 6;

/// Writes one finding and an empty line.
pub(super) fn write(view: &View, found: &Diagnostic, out: &mut dyn io::Write) -> io::Result<()> {
    let options = view.options;
    let mut config = term::Config::default();
    if !options.unicode {
        config.chars = term::Chars::ascii();
    }
    let line = view
        .sources
        .get(found.span().file)
        .line_index(found.span().end as usize)
        + 1;
    let margin = line.to_string().len() + 3;
    let room = options.width.saturating_sub(margin + FRAME).max(20);
    let mut excerpts = Excerpts::new(view.sources, room);
    let note = found
        .note
        .and_then(|note| view.report.notes.get(note as usize));
    if let Some(note) = note {
        excerpts.add(note.text.whole());
    }
    let mut notes = Vec::new();
    let labels = labels(
        found,
        &mut excerpts,
        options.width.saturating_sub(margin),
        &mut notes,
    );
    notes.extend(advice(found));
    let head = found.severity.name().len() + columns(&found.rule) + 4;
    let diagnostic = codespan::Diagnostic::new(severity(found.severity))
        .with_code(clean(&found.rule))
        .with_message(hang(&clean(&found.message), head, 4, options.width))
        .with_labels(labels)
        .with_notes(
            notes
                .iter()
                .map(|note| hang(note, 0, 0, options.width.saturating_sub(margin + 1)))
                .collect(),
        );
    let mut writer = StyledWriter::new(out, options.color, &config.chars.snippet_start);
    term::emit_to_write_style(&mut writer, &config, &excerpts, &diagnostic).map_err(|error| {
        match error {
            Error::Io(error) => error,
            other => io::Error::other(other.to_string()),
        }
    })
}

/// The labels. Words that would not fit beside or under their place go to the notes below.
fn labels(
    found: &Diagnostic,
    excerpts: &mut Excerpts,
    width: usize,
    notes: &mut Vec<String>,
) -> Vec<codespan::Label<usize>> {
    let mut labels = Vec::new();
    let here = blank_places(found);
    for (span, primary, message) in found
        .labels
        .iter()
        .map(|label| (label.span, label.primary, clean(&label.message)))
        .chain(
            here.into_iter()
                .map(|span| (span, false, "it could go here".into())),
        )
    {
        let spots = excerpts.spots(span);
        let last = spots.len().saturating_sub(1);
        for (index, spot) in spots.into_iter().enumerate() {
            let style = if primary {
                codespan::LabelStyle::Primary
            } else {
                codespan::LabelStyle::Secondary
            };
            let mut label = codespan::Label::new(style, spot.piece, spot.range.clone());
            let used = columns(excerpts.line_before(&spot)) + columns(excerpts.words(&spot)).max(1);
            if index == last && !message.is_empty() {
                if used + 1 + columns(&message) <= width {
                    label = label.with_message(message.clone());
                } else {
                    notes.push(message.clone().into_owned());
                }
            }
            labels.push(label);
        }
    }
    labels
}

/// Where the suggestions would go, unless the finding points there anyway.
fn blank_places(found: &Diagnostic) -> Vec<crate::span::Span> {
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

/// What to do: help, suggestions, fixes.
pub(super) fn advice(found: &Diagnostic) -> Vec<String> {
    let mut notes = Vec::new();
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
        let flag = match fix.kind {
            FixKind::Unsafe => "--unsafe-fixes",
            _ => "--fix",
        };
        notes.push(format!("fix: {} ({flag} does it)", clean(&fix.description)));
    }
    notes
}

/// Openers that a person can complete.
fn suggestion(blanks: &[&Fix]) -> String {
    let mut lines = Vec::new();
    let mut described = "";
    for fix in blanks {
        if &*fix.description != described {
            described = &fix.description;
            lines.push(clean(described).into_owned());
        }
        for edit in &fix.edits {
            lines.push(format!("  try: {}", clean(edit.text.trim())));
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
