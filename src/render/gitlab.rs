//! GitLab's Code Quality report: an array of findings, for the widget of a merge request.

use std::io;

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::render::View;
use crate::render::clean::clean;
use crate::render::fingerprint::Fingerprints;
use crate::render::json_write::write;
use crate::render::listed::Listing;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes the array, one finding a line; `[]` when there is none. The format has no columns.
pub(crate) fn render(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let listing = Listing::new(view);
    let mut fingerprints = Fingerprints::new(view);
    out.write_all(b"[")?;
    for (number, found) in view.report.diagnostics.iter().enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        let place = listing.of(found);
        let mut description = place.message(found);
        if let Some(help) = &found.help {
            description = format!("{description}. {}", clean(help));
        }
        // A cell has no line, but the widget wants one.
        let lines = match place.cell() {
            Some(_) => Lines { begin: 1, end: 1 },
            None => Lines {
                begin: place.start.line,
                end: place.end.line,
            },
        };
        write(
            out,
            &Issue {
                description,
                check_name: &found.rule,
                fingerprint: fingerprints.next(found),
                severity: severity(found.severity),
                location: Location {
                    path: place.path(),
                    lines,
                },
            },
        )?;
    }
    out.write_all(match view.report.diagnostics.is_empty() {
        true => b"]\n",
        false => b"\n]\n",
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Info => "minor",
        Severity::Hint => "info",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use serde_json::json;

    use crate::diagnostic::Severity;
    use crate::render::testing::Case;
    use crate::source::Source;
    use crate::span::Span;

    #[test]
    fn an_issue_has_what_gitlab_asks_for() {
        let mut case = Case::default();
        assert_eq!(case.show("gitlab"), "[]\n");
        let note = case.note("./a b.md", "one\ntwo two\nthree", "Ana");
        case.find(note, Severity::Warning, "doubled", "two two\nthree")
            .help = Some("Mend it.".into());
        let mut cell = Source::new("b.xlsx".into(), "text".into());
        cell.cell = Some("Drafts!C5".into());
        let file = case.sources.add(cell);
        case.find(note, Severity::Hint, "r", "one").labels[0].span = Span::new(file, 0..2);
        let shown: Value = serde_json::from_str(&case.show("gitlab")).unwrap();
        let prints = |index: usize| shown[index]["fingerprint"].as_str().unwrap().to_owned();
        let expected = json!([
            {
                "description": "about `two two three`. Mend it.", "check_name": "doubled",
                "fingerprint": prints(0), "severity": "major",
                "location": {"path": "a b.md", "lines": {"begin": 2, "end": 3}},
            },
            {
                "description": "Drafts!C5: about `one`", "check_name": "r",
                "fingerprint": prints(1), "severity": "info",
                "location": {"path": "b.xlsx", "lines": {"begin": 1, "end": 1}},
            },
        ]);
        assert_eq!(shown, expected);
        assert_ne!(prints(0), prints(1));
    }
}
