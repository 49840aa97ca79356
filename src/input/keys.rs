//! What may be known about a draft, and the names that spreadsheets give it.

/// One thing that a column, JSON key or front matter key can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// The draft's own id.
    Id,
    /// The words of the note.
    Note,
    /// The recipient's given name.
    FirstName,
    /// The recipient's family name.
    LastName,
    /// Both names in one; split where there is no first name.
    FullName,
    /// Job title.
    Title,
    /// Headline of the profile; used where there is no title.
    Headline,
    /// Employer.
    Company,
    /// Industry.
    Industry,
    /// Place as the profile shows it.
    Location,
    /// City; joined with region and country where there is no location.
    City,
    /// State or region.
    Region,
    /// Country.
    Country,
    /// IANA time zone.
    Timezone,
    /// Address of the profile.
    Profile,
    /// When to send.
    SendAt,
    /// First invitation, or sent again.
    Attempt,
    /// Invitation or follow-up.
    Kind,
    /// How much it matters to the sender.
    Priority,
    /// The language of the note.
    Language,
    /// What the sender found out.
    Facts,
    /// Rules switched off for this note.
    Allow,
}

impl Key {
    /// How many keys there are.
    pub(super) const COUNT: usize = Key::Allow as usize + 1;

    /// Whether it speaks of the recipient, and so may stand in a nested `recipient`.
    pub(super) fn is_about_recipient(self) -> bool {
        !matches!(
            self,
            Key::Id
                | Key::Note
                | Key::SendAt
                | Key::Attempt
                | Key::Kind
                | Key::Priority
                | Key::Language
                | Key::Allow
        )
    }
}

/// The names recognised, folded by [`fold_name`]. Of several for one key the first with a
/// value wins.
pub static ALIASES: &[(&str, Key)] = &[
    ("id", Key::Id),
    ("noteid", Key::Id),
    ("draftid", Key::Id),
    ("note", Key::Note),
    ("connectionnote", Key::Note),
    ("message", Key::Note),
    ("connectionmessage", Key::Note),
    ("invitemessage", Key::Note),
    ("invitationmessage", Key::Note),
    ("text", Key::Note),
    ("notetext", Key::Note),
    ("body", Key::Note),
    ("firstname", Key::FirstName),
    ("givenname", Key::FirstName),
    ("vorname", Key::FirstName),
    ("prénom", Key::FirstName),
    ("prenom", Key::FirstName),
    ("lastname", Key::LastName),
    ("surname", Key::LastName),
    ("familyname", Key::LastName),
    ("nachname", Key::LastName),
    ("fullname", Key::FullName),
    ("name", Key::FullName),
    ("to", Key::FullName),
    ("recipient", Key::FullName),
    ("recipientname", Key::FullName),
    ("title", Key::Title),
    ("jobtitle", Key::Title),
    ("position", Key::Title),
    ("role", Key::Title),
    ("headline", Key::Headline),
    ("company", Key::Company),
    ("companyname", Key::Company),
    ("organization", Key::Company),
    ("organisation", Key::Company),
    ("employer", Key::Company),
    ("unternehmen", Key::Company),
    ("industry", Key::Industry),
    ("location", Key::Location),
    ("city", Key::City),
    ("region", Key::Region),
    ("state", Key::Region),
    ("country", Key::Country),
    ("timezone", Key::Timezone),
    ("tz", Key::Timezone),
    ("profile", Key::Profile),
    ("profileurl", Key::Profile),
    ("linkedin", Key::Profile),
    ("linkedinurl", Key::Profile),
    ("linkedinprofile", Key::Profile),
    ("linkedinprofileurl", Key::Profile),
    ("url", Key::Profile),
    ("sendat", Key::SendAt),
    ("scheduledat", Key::SendAt),
    ("sendtime", Key::SendAt),
    ("attempt", Key::Attempt),
    ("kind", Key::Kind),
    ("priority", Key::Priority),
    ("language", Key::Language),
    ("lang", Key::Language),
    ("facts", Key::Facts),
    ("evidence", Key::Facts),
    ("research", Key::Facts),
    ("icebreaker", Key::Facts),
    ("post", Key::Facts),
    ("mutual", Key::Facts),
    ("allow", Key::Allow),
];

/// A name in lower case without spaces, `_` and `-`: `First Name`, `first_name` and `firstName`
/// are one.
pub fn fold_name(name: &str) -> String {
    if name.is_ascii() {
        let kept = name
            .bytes()
            .filter(|b| !b.is_ascii_whitespace() && !matches!(b, b'_' | b'-'));
        return kept.map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '\u{feff}'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// A recognised name: what it says, and its place among the names for the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// What it says.
    pub(super) key: Key,
    /// The lower one wins.
    pub(super) rank: u16,
}

/// Looks a name up: the user's own first, then the table.
pub(super) fn recognise(name: &str, columns: &[(String, Key)]) -> Option<Known> {
    let folded = fold_name(name);
    let own = columns.iter().map(|(column, key)| (column.as_str(), *key));
    own.chain(ALIASES.iter().copied())
        .enumerate()
        .find(|(_, (column, _))| *column == folded)
        .map(|(rank, (_, key))| Known {
            key,
            rank: u16::try_from(rank).unwrap_or(u16::MAX),
        })
}

/// Of some candidates the one that was most likely meant. All are folded.
pub(super) fn closest<'a>(
    folded: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let allowed = (folded.chars().count() / 3).max(1);
    candidates
        .into_iter()
        // A letter has four bytes at most: what is much longer or shorter is far off. Only what
        // is not gets compared, which is slow.
        .filter(|candidate| candidate.len().abs_diff(folded.len()) <= 4 * allowed)
        .filter_map(|candidate| {
            let alike = strsim::jaro_winkler(folded, candidate);
            if alike < 0.8 {
                return None;
            }
            let distance = strsim::damerau_levenshtein(folded, candidate);
            (distance <= allowed).then_some((distance, alike, candidate))
        })
        .min_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)))
        .map(|(_, _, candidate)| candidate)
}

/// Advice for a header or object without a note: which names are recognised, and which of those
/// found was perhaps meant to be one.
pub(super) fn note_names_help<'a>(found: impl IntoIterator<Item = &'a str>) -> String {
    let names = || {
        ALIASES
            .iter()
            .filter(|(_, key)| *key == Key::Note)
            .map(|(name, _)| *name)
    };
    let meant = found
        .into_iter()
        .find_map(|name| Some((name, closest(&fold_name(name), names())?)));
    let list = names().map(|name| format!("`{name}`")).collect::<Vec<_>>();
    let advice = format!(
        "name the one with the notes one of {}, or name yours under [columns] in connote.toml",
        list.join(", ")
    );
    match meant {
        Some((name, known)) => format!("`{name}`: did you mean `{known}`? Otherwise {advice}"),
        None => advice,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_folded_and_unique() {
        for (index, (name, _)) in ALIASES.iter().enumerate() {
            assert_eq!(*name, fold_name(name));
            assert!(
                ALIASES[..index].iter().all(|(other, _)| other != name),
                "{name} stands twice"
            );
        }
    }

    #[test]
    fn names_are_recognised_however_they_are_written() {
        for name in [
            "First Name",
            "first_name",
            "firstName",
            "FIRST-NAME",
            "Vorname",
        ] {
            assert_eq!(
                recognise(name, &[]).map(|known| known.key),
                Some(Key::FirstName)
            );
        }
        assert_eq!(recognise("colour", &[]), None);
        let own = [("pitch".to_owned(), Key::Note)];
        assert_eq!(
            recognise("Pitch", &own).map(|known| known.key),
            Some(Key::Note)
        );
        let note = recognise("note", &[]).unwrap();
        assert!(note.rank < recognise("text", &[]).unwrap().rank);
    }

    #[test]
    fn a_misspelt_name_is_guessed() {
        assert_eq!(closest("mesage", ["note", "message"]), Some("message"));
        assert_eq!(closest("colour", ["note", "message"]), None);
        assert!(note_names_help(["id", "Mesage"]).contains("did you mean `message`"));
    }
}
