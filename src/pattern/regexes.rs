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
    owners: Vec<Owner>,
}

/// Whose need a text is.
#[derive(Debug)]
struct Owner {
    expression: u32,
    list: u8,
    need: Need,
}

#[derive(Debug)]
struct Expression {
    /// The shortest text that fits, in bytes.
    shortest: usize,
    pattern: Box<str>,
    /// How many lists of texts there are, of each of which a note must hold one; 0 when none is known.
    lists: u8,
    compiled: OnceLock<Option<Regex>>,
}

/// Repetitions that are looked for, and the longest list that they may make.
const MOST_TIMES: u32 = 3;
const MOST_REPEATED: usize = 36;
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
        for (number, pattern) in patterns.iter().enumerate() {
            let mut expression = Expression {
                shortest: usize::MAX,
                pattern: pattern.clone(),
                lists: 0,
                compiled: OnceLock::new(),
            };
            if let (true, Ok(hir)) = (wanted(pattern), parse(pattern)) {
                expression.shortest = hir.properties().minimum_len().unwrap_or(usize::MAX);
                let lists = needs(&hir)
                    .into_iter()
                    .filter(|list| list.iter().all(Need::is_telling));
                for list in lists.take(MOST_LISTS) {
                    let owner = |need| Owner {
                        expression: number as u32,
                        list: expression.lists,
                        need,
                    };
                    regexes.owners.extend(list.into_iter().map(owner));
                    expression.lists += 1;
                }
            }
            regexes.all.push(expression);
        }
        let texts = regexes.owners.iter().map(|owner| &owner.need.text);
        regexes.needs = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(texts)
            .ok();
        regexes
    }

    /// The expressions that can fit in a text.
    pub(super) fn candidates(&self, text: &str) -> Candidates {
        let mut met = vec![0u8; self.all.len()];
        if let Some(needs) = &self.needs {
            for found in needs.find_overlapping_iter(text) {
                let owner = &self.owners[found.pattern().as_usize()];
                if owner.need.is(&text.as_bytes()[found.range()]) {
                    met[owner.expression as usize] |= 1 << owner.list;
                }
            }
        }
        let mut candidates = Candidates(vec![0; self.all.len() / 64 + 1]);
        for (number, (expression, met)) in self.all.iter().zip(met).enumerate() {
            let all = u8::MAX
                .checked_shr(8 - u32::from(expression.lists.min(8)))
                .unwrap_or(0);
            if expression.shortest <= text.len() && (met == all || self.needs.is_none()) {
                candidates.add(number as u32);
            }
        }
        candidates
    }

    /// Where an expression fits.
    pub(super) fn find(&self, regex: RegexId, text: &str) -> Vec<Range<usize>> {
        let found = self
            .compiled(regex)
            .into_iter()
            .flat_map(|compiled| compiled.find_iter(text));
        found
            .filter(|found| !found.is_empty())
            .map(|found| found.range())
            .collect()
    }

    /// What a match becomes when groups are put into a template such as `$word.`, and the place to point at:
    /// the group `found`, if there is one, else the match.
    pub(super) fn replaced(
        &self,
        regex: RegexId,
        text: &str,
        found: &Range<usize>,
        template: &str,
    ) -> Option<(String, Range<usize>)> {
        let compiled = self.compiled(regex)?;
        // Of a template that was written for other patterns nothing good would come.
        let mut names = compiled.capture_names().flatten();
        let in_template =
            |name: &str| name == "found" || template.contains(&format!("${{{name}}}"));
        let foreign =
            template.contains("${") && compiled.capture_names().flatten().next().is_none();
        if foreign || !names.all(in_template) {
            return None;
        }
        let captures = compiled.captures_at(text, found.start)?;
        let mut replaced = String::new();
        captures.expand(template, &mut replaced);
        let shown = captures
            .name("found")
            .map_or(found.clone(), |it| it.range());
        (captures.get_match().range() == *found).then_some((replaced, shown))
    }

    fn compiled(&self, regex: RegexId) -> Option<&Regex> {
        let Expression {
            pattern, compiled, ..
        } = &self.all[regex.0 as usize];
        let compiled = compiled.get_or_init(|| {
            RegexBuilder::new(pattern)
                .size_limit(REGEX_SIZE)
                .build()
                .ok()
        });
        compiled.as_ref()
    }
}

/// What a text must hold for an expression to fit: of each list one.
type Needs = Vec<Vec<Need>>;

/// A text that an expression needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Need {
    /// In lower case where `exact` is not set.
    text: Vec<u8>,
    /// Capitals count.
    exact: bool,
}

fn needs(hir: &Hir) -> Needs {
    match hir.kind() {
        HirKind::Literal(literal) => vec![vec![Need {
            text: literal.0.to_vec(),
            exact: true,
        }]],
        HirKind::Class(class) => letters(class).into_iter().collect(),
        HirKind::Capture(capture) => needs(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => {
            let one = needs(&repetition.sub);
            match (one.as_slice(), is_exact(&repetition.sub)) {
                ([list], true) => vec![repeated(list, repetition.min)],
                _ => one,
            }
        }
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

/// What is needed of what comes at least so often: two spaces are far less common than one. A list that would grow
/// long stays shorter.
fn repeated(list: &[Need], times: u32) -> Vec<Need> {
    let mut all = list.to_vec();
    for _ in 1..times.min(MOST_TIMES) {
        if all.len() * list.len() > MOST_REPEATED {
            break;
        }
        let longer = |need: &Need| {
            let need = need.clone();
            list.iter().map(move |next| {
                let mut need = need.clone();
                need.append(next);
                need
            })
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// How telling a list of texts is: by the shortest of them, then by how few there are.
fn worth(texts: &[Need]) -> (usize, std::cmp::Reverse<usize>) {
    (
        texts.iter().map(|need| need.text.len()).min().unwrap_or(0),
        std::cmp::Reverse(texts.len()),
    )
}

/// The needs of a sequence; neighbouring letters are joined to one text.
fn joined(parts: &[Hir]) -> Needs {
    let mut all: Needs = Vec::new();
    let mut run: Option<Need> = None;
    for part in parts {
        let inner = needs(part);
        match (inner.as_slice(), is_exact(part)) {
            ([only], true) if only.len() == 1 => match &mut run {
                Some(run) => run.append(&only[0]),
                None => run = Some(only[0].clone()),
            },
            _ => {
                all.extend(run.take().map(|run| vec![run]));
                all.extend(inner);
            }
        }
    }
    all.extend(run.map(|run| vec![run]));
    all.retain(|texts| texts.len() <= MOST_NEEDS && texts.iter().all(|need| !need.text.is_empty()));
    // One letter or a space is in every note: looking for it only costs.
    all.retain(|texts| texts.iter().all(Need::is_telling));
    all.sort_by_cached_key(|texts| std::cmp::Reverse(worth(texts)));
    all.dedup();
    all.truncate(MOST_LISTS);
    all
}

impl Need {
    /// Whether not every note holds it.
    fn is_telling(&self) -> bool {
        match self.text.as_slice() {
            [only] => !only.is_ascii_alphabetic() && *only != b' ' && *only != b',',
            _ => true,
        }
    }

    /// Joins what must come next.
    fn append(&mut self, next: &Self) {
        if self.exact && !next.exact {
            self.text.make_ascii_lowercase();
            self.exact = false;
        }
        let at = self.text.len();
        self.text.extend(&next.text);
        if !self.exact {
            self.text[at..].make_ascii_lowercase();
        }
    }

    /// Whether a text that fits up to case is the one needed.
    fn is(&self, found: &[u8]) -> bool {
        !self.exact || self.text == found
    }
}

/// Whether a part is one fixed text, up to case.
fn is_exact(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Literal(_) | HirKind::Class(_) => true,
        HirKind::Capture(capture) => is_exact(&capture.sub),
        _ => false,
    }
}

/// The characters of a small class. Digits stand for all digits: those of other scripts are not
/// looked for.
fn letters(class: &Class) -> Option<Vec<Need>> {
    const MOST: usize = 12;
    let Class::Unicode(class) = class else {
        return None;
    };
    let digits = class
        .ranges()
        .first()
        .is_some_and(|first| (first.start(), first.end()) == ('0', '9'));
    let mut letters: Vec<char> = Vec::new();
    for range in class.ranges() {
        if digits
            && range.start().is_numeric()
            && range.end().is_numeric()
            && !range.start().is_ascii()
        {
            continue;
        }
        if range.len() > MOST {
            return None;
        }
        // (?i)k and (?i)s also stand for the Kelvin sign and the long s: nobody writes a note with them.
        letters.extend(
            (range.start()..=range.end())
                .filter(|letter| !matches!(letter, '\u{212a}' | '\u{17f}')),
        );
    }
    let both_cases = |letter: char| {
        letter.is_ascii_alphabetic()
            && letters.contains(&letter.to_ascii_uppercase())
            && letters.contains(&letter.to_ascii_lowercase())
    };
    let need = |&letter: &char| match both_cases(letter) {
        true => Need {
            text: vec![letter.to_ascii_lowercase() as u8],
            exact: false,
        },
        false => Need {
            text: letter.to_string().into_bytes(),
            exact: true,
        },
    };
    let mut needs: Vec<Need> = letters.iter().map(need).collect();
    needs.sort_unstable();
    needs.dedup();
    (!needs.is_empty() && needs.len() <= MOST).then_some(needs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str) -> Vec<Vec<String>> {
        let text = |need: Need| String::from_utf8(need.text).unwrap();
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
        assert_eq!(read(r"at X{3,}"), [vec!["at "], vec!["XXX"]]);
        assert_eq!(read(r"a[ \t]{2,}b"), [vec!["\t\t", "\t ", " \t", "  "]]);
        assert_eq!(read(r"[?!]+x"), [["!", "?"]]);
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
            r"a[ \t]{2,}k",
            r"(?i)s{2}",
        ]
        .map(Into::into)
        .to_vec();
        let regexes = Regexes::new(&patterns, |_| true);
        for text in [
            "a KISS",
            "what?!",
            "for XXX at ABC",
            "a \t k",
            "a k",
            "kisS",
            "no",
            "kıss",
            "",
        ] {
            let candidates = regexes.candidates(text);
            for (number, pattern) in patterns.iter().enumerate() {
                let fits = Regex::new(pattern).unwrap().is_match(text);
                let found = candidates.has(RegexId::new(number));
                assert!(!fits || found, "{text} {pattern}");
            }
        }
    }
}
