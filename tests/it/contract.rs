//! The rules of `check --format json`, version 1, as a check of any such document. What can be
//! worked out anew from the files is worked out anew here, without the library.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

/// Checks a document; paths in it are below `root`. Notes and findings may also be those of the
/// lines of `--format jsonl`.
pub(crate) struct Contract<'a> {
    root: &'a Path,
    wrong: Vec<String>,
    files: BTreeMap<String, String>,
}

/// All that breaks the contract in a document.
pub(crate) fn breaches(document: &Value, root: &Path) -> Vec<String> {
    let mut contract = Contract {
        root,
        wrong: Vec::new(),
        files: BTreeMap::new(),
    };
    contract.document(document);
    contract.wrong
}

/// The document that lines of `--format jsonl` stand for.
pub(crate) fn from_lines(lines: &str) -> Value {
    let mut notes = Vec::new();
    let mut clusters = Vec::new();
    let mut diagnostics = Vec::new();
    let mut last = Value::Null;
    for line in lines.lines() {
        let mut value: Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["version"], 1);
        match value["type"].as_str().unwrap() {
            "note" => {
                let found = value["diagnostics"].take();
                diagnostics.extend(found.as_array().unwrap().iter().cloned());
                notes.push(value);
            }
            "diagnostic" => diagnostics.push(value),
            "cluster" => clusters.push(value),
            "summary" => last = value,
            other => panic!("a line of the type {other}"),
        }
    }
    serde_json::json!({
        "version": 1, "tool": last["tool"], "summary": last, "notes": notes,
        "clusters": clusters, "diagnostics": diagnostics,
    })
}

impl Contract<'_> {
    fn must(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.wrong.push(what());
        }
    }

    fn document(&mut self, document: &Value) {
        self.must(document["version"] == 1, || "version".into());
        self.must(document["tool"]["name"] == "connote", || "tool".into());
        let version = document["tool"]["version"].as_str();
        self.must(version == Some(env!("CARGO_PKG_VERSION")), || {
            format!("version of the tool {version:?}")
        });
        let notes = list(&document["notes"]);
        let diagnostics = list(&document["diagnostics"]);
        let mut ids = BTreeSet::new();
        for note in notes {
            let id = text(&note["id"]);
            self.must(!id.is_empty() && ids.insert(id.to_owned()), || {
                format!("the id {id:?} is empty or stands twice")
            });
            self.note(note);
        }
        for found in diagnostics {
            self.diagnostic(found, &ids);
        }
        self.summary(&document["summary"], notes, diagnostics);
        let mut in_kind = BTreeSet::new();
        for cluster in list(&document["clusters"]) {
            self.cluster(cluster, &ids, &mut in_kind);
        }
    }

    /// `in_kind` collects who is in a cluster of which kind: clusters of a kind are disjoint.
    fn cluster(
        &mut self,
        cluster: &Value,
        ids: &BTreeSet<String>,
        in_kind: &mut BTreeSet<(String, String)>,
    ) {
        let members: Vec<&str> = list(&cluster["members"]).iter().map(text).collect();
        self.must(members.len() > 1, || format!("{members:?} is no group"));
        self.must(members.is_sorted(), || format!("{members:?} not sorted"));
        self.must(members.iter().all(|id| ids.contains(*id)), || {
            format!("{members:?} names a note that is not there")
        });
        let kind = text(&cluster["kind"]);
        for id in &members {
            let new = in_kind.insert((kind.to_owned(), (*id).to_owned()));
            self.must(new, || format!("{id} is in two clusters of {kind}"));
        }
        let similarity = cluster["similarity"].as_f64();
        self.must(
            similarity.is_some_and(|it| (0.0..=1.0).contains(&it)),
            || format!("similarity {similarity:?} of {members:?}"),
        );
        let Some(pieces) = cluster["skeleton"].as_array() else {
            self.must(cluster["skeleton"].is_null() && kind != "template", || {
                format!("a {kind} without skeleton")
            });
            return;
        };
        let slots: Vec<u64> = pieces.iter().filter_map(|it| it["slot"].as_u64()).collect();
        self.must(slots.iter().copied().eq(1..=slots.len() as u64), || {
            format!("the slots {slots:?} are not numbered from 1")
        });
        for piece in pieces {
            let words = piece["text"].as_str().is_some_and(|text| !text.is_empty());
            let slot = piece["slot"].is_u64();
            let only = piece.as_object().is_some_and(|piece| piece.len() == 1);
            self.must(words != slot && only, || format!("{piece} in a skeleton"));
        }
    }

    fn note(&mut self, note: &Value) {
        let id = text(&note["id"]).to_owned();
        let words = text(&note["text"]);
        let length = &note["length"];
        self.must(length["characters"] == words.chars().count(), || {
            format!("{id}: characters")
        });
        self.must(length["utf16"] == words.encode_utf16().count(), || {
            format!("{id}: utf16")
        });
        self.must(number(&note["line"]) >= 1, || format!("{id}: line"));
        // What is not judged has no figures, rather than invented ones.
        if note["language"].is_string() {
            let all_null = ["score", "grade", "parts"]
                .iter()
                .all(|key| note[*key].is_null());
            self.must(all_null, || {
                format!("{id}: figures for a language that is not judged")
            });
            return;
        }
        let mut sum = 0;
        for name in ["reference", "reason", "value"] {
            let part = &note["parts"][name];
            let (points, of) = (number(&part["points"]), number(&part["of"]));
            sum += points;
            let level = text(&part["level"]);
            let right = match level {
                "none" => points == 0,
                "generic" => points > 0 && points < of,
                "specific" => points == of,
                _ => false,
            };
            self.must(right, || format!("{id}: {name} is {level} with {points}"));
            let evidence = list(&part["evidence"]);
            let best = evidence
                .iter()
                .map(|it| text(&it["level"]))
                .max_by_key(|it| rank(it));
            self.must(best.unwrap_or("none") == level, || {
                format!("{id}: {name} is {level}, its best evidence {best:?}")
            });
            for piece in evidence {
                let range = number(&piece["start"])..number(&piece["end"]);
                self.must(words.get(range.clone()) == piece["text"].as_str(), || {
                    format!("{id}: the evidence {piece} is not at {range:?}")
                });
                self.must(text(&piece["signal"]).starts_with(name), || {
                    format!("{id}: {piece} under {name}")
                });
            }
        }
        let of: usize = ["reference", "reason", "value"]
            .map(|name| number(&note["parts"][name]["of"]))
            .iter()
            .sum();
        self.must(of == 100, || format!("{id}: the parts are of {of}"));
        let deducted: usize = list(&note["deductions"])
            .iter()
            .map(|deduction| number(&deduction["points"]))
            .sum();
        let score = number(&note["score"]);
        self.must(
            score == sum.saturating_sub(deducted) && score <= 100,
            || format!("{id}: {sum} less {deducted} is not {score}"),
        );
        self.must(
            ["ready", "revise", "rewrite"].contains(&text(&note["grade"])),
            || format!("{id}: grade"),
        );
        for flag in ["pitch", "generic", "placeholder"] {
            self.must(note["flags"][flag].is_boolean(), || {
                format!("{id}: the flag {flag}")
            });
        }
    }

    fn diagnostic(&mut self, found: &Value, ids: &BTreeSet<String>) {
        let rule = text(&found["rule"]).to_owned();
        let severity = text(&found["severity"]);
        self.must(
            ["error", "warning", "info", "hint"].contains(&severity),
            || format!("{rule}: severity {severity}"),
        );
        let message = text(&found["message"]);
        self.must(!message.is_empty() && is_filled(message), || {
            format!("{rule}: message {message:?}")
        });
        let help = text(&found["help"]);
        self.must(is_filled(help), || format!("{rule}: help {help:?}"));
        self.must(
            found["note"].is_null() || ids.contains(text(&found["note"])),
            || format!("{rule}: about no note of the document"),
        );
        let labels = list(&found["labels"]);
        let primary = labels
            .iter()
            .filter(|label| label["primary"] == true)
            .count();
        self.must(primary == 1 && labels[0]["primary"] == true, || {
            format!("{rule}: {primary} primary labels, or not the first")
        });
        for label in labels {
            self.label(&rule, label);
        }
        for fix in list(&found["fixes"]) {
            let kind = text(&fix["kind"]);
            self.must(["safe", "unsafe", "has-blanks"].contains(&kind), || {
                format!("{rule}: a fix of the kind {kind}")
            });
            let blanks = list(&fix["edits"])
                .iter()
                .any(|edit| text(&edit["text"]).contains("___"));
            self.must(blanks == (kind == "has-blanks"), || {
                format!("{rule}: blanks in a fix that is {kind}, or none in one that has some")
            });
        }
    }

    /// Line and columns are counted anew from the bytes of the file.
    fn label(&mut self, rule: &str, label: &Value) {
        if label.get("cell").is_some() {
            return;
        }
        let path = text(&label["path"]).to_owned();
        if !self.files.contains_key(&path) {
            let bytes = std::fs::read(self.root.join(&path)).unwrap_or_default();
            // Of a file that is not UTF-8 only what is before the place can be held against it.
            let end = std::str::from_utf8(&bytes).map_or_else(|at| at.valid_up_to(), str::len);
            let valid = String::from_utf8(bytes[..end].to_vec()).unwrap();
            self.files.insert(path.clone(), valid);
        }
        let mut ends = Vec::new();
        for end in ["start", "end"] {
            let place = &label[end];
            let byte = number(&place["byte"]);
            ends.push(byte);
            let Some(before) = self.files[&path].get(..byte) else {
                self.wrong
                    .push(format!("{rule}: {path} has no character at {byte}"));
                continue;
            };
            let line_start = before.rfind('\n').map_or(0, |at| at + 1);
            let in_line = before[line_start..].trim_start_matches('\u{feff}');
            let right = [
                ("line", before.matches('\n').count() + 1),
                ("column", in_line.chars().count() + 1),
                ("utf16", in_line.encode_utf16().count() + 1),
            ];
            for (name, value) in right {
                self.must(place[name] == value, || {
                    format!("{rule}: {path} byte {byte}: {name} is {value}, not {place}")
                });
            }
        }
        self.must(ends[0] <= ends[1], || {
            format!("{rule}: ends before it begins")
        });
    }

    fn summary(&mut self, summary: &Value, notes: &[Value], diagnostics: &[Value]) {
        self.must(summary["notes"] == notes.len(), || "summary: notes".into());
        for grade in ["ready", "revise", "rewrite"] {
            let count = notes.iter().filter(|note| note["grade"] == grade).count();
            self.must(summary[grade] == count, || format!("summary: {grade}"));
        }
        for name in ["error", "warning", "info", "hint"] {
            let mut count = diagnostics.iter().filter(|it| it["severity"] == name);
            let count = count.by_ref().count();
            self.must(summary[format!("{name}s")] == count, || {
                format!("summary: {name}s")
            });
        }
        let scored = notes.iter().filter(|note| !note["score"].is_null());
        let scored: Vec<usize> = scored.map(|note| number(&note["score"])).collect();
        let sum: usize = scored.iter().sum();
        match summary["mean_score"].as_f64() {
            None => self.must(scored.is_empty(), || "summary: no mean".into()),
            Some(mean) => {
                let right = sum as f64 / scored.len() as f64;
                self.must((mean - right).abs() <= 0.05 + 1e-9, || {
                    format!("summary: mean {mean}, not {right}")
                });
            }
        }
    }
}

/// Whether every hole of a message was filled. (Braces of the note stand between backticks.)
pub(crate) fn is_filled(message: &str) -> bool {
    let outside: String = message.split('`').step_by(2).collect();
    ![
        "{found}",
        "{name}",
        "{expected}",
        "{count}",
        "{better}",
        "{family}",
        "{limit}",
    ]
    .iter()
    .any(|hole| outside.contains(hole))
}

fn rank(level: &str) -> usize {
    ["none", "generic", "specific"]
        .iter()
        .position(|it| *it == level)
        .unwrap_or(9)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn number(value: &Value) -> usize {
    value
        .as_u64()
        .map_or(usize::MAX / 8, |number| number as usize)
}
