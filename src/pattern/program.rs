//! A pattern made ready to run: positions with tests, and which may follow which (a position
//! automaton after Glushkov, 1961). Running it takes time linear in the note for each start.

use crate::facts::Classes;
use crate::facts::Facts;
use crate::pattern::Group;
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
    /// Which lists of patterns it belongs to.
    pub(super) groups: Box<[Group]>,
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

/// What a sentence must hold for a pattern to have a chance: of each list at least one.
#[derive(Clone, Debug, Default)]
pub(super) struct Need {
    lists: Vec<Box<[Wanted]>>,
}

/// A symbol, or a word of some classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wanted {
    Symbol(u32),
    Class(u32),
}

/// How often words of classes may be expected, against 1 for a rare word.
fn class_weight(classes: Classes) -> u32 {
    match classes {
        classes if classes.any(Classes(Classes::START.0 | Classes::END.0)) => 200,
        classes if classes.any(Classes(Classes::SOFT.0 | Classes::CAPITAL.0)) => 80,
        classes if classes.any(Classes::NAME) => 40,
        classes if classes.any(Classes(Classes::NUMBER.0 | Classes::FIGURE.0)) => 10,
        _ => 4,
    }
}

/// What a sentence holds: symbols as bits, and classes.
#[derive(Debug, Default)]
pub(super) struct Held {
    symbols: Vec<u64>,
    classes: u32,
}

impl Held {
    /// Empties it, for so many symbols.
    pub(super) fn clear(&mut self, symbols: usize) {
        self.symbols.clear();
        self.symbols.resize(symbols / 64 + 1, 0);
        self.classes = 0;
    }

    /// Adds a token.
    pub(super) fn add(&mut self, symbols: &[u32], classes: Classes) {
        for &symbol in symbols {
            self.symbols[symbol as usize / 64] |= 1 << (symbol % 64);
        }
        self.classes |= classes.0;
    }

    fn has(&self, wanted: Wanted) -> bool {
        match wanted {
            Wanted::Symbol(symbol) => self.symbols[symbol as usize / 64] >> (symbol % 64) & 1 == 1,
            Wanted::Class(classes) => self.classes & classes != 0,
        }
    }
}

/// Lists that are kept for a pattern: the shortest.
const MOST_LISTS: usize = 6;
/// The longest list that is worth looking through.
const LONGEST_LIST: usize = 96;

impl Need {
    /// Takes out the list of what is expected least often. The pattern is then tried where one of these
    /// is, and needs only the other lists.
    pub(super) fn take_rarest(&mut self, weights: &[u32]) -> Option<Box<[Wanted]>> {
        let weight = |list: &[Wanted]| -> u32 {
            let one = |wanted: &Wanted| match wanted {
                Wanted::Symbol(symbol) => weights[*symbol as usize],
                Wanted::Class(classes) => class_weight(Classes(*classes)),
            };
            list.iter().map(one).fold(0, u32::saturating_add)
        };
        let rarest = (0..self.lists.len()).min_by_key(|&index| weight(&self.lists[index]))?;
        Some(self.lists.swap_remove(rarest))
    }

    /// Whether nothing is needed.
    pub(super) fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// Whether a sentence holds all of it.
    pub(super) fn met_by(&self, held: &Held) -> bool {
        self.lists
            .iter()
            .all(|list| list.iter().any(|wanted| held.has(*wanted)))
    }

    fn one(wanted: Wanted) -> Self {
        Self {
            lists: vec![Box::new([wanted])],
        }
    }

    /// What is needed when one of several is: one of what each needs most.
    fn either(needs: Vec<Self>) -> Self {
        let mut union: Vec<Wanted> = Vec::new();
        for need in &needs {
            let Some(shortest) = need.lists.iter().min_by_key(|list| list.len()) else {
                return Self::default();
            };
            union.extend(shortest);
        }
        union.sort_unstable();
        union.dedup();
        let lists = if union.len() > LONGEST_LIST {
            Vec::new()
        } else {
            vec![union.into_boxed_slice()]
        };
        Self { lists }
    }

    /// What is needed when all of several are.
    fn all(needs: Vec<Self>) -> Self {
        let mut lists: Vec<Box<[Wanted]>> = needs.into_iter().flat_map(|need| need.lists).collect();
        lists.sort_by_key(|list| list.len());
        lists.dedup();
        lists.truncate(MOST_LISTS);
        Self { lists }
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
    pub(super) fn new(tree: &Tree, groups: &[Group]) -> Result<Self, String> {
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
        let mut need = ends.need;
        need.lists.extend(first_list(&ends.first, &positions));
        Ok(Self {
            groups: groups.into(),
            positions,
            first: ends.first,
            need,
        })
    }

    /// The tests that can begin a match.
    pub(super) fn first_tests(&self) -> impl Iterator<Item = Test> {
        self.first
            .iter()
            .map(|&position| self.positions[position as usize].test)
    }

    /// Picks the positions that can begin a match in a sentence that holds this.
    pub(super) fn enter(&self, held: &Held, threads: &mut Threads) {
        threads.first.clear();
        let can = |&&position: &&u16| match self.positions[position as usize].test {
            Test::Symbol(symbol) => held.has(Wanted::Symbol(symbol)),
            Test::Class(classes) => held.has(Wanted::Class(classes.0)),
            Test::NotSymbol(_) | Test::NotClass(_) | Test::Any => true,
        };
        threads.first.extend(self.first.iter().filter(can));
    }

    /// The token behind the longest match that begins at a token, within the sentence entered, which
    /// ends before token `limit`.
    pub(super) fn longest(
        &self,
        facts: &Facts<'_>,
        symbols: &Symbols,
        start: usize,
        limit: usize,
        threads: &mut Threads,
    ) -> Option<usize> {
        threads.now.clear();
        for &position in &threads.first {
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
            Test::Symbol(symbol) => symbols.has(at, symbol),
            Test::NotSymbol(symbol) => word && !symbols.has(at, symbol),
            Test::Class(wanted) => classes.any(wanted),
            Test::NotClass(unwanted) => word && !classes.any(unwanted),
            Test::Any => word,
        }
    }
}

/// What a match begins with is needed too, unless that can be any word.
fn first_list(first: &[u16], positions: &[Position]) -> Option<Box<[Wanted]>> {
    let wanted = |&position: &u16| match positions[position as usize].test {
        Test::Symbol(symbol) => Some(Wanted::Symbol(symbol)),
        Test::Class(classes) => Some(Wanted::Class(classes.0)),
        Test::NotSymbol(_) | Test::NotClass(_) | Test::Any => None,
    };
    first.iter().map(wanted).collect()
}

/// Scratch space for running programs.
#[derive(Debug, Default)]
pub(super) struct Threads {
    first: Vec<u16>,
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
            let need = match test {
                Test::Symbol(symbol) => Need::one(Wanted::Symbol(*symbol)),
                // Every sentence has a start and an end.
                Test::Class(classes)
                    if !classes.any(Classes(Classes::START.0 | Classes::END.0)) =>
                {
                    Need::one(Wanted::Class(classes.0))
                }
                _ => Need::default(),
            };
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
            let mut sum = Ends {
                first: Vec::new(),
                last: Vec::new(),
                empty: false,
                need: Need::default(),
            };
            let mut needs = Vec::new();
            for choice in choices {
                let ends = walk(choice, positions)?;
                sum.first.extend(ends.first);
                sum.last.extend(ends.last);
                sum.empty |= ends.empty;
                needs.push(ends.need);
            }
            sum.need = Need::either(needs);
            Ok(sum)
        }
        Tree::Sequence(nodes) => {
            let mut sum = Ends {
                first: Vec::new(),
                last: Vec::new(),
                empty: true,
                need: Need::default(),
            };
            let mut needs = Vec::new();
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
                needs.push(ends.need);
            }
            sum.need = Need::all(needs);
            Ok(sum)
        }
    }
}
