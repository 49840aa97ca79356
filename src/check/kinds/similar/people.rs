//! Whether two notes go to the same person.

use rustc_hash::FxHashSet;

use crate::check::batch::company_key;
use crate::history::Person;
use crate::history::slug;
use crate::note::Note;
use crate::note::Recipient;
use crate::note::field_str;
use crate::text::fold::fold;

/// Names at least so alike (Jaro-Winkler, 0 to 1) are two spellings of one: "Jon Smith", "John Smith".
const SPELLINGS: f64 = 0.95;

/// Whether two notes go to the same person, as far as is known: by profile, else by name and company,
/// else by full name. Where none of them tells, they go to two.
pub(super) fn same_person(left: &Note, right: &Note) -> bool {
    let (left, right) = (&left.recipient, &right.recipient);
    let profile = |recipient: &Recipient| field_str(&recipient.profile).and_then(slug);
    if let (Some(left), Some(right)) = (profile(left), profile(right)) {
        return left == right;
    }
    let name = |recipient: &Recipient| {
        let part = |field| field_str(field).map(str::trim).unwrap_or_default();
        fold(
            format!(
                "{} {}",
                part(&recipient.first_name),
                part(&recipient.last_name)
            )
            .trim(),
        )
    };
    let (left_name, right_name) = (name(left), name(right));
    if left_name.is_empty() || right_name.is_empty() {
        return false;
    }
    // A first name alone is that of many people, but not of many at one company.
    let full = left_name.contains(' ') && right_name.contains(' ');
    let company = |recipient: &Recipient| field_str(&recipient.company).map_or(0, company_key);
    match (company(left), company(right)) {
        (0, _) | (_, 0) => full && left_name == right_name,
        (here, there) if here == there => {
            strsim::jaro_winkler(&left_name, &right_name) >= SPELLINGS
        }
        _ => false,
    }
}

/// Up to so many notes are held against each other to count people; of more, each spelling is one.
const FEW: usize = 64;

/// To how many people some notes go.
pub(super) fn count_people<'n>(notes: impl ExactSizeIterator<Item = &'n Note>) -> usize {
    if notes.len() > FEW {
        let mut unknown = 0;
        let known: FxHashSet<String> = notes
            .filter_map(|note| {
                let key = Person::of(&note.recipient).key();
                unknown += usize::from(key.is_none());
                key
            })
            .collect();
        return known.len() + unknown;
    }
    let mut people: Vec<&Note> = Vec::new();
    for note in notes {
        if !people.iter().any(|known| same_person(known, note)) {
            people.push(note);
        }
    }
    people.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;
    use crate::span::Span;
    use crate::span::Spanned;
    use crate::text::Text;

    fn person(first: &str, last: &str, company: &str, profile: &str) -> Note {
        let field = |value: &str| {
            (!value.is_empty()).then(|| Box::new(Spanned::new(value.into(), Span::default())))
        };
        let mut note = Note::new("a", 1, Text::plain(FileId(0), 0, ""));
        note.recipient.first_name = field(first);
        note.recipient.last_name = field(last);
        note.recipient.company = field(company);
        note.recipient.profile = field(profile);
        note
    }

    #[test]
    fn profiles_go_before_names() {
        let ana = person("Ana", "Silva", "", "https://www.linkedin.com/in/ana-silva/");
        let same = person("A.", "S.", "", "linkedin.com/in/Ana-Silva?trk=x");
        let other = person("Ana", "Silva", "", "linkedin.com/in/ana-silva-2");
        assert!(same_person(&ana, &same));
        assert!(!same_person(&ana, &other));
    }

    #[test]
    fn names_tell_with_a_last_name_and_no_other_company() {
        let jon = person("Jon", "Smithson", "Acme", "");
        assert!(same_person(&jon, &person("John", "Smithson", "ACME", "")));
        assert!(same_person(
            &jon,
            &person("Jon", "Smithson", "Acme Ltd", "")
        ));
        assert!(!same_person(&jon, &person("Jon", "Smithson", "Other", "")));
        assert!(same_person(&jon, &person("jon", "Smithson", "", "")));
        assert!(!same_person(&jon, &person("John", "Smithson", "", "")));
        assert!(!same_person(
            &person("Ana", "", "", ""),
            &person("Ana", "", "", "")
        ));
        let ana = person("Ana", "", "Acme", "");
        assert!(same_person(&ana, &ana) && !same_person(&ana, &person("Ben", "", "Acme", "")));
    }

    #[test]
    fn people_are_counted_not_notes() {
        let staff = ["Ana", "Ana", "Ben"].map(|first| person(first, "Silva", "Acme", ""));
        assert_eq!(count_people(staff.iter()), 2);
        let many: Vec<Note> = (0..200)
            .map(|number| person(&format!("N{}", number % 70), "Silva", "Acme", ""))
            .chain([person("", "", "Acme", ""), person("", "", "Acme", "")])
            .collect();
        assert_eq!(count_people(many.iter()), 72);
    }
}
