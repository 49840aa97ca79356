//! What can be done about findings: their fixes, and allowing their rule for the note.

use std::collections::HashMap;

use connote::diagnostic::Diagnostic;
use connote::diagnostic::Fix;
use connote::diagnostic::FixKind;
use connote::fix::file_edits;
use connote::input::allow_rule;
use connote::render::clean::clean;
use ls_types::CodeAction;
use ls_types::CodeActionKind;
use ls_types::CodeActionParams;
use ls_types::DocumentChanges;
use ls_types::OneOf;
use ls_types::OptionalVersionedTextDocumentIdentifier;
use ls_types::Range;
use ls_types::TextDocumentEdit;
use ls_types::TextEdit;
use ls_types::WorkspaceEdit;

use crate::lsp::convert;
use crate::lsp::workspace::Document;
use crate::lsp::workspace::Workspace;

/// What can be done in a range of a document.
pub(super) fn actions(
    workspace: &Workspace,
    document: &Document,
    params: &CodeActionParams,
) -> Vec<CodeAction> {
    let (Some(file), Some(checked)) = (document.file, workspace.known(&document.folder)) else {
        return Vec::new();
    };
    let only = params.context.only.as_deref();
    let wants = |kind: &CodeActionKind| {
        only.is_none_or(|only| {
            only.iter()
                .any(|wanted| includes(wanted.as_str(), kind.as_str()))
        })
    };
    if !wants(&CodeActionKind::QUICKFIX) {
        return Vec::new();
    }
    let encoding = workspace.client.encoding;
    let wanted = convert::bytes(&document.lines, &document.text, params.range, encoding);
    let is_here = |found: &&Diagnostic| {
        let place = found.span().range();
        found.span().file == file && place.start <= wanted.end && wanted.start <= place.end
    };
    let found: Vec<&Diagnostic> = checked.report.diagnostics.iter().filter(is_here).collect();
    let mut actions = Vec::new();
    for found in &found {
        for fix in &found.fixes {
            actions.extend(fixing(workspace, document, found, fix));
        }
    }
    let first = checked.drafts.iter().find(|(known, _)| *known == file);
    let first = first.map_or(0, |(_, notes)| notes.start);
    let mut told: Vec<(&str, u32)> = Vec::new();
    for found in &found {
        let (rule, Some(note)) = (&*found.rule, found.note) else {
            continue;
        };
        if !told.contains(&(rule, note)) {
            told.push((rule, note));
            let number = (note as usize).saturating_sub(first);
            actions.extend(allowing(workspace, document, found, number));
        }
    }
    actions
}

/// Whether a kind of action is one of those wanted: `quickfix` is one of `quickfix` and of everything.
fn includes(wanted: &str, kind: &str) -> bool {
    let rest = kind.strip_prefix(wanted);
    wanted.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Applies a fix, unless a person has to fill something in.
fn fixing(
    workspace: &Workspace,
    document: &Document,
    found: &Diagnostic,
    fix: &Fix,
) -> Option<CodeAction> {
    let report = &workspace.known(&document.folder)?.report;
    let note = report.notes.get(found.note? as usize)?;
    let encoding = workspace.client.encoding;
    let edits = file_edits(note, &workspace.rules.session.sources, fix)?;
    let edits = edits.into_iter().map(|edit| {
        let range = convert::range(&document.lines, edit.start..edit.end, encoding);
        TextEdit::new(range, edit.text)
    });
    let safe = fix.kind == FixKind::Safe;
    let doubt = if safe {
        ""
    } else {
        " (may change the meaning)"
    };
    Some(CodeAction {
        title: format!("{}{doubt}", clean(&fix.description)),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![workspace.finding(document, found)]),
        edit: Some(edit(workspace, document, edits.collect())),
        is_preferred: Some(safe),
        ..CodeAction::default()
    })
}

/// Allows a rule for a note, in its front matter or in its column.
fn allowing(
    workspace: &Workspace,
    document: &Document,
    found: &Diagnostic,
    number: usize,
) -> Option<CodeAction> {
    // Problems of the input are no rules.
    workspace.rules.set(document.set)?.rule(&found.rule)?;
    let (name, text, options) = (&document.name, &document.text, &document.options);
    let (at, words) = allow_rule(name, text, options, number, &found.rule)?;
    let place = convert::position(document.lines.point(at, workspace.client.encoding));
    let edits = vec![TextEdit::new(Range::new(place, place), words)];
    Some(CodeAction {
        title: format!("Allow {} for this note", clean(&found.rule)),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![workspace.finding(document, found)]),
        edit: Some(edit(workspace, document, edits)),
        ..CodeAction::default()
    })
}

/// Edits of one document. With its version, where the editor can tell whether it is still that one.
fn edit(workspace: &Workspace, document: &Document, edits: Vec<TextEdit>) -> WorkspaceEdit {
    let uri = document.uri.clone();
    if !workspace.client.versioned_edits {
        return WorkspaceEdit::new(HashMap::from([(uri, edits)]));
    }
    let version = Some(document.version);
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(vec![TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        }])),
        ..WorkspaceEdit::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_actions_are_trees() {
        assert!(includes("", "quickfix") && includes("quickfix", "quickfix"));
        assert!(includes("source", "source.fixAll"));
        assert!(!includes("quick", "quickfix") && !includes("refactor", "quickfix"));
    }
}
