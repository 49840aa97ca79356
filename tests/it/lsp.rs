//! The language server in a real session: started as a program, spoken to over pipes.

mod client;

use std::fs;
use std::path::Path;

use serde_json::Value;
use serde_json::json;

use crate::program::root;
use client::Editor;
use client::edited;
use client::framed;
use client::range_of;

const DRAFT: &str = "---\nto: Zoë\n---\nHi Zoë 👋, your talk was fun. I'd like to add you to my \
professional network, and liked the the slides.\n";

fn greet(folder: &Path) -> Editor {
    let capabilities = json!({
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
        },
    });
    Editor::greet(folder, capabilities, Value::Null).0
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn uri(folder: &Path, name: &str) -> String {
    let folder = folder.display().to_string().replace('\\', "/");
    format!("file:///{}/{name}", folder.trim_start_matches('/'))
}

fn rules(findings: &[Value]) -> Vec<&str> {
    let mut rules: Vec<&str> = findings
        .iter()
        .map(|it| it["code"].as_str().unwrap_or_default())
        .collect();
    rules.sort_unstable();
    rules
}

fn finding<'f>(findings: &'f [Value], rule: &str) -> &'f Value {
    let found = findings.iter().find(|found| found["code"] == rule);
    found.unwrap_or_else(|| panic!("no {rule} in {:?}", rules(findings)))
}

/// The actions at a range, by title.
fn actions(editor: &mut Editor, uri: &str, range: &Value) -> Vec<(String, Value)> {
    let params = json!({
        "textDocument": { "uri": uri },
        "range": range,
        "context": { "diagnostics": [] },
    });
    let answer = editor.ask("textDocument/codeAction", params);
    let actions = answer["result"].as_array().unwrap().iter();
    actions
        .map(|action| (action["title"].as_str().unwrap().to_owned(), action.clone()))
        .collect()
}

#[test]
fn columns_are_right_in_every_unit() {
    let folder = folder();
    for (offered, unit) in [
        (json!(["utf-8", "utf-16"]), "utf-8"),
        (json!(["utf-32", "utf-8"]), "utf-32"),
        (json!(["utf-7", "utf-16"]), "utf-16"),
        (Value::Null, "utf-16"),
    ] {
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let (mut editor, abilities) = Editor::greet(folder.path(), capabilities, Value::Null);
        assert_eq!(abilities["capabilities"]["positionEncoding"], unit);
        let uri = uri(folder.path(), "zoë 1.md")
            .replace('ë', "%C3%AB")
            .replace(' ', "%20");
        editor.open(&uri, DRAFT);
        let findings = editor.findings(&uri, Some(1));
        let found = finding(&findings, "doubled-word");
        assert_eq!(found["range"], range_of(DRAFT, "the the", unit), "{unit}");
        assert_eq!(found["severity"], 2);
        assert_eq!(found["source"], "connote");
        assert_eq!(editor.end(), 0);
    }
}

#[test]
fn typing_changes_the_findings() {
    let folder = folder();
    let uri = uri(folder.path(), "zoe.md");
    let mut editor = greet(folder.path());
    editor.open(&uri, DRAFT);
    assert!(rules(&editor.findings(&uri, Some(1))).contains(&"doubled-word"));
    // Behind the emoji, in UTF-16.
    let range = range_of(DRAFT, "the the", "utf-16");
    editor.change(&uri, 2, Some(range), "all 👍 the");
    let text = DRAFT.replace("the the", "all 👍 the");
    assert!(!rules(&editor.findings(&uri, Some(2))).contains(&"doubled-word"));
    let range = range_of(&text, "fun", "utf-16");
    editor.change(&uri, 3, Some(range), "great {{topic}}");
    let text = text.replace("fun", "great {{topic}}");
    let findings = editor.findings(&uri, Some(3));
    let found = finding(&findings, "unfilled-placeholder");
    assert_eq!(found["range"], range_of(&text, "{{topic}}", "utf-16"));
    assert_eq!(found["severity"], 1);
    editor.change(&uri, 4, None, "");
    assert_eq!(rules(&editor.findings(&uri, Some(4))), ["empty-file"]);
    editor.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": uri } }),
    );
    assert!(editor.findings(&uri, None).is_empty());
    assert_eq!(editor.end(), 0);
}

#[test]
fn the_findings_are_those_of_check() {
    let folder = folder();
    let mut editor = greet(folder.path());
    for sample in [
        "batch.csv",
        "more.tsv",
        "notes.json",
        "notes.jsonl",
        "hostile/wide.txt",
    ] {
        let text = fs::read_to_string(root().join("samples").join(sample)).unwrap();
        let name = sample.rsplit('/').next().unwrap();
        fs::write(folder.path().join(name), &text).unwrap();
        let uri = uri(folder.path(), name);
        editor.open(&uri, &text);
        let found = editor.findings(&uri, Some(1));
        let arguments = ["check", "--format", "json", name];
        let shown = crate::program::connote_in(folder.path(), &arguments);
        let report: Value = serde_json::from_str(&shown.stdout).unwrap();
        let place = |line: &Value, column: &Value| {
            let count = |number: &Value| number.as_u64().unwrap();
            (count(line), count(column))
        };
        let mut expected: Vec<(String, (u64, u64), String)> = report["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| {
                let start = &it["labels"][0]["start"];
                let rule = it["rule"].as_str().unwrap().to_owned();
                (
                    rule,
                    place(&start["line"], &start["utf16"]),
                    it["severity"].as_str().unwrap().to_owned(),
                )
            })
            .collect();
        let severities = ["", "error", "warning", "info", "hint"];
        let mut seen: Vec<(String, (u64, u64), String)> = found
            .iter()
            .map(|it| {
                let start = &it["range"]["start"];
                let (line, column) = place(&start["line"], &start["character"]);
                let severity = severities[it["severity"].as_u64().unwrap() as usize];
                (
                    it["code"].as_str().unwrap().to_owned(),
                    (line + 1, column + 1),
                    severity.to_owned(),
                )
            })
            .collect();
        expected.sort();
        seen.sort();
        assert_eq!(seen, expected, "{name}");
        editor.tell(
            "textDocument/didClose",
            json!({ "textDocument": { "uri": uri } }),
        );
    }
    assert_eq!(editor.end(), 0);
}

#[test]
fn nothing_that_acts_upon_a_terminal_is_said() {
    let folder = folder();
    let mut editor = greet(folder.path());
    let bad = |letter: char| {
        letter.is_control() && letter != '\n'
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    for name in [
        "bidi.txt",
        "escape-codes.txt",
        "crlf-and-tabs.md",
        "bom.csv",
    ] {
        let uri = uri(folder.path(), name);
        let text = fs::read_to_string(root().join("samples/hostile").join(name)).unwrap();
        editor.open(&uri, &text);
        let mut said = String::new();
        for found in editor.findings(&uri, Some(1)) {
            said += found["message"].as_str().unwrap();
            let at = &found["range"]["start"];
            let params = json!({ "textDocument": { "uri": uri }, "position": at });
            let page = editor.ask("textDocument/hover", params);
            said += page["result"]["contents"]["value"].as_str().unwrap();
        }
        assert_eq!(
            said.chars().find(|letter| bad(*letter)),
            None,
            "{name}: {said}"
        );
    }
    assert_eq!(editor.end(), 0);
}

#[test]
fn alike_notes_know_their_twins() {
    let folder = folder();
    let words = "your talk on cold rooms 👋 was a joy. I'm planning one and would like to ask about doors. Happy to send you ours.";
    let text = format!("first_name,note\nAna,\"Hi Ana, {words}\"\nBen,\"Hi Ben, {words}\"\n");
    let batch = uri(folder.path(), "batch.csv");
    let mut editor = greet(folder.path());
    editor.open(&batch, &text);
    let findings = editor.findings(&batch, Some(1));
    let twin = &finding(&findings, "duplicate")["relatedInformation"][0]["location"];
    assert_eq!(twin["uri"], batch);
    let lines = [&twin["range"], &finding(&findings, "duplicate")["range"]]
        .map(|range| range["start"]["line"].as_u64().unwrap());
    assert!(lines == [2, 1] || lines == [1, 2], "{lines:?}");
    // A draft beside it is one of the batch.
    let draft = uri(folder.path(), "cyd.md");
    editor.open(&draft, &format!("Hi Cyd, {words}"));
    let findings = editor.findings(&batch, Some(1));
    let related = &finding(&findings, "duplicate")["relatedInformation"];
    let mut related = related.as_array().unwrap().iter();
    assert!(related.any(|it| it["location"]["uri"] == draft));
    assert_eq!(editor.end(), 0);
}

/// In a large file the note that changed is told of first, and what lies between notes a moment later.
#[test]
fn typing_in_a_large_file_ends_with_what_check_says() {
    let folder = folder();
    let batch = uri(folder.path(), "batch.csv");
    let mut text = "first_name,note\n".to_owned();
    for number in 0..400 {
        let (topic, town) = (number * 7 % 101, number * 13 % 97);
        text += &format!(
            "Ana,\"Hi Ana 👋, your talk {number} on doors {topic} in town {town} was a joy. I'm planning one.\"\n"
        );
    }
    let twin = "Ben,\"Hi Ben, I liked your essay about slow boats and would like to ask about the sails.\"\n";
    text += &twin.repeat(2);
    let mut editor = greet(folder.path());
    editor.open(&batch, &text);
    assert!(rules(&editor.findings(&batch, Some(1))).contains(&"duplicate"));
    // The twins are no twins any more, and one has a fault of its own.
    let at = text.rfind("slow boats").unwrap();
    let line = text[..at].matches('\n').count();
    let column = at - text[..at].rfind('\n').unwrap() - 1;
    let start = json!({ "line": line, "character": column });
    let words = "the the kelp farms of Oban, that you run by hand, and other ";
    let range = json!({ "start": start, "end": start });
    editor.change(&batch, 2, Some(range), words);
    text.insert_str(at, words);
    let first = editor.findings(&batch, Some(2));
    let found = finding(&first, "doubled-word");
    assert_eq!(found["range"]["start"], start);
    fs::write(folder.path().join("batch.csv"), &text).unwrap();
    let shown =
        crate::program::connote_in(folder.path(), &["check", "--format", "json", "batch.csv"]);
    let report: Value = serde_json::from_str(&shown.stdout).unwrap();
    let expected = report["diagnostics"].as_array().unwrap().iter();
    let mut expected: Vec<&str> = expected.map(|it| it["rule"].as_str().unwrap()).collect();
    expected.sort_unstable();
    let mut last = first;
    while rules(&last) != expected {
        // Fails the test if nothing comes any more.
        last = editor.findings(&batch, Some(2));
    }
    assert!(!expected.contains(&"duplicate"));
    assert_eq!(editor.end(), 0);
}

#[test]
fn hover_tells_the_rule_and_the_sum() {
    let folder = folder();
    let uri = uri(folder.path(), "zoe.md");
    let mut editor = greet(folder.path());
    editor.open(&uri, DRAFT);
    let at = range_of(DRAFT, "the the", "utf-16");
    let params = json!({ "textDocument": { "uri": uri }, "position": at["start"] });
    let page = editor.ask("textDocument/hover", params);
    assert_eq!(page["result"]["range"], at);
    assert_eq!(page["result"]["contents"]["kind"], "markdown");
    let page = page["result"]["contents"]["value"]
        .as_str()
        .unwrap()
        .to_owned();
    let explained = crate::program::connote(&["explain", "doubled-word"]).stdout;
    assert!(explained.contains("Delete one of them."));
    for part in [
        "**doubled-word** warning",
        "Delete one of them.",
        "Why: ",
        "**Score ",
        " of 40",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let params =
        json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } });
    assert_eq!(
        editor.ask("textDocument/hover", params)["result"],
        Value::Null
    );
    let all =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let params = json!({ "textDocument": { "uri": uri }, "range": all });
    let hints = editor.ask("textDocument/inlayHint", params)["result"].clone();
    let end = range_of(DRAFT, "slides.", "utf-16")["end"].clone();
    assert_eq!(hints[0]["position"], end);
    let label = hints[0]["label"].as_str().unwrap();
    let note = DRAFT.rsplit("---\n").next().unwrap().trim();
    let left = 200 - note.encode_utf16().count();
    assert!(label.ends_with(&format!(", {left} left")), "{label}");
    assert_eq!(editor.end(), 0);
}

#[test]
fn fixes_and_allowances_do_what_they_say() {
    let folder = folder();
    let uri = uri(folder.path(), "zoe.md");
    let mut editor = greet(folder.path());
    editor.open(&uri, DRAFT);
    let at = range_of(DRAFT, "the the", "utf-16");
    let all = actions(&mut editor, &uri, &at);
    let fix = all.iter().find(|(_, action)| action["isPreferred"] == true);
    let fix = &fix.unwrap().1;
    assert_eq!(fix["kind"], "quickfix");
    assert_eq!(fix["diagnostics"][0]["code"], "doubled-word");
    let fixed = edited(DRAFT, &fix["edit"]["changes"][&uri]);
    assert_eq!(fixed, DRAFT.replace("the the", "the"));
    let allow = all
        .iter()
        .find(|(title, _)| title == "Allow doubled-word for this note");
    let allowed = edited(DRAFT, &allow.unwrap().1["edit"]["changes"][&uri]);
    assert_eq!(
        allowed,
        DRAFT.replacen("---\n", "---\nallow: [doubled-word]\n", 1)
    );
    for (version, text) in [(2, fixed), (3, allowed)] {
        editor.change(&uri, version, None, &text);
        let found = editor.findings(&uri, Some(version));
        let rules = rules(&found);
        assert!(
            !rules.contains(&"doubled-word") && !rules.contains(&"unused-allow"),
            "{rules:?}"
        );
    }
    assert_eq!(editor.end(), 0);
}

#[test]
fn edits_name_the_version_for_editors_that_look_at_it() {
    let folder = folder();
    let uri = uri(folder.path(), "batch.csv");
    let capabilities = json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } });
    let (mut editor, _) = Editor::greet(folder.path(), capabilities, Value::Null);
    let text = "note,allow\n\"Hi 👋 Ana, I liked the the talk\",\n";
    editor.open(&uri, text);
    let at = range_of(text, "the the", "utf-16");
    let all = actions(&mut editor, &uri, &at);
    let (_, action) = all
        .iter()
        .find(|(title, _)| title.contains("Allow doubled-word"))
        .unwrap();
    let change = &action["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": uri, "version": 1 }));
    let allowed = edited(text, &change["edits"]);
    assert_eq!(allowed, text.replace("\",\n", "\",doubled-word\n"));
    let (_, action) = all
        .iter()
        .find(|(_, action)| action["isPreferred"] == true)
        .unwrap();
    let fixed = edited(text, &action["edit"]["documentChanges"][0]["edits"]);
    assert_eq!(fixed, text.replace("the the", "the"));
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_front_matter_is_completed() {
    let folder = folder();
    let uri = uri(folder.path(), "zoe.md");
    let mut editor = greet(folder.path());
    editor.open(&uri, "---\nki\nallow: [dou]\n---\nHi Zoë, hello\n");
    let mut complete = |line: u32, character: u32| {
        let position = json!({ "line": line, "character": character });
        let params = json!({ "textDocument": { "uri": uri }, "position": position });
        editor.ask("textDocument/completion", params)["result"].clone()
    };
    let labels = |items: &Value| -> Vec<String> {
        let items = items.as_array().unwrap().iter();
        items
            .map(|it| it["label"].as_str().unwrap().to_owned())
            .collect()
    };
    let keys = complete(1, 2);
    assert!(labels(&keys).contains(&"kind".to_owned()));
    let key = keys
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["label"] == "kind")
        .unwrap();
    assert_eq!(key["textEdit"]["newText"], "kind: ");
    assert_eq!(
        key["textEdit"]["range"]["start"],
        json!({ "line": 1, "character": 0 })
    );
    assert!(labels(&complete(2, 11)).contains(&"doubled-word".to_owned()));
    assert!(labels(&complete(4, 3)).is_empty());
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_session_goes_by_the_protocol() {
    let folder = folder();
    let mut editor = Editor::start(folder.path());
    let code = |answer: &Value| answer["error"]["code"].as_i64().unwrap_or_default();
    assert_eq!(code(&editor.ask("textDocument/hover", json!({}))), -32002);
    editor.tell("textDocument/didOpen", json!({}));
    let greeting = json!({ "processId": null, "rootUri": null, "capabilities": {} });
    assert_eq!(
        code(&editor.ask("initialize", json!({ "capabilities": 1 }))),
        -32602
    );
    let answer = editor.ask("initialize", greeting.clone());
    assert_eq!(answer["result"]["serverInfo"]["name"], "connote");
    assert_eq!(code(&editor.ask("initialize", greeting)), -32600);
    assert_eq!(
        code(&editor.ask("textDocument/makeCoffee", json!({}))),
        -32601
    );
    assert_eq!(code(&editor.ask("$/unheardOf", json!({}))), -32601);
    assert_eq!(
        code(&editor.ask("textDocument/hover", json!({ "x": 1 }))),
        -32602
    );
    editor.tell("$/unheardOf", json!({}));
    editor.tell("textDocument/didChange", json!({ "x": 1 }));
    editor.change("file:///not/open.md", 2, None, "x");
    let nowhere = json!({ "textDocument": { "uri": "file:///not/open.md" }, "position": { "line": 1, "character": 1 } });
    assert_eq!(
        editor.ask("textDocument/hover", nowhere)["result"],
        Value::Null
    );
    // What is no message does not end it.
    for broken in [
        "Content-Length: 7\r\n\r\n{\"id\": 1",
        "rubbish\r\n",
        "Content-Length: 2\r\n\r\n[]",
    ] {
        editor.send_raw(broken.as_bytes());
        let answer = editor.answer(&Value::Null);
        assert_eq!(code(&answer), -32700, "{broken}");
    }
    assert_eq!(editor.ask("shutdown", Value::Null)["result"], Value::Null);
    assert_eq!(code(&editor.ask("textDocument/hover", json!({}))), -32600);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.status(), 0);
}

#[test]
fn an_end_without_a_shutdown_is_a_failure() {
    let folder = folder();
    let mut editor = greet(folder.path());
    editor.tell("exit", Value::Null);
    assert_eq!(editor.status(), 1);
    assert_eq!(greet(folder.path()).die(), 1);
}

#[test]
fn what_is_cancelled_is_not_answered() {
    let folder = folder();
    let uri = uri(folder.path(), "zoe.md");
    let mut editor = greet(folder.path());
    // All of it comes at once: while the first question is worked on, the second is taken back.
    let position = json!({ "line": 3, "character": 1 });
    let params = json!({ "textDocument": { "uri": uri }, "position": position });
    let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": DRAFT });
    let message = |id: Option<&str>, method: &str, params: &Value| {
        let mut message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        if let Some(id) = id {
            message["id"] = json!(id);
        }
        framed(&message)
    };
    let mut bytes = message(
        None,
        "textDocument/didOpen",
        &json!({ "textDocument": document }),
    );
    // Ten questions, so that the server is still busy when the last one and its cancellation are read.
    for number in 0..10 {
        bytes.extend(message(
            Some(&format!("q{number}")),
            "textDocument/hover",
            &params,
        ));
    }
    bytes.extend(message(Some("last"), "textDocument/hover", &params));
    bytes.extend(message(None, "$/cancelRequest", &json!({ "id": "last" })));
    bytes.extend(message(None, "$/cancelRequest", &json!({ "id": "never" })));
    editor.send_raw(&bytes);
    let answer = editor.answer(&json!("last"));
    assert_eq!(answer["error"]["code"], -32800, "{answer}");
    assert!(editor.answer(&json!("q9"))["result"]["contents"].is_object());
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_changed_configuration_is_at_work_at_once() {
    let folder = folder();
    let draft = uri(folder.path(), "zoe.md");
    let config = uri(folder.path(), "connote.toml");
    let write = |text: &str| fs::write(folder.path().join("connote.toml"), text).unwrap();
    let capabilities = json!({
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
    });
    let (mut editor, _) = Editor::greet(folder.path(), capabilities, Value::Null);
    editor.open(&draft, DRAFT);
    assert!(rules(&editor.findings(&draft, Some(1))).contains(&"doubled-word"));
    let registered = editor
        .news
        .iter()
        .find(|it| it["method"] == "client/registerCapability");
    let watched = &registered.unwrap()["params"]["registrations"][0];
    assert_eq!(watched["method"], "workspace/didChangeWatchedFiles");

    write("ignore = [\"doubled-word\"]\n");
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert!(!rules(&editor.findings(&draft, Some(1))).contains(&"doubled-word"));

    // Without a word from the editor, with the next keystroke. The mistake is told in its own file.
    write("ignroe = [\"doubled-word\"]\n");
    editor.change(&draft, 2, None, DRAFT);
    assert!(rules(&editor.findings(&draft, Some(2))).contains(&"doubled-word"));
    let mistakes = editor.findings(&config, None);
    assert!(
        mistakes[0]["message"].as_str().unwrap().contains("ignroe"),
        "{mistakes:?}"
    );
    assert_eq!(
        mistakes[0]["range"],
        range_of("ignroe = 1", "ignroe", "utf-16")
    );
    write("exclude = [\"zoe.md\"]\n");
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert!(editor.findings(&config, None).is_empty());
    assert!(editor.findings(&draft, Some(2)).is_empty());
    assert_eq!(editor.end(), 0);
}

#[test]
fn an_editor_that_asks_is_told_nothing_unasked() {
    let folder = folder();
    let uri = uri(folder.path(), "zoe.md");
    let capabilities = json!({ "textDocument": { "diagnostic": {} } });
    let (mut editor, abilities) = Editor::greet(folder.path(), capabilities, Value::Null);
    assert!(abilities["capabilities"]["diagnosticProvider"].is_object());
    editor.open(&uri, DRAFT);
    let pull = |editor: &mut Editor, before: &Value| {
        let params = json!({ "textDocument": { "uri": uri }, "previousResultId": before });
        editor.ask("textDocument/diagnostic", params)["result"].clone()
    };
    let first = pull(&mut editor, &Value::Null);
    assert_eq!(first["kind"], "full");
    finding(first["items"].as_array().unwrap(), "doubled-word");
    let again = pull(&mut editor, &first["resultId"]);
    assert_eq!(again["kind"], "unchanged");
    editor.change(&uri, 2, None, &DRAFT.replace("the the", "the"));
    let changed = pull(&mut editor, &first["resultId"]);
    assert_eq!(changed["kind"], "full");
    assert!(!rules(changed["items"].as_array().unwrap()).contains(&"doubled-word"));
    assert!(editor.news.is_empty(), "{:?}", editor.news);
    assert_eq!(editor.end(), 0);
}

#[test]
fn settings_of_the_editor_hold() {
    let folder = folder();
    let draft = uri(folder.path(), "zoe.md");
    let options = json!({ "onlyWithConfiguration": true, "maxDiagnostics": 2, "somethingElse": 1 });
    let (mut editor, _) = Editor::greet(folder.path(), json!({}), options);
    editor.open(&draft, DRAFT);
    let params =
        json!({ "textDocument": { "uri": draft }, "position": { "line": 3, "character": 1 } });
    assert_eq!(
        editor.ask("textDocument/hover", params)["result"],
        Value::Null
    );
    fs::write(folder.path().join("connote.toml"), "account = \"paid\"\n").unwrap();
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    let found = editor.findings(&draft, Some(1));
    assert_eq!(found.len(), 3);
    assert!(
        found[2]["message"].as_str().unwrap().starts_with("2 of "),
        "{found:?}"
    );
    assert_eq!(editor.end(), 0);
}

#[test]
fn other_documents_are_left_alone() {
    let folder = folder();
    let mut editor = greet(folder.path());
    let untitled = "untitled:Untitled-1";
    editor.open(&uri(folder.path(), "connote.toml"), "account = 1");
    editor.open(&uri(folder.path(), "main.rs"), "fn main() {}");
    editor.open("git:/x/zoe.md", DRAFT);
    editor.open(untitled, DRAFT);
    // A draft that is no file yet is one all the same.
    assert!(rules(&editor.findings(untitled, Some(1))).contains(&"doubled-word"));
    assert!(editor.news.is_empty(), "{:?}", editor.news);
    assert_eq!(editor.end(), 0);
}
