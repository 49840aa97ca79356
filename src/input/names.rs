//! A full name in two parts.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// Titles before a name; they are no part of the given name.
const TITLES: &[&str] = &[
    "dr",
    "prof",
    "professor",
    "mr",
    "mrs",
    "ms",
    "mx",
    "sir",
    "herr",
    "frau",
    "dipl",
    "ing",
];

/// Which of several people with one name it is.
const GENERATIONS: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// Degrees and certificates behind a name. Those of two letters count in capitals only: "Ma" is a name.
const DEGREES: &[&str] = &[
    "phd", "dphil", "md", "mba", "emba", "dba", "ma", "ba", "msc", "bsc", "ms", "bs", "meng",
    "beng", "ceng", "llm", "llb", "jd", "esq", "cpa", "ca", "cfa", "acca", "facca", "pmp", "rn",
    "msn", "bsn", "cissp", "cism", "cisa", "csm", "shrm", "sphr", "phr", "cscp", "cpim", "lcsw",
    "pcc", "mcc", "pe", "dds", "dvm", "pharmd", "mph", "psyd",
];

/// Small words of a family name that may stand behind the given name: "Berg, Jan van der".
const PARTICLES: &[&str] = &[
    "van", "der", "den", "de", "la", "del", "da", "di", "do", "dos", "von", "vom", "zu", "zur",
    "ten", "ter", "le", "el", "al", "bin",
];

/// Words of a position, which may stand behind a name like a given name would.
const POSITIONS: &[&str] = &[
    "ceo",
    "cto",
    "cfo",
    "coo",
    "cmo",
    "cio",
    "hr",
    "vp",
    "svp",
    "evp",
    "founder",
    "cofounder",
    "owner",
    "partner",
    "president",
    "chair",
    "chairman",
    "chairwoman",
    "director",
    "head",
    "lead",
    "manager",
    "consultant",
    "recruiter",
    "engineer",
    "developer",
    "designer",
    "architect",
    "analyst",
    "scientist",
    "researcher",
    "professor",
    "lecturer",
    "teacher",
    "coach",
    "trainer",
    "author",
    "writer",
    "editor",
    "speaker",
    "advisor",
    "adviser",
    "investor",
    "student",
    "assistant",
    "specialist",
    "strategist",
    "marketer",
    "sales",
    "lawyer",
    "attorney",
    "nurse",
    "physician",
    "doctor",
    "retired",
    "freelance",
    "freelancer",
    "gmbh",
    "inc",
    "llc",
    "ltd",
];

/// The ranges of the given name and of the rest. Titles in front and degrees behind a comma are
/// left out; `Meier, Anna` and `van der Berg, Jan` are turned round.
pub(super) fn split_name(name: &str) -> (Range<usize>, Range<usize>) {
    let none = name.len()..name.len();
    let Some((front, _)) = name.split_once(',') else {
        return split_words(name, 0..name.len());
    };
    if front.trim().is_empty() {
        return (none.clone(), none);
    }
    match given_behind(name, front) {
        Some(given) => (split_words(name, given).0, family(name, front.len())),
        None => split_words(name, 0..front.len()),
    }
}

/// The part behind the first comma that is a given name; only what belongs to a name may stand beside it:
/// `Smith, Jr., Bob` and `Meier, Anna, PhD`.
fn given_behind(name: &str, front: &str) -> Option<Range<usize>> {
    let mut at = front.len();
    let mut given = None;
    for part in name[front.len()..].split(',').skip(1) {
        let range = at + 1..at + 1 + part.len();
        at = range.end;
        if part.split_whitespace().all(is_suffix) {
            continue;
        }
        if given.replace(range.clone()).is_some() || !is_given(&name[range], front) {
            return None;
        }
    }
    given
}

/// The family name in front of a comma, without titles and suffixes.
fn family(name: &str, end: usize) -> Range<usize> {
    let (first, rest) = split_words(name, 0..end);
    let mut range = first.start..rest.end.max(first.end);
    while let Some((before, last)) = name[range.clone()].rsplit_once(char::is_whitespace) {
        if !is_suffix(last) {
            break;
        }
        range.end = range.start + before.trim_end().len();
    }
    range
}

/// Whether words are a given name rather than a degree, a position or a place: a few words, each with a
/// capital letter like the name in front.
fn is_given(part: &str, front: &str) -> bool {
    const MOST: usize = 4;
    let part = part.split(['(', '|']).next().unwrap_or_default();
    let part = &part[split_words(part, 0..part.len()).0.start..];
    let words = part.split_whitespace();
    let mut words = words.filter(|word| word.chars().any(char::is_alphabetic));
    let Some(first) = words.next() else {
        return false;
    };
    let more: Vec<&str> = words.collect();
    let is_quiet = !front.chars().any(char::is_uppercase);
    let is_single = more.is_empty() && front.split_whitespace().count() == 1;
    let is_loud = !front.chars().any(char::is_lowercase);
    let is_first = is_name(first, is_quiet || is_single, is_loud);
    let mut others = more.iter();
    let goes_on =
        |word: &&str| is_suffix(word) || is_in(PARTICLES, word) || is_name(word, is_quiet, is_loud);
    is_first && more.len() < MOST && others.all(goes_on)
}

/// Whether a word looks like a name: "Anna", "Mary-Ann", "O'Neil", "A.". `small`: in small letters, too;
/// `loud`: in capitals, too.
fn is_name(word: &str, small: bool, loud: bool) -> bool {
    let bare = word.strip_suffix('.').unwrap_or(word);
    let mut parts = bare.split(['-', '\'', '’']);
    let is_written = parts.all(|part| {
        // "McKenna" is one word with two capitals.
        let part = part.strip_prefix("Mc").unwrap_or(part);
        let capitals = part.chars().filter(|letter| letter.is_uppercase());
        part.chars()
            .all(|letter| letter.is_alphabetic() || is_combining_mark(letter))
            && (loud || capitals.count() < 2)
    });
    let begins = bare
        .chars()
        .next()
        .is_some_and(|first| small || !first.is_lowercase());
    let is_whole = word.len() == bare.len() || bare.chars().count() == 1;
    begins && is_written && is_whole && !is_suffix(word) && !is_in(POSITIONS, bare)
}

/// Whether a word belongs behind a name.
fn is_suffix(word: &str) -> bool {
    let word = word.replace('.', "");
    let mut parts = word.split('-');
    parts.any(|part| {
        let is_clear = part.len() > 2 || !part.chars().any(char::is_lowercase);
        is_in(GENERATIONS, part) || is_clear && is_in(DEGREES, part)
    })
}

fn is_in(list: &[&str], word: &str) -> bool {
    list.contains(&word.to_lowercase().as_str())
}

/// The first word that is no title, and all behind it.
fn split_words(name: &str, range: Range<usize>) -> (Range<usize>, Range<usize>) {
    let part = &name[range.clone()];
    let mut rest = part;
    loop {
        let words = rest.trim_start();
        let length = words.find(char::is_whitespace).unwrap_or(words.len());
        let (word, behind) = words.split_at(length);
        let more = behind.trim_start();
        let title = word.trim_end_matches('.').to_lowercase();
        if !more.is_empty() && TITLES.contains(&title.as_str()) {
            rest = behind;
            continue;
        }
        let start = range.start + (part.len() - words.len());
        let last = range.start + (part.len() - more.len());
        return (start..start + length, last..last + more.trim_end().len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(name: &str) -> (&str, &str) {
        let (first, last) = split_name(name);
        (&name[first], &name[last])
    }

    #[test]
    fn names_are_split() {
        assert_eq!(split("Anna Meier"), ("Anna", "Meier"));
        assert_eq!(split("Anna"), ("Anna", ""));
        assert_eq!(split(""), ("", ""));
        assert_eq!(split("Prof. Dr. José  de la Cruz"), ("José", "de la Cruz"));
        assert_eq!(split("Meier, Anna"), ("Anna", "Meier"));
        assert_eq!(split("Anna Meier, PhD"), ("Anna", "Meier"));
        assert_eq!(split("Anna, PhD"), ("Anna", ""));
        assert_eq!(split("Dr"), ("Dr", ""));
        assert_eq!(split(", x"), ("", ""));
        assert_eq!(split("李 小龙"), ("李", "小龙"));
    }

    #[test]
    fn what_stands_behind_a_comma_is_turned_round_if_it_is_a_given_name() {
        for (name, parts) in [
            ("van der Berg, Jan", ("Jan", "van der Berg")),
            ("García López, Ana", ("Ana", "García López")),
            ("García López, Ana María", ("Ana", "García López")),
            ("Smith Jr., Bob", ("Bob", "Smith")),
            ("Smith, Jr., Bob", ("Bob", "Smith")),
            ("Smith, Bob, PhD", ("Bob", "Smith")),
            ("Dr. Meier, Anna", ("Anna", "Meier")),
            ("Meier, Dr. Anna", ("Anna", "Meier")),
            ("MEIER, ANNA", ("ANNA", "MEIER")),
            ("meier, anna", ("anna", "meier")),
            ("Costa, A.", ("A.", "Costa")),
            ("O'Brien Kelly, Mary-Ann", ("Mary-Ann", "O'Brien Kelly")),
            ("Wong, McKenna", ("McKenna", "Wong")),
            ("Berg, Jan van der", ("Jan", "Berg")),
            ("Meier, anna", ("anna", "Meier")),
            ("Meier, Anna (Annie)", ("Anna", "Meier")),
            ("Meier, Anna MBA 🚀", ("Anna", "Meier")),
            ("Chen, Ma", ("Ma", "Chen")),
            ("Costa, Zoe\u{308}", ("Zoe\u{308}", "Costa")),
        ] {
            assert_eq!(split(name), parts, "{name}");
        }
    }

    #[test]
    fn degrees_and_positions_behind_a_comma_are_no_given_name() {
        for name in [
            "Anna Meier, PhD",
            "Anna Meier, Ph.D.",
            "Anna Meier, M.D., FACS",
            "Anna Meier, MBA, PMP",
            "Anna Meier, SHRM-CP",
            "Anna Meier, PMP®",
            "ANNA MEIER, MBA",
            "Anna Meier, Jr.",
            "Anna Meier, CEO",
            "Anna Meier, Product Manager",
            "Anna Meier, Head of Sales",
            "Anna Meier, she/her",
            "Anna Meier, (she/her)",
            "Anna Meier, Recruiter, Berlin",
            "Anna Meier, Lima, Peru",
            "Anna Meier,",
        ] {
            let (first, last) = split(name);
            assert_eq!(first.to_lowercase(), "anna", "{name}");
            assert_eq!(last.to_lowercase(), "meier", "{name}");
        }
    }
}
