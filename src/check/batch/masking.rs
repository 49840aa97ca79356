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
    masks: Masks,
    field: Vec<Word>,
}

impl Masking {
    /// Cuts a note into words and masks them. Returns a hash of the company's name, 0 for none.
    pub(crate) fn read(&mut self, note: &Note) -> u64 {
        let text = note.text.as_str();
        self.words.clear();
        words(text, &mut self.words);
        self.masks.clear();
        let names = [
            field_str(&note.recipient.first_name),
            field_str(&note.recipient.last_name),
        ];
        let known = self.add_names(names);
        let company = self.add_company(field_str(&note.recipient.company));
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
        mask(&mut self.words, &self.masks, |run, number| {
            number != NAME || !written_large || capital(run)
        });
        if !known {
            self.mask_greeted_name(is_capital);
        }
        company
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
        // "Anna Maria" is called "Anna", too.
        self.masks.add(first.iter().take(1).map(hash), NAME);
        self.masks.add(last.iter().map(hash), NAME);
        !self.field.is_empty()
    }

    /// The company's name, and the same without its legal form.
    fn add_company(&mut self, company: Option<&str>) -> u64 {
        self.field.clear();
        words(company.unwrap_or_default(), &mut self.field);
        let short = &self.field[..without_legal_form(&self.field)];
        self.masks
            .add(self.field.iter().map(|word| word.hash), COMPANY);
        if short.len() < self.field.len() {
            self.masks.add(short.iter().map(|word| word.hash), COMPANY);
        }
        let named = if short.is_empty() { &self.field } else { short };
        if named.is_empty() {
            return 0;
        }
        crate::similarity::sequence_hash(named)
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

    /// The first sentence behind the greeting, as a range of words.
    pub(crate) fn opening(&self) -> std::ops::Range<usize> {
        let head = &self.words[..self.words.len().min(GREETING_LENGTH)];
        let greets = head
            .first()
            .is_some_and(|word| GREETING.contains(&word.hash));
        let name = head.iter().take(2).position(|word| word.mask == NAME);
        let mut start = 0;
        if greets || name.is_some() {
            let ends = |word: &Word| word.behind >= Behind::Break;
            let from = name.unwrap_or(0);
            start = match head[from..].iter().position(ends) {
                Some(at) => from + at + 1,
                None => name.map_or(1, |name| name + 1),
            };
        }
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
            shown("Hi there, Ana here", "", "", ""),
            "Hi there | Ana here"
        );
        assert_eq!(shown("Ana, good talk", "", "", ""), "| Ana good talk");
        assert_eq!(shown("", "", "", ""), "");
    }
}
