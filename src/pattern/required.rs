//! What a text must hold, and how long it must be, for a regular expression to fit in it: found in the expression
//! itself, so that few are tried.

use std::ops::RangeInclusive;

use regex_syntax::hir::Class;
use regex_syntax::hir::Hir;
use regex_syntax::hir::HirKind;
use regex_syntax::hir::Look;

/// Alternatives of which one must be in a note; with more of them, looking for them does not pay.
const MOST_NEEDS: usize = 200;
/// Repetitions that are looked for.
const MOST_TIMES: u32 = 3;
/// The longest list that joining texts may make.
const MOST_JOINED: usize = 36;
/// Lists that are kept for an expression.
pub(super) const MOST_LISTS: usize = 4;

/// How many characters a text must have for an expression to fit somewhere in it; any number above the least
/// unless it takes all of the text.
pub(super) fn lengths(hir: &Hir) -> RangeInclusive<usize> {
    let properties = hir.properties();
    let is_whole = properties.look_set_prefix().contains(Look::Start)
        && properties.look_set_suffix().contains(Look::End);
    let (least, most) = characters(hir);
    least..=most.filter(|_| is_whole).unwrap_or(usize::MAX)
}

/// The fewest and the most characters that a part takes; none where there is no most.
fn characters(hir: &Hir) -> (usize, Option<usize>) {
    let sum = |(least, most): (usize, Option<usize>), (next, beyond): (usize, Option<usize>)| {
        (
            least.saturating_add(next),
            most.zip(beyond).map(|(one, two)| one.saturating_add(two)),
        )
    };
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => (0, Some(0)),
        HirKind::Literal(literal) => {
            let all = String::from_utf8_lossy(&literal.0).chars().count();
            (all, Some(all))
        }
        HirKind::Class(_) => (1, Some(1)),
        HirKind::Capture(capture) => characters(&capture.sub),
        HirKind::Repetition(repetition) => {
            let (least, most) = characters(&repetition.sub);
            let times = |times: u32, number: usize| number.saturating_mul(times as usize);
            (
                times(repetition.min, least),
                repetition.max.zip(most).map(|(max, most)| times(max, most)),
            )
        }
        HirKind::Concat(parts) => parts.iter().map(characters).fold((0, Some(0)), sum),
        HirKind::Alternation(choices) => {
            let (least, most): (Vec<usize>, Vec<Option<usize>>) =
                choices.iter().map(characters).unzip();
            let most: Option<Vec<usize>> = most.into_iter().collect();
            (
                least.into_iter().min().unwrap_or(0),
                most.and_then(|most| most.into_iter().max()),
            )
        }
    }
}

/// What a text must hold for an expression to fit: of each list one.
pub(super) type Needs = Vec<Vec<Need>>;

/// A text that an expression needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Need {
    /// In lower case where `exact` is not set.
    pub(super) text: Vec<u8>,
    /// Capitals count.
    exact: bool,
}

pub(super) fn needs(hir: &Hir) -> Needs {
    match hir.kind() {
        HirKind::Literal(_) | HirKind::Class(_) => {
            texts(hir).map(|texts| texts.list).into_iter().collect()
        }
        HirKind::Capture(capture) => needs(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => match texts(hir) {
            Some(texts) => vec![texts.list],
            None => needs(&repetition.sub),
        },
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

/// A part of an expression that is one of a few texts.
struct Texts {
    list: Vec<Need>,
    /// More of it may come behind: then it ends with one of the list too.
    goes_on: bool,
}

/// The texts of a part that is a letter or word, some of a few letters, or these repeated.
fn texts(hir: &Hir) -> Option<Texts> {
    let once = |list| Texts {
        list,
        goes_on: false,
    };
    match hir.kind() {
        HirKind::Literal(literal) => Some(once(vec![Need {
            text: literal.0.to_vec(),
            exact: true,
        }])),
        HirKind::Class(class) => letters(class).map(once),
        HirKind::Capture(capture) => texts(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => {
            let one = texts(&repetition.sub).filter(|texts| !texts.goes_on)?.list;
            // Two spaces are far less common than one.
            let (mut list, mut times) = (one.clone(), 1);
            while times < repetition.min.min(MOST_TIMES)
                && let Some(longer) = followed(&list, &one)
            {
                list = longer;
                times += 1;
            }
            let goes_on = repetition.max.is_none_or(|most| most > times);
            Some(Texts { list, goes_on })
        }
        _ => None,
    }
}

/// Each text of a list with each of another behind it, if there are not too many.
fn followed(list: &[Need], next: &[Need]) -> Option<Vec<Need>> {
    let longer = |need: &Need| {
        let need = need.clone();
        next.iter().map(move |next| {
            let mut need = need.clone();
            need.append(next);
            need
        })
    };
    (list.len() * next.len() <= MOST_JOINED).then(|| list.iter().flat_map(longer).collect())
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
    let mut run: Option<Vec<Need>> = None;
    for part in parts {
        // Takes no room.
        if matches!(part.kind(), HirKind::Look(_)) {
            continue;
        }
        let Some(Texts { list, goes_on }) = texts(part) else {
            all.extend(run.take());
            all.extend(needs(part));
            continue;
        };
        let joined = run.as_ref().and_then(|run| followed(run, &list));
        match joined {
            Some(joined) => run = Some(joined),
            None => all.extend(run.replace(list.clone())),
        }
        if goes_on {
            all.extend(run.replace(list));
        }
    }
    all.extend(run);
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
    pub(super) fn is_telling(&self) -> bool {
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
    pub(super) fn is(&self, found: &[u8]) -> bool {
        !self.exact || self.text == found
    }
}

/// The characters of a small class. Of `\d`, the digits of other scripts than ours are not looked for.
fn letters(class: &Class) -> Option<Vec<Need>> {
    const MOST: usize = 12;
    // `\d` has more ranges than this, one for each script.
    const SCRIPTS: usize = 30;
    let Class::Unicode(class) = class else {
        return None;
    };
    let first = class.ranges().first();
    let digits = class.ranges().len() > SCRIPTS
        && first.is_some_and(|first| (first.start(), first.end()) == ('0', '9'));
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
        letters.extend(range.start()..=range.end());
    }
    // (?i)k and (?i)s also stand for the Kelvin sign and the long s: nobody writes a note with them.
    for (letter, rare) in [('k', '\u{212a}'), ('s', '\u{17f}')] {
        if letters.contains(&letter) {
            letters.retain(|letter| *letter != rare);
        }
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
    use crate::pattern::regexes::parse;

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
        assert_eq!(read(r"at X{3,}"), [["at XXX"], ["XXX"]]);
        assert_eq!(read(r"at X{3}\b?!"), [["at XXX"], ["!"]]);
        assert_eq!(read(r"at\b X{3}!"), [["at XXX!"]]);
        assert_eq!(read(r"\w[ \t]+(?<mark>,)"), [["\t,", " ,"]]);
        assert_eq!(
            read(r"[?!]+[»)]"),
            [vec!["!)", "!»", "?)", "?»"], vec!["!", "?"]]
        );
        assert_eq!(
            read(r"a[ \t]{2,}b"),
            [
                ["a\t\t", "a\t ", "a \t", "a  "],
                ["\t\tb", "\t b", " \tb", "  b"]
            ]
        );
        assert_eq!(read(r"[?!]+x"), [["!x", "?x"], ["!", "?"]]);
        assert_eq!(
            read(r"x\d"),
            [["x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9"]]
        );
        assert_eq!(read(r"x[0-1½]"), [["x0", "x1", "x½"]]);
        assert_eq!(read(r"x[aſ]"), [["xa", "xſ"]]);
        assert!(read(r"a?b?").is_empty());
        assert!(read(r"[A-Z]+").is_empty());
    }

    #[test]
    fn the_length_of_what_fits() {
        let of = |pattern: &str| lengths(&parse(pattern).unwrap());
        assert_eq!(of(r"^.{3,5}(?:é|abc)$"), 4..=8);
        assert_eq!(of(r"^(?:a|b*)\d\b$"), 1..=usize::MAX);
        assert_eq!(of(r"\w{2}$"), 2..=usize::MAX);
        assert_eq!(of(r"(?m)^a$"), 1..=usize::MAX);
        assert_eq!(of(r"^a$|b"), 1..=usize::MAX);
        // Looked at once, however deep it is.
        let nested = (0..20).fold("ab".to_owned(), |inside, _| format!("(x|{inside})"));
        assert_eq!(of(&format!("^{nested}$")), 1..=2);
    }
}
