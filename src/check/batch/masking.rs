//! A note's words with the recipient's name and company masked: what a mail merge would fill in.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::facts::GREETING_WORDS;
use crate::note::Note;
use crate::note::field_str;
use crate::similarity::Behind;
use crate::similarity::Masks;
use crate::similarity::Word;
use crate::similarity::is_any_masked;
use crate::similarity::mask;
use crate::similarity::masked;
use crate::similarity::sequence_hash;
use crate::similarity::words;

/// The mask of the recipient's name.
pub(crate) const NAME: u8 = 1;
/// The mask of the recipient's company.
pub(crate) const COMPANY: u8 = 2;

/// Legal forms, which people leave out when they write of a company.
const LEGAL_FORMS: &[&str] = &[
    "ab",
    "ag",
    "as",
    "bv",
    "co",
    "corp",
    "corporation",
    "gmbh",
    "inc",
    "incorporated",
    "kg",
    "limited",
    "llc",
    "llp",
    "ltd",
    "nv",
    "oy",
    "plc",
    "pty",
    "pvt",
    "sa",
    "sarl",
    "sas",
    "se",
    "spa",
    "srl",
];

/// Words with which a greeting begins.
static GREETING: LazyLock<FxHashSet<u64>> = LazyLock::new(|| hashes(GREETING_WORDS));
/// The words of each legal form, written as one word and with full stops: "bv", "b.v.".
static LEGAL: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| {
    let dotted = |form: &&str| form.chars().flat_map(|letter| [letter, '.']).collect();
    let all = LEGAL_FORMS.iter().map(|form| (*form).to_owned());
    all.chain(LEGAL_FORMS.iter().map(dotted))
        .map(|form: String| {
            let mut cut = Vec::new();
            words(&form, &mut cut);
            cut.iter().map(|word| word.hash).collect()
        })
        .collect()
});

fn hashes(list: &[&str]) -> FxHashSet<u64> {
    let mut all = Vec::new();
    list.iter().for_each(|word| words(word, &mut all));
    all.iter().map(|word| word.hash).collect()
}

/// A hash of a company's name without its legal form, 0 for none: "Acme" and "ACME Ltd." are one.
pub(crate) fn company_key(company: &str) -> u64 {
    let mut name = Vec::new();
    words(company, &mut name);
    key_of_company(&name)
}

fn key_of_company(name: &[Word]) -> u64 {
    match (&name[..without_legal_form(name)], name) {
        ([], []) => 0,
        ([], name) | (name, _) => sequence_hash(name),
    }
}

/// How many of the words of a company's name stand before its legal form.
fn without_legal_form(name: &[Word]) -> usize {
    let mut end = name.len();
    let ends_with = |end: usize, form: &&Vec<u64>| {
        let hashes = name[..end].iter().rev().map(|word| word.hash);
        form.len() <= end && form.iter().rev().copied().eq(hashes.take(form.len()))
    };
    while let Some(form) = LEGAL.iter().find(|form| ends_with(end, form)) {
        end -= form.len();
    }
    end
}

/// Words of at most so many make a greeting, with the name: "Good morning dear Ana Maria,".
const GREETING_LENGTH: usize = 6;

/// Masks the words of one note after the other; keeps its memory between them.
#[derive(Debug, Default)]
pub(crate) struct Masking {
    /// The words of the note last masked.
    pub(crate) words: Vec<Word>,
    /// A hash of its words without any mask.
    pub(crate) unmasked: u64,
    masks: Masks,
    field: Vec<Word>,
}

impl Masking {
    /// Cuts a note into words and masks them. Returns a hash of the company's name, 0 for none.
    pub(crate) fn read(&mut self, note: &Note) -> u64 {
        let text = note.text.as_str();
        self.words.clear();
        words(text, &mut self.words);
        self.unmasked = sequence_hash(&self.words);
        self.masks.clear();
        let names = [
            field_str(&note.recipient.first_name),
            field_str(&note.recipient.last_name),
        ];
        let known = self.add_names(names);
        let company = field_str(&note.recipient.company).unwrap_or_default();
        let company_key = self.add_company(company);
        // "Will" is a name and "will" is not, unless nothing here has capitals.
        let is_capital = |word: &Word| {
            text.get(word.start as usize..)
                .and_then(|rest| rest.chars().next())
                .is_some_and(char::is_uppercase)
        };
        let capital = |run: &[Word]| run.first().is_some_and(is_capital);
        let mut written_large = false;
        if known {
            written_large = is_any_masked(&self.words, &self.masks, |run, number| {
                number == NAME && capital(run)
            });
        }
        // Target is a company and "target" is a word, unless the company is written so itself, or nothing is
        // written large.
        let is_small = |word: &Word| {
            let first = text
                .get(word.start as usize..)
                .and_then(|rest| rest.chars().next());
            first.is_some_and(char::is_lowercase)
        };
        let is_long = |word: &&Word| word.end - word.start > 1;
        let company_is_large = company.starts_with(char::is_uppercase)
            && self.words.iter().filter(is_long).any(is_capital);
        mask(&mut self.words, &self.masks, |run, number| match number {
            NAME => !written_large || capital(run),
            _ => !company_is_large || !run.first().is_some_and(is_small),
        });
        if !known {
            self.mask_greeted_name(is_capital);
        }
        company_key
    }

    /// First and last name: together, then each. Says whether there is one.
    fn add_names(&mut self, names: [Option<&str>; 2]) -> bool {
        self.field.clear();
        let mut ends = [0; 2];
        for (name, end) in names.into_iter().zip(&mut ends) {
            words(name.unwrap_or_default(), &mut self.field);
            *end = self.field.len();
        }
        let hash = |word: &Word| word.hash;
        let (first, last) = self.field.split_at(ends[0]);
        if !first.is_empty() && !last.is_empty() {
            self.masks.add(self.field.iter().map(hash), NAME);
        }
        self.masks.add(first.iter().map(hash), NAME);
        // "Anna Maria" is called "Anna", too; where no space stands between, the first character is no name.
        if let [called, next, ..] = first
            && called.end < next.start
        {
            self.masks.add([called.hash], NAME);
        }
        self.masks.add(last.iter().map(hash), NAME);
        !self.field.is_empty()
    }

    /// The company's name, and the same without its legal form.
    fn add_company(&mut self, company: &str) -> u64 {
        self.field.clear();
        words(company, &mut self.field);
        let short = &self.field[..without_legal_form(&self.field)];
        self.masks
            .add(self.field.iter().map(|word| word.hash), COMPANY);
        if short.len() < self.field.len() {
            self.masks.add(short.iter().map(|word| word.hash), COMPANY);
        }
        key_of_company(&self.field)
    }

    /// Where nobody says whom the note is for: the capitalised words between "Hi" and the comma.
    fn mask_greeted_name(&mut self, is_capital: impl Fn(&Word) -> bool) {
        let opens = |word: &Word| GREETING.contains(&word.hash);
        let begin = self.words.iter().take_while(|word| opens(word)).count();
        let in_greeting = &self.words[..self.words.len().min(GREETING_LENGTH)];
        let last = in_greeting
            .iter()
            .position(|word| word.behind >= Behind::Break)
            .unwrap_or(0);
        if begin == 0 || last < begin || !self.words[begin..=last].iter().all(is_capital) {
            return;
        }
        let name = masked(&self.words[begin..=last], NAME);
        self.words.splice(begin..=last, [name]);
    }

    /// The words of a field, the name and company of the note last read masked in them, too: "Baker at Acme".
    pub(crate) fn masked_field(&self, field: &str) -> Vec<Word> {
        let mut all = Vec::new();
        words(field, &mut all);
        mask(&mut all, &self.masks, |_, _| true);
        all
    }

    /// The first sentence behind the greeting, as a range of words.
    pub(crate) fn opening(&self) -> std::ops::Range<usize> {
        let head = &self.words[..self.words.len().min(GREETING_LENGTH)];
        let greets = head
            .first()
            .is_some_and(|word| GREETING.contains(&word.hash));
        let name = head.iter().take(2).position(|word| word.mask == NAME);
        let breaks = |from: usize, most: usize| {
            let mut near = head.iter().enumerate().skip(from).take(most);
            near.find(|(_, word)| word.behind >= Behind::Break)
                .map(|(at, _)| at + 1)
        };
        // The greeting ends with the name, or with the word behind it: "Hi Ana Silva,", "Hi Ana all,".
        let start = match (name, greets) {
            (Some(name), _) => breaks(name, 2).unwrap_or(name + 1),
            (None, true) => breaks(0, 3).unwrap_or(1),
            (None, false) => 0,
        };
        let rest = &self.words[start.min(self.words.len())..];
        let length = rest
            .iter()
            .position(|word| word.behind == Behind::End)
            .map_or(rest.len(), |at| at + 1);
        start..start + length
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::Field;
    use crate::span::FileId;
    use crate::span::Span;
    use crate::span::Spanned;
    use crate::text::Text;

    fn field(value: &str) -> Field {
        (!value.is_empty()).then(|| Box::new(Spanned::new(value.into(), Span::default())))
    }

    /// The words with masks as N and C, and the first sentence behind a bar.
    fn shown(text: &str, first: &str, last: &str, company: &str) -> String {
        let mut note = Note::new("a", 1, Text::plain(FileId(0), 0, text));
        note.recipient.first_name = field(first);
        note.recipient.last_name = field(last);
        note.recipient.company = field(company);
        let mut masking = Masking::default();
        masking.read(&note);
        let opening = masking.opening();
        let shown = |(at, word): (usize, &Word)| {
            let bar = if at == opening.start || at == opening.end {
                "| "
            } else {
                ""
            };
            match word.mask {
                NAME => format!("{bar}N"),
                COMPANY => format!("{bar}C"),
                _ => format!("{bar}{}", &text[word.start as usize..word.end as usize]),
            }
        };
        let all: Vec<String> = masking.words.iter().enumerate().map(shown).collect();
        all.join(" ")
    }

    #[test]
    fn names_and_companies_are_masked() {
        assert_eq!(
            shown(
                "Hi Ana, Acme's post. Bye Ana Silva",
                "Ana",
                "Silva",
                "Acme Ltd."
            ),
            "Hi N | C post | Bye N"
        );
        assert_eq!(
            shown(
                "Hi Ana, all at Acme Ltd like you",
                "Ana Maria",
                "",
                "ACME Ltd"
            ),
            "Hi N | all at C like you"
        );
        assert_eq!(
            shown("Hi Ana, all at Acme like you", "Ana", "", "Acme, Inc."),
            "Hi N | all at C like you"
        );
        assert_eq!(
            shown(
                "Hi Ana, all at Acme like you",
                "Ana",
                "",
                "Acme Holding B.V."
            ),
            "Hi N | all at Acme like you"
        );
        assert_eq!(
            shown("Hi Ana, all at Acme like you", "Ana", "", "Acme Pty. Ltd"),
            "Hi N | all at C like you"
        );
        assert_eq!(
            shown("Hi Ana, all at Acme like you", "Ana", "", "Acme S.A.R.L."),
            "Hi N | all at C like you"
        );
    }

    #[test]
    fn a_name_that_is_a_word_too_is_masked_where_it_has_a_capital() {
        assert_eq!(
            shown("Hi Will, I will call", "Will", "", ""),
            "Hi N | I will call"
        );
        assert_eq!(
            shown("hi will, i will call", "Will", "", ""),
            "hi N | i N call"
        );
    }

    #[test]
    fn a_company_that_is_a_word_too_is_masked_where_it_has_a_capital() {
        let target = |text: &str, company: &str| shown(text, "Ana", "", company);
        assert_eq!(
            target("Hi Ana, what to target at Target now", "Target"),
            "Hi N | what to target at C now"
        );
        assert_eq!(
            target("Hi Ana, I target it", "Target"),
            "Hi N | I target it"
        );
        assert_eq!(target("hi ana, i love target", "Target"), "hi N | i love C");
        assert_eq!(
            target("Hi Ana, the eBay and ebay", "eBay"),
            "Hi N | the C and C"
        );
        assert_eq!(target("Hi Ana, the 3M post", "3M"), "Hi N | the C post");
    }

    #[test]
    fn a_part_of_a_name_without_spaces_is_no_name() {
        assert_eq!(shown("大輔さん、大変", "大輔", "", ""), "N | さ ん 大 変");
    }

    #[test]
    fn the_first_sentence_is_that_behind_the_greeting() {
        let known = |text: &str| shown(text, "Ana", "", "");
        assert_eq!(
            known("Hi Ana your talk on tides, which"),
            "Hi N | your talk on tides which"
        );
        assert_eq!(
            known("Hi Ana Silva, I heard Dr. Lee. So"),
            "Hi N Silva | I heard Dr Lee | So"
        );
        assert_eq!(
            known("Hi Ana,\n\nwrapped\nhere. So"),
            "Hi N | wrapped here | So"
        );
        assert_eq!(
            shown("Hi I read it all, really. So", "", "", ""),
            "Hi | I read it all really | So"
        );
    }

    #[test]
    fn a_company_is_known_by_its_name_without_legal_form() {
        assert_eq!(company_key("Acme"), company_key("ACME Ltd."));
        assert_ne!(company_key("Acme"), company_key("Acme Foods"));
        assert_ne!(company_key("AG"), 0);
        assert_eq!(company_key(" - "), 0);
    }

    #[test]
    fn without_a_known_name_the_greeting_tells_it() {
        assert_eq!(
            shown("Hi Ana Lu, good talk!", "", "", ""),
            "Hi N | good talk"
        );
        assert_eq!(
            shown("Good morning Ana - hello", "", "", ""),
            "Good morning N | hello"
        );
        assert_eq!(
            shown("Dear Dr. Silva, good talk", "", "", ""),
            "Dear N | good talk"
        );
        assert_eq!(
            shown("Hi there, Ana here", "", "", ""),
            "Hi there | Ana here"
        );
        assert_eq!(shown("Ana, good talk", "", "", ""), "| Ana good talk");
        assert_eq!(shown("", "", "", ""), "");
    }
}
