//! The name in the greeting.

use std::ops::Range;

use crate::check::Finding;
use crate::check::FixDraft;
use crate::check::NoteCheck;
use crate::check::NoteContext;
use crate::diagnostic::FixKind;
use crate::facts::Classes;
use crate::facts::Facts;
use crate::facts::is_address;
use crate::note::field_str;
use crate::text::fold::fold;
use crate::text::fold::fold_spelt_out;

/// What to look at.
#[derive(Clone, Copy)]
pub(super) enum Test {
    Differs,
    Missing,
    Shouted,
    Decorated,
}

/// Words of address and titles besides those that a greeting is found by.
const MORE_TITLES: &[&str] = &[
    "san",
    "garu",
    "ji",
    "bhai",
    "bhaiya",
    "uncle",
    "aunty",
    "auntie",
    "founder",
    "captain",
    "everyone",
    "folks",
    "colleague",
    "recruiter",
    "hiring",
    "manager",
    "dearest",
    "respected",
    "fellow",
    "again",
    "from",
    "good",
    "happy",
];

/// Whether a word is one of address or a title, not a name.
fn is_title(word: &str) -> bool {
    is_address(word) || MORE_TITLES.contains(&word)
}

/// Short forms that do not begin like the long one. Each row: names for one person.
const NICKNAMES: &[&[&str]] = &[
    &["william", "bill", "billy", "liam", "will"],
    &["robert", "bob", "bobby", "rob"],
    &["richard", "dick", "rick", "ricky", "rich"],
    &[
        "elizabeth",
        "liz",
        "lizzie",
        "beth",
        "betty",
        "eliza",
        "libby",
    ],
    &["margaret", "peggy", "maggie", "meg", "greta"],
    &["michael", "mike", "mick", "mikey"],
    &["james", "jim", "jimmy", "jamie"],
    &["john", "jack", "johnny", "jon"],
    &["edward", "ted", "ned", "eddie", "ed"],
    &["charles", "chuck", "charlie", "chas"],
    &["henry", "harry", "hank"],
    &["anthony", "tony", "ant"],
    &[
        "katherine",
        "catherine",
        "kate",
        "kathy",
        "cathy",
        "katie",
        "kitty",
        "kat",
    ],
    &["alexander", "alexandra", "sasha", "alex", "xander", "sandy"],
    &["francis", "francesca", "frank", "fran", "frances"],
    &["joseph", "joe", "joey", "jose", "pepe"],
    &["thomas", "tom", "tommy"],
    &["christopher", "chris", "kit", "topher"],
    &["steven", "stephen", "steve", "stefan"],
    &["andrew", "drew", "andy"],
    &["patricia", "patrick", "pat", "paddy", "trish", "patty"],
    &["dorothy", "dot", "dottie"],
    &["mary", "molly", "polly", "maria"],
    &["sarah", "sally", "sara"],
    &["theodore", "theodora", "ted", "theo"],
    &["darren", "daz", "darryl"],
    &["gary", "gaz", "gareth"],
    &["sharon", "shaz"],
    &["ivan", "vanya"],
    &["laurence", "lawrence", "larry"],
    &["gerald", "jerry", "gerard"],
    &["susan", "sue", "susie"],
    &["deborah", "debbie", "deb"],
    &["jacqueline", "jackie"],
    &["nicholas", "nick", "nico"],
    &["frederick", "fred", "fritz"],
    &["guillermo", "memo"],
    &["francisco", "paco", "pancho"],
    &["ignacio", "nacho"],
];

impl NoteCheck for Test {
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding> {
        let facts = context.words.facts;
        let recipient = &facts.note.recipient;
        let Some(first_name) =
            field_str(&recipient.first_name).filter(|name| !name.trim().is_empty())
        else {
            return Vec::new();
        };
        let bare = bare_name(first_name);
        let expected = if bare.is_empty() {
            first_name.trim().to_owned()
        } else {
            bare
        };
        let finding = match self {
            Self::Differs => differs(facts, &expected),
            Self::Missing => missing(facts, &expected),
            Self::Shouted => shouted(facts),
            Self::Decorated => decorated(facts, first_name),
        };
        finding
            .map(|finding| finding.with("expected", proper(&expected)))
            .into_iter()
            .collect()
    }
}

/// The words of the greeting's name that are names.
fn called<'a>(facts: &'a Facts<'_>) -> Vec<(Range<usize>, &'a str)> {
    let Some(greeting) = &facts.greeting else {
        return Vec::new();
    };
    greeting
        .name
        .clone()
        .map(|at| {
            let token = &facts.tokens.all[at];
            (
                token.start as usize..token.end as usize,
                facts.tokens.folded(token),
            )
        })
        .filter(|(_, word)| word.chars().count() > 1 && !is_title(word))
        .collect()
}

fn differs(facts: &Facts<'_>, expected: &str) -> Option<Finding> {
    let greeting = facts.greeting.as_ref()?;
    let called = called(facts);
    // An unfilled merge field is the business of another rule.
    if facts.tokens.all[greeting.name.clone()]
        .iter()
        .any(|token| token.classes.any(Classes::FIELD))
    {
        return None;
    }
    let last_name = field_str(&facts.note.recipient.last_name).unwrap_or_default();
    let own: Vec<String> = words(expected)
        .into_iter()
        .chain(words(last_name))
        .collect();
    // "Juergen" is Jürgen, and "Jürgen" is Juergen.
    let spelt: Vec<String> = words_of(&fold_spelt_out(&format!("{expected} {last_name}")));
    let is_meant = |(range, word): &(Range<usize>, &str)| {
        let called = [
            word.to_string(),
            fold_spelt_out(&facts.text()[range.clone()]),
        ];
        let mut names = own.iter().chain(&spelt);
        names.any(|name| called.iter().any(|called| same_person(name, called)))
            || begins_with_initial(word, expected)
    };
    if called.is_empty() || called.iter().any(is_meant) {
        return None;
    }
    // With a title, "Dr. Solberg" may be a family name that the row does not give.
    if last_name.is_empty() && called.len() < greeting.name.len() {
        return None;
    }
    let (first, last) = (called.first()?, called.last()?);
    let range = first.0.start..last.0.end;
    let near = own
        .iter()
        .any(|name| strsim::jaro_winkler(name, first.1) >= 0.85);
    // A word that only stands before a comma ("Folks, ...") may be no name at all.
    if !greeting.has_word && !near {
        return None;
    }
    let label = if near {
        "spelt differently"
    } else {
        "another name"
    };
    Some(
        Finding::at(range.clone())
            .labelled(label)
            .with("name", &facts.text()[range]),
    )
}

/// Whether a name may be that of which only the first letter is given: "A. Costa", "J.R. Smith".
fn begins_with_initial(called: &str, expected: &str) -> bool {
    let is_letter = |word: &&String| {
        let mut letters = word.chars();
        // A name of one sign, as in Chinese, is whole.
        letters.next().is_some_and(char::is_lowercase) && letters.next().is_none()
    };
    let own = words(expected);
    let mut initials = own.iter().take_while(is_letter);
    initials.any(|initial| called.starts_with(initial.as_str()))
}

fn same_person(name: &str, called: &str) -> bool {
    let short = |long: &str, short: &str| short.chars().count() >= 2 && long.starts_with(short);
    let row = |word: &str| {
        NICKNAMES
            .iter()
            .filter(move |row| row.contains(&word))
            .map(|row| row.as_ptr())
            .collect::<Vec<_>>()
    };
    let rows = row(called);
    name == called
        || short(name, called)
        || short(called, name)
        || row(name).iter().any(|row| rows.contains(row))
}

fn missing(facts: &Facts<'_>, expected: &str) -> Option<Finding> {
    if facts.counts.words == 0 || !called(facts).is_empty() {
        return None;
    }
    let own = words(expected);
    let anywhere = facts
        .tokens
        .words()
        .take(12)
        .any(|token| own.iter().any(|name| name == facts.tokens.folded(token)));
    let titled = facts
        .greeting
        .as_ref()
        .is_some_and(|greeting| !greeting.name.is_empty());
    (!anywhere && !titled).then(|| {
        Finding::at(0..0)
            .labelled("the name would go here")
            .with("name", expected)
    })
}

fn shouted(facts: &Facts<'_>) -> Option<Finding> {
    let called = called(facts);
    let others = facts.tokens.words().count() - called.len();
    let text = facts.text();
    let own = [
        &facts.note.recipient.first_name,
        &facts.note.recipient.last_name,
    ];
    let own: Vec<&str> = own.into_iter().filter_map(field_str).collect();
    let is_loud = |word: &str| word.chars().all(|letter| !letter.is_lowercase());
    let in_row = |word: &str| written_in(&own, word).is_some_and(|name| !is_loud(name));
    // Two or three letters may be initials, unless the row has them as a name.
    let is_shouted = |word: &str| {
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        is_loud(word) && (letters > 3 || letters > 1 && in_row(word))
    };
    let shouts = called
        .iter()
        .any(|(range, _)| is_shouted(&text[range.clone()]));
    // Beside a shouted word a short one is part of the name: "ANA MARIA", "PETER LEE".
    let shouted: Vec<Range<usize>> = called
        .into_iter()
        .filter(|(range, word)| {
            let name = &text[range.clone()];
            let letter = |letter: char| letter.is_alphabetic() || "'’-.".contains(letter);
            shouts && is_loud(name) && name.chars().all(letter) && !DEGREES.contains(word)
        })
        .map(|(range, _)| range)
        .collect();
    let (first, last) = (shouted.first()?, shouted.last()?);
    // "HEATHER!!" in a shouted note is the business of another rule.
    if others <= 3 || facts.counts.shouted_run.0 > 4 {
        return None;
    }
    let name = |range: &Range<usize>| {
        let word = &text[range.clone()];
        let known = written_in(&own, word).filter(|name| !is_loud(name));
        known.map_or_else(|| in_small_letters(word), str::to_owned)
    };
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for range in &shouted {
        // A word that was cut in two stands twice in the same place.
        if edits.iter().all(|(known, _)| known != range) {
            edits.push((range.clone(), name(range)));
        }
    }
    let names: Vec<&str> = edits.iter().map(|(_, name)| name.as_str()).collect();
    let fix = FixDraft {
        kind: FixKind::Safe,
        description: format!("write `{}`", names.join(" ")),
        edits,
    };
    let mut finding = Finding::at(first.clone()).with("name", &text[first.start..last.end]);
    finding.fixes.push(fix);
    Some(finding)
}

/// The word of the row's names that a word is, but for capitals and accents.
fn written_in<'n>(names: &[&'n str], word: &str) -> Option<&'n str> {
    let folded = fold(word);
    let parts = names.iter().flat_map(|name| name.split_whitespace());
    let parts = parts.flat_map(|name| [Some(name)].into_iter().chain(name.split('-').map(Some)));
    parts
        .flatten()
        .map(|name| name.trim_matches(|letter: char| !letter.is_alphabetic()))
        .find(|name| fold(name) == folded)
}

/// A name in capitals as people write it: "Priya", "O'Brien", "McDonald", "Jean-Luc".
fn in_small_letters(word: &str) -> String {
    let mut name = String::with_capacity(word.len());
    let mut starts = true;
    for letter in word.chars() {
        match starts {
            true => name.push(letter),
            false => name.extend(letter.to_lowercase()),
        }
        starts = matches!(letter, '-' | '\'' | '’' | '.') || name == "Mc";
    }
    name
}

/// Degrees and certificates that people put behind their names.
const DEGREES: &[&str] = &[
    "mba", "phd", "md", "pmp", "cpa", "rn", "msn", "cissp", "cfa", "msc", "bsc", "csm", "jd",
    "esq", "shrm", "sphr", "phr", "cscp", "pe", "ceng", "facca", "acca", "cpim", "emba", "llm",
    "dba", "bsn", "lcsw", "cism", "cisa", "pcc", "acc", "mcc", "ma", "ca",
];

fn decorated(facts: &Facts<'_>, first_name: &str) -> Option<Finding> {
    let greeting = facts.greeting.as_ref()?;
    let name = facts.tokens.all.get(greeting.name.end.checked_sub(1)?)?;
    let text = facts.text();
    let behind = name.end as usize;
    // A degree right behind the name: "Hi Lena, MBA, ...".
    let rest = text[behind..].trim_start_matches([',', ' ']);
    let degree = rest
        .split(|letter: char| !letter.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let stops =
        rest[degree.len()..].starts_with([',', ' ', '.', '!']) || rest.len() == degree.len();
    let is_degree = DEGREES.contains(&fold(degree).as_str())
        && degree
            .chars()
            .filter(|letter| letter.is_uppercase())
            .count()
            > 1;
    if is_degree && stops && text[behind..].starts_with([',', ' ']) {
        let start = text.len() - rest.len();
        let range = name.start as usize..start + degree.len();
        return Some(Finding::at(range.clone()).with("name", &text[range]));
    }
    // A picture that stands in the name's field too: "Hi Ana 🚀".
    let picture = facts
        .counts
        .emoji
        .iter()
        .find(|range| range.start >= behind && text[behind..range.start].trim().is_empty())?;
    first_name.contains(&text[picture.clone()]).then(|| {
        let range = name.start as usize..picture.end;
        Finding::at(range.clone()).with("name", &text[range])
    })
}

/// The name in a field that may hold more: "Lena, MBA", "Ana 🚀", "Dr. Ana (she/her)".
fn bare_name(field: &str) -> String {
    let head = field.split([',', '(', '|']).next().unwrap_or_default();
    let words = head.split_whitespace().filter(|word| {
        let folded = fold(word);
        let letters = folded.trim_matches(|letter: char| !letter.is_alphanumeric());
        word.chars().any(char::is_alphabetic) && !is_title(letters)
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A name as people write it, when the field shouts.
fn proper(name: &str) -> String {
    if name.chars().count() < 3 || name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    name.split(' ')
        .map(in_small_letters)
        .collect::<Vec<_>>()
        .join(" ")
}

fn words(name: &str) -> Vec<String> {
    words_of(&fold(name))
}

fn words_of(folded: &str) -> Vec<String> {
    folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_the_same_person() {
        assert!(same_person("robert", "bob"));
        assert!(same_person("prudence", "prue".trim_end_matches('e')));
        assert!(same_person("hector", "hec"));
        assert!(!same_person("lauren", "priyanka"));
        assert!(!same_person("aisha", "ana"));
    }

    #[test]
    fn an_initial_stands_for_any_name_that_begins_with_it() {
        assert!(begins_with_initial("ana", "A."));
        assert!(begins_with_initial("rob", "J.R."));
        assert!(begins_with_initial("ana", "A. Maria"));
        assert!(!begins_with_initial("bob", "A."));
        assert!(!begins_with_initial("bob", "Ana B."));
        assert!(!begins_with_initial("李明", "李"));
    }

    #[test]
    fn names_are_freed_of_decoration() {
        assert_eq!(bare_name("Dr. Lena, MBA"), "Lena");
        assert_eq!(bare_name("Ana 🚀"), "Ana");
        assert_eq!(proper("MARY ANN"), "Mary Ann");
        assert_eq!(proper("AJ"), "AJ");
    }

    #[test]
    fn names_in_capitals_are_written_as_people_write_them() {
        for (loud, quiet) in [
            ("PRIYA", "Priya"),
            ("O'BRIEN", "O'Brien"),
            ("O’BRIEN", "O’Brien"),
            ("MCDONALD", "McDonald"),
            ("JEAN-LUC", "Jean-Luc"),
            ("ÉLODIE", "Élodie"),
            ("MACY", "Macy"),
        ] {
            assert_eq!(in_small_letters(loud), quiet);
        }
        assert_eq!(written_in(&["Zoë LeRoy"], "LEROY"), Some("LeRoy"));
        assert_eq!(written_in(&["Zoë"], "ZOE"), Some("Zoë"));
        assert_eq!(written_in(&["Jean-Luc, MBA"], "LUC"), Some("Luc"));
        assert_eq!(written_in(&["Ana"], "ANNA"), None);
    }
}
