//! The whole report as Markdown, for people: a summary of a job, a comment, a page of a wiki.

use std::io;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::render::View;
use crate::render::clean::clean;
use crate::render::groups::Groups;
use crate::render::listed::Listing;
use crate::render::markup::markdown;
use crate::render::paint::Paint;
use crate::render::place;
use crate::render::terminal::totals;
use crate::render::words::plural;
use crate::render::words::recipient;
use crate::score::Part;

/// From more notes on, only so many of the worst are shown in full, and so many rows of the table.
const NOTES: usize = 50;
/// How many findings about files are shown.
const PROBLEMS: usize = 50;
/// How many characters of a note are quoted.
const QUOTED: usize = 1500;

/// Writes the report: totals, a table of the notes, problems with files, then note by note, worst first.
pub(crate) fn render(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let groups = Groups::new(view.report);
    let listing = Listing::new(view);
    let (notes, counts) = totals(view, Paint { color: false });
    let totals = format!("{}; {}", markdown(&notes), markdown(&counts));
    writeln!(out, "# Connection notes\n\n{totals}")?;
    let order = groups.worst_first(view.report);
    let all = view.options.all;
    let most = |most: usize| if all { usize::MAX } else { most };
    if !view.report.verdicts.is_empty() {
        table(view, &groups, &order, most(NOTES), out)?;
    }
    problems(&listing, &groups, most(PROBLEMS), out)?;
    if view.options.quiet {
        return Ok(());
    }
    let mut worth = order;
    worth.retain(|&note| all || !groups.by_note[note].is_empty());
    let count = worth.len();
    if count > 0 {
        writeln!(out, "\n## Note by note")?;
    }
    for &note in worth.iter().take(most(NOTES)) {
        write(view, &listing, &groups, note, out)?;
    }
    match count.saturating_sub(most(NOTES)) {
        0 => Ok(()),
        more => writeln!(
            out,
            "\n{} with findings.",
            plural(more, "more note", "more notes")
        ),
    }
}

/// The notes with their scores.
fn table(
    view: &View,
    groups: &Groups,
    order: &[usize],
    most: usize,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    writeln!(
        out,
        "\n| score | | reference | reason | value | errors | warnings | note |\n|---:|---|---|---|---|---:|---:|---|"
    )?;
    for &note in order.iter().take(most) {
        let Some(verdict) = view.report.verdicts.get(note) else {
            continue;
        };
        let score = &verdict.score;
        let judged = verdict.unjudged.is_none();
        let total = match judged {
            true => format!("{} | {}", score.total, score.grade.name()),
            false => "\\- | not scored".to_owned(),
        };
        let parts = Part::ALL.map(|part| match judged {
            true => score.part(part).level.name(),
            false => "\\-",
        });
        let count = |severity| match groups.count(note, severity) {
            0 => String::new(),
            count => count.to_string(),
        };
        writeln!(
            out,
            "| {total} | {} | {} | {} | {} |",
            parts.join(" | "),
            count(Severity::Error),
            count(Severity::Warning),
            title(view, note),
        )?;
    }
    match order.len().saturating_sub(most) {
        0 => Ok(()),
        more => writeln!(
            out,
            "\nThe table leaves out {}.",
            plural(more, "better note", "better notes")
        ),
    }
}

/// Findings about files rather than notes.
fn problems(
    listing: &Listing,
    groups: &Groups,
    most: usize,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    if groups.general.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Problems with files\n")?;
    for found in groups.general.iter().take(most) {
        item(listing.of(found).words(), found, out)?;
    }
    match groups.general.len().saturating_sub(most) {
        0 => Ok(()),
        more => writeln!(out, "\n{}.", plural(more, "more problem", "more problems")),
    }
}

/// A note in full: its words, then what there is to say.
fn write(
    view: &View,
    listing: &Listing,
    groups: &Groups,
    note: usize,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    writeln!(out, "\n### {}\n", title(view, note))?;
    let words = view.report.notes[note].text.as_str();
    let mut quoted: String = words.chars().take(QUOTED).collect();
    if quoted.len() < words.len() {
        quoted.push('…');
    }
    for line in quoted.lines() {
        // Two spaces at the end keep the line break.
        writeln!(out, "> {}  ", words_of(line))?;
    }
    writeln!(out)?;
    for found in groups.gravest_first(note) {
        item(listing.of(found).within(), found, out)?;
    }
    Ok(())
}

/// A line of a note. Blanks at its start would make code of it.
fn words_of(line: &str) -> String {
    markdown(clean(line).trim())
}

/// `drafts/a.md:4 · Ana`
fn title(view: &View, note: usize) -> String {
    let place = place::of_note(view.report, view.sources, note);
    match recipient(&view.report.notes[note].recipient) {
        Some(name) => format!("{} · {}", markdown(&place), markdown(name.trim())),
        None => markdown(&place),
    }
}

/// One finding.
fn item(place: String, found: &Diagnostic, out: &mut dyn io::Write) -> io::Result<()> {
    write!(
        out,
        "- **{}** {}: {}",
        found.severity.name(),
        markdown(&place),
        markdown(&found.message)
    )?;
    if let Some(help) = &found.help {
        write!(out, "\\. {}", markdown(help))?;
    }
    writeln!(out, " ({})", markdown(&found.rule))?;
    for fix in &found.fixes {
        let texts: Vec<String> = fix
            .edits
            .iter()
            .map(|edit| markdown(edit.text.trim()))
            .collect();
        writeln!(
            out,
            "  - {}: {}",
            markdown(&fix.description),
            texts.join(" … ")
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::render::testing::Case;
    use crate::render::testing::blanks;
    use crate::score::Level;
    use crate::score::Part;

    #[test]
    fn the_worst_note_comes_first_with_its_findings() {
        let mut case = Case::default();
        let good = case.note("a.md", "Zoë 👋 hello", "Zoë");
        let bad = case.note("b_1.md", "# Buy\n    <b>now</b>", "Bo Li");
        case.score(good, &[(Part::Reference, Level::Specific, "hello")], &[]);
        case.score(bad, &[], &[]);
        let place = case.place(good, "hello");
        case.find(good, Severity::Info, "dull", "hello").fixes =
            vec![blanks(place, "begin it", "I saw ___.")];
        case.find(bad, Severity::Error, "shop", "<b>").help = Some("Don't!".into());
        let shown = case.show("markdown");
        let first = "# Connection notes\n\n2 notes&#58; 1 revise, 1 rewrite; mean score 20; 1 error, 1 info\n";
        assert!(shown.starts_with(first), "{shown}");
        let rows: Vec<&str> = shown
            .lines()
            .filter(|line| line.starts_with("| "))
            .collect();
        let row = "| 0 | rewrite | none | none | none | 1 |  | b\\_1\\.md&#58;1 · Bo Li |";
        assert_eq!((rows.len(), rows[1]), (3, row));
        let after = shown.split("## Note by note").nth(1).unwrap();
        let expected = "

### b\\_1\\.md&#58;1 · Bo Li

> \\# Buy  
> &lt;b&gt;now&lt;/b&gt;  

- **error** 2&#58;5: about \\`&lt;b&gt;\\`\\. Don't\\! (shop)

### a\\.md&#58;1 · Zoë

> Zoë 👋 hello  

- **info** 1&#58;7: about \\`hello\\` (dull)
  - begin it: I saw \\_\\_\\_\\.
";
        assert_eq!(after, expected);
        let (before, _) = shown.split_once("\n## Note by note").unwrap();
        case.options.quiet = true;
        assert_eq!(case.show("markdown"), before);
    }
}
