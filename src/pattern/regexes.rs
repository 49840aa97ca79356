//! Regular expressions: compiled when they are first needed, and tried only on notes that hold a
//! text that they need and are as long as they must be.

use std::ops::Range;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::Regex;
use regex::RegexBuilder;
use regex_syntax::hir::Hir;

use crate::pattern::required::MOST_LISTS;
use crate::pattern::required::Need;
use crate::pattern::required::lengths;
use crate::pattern::required::needs;

/// The largest regular expression that is compiled, in bytes of the compiled program.
const REGEX_SIZE: usize = 1 << 20;
/// Brackets inside brackets that a regular expression may have.
const NESTING: u32 = 50;

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
    /// How many characters a text must have to hold a fit; none for an expression that is not wanted.
    characters: Option<RangeInclusive<usize>>,
    pattern: Box<str>,
    /// How many lists of texts there are, of each of which a note must hold one; 0 when none is known.
    lists: u8,
    compiled: OnceLock<Option<Regex>>,
}

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

pub(super) fn parse(pattern: &str) -> Result<Hir, Box<regex_syntax::Error>> {
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
                characters: None,
                pattern: pattern.clone(),
                lists: 0,
                compiled: OnceLock::new(),
            };
            if let (true, Ok(hir)) = (wanted(pattern), parse(pattern)) {
                expression.characters = Some(lengths(&hir));
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
        let characters = text.chars().count();
        let mut candidates = Candidates(vec![0; self.all.len() / 64 + 1]);
        for (number, (expression, met)) in self.all.iter().zip(met).enumerate() {
            let all = u8::MAX
                .checked_shr(8 - u32::from(expression.lists.min(8)))
                .unwrap_or(0);
            let is_met = met == all || self.needs.is_none();
            let lengths = expression.characters.as_ref();
            if is_met && lengths.is_some_and(|lengths| lengths.contains(&characters)) {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;
    use proptest::string::string_regex;

    use super::*;

    /// What expressions are made of.
    const PIECES: [&str; 20] = [
        "a",
        "ab",
        "-",
        "[ab]",
        "[0-9]",
        "[?!]",
        r"[ \t]",
        "(?:a|bc)",
        "k?",
        "x+",
        "[0-9]{2}",
        "[ab]{2,3}",
        "[?!]{4}",
        "(?<n>-)",
        "(?:ab){2}",
        "(?:[?!]+){2}",
        "[a-z]",
        "(?i:q)",
        "(?:-|[?!]a)",
        "[^a]",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]

        #[test]
        fn a_text_made_by_an_expression_is_a_candidate(
            (pattern, text) in prop::collection::vec(select(&PIECES), 1..6)
                .prop_map(|pieces| {
                    // A group has its name once.
                    let named = pieces.iter().filter(|piece| piece.contains("<n>"));
                    if named.count() > 1 { "a".to_owned() } else { pieces.concat() }
                })
                .prop_flat_map(|pattern| {
                    let texts = string_regex(&pattern).expect("it can be read");
                    (Just(pattern), texts)
                }),
            whole in any::<bool>(),
        ) {
            let pattern = match whole {
                true => format!("^{pattern}$"),
                false => pattern,
            };
            let regexes = Regexes::new(&[pattern.as_str().into()], |_| true);
            prop_assert!(regexes.candidates(&text).has(RegexId::new(0)), "{pattern} {text:?}");
        }
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
            r"[a-z][ \t]+(?<mark>[!?])",
            r"(?<mark>[?!])[?!]+$",
            r"(?i)at\b-\bf(?:or)+ X?abc",
        ]
        .map(Into::into)
        .to_vec();
        let regexes = Regexes::new(&patterns, |_| true);
        for text in [
            "a KISS",
            "what?!",
            "for XXX at ABC",
            "at ?",
            "at \t !!",
            "At-FoRor ABC",
            "at-for Xabc",
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
