//! What can stand in a front matter: keys, and the values of those that take few.

/// A key of a front matter with what it says.
pub(super) static KEYS: &[(&str, &str)] = &[
    ("first_name", "The reader's given name"),
    ("last_name", "The reader's family name"),
    (
        "full_name",
        "The reader's whole name, where it is not known in parts",
    ),
    ("title", "Job title"),
    ("headline", "Headline of the profile"),
    ("company", "Employer"),
    ("industry", "Industry"),
    ("location", "Place as the profile shows it"),
    ("city", "City, where there is no location"),
    ("region", "State or region, where there is no location"),
    ("country", "Country, where there is no location"),
    ("timezone", "Time zone, such as Europe/Berlin"),
    ("profile", "Address of the profile"),
    ("send_at", "When to send it, such as 2026-03-31T10:12"),
    ("attempt", "1 for a first invitation, 2 for one sent again"),
    ("kind", "invitation or follow-up"),
    ("priority", "How much it matters: high, medium, low"),
    ("language", "The language of the note"),
    ("facts", "What you found out about the reader"),
    ("allow", "Rules that are switched off for this note"),
    ("id", "The draft's own id"),
];

/// The values of a key that takes few; the rules' ids for `allow` come from the rules.
pub(super) fn values(key: &str) -> &'static [&'static str] {
    match key {
        "kind" => &["invitation", "follow-up"],
        "priority" => &["high", "medium", "low"],
        "attempt" => &["1", "2", "3"],
        "language" => &["en", "de", "es", "fr", "it", "nl", "pt"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::COLUMN_KEYS;
    use crate::language::named;
    use crate::note::NoteKind;

    #[test]
    fn every_key_but_the_note_is_told() {
        let mut told: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
        told.push("note");
        told.sort_unstable();
        let mut known = COLUMN_KEYS.to_vec();
        known.sort_unstable();
        assert_eq!(told, known);
    }

    #[test]
    fn values_are_understood() {
        let kinds = NoteKind::NAMES.map(|(name, _)| name);
        assert_eq!(values("kind"), kinds);
        assert!(values("language").iter().all(|code| named(code).is_some()));
    }
}
