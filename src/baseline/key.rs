//! What a note is known by: hashes of whom it is for and of its words.

use std::fmt;

use sha2::Digest;
use sha2::Sha256;

use crate::history::name_key;
use crate::history::slug;
use crate::note::Note;
use crate::note::Recipient;
use crate::note::field_str;
use crate::text::fold::fold;

/// A note in a baseline. Each half is the first eight bytes of a SHA-256: the same on every machine and
/// in every version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Of whom the note is for.
    pub recipient: Hash,
    /// Of the note's words.
    pub text: Hash,
}

/// The first eight bytes of a SHA-256, written as sixteen digits from 0 to f.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(u64);

impl Key {
    /// The key of a note. `file` is that of the draft, for notes of which nobody knows whom they are for.
    pub fn of(note: &Note, file: &str) -> Self {
        // Another system may have changed the line ends of a file, and an editor its last one.
        let words = note.text.as_str().replace("\r\n", "\n");
        Self {
            recipient: recipient(&note.recipient).unwrap_or_else(|| match note.id_span {
                Some(_) => Hash::of(&["id", file, &note.id]),
                None => Hash::of(&["file", file]),
            }),
            text: Hash::of(&["text", words.trim()]),
        }
    }
}

/// By the profile, else by name and company.
fn recipient(recipient: &Recipient) -> Option<Hash> {
    let profile = field_str(&recipient.profile);
    if let Some(profile) = profile.filter(|profile| !profile.trim().is_empty()) {
        let slug = slug(profile).unwrap_or_else(|| profile.trim().to_lowercase());
        return Some(Hash::of(&["profile", &slug]));
    }
    let names = [&recipient.first_name, &recipient.last_name];
    let names: Vec<&str> = names.into_iter().filter_map(field_str).collect();
    let name = name_key(&names.join(" "))?;
    let company = fold(field_str(&recipient.company).unwrap_or_default().trim());
    Some(Hash::of(&["name", &name, &company]))
}

impl Hash {
    /// Of several texts, each followed by a zero byte.
    fn of(parts: &[&str]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part.as_bytes());
            hasher.update([0]);
        }
        let first = hasher.finalize().into_iter().take(8);
        Self(first.fold(0, |hash, byte| hash << 8 | u64::from(byte)))
    }

    /// From its sixteen digits.
    pub fn from_digits(digits: &str) -> Option<Self> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let good = digits.len() == 16 && digits.bytes().all(is_digit);
        u64::from_str_radix(digits, 16)
            .ok()
            .filter(|_| good)
            .map(Self)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;
    use crate::span::Span;
    use crate::span::Spanned;
    use crate::text::Text;

    fn note(words: &str, fields: [&str; 4]) -> Note {
        let field = |words: &str| {
            let spanned = || Box::new(Spanned::new(words.into(), Span::default()));
            (!words.is_empty()).then(spanned)
        };
        let mut note = Note::new("a.md:1", 1, Text::plain(FileId(0), 0, words));
        note.recipient.first_name = field(fields[0]);
        note.recipient.last_name = field(fields[1]);
        note.recipient.company = field(fields[2]);
        note.recipient.profile = field(fields[3]);
        note
    }

    #[test]
    fn hashes_are_those_of_another_tool() {
        // printf 'text\0Hi Ana\0' | sha256sum
        let key = Key::of(&note("Hi Ana\r\n", ["", "", "", ""]), "a.md");
        assert_eq!(key.text.to_string(), "5778a67de4a6f891");
        // printf 'file\0a.md\0' | sha256sum
        assert_eq!(key.recipient.to_string(), "872d9fd484b8a54d");
        // printf 'name\0ana ruiz\0kardex\0' | sha256sum
        let named = Key::of(&note("x", ["Ána", "Ruiz", "Kardex ", ""]), "a.md");
        assert_eq!(named.recipient.to_string(), "f9a5c531ba2e0da2");
        assert_eq!(Hash::from_digits("f9a5c531ba2e0da2"), Some(named.recipient));
    }

    #[test]
    fn the_profile_goes_before_the_name_and_the_name_before_the_file() {
        let of = |fields| Key::of(&note("x", fields), "a.md").recipient;
        let by_profile = of(["Ana", "", "", "https://linkedin.com/in/Ana-R/"]);
        assert_eq!(by_profile, of(["", "", "", "in/ana-r"]));
        assert_ne!(by_profile, of(["Ana", "", "", ""]));
        assert_eq!(of(["Ana", "", "", ""]), of(["ANA", "", "", ""]));
        assert_ne!(of(["Ana", "", "", ""]), of(["Ana", "", "Kardex", ""]));
        assert_ne!(
            Key::of(&note("x", [""; 4]), "a.md"),
            Key::of(&note("x", [""; 4]), "b.md")
        );
    }

    #[test]
    fn only_sixteen_small_digits_are_a_hash() {
        for wrong in [
            "",
            "12",
            "0123456789abcdeF",
            "+123456789abcdef",
            "0123456789abcdef0",
        ] {
            assert_eq!(Hash::from_digits(wrong), None, "{wrong}");
        }
    }
}
