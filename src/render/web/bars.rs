//! A bar for each of a few amounts, with the amount beside it.

use maud::Markup;
use maud::html;

use crate::render::clean::clean;
use crate::render::web::figure::figure;

/// Pixels of a row, of the labels, of the longest bar.
const ROW: usize = 22;
const LEFT: usize = 110;
const LONGEST: usize = 200;

/// Draws bars. The numbers stand beside them, so that nobody has to measure.
pub(crate) fn bars(id: &str, title: &str, bars: &[(String, usize)]) -> Markup {
    let counts = bars.iter().map(|(_, count)| *count);
    let most = counts.max().unwrap_or_default().max(1);
    let height = bars.len() * ROW;
    let length = |count: usize| (count * LONGEST).div_ceil(most);
    let told = bars
        .iter()
        .map(|(label, count)| format!("{label}: {count}"));
    let told = told.collect::<Vec<String>>().join("; ");
    let drawing = html! {
        @for (number, (label, count)) in bars.iter().enumerate() {
            text x=(LEFT - 8) y=(number * ROW + 15) text-anchor="end" { (clean(label)) }
            rect.bar x=(LEFT) y=(number * ROW + 3) width=(length(*count)) height=(ROW - 6) rx="2" {}
            text x=(LEFT + length(*count) + 6) y=(number * ROW + 15) { (count) }
        }
    };
    figure(id, title, &told, height, drawing, None)
}
