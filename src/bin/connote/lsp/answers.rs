//! What an editor asks about a place in a document: hover, hints, completion.

use connote::editor;
use connote::editor::completions;
use connote::editor::score_line;
use ls_types::CompletionItem;
use ls_types::CompletionItemKind;
use ls_types::CompletionTextEdit;
use ls_types::Documentation;
use ls_types::Hover;
use ls_types::HoverContents;
use ls_types::InlayHint;
use ls_types::InlayHintLabel;
use ls_types::MarkupContent;
use ls_types::MarkupKind;
use ls_types::Position;
use ls_types::Range;
use ls_types::TextEdit;

use crate::lsp::convert;
use crate::lsp::workspace::Document;
use crate::lsp::workspace::Workspace;

/// The rules that found something at a place, and the note's score.
pub(super) fn hover(
    workspace: &Workspace,
    document: &Document,
    position: Position,
) -> Option<Hover> {
    let encoding = workspace.client.encoding;
    let markdown = workspace.client.hover_markdown;
    let report = &workspace.known(&document.folder)?.report;
    let set = workspace.rules.set(document.set)?;
    let byte = document
        .lines
        .byte(&document.text, convert::point(position), encoding);
    let page = editor::hover(report, set, document.file?, byte, markdown)?;
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: match markdown {
                true => MarkupKind::Markdown,
                false => MarkupKind::PlainText,
            },
            value: page.text,
        }),
        range: Some(convert::range(&document.lines, page.range, encoding)),
    })
}

/// Score and room of every note that ends in a range.
pub(super) fn hints(workspace: &Workspace, document: &Document, range: Range) -> Vec<InlayHint> {
    let encoding = workspace.client.encoding;
    let Some(checked) = workspace.known(&document.folder) else {
        return Vec::new();
    };
    let report = &checked.report;
    let wanted = convert::bytes(&document.lines, &document.text, range, encoding);
    let notes = report.notes.iter().zip(&report.verdicts);
    let ends = |note: &connote::note::Note| note.text.whole().range().end;
    notes
        .filter(|(note, _)| Some(note.text.file()) == document.file)
        .filter(|(note, _)| (wanted.start..=wanted.end).contains(&ends(note)))
        .map(|(note, verdict)| InlayHint {
            position: convert::position(document.lines.point(ends(note), encoding)),
            label: InlayHintLabel::String(score_line(verdict)),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: None,
            data: None,
        })
        .collect()
}

/// The ways to go on in a front matter.
pub(super) fn completion(
    workspace: &Workspace,
    document: &Document,
    position: Position,
) -> Vec<CompletionItem> {
    let encoding = workspace.client.encoding;
    let Some(set) = workspace.rules.set(document.set) else {
        return Vec::new();
    };
    let is_draft = connote::input::format_of(&document.name).name == "plain";
    if document.file.is_none() || !is_draft {
        return Vec::new();
    }
    let byte = document
        .lines
        .byte(&document.text, convert::point(position), encoding);
    let ways = completions(&document.text, byte, set).into_iter();
    ways.map(|way| CompletionItem {
        label: way.label.clone(),
        kind: Some(match way.is_key {
            true => CompletionItemKind::PROPERTY,
            false => CompletionItemKind::VALUE,
        }),
        documentation: (!way.about.is_empty()).then_some(Documentation::String(way.about)),
        filter_text: Some(way.label),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(
            convert::range(&document.lines, way.range, encoding),
            way.text,
        ))),
        ..CompletionItem::default()
    })
    .collect()
}
