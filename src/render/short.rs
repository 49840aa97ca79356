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

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::render::testing::Case;

    #[test]
    fn one_line_a_finding_with_columns_in_characters() {
        let mut case = Case::default();
        let note = case.note("a\u{1b}.md", "Hi Zoë 👋,\nlet's connect", "Zoë");
        case.find(note, Severity::Info, "emoji", "👋,");
        case.find(note, Severity::Warning, "no-reason", "connect")
            .message = "two\nlines".into();
        let expected = "\
a?.md:1:8: info[emoji]: about `👋,`
a?.md:2:7: warning[no-reason]: two lines
";
        assert_eq!(case.show("short"), expected);
    }
}
