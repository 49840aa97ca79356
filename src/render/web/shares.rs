//! Wholes and their shares: a bar of full length for each row, cut into the kinds.

use maud::Markup;
use maud::html;

use crate::render::clean::clean;
use crate::render::web::figure::WIDTH;
use crate::render::web::plot::Plot;
use crate::render::web::plot::filled;

/// Pixels of a row with its words, and of the bar in it.
const ROW: usize = 52;
const BAR: f64 = 20.0;

/// Draws the shares. Names and numbers stand above each bar.
pub(crate) fn shares(plot: &Plot<'_>) -> Markup {
    let drawing = html! {
        @for (number, row) in plot.rows.iter().enumerate() {
            @let top = number * ROW;
            @let said = row.counts.iter().zip(&plot.kinds).map(|(count, kind)| format!("{count} {}", kind.name));
            text.strong x="0" y=(top + 16) { (clean(&row.label)) }
            text.soft x=(WIDTH) y=(top + 16) text-anchor="end" { (said.collect::<Vec<String>>().join(" · ")) }
            @let mut from = 0.0;
            @for (count, kind) in row.counts.iter().zip(&plot.kinds) {
                @if *count > 0 {
                    @let wide = *count as f64 / row.total() as f64 * WIDTH as f64;
                    ({ from += wide; filled(*kind, from - wide, top as f64 + 23.0, wide, BAR) })
                }
            }
        }
    };
    plot.figure(plot.rows.len() * ROW, drawing)
}
