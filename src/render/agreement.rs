//! How well verdicts agree with labels, as a table and as JSON.

use std::io;

use serde::Serialize;

use crate::agreement::Agreement;
use crate::agreement::Contribution;
use crate::agreement::FLAGS;
use crate::agreement::Hits;
use crate::render::Options;
use crate::render::clean::clean;
use crate::render::paint;
use crate::render::paint::Paint;
use crate::render::words::plural;
use crate::render::wrap::columns;
use crate::render::wrap::hang;
use crate::render::wrap::shorten;
use crate::score::Part;

/// Signals and rules that are shown unless all are asked for.
const SHOWN: usize = 15;
/// Columns of the numbers behind an id.
const NUMBERS: usize = 40;

/// Writes tables for people.
pub fn agreement_terminal(
    agreement: &Agreement,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let paint = Paint {
        color: options.color,
    };
    writeln!(
        out,
        "{} with labels\n",
        plural(agreement.notes, "note", "notes")
    )?;
    let head = "part         kappa   specific: precision  recall     F1";
    writeln!(out, "{}", paint.lay(paint::BOLD, head))?;
    for part in Part::ALL {
        let found = &agreement.parts[part as usize];
        let (precision, recall, f1) = figures(&found.specific);
        writeln!(
            out,
            "{:<11} {:>6}   {precision:>19}  {recall:>6} {f1:>6}",
            part.name(),
            figure(found.kappa)
        )?;
    }
    let head = "flag                             precision  recall     F1";
    writeln!(out, "\n{}", paint.lay(paint::BOLD, head))?;
    for (name, hits) in FLAGS.iter().zip(&agreement.flags) {
        let (precision, recall, f1) = figures(hits);
        writeln!(
            out,
            "{name:<11} {:>6}   {precision:>19}  {recall:>6} {f1:>6}",
            ""
        )?;
    }
    let score = figure(agreement.score);
    writeln!(
        out,
        "\nscore against the sum of the labels, by rank: {score}\n"
    )?;
    contributions(agreement, options, out)
}

fn contributions(
    agreement: &Agreement,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let width = options.prose();
    let room = width.saturating_sub(NUMBERS).max(20);
    let paint = Paint {
        color: options.color,
    };
    let all = &agreement.contributions;
    let shown: Vec<&Contribution> = match options.all || all.len() <= 2 * SHOWN {
        true => all.iter().collect(),
        false => all
            .iter()
            .take(SHOWN)
            .chain(&all[all.len() - SHOWN..])
            .collect(),
    };
    let head = format!(
        "{:<room$}  hits  right  precision  alone   worth",
        "signal or rule"
    );
    writeln!(out, "{}", paint.lay(paint::BOLD, head))?;
    for (number, one) in shown.iter().enumerate() {
        if number == SHOWN && shown.len() < all.len() {
            let more = all.len() - shown.len();
            writeln!(out, "... {more} between these (--all shows all)")?;
        }
        let id = shorten(&clean(&one.id), room, options.unicode);
        let fill = " ".repeat(room.saturating_sub(columns(&id)));
        let precision = figure(Some(one.right as f64 / one.hits.max(1) as f64));
        let worth = one
            .worth
            .map_or("-".to_owned(), |worth| format!("{worth:+.3}"));
        writeln!(
            out,
            "{id}{fill}  {:>4}  {:>5}  {precision:>9}  {:>5}  {worth:>6}",
            one.hits, one.right, one.alone
        )?;
    }
    const ABOUT: &str = "Right: the label of the note bears it out (at least the signal's level; the rule's flag; else a weak note). Alone: the verdict would be another without it. Worth: by how much the kappa of its part, or the F1 of its flag, falls without it; what is negative does harm here. That of signals is told before all words are weighed; that of the rules that weigh them (`on-the-whole`) is what weighing adds, and right is what it brings nearer to its label.";
    writeln!(out, "\n{}", hang(ABOUT, 0, 0, width))
}

fn figure(value: Option<f64>) -> String {
    value.map_or("-".to_owned(), |value| format!("{value:.3}"))
}

fn figures(hits: &Hits) -> (String, String, String) {
    (
        figure(hits.precision()),
        figure(hits.recall()),
        figure(hits.f1()),
    )
}

#[derive(Serialize)]
struct HitsRow {
    precision: Option<f64>,
    recall: Option<f64>,
    f1: Option<f64>,
}

impl From<&Hits> for HitsRow {
    fn from(hits: &Hits) -> Self {
        Self {
            precision: hits.precision(),
            recall: hits.recall(),
            f1: hits.f1(),
        }
    }
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    part: Option<&'static str>,
    strength: Option<&'static str>,
    flag: Option<&'static str>,
    hits: usize,
    right: usize,
    alone: usize,
    worth: Option<f64>,
}

/// Writes one JSON document, version 1.
pub fn agreement_json(agreement: &Agreement, out: &mut dyn io::Write) -> io::Result<()> {
    let parts: serde_json::Map<String, serde_json::Value> = Part::ALL
        .iter()
        .map(|part| {
            let found = &agreement.parts[*part as usize];
            let specific = HitsRow::from(&found.specific);
            let value = serde_json::json!({"kappa": found.kappa, "specific": specific});
            (part.name().to_owned(), value)
        })
        .collect();
    let flags: serde_json::Map<String, serde_json::Value> = FLAGS
        .iter()
        .zip(&agreement.flags)
        .map(|(name, hits)| ((*name).to_owned(), serde_json::json!(HitsRow::from(hits))))
        .collect();
    let rows: Vec<Row<'_>> = agreement
        .contributions
        .iter()
        .map(|one| Row {
            id: &one.id,
            part: one.signal.map(|(part, _)| part.name()),
            strength: one.signal.map(|(_, level)| level.name()),
            flag: one.flag,
            hits: one.hits,
            right: one.right,
            alone: one.alone,
            worth: one.worth,
        })
        .collect();
    let document = serde_json::json!({
        "version": 1,
        "notes": agreement.notes,
        "parts": parts,
        "flags": flags,
        "score": agreement.score,
        "rules": rows,
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}
