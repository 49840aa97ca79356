//! The life of a session: greeting, questions and news, shutdown, end.

use std::io::Write;

use connote::editor::Encoding;
use ls_types::CodeActionParams;
use ls_types::CompletionParams;
use ls_types::DidChangeTextDocumentParams;
use ls_types::DidCloseTextDocumentParams;
use ls_types::DidOpenTextDocumentParams;
use ls_types::DocumentDiagnosticParams;
use ls_types::HoverParams;
use ls_types::InitializeParams;
use ls_types::InlayHintParams;
use ls_types::PublishDiagnosticsParams;
use ls_types::Uri;
use lsp_server::ErrorCode;
use lsp_server::Message;
use lsp_server::Notification;
use lsp_server::Request;
use lsp_server::RequestId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::json;

use crate::lsp::actions;
use crate::lsp::answers;
use crate::lsp::client::Client;
use crate::lsp::inbox::Inbox;
use crate::lsp::inbox::Next;
use crate::lsp::inbox::Work;
use crate::lsp::wire;
use crate::lsp::workspace::Document;
use crate::lsp::workspace::Workspace;
use crate::options::RuleArgs;
use crate::status::Failure;
use crate::status::Status;

/// Where the session stands.
enum Stage {
    /// The editor has not introduced itself.
    New,
    Running(Box<Workspace>),
    /// Nothing more is asked; only the end is to come.
    Down,
}

/// A session.
pub(super) struct Server<'o> {
    args: RuleArgs,
    inbox: Inbox,
    out: &'o mut dyn Write,
    stage: Stage,
    /// What was told of each document, to tell nothing twice.
    told: Vec<Told>,
}

/// The findings that an editor knows of a document.
struct Told {
    uri: Uri,
    findings: Vec<ls_types::Diagnostic>,
    /// Rises with each change of the findings.
    number: u64,
    version: Option<i32>,
}

/// Why a request has no result.
struct Refusal(ErrorCode, String);

impl<'o> Server<'o> {
    pub(super) fn new(args: &RuleArgs, inbox: Inbox, out: &'o mut dyn Write) -> Self {
        Self {
            args: args.clone(),
            inbox,
            out,
            stage: Stage::New,
            told: Vec::new(),
        }
    }

    /// Talks until the editor says the end, or is gone.
    pub(super) fn run(mut self) -> Result<Status, Failure> {
        loop {
            match self.inbox.next(self.work()) {
                Next::Message(Message::Request(request)) => self.request(request)?,
                Next::Message(Message::Notification(news)) if news.method == "exit" => {
                    // By the protocol: 0 behind a shutdown, else 1.
                    return Ok(match self.stage {
                        Stage::Down => Status::Clean,
                        _ => Status::Findings,
                    });
                }
                Next::Message(Message::Notification(news)) => self.news(news)?,
                Next::Message(Message::Response(_)) => {}
                Next::Broken(why) => {
                    wire::refuse(self.out, None, ErrorCode::ParseError as i32, &why)?;
                }
                Next::Cancelled(id) => {
                    let code = ErrorCode::RequestCanceled as i32;
                    wire::refuse(self.out, Some(&id), code, "cancelled")?;
                }
                Next::Idle => self.catch_up()?,
                Next::Gone => return Ok(Status::Findings),
            }
        }
    }

    /// What there is to do besides talking.
    fn work(&self) -> Work {
        let Stage::Running(workspace) = &self.stage else {
            return Work::Nothing;
        };
        if !workspace.waiting().is_empty() {
            return Work::Now;
        }
        let rest = workspace.resting().into_iter().map(|(_, rest)| rest).min();
        rest.map_or(Work::Nothing, Work::In)
    }

    fn request(&mut self, request: Request) -> Result<(), Failure> {
        let Request { id, method, params } = request;
        let result = match (&mut self.stage, method.as_str()) {
            (Stage::New, "initialize") => return self.initialize(&id, params),
            (Stage::New, _) => Err(Refusal(
                ErrorCode::ServerNotInitialized,
                "say `initialize` first".to_owned(),
            )),
            (Stage::Down, _) | (_, "initialize") => Err(Refusal(
                ErrorCode::InvalidRequest,
                "this is not the time for it".to_owned(),
            )),
            (Stage::Running(_), "shutdown") => {
                self.stage = Stage::Down;
                Ok(Value::Null)
            }
            (Stage::Running(_), "textDocument/diagnostic") => return self.pulled(&id, params),
            (Stage::Running(workspace), _) => ask(workspace, &method, params),
        };
        self.reply(&id, result)
    }

    fn reply<T: Serialize>(
        &mut self,
        id: &RequestId,
        result: Result<T, Refusal>,
    ) -> Result<(), Failure> {
        match result {
            Ok(result) => wire::answer(self.out, id, &result)?,
            Err(Refusal(code, why)) => wire::refuse(self.out, Some(id), code as i32, &why)?,
        }
        Ok(())
    }

    fn initialize(&mut self, id: &RequestId, params: Value) -> Result<(), Failure> {
        let params: InitializeParams = match read(params) {
            Ok(params) => params,
            Err(refusal) => return self.reply::<()>(id, Err(refusal)),
        };
        let client = Client::new(&params);
        let abilities = abilities(&client);
        self.stage = Stage::Running(Box::new(Workspace::new(&self.args, client)?));
        self.reply(id, Ok(abilities))
    }

    fn news(&mut self, news: Notification) -> Result<(), Failure> {
        let Stage::Running(workspace) = &mut self.stage else {
            return Ok(());
        };
        match news.method.as_str() {
            "initialized" if workspace.client.watches_files => {
                let watchers = json!([{ "globPattern": "**/*.toml" }]);
                let registration = json!({ "registrations": [{
                    "id": "connote-files",
                    "method": "workspace/didChangeWatchedFiles",
                    "registerOptions": { "watchers": watchers },
                }]});
                let method = "client/registerCapability";
                wire::ask(self.out, "connote-register", method, &registration)?;
            }
            "textDocument/didOpen" => {
                if let Ok(it) = read::<DidOpenTextDocumentParams>(news.params) {
                    let it = it.text_document;
                    workspace.refresh();
                    workspace.open(it.uri, &it.language_id, it.version, it.text);
                    self.tell_mistakes()?;
                }
            }
            "textDocument/didChange" => {
                if let Ok(it) = read::<DidChangeTextDocumentParams>(news.params) {
                    let document = it.text_document;
                    workspace.change(&document.uri, document.version, it.content_changes);
                }
            }
            "textDocument/didClose" => {
                if let Ok(it) = read::<DidCloseTextDocumentParams>(news.params) {
                    let uri = it.text_document.uri;
                    workspace.close(&uri);
                    self.tell(&uri, None, Vec::new())?;
                    self.told.retain(|told| told.uri != uri);
                }
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => self.refresh()?,
            _ => {}
        }
        Ok(())
    }

    /// Reads configurations again if need be, and has the editor ask again for what it shows.
    fn refresh(&mut self) -> Result<(), Failure> {
        let Stage::Running(workspace) = &mut self.stage else {
            return Ok(());
        };
        if !workspace.refresh() {
            return Ok(());
        }
        self.ask_again()?;
        let Stage::Running(workspace) = &mut self.stage else {
            return Ok(());
        };
        // What is not judged any more has no findings any more.
        let gone = workspace.documents.iter().filter(|it| it.file.is_none());
        let gone: Vec<(Uri, i32)> = gone.map(|it| (it.uri.clone(), it.version)).collect();
        for (uri, version) in gone {
            let was_told = |told: &Told| told.uri == uri && !told.findings.is_empty();
            if self.told.iter().any(was_told) {
                self.tell(&uri, Some(version), Vec::new())?;
            }
        }
        self.tell_mistakes()
    }

    /// Judges what waits, and tells what was found.
    fn catch_up(&mut self) -> Result<(), Failure> {
        self.refresh()?;
        let Stage::Running(workspace) = &mut self.stage else {
            return Ok(());
        };
        let mut all = Vec::new();
        let mut folders: Vec<(String, bool)> = workspace
            .waiting()
            .into_iter()
            .map(|it| (it, false))
            .collect();
        if folders.is_empty() {
            let rested = workspace.resting().into_iter();
            let rested = rested.filter(|(_, rest)| rest.is_zero());
            folders.extend(rested.map(|(folder, _)| (folder, true)));
        }
        let mut ask_again = false;
        for (folder, whole) in folders {
            workspace.check(&folder, whole);
            ask_again |= whole;
            if !workspace.client.pulls {
                let mut here = workspace.documents.iter();
                let here = here
                    .by_ref()
                    .filter(|it| it.folder == folder && it.file.is_some());
                all.extend(here.map(|it| (it.uri.clone(), it.version, workspace.findings(it))));
            }
        }
        if ask_again {
            self.ask_again()?;
        }
        for (uri, version, findings) in all {
            self.tell(&uri, Some(version), findings)?;
        }
        Ok(())
    }

    /// Has the editor ask again for what it shows.
    fn ask_again(&mut self) -> Result<(), Failure> {
        let Stage::Running(workspace) = &self.stage else {
            return Ok(());
        };
        let client = &workspace.client;
        let asks = [
            (client.pulls && client.refreshes_findings, "diagnostic"),
            (client.refreshes_hints, "inlayHint"),
        ];
        for (wanted, what) in asks {
            if wanted {
                let method = format!("workspace/{what}/refresh");
                wire::ask(self.out, &format!("connote-{what}"), &method, &Value::Null)?;
            }
        }
        Ok(())
    }

    /// Tells the findings of a document, unless they are known for this version.
    fn tell(
        &mut self,
        uri: &Uri,
        version: Option<i32>,
        findings: Vec<ls_types::Diagnostic>,
    ) -> Result<(), Failure> {
        let known = self.told.iter().find(|told| told.uri == *uri);
        let is_news = match known {
            Some(told) => told.findings != findings || told.version != version,
            // Of a document that was never spoken of, no finding is news all the same if it is open.
            None => version.is_some() || !findings.is_empty(),
        };
        if !is_news {
            return Ok(());
        }
        let params = PublishDiagnosticsParams {
            uri: uri.clone(),
            diagnostics: findings,
            version,
        };
        wire::notify(self.out, "textDocument/publishDiagnostics", &params)?;
        self.remember(uri, version, params.diagnostics);
        Ok(())
    }

    /// Keeps in mind what an editor knows. Returns the number of the findings.
    fn remember(
        &mut self,
        uri: &Uri,
        version: Option<i32>,
        findings: Vec<ls_types::Diagnostic>,
    ) -> u64 {
        if let Some(told) = self.told.iter_mut().find(|told| told.uri == *uri) {
            told.number += u64::from(told.findings != findings);
            (told.findings, told.version) = (findings, version);
            return told.number;
        }
        self.told.push(Told {
            uri: uri.clone(),
            findings,
            number: 1,
            version,
        });
        1
    }

    /// Mistakes in configurations and packs are told where they are, also to editors that ask.
    fn tell_mistakes(&mut self) -> Result<(), Failure> {
        let Stage::Running(workspace) = &self.stage else {
            return Ok(());
        };
        let mistakes = workspace.mistakes();
        let is_document = |uri: &Uri| workspace.document(uri).is_some_and(|it| it.file.is_some());
        let mended: Vec<Uri> = self
            .told
            .iter()
            .filter(|told| told.version.is_none() && !is_document(&told.uri))
            .filter(|told| mistakes.iter().all(|(uri, _)| *uri != told.uri))
            .map(|told| told.uri.clone())
            .collect();
        for uri in mended {
            self.tell(&uri, None, Vec::new())?;
        }
        for (uri, findings) in mistakes {
            self.tell(&uri, None, findings)?;
        }
        Ok(())
    }

    /// Findings for an editor that asks for them.
    fn pulled(&mut self, id: &RequestId, params: Value) -> Result<(), Failure> {
        let params: DocumentDiagnosticParams = match read(params) {
            Ok(params) => params,
            Err(refusal) => return self.reply::<()>(id, Err(refusal)),
        };
        self.refresh()?;
        let Stage::Running(workspace) = &mut self.stage else {
            return Ok(());
        };
        let uri = params.text_document.uri;
        let folder = workspace.document(&uri).map(|it| it.folder.clone());
        if let Some(folder) = folder {
            // An editor that cannot be told to ask again gets the whole at once.
            let all = !workspace.client.refreshes_findings;
            workspace.check(&folder, all);
        }
        let document = workspace.document(&uri);
        let version = document.map(|it| it.version);
        let findings = document.map_or_else(Vec::new, |it| workspace.findings(it));
        let number = self.remember(&uri, version, findings).to_string();
        if params.previous_result_id.as_deref() == Some(&number) {
            let report = json!({ "kind": "unchanged", "resultId": number });
            return self.reply(id, Ok(report));
        }
        let told = self.told.iter().find(|told| told.uri == uri);
        let items = told.map_or(&[][..], |told| &told.findings);
        let report = json!({ "kind": "full", "resultId": number, "items": items });
        self.reply(id, Ok(report))
    }
}

/// What this server can do for an editor.
fn abilities(client: &Client) -> Value {
    let mut abilities = json!({
        "positionEncoding": client.encoding_name(),
        "textDocumentSync": { "openClose": true, "change": 2, "save": true },
        "hoverProvider": true,
        "codeActionProvider": { "codeActionKinds": ["quickfix"] },
        "inlayHintProvider": true,
        "completionProvider": { "triggerCharacters": [":", "=", "[", "\""] },
    });
    if client.pulls {
        abilities["diagnosticProvider"] = json!({
            "identifier": "connote",
            "interFileDependencies": true,
            "workspaceDiagnostics": false,
        });
    }
    // An extension of older editors, which know of no other way.
    if client.encoding == Encoding::Utf8 {
        abilities["offsetEncoding"] = json!("utf-8");
    }
    json!({
        "capabilities": abilities,
        "serverInfo": { "name": "connote", "version": env!("CARGO_PKG_VERSION") },
    })
}

/// Answers a question about a document.
fn ask(workspace: &mut Workspace, method: &str, params: Value) -> Result<Value, Refusal> {
    match method {
        "textDocument/hover" => {
            let it: HoverParams = read(params)?;
            let it = it.text_document_position_params;
            let uri = it.text_document.uri;
            about(workspace, &uri, |workspace, document| {
                answers::hover(workspace, document, it.position)
            })
        }
        "textDocument/inlayHint" => {
            let it: InlayHintParams = read(params)?;
            about(workspace, &it.text_document.uri, |workspace, document| {
                answers::hints(workspace, document, it.range)
            })
        }
        "textDocument/completion" => {
            let it: CompletionParams = read(params)?;
            let it = it.text_document_position;
            let uri = it.text_document.uri;
            about(workspace, &uri, |workspace, document| {
                answers::completion(workspace, document, it.position)
            })
        }
        "textDocument/codeAction" => {
            let it: CodeActionParams = read(params)?;
            about(workspace, &it.text_document.uri, |workspace, document| {
                actions::actions(workspace, document, &it)
            })
        }
        _ => Err(Refusal(
            ErrorCode::MethodNotFound,
            format!("there is no method `{method}` here"),
        )),
    }
}

/// An answer about a document as it is now; null for one that is not open.
fn about<T: Serialize>(
    workspace: &mut Workspace,
    uri: &Uri,
    answer: impl FnOnce(&Workspace, &Document) -> T,
) -> Result<Value, Refusal> {
    let folder = workspace.document(uri).filter(|it| it.file.is_some());
    if let Some(folder) = folder.map(|it| it.folder.clone()) {
        workspace.check(&folder, false);
    }
    let Some(document) = workspace.document(uri) else {
        return Ok(Value::Null);
    };
    serde_json::to_value(answer(workspace, document))
        .map_err(|error| Refusal(ErrorCode::InternalError, error.to_string()))
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params)
        .map_err(|error| Refusal(ErrorCode::InvalidParams, error.to_string()))
}
