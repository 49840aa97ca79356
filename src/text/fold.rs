//! Folding: the form of a word in which two spellings of it are the same.
//!
//! Lower case, no accents, styled letters (mathematical bold, full width) made plain. Packs and
//! notes are folded alike, so `résumé` in a pack finds `Resume` in a note.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Appends the folded form of a word to a buffer.
pub fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
        return;
    }
    for letter in word
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter) && !is_invisible(*letter))
    {
        match letter {
            'ß' | 'ẞ' => out.push_str("ss"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' => out.push('d'),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ı' => out.push('i'),
            other => out.extend(
                other
                    .to_lowercase()
                    .filter(|letter| !is_combining_mark(*letter)),
            ),
        }
    }
}

/// The folded form of a word.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// The folded form of a word whose letters that English lacks are spelt out, as in passports and addresses:
/// `Jürgen` is `juergen`, `Bjørn` is `bjoern`, `Håkon` is `haakon`.
pub fn fold_spelt_out(word: &str) -> String {
    let mut spelt = String::with_capacity(word.len() + 2);
    for letter in word.nfc() {
        match letter {
            'ä' | 'Ä' => spelt.push_str("ae"),
            'ö' | 'Ö' | 'ø' | 'Ø' => spelt.push_str("oe"),
            'ü' | 'Ü' => spelt.push_str("ue"),
            'å' | 'Å' => spelt.push_str("aa"),
            other => spelt.push(other),
        }
    }
    fold(&spelt)
}

/// Whether a character takes part in a word without being seen: joiners, soft hyphen, zero width space.
pub fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_style_are_folded_away() {
        assert_eq!(fold("Résumé"), "resume");
        assert_eq!(fold("re\u{301}sume\u{301}"), "resume");
        assert_eq!(fold("𝗙𝗿𝗲𝗲"), "free");
        assert_eq!(fold("STRASSE"), fold("Straße"));
        assert_eq!(fold("Łukasz"), "lukasz");
        assert_eq!(fold("co\u{ad}op"), "coop");
    }

    #[test]
    fn letters_are_spelt_out() {
        for (word, spelt) in [
            ("Jürgen", "juergen"),
            ("JU\u{308}RGEN", "juergen"),
            ("Bjørn", "bjoern"),
            ("Håkon", "haakon"),
            ("Weiß", "weiss"),
            ("José", "jose"),
            ("Ana", "ana"),
        ] {
            assert_eq!(fold_spelt_out(word), spelt);
        }
    }
}
