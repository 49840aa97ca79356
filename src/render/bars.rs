//! The three parts of the formula as small bars.

use crate::render::Options;
use crate::render::paint;
use crate::render::paint::Paint;
use crate::score::Level;
use crate::score::Part;
use crate::score::Score;

/// The bar of a level.
pub(crate) fn bar(level: Level, options: &Options) -> String {
    let shown = match (level, options.unicode) {
        (Level::None, true) => "····",
        (Level::Generic, true) => "██··",
        (Level::Specific, true) => "████",
        (Level::None, false) => "....",
        (Level::Generic, false) => "##..",
        (Level::Specific, false) => "####",
    };
    let paint = Paint {
        color: options.color,
    };
    paint.lay(paint::level(level), shown).to_string()
}

/// All three with their names and levels, on one line.
pub(crate) fn named(score: &Score, options: &Options) -> String {
    let paint = Paint {
        color: options.color,
    };
    let parts = Part::ALL.map(|part| {
        let level = score.part(part).level;
        let word = paint.lay(paint::level(level), level.name());
        format!("{} {} {word}", part.name(), bar(level, options))
    });
    parts.join("   ")
}
