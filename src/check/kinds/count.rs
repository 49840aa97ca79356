//! `count`: too many or too few of something.

use std::ops::Range;

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Matcher;
use crate::check::NoteCheck;
use crate::check::NoteContext;
use crate::facts::Counts;
use crate::toml_doc::Table;

pub(super) static KIND: Kind = Kind {
    name: "count",
    about: "too many or too few of something",
    parameters: &[
        (
            "of",
            "characters, words, sentences, lines, questions, exclamations, exclamation_run, links, emoji, emoji_run, hashtags, \
             mentions, shouted_words or shouted_run; left out, the matches of `phrases` are counted",
        ),
        ("phrases", "word patterns to count"),
        ("patterns", "regular expressions to count"),
        ("min", "the fewest allowed"),
        ("max", "the most allowed"),
    ],
    holes: &["count", "min", "max"],
    groups: false,
    build,
};

/// A countable thing: how many there are, and where those are that can be pointed at.
type Measure = fn(&Counts, &str) -> (u32, Vec<Range<usize>>);

const MEASURES: [(&str, Measure); 14] = [
    ("characters", |counts, _| (counts.characters, Vec::new())),
    ("words", |counts, _| (counts.words, Vec::new())),
    ("sentences", |counts, _| (counts.sentences, Vec::new())),
    ("lines", |counts, _| (counts.lines, Vec::new())),
    ("questions", |counts, _| places(&counts.questions)),
    ("exclamations", |counts, text| {
        let marks = counts
            .exclamations
            .iter()
            .map(|run| text[run.clone()].matches(['!', '！']).count() as u32)
            .sum();
        (marks, counts.exclamations.clone())
    }),
    ("exclamation_run", |counts, _| {
        let longest = counts
            .exclamations
            .iter()
            .max_by_key(|run| run.len())
            .cloned();
        (
            longest.as_ref().map_or(0, |run| run.len() as u32),
            longest.into_iter().collect(),
        )
    }),
    ("links", |counts, _| places(&counts.links)),
    ("emoji", |counts, _| {
        (counts.emoji_number, counts.emoji.clone())
    }),
    ("emoji_run", |counts, _| {
        let (number, place) = counts.emoji_run.clone();
        (number, if number > 0 { vec![place] } else { Vec::new() })
    }),
    ("hashtags", |counts, _| places(&counts.hashtags)),
    ("mentions", |counts, _| places(&counts.mentions)),
    ("shouted_run", |counts, _| {
        (counts.shouted_run.0, vec![counts.shouted_run.1.clone()])
    }),
    ("shouted_words", |counts, _| places(&counts.shouted)),
];

fn places(found: &[Range<usize>]) -> (u32, Vec<Range<usize>>) {
    (found.len() as u32, found.to_vec())
}

struct Count {
    measure: Option<Measure>,
    matcher: Matcher,
    min: Option<u32>,
    max: Option<u32>,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let measure = table
        .choice("of", &MEASURES, build.problems)
        .map(|measure| measure.value);
    let matcher = if measure.is_some() {
        Matcher::read_optional(table, build)
    } else {
        Matcher::read(table, build)
    };
    let min = table.count("min", build.problems).map(|min| min.value);
    let max = table.count("max", build.problems).map(|max| max.value);
    if min.is_none() && max.is_none() {
        build
            .problems
            .error(table.span, "`min` or `max` is needed here");
    }
    Some(Check::Note(Box::new(Count {
        measure,
        matcher,
        min,
        max,
    })))
}

impl NoteCheck for Count {
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding> {
        let facts = context.words.facts;
        let (count, places) = match self.measure {
            Some(measure) => measure(&facts.counts, facts.text()),
            None => places(&self.matcher.find(&context.words)),
        };
        let many = self.max.is_some_and(|max| count > max);
        let few = self.min.is_some_and(|min| count < min);
        if !many && !few {
            return Vec::new();
        }
        // Point at the first one that is too many; where nothing can be pointed at, at the whole note.
        let extra = self
            .max
            .map_or(0, |max| max as usize)
            .min(places.len().saturating_sub(1));
        let range = places
            .get(extra)
            .cloned()
            .unwrap_or(0..facts.text().trim_end().len());
        let limit = |limit: Option<u32>| limit.map(|limit| limit.to_string()).unwrap_or_default();
        vec![
            Finding::at(range)
                .with("count", count)
                .with("max", limit(self.max))
                .with("min", limit(self.min)),
        ]
    }
}
