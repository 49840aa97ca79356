//! The words of a note with marks: evidence underlined, each part in its own way, and findings framed and
//! numbered.

use std::ops::Range;

use maud::Markup;
use maud::html;

use crate::diagnostic::Severity;
use crate::render::web::words::words;
use crate::score::Part;

/// Words that are evidence of a part.
pub(super) struct Underline {
    pub(super) place: Range<usize>,
    pub(super) part: Part,
}

/// Words that a finding is about.
pub(super) struct Frame {
    pub(super) place: Range<usize>,
    pub(super) severity: Severity,
    /// The finding's number in its note; none for a further place of one that has its number elsewhere.
    pub(super) number: Option<usize>,
}

impl Frame {
    /// A frame around nearly everything would mark nothing.
    fn is_drawn(&self, text: &str) -> bool {
        !self.place.is_empty() && self.place.len() * 5 < text.len() * 4
    }

    /// Where its number stands.
    fn badge(&self) -> usize {
        self.place.end
    }
}

/// A stretch of the text that begins with badges and in which every mark holds for all of it.
struct Stretch<'a> {
    text: &'a str,
    badges: Vec<&'a Frame>,
    /// The gravest finding about it.
    framed: Option<Severity>,
    parts: [bool; 3],
}

/// The words with their marks. `id` is that of the note on the page.
pub(super) fn marked(id: &str, text: &str, underlines: &[Underline], frames: &[Frame]) -> Markup {
    let stretches = stretches(text, underlines, frames);
    // What is framed alike and not parted by a number has one frame.
    let groups =
        stretches.chunk_by(|one, next| one.framed == next.framed && next.badges.is_empty());
    html! {
        @for group in groups {
            @for stretch in group { @for frame in &stretch.badges { (badge(id, frame)) } }
            @match group.first().and_then(|stretch| stretch.framed) {
                Some(severity) => span class=(format!("framed {}", severity.name())) { (underlined(group)) },
                None => (underlined(group)),
            }
        }
    }
}

fn stretches<'a>(text: &'a str, underlines: &[Underline], frames: &'a [Frame]) -> Vec<Stretch<'a>> {
    let mut borders = vec![0, text.len()];
    let places = underlines.iter().map(|underline| &underline.place);
    for place in places.chain(frames.iter().map(|frame| &frame.place)) {
        borders.extend([place.start, place.end]);
    }
    borders.retain(|border| text.is_char_boundary(*border));
    borders.sort_unstable();
    borders.dedup();
    // The last is empty, for badges behind all words.
    let ends = borders.iter().copied().skip(1).chain([text.len()]);
    let stretch = |(from, to): (usize, usize)| {
        let covers = |place: &Range<usize>| place.start <= from && to <= place.end && from < to;
        let framed = frames
            .iter()
            .filter(|frame| frame.is_drawn(text) && covers(&frame.place));
        let has = |part: Part| {
            let mut of_part = underlines.iter().filter(|underline| underline.part == part);
            of_part.any(|underline| covers(&underline.place))
        };
        Stretch {
            text: &text[from..to],
            badges: frames
                .iter()
                .filter(|frame| frame.number.is_some() && frame.badge() == from)
                .collect(),
            framed: framed.map(|frame| frame.severity).max(),
            parts: Part::ALL.map(has),
        }
    };
    borders.iter().copied().zip(ends).map(stretch).collect()
}

fn underlined(group: &[Stretch<'_>]) -> Markup {
    html! { @for stretch in group { (nested(stretch, &Part::ALL)) } }
}

/// One element inside the other for each part, so that each draws its own line.
fn nested(stretch: &Stretch<'_>, parts: &[Part]) -> Markup {
    let Some((part, rest)) = parts.split_first() else {
        return words(stretch.text);
    };
    match stretch.parts[*part as usize] {
        true => html! { mark class=(part.name()) { (nested(stretch, rest)) } },
        false => nested(stretch, rest),
    }
}

fn badge(id: &str, frame: &Frame) -> Markup {
    html! {
        @if let Some(number) = frame.number {
            @let (label, sign) = match frame.place.is_empty() {
                true => (format!("finding {number}: something is missing here"), "+"),
                false => (format!("finding {number}"), ""),
            };
            a class=(format!("badge {}", frame.severity.name())) href=(format!("#{id}-{number}")) aria-label=(label) { (sign) (number) }
        }
    }
}
