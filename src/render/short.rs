//! One line a finding, for editors, `grep` and people in a hurry; or, if only a summary is wanted, one line
//! for the whole run.

use std::io;

use crate::render::View;
use crate::render::clean::clean;
use crate::render::paint::Paint;
use crate::render::place;
use crate::render::place::Positions;
use crate::render::terminal::totals;

/// Writes `file:line:column: severity[rule]: message` for each finding. Columns count characters.
pub(crate) fn render(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let positions = Positions::new(view.sources);
    let quiet = view.options.quiet;
    for found in &view.report.diagnostics {
        // What is wrong with a file is no finding of a note, and nobody should miss it.
        if quiet && found.note.is_some() {
            continue;
        }
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
    if quiet {
        let (notes, counts) = totals(view, Paint { color: false });
        writeln!(out, "{notes}; {counts}")?;
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

    #[test]
    fn a_quiet_run_is_summed_up_and_files_are_not_passed_over() {
        let mut case = Case::default();
        let note = case.note("a.md", "Hi Zoë, let's connect", "Zoë");
        case.find(note, Severity::Warning, "no-reason", "connect");
        case.options.quiet = true;
        assert_eq!(
            case.show("short"),
            "1 note: 1 rewrite; score 0; 1 warning\n"
        );
        case.find(note, Severity::Error, "broken-row", "Hi").note = None;
        let expected = "\
a.md:1:1: error[broken-row]: about `Hi`
1 note: 1 rewrite; score 0; 1 error, 1 warning
";
        assert_eq!(case.show("short"), expected);
    }
}
