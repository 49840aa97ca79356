//! Checkstyle's XML, which many programs read: one element a file, one a finding in it.

use std::io;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::render::View;
use crate::render::clean::clean;
use crate::render::listed::Listing;
use crate::render::listed::Place;
use crate::render::xml::Xml;

/// The version of checkstyle whose shape this is.
const VERSION: &str = "4.3";

/// Writes the document. Columns count characters.
pub(crate) fn render(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let listing = Listing::new(view);
    let mut files: Vec<(String, Vec<(Place, &Diagnostic)>)> = Vec::new();
    let mut numbers: rustc_hash::FxHashMap<String, usize> = rustc_hash::FxHashMap::default();
    for found in &view.report.diagnostics {
        let place = listing.of(found);
        let path = place.path().to_owned();
        let number = *numbers.entry(path).or_insert(files.len());
        if number == files.len() {
            files.push((place.shown(), Vec::new()));
        }
        files[number].1.push((place, found));
    }
    let mut xml = Xml::new(out)?;
    xml.open("checkstyle", &[("version", VERSION)])?;
    for (path, all) in files {
        xml.open("file", &[("name", &path)])?;
        for (place, found) in all {
            let (line, column) = (place.start.line.to_string(), place.start.column.to_string());
            let mut message = place.message(found);
            if let Some(help) = &found.help {
                message = format!("{message}. {}", clean(help));
            }
            let source = format!("connote.{}", found.rule);
            let mut attributes = vec![("line", line.as_str()), ("column", column.as_str())];
            if place.cell().is_some() {
                attributes.clear();
            }
            attributes.extend([
                ("severity", severity(found.severity)),
                ("message", message.as_str()),
                ("source", source.as_str()),
            ]);
            xml.empty("error", &attributes)?;
        }
        xml.close("file")?;
    }
    xml.close("checkstyle")?;
    xml.end()
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "info",
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::render::testing::Case;

    #[test]
    fn findings_stand_in_their_files_with_columns_in_characters() {
        let mut case = Case::default();
        let note = case.note("a&b.md", "Zoë 👋 \"so\" <now>", "Zoë");
        let other = case.note("c.md", "so", "");
        case.find(note, Severity::Hint, "wordy", "\"so\"");
        case.find(other, Severity::Warning, "wordy", "so");
        case.find(note, Severity::Error, "late", "<now>").help = Some("Say\nwhen".into());
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="4.3">
  <file name="a&amp;b.md">
    <error line="1" column="7" severity="info" message="about `&quot;so&quot;`" source="connote.wordy"/>
    <error line="1" column="12" severity="error" message="about `&lt;now&gt;`. Say when" source="connote.late"/>
  </file>
  <file name="c.md">
    <error line="1" column="1" severity="warning" message="about `so`" source="connote.wordy"/>
  </file>
</checkstyle>
"#;
        assert_eq!(case.show("checkstyle"), expected);
    }
}
