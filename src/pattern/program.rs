//! A pattern made ready to run: positions with tests, and which may follow which (a position
//! automaton after Glushkov, 1961). Running it takes time linear in the note for each start.

use crate::facts::Classes;
use crate::facts::Facts;
use crate::pattern::lexicon::Symbols;

/// What a token must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Test {
    /// A word with this symbol.
    Symbol(u32),
    /// A word without this symbol.
    NotSymbol(u32),
    /// A word or mark of any of these classes.
    Class(Classes),
    /// A word of none of these classes.
    NotClass(Classes),
    /// Any word.
    Any,
}

/// A pattern made ready.
#[derive(Debug)]
pub(super) struct Program {
    /// Which list of patterns it belongs to.
    pub(super) group: u32,
    positions: Vec<Position>,
    first: Vec<u16>,
    /// What a sentence must hold for the pattern to have a chance.
    pub(super) need: Need,
}

#[derive(Debug)]
struct Position {
    test: Test,
    follow: Vec<u16>,
    accepts: bool,
}

/// Symbols and classes, as a small Bloom filter of 128 bits and a set of classes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Need {
    symbols: u128,
    classes: u32,
}

impl Need {
    /// Adds a symbol.
    pub(super) fn add_symbol(&mut self, symbol: u32) {
        self.symbols |= 1 << (symbol.wrapping_mul(0x9E37_79B1) >> 25);
    }

    /// Adds classes, all of which are needed.
    pub(super) fn add_classes(&mut self, classes: Classes) {
        self.classes |= classes.0;
    }

    /// Whether nothing is needed.
    pub(super) fn is_empty(self) -> bool {
        self.symbols == 0 && self.classes == 0
    }

    /// What both have.
    fn common(self, other: Self) -> Self {
        Self {
            symbols: self.symbols & other.symbols,
            classes: self.classes & other.classes,
        }
    }

    fn union(self, other: Self) -> Self {
        Self {
            symbols: self.symbols | other.symbols,
            classes: self.classes | other.classes,
        }
    }

    /// Whether all of this is in what a sentence holds.
    pub(super) fn met_by(self, held: Self) -> bool {
        self.symbols & !held.symbols == 0 && self.classes & !held.classes == 0
    }
}

/// A tree whose words have become tests.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    /// One token.
    Test(Test),
    /// One after the other.
    Sequence(Vec<Tree>),
    /// One of these.
    Choice(Vec<Tree>),
    /// This or nothing.
    Optional(Box<Tree>),
}

/// First positions, last positions, and whether nothing at all fits too.
struct Ends {
    first: Vec<u16>,
    last: Vec<u16>,
    empty: bool,
    need: Need,
}

/// Positions that a pattern may have. Large vocabularies of several words use them up.
const MOST_POSITIONS: usize = 4000;

impl Program {
    /// Makes a tree ready. The error says what is wrong with it.
    pub(super) fn new(tree: &Tree, group: u32) -> Result<Self, String> {
        let mut positions = Vec::new();
        let ends = walk(tree, &mut positions)?;
        if ends.empty {
            return Err(
                "this pattern fits nothing at all too: one word at least must be required".into(),
            );
        }
        for &last in &ends.last {
            positions[last as usize].accepts = true;
        }
        Ok(Self {
            group,
            positions,
            first: ends.first,
            need: ends.need,
        })
    }

    /// The tests that can begin a match.
    pub(super) fn first_tests(&self) -> impl Iterator<Item = Test> {
        self.first
            .iter()
            .map(|&position| self.positions[position as usize].test)
    }

    /// The token behind the longest match that begins at a token, within a sentence that ends
    /// before token `limit`.
    pub(super) fn longest(
        &self,
        facts: &Facts<'_>,
        symbols: &Symbols,
        start: usize,
        limit: usize,
        threads: &mut Threads,
    ) -> Option<usize> {
        threads.now.clear();
        for &position in &self.first {
            if self.fits(position, facts, symbols, start) {
                threads.now.push(position);
            }
        }
        let mut end = None;
        let mut at = start;
        while !threads.now.is_empty() {
            at += 1;
            if threads
                .now
                .iter()
                .any(|&position| self.positions[position as usize].accepts)
            {
                end = Some(at);
            }
            if at >= limit {
                break;
            }
            threads.next.clear();
            for &position in &threads.now {
                for &next in &self.positions[position as usize].follow {
                    if self.fits(next, facts, symbols, at) && !threads.next.contains(&next) {
                        threads.next.push(next);
                    }
                }
            }
            std::mem::swap(&mut threads.now, &mut threads.next);
        }
        end
    }

    fn fits(&self, position: u16, facts: &Facts<'_>, symbols: &Symbols, at: usize) -> bool {
        let classes = facts.tokens.all[at].classes;
        let word = !classes.any(Classes::MARK);
        match self.positions[position as usize].test {
            Test::Symbol(symbol) => symbols.of(at).contains(&symbol),
            Test::NotSymbol(symbol) => word && !symbols.of(at).contains(&symbol),
            Test::Class(wanted) => classes.any(wanted),
            Test::NotClass(unwanted) => word && !classes.any(unwanted),
            Test::Any => word,
        }
    }
}

/// Scratch space for running programs.
#[derive(Debug, Default)]
pub(super) struct Threads {
    now: Vec<u16>,
    next: Vec<u16>,
}

fn walk(tree: &Tree, positions: &mut Vec<Position>) -> Result<Ends, String> {
    match tree {
        Tree::Test(test) => {
            if positions.len() >= MOST_POSITIONS {
                return Err("this pattern has too many alternatives".into());
            }
            let number = positions.len() as u16;
            positions.push(Position {
                test: *test,
                follow: Vec::new(),
                accepts: false,
            });
            let mut need = Need::default();
            match test {
                Test::Symbol(symbol) => need.add_symbol(*symbol),
                // Several classes in one test are alternatives: nothing is needed for certain.
                Test::Class(classes) if classes.0.count_ones() == 1 => need.add_classes(*classes),
                _ => {}
            }
            Ok(Ends {
                first: vec![number],
                last: vec![number],
                empty: false,
                need,
            })
        }
        Tree::Optional(inner) => {
            let ends = walk(inner, positions)?;
            Ok(Ends {
                empty: true,
                need: Need::default(),
                ..ends
            })
        }
        Tree::Choice(choices) => {
            let mut all: Option<Ends> = None;
            for choice in choices {
                let ends = walk(choice, positions)?;
                all = Some(match all {
                    None => ends,
                    Some(mut sum) => {
                        sum.first.extend(ends.first);
                        sum.last.extend(ends.last);
                        sum.empty |= ends.empty;
                        sum.need = sum.need.common(ends.need);
                        sum
                    }
                });
            }
            all.ok_or_else(|| "there is nothing to choose from here".into())
        }
        Tree::Sequence(nodes) => {
            let mut sum = Ends {
                first: Vec::new(),
                last: Vec::new(),
                empty: true,
                need: Need::default(),
            };
            for node in nodes {
                let ends = walk(node, positions)?;
                for &last in &sum.last {
                    positions[last as usize].follow.extend(&ends.first);
                }
                if sum.empty {
                    sum.first.extend(&ends.first);
                }
                if ends.empty {
                    sum.last.extend(&ends.last);
                } else {
                    sum.last = ends.last;
                }
                sum.empty &= ends.empty;
                sum.need = sum.need.union(ends.need);
            }
            Ok(sum)
        }
    }
}
