//! Word patterns: thousands of them, run over a note at once.
//!
//! A pack says `i (loved|enjoyed) your {content_noun}` and means words, not characters. All
//! patterns of all rules are collected in a [`PatternBook`] and made ready as one [`PatternSet`]. A
//! note's words are looked up once; each word then names the few patterns that could begin with it,
//! and those that lack a word that they need are passed over. So a note costs about the same
//! whether there are a hundred patterns or three thousand.
//!
//! For one note or a few, only the patterns that these notes' words leave possible are made ready
//! at all: that is most of the start-up saved.

mod compiler;
mod inflect;
mod inflect_french;
mod inflect_german;
mod inflect_spanish;
mod lexicon;
mod needs;
mod places;
mod possible;
mod program;
mod regexes;
mod required;
mod set;
mod syntax;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

pub use crate::pattern::possible::NoteWords;
pub use crate::pattern::regexes::RegexId;
pub use crate::pattern::set::Hits;
pub use crate::pattern::set::PatternSet;
pub use crate::pattern::set::Search;
pub use crate::pattern::syntax::PatternError;

use crate::language::Language;
use crate::pattern::compiler::Compiler;
use crate::pattern::possible::Possible;
use crate::pattern::regexes::Regexes;

/// A list of patterns that mean the same to a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group(u32);

impl Group {
    fn number(self) -> u32 {
        self.0
    }
}

/// Vocabularies by name, with their entries.
type Vocabularies = FxHashMap<String, Vec<String>>;

/// All patterns of a rule set as they are written.
#[derive(Debug, Default)]
pub struct PatternBook {
    /// The language whose inflections `~` stands for.
    language: Language,
    vocabularies: Vocabularies,
    patterns: Vec<(Group, Box<str>)>,
    regexes: Vec<Box<str>>,
    groups: u32,
    whole: OnceLock<PatternSet>,
}

impl PatternBook {
    /// An empty book for notes of a language.
    pub fn in_language(language: Language) -> Self {
        Self {
            language,
            ..Self::default()
        }
    }

    fn compiler<'a>(&'a self, wanted: &'a dyn Fn(&str) -> bool) -> Compiler<'a> {
        Compiler::new(&self.vocabularies, wanted, inflect::of(self.language))
    }

    /// Makes a vocabulary known. All vocabularies come before the patterns.
    pub fn vocabulary(&mut self, name: &str, entries: Vec<String>) {
        self.vocabularies.insert(name.to_owned(), entries);
    }

    /// A new, empty group.
    pub fn group(&mut self) -> Group {
        self.groups += 1;
        Group(self.groups - 1)
    }

    /// Adds a pattern to a group.
    pub fn add(&mut self, group: Group, pattern: &str) {
        self.patterns.push((group, pattern.into()));
    }

    /// Adds a regular expression.
    pub fn regex(&mut self, pattern: &str) -> RegexId {
        self.regexes.push(pattern.into());
        RegexId::new(self.regexes.len() - 1)
    }

    /// Reads a pattern only to find what is wrong with it.
    ///
    /// # Errors
    /// Says what, and where in the pattern.
    pub fn check(&self, pattern: &str) -> Result<(), PatternError> {
        self.compiler(&|_| true).add(&[Group(0)], pattern)
    }

    /// Reads a regular expression only to find what is wrong with it.
    ///
    /// # Errors
    /// Says what, in plain words.
    pub fn check_regex(pattern: &str) -> Result<(), String> {
        regexes::check(pattern)
    }

    /// Reads the entries of a vocabulary only to find what is wrong with them.
    ///
    /// # Errors
    /// Says what, in plain words.
    pub fn check_vocabulary(&self, name: &str) -> Result<(), String> {
        self.compiler(&|_| true).check_vocabulary(name)
    }

    /// All patterns made ready. Done once; later calls get the same.
    pub fn whole(&self) -> &PatternSet {
        self.whole.get_or_init(|| self.compile(None))
    }

    /// The patterns that can fit in notes of these words. On those notes it finds what
    /// [`PatternBook::whole`] finds.
    pub fn for_words(&self, words: &NoteWords) -> PatternSet {
        self.compile(Some(words))
    }

    /// Whether all patterns have been made ready already.
    pub fn is_ready(&self) -> bool {
        self.whole.get().is_some()
    }

    /// Makes ready what some words leave possible, or everything. Word patterns and regular expressions
    /// have nothing to do with each other and are made ready side by side.
    fn compile(&self, words: Option<&NoteWords>) -> PatternSet {
        let regexes = || {
            Regexes::new(&self.regexes, |regex| {
                words.is_none_or(|words| words.allow_regex(regex))
            })
        };
        let (mut set, regexes) = rayon::join(|| self.compile_words(words), regexes);
        set.regexes = regexes;
        set
    }

    /// A pattern that cannot be read is left out: whoever wrote it has been told by the check.
    fn compile_words(&self, words: Option<&NoteWords>) -> PatternSet {
        let possible =
            words.map(|words| Possible::new(&self.vocabularies, words, inflect::of(self.language)));
        let wanted = |pattern: &str| {
            possible
                .as_ref()
                .is_none_or(|possible| possible.pattern(pattern))
        };
        // Many rules have the same exceptions: one program serves them all.
        let mut groups: FxHashMap<&str, Vec<Group>> = FxHashMap::default();
        for (group, pattern) in &self.patterns {
            groups.entry(pattern).or_default().push(*group);
        }
        let mut compiler = self.compiler(&wanted);
        for (_, pattern) in &self.patterns {
            if let Some(groups) = groups.remove(&**pattern)
                && wanted(pattern)
            {
                let _told = compiler.add(&groups, pattern);
            }
        }
        compiler.build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::language::named;
    use crate::note::Note;
    use crate::span::FileId;
    use crate::text::Text;

    /// The words that a pattern finds in a note.
    fn find(pattern: &str, text: &str) -> Vec<String> {
        let mut builder = PatternBook::default();
        builder.vocabulary(
            "content",
            vec!["post~".into(), "white paper".into(), "{media}".into()],
        );
        builder.vocabulary("media", vec!["podcast".into(), "video".into()]);
        let group = builder.group();
        builder.check(pattern).unwrap();
        builder.add(group, pattern);
        let note = Note::new("1", 1, Text::plain(FileId(0), 0, text));
        let facts = Facts::new(&note);
        let few = builder.for_words(&NoteWords::new([text].into_iter(), facts.language));
        let found: Vec<_> = builder
            .whole()
            .find(&facts, &mut Search::default())
            .of(group)
            .collect();
        let also: Vec<_> = few.find(&facts, &mut Search::default()).of(group).collect();
        assert_eq!(found, also, "the patterns for these words find less");
        found
            .into_iter()
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
        assert_eq!(find("your *shop", "your Workshop"), ["your Workshop"]);
        assert_eq!(find("*shop~", "two workshops"), ["workshops"]);
        assert_eq!(find("your !{content}", "your post, your cat"), ["your cat"]);
    }

    #[test]
    fn german_words() {
        let mut book = PatternBook::in_language(named("de").unwrap());
        let group = book.group();
        for pattern in [
            "*vortrag~ über",
            "im <name>",
            "suchen~ <number>",
            "stelle ..2 vor",
        ] {
            book.check(pattern).unwrap();
            book.add(group, pattern);
        }
        let text = "Hallo Jana, Ihre Lieferkettenvorträge ueber Stahl im ICE; ich suche zwei Leute und stelle sie gern vor.";
        let note = Note::new("1", 1, Text::plain(FileId(0), 0, text));
        let facts = Facts::new(&note);
        let few = book.for_words(&NoteWords::new([text].into_iter(), facts.language));
        for set in [book.whole(), &few] {
            let hits = set.find(&facts, &mut Search::default());
            let found: Vec<&str> = hits
                .of(group)
                .map(|tokens| &text[facts.bytes(tokens)])
                .collect();
            assert_eq!(
                found,
                [
                    "Lieferkettenvorträge ueber",
                    "im ICE",
                    "suche zwei",
                    "stelle sie gern vor"
                ]
            );
        }
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
        let mut builder = PatternBook::default();
        builder.vocabulary("loop", vec!["{loop}".into()]);
        builder.vocabulary("content_noun", vec!["post".into()]);
        assert!(
            builder
                .check("{loop}")
                .unwrap_err()
                .message
                .contains("contains itself")
        );
        assert!(
            builder
                .check("{content_nuon}")
                .unwrap_err()
                .message
                .contains("did you mean `content_noun`")
        );
        assert!(
            builder
                .check("* ..2 *")
                .unwrap_err()
                .message
                .contains("must begin")
        );
        assert!(
            builder
                .check("post?")
                .unwrap_err()
                .message
                .contains("nothing at all")
        );
    }
}
