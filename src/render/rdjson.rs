//! Reviewdog's diagnostic format: what puts findings into the review of a change.

use std::io;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::fix::FileEdit;
use crate::render::View;
use crate::render::clean::clean;
use crate::render::json_write::write;
use crate::render::listed::Listing;
use crate::render::listed::Place;

#[derive(Serialize)]
struct Finding<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
    #[serde(rename = "related_locations", skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
}

/// A fix has one range here: from its first edit to its last.
#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: String,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    /// Left out for a cell of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

/// Columns count bytes, from 1.
#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
}

/// Writes the document, one finding a line.
pub(crate) fn render(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let listing = Listing::new(view);
    out.write_all(b"{\"source\":{\"name\":\"connote\"},\"diagnostics\":[")?;
    for (number, found) in view.report.diagnostics.iter().enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        write(out, &finding(&listing, found))?;
    }
    out.write_all(b"\n]}\n")
}

fn finding<'a>(listing: &Listing<'a>, found: &'a Diagnostic) -> Finding<'a> {
    let place = listing.of(found);
    let mut message = place.message(found);
    if let Some(help) = &found.help {
        message = format!("{message}\n{}", clean(help));
    }
    let related = found.labels.iter().filter(|label| !label.primary);
    let related = related.map(|label| Related {
        message: clean(&label.message).into_owned(),
        location: location(&listing.place(label.span)),
    });
    Finding {
        message,
        location: location(&place),
        severity: match found.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info | Severity::Hint => "INFO",
        },
        code: Code { value: &found.rule },
        suggestions: listing
            .fixes(found)
            .iter()
            .filter_map(|(_, edits)| suggestion(listing, edits))
            .collect(),
        related: related.collect(),
    }
}

fn suggestion(listing: &Listing, edits: &[FileEdit]) -> Option<Suggestion> {
    let (first, last) = (edits.first()?, edits.last()?);
    let whole = FileEdit {
        end: last.end,
        ..first.clone()
    };
    let mut text = String::new();
    let mut done = first.start;
    for edit in edits {
        text.push_str(listing.text(edit.file, done..edit.start));
        text.push_str(&edit.text);
        done = edit.end;
    }
    Some(Suggestion {
        range: range(&listing.edited(&whole)),
        text,
    })
}

fn location<'a>(place: &Place<'a>) -> Location<'a> {
    Location {
        path: place.path(),
        range: place.cell().is_none().then(|| range(place)),
    }
}

fn range(place: &Place) -> Range {
    let (start, end) = place.byte_columns();
    Range {
        start: Point {
            line: place.start.line,
            column: start,
        },
        end: Point {
            line: place.end.line,
            column: end,
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use serde_json::json;

    use crate::diagnostic::Edit;
    use crate::diagnostic::Fix;
    use crate::diagnostic::FixKind;
    use crate::diagnostic::Severity;
    use crate::render::testing::Case;
    use crate::render::testing::label;

    #[test]
    fn a_fix_is_one_suggestion_from_its_first_edit_to_its_last() {
        let mut case = Case::default();
        let note = case.note("a.md", "é so  and\nso  👋 on", "");
        let edit = |words: &str| Edit {
            span: case.place(note, words),
            text: " ".into(),
        };
        let edits = vec![edit("  and"), edit("  👋")];
        case.find(note, Severity::Error, "r", "so").fixes = vec![Fix {
            kind: FixKind::Unsafe,
            description: "cut".into(),
            edits,
        }];
        let shown: Value = serde_json::from_str(&case.show("rdjson")).unwrap();
        let range = json!({"start": {"line": 1, "column": 6}, "end": {"line": 2, "column": 9}});
        let expected = json!([{"range": range, "text": " \nso "}]);
        assert_eq!(shown["diagnostics"][0]["suggestions"], expected);
    }

    #[test]
    fn columns_count_bytes() {
        let mut case = Case::default();
        let note = case.note("./a.md", "x\nZoë 👋 so\n", "Zoë");
        let twin = case.place(note, "x");
        let found = case.find(note, Severity::Hint, "wordy", "so");
        found.help = Some("Mend".into());
        found.labels.push(label(twin, "the\u{1b} first"));
        let shown: Value = serde_json::from_str(&case.show("rdjson")).unwrap();
        let range = |line: u32, start: u32, end: u32| json!({"start": {"line": line, "column": start}, "end": {"line": line, "column": end}});
        let expected = json!({"source": {"name": "connote"}, "diagnostics": [{
            "message": "about `so`\nMend", "severity": "INFO", "code": {"value": "wordy"},
            "location": {"path": "a.md", "range": range(2, 11, 13)},
            "related_locations": [{"message": "the? first", "location": {"path": "a.md", "range": range(1, 1, 2)}}],
        }]});
        assert_eq!(shown, expected);
        let none: Value = serde_json::from_str(&Case::default().show("rdjson")).unwrap();
        assert_eq!(none["diagnostics"], json!([]));
    }
}
