//! One JSON document. It is written piece by piece, one line a note and a finding, so that a large
//! run needs no large memory and two documents can be compared line by line.

use std::io;

use serde::Serialize;

use crate::render::View;
use crate::render::json_model::VERSION;
use crate::render::json_write::Shapes;
use crate::render::json_write::write;

/// Writes the document.
pub(crate) fn render(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let shapes = Shapes::new(view);
    let report = view.report;
    write!(out, "{{\"version\":{VERSION},\n\"tool\":")?;
    write(out, &shapes.tool())?;
    out.write_all(b",\n\"summary\":")?;
    write(out, &shapes.summary())?;
    let notes = report.notes.iter().zip(&report.verdicts);
    list(
        out,
        "notes",
        notes.map(|(note, verdict)| shapes.note(note, verdict)),
    )?;
    let clusters = report.clusters.iter();
    list(
        out,
        "clusters",
        clusters.map(|cluster| shapes.cluster(cluster)),
    )?;
    let diagnostics = report.diagnostics.iter();
    list(
        out,
        "diagnostics",
        diagnostics.map(|found| shapes.diagnostic(found)),
    )?;
    out.write_all(b"\n}\n")
}

/// Writes a key with a list, one item a line.
fn list<T: Serialize>(
    out: &mut dyn io::Write,
    key: &str,
    items: impl Iterator<Item = T>,
) -> io::Result<()> {
    write!(out, ",\n\"{key}\":[")?;
    for (index, item) in items.enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        write(out, &item)?;
    }
    out.write_all(b"]")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::diagnostic::Diagnostic;
    use crate::diagnostic::FixKind;
    use crate::diagnostic::Severity;
    use crate::render::testing::Case;
    use crate::render::testing::fix;
    use crate::report::Cluster;
    use crate::report::Skeleton;
    use crate::report::SkeletonPiece;
    use crate::report::Slot;
    use crate::score::Level;
    use crate::score::Part;
    use crate::span::Span;

    fn case() -> Case {
        let mut case = Case::default();
        let note = case.note("a.md", "Hi Zoë 👋, your talk\nhelps me\u{202e}", "Zoë Ray");
        case.score(
            note,
            &[(Part::Reference, Level::Specific, "your talk")],
            &[("emoji", 5)],
        );
        let found = case.find(note, Severity::Warning, "emoji", ", your");
        let span = found.labels[0].span;
        found.fixes = vec![fix(FixKind::Safe, span, "drop", "!")];
        let twin = case.note("b.md", "Hi Bo", "");
        let broken = Diagnostic::problem("broken-row", Severity::Error, Span::default(), "bad");
        case.report.diagnostics.insert(0, broken.helped("mend it"));
        case.report.clusters.push(Cluster {
            kind: "template",
            members: vec![note, twin],
            similarity: 1.0,
            skeleton: Some(Skeleton {
                pieces: vec![SkeletonPiece::Text("Hi ".into()), SkeletonPiece::Slot(1)],
                slots: vec![Slot {
                    merge: Some("name"),
                    fills: vec![3..7, 3..5],
                }],
                shared: 0.5,
            }),
        });
        case
    }

    #[test]
    fn the_document_is_as_agreed() {
        let expected = r#"{"version":1,
"tool":{"name":"connote","version":"0.1.0"},
"summary":{"notes":2,"ready":0,"revise":0,"rewrite":2,"mean_score":17.5,"errors":1,"warnings":1,"infos":0,"hints":0},
"notes":[
{"id":"a.md:1","path":"a.md","line":1,"recipient":{"first_name":"Zoë","last_name":"Ray"},"text":"Hi Zoë 👋, your talk\nhelps me\u202e","length":{"characters":29,"utf16":30,"limit":300},"score":35,"grade":"rewrite","parts":{"reference":{"level":"specific","points":40,"of":40,"evidence":[{"signal":"reference/found","level":"specific","start":14,"end":23,"text":"your talk"}]},"reason":{"level":"none","points":0,"of":30,"evidence":[]},"value":{"level":"none","points":0,"of":30,"evidence":[]}},"deductions":[{"rule":"emoji","points":5}],"flags":{"pitch":false,"generic":false,"placeholder":false}},
{"id":"b.md:1","path":"b.md","line":1,"recipient":{},"text":"Hi Bo","length":{"characters":5,"utf16":5,"limit":300},"score":0,"grade":"rewrite","parts":{"reference":{"level":"none","points":0,"of":0,"evidence":[]},"reason":{"level":"none","points":0,"of":0,"evidence":[]},"value":{"level":"none","points":0,"of":0,"evidence":[]}},"deductions":[],"flags":{"pitch":false,"generic":false,"placeholder":false}}],
"clusters":[
{"kind":"template","members":["a.md:1","b.md:1"],"similarity":1.0,"skeleton":[{"text":"Hi "},{"slot":1}],"shared":0.5,"slots":[{"slot":1,"merge":"name","values":["Zoë","Bo"]}]}],
"diagnostics":[
{"rule":"broken-row","severity":"error","message":"bad","help":"mend it","note":null,"labels":[{"path":"a.md","primary":true,"message":"","start":{"byte":0,"line":1,"column":1,"utf16":1},"end":{"byte":0,"line":1,"column":1,"utf16":1}}],"fixes":[]},
{"rule":"emoji","severity":"warning","message":"about `, your`","help":null,"note":"a.md:1","labels":[{"path":"a.md","primary":true,"message":"","start":{"byte":12,"line":1,"column":9,"utf16":10},"end":{"byte":18,"line":1,"column":15,"utf16":16}}],"fixes":[{"kind":"safe","description":"drop","edits":[{"start":12,"end":18,"text":"!"}]}]}]
}
"#;
        assert_eq!(case().show("json"), expected);
    }

    #[test]
    fn the_values_are_the_true_ones() {
        let document: Value = serde_json::from_str(&case().show("json")).unwrap();
        let text = document["notes"][0]["text"].as_str().unwrap();
        assert!(text.ends_with("\u{202e}"));
        let none: Value = serde_json::from_str(&Case::default().show("json")).unwrap();
        assert!(none["summary"]["mean_score"].is_null());
        assert_eq!(none["notes"], serde_json::json!([]));
    }

    #[test]
    fn lines_hold_the_same_as_the_document() {
        let case = case();
        let document: Value = serde_json::from_str(&case.show("json")).unwrap();
        let lines = case.show("jsonl");
        let mut lines: Vec<Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert!(lines.iter().all(|line| line["version"] == 1));
        let kinds: Vec<String> = lines
            .iter_mut()
            .map(|line| {
                let line = line.as_object_mut().unwrap();
                line.remove("version");
                line.remove("type").unwrap().as_str().unwrap().to_owned()
            })
            .collect();
        assert_eq!(kinds, ["diagnostic", "note", "note", "cluster", "summary"]);
        assert_eq!(lines[0], document["diagnostics"][0]);
        let own = lines[1]
            .as_object_mut()
            .unwrap()
            .remove("diagnostics")
            .unwrap();
        assert_eq!(own, serde_json::json!([document["diagnostics"][1]]));
        assert_eq!(lines[1], document["notes"][0]);
        assert_eq!(lines[3], document["clusters"][0]);
        lines[4].as_object_mut().unwrap().remove("tool");
        assert_eq!(lines[4], document["summary"]);
    }
}
