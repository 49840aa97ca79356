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
    /// Programs whose rarest words have a symbol.
    pub(super) by_symbol: Vec<Vec<u32>>,
    /// Programs whose rarest tokens have a class.
    pub(super) by_class: Vec<(Classes, Vec<u32>)>,
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
            held: Held::default(),
            seen: vec![0; self.programs.len()],
            candidates: Vec::new(),
        };
        let mut threads = Threads::default();
        for (number, sentence) in facts.tokens.sentences.iter().enumerate() {
            let tokens = sentence.tokens();
            run.enter(self, number, facts, &symbols, tokens.clone());
            for &number in &run.candidates {
                let program = &self.programs[number as usize];
                program.enter(&run.held, &mut threads);
                for at in tokens.clone() {
                    if let Some(end) =
                        program.longest(facts, &symbols, at, tokens.end, &mut threads)
                    {
                        let hit = |group: &Group| (group.number(), at as u32, end as u32);
                        hits.all.extend(program.groups.iter().map(hit));
                    }
                }
            }
        }
        hits.tidy();
        hits
    }
}

/// The state of a search.
struct Run {
    /// What the sentence at hand holds.
    held: Held,
    /// For each program the number, from 1, of the sentence that it was last looked at for.
    seen: Vec<u32>,
    /// The programs that have a chance in the sentence at hand.
    candidates: Vec<u32>,
}

impl Run {
    fn enter(
        &mut self,
        set: &PatternSet,
        number: usize,
        facts: &Facts<'_>,
        symbols: &Symbols,
        tokens: Range<usize>,
    ) {
        self.held.clear(set.by_symbol.len());
        self.candidates.clear();
        let mut classes = Classes::NONE;
        for at in tokens.clone() {
            let token = facts.tokens.all[at].classes;
            self.held.add(symbols.of(at), token);
            classes.add(token);
        }
        for at in tokens {
            for &symbol in symbols.of(at) {
                self.offer(set, number, &set.by_symbol[symbol as usize]);
            }
        }
        for (class, programs) in &set.by_class {
            if classes.any(*class) {
                self.offer(set, number, programs);
            }
        }
    }

    fn offer(&mut self, set: &PatternSet, sentence: usize, programs: &[u32]) {
        for &number in programs {
            let seen = &mut self.seen[number as usize];
            if *seen != sentence as u32 + 1 {
                *seen = sentence as u32 + 1;
                if set.programs[number as usize].need.met_by(&self.held) {
                    self.candidates.push(number);
                }
            }
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
