//! Making patterns ready: vocabularies put in, words numbered, every pattern a program.

use rustc_hash::FxHashMap;

use crate::facts::Classes;
use crate::pattern::Group;
use crate::pattern::PatternError;
use crate::pattern::PatternSet;
use crate::pattern::Vocabularies;
use crate::pattern::inflect::Inflect;
use crate::pattern::lexicon::Lexicon;
use crate::pattern::needs::ASKED;
use crate::pattern::needs::ListBook;
use crate::pattern::needs::ListId;
use crate::pattern::places::ClassSets;
use crate::pattern::places::Wanted;
use crate::pattern::program::Program;
use crate::pattern::program::Test;
use crate::pattern::program::Tree;
use crate::pattern::set::Offer;
use crate::pattern::syntax;
use crate::pattern::syntax::Item;
use crate::pattern::syntax::Node;
use crate::toml_doc::suggestion;

/// Patterns on their way to a [`PatternSet`].
pub(super) struct Compiler<'a> {
    /// Whether an entry of a vocabulary can fit at all.
    wanted: &'a dyn Fn(&str) -> bool,
    vocabularies: &'a Vocabularies,
    lexicon: Lexicon,
    classes: ClassSets,
    programs: Vec<Program>,
    /// Vocabularies that a pattern has used: the symbol of their single words, and their longer entries.
    ready: FxHashMap<String, Vocabulary>,
}

#[derive(Clone, Debug)]
struct Vocabulary {
    symbol: Option<u32>,
    longer: Vec<Tree>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(
        vocabularies: &'a Vocabularies,
        wanted: &'a dyn Fn(&str) -> bool,
        inflect: Inflect,
    ) -> Self {
        Self {
            wanted,
            vocabularies,
            lexicon: Lexicon::new(inflect),
            classes: ClassSets::default(),
            programs: Vec::new(),
            ready: FxHashMap::default(),
        }
    }

    /// Adds a pattern to groups.
    ///
    /// # Errors
    /// Says what is wrong with the pattern and where in it.
    pub(super) fn add(&mut self, groups: &[Group], pattern: &str) -> Result<(), PatternError> {
        let whole = |message: String| PatternError {
            message,
            range: 0..pattern.len(),
        };
        let node = syntax::parse(pattern)?;
        let tree = self.tree(&node, &mut Vec::new()).map_err(whole)?;
        // Alternatives of the whole pattern become programs of their own: each is then tried only where
        // its own words are.
        for tree in alternatives(tree) {
            let program = Program::new(&tree, groups, &mut self.classes).map_err(whole)?;
            if program.first_tests().any(is_wild) && program.need.is_empty() {
                let message = "a pattern must begin with a word, a vocabulary, a class or `^`, or hold a word for certain";
                return Err(whole(message.into()));
            }
            self.programs.push(program);
        }
        Ok(())
    }

    /// Reads every entry of every vocabulary, for the mistakes in them.
    pub(super) fn check_vocabulary(&mut self, name: &str) -> Result<(), String> {
        self.ready(name, &mut Vec::new()).map(|_| ())
    }

    fn tree(&mut self, node: &Node, inside: &mut Vec<String>) -> Result<Tree, String> {
        Ok(match node {
            Node::Item(item) => self.item(item, inside)?,
            Node::Sequence(nodes) => Tree::Sequence(self.trees(nodes, inside)?),
            Node::Choice(nodes) => Tree::Choice(self.trees(nodes, inside)?),
            Node::Optional(node) => Tree::Optional(Box::new(self.tree(node, inside)?)),
            Node::Gap(width) => gap(*width),
        })
    }

    fn trees(&mut self, nodes: &[Node], inside: &mut Vec<String>) -> Result<Vec<Tree>, String> {
        nodes.iter().map(|node| self.tree(node, inside)).collect()
    }

    fn item(&mut self, item: &Item, inside: &mut Vec<String>) -> Result<Tree, String> {
        Ok(match item {
            Item::Word(_)
            | Item::Inflected(_)
            | Item::Prefix(_)
            | Item::Suffix(_)
            | Item::InflectedSuffix(_) => Tree::Test(Test::Symbol(self.symbol(item))),
            Item::Class(classes) => Tree::Test(Test::Class(*classes)),
            Item::Any => Tree::Test(Test::Any),
            Item::Soft => Tree::Test(Test::Class(Classes::SOFT)),
            Item::Start => Tree::Test(Test::Class(Classes::START)),
            Item::End => Tree::Test(Test::Class(Classes::END)),
            Item::Vocabulary(name) => {
                let vocabulary = self.ready(name, inside)?;
                let single = vocabulary
                    .symbol
                    .map(|symbol| Tree::Test(Test::Symbol(symbol)));
                let mut choices: Vec<Tree> = single.into_iter().chain(vocabulary.longer).collect();
                if choices.len() == 1 {
                    choices.remove(0)
                } else {
                    Tree::Choice(choices)
                }
            }
            Item::Not(inner) => match &**inner {
                Item::Class(classes) => Tree::Test(Test::NotClass(*classes)),
                Item::Vocabulary(name) => {
                    let vocabulary = self.ready(name, inside)?;
                    Tree::Test(vocabulary.symbol.map_or(Test::Any, Test::NotSymbol))
                }
                word @ (Item::Word(_)
                | Item::Inflected(_)
                | Item::Prefix(_)
                | Item::Suffix(_)
                | Item::InflectedSuffix(_)) => Tree::Test(Test::NotSymbol(self.symbol(word))),
                _ => return Err("`!` stands before a word, a vocabulary or a class".into()),
            },
        })
    }

    fn symbol(&mut self, item: &Item) -> u32 {
        match self.lexicon.symbol(item) {
            Some(symbol) => symbol,
            None => self.lexicon.fresh(),
        }
    }

    /// A vocabulary with its entries read.
    fn ready(&mut self, name: &str, inside: &mut Vec<String>) -> Result<Vocabulary, String> {
        if let Some(vocabulary) = self.ready.get(name) {
            return Ok(vocabulary.clone());
        }
        if inside.iter().any(|outer| outer == name) {
            return Err(format!("the vocabulary {{{name}}} contains itself"));
        }
        let Some(entries) = self.vocabularies.get(name).cloned() else {
            let names: Vec<&String> = self.vocabularies.keys().collect();
            return Err(format!(
                "there is no vocabulary {{{name}}}; {}",
                suggestion(name, &names)
            ));
        };
        inside.push(name.to_owned());
        let symbol = self.lexicon.fresh();
        let mut longer = Vec::new();
        if entries.is_empty() {
            return Err(format!("the vocabulary {{{name}}} is empty"));
        }
        let singles = self.teach(&entries, symbol, &mut longer, inside)?;
        inside.pop();
        // Where no entry can fit, a symbol that no word has says so.
        let symbol = (singles || longer.is_empty()).then_some(symbol);
        let vocabulary = Vocabulary { symbol, longer };
        self.ready.insert(name.to_owned(), vocabulary.clone());
        Ok(vocabulary)
    }

    /// Gives a vocabulary's symbol to its single words, those of vocabularies inside it included, and
    /// collects its longer entries. Tells whether there was a single word.
    fn teach(
        &mut self,
        entries: &[String],
        symbol: u32,
        longer: &mut Vec<Tree>,
        inside: &mut Vec<String>,
    ) -> Result<bool, String> {
        let mut singles = false;
        for entry in entries.iter().filter(|entry| (self.wanted)(entry)) {
            let node = syntax::parse(entry)
                .map_err(|error| format!("the entry `{entry}`: {}", error.message))?;
            match &node {
                Node::Item(
                    item @ (Item::Word(_)
                    | Item::Inflected(_)
                    | Item::Prefix(_)
                    | Item::Suffix(_)
                    | Item::InflectedSuffix(_)),
                ) => {
                    self.lexicon.teach(item, symbol);
                    singles = true;
                }
                Node::Item(Item::Vocabulary(name)) => {
                    if inside.contains(name) {
                        return Err(format!("the vocabulary {{{name}}} contains itself"));
                    }
                    let Some(inner) = self.vocabularies.get(name).cloned() else {
                        let names: Vec<&String> = self.vocabularies.keys().collect();
                        return Err(format!(
                            "there is no vocabulary {{{name}}}; {}",
                            suggestion(name, &names)
                        ));
                    };
                    inside.push(name.clone());
                    singles |= self.teach(&inner, symbol, longer, inside)?;
                    inside.pop();
                }
                _ => longer.push(self.tree(&node, inside)?),
            }
        }
        Ok(singles)
    }

    /// The finished set.
    pub(super) fn build(mut self) -> PatternSet {
        let weights = self.lexicon.weights();
        let symbols = self.lexicon.symbols();
        let mut by_class: Vec<(Classes, Vec<Offer>)> = Vec::new();
        let mut lists = ListBook::default();
        let mut by_symbol = vec![Vec::new(); symbols];
        for (number, program) in self.programs.iter_mut().enumerate() {
            let need = std::mem::take(&mut program.need);
            let mut needed = need.rarest_first(&weights).into_iter();
            let rarest = needed.next().unwrap_or_default();
            let mut offer = Offer {
                program: number as u32,
                lists: [ListId::MET; ASKED],
            };
            for (asked, list) in offer.lists.iter_mut().zip(needed) {
                *asked = lists.id(list);
            }
            for wanted in rarest {
                let classes = match wanted {
                    Wanted::Symbol(symbol) => {
                        by_symbol[symbol as usize].push(offer);
                        continue;
                    }
                    Wanted::Class(classes) => Classes(classes),
                };
                match by_class.iter_mut().find(|(known, _)| *known == classes) {
                    Some((_, list)) => list.push(offer),
                    None => by_class.push((classes, vec![offer])),
                }
            }
        }
        PatternSet {
            lexicon: self.lexicon,
            classes: self.classes,
            programs: self.programs,
            by_symbol,
            by_class,
            lists: lists.build(symbols),
            regexes: Default::default(),
        }
    }
}

/// Whether a test fits words that no list can name.
fn is_wild(test: Test) -> bool {
    matches!(test, Test::Any | Test::NotSymbol(_) | Test::NotClass(_))
}

/// Up to so many words, with soft breaks before, between and behind them.
fn gap(width: usize) -> Tree {
    let soft = || Tree::Optional(Box::new(Tree::Test(Test::Class(Classes::SOFT))));
    let mut tree = soft();
    for _ in 0..width {
        let word = Tree::Sequence(vec![soft(), Tree::Test(Test::Any), tree]);
        tree = Tree::Choice(vec![word, soft()]);
    }
    tree
}

/// The alternatives of which a tree is one.
fn alternatives(tree: Tree) -> Vec<Tree> {
    match tree {
        Tree::Choice(choices) => choices.into_iter().flat_map(alternatives).collect(),
        other => vec![other],
    }
}
