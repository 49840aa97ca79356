//! Regular English inflections of a word, and the irregular verbs that notes are full of.

use crate::language::Language;
use crate::pattern::inflect_french;
use crate::pattern::inflect_german;
use crate::pattern::inflect_spanish;

/// How a language inflects.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inflect {
    /// A word with its inflections.
    pub(super) forms: fn(&str) -> Vec<String>,
    /// Whether all forms of a word are known to begin with its first three letters.
    pub(super) keep_start: fn(&str) -> bool,
}

/// The inflections of a language; English ones where no others are written.
pub(super) fn of(language: Language) -> Inflect {
    match language.code {
        "de" => Inflect {
            forms: inflect_german::inflections,
            keep_start: |_| false,
        },
        "es" => Inflect {
            forms: inflect_spanish::inflections,
            keep_start: |_| false,
        },
        "fr" => Inflect {
            forms: inflect_french::inflections,
            keep_start: |word| word.len() > 3,
        },
        _ => Inflect {
            forms: inflections,
            // Regular forms keep at least the first three letters of a word of four or more.
            keep_start: |word| word.len() > 3 && !is_irregular(word),
        },
    }
}

/// Irregular verbs: base form first, then the forms that rules do not make.
const IRREGULAR: &[&[&str]] = &[
    &["be", "is", "are", "am", "was", "were", "been", "being"],
    &["begin", "began", "begun"],
    &["bring", "brought"],
    &["build", "built"],
    &["buy", "bought"],
    &["catch", "caught"],
    &["choose", "chose", "chosen"],
    &["come", "came"],
    &["cut"],
    &["do", "does", "did", "done"],
    &["draw", "drew", "drawn"],
    &["drive", "drove", "driven"],
    &["fall", "fell", "fallen"],
    &["feel", "felt"],
    &["fight", "fought"],
    &["find", "found"],
    &["get", "got", "gotten"],
    &["give", "gave", "given"],
    &["go", "goes", "went", "gone"],
    &["grow", "grew", "grown"],
    &["have", "has", "had"],
    &["hear", "heard"],
    &["hold", "held"],
    &["keep", "kept"],
    &["know", "knew", "known"],
    &["lead", "led"],
    &["learn", "learnt"],
    &["leave", "left"],
    &["lend", "lent"],
    &["lose", "lost"],
    &["make", "made"],
    &["mean", "meant"],
    &["meet", "met"],
    &["pay", "paid"],
    &["ring", "rang", "rung"],
    &["run", "ran"],
    &["say", "said"],
    &["see", "saw", "seen"],
    &["sell", "sold"],
    &["send", "sent"],
    &["set"],
    &["show", "shown"],
    &["sit", "sat"],
    &["speak", "spoke", "spoken"],
    &["spend", "spent"],
    &["stand", "stood"],
    &["take", "took", "taken"],
    &["teach", "taught"],
    &["tell", "told"],
    &["think", "thought"],
    &["throw", "threw", "thrown"],
    &["understand", "understood"],
    &["win", "won"],
    &["write", "wrote", "written"],
];

/// Whether a word has forms that rules do not make.
fn is_irregular(base: &str) -> bool {
    IRREGULAR.iter().any(|forms| forms[0] == base)
}

/// A word with its inflections: plural or third person, past, present participle. Some forms that
/// do not exist are among them; they harm nobody.
fn inflections(base: &str) -> Vec<String> {
    let mut forms = vec![base.to_owned()];
    let irregular = IRREGULAR.iter().find(|forms| forms[0] == base);
    if let Some(others) = irregular {
        forms.extend(others[1..].iter().map(|form| (*form).to_owned()));
    }
    let past = irregular.is_none() || matches!(base, "learn" | "show");
    let bytes = base.as_bytes();
    let vowel = |at: usize| bytes.len() > at && b"aeiou".contains(&bytes[bytes.len() - 1 - at]);
    let last = bytes.last().copied().unwrap_or(b' ');
    let mut add = |stem: &str, ending: &str| forms.push(format!("{stem}{ending}"));
    let stem = &base[..base.len().saturating_sub(1)];
    match last {
        b'y' if !vowel(1) => {
            add(stem, "ies");
            add(stem, "ied");
            add(base, "ing");
        }
        b'e' => {
            add(base, "s");
            add(stem, "ing");
            if past {
                add(base, "d");
            }
        }
        _ => {
            let hissing = ["s", "x", "z", "ch", "sh"]
                .iter()
                .any(|ending| base.ends_with(ending));
            add(base, if hissing { "es" } else { "s" });
            add(base, "ing");
            if past {
                add(base, "ed");
            }
        }
    }
    // A short vowel before one consonant: plan, planned, planning.
    let doubled = bytes.len() >= 3 && !vowel(0) && vowel(1) && !vowel(2) && !b"wxy".contains(&last);
    if doubled && base.is_ascii() {
        let double = &base[base.len() - 1..];
        add(base, &format!("{double}ing"));
        if past {
            add(base, &format!("{double}ed"));
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_and_irregular_forms() {
        let has = |base: &str, form: &str| inflections(base).iter().any(|known| known == form);
        for (base, form) in [
            ("help", "helping"),
            ("study", "studied"),
            ("share", "sharing"),
            ("share", "shared"),
            ("plan", "planned"),
            ("pitch", "pitches"),
            ("write", "wrote"),
            ("write", "writing"),
            ("post", "posts"),
            ("play", "played"),
        ] {
            assert!(has(base, form), "{base} {form}");
        }
        assert!(!has("write", "writed"));
    }
}
