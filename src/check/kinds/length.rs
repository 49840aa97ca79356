//! `length`: longer than the account may send, or too short to say anything.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::NoteCheck;
use crate::check::NoteContext;
use crate::toml_doc::Table;

pub(super) static KIND: Kind = Kind {
    name: "length",
    about: "a note that is longer than the account may send, or too short to say anything",
    parameters: &[
        ("max_free", "the most that a free account may send"),
        ("max_paid", "the most that a paid account may send"),
        ("min", "the least that can say something"),
        (
            "unit",
            "utf16 (an emoji is two, as LinkedIn is taken to count) or characters",
        ),
    ],
    holes: &["length", "limit", "over", "account", "unit", "characters"],
    groups: false,
    build,
};

#[derive(Clone, Copy)]
enum Unit {
    Utf16,
    Characters,
}

impl Unit {
    /// What so many of them are called.
    fn name(self, count: u32) -> &'static str {
        match (self, count) {
            (Self::Utf16, 1) => "UTF-16 unit",
            (Self::Utf16, _) => "UTF-16 units",
            (Self::Characters, 1) => "character",
            (Self::Characters, _) => "characters",
        }
    }
}

struct Length {
    max_free: Option<u32>,
    max_paid: Option<u32>,
    min: Option<u32>,
    unit: Unit,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let units = [("utf16", Unit::Utf16), ("characters", Unit::Characters)];
    let unit = table
        .choice("unit", &units, build.problems)
        .map_or(Unit::Utf16, |unit| unit.value);
    let mut count = |key| table.count(key, build.problems).map(|count| count.value);
    let check = Length {
        max_free: count("max_free"),
        max_paid: count("max_paid"),
        min: count("min"),
        unit,
    };
    if check.max_free.is_none() && check.max_paid.is_none() && check.min.is_none() {
        build
            .problems
            .error(table.span, "`max_free`, `max_paid` or `min` is needed here");
    }
    Some(Check::Note(Box::new(check)))
}

impl NoteCheck for Length {
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding> {
        let facts = context.words.facts;
        let text = facts.text();
        let length = match self.unit {
            Unit::Utf16 => facts.counts.utf16,
            Unit::Characters => facts.counts.characters,
        };
        let unit = self.unit.name(length);
        let (max, account) = if context.sending.paid {
            (self.max_paid, "a paid account")
        } else {
            (self.max_free, "a free account")
        };
        let finding = |range, limit: u32, over: u32| {
            Finding::at(range)
                .with("length", length)
                .with("limit", limit)
                .with("over", over)
                .with("account", account)
                .with("unit", unit)
                .with("characters", facts.counts.characters)
        };
        if let Some(max) = max.filter(|max| length > *max) {
            let cut = behind(text, max, self.unit);
            return vec![
                finding(cut..text.len(), max, length - max).labelled("from here on it is too long"),
            ];
        }
        match self.min {
            // An empty note is the business of another rule.
            Some(min) if length < min && facts.counts.words > 0 => {
                vec![finding(0..text.len(), min, 0)]
            }
            _ => Vec::new(),
        }
    }
}

/// The byte behind the last character that still fits.
fn behind(text: &str, max: u32, unit: Unit) -> usize {
    let mut used = 0;
    for (at, letter) in text.char_indices() {
        used += match unit {
            Unit::Utf16 => letter.len_utf16() as u32,
            Unit::Characters => 1,
        };
        if used > max {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        assert_eq!(Unit::Characters.name(1), "character");
        assert_eq!(Unit::Characters.name(2), "characters");
        assert_eq!(Unit::Utf16.name(1), "UTF-16 unit");
    }

    #[test]
    fn an_emoji_is_two_units() {
        assert_eq!(behind("ab👋c", 3, Unit::Utf16), 2);
        assert_eq!(behind("ab👋c", 3, Unit::Characters), 6);
        assert_eq!(behind("ab", 3, Unit::Utf16), 2);
    }
}
