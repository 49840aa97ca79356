//! The normal form of a text: its words as hashes, without regard to case, punctuation, white space,
//! quotes and Unicode form.
//!
//! Two texts have the same normal form if they are equal after compatibility normalisation (NFKC or
//! NFKD, which tell the same texts apart), in lower case, with letters and digits only. In scripts
//! that write no spaces each character is a word.
//!
//! Words are kept as hashes of 64 bits. Among the words and pairs of a million notes (some ten
//! million different ones) the chance that any two fall together is below 1 in 300,000.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::char::decompose_compatible;
use unicode_normalization::char::is_combining_mark;

/// A word, or a masked value of several words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Stands for the word's normal form; for a masked value that of its mask.
    pub hash: u64,
    /// First byte in the text.
    pub start: u32,
    /// First byte behind the word, and behind the last word of a masked value.
    pub end: u32,
    /// The number of the mask, counted from 1; 0 for a plain word.
    pub mask: u8,
    /// What stands between this word and the next.
    pub behind: Behind,
}

/// The gravest of the marks between a word and the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Behind {
    /// White space, or marks inside a sentence that are no break.
    #[default]
    Nothing,
    /// A comma, colon, dash or bracket, or the end of a line.
    Break,
    /// A full stop, question mark, exclamation mark or the end of a paragraph.
    End,
}

/// Mixes two numbers well: the folded product of 128 bits (as in wyhash and foldhash).
pub(super) fn mix(left: u64, right: u64) -> u64 {
    let product = u128::from(left ^ right).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    (product as u64) ^ ((product >> 64) as u64)
}

pub(super) const SEED: u64 = 0x2545_F491_4F6C_DD1D;

/// Cuts a text into words and appends them. Their masks are 0.
pub fn words(text: &str, out: &mut Vec<Word>) {
    let mut cutter = Cutter {
        out,
        hash: SEED,
        start: 0,
        end: 0,
        open: false,
        marks: Vec::new(),
    };
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        if LETTERS[byte as usize] != 0 {
            at = cutter.letters(bytes, at);
        } else if byte.is_ascii() {
            cutter.ascii(byte, text, at);
            at += 1;
        } else if let Some(letter) = text[at..].chars().next() {
            cutter.other(letter, at);
            at += letter.len_utf8();
        }
    }
    cutter.close();
}

/// ASCII letters in lower case and digits, by the byte; 0 for all other bytes.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte = 0u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            letters[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    letters
};

struct Cutter<'a> {
    out: &'a mut Vec<Word>,
    hash: u64,
    start: usize,
    end: usize,
    open: bool,
    /// Combining marks since the last letter: their order must not matter where they do not touch.
    marks: Vec<char>,
}

impl Cutter<'_> {
    /// Takes a run of ASCII letters and digits; there must be one at `at`. Returns where it ends.
    fn letters(&mut self, bytes: &[u8], mut at: usize) -> usize {
        self.flush_marks();
        let (start, mut hash) = match self.open {
            true => (self.start, self.hash),
            false => (at, SEED),
        };
        while let Some(code @ 1..) = bytes.get(at).map(|byte| LETTERS[*byte as usize]) {
            hash = mix(hash, u64::from(code));
            at += 1;
        }
        let is_plain_end = |byte: &u8| byte.is_ascii() && !is_apostrophe(*byte);
        self.open = !bytes.get(at).is_none_or(is_plain_end);
        match self.open {
            true => (self.start, self.end, self.hash) = (start, at, hash),
            // Nearly every word ends here, and has never been anywhere but in registers.
            false => self.push(hash, start, at),
        }
        at
    }

    /// Takes another ASCII character, that at a byte of the text.
    fn ascii(&mut self, byte: u8, text: &str, at: usize) {
        if !is_apostrophe(byte) {
            self.close();
            let behind = match byte {
                b'!' | b'?' => Behind::End,
                b'.' if self.ends_sentence(text, at) => Behind::End,
                b'\n' if is_paragraph_end(&text.as_bytes()[at..]) => Behind::End,
                // Drafts are wrapped by hand: a line end alone ends no sentence, but may end a greeting.
                b'\n' => Behind::Break,
                b',' | b':' | b';' | b'(' | b')' | b'-' => Behind::Break,
                _ => return,
            };
            self.behind(behind);
        }
    }

    /// Whether a full stop ends a sentence, and no abbreviation, initial or number: "Dr. Silva", "2.0".
    fn ends_sentence(&self, text: &str, at: usize) -> bool {
        let next = text[at + 1..].chars().next();
        if next.is_some_and(char::is_alphanumeric) {
            return false;
        }
        let Some(last) = self.out.last().filter(|last| last.end as usize == at) else {
            return true;
        };
        let word = &text[last.start as usize..last.end as usize];
        let initial =
            word.len() == 1 && word != "I" && word.bytes().all(|it| it.is_ascii_alphabetic());
        !initial && !ABBREVIATIONS.iter().any(|it| it.eq_ignore_ascii_case(word))
    }

    fn other(&mut self, letter: char, at: usize) {
        if is_silent(letter) {
            return;
        }
        let end = at + letter.len_utf8();
        if stands_alone(letter) {
            self.close();
            self.letter(u64::from(u32::from(letter)), at, end);
            self.close();
            return;
        }
        let mut emit = |part: char| {
            if is_combining_mark(part) {
                // A mark without a letter before it belongs to no word.
                if self.open {
                    self.marks.push(part);
                    self.end = end;
                }
            } else if part.is_alphanumeric() {
                for lower in part.to_lowercase() {
                    if is_combining_mark(lower) {
                        self.marks.push(lower);
                    } else {
                        // The Greek sigma at the end of a word is a sigma.
                        let lower = if lower == 'ς' { 'σ' } else { lower };
                        self.letter(u64::from(u32::from(lower)), at, end);
                    }
                }
            } else if !is_silent(part) {
                self.close();
                match part {
                    '.' | '!' | '?' | '\n' | '…' | '。' | '؟' | '।' | '\u{2028}' | '\u{2029}' =>
                    {
                        self.behind(Behind::End);
                    }
                    ',' | ':' | ';' | '(' | ')' | '،' | '、' | '–' | '—' => {
                        self.behind(Behind::Break);
                    }
                    _ => {}
                }
            }
        };
        decompose_compatible(letter, &mut emit);
    }

    fn letter(&mut self, code: u64, start: usize, end: usize) {
        self.begin(start);
        self.hash = mix(self.hash, code);
        self.end = end;
    }

    /// Opens a word if none is open.
    fn begin(&mut self, start: usize) {
        self.flush_marks();
        if !self.open {
            self.open = true;
            self.start = start;
            self.hash = SEED;
        }
    }

    fn flush_marks(&mut self) {
        if self.marks.is_empty() {
            return;
        }
        self.marks
            .sort_by_key(|&mark| canonical_combining_class(mark));
        for mark in self.marks.drain(..) {
            self.hash = mix(self.hash, u64::from(u32::from(mark)));
        }
    }

    fn close(&mut self) {
        if !self.open {
            return;
        }
        self.flush_marks();
        self.open = false;
        self.push(self.hash, self.start, self.end);
    }

    fn push(&mut self, hash: u64, start: usize, end: usize) {
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        self.out.push(Word {
            hash,
            start: number(start),
            end: number(end),
            mask: 0,
            behind: Behind::Nothing,
        });
    }

    fn behind(&mut self, behind: Behind) {
        if let Some(last) = self.out.last_mut() {
            last.behind = last.behind.max(behind);
        }
    }
}

/// Abbreviations with a full stop that stand before what they belong to.
const ABBREVIATIONS: &[&str] = &[
    "dr", "mr", "mrs", "ms", "prof", "dra", "sr", "sra", "srta", "hr", "fr", "dipl", "ing", "mag",
    "mme", "mlle", "st", "no", "nr", "vs", "bzw", "ca", "approx",
];

/// Whether a line end is the last before an empty line, or before nothing.
fn is_paragraph_end(rest: &[u8]) -> bool {
    let mut behind = rest
        .iter()
        .skip(1)
        .filter(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
    matches!(behind.next(), None | Some(b'\n'))
}

/// ASCII characters that are no part of a word and do not end one.
fn is_apostrophe(byte: u8) -> bool {
    byte == b'\'' || byte == b'`'
}

/// Characters that are no part of a word and do not end one: apostrophes, joiners, soft hyphens,
/// presentation selectors.
fn is_silent(letter: char) -> bool {
    matches!(letter, '\'' | '`' | '’' | '‘' | 'ʼ' | '´' | '＇' | '\u{ad}' | '\u{200b}'..='\u{200f}'
        | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// Letters of scripts that put no spaces between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
fn stands_alone(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
        && letter.is_alphanumeric()
}

/// A hash of the words in their order: equal texts have equal ones.
pub fn sequence_hash(words: &[Word]) -> u64 {
    words
        .iter()
        .fold(SEED, |sum, word| mix(sum.rotate_left(11), word.hash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::similarity::testing::cut;
    use crate::similarity::testing::hashes;

    #[test]
    fn what_does_not_matter_does_not_change_the_words() {
        let plain = hashes("don't be late at cafe 5");
        assert_eq!(plain.len(), 6);
        for same in [
            "DON’T  be\nlate, at (cafe) 5!",
            "dont be late at cafe 5",
            "Don\u{2019}t be la\u{ad}te at c\u{200b}afe ５",
            "𝗗𝗼𝗻'𝘁 be late at cafe 5.",
        ] {
            assert_eq!(hashes(same), plain, "{same}");
        }
        assert_ne!(hashes("café"), hashes("cafe"));
        assert_eq!(hashes("Café ﬁne"), hashes("cafe\u{301} FINE"));
        // Two marks that do not touch, in either order.
        assert_eq!(hashes("a\u{323}\u{301}"), hashes("a\u{301}\u{323}"));
        assert!(hashes(" 👋🏽 … — \u{301}").is_empty());
    }

    #[test]
    fn scripts_without_spaces_are_cut_by_character() {
        assert_eq!(hashes("東京で会う").len(), 5);
        assert_eq!(hashes("서울 에서").len(), 2);
    }

    #[test]
    fn places_are_bytes_of_the_text() {
        let text = "Hé, «Zoë’s» 東 end.";
        let places: Vec<&str> = cut(text)
            .iter()
            .map(|word| &text[word.start as usize..word.end as usize])
            .collect();
        assert_eq!(places, ["Hé", "Zoë’s", "東", "end"]);
        assert_eq!(cut(text)[0].behind, Behind::Break);
        assert_eq!(cut(text)[3].behind, Behind::End);
    }

    #[test]
    fn sentences_end_at_full_stops_that_end_them() {
        let ends = |text: &str| -> Vec<usize> {
            let all = cut(text);
            let ends = all
                .iter()
                .enumerate()
                .filter(|(_, it)| it.behind == Behind::End);
            ends.map(|(at, _)| at).collect()
        };
        assert_eq!(ends("I heard Dr. Silva. She"), [3]);
        assert_eq!(ends("version 2.0 of J. Bach. And so did I. Yes"), [5, 9]);
        assert_eq!(ends("wrapped\nby hand\n \nnext\n"), [2, 3]);
        assert_eq!(ends("\"end.\" (end.) “end.” end.🚀"), [0, 1, 2, 3]);
        assert_eq!(cut("Hi Ana\nI")[1].behind, Behind::Break);
    }
}
