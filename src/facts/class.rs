//! Classes of words that can be told from their looks: figures, names, months, addresses.

use crate::facts::tongue::Tongue;

/// A set of classes, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(pub u32);

/// Name, bit and meaning of every class; the names are those that patterns use in `<...>`.
pub const CLASSES: &[(&str, Classes, &str)] = &[
    (
        "name",
        Classes::NAME,
        "looks like a proper name: a capital in mid-sentence, an acronym, mixed case, letters with digits",
    ),
    ("capital", Classes::CAPITAL, "begins with a capital letter"),
    (
        "acronym",
        Classes::ACRONYM,
        "two or more capitals and nothing else",
    ),
    ("number", Classes::NUMBER, "digits or a number word"),
    ("figure", Classes::FIGURE, "digits"),
    ("money", Classes::MONEY, "an amount with a currency"),
    ("percent", Classes::PERCENT, "a figure with %"),
    ("year", Classes::YEAR, "a year from 1950 to 2039"),
    ("weekday", Classes::WEEKDAY, "a day of the week"),
    ("month", Classes::MONTH, "a month"),
    ("url", Classes::URL, "a web address"),
    ("email", Classes::EMAIL, "an e-mail address"),
    ("hashtag", Classes::HASHTAG, "a word with # before it"),
    ("mention", Classes::MENTION, "a word with @ before it"),
    ("quoted", Classes::QUOTED, "a word inside quotation marks"),
    (
        "recipient",
        Classes::RECIPIENT,
        "a word of the recipient's name",
    ),
    (
        "company",
        Classes::COMPANY,
        "a word of the recipient's company",
    ),
    (
        "title",
        Classes::TITLE,
        "a word of the recipient's job title",
    ),
];

#[allow(missing_docs)] // each is described in CLASSES
impl Classes {
    pub const NONE: Self = Self(0);
    pub const NAME: Self = Self(1);
    pub const CAPITAL: Self = Self(1 << 1);
    pub const ACRONYM: Self = Self(1 << 2);
    pub const NUMBER: Self = Self(1 << 3);
    pub const FIGURE: Self = Self(1 << 4);
    pub const MONEY: Self = Self(1 << 5);
    pub const PERCENT: Self = Self(1 << 6);
    pub const YEAR: Self = Self(1 << 7);
    pub const WEEKDAY: Self = Self(1 << 8);
    pub const MONTH: Self = Self(1 << 9);
    pub const URL: Self = Self(1 << 10);
    pub const EMAIL: Self = Self(1 << 11);
    pub const HASHTAG: Self = Self(1 << 12);
    pub const MENTION: Self = Self(1 << 13);
    pub const QUOTED: Self = Self(1 << 14);
    pub const RECIPIENT: Self = Self(1 << 15);
    pub const COMPANY: Self = Self(1 << 16);
    pub const TITLE: Self = Self(1 << 17);
    pub const FIELD: Self = Self(1 << 18);
    /// Not a word: a comma, dash, bracket, emoji or line break inside a sentence.
    pub const SOFT: Self = Self(1 << 24);
    /// Not a word: the start of a sentence.
    pub const START: Self = Self(1 << 25);
    /// Not a word: the end of a sentence.
    pub const END: Self = Self(1 << 26);
    /// Any of the three that are no words.
    pub const MARK: Self = Self(Self::SOFT.0 | Self::START.0 | Self::END.0);

    /// Whether any class of the other set is in this one.
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Adds classes.
    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Takes classes away.
    pub fn remove(&mut self, other: Self) {
        self.0 &= !other.0;
    }
}

const CURRENCIES: &[char] = &['$', '€', '£', '₹', '¥', '₦', '₱'];

/// Classes that can be told from one word alone. `raw` is the word as written, `folded` its folded form.
pub(super) fn of_word(raw: &str, folded: &str, tongue: &Tongue) -> Classes {
    let mut classes = Classes::NONE;
    let first = raw.chars().next().unwrap_or(' ');
    let digits = folded.bytes().any(|byte| byte.is_ascii_digit());
    if digits || CURRENCIES.contains(&first) {
        classes.add(figure(raw, folded));
    }
    if first.is_ascii_lowercase() && !digits && folded.len() > 10 {
        return classes; // the common long word
    }
    if tongue.numbers.contains(folded) {
        classes.add(Classes::NUMBER);
    }
    if first.is_uppercase() {
        classes.add(Classes::CAPITAL);
    }
    // "may" and "mar" are words of their own: months only with a capital.
    if tongue.weekdays.contains(folded) && (folded.len() > 4 || first.is_uppercase()) {
        classes.add(Classes::WEEKDAY);
    }
    if tongue.months.contains(folded)
        && (first.is_uppercase() || folded.len() > 5 || !tongue.capital_months)
        || (raw == "May" || raw == "Mar") && tongue.contracts
    {
        classes.add(Classes::MONTH);
    }
    let mut letters = raw.chars().filter(|letter| letter.is_alphabetic());
    let capitals = raw.chars().filter(|letter| letter.is_uppercase()).count();
    if capitals >= 2 && letters.all(char::is_uppercase) {
        classes.add(Classes::ACRONYM);
    }
    classes
}

fn figure(raw: &str, folded: &str) -> Classes {
    let mut classes = Classes::NONE;
    let starts_with_digit = folded.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    if starts_with_digit.starts_with(|letter: char| letter.is_ascii_digit()) {
        classes.add(Classes(Classes::FIGURE.0 | Classes::NUMBER.0));
    }
    if raw.starts_with(CURRENCIES) || raw.ends_with(CURRENCIES) {
        classes.add(Classes::MONEY);
    }
    if raw.ends_with('%') {
        classes.add(Classes::PERCENT);
    }
    if folded.len() == 4
        && folded
            .parse::<u32>()
            .is_ok_and(|year| (1950..2040).contains(&year))
    {
        classes.add(Classes::YEAR);
    }
    classes
}
