//! A table of amounts as a picture: the more in a field, the fuller it is.

use maud::Markup;
use maud::html;

use crate::render::web::figure::WIDTH;

/// A field that is not empty.
pub(crate) struct Cell {
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) count: usize,
    /// Drawn with a broken border.
    pub(crate) doubtful: bool,
}

/// Pixels of the row labels, the head, and a row.
const LEFT: f64 = 36.0;
const HEAD: usize = 20;
const ROW: usize = 24;

/// How high the drawing is.
pub(crate) fn height(rows: usize) -> usize {
    HEAD + rows * ROW
}

/// Draws fields. A column's label stands at its left border; those that are too many are left out.
pub(crate) fn grid(rows: &[&str], columns: &[String], cells: &[Cell]) -> Markup {
    let step = (WIDTH as f64 - LEFT) / columns.len().max(1) as f64;
    let at = |value: f64| format!("{value:.1}");
    let most = cells.iter().map(|cell| cell.count).max();
    let most = most.unwrap_or_default().max(1) as f64;
    let every = (26.0 / step).ceil() as usize;
    let x = |column: usize| LEFT + step * column as f64;
    let y = |row: usize| HEAD + row * ROW;
    html! {
        @for (column, label) in columns.iter().enumerate() {
            @if column % every == 0 { text.soft x=(at(x(column))) y="13" { (label) } }
        }
        @for (row, label) in rows.iter().enumerate() {
            text x="0" y=(y(row) + 16) { (label) }
            line.axis x1=(at(LEFT)) x2=(WIDTH) y1=(y(row) + ROW) y2=(y(row) + ROW) {}
        }
        @for cell in cells {
            @let (left, top) = (x(cell.column), y(cell.row));
            rect.cell.doubtful[cell.doubtful] x=(at(left + 1.0)) y=(top + 2) width=(at(step - 2.0)) height=(ROW - 4) rx="2" fill-opacity=(format!("{:.2}", 0.12 + 0.3 * cell.count as f64 / most)) {}
            text.strong x=(at(left + step / 2.0)) y=(top + 16) text-anchor="middle" { (cell.count) }
        }
    }
}
