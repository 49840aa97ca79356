//! `connote rules`: the list of rules, and rules tried on their own examples.

use std::io::Write;
use std::path::Path;

use connote::diagnostic::Diagnostic;
use connote::diagnostic::Severity;
use connote::lint;
use connote::lint::Failure as Failed;
use connote::render::clean::clean;
use connote::report::Report;
use connote::ruleset::Rule;
use connote::span::Span;
use connote::toml_doc::Problems;
use serde::Serialize;

use crate::args::ListArgs;
use crate::args::TestArgs;
use crate::environment::Environment;
use crate::options::FileArgs;
use crate::options::GateArgs;
use crate::options::RuleArgs;
use crate::reference;
use crate::session::HERE;
use crate::session::Session;
use crate::session::show;
use crate::status::Failure;
use crate::status::Status;
use crate::words::first_sentence;

/// The level of a rule in a word. Signals give points instead of findings and have none.
pub(crate) fn level_of(rule: &Rule) -> &'static str {
    match rule.level {
        _ if !rule.active => "off",
        Some(level) => level.name(),
        None => "-",
    }
}

pub(crate) fn list(args: &ListArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let environment = Environment::new(args.color.color, args.width, false);
    let mut session = Session::new(&args.rules, &FileArgs::default(), &GateArgs::default())?;
    let set = session.rule_set_of(Path::new(HERE));
    if session.must_stop() {
        return session.stop(&environment.options(), &args.format, out);
    }
    let rules = session.rule_sets[set].rules();
    match args.format.as_str() {
        "json" => list_json(rules, out)?,
        "markdown" => reference::write(&session.all_packs(), rules, out)?,
        _ => list_table(rules, environment, out)?,
    }
    Ok(Status::Clean)
}

/// The list as a document. Keys may be added, none is removed.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    rules: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    kind: &'a str,
    /// None for signals, and for rules that are off.
    level: Option<&'a str>,
    active: bool,
    pack: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    why: &'a str,
}

impl<'a> From<&'a Rule> for Row<'a> {
    fn from(rule: &'a Rule) -> Self {
        Self {
            id: &rule.id,
            kind: rule.kind,
            level: rule.level.map(|level| level.name()),
            active: rule.active,
            pack: &rule.pack,
            message: &rule.message,
            help: rule.help.as_deref(),
            why: &rule.why,
        }
    }
}

fn list_json(rules: &[Rule], out: &mut dyn Write) -> Result<(), Failure> {
    let document = Document {
        version: 1,
        rules: rules.iter().map(Row::from).collect(),
    };
    let text = serde_json::to_string_pretty(&document).map_err(std::io::Error::from)?;
    writeln!(out, "{text}")?;
    Ok(())
}

/// Columns of the table that can be left out.
const LEVEL: usize = 1;
const KIND: usize = 2;
const PACK: usize = 3;
const SAYS: usize = 4;
/// What a rule says needs so many letters to say anything.
const LEAST: usize = 30;

fn list_table(
    rules: &[Rule],
    environment: Environment,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    const HEAD: [&str; 5] = ["rule", "level", "kind", "pack", "says"];
    let row = |rule: &Rule| {
        let message = first_sentence(&rule.message);
        [&rule.id, level_of(rule), rule.kind, &rule.pack, message]
            .map(|cell| clean(cell).to_string())
    };
    let rows: Vec<[String; 5]> = rules.iter().map(row).collect();
    let mut widths = HEAD.map(str::len);
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let width = usize::from(environment.width);
    let shown = fitting(widths, width);
    let before = shown.iter().filter(|&&column| column != SAYS);
    let before: usize = before.map(|&column| widths[column] + 2).sum();
    widths[SAYS] = widths[SAYS].min(width.saturating_sub(before));
    let bold = match environment.color {
        true => anstyle::Style::new().bold(),
        false => anstyle::Style::new(),
    };
    let head = HEAD.map(str::to_owned);
    for (number, row) in std::iter::once(&head).chain(&rows).enumerate() {
        let style = if number == 0 {
            bold
        } else {
            anstyle::Style::new()
        };
        let cells = shown.iter().map(|&column| match column {
            SAYS => cut(&row[SAYS], widths[SAYS]),
            _ => format!("{:1$}", row[column], widths[column]),
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        writeln!(out, "{style}{}{style:#}", line.trim_end())?;
    }
    Ok(())
}

/// The columns of the table for which there is room. What a rule says is worth more than where it comes
/// from, but not in a few letters; the id always stays.
fn fitting(widths: [usize; 5], width: usize) -> Vec<usize> {
    const LEFT_OUT: [&[usize]; 7] = [
        &[],
        &[PACK],
        &[PACK, KIND],
        &[SAYS],
        &[SAYS, PACK],
        &[SAYS, PACK, KIND],
        &[SAYS, PACK, KIND, LEVEL],
    ];
    let mut shown = Vec::new();
    for left_out in LEFT_OUT {
        shown = (0..widths.len())
            .filter(|column| !left_out.contains(column))
            .collect();
        let least = |&column: &usize| match column {
            SAYS => widths[SAYS].min(LEAST),
            _ => widths[column],
        };
        let needed: usize = shown.iter().map(|column| least(column) + 2).sum();
        if needed <= width + 2 {
            break;
        }
    }
    shown
}

/// At most this many characters, with dots for what is left out.
fn cut(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let kept: String = text.chars().take(room.saturating_sub(3)).collect();
    format!("{}...", kept.trim_end())
}

pub(crate) fn test(args: &TestArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let environment = Environment::new(args.color.color, None, false);
    let rules = RuleArgs {
        packs: args.packs.clone(),
        // Named packs are tried as they are; without any, what holds here is tried.
        isolated: !args.packs.is_empty(),
        ..RuleArgs::default()
    };
    let session = Session::new(&rules, &FileArgs::default(), &GateArgs::default())?;
    let mut session = session.with_everything();
    let number = session.rule_set_of(Path::new(HERE));
    if session.must_stop() {
        return session.stop(&environment.options(), "terminal", out);
    }
    // A pack named on the command line that could not be read.
    if session.tell_errors() {
        return Ok(Status::Trouble);
    }
    let mut problems = Problems::new("rule-pack");
    let failures = lint::rule_tests(&mut session.rule_sets[number], &mut problems);
    // With packs of one's own, only they are of interest: one's own rules may well find
    // something in the examples of the built-in ones.
    let own = &session.own_files;
    let is_tried = |span: Span| own.is_empty() || own.contains(&span.file);
    let rules = session.rule_sets[number].said();
    let count = rules.filter(|rule| is_tried(rule.span)).count();
    let mut report = Report {
        diagnostics: problems.found,
        ..Report::default()
    };
    for failure in failures {
        let Failed {
            rule,
            message,
            span,
        } = failure;
        let problem = Diagnostic::problem(&rule, Severity::Error, span, message);
        report.diagnostics.push(problem);
    }
    report
        .diagnostics
        .retain(|problem| is_tried(problem.span()));
    show(
        &report,
        &session.sources,
        &environment.options(),
        "short",
        out,
    )?;
    let rules = if count == 1 {
        "1 rule".to_owned()
    } else {
        format!("{count} rules")
    };
    match report.diagnostics.len() {
        0 => writeln!(out, "{rules}: every example does what it should")?,
        1 => writeln!(out, "{rules}: 1 example does not do what it should")?,
        failed => writeln!(out, "{rules}: {failed} examples do not do what they should")?,
    }
    Ok(match report.diagnostics.is_empty() {
        true => Status::Clean,
        false => Status::Findings,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_left_out_where_there_is_no_room() {
        let widths = [24, 7, 14, 9, 90];
        for (width, shown) in [
            (92, &[0, 1, 2, 3, 4][..]),
            (91, &[0, 1, 2, 4]),
            (81, &[0, 1, 2, 4]),
            (80, &[0, 1, 4]),
            (65, &[0, 1, 4]),
            (64, &[0, 1, 2, 3]),
            (59, &[0, 1, 2]),
            (48, &[0, 1]),
            (32, &[0]),
            (10, &[0]),
        ] {
            assert_eq!(fitting(widths, width), shown, "{width}");
        }
    }

    #[test]
    fn long_sentences_are_cut_at_a_character() {
        assert_eq!(cut("äöüäöü", 6), "äöüäöü");
        assert_eq!(cut("äö üäöü", 6), "äö...");
    }
}
