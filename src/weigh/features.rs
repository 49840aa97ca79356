//! What of a note is weighed: what the signals found, words and kinds of word, numbers of things.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use crate::facts::Classes;
use crate::facts::Facts;
use crate::language::ENGLISH;
use crate::score::Level;
use crate::score::Part;
use crate::score::PartScore;

/// Something that a note has or has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature<'a> {
    /// As the weights name it: a word as it is folded, of other languages than English behind the language's code
    /// and a colon; `<name>` for a kind of word; `<names>=2` for two or more of them; `@reference=2` for a level that
    /// the signals gave; the id of a signal.
    pub name: Cow<'a, str>,
    /// The first token that shows it; none for what the whole note has.
    pub token: Option<usize>,
}

/// Kinds of word that stand for their words: which name or number it is tells nothing.
const KINDS: [(Classes, &str); 5] = [
    (Classes::FIELD, "<field>"),
    (Classes::RECIPIENT, "<recipient>"),
    (Classes::URL, "<link>"),
    (Classes::FIGURE, "<figure>"),
    (Classes::NAME, "<name>"),
];

/// Numbers of things in a note.
#[derive(Default)]
struct Numbers {
    characters: u32,
    names: u32,
    figures: u32,
    questions: u32,
    sentences: u32,
    shouts: u32,
    you: u32,
    your: u32,
    i: u32,
    the: u32,
    past: u32,
    long: u32,
}

impl Numbers {
    /// Each with its name and the steps from which it is a feature.
    fn steps(&self) -> [(&'static str, u32, &'static [u32]); 12] {
        [
            ("length", self.characters, &[40, 70, 100, 140, 190, 250]),
            ("names", self.names, &[1, 2, 3]),
            ("figures", self.figures, &[1, 2, 3]),
            ("questions", self.questions, &[1, 2]),
            ("sentences", self.sentences, &[2, 3, 4]),
            ("shouts", self.shouts, &[1, 2, 3]),
            ("you", self.you, &[1, 2, 3]),
            ("your", self.your, &[1, 2]),
            ("i", self.i, &[1, 2, 3]),
            ("the", self.the, &[1, 2, 3]),
            ("past", self.past, &[1, 2, 3]),
            ("long", self.long, &[3, 6, 10, 15]),
        ]
    }

    /// Counts a word that is of no kind.
    fn count(&mut self, word: &str) {
        match word {
            "you" => self.you += 1,
            "your" => self.your += 1,
            "i" => self.i += 1,
            "the" => self.the += 1,
            _ => {}
        }
        self.past += u32::from(word.len() >= PAST && word.ends_with("ed"));
        self.long += u32::from(word.len() >= LONG);
    }
}

/// Characters up to which a note is short, and up to which it is of middle length.
const SHORT: u32 = 80;
const MIDDLE: u32 = 150;
/// Bytes from which a word in "-ed" counts as a past tense.
const PAST: usize = 5;
/// Bytes from which a word is long.
const LONG: usize = 7;
/// Most signals of a part that are counted.
const SIGNALS: usize = 3;

/// The features of a note, each once. `parts` are those that the signals gave.
pub fn features<'a>(facts: &'a Facts<'_>, parts: &'a [PartScore; 3]) -> Vec<Feature<'a>> {
    let mut all = Vec::with_capacity(96);
    words(facts, &mut all);
    levels(parts, facts.counts.characters, &mut all);
    all
}

/// Words, kinds of word and how many of each.
fn words<'a>(facts: &'a Facts<'_>, all: &mut Vec<Feature<'a>>) {
    let (tokens, counts) = (&facts.tokens, &facts.counts);
    let is_english = facts.language.code == ENGLISH.code;
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut numbers = Numbers {
        characters: counts.characters,
        questions: counts.questions.len() as u32,
        sentences: counts.sentences,
        shouts: counts.exclamations.len() as u32,
        ..Numbers::default()
    };
    for (place, token) in tokens.all.iter().enumerate() {
        if token.classes.any(Classes::MARK) {
            continue;
        }
        let word = tokens.folded(token);
        let kind = KINDS.iter().find(|(class, _)| token.classes.any(*class));
        let name = match kind {
            Some((class, name)) => {
                numbers.names += u32::from(*class == Classes::NAME);
                numbers.figures += u32::from(*class == Classes::FIGURE);
                name
            }
            None => {
                numbers.count(word);
                word
            }
        };
        if name.is_empty() || !seen.insert(name) {
            continue;
        }
        all.push(Feature {
            name: match is_english || kind.is_some() {
                true => Cow::Borrowed(name),
                false => Cow::Owned(format!("{}:{name}", facts.language.code)),
            },
            token: Some(place),
        });
    }
    for (name, number, steps) in numbers.steps() {
        for step in steps.iter().filter(|step| number >= **step) {
            all.push(whole(format!("<{name}>={step}")));
        }
    }
}

/// The levels that the signals gave, alone and together, and the signals.
fn levels<'a>(parts: &'a [PartScore; 3], characters: u32, all: &mut Vec<Feature<'a>>) {
    let size = if characters <= SHORT {
        "short"
    } else if characters <= MIDDLE {
        "middle"
    } else {
        "long"
    };
    let digits = parts.iter().map(|part| char::from(b'0' + part.level as u8));
    all.push(whole(format!("@all={}", digits.collect::<String>())));
    for part in Part::ALL {
        let score = &parts[part as usize];
        let (name, level) = (part.name(), score.level as u8);
        all.push(whole(format!("@{name}={level}")));
        all.push(whole(format!("@{name}={level},{size}")));
        if level > 0 {
            all.push(whole(format!("@{name}>=1")));
        }
        let mut specific: FxHashSet<&str> = FxHashSet::default();
        let mut signals: FxHashSet<&str> = FxHashSet::default();
        for evidence in &score.evidence {
            if evidence.level == Level::Specific {
                specific.insert(&evidence.signal);
            }
            if signals.insert(&evidence.signal) {
                all.push(Feature {
                    name: Cow::Borrowed(&evidence.signal),
                    token: None,
                });
            }
        }
        for number in 1..=specific.len().min(SIGNALS) {
            all.push(whole(format!("@{name}*{number}")));
        }
    }
}

fn whole(name: String) -> Feature<'static> {
    Feature {
        name: Cow::Owned(name),
        token: None,
    }
}
