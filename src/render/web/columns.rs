//! A histogram: columns side by side, each stacked of the kinds in it.

use maud::Markup;
use maud::html;

use crate::render::web::figure::WIDTH;
use crate::render::web::plot::Plot;
use crate::render::web::plot::filled;

/// The scale under the columns.
pub(crate) struct Scale {
    /// A number under the border before each column, where there is one to show; and one behind the last.
    pub(crate) ticks: Vec<Option<u32>>,
    /// Upright lines: before which column, and what they mean.
    pub(crate) lines: Vec<(usize, String)>,
}

/// Pixels above the highest column, of the highest column, and below.
const TOP: usize = 34;
const HIGH: usize = 120;
const BELOW: usize = 22;
/// Pixels left and right of all columns, for numbers at the borders.
const SIDE: f64 = 12.0;

/// Draws a histogram.
pub(crate) fn columns(plot: &Plot<'_>, scale: &Scale) -> Markup {
    let most = plot.rows.iter().map(|row| row.total()).max();
    let most = most.unwrap_or_default().max(1) as f64;
    let step = (WIDTH as f64 - 2.0 * SIDE) / plot.rows.len().max(1) as f64;
    let left = |column: usize| SIDE + step * column as f64;
    let at = |value: f64| format!("{value:.1}");
    let floor = TOP + HIGH;
    let high = |count: usize| count as f64 / most * HIGH as f64;
    let gap = if step > 8.0 { 2.0 } else { 0.5 };
    let drawing = html! {
        @for (line, words) in &scale.lines {
            @let x = left(*line);
            // Words stand on the side where there is room.
            @let (anchor, side) = if x > WIDTH as f64 / 2.0 { ("end", -4.0) } else { ("start", 4.0) };
            line.mark x1=(at(x)) x2=(at(x)) y1="4" y2=(floor) {}
            text x=(at(x + side)) y="13" text-anchor=(anchor) { (words) }
        }
        @for (column, row) in plot.rows.iter().enumerate() {
            @let mut under = floor as f64;
            @for (count, kind) in row.counts.iter().zip(&plot.kinds) {
                @if *count > 0 {
                    @let tall = high(*count);
                    ({ under -= tall; filled(*kind, left(column) + gap / 2.0, under, step - gap, tall) })
                }
            }
            @if row.total() > 0 {
                text x=(at(left(column) + step / 2.0)) y=(at(floor as f64 - high(row.total()) - 5.0)) text-anchor="middle" { (row.total()) }
            }
        }
        line.axis x1=(at(SIDE)) x2=(at(WIDTH as f64 - SIDE)) y1=(floor) y2=(floor) {}
        @for (border, tick) in scale.ticks.iter().enumerate() {
            @if let Some(tick) = tick {
                line.axis x1=(at(left(border))) x2=(at(left(border))) y1=(floor) y2=(floor + 4) {}
                text.soft x=(at(left(border))) y=(floor + 17) text-anchor="middle" { (tick) }
            }
        }
    };
    plot.figure(floor + BELOW, drawing)
}
