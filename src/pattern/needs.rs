//! Which patterns have a chance in a stretch of a note: those of whose needs something is there.
//!
//! Patterns share their needs: of all lists each different one is kept once and has a number. A word tells which
//! lists it is on; after the words of a stretch are read, whether a list is met is one bit.

use rustc_hash::FxHashMap;

use crate::pattern::places::Places;
use crate::pattern::places::Wanted;

/// Lists that are asked for before a pattern is tried, the one by which it is found not counted.
pub(super) const ASKED: usize = 4;

/// The number of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListId(u32);

impl ListId {
    /// The list that every stretch meets.
    pub(super) const MET: Self = Self(0);
}

/// On which lists each symbol and each class is.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// How many there are.
    number: u32,
    /// Where the lists of a symbol begin in `all`; one more behind the last.
    starts: Vec<u32>,
    all: Vec<u32>,
    by_class: Vec<Vec<u32>>,
}

/// Lists on their way to [`Lists`].
#[derive(Debug, Default)]
pub(super) struct ListBook {
    known: FxHashMap<Box<[Wanted]>, u32>,
}

impl ListBook {
    /// The number of a list: of each different one the same.
    pub(super) fn id(&mut self, list: Box<[Wanted]>) -> ListId {
        let next = self.known.len() as u32 + 1;
        ListId(*self.known.entry(list).or_insert(next))
    }

    /// The lists of each symbol.
    pub(super) fn build(self, symbols: usize) -> Lists {
        let mut by_symbol: Vec<Vec<u32>> = vec![Vec::new(); symbols];
        let mut by_class: Vec<Vec<u32>> = vec![Vec::new(); u32::BITS as usize];
        let number = self.known.len() as u32 + 1;
        for (list, id) in self.known {
            for wanted in list {
                match wanted {
                    Wanted::Symbol(symbol) => by_symbol[symbol as usize].push(id),
                    Wanted::Class(classes) => {
                        let bits = (0..u32::BITS).filter(|bit| classes >> bit & 1 == 1);
                        bits.for_each(|bit| by_class[bit as usize].push(id));
                    }
                }
            }
        }
        let mut starts = Vec::with_capacity(symbols + 1);
        let mut all = Vec::new();
        for lists in by_symbol {
            starts.push(all.len() as u32);
            all.extend(lists);
        }
        starts.push(all.len() as u32);
        Lists {
            number,
            starts,
            all,
            by_class,
        }
    }
}

/// The lists that a stretch meets, a bit each.
#[derive(Debug, Default)]
pub(super) struct Met(Vec<u64>);

impl Met {
    /// Looks at a stretch.
    pub(super) fn enter(&mut self, lists: &Lists, places: &Places) {
        self.0.clear();
        self.0.resize(lists.number as usize / 64 + 1, 0);
        self.add(ListId::MET.0);
        for &symbol in places.present() {
            let starts = &lists.starts[symbol as usize..];
            let (from, to) = (starts[0] as usize, starts[1] as usize);
            lists.all[from..to].iter().for_each(|&list| self.add(list));
        }
        let mut classes = places.held_classes();
        while classes != 0 {
            let of_class = lists.by_class.get(classes.trailing_zeros() as usize);
            let of_class = of_class.into_iter().flatten();
            of_class.for_each(|&list| self.add(list));
            classes &= classes - 1;
        }
    }

    fn add(&mut self, list: u32) {
        self.0[list as usize / 64] |= 1 << (list % 64);
    }

    /// Whether something of a list is there.
    pub(super) fn has(&self, list: ListId) -> bool {
        self.0[list.0 as usize / 64] >> (list.0 % 64) & 1 == 1
    }
}
