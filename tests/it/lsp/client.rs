//! An editor as the server sees it: it speaks the protocol over pipes. Columns are counted here in its own
//! way, with the standard library's encoders.

use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::path::Path;
use std::process::Child;
use std::process::ChildStdin;
use std::process::Stdio;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use serde_json::Value;
use serde_json::json;

use crate::program::program;

/// How long to wait for anything before the test fails.
const PATIENCE: Duration = Duration::from_secs(120);

/// An editor with a server.
pub(super) struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    asked: i64,
    /// What was sent without having been asked for.
    pub(super) news: Vec<Value>,
}

impl Editor {
    /// Starts a server, in a folder, without a word.
    pub(super) fn start(folder: &Path) -> Self {
        let mut child = program()
            .args(["lsp", "--stdio"])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self {
            input: child.stdin.take(),
            child,
            output: receiver,
            asked: 0,
            news: Vec::new(),
        }
    }

    /// Starts a server and greets it. Returns what it can do, too.
    pub(super) fn greet(folder: &Path, capabilities: Value, options: Value) -> (Self, Value) {
        let mut editor = Self::start(folder);
        let params = json!({
            "processId": null,
            "rootUri": null,
            "capabilities": capabilities,
            "initializationOptions": options,
        });
        let answer = editor.ask("initialize", params);
        editor.tell("initialized", json!({}));
        (editor, answer["result"].clone())
    }

    /// Sends bytes as they are.
    pub(super) fn send_raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    pub(super) fn send(&mut self, message: &Value) {
        self.send_raw(&framed(message));
    }

    pub(super) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks and waits for the answer.
    pub(super) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.answer(&json!(id))
    }

    /// Waits for the answer to a question.
    pub(super) fn answer(&mut self, id: &Value) -> Value {
        loop {
            let message = self.next();
            if message.get("method").is_none() && message["id"] == *id {
                return message;
            }
            self.news.push(message);
        }
    }

    fn next(&mut self) -> Value {
        self.output.recv_timeout(PATIENCE).unwrap()
    }

    /// Opens a document.
    pub(super) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces a range of a document, or all of it.
    pub(super) fn change(&mut self, uri: &str, version: i64, range: Option<Value>, text: &str) {
        let mut change = json!({ "text": text });
        if let Some(range) = range {
            change["range"] = range;
        }
        let document = json!({ "uri": uri, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [change] });
        self.tell("textDocument/didChange", params);
    }

    /// Waits for the findings in a version of a document; of a file that is none, for any.
    pub(super) fn findings(&mut self, uri: &str, version: Option<i64>) -> Vec<Value> {
        let is_it = |message: &Value| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params["version"].as_i64() == version
        };
        loop {
            if let Some(place) = self.news.iter().position(is_it) {
                let message = self.news.remove(place);
                return message["params"]["diagnostics"].as_array().unwrap().clone();
            }
            let message = self.next();
            self.news.push(message);
        }
    }

    /// Ends as the protocol says, and returns the exit status.
    pub(super) fn end(mut self) -> i32 {
        let answer = self.ask("shutdown", Value::Null);
        assert!(answer.get("error").is_none(), "{answer}");
        assert!(answer.as_object().unwrap().contains_key("result"));
        self.tell("exit", Value::Null);
        self.status()
    }

    /// Waits for the program to end.
    pub(super) fn status(mut self) -> i32 {
        let status = self.child.wait().unwrap();
        // Nothing but messages ever came.
        drop(self.input.take());
        status.code().unwrap()
    }

    /// Closes the pipe, as an editor does that has died.
    pub(super) fn die(mut self) -> i32 {
        drop(self.input.take());
        self.status()
    }
}

/// A message with its header.
pub(super) fn framed(message: &Value) -> Vec<u8> {
    let text = message.to_string();
    format!("Content-Length: {}\r\n\r\n{text}", text.len()).into_bytes()
}

/// The next message; none at the end. Anything else fails the test.
fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).unwrap_or_default() == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => {
                let value = line.strip_prefix("Content-Length: ").unwrap();
                length = Some(value.parse::<usize>().unwrap());
            }
        }
    }
    let mut bytes = vec![0; length.unwrap()];
    output.read_exact(&mut bytes).unwrap();
    Some(serde_json::from_slice(&bytes).unwrap())
}

/// The range of some words, counted in a unit.
pub(super) fn range_of(text: &str, words: &str, encoding: &str) -> Value {
    let start = text.find(words).unwrap();
    let position = |at: usize| {
        let before = &text[..at];
        let line = before.matches('\n').count();
        let words = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
        let character = match encoding {
            "utf-8" => words.len(),
            "utf-16" => words.encode_utf16().count(),
            _ => words.chars().count(),
        };
        json!({ "line": line, "character": character })
    };
    json!({ "start": position(start), "end": position(start + words.len()) })
}

/// The text behind edits, as an editor that counts in UTF-16 makes them.
pub(super) fn edited(text: &str, edits: &Value) -> String {
    let byte = |position: &Value| {
        let line = position["line"].as_u64().unwrap() as usize;
        let start = match line {
            0 => 0,
            line => text.match_indices('\n').nth(line - 1).unwrap().0 + 1,
        };
        let mut units = position["character"].as_u64().unwrap() as usize;
        let mut at = start;
        for letter in text[start..].chars() {
            if units == 0 {
                break;
            }
            units -= letter.len_utf16();
            at += letter.len_utf8();
        }
        at
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            let words = edit["newText"].as_str().unwrap();
            (byte(&range["start"]), byte(&range["end"]), words)
        })
        .collect();
    edits.sort_unstable();
    let mut text = text.to_owned();
    for (start, end, words) in edits.into_iter().rev() {
        text.replace_range(start..end, words);
    }
    text
}
