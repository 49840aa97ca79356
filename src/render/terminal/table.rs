//! All notes at a glance, the lowest score first.

use std::io;

use crate::diagnostic::Severity;
use crate::render::View;
use crate::render::bars;
use crate::render::clean::clean;
use crate::render::groups::Groups;
use crate::render::paint;
use crate::render::paint::Paint;
use crate::render::place;
use crate::render::words::plural;
use crate::render::words::recipient;
use crate::render::wrap::columns;
use crate::render::wrap::shorten;
use crate::render::wrap::shorten_front;
use crate::score::Part;

/// The head of the table.
const HEAD: &str = "score  grade    reference reason value  err warn  note";
/// Columns left of the last one.
const LEFT: usize = HEAD.len() - "note".len();
/// What the last column has at least, however narrow the terminal.
const LEAST: usize = 16;

/// Writes the table, with at most `rows` rows unless all are asked for.
pub(super) fn write(
    view: &View,
    groups: &Groups,
    rows: usize,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let options = view.options;
    let paint = Paint {
        color: options.color,
    };
    let shown = if options.all { usize::MAX } else { rows };
    writeln!(out, "{}", paint.lay(paint::BOLD, HEAD))?;
    for note in groups.worst_first(view.report).into_iter().take(shown) {
        let Some(verdict) = view.report.verdicts.get(note) else {
            continue;
        };
        let score = &verdict.score;
        let judged = verdict.unjudged.is_none();
        let [reference, reason, value] = Part::ALL.map(|part| match judged {
            true => bars::bar(score.part(part).level, options),
            false => "-   ".to_owned(),
        });
        let count = |severity| match groups.count(note, severity) {
            0 => String::new(),
            count => count.to_string(),
        };
        let errors = format!("{:>3}", count(Severity::Error));
        let warnings = format!("{:>4}", count(Severity::Warning));
        let (total, grade, style) = match judged {
            true => (
                score.total.to_string(),
                score.grade.name(),
                paint::grade(score.grade),
            ),
            false => ("-".to_owned(), "-", anstyle::Style::new()),
        };
        let grade = format!("{grade:<7}");
        let room = options.width.saturating_sub(LEFT).max(LEAST);
        let row = format!(
            "{:>5}  {}  {reference}      {reason}   {value}   {} {}  {}",
            total,
            paint.lay(style, grade),
            paint.lay(paint::severity(Severity::Error), errors),
            paint.lay(paint::severity(Severity::Warning), warnings),
            who(view, note, room),
        );
        writeln!(out, "{}", row.trim_end())?;
    }
    let more = view.report.notes.len().saturating_sub(shown);
    if more > 0 {
        let notes = plural(more, "more note", "more notes");
        writeln!(out, "... and {notes} (--all shows all)")?;
    }
    Ok(())
}

/// Which note, and for whom. A long path loses its beginning rather than its end.
fn who(view: &View, index: usize, room: usize) -> String {
    let unicode = view.options.unicode;
    let note = &view.report.notes[index];
    let mut id = clean(&note.id).into_owned();
    if id.is_empty() {
        id = place::of_note(view.report, view.sources, index);
    }
    let Some(name) = recipient(&note.recipient) else {
        return shorten_front(&id, room, unicode);
    };
    let name = shorten(&name, room / 2, unicode);
    let id = shorten_front(&id, room.saturating_sub(columns(&name) + 2), unicode);
    format!("{id}  {name}")
}
