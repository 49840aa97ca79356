//! What plots have in common: a figure with a title, a description, a legend, and the numbers as a table.

use maud::Markup;
use maud::html;

use crate::render::clean::clean;
use crate::render::web::figure::figure;

/// How a kind of thing is filled: never by colour alone.
#[derive(Clone, Copy)]
pub(crate) enum Fill {
    /// All of it.
    Solid,
    /// Half of it: stripes.
    Hatched,
    /// Only its border.
    Hollow,
}

/// A kind of thing in a plot.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    /// What it is called.
    pub(crate) name: &'static str,
    /// The class that gives it its colour.
    pub(crate) class: &'static str,
    pub(crate) fill: Fill,
}

/// A row of numbers, one for each kind.
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) counts: Vec<usize>,
}

impl Row {
    pub(crate) fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// Numbers to be drawn.
pub(crate) struct Plot<'a> {
    /// An id of ours that no other plot of the page has.
    pub(crate) id: &'static str,
    pub(crate) title: &'a str,
    /// What is to be seen, in a sentence or two.
    pub(crate) description: String,
    pub(crate) kinds: Vec<Kind>,
    /// What the labels of the rows are.
    pub(crate) of_rows: &'static str,
    pub(crate) rows: Vec<Row>,
}

impl Plot<'_> {
    /// The figure around a drawing.
    pub(crate) fn figure(&self, height: usize, drawing: Markup) -> Markup {
        let more = html! {
            @if self.kinds.len() > 1 { (legend(&self.kinds)) }
            (self.table())
        };
        figure(
            self.id,
            self.title,
            &self.description,
            height,
            drawing,
            Some(more),
        )
    }

    /// The numbers, for those who do not see the drawing, and for those who want them exactly.
    fn table(&self) -> Markup {
        let head: Vec<&str> = self.kinds.iter().map(|kind| kind.name).collect();
        let rows = self.rows.iter().map(|row| {
            let counts = row.counts.iter().map(ToString::to_string);
            (row.label.clone(), counts.collect())
        });
        numbers(self.title, self.of_rows, &head, &rows.collect::<Vec<_>>())
    }
}

/// A table behind a click.
pub(crate) fn numbers(
    title: &str,
    of_rows: &str,
    head: &[&str],
    rows: &[(String, Vec<String>)],
) -> Markup {
    html! {
        details {
            summary { "The numbers" }
            table {
                caption { (title) }
                thead { tr { th scope="col" { (of_rows) } @for name in head { th scope="col" { (name) } } } }
                tbody {
                    @for (label, cells) in rows {
                        tr { th scope="row" { (clean(label)) } @for cell in cells { td { (cell) } } }
                    }
                }
            }
        }
    }
}

fn legend(kinds: &[Kind]) -> Markup {
    html! {
        ul.legend {
            @for kind in kinds {
                li {
                    svg.swatch aria-hidden="true" viewBox="0 0 14 14" { (filled(*kind, 1.0, 1.0, 12.0, 12.0)) }
                    (kind.name)
                }
            }
        }
    }
}

/// A rectangle of a kind.
pub(crate) fn filled(kind: Kind, x: f64, y: f64, width: f64, height: f64) -> Markup {
    let at = |value: f64| format!("{value:.1}");
    // A border lies half outside of what it borders.
    let (x, y) = (x + 0.75, y + 0.75);
    let (width, height) = ((width - 1.5).max(0.5), (height - 1.5).max(0.5));
    let class = match kind.fill {
        Fill::Hollow => format!("hollow {}", kind.class),
        _ => kind.class.to_owned(),
    };
    html! {
        rect class=(class) x=(at(x)) y=(at(y)) width=(at(width)) height=(at(height)) {}
        @if matches!(kind.fill, Fill::Hatched) {
            rect fill="url(#hatch)" x=(at(x)) y=(at(y)) width=(at(width)) height=(at(height)) {}
        }
    }
}
