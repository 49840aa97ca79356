//! Word patterns: thousands of them, run over a note at once.
//!
//! A pack says `i (loved|enjoyed) your {content_noun}` and means words, not characters. All
//! patterns of all rules are put into one [`PatternSet`]. A note's words are looked up once; each
//! word then names the few patterns that could begin with it, and those that lack a word that they
//! need are passed over. So a note costs about the same whether there are a hundred patterns or
//! three thousand, and there is nothing to compile but this table.

mod inflect;
mod lexicon;
mod program;
mod syntax;

use rustc_hash::FxHashMap;

use crate::facts::Classes;
use crate::facts::Facts;
use crate::pattern::lexicon::Lexicon;
use crate::pattern::lexicon::Symbols;
use crate::pattern::program::Need;
use crate::pattern::program::Program;
use crate::pattern::program::Test;
use crate::pattern::program::Threads;
use crate::pattern::program::Tree;
use crate::pattern::syntax::Item;
use crate::pattern::syntax::Node;
pub use crate::pattern::syntax::PatternError;
use crate::toml_doc::suggestion;

/// A list of patterns that mean the same to a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group(u32);

/// All patterns of a rule set.
#[derive(Debug, Default)]
pub struct PatternSet {
    lexicon: Lexicon,
    programs: Vec<Program>,
    /// Programs that can begin with a word of a symbol.
    by_symbol: Vec<Vec<u32>>,
    /// Programs that can begin with a token of a class.
    by_class: Vec<(Classes, Vec<u32>)>,
    /// Programs that can begin with any word; each holds a word for certain.
    wild: Vec<u32>,
    groups: u32,
}

/// Builds a [`PatternSet`]. Vocabularies come first, then patterns.
#[derive(Debug, Default)]
pub struct Builder {
    set: PatternSet,
    vocabularies: FxHashMap<String, Vec<String>>,
    /// Vocabularies that a pattern has used: the symbol of their single words, and their longer entries.
    ready: FxHashMap<String, Vocabulary>,
}

#[derive(Clone, Debug)]
struct Vocabulary {
    symbol: Option<u32>,
    longer: Vec<Tree>,
}

/// Where patterns of a note fit.
#[derive(Debug, Default)]
pub struct Hits {
    /// Group, first token, token behind the last; sorted.
    all: Vec<(u32, u32, u32)>,
}

impl Hits {
    /// The matches of a group, in tokens, in the order of the note; none lies inside another.
    pub fn of(&self, group: Group) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let from = self.all.partition_point(|hit| hit.0 < group.0);
        self.all[from..]
            .iter()
            .take_while(move |hit| hit.0 == group.0)
            .map(|hit| hit.1 as usize..hit.2 as usize)
    }
}

impl Builder {
    /// Makes a vocabulary known. Its entries are read when a pattern first uses it.
    pub fn vocabulary(&mut self, name: &str, entries: Vec<String>) {
        self.vocabularies.insert(name.to_owned(), entries);
    }

    /// Whether a vocabulary of this name is known.
    pub fn has_vocabulary(&self, name: &str) -> bool {
        self.vocabularies.contains_key(name)
    }

    /// A new, empty group.
    pub fn group(&mut self) -> Group {
        self.set.groups += 1;
        Group(self.set.groups - 1)
    }

    /// Adds a pattern to a group.
    ///
    /// # Errors
    /// Says what is wrong with the pattern and where in it.
    pub fn add(&mut self, group: Group, pattern: &str) -> Result<(), PatternError> {
        let whole = |message: String| PatternError {
            message,
            range: 0..pattern.len(),
        };
        let node = syntax::parse(pattern)?;
        let tree = self.tree(&node, &mut Vec::new()).map_err(whole)?;
        let program = Program::new(&tree, group.0).map_err(whole)?;
        if program.first_tests().any(is_wild) && program.need.is_empty() {
            let message = "a pattern must begin with a word, a vocabulary, a class or `^`, or hold a word for certain";
            return Err(whole(message.into()));
        }
        self.set.programs.push(program);
        Ok(())
    }

    /// Reads every entry of every vocabulary, for the mistakes in them.
    pub fn check_vocabulary(&mut self, name: &str) -> Result<(), String> {
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
            Item::Word(_) | Item::Inflected(_) | Item::Prefix(_) => {
                Tree::Test(Test::Symbol(self.symbol(item)))
            }
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
                word @ (Item::Word(_) | Item::Inflected(_) | Item::Prefix(_)) => {
                    Tree::Test(Test::NotSymbol(self.symbol(word)))
                }
                _ => return Err("`!` stands before a word, a vocabulary or a class".into()),
            },
        })
    }

    fn symbol(&mut self, item: &Item) -> u32 {
        match self.set.lexicon.symbol(item) {
            Some(symbol) => symbol,
            None => self.set.lexicon.fresh(),
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
        let symbol = self.set.lexicon.fresh();
        let mut longer = Vec::new();
        let singles = self.teach(&entries, symbol, &mut longer, inside)?;
        inside.pop();
        let vocabulary = Vocabulary {
            symbol: singles.then_some(symbol),
            longer,
        };
        if vocabulary.symbol.is_none() && vocabulary.longer.is_empty() {
            return Err(format!("the vocabulary {{{name}}} is empty"));
        }
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
        for entry in entries {
            let node = syntax::parse(entry)
                .map_err(|error| format!("the entry `{entry}`: {}", error.message))?;
            match &node {
                Node::Item(item @ (Item::Word(_) | Item::Inflected(_) | Item::Prefix(_))) => {
                    self.set.lexicon.teach(item, symbol);
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
    pub fn build(mut self) -> PatternSet {
        let mut by_class: Vec<(Classes, Vec<u32>)> = Vec::new();
        self.set.by_symbol = vec![Vec::new(); self.set.lexicon.symbols()];
        for (number, program) in self.set.programs.iter().enumerate() {
            let number = number as u32;
            for test in program.first_tests() {
                let list = match test {
                    Test::Symbol(symbol) => &mut self.set.by_symbol[symbol as usize],
                    Test::Class(class) => {
                        match by_class.iter().position(|(known, _)| *known == class) {
                            Some(index) => &mut by_class[index].1,
                            None => {
                                by_class.push((class, Vec::new()));
                                let last = by_class.len() - 1;
                                &mut by_class[last].1
                            }
                        }
                    }
                    _ => &mut self.set.wild,
                };
                if list.last() != Some(&number) {
                    list.push(number);
                }
            }
        }
        self.set.by_class = by_class;
        self.set
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
        tree = Tree::Optional(Box::new(word));
    }
    // A gap of no words may still cross one break.
    Tree::Choice(vec![tree, soft()])
}

impl PatternSet {
    /// Finds every match of every pattern: for each start the longest.
    pub fn find(&self, facts: &Facts<'_>) -> Hits {
        let symbols = self.lexicon.annotate(facts);
        let mut hits = Hits::default();
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
        hits: &mut Hits,
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

impl Hits {
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
fn held(facts: &Facts<'_>, symbols: &Symbols, tokens: std::ops::Range<usize>) -> Need {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::Note;
    use crate::span::FileId;
    use crate::text::Text;

    /// The words that a pattern finds in a note.
    fn find(pattern: &str, text: &str) -> Vec<String> {
        let mut builder = Builder::default();
        builder.vocabulary(
            "content",
            vec!["post~".into(), "white paper".into(), "{media}".into()],
        );
        builder.vocabulary("media", vec!["podcast".into(), "video".into()]);
        let group = builder.group();
        builder.add(group, pattern).unwrap();
        let set = builder.build();
        let note = Note::new("1", 1, Text::plain(FileId(0), 0, text));
        let facts = Facts::new(&note);
        set.find(&facts)
            .of(group)
            .map(|tokens| text[facts.bytes(tokens)].to_owned())
            .collect()
    }

    #[test]
    fn words_vocabularies_and_gaps() {
        assert_eq!(
            find(
                "your {content}",
                "Loved your posts and your white paper, your Podcast"
            ),
            ["your posts", "your white paper", "your Podcast"]
        );
        assert_eq!(find("i am", "I'm here and im there"), ["I'm", "im"]);
        assert_eq!(
            find("loved ..2 post", "I loved your last post"),
            ["loved your last post"]
        );
        assert_eq!(
            find("loved ..2 post", "I loved one two three post"),
            [""; 0]
        );
        assert_eq!(
            find("(really)? loved it", "I really loved it"),
            ["really loved it"]
        );
        assert_eq!(find("recruit*", "a recruiter"), ["recruiter"]);
        assert_eq!(find("your !{content}", "your post, your cat"), ["your cat"]);
    }

    #[test]
    fn breaks_and_sentence_ends() {
        assert_eq!(find("loved your", "I loved. Your"), [""; 0]);
        assert_eq!(find("loved your", "I loved, your"), [""; 0]);
        assert_eq!(find("loved ,? your", "I loved, your"), ["loved, your"]);
        assert_eq!(find("^ thanks", "Hi Ana, thanks. And thanks"), ["thanks"]);
        assert_eq!(find("so $", "I think so. Is it so good"), ["so"]);
    }

    #[test]
    fn classes() {
        assert_eq!(find("in <name>", "I live in Oslo in peace"), ["in Oslo"]);
        assert_eq!(find("<money>", "pays $300 or £62-68k"), ["$300", "£62"]);
        assert_eq!(
            find(
                "worked for <name> (<name>)?",
                "I worked for Blue River once"
            ),
            ["worked for Blue River"]
        );
    }

    #[test]
    fn mistakes_are_explained() {
        let mut builder = Builder::default();
        builder.vocabulary("loop", vec!["{loop}".into()]);
        builder.vocabulary("content_noun", vec!["post".into()]);
        let group = builder.group();
        assert!(
            builder
                .add(group, "{loop}")
                .unwrap_err()
                .message
                .contains("contains itself")
        );
        assert!(
            builder
                .add(group, "{content_nuon}")
                .unwrap_err()
                .message
                .contains("did you mean `content_noun`")
        );
        assert!(
            builder
                .add(group, "* ..2 *")
                .unwrap_err()
                .message
                .contains("must begin")
        );
        assert!(
            builder
                .add(group, "post?")
                .unwrap_err()
                .message
                .contains("nothing at all")
        );
    }
}
