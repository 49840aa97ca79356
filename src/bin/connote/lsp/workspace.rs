//! The open documents, and what there is to say of them.

use std::collections::HashMap;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use std::time::Instant;

use connote::diagnostic::Diagnostic;
use connote::editor::Change;
use connote::editor::Checked;
use connote::editor::Desk;
use connote::editor::Lines;
use connote::input::InputOptions;
use connote::input::Reader;
use connote::input::known_format;
use connote::render::clean::clean;
use connote::source::Source;
use connote::span::FileId;
use connote::span::Span;
use ls_types::DiagnosticRelatedInformation;
use ls_types::DiagnosticSeverity;
use ls_types::Location;
use ls_types::NumberOrString;
use ls_types::TextDocumentContentChangeEvent;
use ls_types::Uri;
use serde_json::json;

use crate::lsp::client::Client;
use crate::lsp::convert;
use crate::lsp::rules::Rules;
use crate::options::RuleArgs;
use crate::status::Failure;

/// An open document.
pub(super) struct Document {
    pub(super) uri: Uri,
    path: PathBuf,
    /// The name that its notes are known by.
    pub(super) name: String,
    pub(super) folder: String,
    pub(super) version: i32,
    pub(super) text: String,
    pub(super) lines: Lines,
    /// Its number among the sources; none if it is not judged.
    pub(super) file: Option<FileId>,
    /// The number of its rule set.
    pub(super) set: usize,
    pub(super) options: InputOptions,
    /// Where it was last changed: what is there is always told.
    last_change: usize,
    /// What has changed since it was judged.
    changes: Vec<Change>,
}

/// What there is to say of the drafts of a folder.
struct Said {
    checked: Checked,
    /// Since when it is only a first answer: what lies between notes is still to be looked at.
    provisional: Option<Instant>,
    /// How long it took to look at everything.
    cost: Duration,
}

/// Where looking at everything takes less than this, there is no first answer.
const QUICK: Duration = Duration::from_millis(20);

/// How long nothing must be typed before everything is looked at again.
const PAUSE: Duration = Duration::from_millis(250);

/// The documents.
pub(super) struct Workspace {
    args: RuleArgs,
    pub(super) client: Client,
    pub(super) rules: Rules,
    desk: Desk,
    pub(super) documents: Vec<Document>,
    /// What there is to say, by folder; taken away when something changes there.
    checked: HashMap<String, Said>,
}

impl Workspace {
    pub(super) fn new(args: &RuleArgs, client: Client) -> Result<Self, Failure> {
        Ok(Self {
            args: args.clone(),
            client,
            rules: Rules::new(args)?,
            desk: Desk::default(),
            documents: Vec::new(),
            checked: HashMap::new(),
        })
    }

    pub(super) fn document(&self, uri: &Uri) -> Option<&Document> {
        self.documents.iter().find(|document| document.uri == *uri)
    }

    /// Takes a document in.
    pub(super) fn open(&mut self, uri: Uri, language: &str, version: i32, text: String) {
        self.close(&uri);
        let path = convert::path_of(&uri).or_else(|| untitled(&uri, language));
        let Some(path) = path else { return };
        let folder = path.parent().unwrap_or(&path).display().to_string();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        self.documents.push(Document {
            uri,
            path,
            name,
            folder,
            version,
            lines: Lines::new(&text),
            text,
            file: None,
            set: 0,
            options: InputOptions::default(),
            last_change: 0,
            changes: Vec::new(),
        });
        self.put_on_desk(self.documents.len() - 1);
    }

    /// Judges a document from now on, if it is one of drafts and not passed over.
    fn put_on_desk(&mut self, number: usize) {
        let document = &mut self.documents[number];
        let is_text = |name: &str| {
            known_format(name)
                .is_some_and(|format| format.searched && matches!(format.reader, Reader::Text(_)))
        };
        document.file = None;
        if !is_text(&document.name) {
            return;
        }
        let place = self.rules.place(&document.path);
        let unwanted = self.client.options.only_with_configuration && !place.configured;
        if place.excluded || unwanted {
            return;
        }
        let names = (document.folder.as_str(), document.name.as_str());
        let text = document.text.clone();
        let sources = &mut self.rules.session.sources;
        let file = self
            .desk
            .open(sources, names, text, place.set, place.options.clone());
        (document.file, document.set, document.options) = (Some(file), place.set, place.options);
        document.changes.clear();
        self.checked.remove(&document.folder);
    }

    /// Gives a document the changes of an editor.
    pub(super) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) {
        let encoding = self.client.encoding;
        let mut all = self.documents.iter_mut();
        let Some(document) = all.find(|document| document.uri == *uri) else {
            return;
        };
        document.version = version;
        let mut is_whole = false;
        for change in changes {
            match change.range {
                Some(range) => {
                    let (start, end) = (convert::point(range.start), convert::point(range.end));
                    document.last_change = document.lines.byte(&document.text, start, encoding);
                    let (lines, text) = (&document.lines, &mut document.text);
                    let change = lines.edit(text, start..end, &change.text, encoding);
                    document.changes.push(change);
                }
                None => {
                    document.text = change.text;
                    is_whole = true;
                }
            }
            document.lines = Lines::new(&document.text);
        }
        if let Some(file) = document.file {
            let sources = &mut self.rules.session.sources;
            self.desk.change(sources, file, document.text.clone());
            if is_whole {
                self.checked.remove(&document.folder);
            }
        }
    }

    /// Takes a document away.
    pub(super) fn close(&mut self, uri: &Uri) {
        let place = self
            .documents
            .iter()
            .position(|document| document.uri == *uri);
        let Some(place) = place else { return };
        let document = self.documents.remove(place);
        if let Some(file) = document.file {
            self.desk.close(&mut self.rules.session.sources, file);
            self.checked.remove(&document.folder);
        }
    }

    /// Reads configurations, packs and histories again if one has changed. Says whether.
    pub(super) fn refresh(&mut self) -> bool {
        if self.rules.are_current() {
            return false;
        }
        // A folder that has gone leaves the old rules in place.
        let Ok(rules) = Rules::new(&self.args) else {
            return false;
        };
        self.rules = rules;
        self.desk = Desk::default();
        self.checked.clear();
        for number in 0..self.documents.len() {
            self.put_on_desk(number);
        }
        true
    }

    /// The folders in which something has changed since it was judged.
    pub(super) fn waiting(&self) -> Vec<String> {
        let judged = self.documents.iter().filter(|it| it.file.is_some());
        let changed = judged
            .filter(|it| !it.changes.is_empty() || !self.checked.contains_key(&it.folder))
            .map(|document| document.folder.clone());
        let mut waiting: Vec<String> = changed.collect();
        waiting.sort();
        waiting.dedup();
        waiting
    }

    /// The folders of which only a first answer is known, each with the time until it is to be looked at.
    pub(super) fn resting(&self) -> Vec<(String, Duration)> {
        let said = self.checked.iter();
        said.filter_map(|(folder, said)| {
            let rest = PAUSE.saturating_sub(said.provisional?.elapsed());
            Some((folder.clone(), rest))
        })
        .collect()
    }

    /// Judges the drafts of a folder where something has changed. Where that takes long, gives a first answer
    /// about the notes that changed; `all` wants the whole.
    pub(super) fn check(&mut self, folder: &str, all: bool) {
        let changed = |it: &&mut Document| it.folder == folder && !it.changes.is_empty();
        let mut changed: Vec<&mut Document> = self.documents.iter_mut().filter(changed).collect();
        let rules = &self.rules;
        if let Some(said) = self.checked.get_mut(folder) {
            let is_known = changed.is_empty() && (said.provisional.is_none() || !all);
            if is_known {
                return;
            }
            let is_enough = !all && said.cost >= QUICK && {
                changed.iter().all(|document| {
                    document.file.is_some_and(|file| {
                        let sources = &rules.session.sources;
                        let (changes, checked) = (&document.changes, &mut said.checked);
                        let rules = &rules.for_run();
                        self.desk.glance(sources, file, changes, rules, checked)
                    })
                })
            };
            if is_enough {
                changed.iter_mut().for_each(|it| it.changes.clear());
                said.provisional = Some(Instant::now());
                return;
            }
        }
        changed.iter_mut().for_each(|it| it.changes.clear());
        let start = Instant::now();
        let checked = self
            .desk
            .check(&rules.session.sources, folder, &rules.for_run());
        let said = Said {
            checked,
            provisional: None,
            cost: start.elapsed(),
        };
        if let Some(old) = self.checked.insert(folder.to_owned(), said) {
            // Giving back every small piece of memory takes a while.
            std::thread::spawn(move || drop(old));
        }
    }

    /// What is known of the drafts of a folder.
    pub(super) fn known(&self, folder: &str) -> Option<&Checked> {
        self.checked.get(folder).map(|said| &said.checked)
    }

    /// The findings in a document, the gravest and the nearest where there are too many.
    pub(super) fn findings(&self, document: &Document) -> Vec<ls_types::Diagnostic> {
        let (Some(file), Some(checked)) = (document.file, self.known(&document.folder)) else {
            return Vec::new();
        };
        let report = &checked.report;
        let is_here = |found: &&Diagnostic| found.span().file == file;
        let mut found: Vec<&Diagnostic> = report.diagnostics.iter().filter(is_here).collect();
        let all = found.len();
        let most = self.client.options.max_diagnostics;
        if all > most {
            let is_near = |found: &Diagnostic| {
                let note = found.note.and_then(|note| report.notes.get(note as usize));
                let place = note.map_or(found.span(), |note| note.text.whole()).range();
                place.start <= document.last_change && document.last_change <= place.end
            };
            found.sort_by_cached_key(|found| (!is_near(found), std::cmp::Reverse(found.severity)));
            found.truncate(most);
            found.sort_by_key(|found| found.span());
        }
        let mut findings: Vec<ls_types::Diagnostic> = found
            .into_iter()
            .map(|found| self.finding(document, found))
            .collect();
        if all > most {
            findings.push(ls_types::Diagnostic {
                severity: Some(DiagnosticSeverity::INFORMATION),
                source: Some("connote".to_owned()),
                message: format!(
                    "{most} of {all} findings are shown, the gravest; `connote check` shows all"
                ),
                ..ls_types::Diagnostic::default()
            });
        }
        findings
    }

    /// A finding as the protocol writes it.
    pub(super) fn finding(&self, document: &Document, found: &Diagnostic) -> ls_types::Diagnostic {
        let encoding = self.client.encoding;
        let others = found.labels.iter().filter(|label| !label.primary);
        let related = others.filter_map(|label| {
            let message = match clean(&label.message) {
                message if message.is_empty() => "here".into(),
                message => message,
            };
            Some(DiagnosticRelatedInformation {
                location: self.location(label.span)?,
                message: message.into_owned(),
            })
        });
        let related = self
            .client
            .shows_related
            .then(|| related.collect::<Vec<_>>());
        let checked = self.known(&document.folder);
        let note = checked
            .zip(found.note)
            .and_then(|(checked, note)| checked.report.notes.get(note as usize));
        ls_types::Diagnostic {
            range: convert::range(&document.lines, found.span().range(), encoding),
            severity: Some(convert::severity(found.severity)),
            code: Some(NumberOrString::String(found.rule.to_string())),
            source: Some("connote".to_owned()),
            message: clean(&found.message).into_owned(),
            related_information: related.filter(|related| !related.is_empty()),
            data: note.map(|note| json!({ "note": &*note.id })),
            ..ls_types::Diagnostic::default()
        }
    }

    /// Where a span is, as the protocol writes it.
    fn location(&self, span: Span) -> Option<Location> {
        let encoding = self.client.encoding;
        let mut open = self.documents.iter();
        if let Some(document) = open.find(|document| document.file == Some(span.file)) {
            let range = convert::range(&document.lines, span.range(), encoding);
            return Some(Location::new(document.uri.clone(), range));
        }
        let source = self.rules.session.sources.get(span.file);
        let range = convert::range(&Lines::new(&source.text), span.range(), encoding);
        Some(Location::new(self.address(source)?, range))
    }

    /// The address of a file that is not open: a configuration, a pack, a history.
    fn address(&self, source: &Source) -> Option<Uri> {
        let is_whole = source.cell.is_none() && source.origin.bytes == 0;
        let path = self.rules.session.absolute(Path::new(&source.name));
        (is_whole && path.is_file()).then(|| convert::uri_of(&path))?
    }

    /// Mistakes in configurations, packs and histories, by file.
    pub(super) fn mistakes(&self) -> Vec<(Uri, Vec<ls_types::Diagnostic>)> {
        let mut all: Vec<(Uri, Vec<ls_types::Diagnostic>)> = Vec::new();
        for problem in &self.rules.problems {
            let Some(location) = self.location(problem.span()) else {
                continue;
            };
            let finding = ls_types::Diagnostic {
                range: location.range,
                severity: Some(convert::severity(problem.severity)),
                code: Some(NumberOrString::String(problem.rule.to_string())),
                source: Some("connote".to_owned()),
                message: clean(&problem.message).into_owned(),
                ..ls_types::Diagnostic::default()
            };
            match all.iter_mut().find(|(uri, _)| *uri == location.uri) {
                Some((_, findings)) => findings.push(finding),
                None => all.push((location.uri, vec![finding])),
            }
        }
        all
    }
}

/// A name for a document that is no file yet: the language tells the format.
fn untitled(uri: &Uri, language: &str) -> Option<PathBuf> {
    let ending = match language {
        "markdown" => "md",
        "plaintext" | "text" => "txt",
        "csv" | "tsv" | "json" | "jsonl" => language,
        _ => return None,
    };
    let is_new = uri.scheme().as_str() == "untitled";
    let here = std::env::current_dir().ok()?;
    is_new.then(|| here.join(format!("untitled.{ending}")))
}
