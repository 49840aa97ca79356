//! Running all patterns over a note.

use std::ops::Range;

use crate::facts::Classes;
use crate::facts::Facts;
use crate::pattern::Group;
use crate::pattern::lexicon::Lexicon;
use crate::pattern::lexicon::Symbols;
use crate::pattern::program::Need;
use crate::pattern::program::Program;
use crate::pattern::program::Threads;
use crate::pattern::regexes::Candidates;
use crate::pattern::regexes::RegexId;
use crate::pattern::regexes::Regexes;

/// Patterns made ready to run.
#[derive(Debug, Default)]
pub struct PatternSet {
    pub(super) lexicon: Lexicon,
    pub(super) programs: Vec<Program>,
    /// Programs that can begin with a word of a symbol.
    pub(super) by_symbol: Vec<Vec<u32>>,
    /// Programs that can begin with a token of a class.
    pub(super) by_class: Vec<(Classes, Vec<u32>)>,
    /// Programs that can begin with any word; each holds a word for certain.
    pub(super) wild: Vec<u32>,
    /// Regular expressions.
    pub(super) regexes: Regexes,
}

/// Where patterns of a note fit.
#[derive(Debug)]
pub struct Hits<'a> {
    /// Group, first token, token behind the last; sorted.
    all: Vec<(u32, u32, u32)>,
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
}

impl PatternSet {
    /// Finds every match of every pattern: for each start the longest.
    pub fn find<'a>(&'a self, facts: &Facts<'a>) -> Hits<'a> {
        let symbols = self.lexicon.annotate(facts);
        let text = facts.text();
        let mut hits = Hits {
            all: Vec::new(),
            candidates: self.regexes.candidates(text),
            regexes: &self.regexes,
            text,
        };
        let mut threads = Threads::default();
        for sentence in &facts.tokens.sentences {
            let tokens = sentence.tokens();
            let held = held(facts, &symbols, tokens.clone());
            let limit = tokens.end;
            let mut tried: Option<u32>;
            for at in tokens {
                tried = None;
                for &symbol in symbols.of(at) {
                    for &number in &self.by_symbol[symbol as usize] {
                        if tried == Some(number) {
                            continue;
                        }
                        tried = Some(number);
                        self.run(
                            number,
                            facts,
                            &symbols,
                            at,
                            limit,
                            held,
                            &mut threads,
                            &mut hits,
                        );
                    }
                }
                let classes = facts.tokens.all[at].classes;
                if !classes.any(Classes::MARK) {
                    for &number in &self.wild {
                        self.run(
                            number,
                            facts,
                            &symbols,
                            at,
                            limit,
                            held,
                            &mut threads,
                            &mut hits,
                        );
                    }
                }
                for (class, numbers) in &self.by_class {
                    if classes.any(*class) {
                        for &number in numbers {
                            self.run(
                                number,
                                facts,
                                &symbols,
                                at,
                                limit,
                                held,
                                &mut threads,
                                &mut hits,
                            );
                        }
                    }
                }
            }
        }
        hits.tidy();
        hits
    }

    #[allow(clippy::too_many_arguments)] // one call site, on the hot path
    fn run(
        &self,
        number: u32,
        facts: &Facts<'_>,
        symbols: &Symbols,
        at: usize,
        limit: usize,
        held: Need,
        threads: &mut Threads,
        hits: &mut Hits<'_>,
    ) {
        let program = &self.programs[number as usize];
        if !program.need.met_by(held) {
            return;
        }
        if let Some(end) = program.longest(facts, symbols, at, limit, threads) {
            hits.all.push((program.group, at as u32, end as u32));
        }
    }
}

impl Hits<'_> {
    /// Sorts and drops matches that lie inside another of the same group.
    fn tidy(&mut self) {
        self.all
            .sort_unstable_by_key(|&(group, start, end)| (group, start, std::cmp::Reverse(end)));
        let mut behind = (u32::MAX, 0);
        self.all.retain(|&(group, _, end)| {
            let inside = behind.0 == group && end <= behind.1;
            if !inside {
                behind = (group, end);
            }
            !inside
        });
    }
}

/// What a sentence holds.
fn held(facts: &Facts<'_>, symbols: &Symbols, tokens: Range<usize>) -> Need {
    let mut held = Need::default();
    for at in tokens {
        symbols
            .of(at)
            .iter()
            .for_each(|symbol| held.add_symbol(*symbol));
        held.add_classes(facts.tokens.all[at].classes);
    }
    held
}
