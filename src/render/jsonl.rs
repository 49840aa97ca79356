//! JSON Lines: each note with its findings on a line of its own, for `jq` and for programs that
//! read as they go.

use std::io;
use std::sync::Arc;

use serde::Serialize;

use crate::render::View;
use crate::render::groups::Groups;
use crate::render::json_model as model;
use crate::render::json_write::Shapes;
use crate::render::json_write::summary;
use crate::render::json_write::tool;
use crate::render::json_write::write;
use crate::report;

/// What every line carries.
#[derive(Serialize)]
struct Line<T> {
    #[serde(rename = "type")]
    kind: &'static str,
    version: u32,
    #[serde(flatten)]
    content: T,
}

/// A note with its findings.
#[derive(Serialize)]
struct Noted<'a> {
    #[serde(flatten)]
    note: model::Note<'a>,
    diagnostics: Vec<model::Diagnostic<'a>>,
}

/// What the last line tells.
#[derive(Serialize)]
struct Ending<'a> {
    tool: model::Tool<'a>,
    #[serde(flatten)]
    summary: model::Summary,
}

/// What the last line of a stream tells besides.
#[derive(Serialize)]
struct StreamEnding<'a> {
    #[serde(flatten)]
    ending: Ending<'a>,
    /// Rules that need all notes, and did not run.
    not_run: Vec<&'a str>,
}

/// Writes findings about files, then notes in their order, then clusters, then the summary.
pub(crate) fn render(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    jsonl_part(view, out)?;
    let shapes = Shapes::new(view);
    for cluster in &view.report.clusters {
        line(out, "cluster", shapes.cluster(cluster))?;
    }
    let ending = Ending {
        tool: shapes.tool(),
        summary: shapes.summary(),
    };
    line(out, "summary", ending)
}

/// Writes a part of a stream: findings about files, then notes in their order.
pub fn jsonl_part(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let shapes = Shapes::new(view);
    let groups = Groups::new(view.report);
    for found in &groups.general {
        line(out, "diagnostic", shapes.diagnostic(found))?;
    }
    let report = view.report;
    let found = report
        .notes
        .iter()
        .zip(&report.verdicts)
        .zip(&groups.by_note);
    for ((note, verdict), found) in found {
        let noted = Noted {
            note: shapes.note(note, verdict),
            diagnostics: found.iter().map(|found| shapes.diagnostic(found)).collect(),
        };
        line(out, "note", noted)?;
    }
    Ok(())
}

/// Writes the last line of a stream: the counts, and the rules that did not run.
pub fn jsonl_end(
    version: &str,
    counts: &report::Summary,
    not_run: &[Arc<str>],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let ending = Ending {
        tool: tool(version),
        summary: summary(counts),
    };
    let not_run = not_run.iter().map(|rule| &**rule).collect();
    line(out, "summary", StreamEnding { ending, not_run })
}

fn line<T: Serialize>(out: &mut dyn io::Write, kind: &'static str, content: T) -> io::Result<()> {
    let line = Line {
        kind,
        version: model::VERSION,
        content,
    };
    write(out, &line)?;
    out.write_all(b"\n")
}
