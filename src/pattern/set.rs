//! Running all patterns over a note.

use std::ops::Range;

use crate::facts::Classes;
use crate::facts::Facts;
use crate::pattern::Group;
use crate::pattern::lexicon::Lexicon;
use crate::pattern::lexicon::Symbols;
use crate::pattern::program::Held;
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
        let mut run = Run {
            threads: Threads::default(),
            held: Held::default(),
            chances: vec![0; self.programs.len()],
            sentence: 0,
        };
        for (number, sentence) in facts.tokens.sentences.iter().enumerate() {
            let tokens = sentence.tokens();
            run.enter(
                number,
                self.by_symbol.len(),
                facts,
                &symbols,
                tokens.clone(),
            );
            let mut start = |number: u32, at: usize| {
                let program = &self.programs[number as usize];
                if run.has_chance(number, program)
                    && let Some(end) =
                        program.longest(facts, &symbols, at, tokens.end, &mut run.threads)
                {
                    hits.all.extend(
                        program
                            .groups
                            .iter()
                            .map(|group| (group.number(), at as u32, end as u32)),
                    );
                }
            };
            for at in tokens.clone() {
                for &symbol in symbols.of(at) {
                    self.by_symbol[symbol as usize]
                        .iter()
                        .for_each(|&number| start(number, at));
                }
                let classes = facts.tokens.all[at].classes;
                if !classes.any(Classes::MARK) {
                    self.wild.iter().for_each(|&number| start(number, at));
                }
                for (class, numbers) in &self.by_class {
                    if classes.any(*class) {
                        numbers.iter().for_each(|&number| start(number, at));
                    }
                }
            }
        }
        hits.tidy();
        hits
    }
}

/// The state of a search: what the sentence at hand holds, and which programs have a chance in it.
struct Run {
    threads: Threads,
    held: Held,
    /// For each program twice the number of the sentence it was last looked at for, from 1, plus
    /// whether it has a chance there.
    chances: Vec<u32>,
    sentence: u32,
}

impl Run {
    fn enter(
        &mut self,
        number: usize,
        symbol_count: usize,
        facts: &Facts<'_>,
        symbols: &Symbols,
        tokens: Range<usize>,
    ) {
        self.sentence = number as u32 + 1;
        self.held.clear(symbol_count);
        for at in tokens {
            self.held.add(symbols.of(at), facts.tokens.all[at].classes);
        }
    }

    fn has_chance(&mut self, number: u32, program: &Program) -> bool {
        let known = &mut self.chances[number as usize];
        if *known / 2 != self.sentence {
            *known = self.sentence * 2 + u32::from(program.need.met_by(&self.held));
        }
        *known % 2 == 1
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
