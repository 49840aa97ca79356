//! A figure: a drawing with a title and a description that can be read aloud.

use maud::Markup;
use maud::html;

use crate::render::clean::clean;

/// The width of every drawing, in its own pixels.
pub(crate) const WIDTH: usize = 360;

/// A drawing with its title and description, and what belongs below it.
pub(crate) fn figure(
    id: &str,
    title: &str,
    description: &str,
    height: usize,
    drawing: Markup,
    more: Option<Markup>,
) -> Markup {
    html! {
        figure id=(id) {
            figcaption { (clean(title)) }
            svg role="img" aria-labelledby=(format!("{id}-title {id}-text")) viewBox=(format!("0 0 {WIDTH} {height}")) {
                title id=(format!("{id}-title")) { (clean(title)) }
                desc id=(format!("{id}-text")) { (clean(description)) }
                (drawing)
            }
            @if let Some(more) = more { (more) }
        }
    }
}
