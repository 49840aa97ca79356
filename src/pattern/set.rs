//! Running all patterns over a note.

use std::ops::Range;

use crate::facts::Classes;
use crate::facts::Facts;
use crate::pattern::Group;
use crate::pattern::lexicon::Lexicon;
use crate::pattern::needs::ASKED;
use crate::pattern::needs::ListId;
use crate::pattern::needs::Lists;
use crate::pattern::needs::Met;
use crate::pattern::places::ClassSets;
use crate::pattern::places::Places;
use crate::pattern::places::STRETCH;
use crate::pattern::program::Program;
use crate::pattern::program::Scratch;
use crate::pattern::regexes::Candidates;
use crate::pattern::regexes::RegexId;
use crate::pattern::regexes::Regexes;

/// Patterns made ready to run.
#[derive(Debug, Default)]
pub struct PatternSet {
    pub(super) lexicon: Lexicon,
    pub(super) classes: ClassSets,
    pub(super) programs: Vec<Program>,
    /// Programs whose rarest words have a symbol.
    pub(super) by_symbol: Vec<Vec<Offer>>,
    /// Programs whose rarest tokens have a class.
    pub(super) by_class: Vec<(Classes, Vec<Offer>)>,
    /// What programs need.
    pub(super) lists: Lists,
    /// Regular expressions.
    pub(super) regexes: Regexes,
}

/// A program that may fit, and what it needs besides: looking for that first keeps most programs out of the
/// processor's cache.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer {
    pub(super) program: u32,
    pub(super) lists: [ListId; ASKED],
}

/// Group, first token, token behind the last.
type Match = (u32, u32, u32);

/// Where patterns of a note fit.
#[derive(Debug)]
pub struct Hits<'a> {
    /// Sorted.
    all: Vec<Match>,
    candidates: Candidates,
    regexes: &'a Regexes,
    text: &'a str,
}

impl Hits<'_> {
    /// The matches of a group, in tokens, in the order of the note; none lies inside another.
    pub fn of(&self, group: Group) -> impl Iterator<Item = Range<usize>> + '_ {
        let from = self.all.partition_point(|hit| hit.0 < group.number());
        self.all[from..]
            .iter()
            .take_while(move |hit| hit.0 == group.number())
            .map(|hit| hit.1 as usize..hit.2 as usize)
    }

    /// The matches of a regular expression, in bytes of the note's words.
    pub fn of_regex(&self, regex: RegexId) -> Vec<Range<usize>> {
        if self.candidates.has(regex) {
            self.regexes.find(regex, self.text)
        } else {
            Vec::new()
        }
    }

    /// What a match of a regular expression becomes when its groups are put into a template such as
    /// `$word.`, and the place to point at: the group `found`, if there is one, else the match.
    pub fn replaced(
        &self,
        regex: RegexId,
        found: &Range<usize>,
        template: &str,
    ) -> Option<(String, Range<usize>)> {
        self.regexes.replaced(regex, self.text, found, template)
    }
}

/// Space for a search, used again for the next note.
#[derive(Debug, Default)]
pub struct Search {
    places: Places,
    met: Met,
    scratch: Scratch,
    /// For each program the stretch that it was last looked at for.
    seen: Vec<u32>,
    /// The number of the stretch at hand. Numbers are not used again.
    stretch: u32,
    /// The programs that have a chance in the stretch at hand.
    candidates: Vec<u32>,
}

impl PatternSet {
    /// Finds every match of every pattern: for each start the longest.
    pub fn find<'a>(&'a self, facts: &Facts<'a>, search: &mut Search) -> Hits<'a> {
        let text = facts.text();
        let mut all = Vec::new();
        search.places.fit(self.by_symbol.len());
        if search.seen.len() < self.programs.len() {
            search.seen.resize(self.programs.len(), 0);
        }
        for sentence in &facts.tokens.sentences {
            let tokens = sentence.tokens();
            let mut from = tokens.start;
            loop {
                let to = tokens.end.min(from + STRETCH);
                self.stretch(facts, from..to, search, &mut all);
                if to == tokens.end {
                    break;
                }
                from += STRETCH / 2;
            }
        }
        tidy(&mut all);
        Hits {
            all,
            candidates: self.regexes.candidates(text),
            regexes: &self.regexes,
            text,
        }
    }

    fn stretch(
        &self,
        facts: &Facts<'_>,
        tokens: Range<usize>,
        search: &mut Search,
        all: &mut Vec<Match>,
    ) {
        search.enter(self, facts, tokens.clone());
        for &number in &search.candidates {
            let program = &self.programs[number as usize];
            program.matches(&search.places, &mut search.scratch, |start, end| {
                let (start, end) = (tokens.start + start, tokens.start + end);
                all.extend(
                    program
                        .groups
                        .iter()
                        .map(|group| (group.number(), start as u32, end as u32)),
                );
            });
        }
    }
}

impl Search {
    fn enter(&mut self, set: &PatternSet, facts: &Facts<'_>, tokens: Range<usize>) {
        if self.stretch == u32::MAX {
            self.stretch = 0;
            self.seen.fill(0);
        }
        self.stretch += 1;
        self.candidates.clear();
        self.places.enter(&set.lexicon, &set.classes, facts, tokens);
        self.met.enter(&set.lists, &self.places);
        let Self {
            places,
            met,
            seen,
            stretch,
            candidates,
            ..
        } = self;
        let mut take = |offers: &[Offer]| {
            for offer in offers {
                if !offer.lists.iter().all(|&list| met.has(list)) {
                    continue;
                }
                let number = offer.program;
                if std::mem::replace(&mut seen[number as usize], *stretch) != *stretch {
                    candidates.push(number);
                }
            }
        };
        places
            .present()
            .iter()
            .for_each(|&symbol| take(&set.by_symbol[symbol as usize]));
        for (class, programs) in &set.by_class {
            if places.held_classes() & class.0 != 0 {
                take(programs);
            }
        }
    }
}

/// Sorts matches and drops those that lie inside another of the same group.
fn tidy(all: &mut Vec<Match>) {
    all.sort_unstable_by_key(|&(group, start, end)| (group, start, std::cmp::Reverse(end)));
    let mut behind = (u32::MAX, 0);
    all.retain(|&(group, _, end)| {
        let inside = behind.0 == group && end <= behind.1;
        if !inside {
            behind = (group, end);
        }
        !inside
    });
}
