//! Who somebody is: by the address of the profile, or by name where there is none.

use percent_encoding::percent_decode_str;

use crate::note::Note;
use crate::note::Recipient;
use crate::note::field_str;
use crate::span::Spanned;
use crate::text::Text;
use crate::text::fold::fold;

/// A person as a list names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The name as written; may be empty.
    pub name: Box<str>,
    /// The profile's slug, by which people are told apart.
    pub slug: Option<Box<str>>,
    /// The address of the profile as written.
    pub url: Option<Box<str>>,
}

impl Person {
    /// From a name and the address of a profile.
    pub fn new(name: &str, url: &str) -> Self {
        let url = url.trim();
        Self {
            name: name.trim().into(),
            slug: slug(url).map(Into::into),
            url: (!url.is_empty()).then(|| url.into()),
        }
    }

    /// The recipient of a draft.
    pub fn of(recipient: &Recipient) -> Self {
        let names = [&recipient.first_name, &recipient.last_name];
        let names: Vec<&str> = names.into_iter().filter_map(field_str).collect();
        Self::new(
            &names.join(" "),
            field_str(&recipient.profile).unwrap_or_default(),
        )
    }

    /// The name in the form in which two spellings of it are the same; none for what is no name.
    pub fn name_key(&self) -> Option<String> {
        name_key(&self.name)
    }

    /// By what a person is told apart: the profile's slug, else the name; none for nobody.
    pub fn key(&self) -> Option<String> {
        match &self.slug {
            Some(slug) => Some(slug.to_string()),
            None => self.name_key(),
        }
    }

    /// Whether nothing is known.
    pub fn is_nobody(&self) -> bool {
        self.slug.is_none() && self.name_key().is_none()
    }

    /// The address of the profile in its plain form, or as written where it has no slug.
    pub fn address(&self) -> Option<String> {
        match (&self.slug, &self.url) {
            (Some(slug), _) => Some(format!("https://www.linkedin.com/in/{}", encoded(slug))),
            (None, url) => url.as_deref().map(str::to_owned),
        }
    }
}

/// The last part of the path of a profile's address, by which two ways to write it are the same: in lower
/// case, percent signs decoded, without scheme, language, query and trailing slash.
pub fn slug(address: &str) -> Option<String> {
    let path = address.trim().split(['?', '#']).next()?;
    let at = path.to_ascii_lowercase().find("/in/");
    let behind = match at {
        Some(at) => &path[at + 4..],
        None => path.strip_prefix("in/")?,
    };
    let part = behind.split('/').next()?;
    let slug = percent_decode_str(part).decode_utf8_lossy().to_lowercase();
    let slug = slug.trim();
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// A slug in an address: what has a meaning there is written with percent signs.
fn encoded(slug: &str) -> String {
    use percent_encoding::AsciiSet;
    use percent_encoding::NON_ALPHANUMERIC;
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~');
    percent_encoding::utf8_percent_encode(slug, KEPT).to_string()
}

/// Names that LinkedIn writes for people who hide theirs.
const HIDDEN: [&str; 3] = ["linkedin member", "linkedin mitglied", "linkedin-mitglied"];

/// A name in lower case, without accents, emoji and what stands behind a comma: "Anna Meier, PhD" is
/// "anna meier".
pub fn name_key(name: &str) -> Option<String> {
    let name = name.split(',').next()?;
    let folded = fold(name);
    let words = folded.split(|letter: char| {
        !(letter.is_alphanumeric() || matches!(letter, '\'' | '’' | '-' | '.'))
    });
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let key = words.join(" ");
    (!key.is_empty() && !HIDDEN.contains(&key.as_str())).then_some(key)
}

/// A note to a person of whom the name and the profile are known.
pub fn note_to(person: &Person, text: Text, id: String) -> Note {
    let span = text.whole();
    let field = |words: &str| {
        let words = words.trim();
        (!words.is_empty()).then(|| Box::new(Spanned::new(words.into(), span)))
    };
    let name = person.name.split(',').next().unwrap_or_default().trim();
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    let recipient = Recipient {
        first_name: field(first),
        last_name: field(last),
        profile: person.url.as_deref().and_then(field),
        ..Recipient::default()
    };
    let mut note = Note::new(id, 1, text);
    note.recipient = recipient;
    note
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_ways_to_write_an_address_are_one() {
        for address in [
            "https://www.linkedin.com/in/Ana-Silva-%C3%A9/",
            "http://de.linkedin.com/in/ana-silva-é?trk=x",
            "linkedin.com/in/ana-silva-%c3%a9/de",
            "/in/ana-silva-é#about",
            "in/ANA-silva-É",
        ] {
            assert_eq!(slug(address).as_deref(), Some("ana-silva-é"), "{address}");
        }
        for address in [
            "",
            "https://www.linkedin.com/company/x",
            "https://www.linkedin.com/in/",
            "Ana",
        ] {
            assert_eq!(slug(address), None, "{address}");
        }
        let ana = Person::new("Ana", "de.linkedin.com/in/ana-é/");
        assert_eq!(
            ana.address().as_deref(),
            Some("https://www.linkedin.com/in/ana-%C3%A9")
        );
    }

    #[test]
    fn names_are_compared_without_their_trimmings() {
        assert_eq!(
            name_key("Anna  Meier, PhD ✨").as_deref(),
            Some("anna meier")
        );
        assert_eq!(
            name_key("✨ José O'Neill ✨").as_deref(),
            Some("jose o'neill")
        );
        assert_eq!(name_key("LinkedIn Member"), None);
        assert_eq!(name_key(" , "), None);
        assert!(Person::new("", "x").is_nobody());
    }
}
