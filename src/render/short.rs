//! One line a finding, for editors, `grep` and people in a hurry.

use std::io;

use crate::render::View;
use crate::render::clean::clean;
use crate::render::place;
use crate::render::place::Positions;

/// Writes `file:line:column: severity[rule]: message` for each finding. Columns count characters.
pub(crate) fn render(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let positions = Positions::new(view.sources);
    for found in &view.report.diagnostics {
        let span = found.span();
        let (start, _) = positions.of(span);
        writeln!(
            out,
            "{}:{}:{}: {}[{}]: {}",
            place::name(view.sources.get(span.file)),
            start.line,
            start.column,
            found.severity.name(),
            clean(&found.rule),
            clean(&found.message),
        )?;
    }
    Ok(())
}
