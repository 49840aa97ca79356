//! Regular expressions: compiled when they are first needed, and tried only on notes that hold a
//! text that they need.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::Regex;
use regex::RegexBuilder;
use regex_syntax::hir::Class;
use regex_syntax::hir::Hir;
use regex_syntax::hir::HirKind;

/// The largest regular expression that is compiled, in bytes of the compiled program.
const REGEX_SIZE: usize = 1 << 20;
/// Brackets inside brackets that a regular expression may have.
const NESTING: u32 = 50;
/// Alternatives of which one must be in a note; with more of them, looking for them does not pay.
const MOST_NEEDS: usize = 200;

/// The number of a regular expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegexId(u32);

impl RegexId {
    pub(super) fn new(number: usize) -> Self {
        Self(number as u32)
    }
}

/// All regular expressions of a rule set.
#[derive(Debug, Default)]
pub(super) struct Regexes {
    all: Vec<Expression>,
    /// Finds the texts that expressions need, in any case of ASCII letters.
    needs: Option<AhoCorasick>,
    /// The expression of each text, and of which of its lists the text is one.
    owners: Vec<(u32, u8)>,
}

#[derive(Debug)]
struct Expression {
    pattern: Box<str>,
    /// How many lists of texts there are, of each of which a note must hold one; 0 when none is known.
    lists: u8,
    compiled: OnceLock<Option<Regex>>,
}

/// The number of lists of an expression that is known not to fit.
const NEVER: u8 = u8::MAX;
/// Lists that are kept for an expression.
const MOST_LISTS: usize = 4;

/// The expressions that can fit in a note, as bits.
#[derive(Debug)]
pub(super) struct Candidates(Vec<u64>);

impl Candidates {
    pub(super) fn has(&self, regex: RegexId) -> bool {
        self.0[regex.0 as usize / 64] >> (regex.0 % 64) & 1 == 1
    }

    fn add(&mut self, number: u32) {
        self.0[number as usize / 64] |= 1 << (number % 64);
    }
}

/// What is wrong with a regular expression.
pub(super) fn check(pattern: &str) -> Result<(), String> {
    let last_line = |error: String| {
        error
            .lines()
            .last()
            .unwrap_or_default()
            .trim_start_matches("error: ")
            .to_owned()
    };
    parse(pattern).map_err(|error| {
        format!(
            "this regular expression cannot be read: {}",
            last_line(error.to_string())
        )
    })?;
    let built = RegexBuilder::new(pattern).size_limit(REGEX_SIZE).build();
    built.map(|_| ()).map_err(|error| {
        format!(
            "this regular expression cannot be used: {}",
            last_line(error.to_string())
        )
    })
}

fn parse(pattern: &str) -> Result<Hir, Box<regex_syntax::Error>> {
    regex_syntax::ParserBuilder::new()
        .nest_limit(NESTING)
        .build()
        .parse(pattern)
        .map_err(Box::new)
}

impl Regexes {
    /// Collects expressions; those that are not wanted never fit.
    pub(super) fn new(patterns: &[Box<str>], wanted: impl Fn(&str) -> bool) -> Self {
        let mut regexes = Self::default();
        let mut texts: Vec<Vec<u8>> = Vec::new();
        for (number, pattern) in patterns.iter().enumerate() {
            let mut lists = 0;
            if wanted(pattern) {
                let needs = parse(pattern).map(|hir| needs(&hir)).unwrap_or_default();
                for list in needs.into_iter().take(MOST_LISTS) {
                    regexes
                        .owners
                        .extend(list.iter().map(|_| (number as u32, lists)));
                    texts.extend(list);
                    lists += 1;
                }
            } else {
                lists = NEVER;
            }
            regexes.all.push(Expression {
                pattern: pattern.clone(),
                lists,
                compiled: OnceLock::new(),
            });
        }
        regexes.needs = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(&texts)
            .ok();
        regexes
    }

    /// The expressions that can fit in a text.
    pub(super) fn candidates(&self, text: &str) -> Candidates {
        let mut met = vec![0u8; self.all.len()];
        if let Some(needs) = &self.needs {
            for found in needs.find_overlapping_iter(text) {
                let (number, list) = self.owners[found.pattern().as_usize()];
                met[number as usize] |= 1 << list;
            }
        }
        let mut candidates = Candidates(vec![0; self.all.len() / 64 + 1]);
        for (number, (expression, met)) in self.all.iter().zip(met).enumerate() {
            let all = u8::MAX
                .checked_shr(8 - u32::from(expression.lists.min(8)))
                .unwrap_or(0);
            let unknown = expression.lists == 0 || self.needs.is_none();
            if expression.lists != NEVER && (unknown || met == all) {
                candidates.add(number as u32);
            }
        }
        candidates
    }

    /// Where an expression fits.
    pub(super) fn find(&self, regex: RegexId, text: &str) -> Vec<Range<usize>> {
        let Expression {
            pattern, compiled, ..
        } = &self.all[regex.0 as usize];
        let compiled = compiled.get_or_init(|| {
            RegexBuilder::new(pattern)
                .size_limit(REGEX_SIZE)
                .build()
                .ok()
        });
        let found = compiled
            .iter()
            .flat_map(|compiled| compiled.find_iter(text));
        found
            .filter(|found| !found.is_empty())
            .map(|found| found.range())
            .collect()
    }
}

/// What a text must hold for an expression to fit: of each list one, up to the case of ASCII letters.
type Needs = Vec<Vec<Vec<u8>>>;

fn needs(hir: &Hir) -> Needs {
    match hir.kind() {
        HirKind::Literal(literal) => vec![vec![literal.0.to_ascii_lowercase()]],
        HirKind::Class(class) => letters(class).into_iter().collect(),
        HirKind::Capture(capture) => needs(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => needs(&repetition.sub),
        HirKind::Alternation(choices) => {
            let mut all = Vec::new();
            for choice in choices {
                match needs(choice).into_iter().max_by_key(|texts| worth(texts)) {
                    Some(texts) => all.extend(texts),
                    None => return Vec::new(),
                }
            }
            vec![all]
        }
        HirKind::Concat(parts) => joined(parts),
        HirKind::Empty | HirKind::Look(_) | HirKind::Repetition(_) => Vec::new(),
    }
}

/// How telling a list of texts is: by the shortest of them, then by how few there are.
fn worth(texts: &[Vec<u8>]) -> (usize, std::cmp::Reverse<usize>) {
    (
        texts.iter().map(Vec::len).min().unwrap_or(0),
        std::cmp::Reverse(texts.len()),
    )
}

/// The needs of a sequence; neighbouring letters are joined to one text.
fn joined(parts: &[Hir]) -> Needs {
    let mut all: Needs = Vec::new();
    let mut run: Vec<u8> = Vec::new();
    for part in parts {
        let inner = needs(part);
        if let ([only], true) = (inner.as_slice(), is_exact(part))
            && only.len() == 1
        {
            run.extend(&only[0]);
            continue;
        }
        if !run.is_empty() {
            all.push(vec![std::mem::take(&mut run)]);
        }
        all.extend(inner);
    }
    if !run.is_empty() {
        all.push(vec![run]);
    }
    all.retain(|texts| texts.len() <= MOST_NEEDS && texts.iter().all(|text| !text.is_empty()));
    all.sort_by_key(|texts| std::cmp::Reverse(worth(texts)));
    all.dedup();
    all.truncate(MOST_LISTS);
    all
}

/// Whether a part is one fixed text, up to case.
fn is_exact(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Literal(_) | HirKind::Class(_) => true,
        HirKind::Capture(capture) => is_exact(&capture.sub),
        _ => false,
    }
}

/// The characters of a small class, ASCII letters in lower case.
fn letters(class: &Class) -> Option<Vec<Vec<u8>>> {
    const MOST: usize = 12;
    let Class::Unicode(class) = class else {
        return None;
    };
    let mut letters: Vec<Vec<u8>> = Vec::new();
    for range in class.ranges() {
        if range.len() > MOST {
            return None;
        }
        for letter in range.start()..=range.end() {
            // (?i)k and (?i)s also stand for the Kelvin sign and the long s: nobody writes a note with them.
            if !matches!(letter, '\u{212a}' | '\u{17f}') {
                letters.push(letter.to_ascii_lowercase().to_string().into_bytes());
            }
        }
    }
    letters.sort_unstable();
    letters.dedup();
    (!letters.is_empty() && letters.len() <= MOST).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str) -> Vec<Vec<String>> {
        let text = |text: Vec<u8>| String::from_utf8(text).unwrap();
        let lists = needs(&parse(pattern).unwrap()).into_iter();
        lists
            .map(|texts| texts.into_iter().map(text).collect())
            .collect()
    }

    #[test]
    fn the_needs_of_expressions() {
        assert_eq!(read(r"\{\{[^{}\n]{0,80}\}{0,2}"), [["{{"]]);
        assert_eq!(read(r"(?i)\bask\b.{0,9}"), [["ask"]]);
        assert_eq!(
            read(r"(?:role|job)s? at"),
            [vec![" at"], vec!["role", "job"]]
        );
        assert_eq!(read(r"#(?:a|b)?[«»]"), [vec!["«", "»"], vec!["#"]]);
        assert!(read(r"a?b?").is_empty());
        assert!(read(r"[A-Z]+").is_empty());
    }

    #[test]
    fn a_candidate_is_never_missed() {
        let patterns: Vec<Box<str>> = [
            r"(?i)\bkiss\b",
            r"[!?]{2,}",
            r"\b[A-Z]{3,}\b",
            r"(?:at|for) X{3,}",
        ]
        .map(Into::into)
        .to_vec();
        let regexes = Regexes::new(&patterns, |_| true);
        for text in ["a KISS", "what?!", "for XXX at ABC", "no", "kıss", ""] {
            let candidates = regexes.candidates(text);
            for number in 0..patterns.len() {
                let fits = Regex::new(&patterns[number]).unwrap().is_match(text);
                assert!(
                    !fits || candidates.has(RegexId::new(number)),
                    "{text} {}",
                    patterns[number]
                );
            }
        }
    }
}
