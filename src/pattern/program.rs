//! A pattern made ready to run: positions with tests, and which may follow which (a position
//! automaton after Glushkov, 1961). Running it takes time linear in the note for each start.

use crate::facts::Classes;
use crate::pattern::Group;
use crate::pattern::places::Chance;
use crate::pattern::places::ClassSets;
use crate::pattern::places::Places;
use crate::pattern::places::STRETCH;
use crate::pattern::places::Wanted;

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
    positions: Box<[Position]>,
    /// The positions that may follow, one position's after the other's.
    follow: Box<[u16]>,
    first: Box<[u16]>,
    /// What a sentence must hold for the pattern to have a chance.
    pub(super) need: Need,
}

#[derive(Debug)]
struct Position {
    /// Tells whether the test can hold anywhere: most alternatives are nowhere in a note.
    chance: Chance,
    test: Test,
    /// Where in the program's list those begin that may follow, and how many they are.
    follow: (u32, u16),
    accepts: bool,
}

/// A position while its program is being made.
struct Draft {
    test: Test,
    follow: Vec<u16>,
}

/// What a sentence must hold for a pattern to have a chance: of each list at least one.
#[derive(Clone, Debug, Default)]
pub(super) struct Need {
    lists: Vec<Box<[Wanted]>>,
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

/// Lists that are kept for a pattern: the shortest.
const MOST_LISTS: usize = 6;
/// The longest list that is worth looking through.
const LONGEST_LIST: usize = 96;

impl Need {
    /// The lists, that of what is expected least often first. A pattern is tried where something of the first is.
    pub(super) fn rarest_first(mut self, weights: &[u32]) -> Vec<Box<[Wanted]>> {
        let weight = |list: &[Wanted]| -> u32 {
            let one = |wanted: &Wanted| match wanted {
                Wanted::Symbol(symbol) => weights[*symbol as usize],
                Wanted::Class(classes) => class_weight(Classes(*classes)),
            };
            list.iter().map(one).fold(0, u32::saturating_add)
        };
        self.lists.sort_by_key(|list| weight(list));
        self.lists
    }

    /// Whether nothing is needed.
    pub(super) fn is_empty(&self) -> bool {
        self.lists.is_empty()
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
const TOO_MANY: &str = "this pattern has too many alternatives";

impl Program {
    /// Makes a tree ready. The error says what is wrong with it.
    pub(super) fn new(
        tree: &Tree,
        groups: &[Group],
        classes: &mut ClassSets,
    ) -> Result<Self, String> {
        let mut drafts = Vec::new();
        let ends = walk(tree, &mut drafts)?;
        if ends.empty {
            return Err(
                "this pattern fits nothing at all too: one word at least must be required".into(),
            );
        }
        let mut need = ends.need;
        need.lists.extend(first_list(&ends.first, &drafts));
        let mut follow = Vec::new();
        let mut positions = Vec::with_capacity(drafts.len());
        for draft in &drafts {
            let from = follow.len() as u32;
            let number = u16::try_from(draft.follow.len());
            let number = number.map_err(|_| TOO_MANY.to_owned())?;
            follow.extend(&draft.follow);
            positions.push(Position {
                chance: match draft.test {
                    Test::Symbol(symbol) => Chance::of_symbol(symbol),
                    Test::Class(of) => classes.chance(of.0),
                    Test::NotSymbol(_) | Test::NotClass(_) | Test::Any => Chance::ALWAYS,
                },
                test: draft.test,
                follow: (from, number),
                accepts: false,
            });
        }
        for &last in &ends.last {
            positions[last as usize].accepts = true;
        }
        Ok(Self {
            groups: groups.into(),
            positions: positions.into(),
            follow: follow.into(),
            first: ends.first.into(),
            need,
        })
    }

    /// The positions that may follow one.
    fn follow(&self, position: &Position) -> &[u16] {
        let (from, number) = position.follow;
        &self.follow[from as usize..from as usize + usize::from(number)]
    }

    /// The tests that can begin a match.
    pub(super) fn first_tests(&self) -> impl Iterator<Item = Test> {
        self.first
            .iter()
            .map(|&position| self.positions[position as usize].test)
    }

    /// Finds matches in a stretch: for each place where one begins, the longest. Calls with the first
    /// place and the place behind the last.
    ///
    /// Patterns do not repeat, so positions follow only positions of higher number, and one pass in
    /// that order tells for all places at once which position can be reached where. Only when some
    /// accepting position is reached is each start looked at by itself.
    pub(super) fn matches(
        &self,
        places: &Places,
        scratch: &mut Scratch,
        mut found: impl FnMut(usize, usize),
    ) {
        scratch.fit(self.positions.len());
        let mut starts = 0;
        for &first in &self.first {
            let position = &self.positions[first as usize];
            if !places.has(position.chance) {
                continue;
            }
            let fits = position.places(places);
            scratch.reach(first, fits);
            starts |= fits;
        }
        let mut ends = 0;
        while let Some((number, reached)) = scratch.take_next() {
            // A first position holds only places that fit; the others so far what came before them.
            let position = &self.positions[number];
            let reached = reached & position.places(places);
            if reached == 0 {
                continue;
            }
            if position.accepts {
                ends |= reached;
            }
            for &next in self.follow(position) {
                if places.has(self.positions[next as usize].chance) {
                    scratch.reach(next, reached << 1);
                }
            }
        }
        if ends == 0 {
            return;
        }
        while starts != 0 {
            let start = starts.trailing_zeros() as usize;
            starts &= starts - 1;
            if let Some(end) = self.longest(places, start, &mut scratch.now, &mut scratch.next) {
                found(start, end);
            }
        }
    }

    /// The place behind the longest match that begins at a place.
    fn longest(
        &self,
        places: &Places,
        start: usize,
        now: &mut Vec<u16>,
        next: &mut Vec<u16>,
    ) -> Option<usize> {
        let fits = |position: u16, at: usize| {
            self.positions[position as usize].places(places) >> at & 1 == 1
        };
        now.clear();
        now.extend(self.first.iter().filter(|&&position| fits(position, start)));
        let mut end = None;
        let mut at = start;
        while !now.is_empty() {
            at += 1;
            if now
                .iter()
                .any(|&position| self.positions[position as usize].accepts)
            {
                end = Some(at);
            }
            if at >= STRETCH {
                break;
            }
            next.clear();
            for &position in now.iter() {
                for &follow in self.follow(&self.positions[position as usize]) {
                    if fits(follow, at) && !next.contains(&follow) {
                        next.push(follow);
                    }
                }
            }
            std::mem::swap(now, next);
        }
        end
    }
}

impl Position {
    /// Where its test holds.
    fn places(&self, places: &Places) -> u128 {
        match self.test {
            Test::Symbol(symbol) => places.symbol(symbol),
            Test::NotSymbol(symbol) => places.words() & !places.symbol(symbol),
            Test::Class(classes) => places.class(classes.0),
            Test::NotClass(classes) => places.words() & !places.class(classes.0),
            Test::Any => places.words(),
        }
    }
}

/// What a match begins with is needed too, unless that can be any word.
fn first_list(first: &[u16], positions: &[Draft]) -> Option<Box<[Wanted]>> {
    let wanted = |&position: &u16| match positions[position as usize].test {
        Test::Symbol(symbol) => Some(Wanted::Symbol(symbol)),
        Test::Class(classes) => Some(Wanted::Class(classes.0)),
        Test::NotSymbol(_) | Test::NotClass(_) | Test::Any => None,
    };
    first.iter().map(wanted).collect()
}

/// Space for running programs, used again and again.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// For each position the places where it may be reached; empty between runs.
    reach: Vec<u128>,
    /// One bit for each position that may be reached somewhere; empty between runs.
    waiting: Vec<u64>,
    now: Vec<u16>,
    next: Vec<u16>,
}

impl Scratch {
    /// Makes room for so many positions.
    fn fit(&mut self, positions: usize) {
        if self.reach.len() < positions {
            self.reach.resize(positions, 0);
            self.waiting.resize(positions / 64 + 1, 0);
        }
    }

    /// Notes that a position may be reached at some places.
    fn reach(&mut self, position: u16, places: u128) {
        if places != 0 {
            self.reach[position as usize] |= places;
            self.waiting[position as usize / 64] |= 1 << (position % 64);
        }
    }

    /// Takes the waiting position of the lowest number.
    fn take_next(&mut self) -> Option<(usize, u128)> {
        let block = self.waiting.iter().position(|bits| *bits != 0)?;
        let bits = &mut self.waiting[block];
        let position = block * 64 + bits.trailing_zeros() as usize;
        *bits &= *bits - 1;
        Some((position, std::mem::take(&mut self.reach[position])))
    }
}

fn walk(tree: &Tree, positions: &mut Vec<Draft>) -> Result<Ends, String> {
    match tree {
        Tree::Test(test) => {
            if positions.len() >= MOST_POSITIONS {
                return Err(TOO_MANY.into());
            }
            let number = positions.len() as u16;
            positions.push(Draft {
                test: *test,
                follow: Vec::new(),
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
