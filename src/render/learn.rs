//! What went with acceptance, as a table, as JSON, and as weights for a configuration.

use std::io;

use serde::Serialize;

use crate::learn::Learned;
use crate::learn::Verdict;
use crate::learn::Weights;
use crate::render::Options;
use crate::render::clean::clean;
use crate::render::paint;
use crate::render::paint::Paint;
use crate::render::words::plural;
use crate::render::wrap::columns;
use crate::render::wrap::hang;
use crate::render::wrap::shorten;
use crate::score::Level;
use crate::score::Part;

/// All that an output may look at.
#[derive(Clone, Copy, Debug)]
pub struct LearnView<'a> {
    /// What can be said of each trait.
    pub learned: &'a [Learned],
    /// Invitations that had time for an answer.
    pub mature: usize,
    /// Those that were accepted.
    pub accepted: usize,
    /// Weights that the user may adopt.
    pub weights: Option<Weights>,
    /// Groups smaller than this are too few.
    pub too_few: usize,
    /// How to write.
    pub options: &'a Options,
}

/// Traits of each verdict that are shown unless all are asked for.
const SHOWN: usize = 12;
/// Columns of the numbers behind a description.
const NUMBERS: usize = 42;

/// Writes a table for people.
pub fn learn_terminal(view: &LearnView<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let options = view.options;
    let width = options.prose();
    let mut prose = |text: &str| writeln!(out, "{}", hang(text, 0, 0, width));
    prose(&format!(
        "{} of {} were accepted, of those that had time for an answer.",
        view.accepted,
        plural(view.mature, "invitation", "invitations")
    ))?;
    let of = |verdict: Verdict| {
        view.learned
            .iter()
            .filter(move |one| one.verdict == verdict)
    };
    for (verdict, title) in [
        (Verdict::More, "Goes with more acceptances"),
        (Verdict::Fewer, "Goes with fewer acceptances"),
        (Verdict::Nothing, "No difference that chance could not make"),
    ] {
        section(view, title, of(verdict).collect(), out)?;
    }
    let few = of(Verdict::TooFew).count();
    let mut prose = |text: &str| writeln!(out, "{}", hang(text, 0, 0, width));
    if few > 0 {
        prose(&format!(
            "\nToo few to say of {}: fewer than {} invitations with or without, or hardly any answer. That is normal for a small history.",
            plural(few, "thing more", "things more"),
            view.too_few
        ))?;
    }
    prose(&match view.weights {
        Some(_) => "\n`--write FILE` writes weights for the three parts that lean towards this; put them into connote.toml if you want them.".to_owned(),
        None => "\nThis shows nothing of the three parts of the formula, so the published weights stay.".to_owned(),
    })?;
    prose(
        "\nOdds: how many times as likely, in odds, an acceptance was with it as without; with the interval that is left after correcting for the number of things looked at (Fisher's exact test, Holm's correction, 5 % for all together). What goes with acceptance need not be its cause.",
    )
}

fn section(
    view: &LearnView<'_>,
    title: &str,
    learned: Vec<&Learned>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    if learned.is_empty() {
        return Ok(());
    }
    let options = view.options;
    let paint = Paint {
        color: options.color,
    };
    let shown = if options.all { usize::MAX } else { SHOWN };
    let wide = learned
        .iter()
        .take(shown)
        .map(|one| columns(&one.subject.about));
    let room = options.prose().saturating_sub(NUMBERS);
    let wide = wide.max().unwrap_or_default().max(columns(title)).min(room);
    let head = format!(
        "{title}{}",
        " ".repeat((wide + 2).saturating_sub(columns(title)))
    );
    let head = format!("{head}    with  without  odds");
    writeln!(out, "\n{}", paint.lay(paint::BOLD, head))?;
    for one in learned.iter().take(shown) {
        let about = shorten(&clean(&one.subject.about), wide, options.unicode);
        let fill = " ".repeat(wide.saturating_sub(columns(&about)));
        let percent = |yes: usize, all: usize| yes as f64 / all.max(1) as f64 * 100.0;
        let table = &one.table;
        let line = format!(
            "  {about}{fill}  {:>4.0} %  {:>5.0} %  {:.1} ({:.1} to {:.1})",
            percent(table.with_yes, table.with()),
            percent(table.without_yes, table.without()),
            one.odds_ratio,
            one.low,
            one.high,
        );
        writeln!(out, "{line}")?;
    }
    match learned.len().saturating_sub(shown) {
        0 => Ok(()),
        more => writeln!(out, "  ... and {more} more (--all shows all)"),
    }
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    about: &'a str,
    verdict: &'a str,
    with: [usize; 2],
    without: [usize; 2],
    odds_ratio: f64,
    low: f64,
    high: f64,
    probability: Option<f64>,
}

/// Writes one JSON document, version 1. `with` and `without` are accepted and all.
pub fn learn_json(view: &LearnView<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    write!(
        out,
        "{{\"version\":1,\"mature\":{},\"accepted\":{},\"weights\":",
        view.mature, view.accepted
    )?;
    let weights = view.weights.map(
        |weights| serde_json::json!({"specific": weights.specific, "generic": weights.generic}),
    );
    serde_json::to_writer(&mut *out, &weights)?;
    out.write_all(b",\n\"traits\":[")?;
    for (number, one) in view.learned.iter().enumerate() {
        let table = &one.table;
        let rounded = |value: f64| (value * 1e4).round() / 1e4;
        let row = Row {
            id: &one.subject.id,
            about: &one.subject.about,
            verdict: one.verdict.name(),
            with: [table.with_yes, table.with()],
            without: [table.without_yes, table.without()],
            odds_ratio: rounded(one.odds_ratio),
            low: rounded(one.low),
            high: rounded(one.high),
            probability: one.probability,
        };
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &row)?;
    }
    out.write_all(b"\n]\n}\n")
}

/// Writes weights as tables of a configuration.
pub fn learn_weights(
    view: &LearnView<'_>,
    weights: &Weights,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    writeln!(
        out,
        "# Weights that lean towards what went with acceptance in your own history: {} of {} invitations.\n# Made by `connote learn`. They hold once they stand in your connote.toml; the published ones are 40, 30, 30.\n",
        view.accepted, view.mature
    )?;
    for part in Part::ALL {
        let number = part as usize;
        writeln!(
            out,
            "[score.{}]\n{} = {}\n{} = {}\n",
            part.name(),
            Level::Specific.name(),
            weights.specific[number],
            Level::Generic.name(),
            weights.generic[number]
        )?;
    }
    Ok(())
}
