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
