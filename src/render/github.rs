//! Annotations in GitHub Actions: workflow commands, which the runner takes from the output of a step.
//!
//! GitHub shows ten annotations of each level for a step and drops the others without a word.

use std::cmp::Reverse;
use std::io;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::render::View;
use crate::render::clean::clean;
use crate::render::listed::Listing;
use crate::render::paint::Paint;
use crate::render::terminal::totals;
use crate::render::words::plural;

/// How many of each level GitHub shows for a step.
const SHOWN: usize = 10;

/// Writes one command a finding, the gravest first, and a line with the totals.
pub(crate) fn render(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let listing = Listing::new(view);
    let mut found: Vec<&Diagnostic> = view.report.diagnostics.iter().collect();
    found.sort_by_key(|found| Reverse(found.severity));
    let of = |level: &str| -> Vec<&Diagnostic> {
        let of_level = found
            .iter()
            .filter(|found| command(found.severity) == level);
        of_level.copied().collect()
    };
    let (errors, warnings, mut notices) = (of("error"), of("warning"), of("notice"));
    let rest = |all: &[&Diagnostic]| all.len().saturating_sub(SHOWN);
    let mut more = rest(&errors) + rest(&warnings) + rest(&notices);
    if more > 0 && notices.len() >= SHOWN {
        // One place is for saying how many there are.
        more += notices.len().min(SHOWN) - (SHOWN - 1);
        notices.truncate(SHOWN - 1);
    }
    for found in [errors, warnings, notices]
        .iter()
        .flat_map(|all| all.iter().take(SHOWN))
    {
        write(&listing, found, out)?;
    }
    if more > 0 {
        let what = plural(more, "more finding", "more findings");
        let why = "GitHub shows ten of each level for a step; the summary of the job has them all.";
        writeln!(out, "::notice title=connote::{what}. {why}")?;
    }
    let (notes, counts) = totals(view, Paint { color: false });
    writeln!(out, "{notes}; {counts}")
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "notice",
    }
}

fn write(listing: &Listing, found: &Diagnostic, out: &mut dyn io::Write) -> io::Result<()> {
    let place = listing.of(found);
    write!(
        out,
        "::{} file={}",
        command(found.severity),
        property(&place.shown())
    )?;
    if place.cell().is_none() {
        write!(out, ",line={},endLine={}", place.start.line, place.end.line)?;
        // With columns, GitHub refuses an annotation of several lines.
        if place.start.line == place.end.line {
            write!(
                out,
                ",col={},endColumn={}",
                place.start.column, place.end.column
            )?;
        }
    }
    let title = format!("connote ({})", clean(&found.rule));
    // The log shows the message alone, so it says where, too.
    let mut message = format!("{}: {}", place.words(), clean(&found.message));
    if let Some(help) = &found.help {
        message = format!("{message}\n{}", clean(help));
    }
    writeln!(out, ",title={}::{}", property(&title), data(&message))
}

/// A message: what would end the line is written by its number.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property: also what would end the value.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::testing::Case;

    #[test]
    fn columns_count_characters_and_lines_have_none() {
        let mut case = Case::default();
        let note = case.note("./50%, a:b.md", "Zoë 👋 so\nlet's go", "Zoë");
        case.find(note, Severity::Warning, "wordy", "so");
        case.find(note, Severity::Error, "two", "so\nlet").help = Some("100% of it: mend".into());
        let expected = "\
::error file=50%25%2C a%3Ab.md,line=1,endLine=2,title=connote (two)::50%25, a:b.md:1:7: about `so let`%0A100%25 of it: mend
::warning file=50%25%2C a%3Ab.md,line=1,endLine=1,col=7,endColumn=9,title=connote (wordy)::50%25, a:b.md:1:7: about `so`
1 note: 1 rewrite; score 0; 1 error, 1 warning
";
        assert_eq!(case.show("github"), expected);
    }

    #[test]
    fn no_more_is_written_than_github_shows() {
        let mut case = Case::default();
        let note = case.note("a.md", "so", "");
        let mut count = |errors: usize, warnings: usize, infos: usize| {
            case.report.diagnostics.clear();
            for (number, severity) in [
                (infos, Severity::Info),
                (warnings, Severity::Warning),
                (errors, Severity::Error),
            ] {
                for _ in 0..number {
                    case.find(note, severity, "r", "so");
                }
            }
            let shown = case.show("github");
            let of = |start: &str| shown.lines().filter(|line| line.starts_with(start)).count();
            let more = shown.lines().find_map(|line| {
                let line = line.strip_prefix("::notice title=connote::")?;
                line.split(' ').next()?.parse::<usize>().ok()
            });
            (of("::error"), of("::warning"), of("::notice"), more)
        };
        assert_eq!(count(3, 10, 10), (3, 10, 10, None));
        assert_eq!(count(11, 12, 0), (10, 10, 1, Some(3)));
        assert_eq!(count(11, 0, 9), (10, 0, 10, Some(1)));
        assert_eq!(count(11, 0, 10), (10, 0, 10, Some(2)));
        assert_eq!(count(0, 0, 30), (0, 0, 10, Some(21)));
    }
}
