//! Lengths of a batch against the limit, drawn.

use maud::Markup;

use crate::render::web::columns::Scale;
use crate::render::web::columns::columns;
use crate::render::web::plot::Fill;
use crate::render::web::plot::Kind;
use crate::render::web::plot::Plot;
use crate::render::web::plot::Row;
use crate::render::words::plural;
use crate::report::Length;
use crate::report::Report;

/// How many lengths share a column: 1 to 25, 26 to 50, so that a limit lies on a border.
const STEP: u32 = 25;
/// How many borders apart the numbers below stand.
const TICKS: usize = 4;
/// Where the columns end if no note has a limit.
const USUAL: u32 = 300;

/// How many notes have which length.
pub(super) fn plot(report: &Report) -> Markup {
    let lengths: Vec<Length> = report
        .verdicts
        .iter()
        .map(|verdict| verdict.length)
        .collect();
    let mut limits: Vec<u32> = lengths.iter().filter_map(|length| length.limit).collect();
    limits.sort_unstable();
    limits.dedup();
    let over = lengths.iter().filter(|length| is_over(length)).count();
    let unlimited = lengths
        .iter()
        .filter(|length| length.limit.is_none())
        .count();
    let rows = rows(&lengths, limits.last().copied().unwrap_or(USUAL));
    let borders = (0..=rows.len()).map(|border| {
        let shown = border % TICKS == 0 && border < rows.len();
        shown.then_some(border as u32 * STEP)
    });
    let lines = limits.iter().map(|limit| {
        let border = limit.div_ceil(STEP) as usize;
        (border.min(rows.len()), format!("limit {limit}"))
    });
    let scale = Scale {
        ticks: borders.collect(),
        lines: lines.collect(),
    };
    let follow_ups = match unlimited {
        0 => String::new(),
        1 => " 1 follow-up has no limit.".to_owned(),
        many => format!(" {many} follow-ups have no limit."),
    };
    let longest = lengths.iter().map(|length| length.utf16).max();
    let mut plot = Plot {
        id: "plot-lengths",
        title: "Length against the limit",
        description: format!(
            "{} of {} too long. The longest has {} characters, counted as LinkedIn does: an emoji is two.{follow_ups}",
            over,
            plural(lengths.len(), "note", "notes"),
            longest.unwrap_or_default(),
        ),
        kinds: KINDS.to_vec(),
        of_rows: "characters",
        rows,
    };
    // A kind that nothing is of needs no place in the legend.
    if unlimited == 0 {
        plot.kinds.truncate(2);
        plot.rows.iter_mut().for_each(|row| row.counts.truncate(2));
    }
    columns(&plot, &scale)
}

const KINDS: [Kind; 3] = [
    Kind {
        name: "within the limit",
        class: "bar",
        fill: Fill::Solid,
    },
    Kind {
        name: "too long",
        class: "error",
        fill: Fill::Hatched,
    },
    Kind {
        name: "follow-up without a limit",
        class: "bar",
        fill: Fill::Hollow,
    },
];

fn is_over(length: &Length) -> bool {
    length.limit.is_some_and(|limit| length.utf16 > limit)
}

/// Columns up to half as much again as the limit; the last takes all that is longer.
fn rows(lengths: &[Length], limit: u32) -> Vec<Row> {
    let end = (limit + limit / 2).div_ceil(STEP);
    let mut rows: Vec<Row> = (0..=end)
        .map(|column| Row {
            label: match column {
                0 => format!("up to {STEP}"),
                column if column == end => format!("more than {}", column * STEP),
                column => format!("{} to {}", column * STEP + 1, (column + 1) * STEP),
            },
            counts: vec![0; KINDS.len()],
        })
        .collect();
    for length in lengths {
        let column = length.utf16.saturating_sub(1) / STEP;
        let kind = match length.limit {
            None => 2,
            Some(_) => usize::from(is_over(length)),
        };
        rows[column.min(end) as usize].counts[kind] += 1;
    }
    rows
}
