//! What the editor said that it can do, and what the user set there.

use connote::editor::Encoding;
use ls_types::InitializeParams;
use ls_types::MarkupKind;
use serde::Deserialize;

/// `initializationOptions`. What is not known here is passed over: editors add keys of their own.
#[derive(Debug, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Options {
    /// Judge only documents with a `connote.toml` in their folder or above it.
    pub(super) only_with_configuration: bool,
    /// The most findings that are sent for a document.
    pub(super) max_diagnostics: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            only_with_configuration: false,
            // Some editors show no more.
            max_diagnostics: 1000,
        }
    }
}

/// The editor.
#[derive(Debug, Default)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    pub(super) options: Options,
    /// It asks for findings rather than to be told.
    pub(super) pulls: bool,
    pub(super) shows_related: bool,
    pub(super) hover_markdown: bool,
    pub(super) versioned_edits: bool,
    pub(super) watches_files: bool,
    pub(super) refreshes_findings: bool,
    pub(super) refreshes_hints: bool,
}

impl Client {
    pub(super) fn new(params: &InitializeParams) -> Self {
        let options = params.initialization_options.clone().unwrap_or_default();
        let general = params.capabilities.general.as_ref();
        let offered = general.and_then(|general| general.position_encodings.as_deref());
        let known = |name: &str| Encoding::NAMES.iter().find(|(known, _)| *known == name);
        let mut offered = offered.unwrap_or_default().iter();
        let encoding = offered.find_map(|kind| known(kind.as_str()));
        let text = params.capabilities.text_document.as_ref();
        let workspace = params.capabilities.workspace.as_ref();
        let hover = text.and_then(|text| text.hover.as_ref()?.content_format.as_deref());
        // The first one is what it likes best.
        let markdown = |formats: Option<&[MarkupKind]>| {
            formats.and_then(<[_]>::first) == Some(&MarkupKind::Markdown)
        };
        let refresh = |wants: Option<Option<bool>>| wants.flatten().unwrap_or_default();
        Self {
            encoding: encoding.map_or(Encoding::default(), |(_, encoding)| *encoding),
            options: serde_json::from_value(options).unwrap_or_default(),
            pulls: text.is_some_and(|text| text.diagnostic.is_some()),
            shows_related: text
                .and_then(|text| text.publish_diagnostics.as_ref()?.related_information)
                .unwrap_or_default(),
            hover_markdown: markdown(hover),
            versioned_edits: workspace
                .and_then(|workspace| workspace.workspace_edit.as_ref()?.document_changes)
                .unwrap_or_default(),
            watches_files: workspace
                .and_then(|workspace| {
                    let watched = workspace.did_change_watched_files.as_ref()?;
                    watched.dynamic_registration
                })
                .unwrap_or_default(),
            refreshes_findings: refresh(
                workspace.and_then(|it| it.diagnostics.as_ref().map(|it| it.refresh_support)),
            ),
            refreshes_hints: refresh(
                workspace.and_then(|it| it.inlay_hint.as_ref().map(|it| it.refresh_support)),
            ),
        }
    }

    /// The name of the unit of columns.
    pub(super) fn encoding_name(&self) -> &'static str {
        let named = Encoding::NAMES.iter();
        let mut named = named.filter(|(_, encoding)| *encoding == self.encoding);
        named.next().map_or("utf-16", |(name, _)| name)
    }
}
