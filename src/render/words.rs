//! Small words that several outputs need.

use crate::note::Recipient;
use crate::note::field_str;
use crate::render::clean::clean;

/// `1 note`, `2 notes`.
pub(crate) fn plural(count: usize, one: &str, many: &str) -> String {
    let word = if count == 1 { one } else { many };
    format!("{count} {word}")
}

/// The recipient's name as far as it is known, harmless.
pub(crate) fn recipient(recipient: &Recipient) -> Option<String> {
    let names = [&recipient.first_name, &recipient.last_name];
    let names: Vec<&str> = names
        .into_iter()
        .filter_map(field_str)
        .filter(|name| !name.trim().is_empty())
        .collect();
    (!names.is_empty()).then(|| clean(&names.join(" ")).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::testing::field;
    use crate::span::FileId;

    #[test]
    fn one_is_not_many() {
        assert_eq!(plural(1, "note", "notes"), "1 note");
        assert_eq!(plural(0, "note", "notes"), "0 notes");
    }

    #[test]
    fn a_name_is_what_is_known_of_it() {
        let mut who = Recipient::default();
        assert_eq!(recipient(&who), None);
        who.last_name = field(FileId(0), "Na\u{202e}ir");
        assert_eq!(recipient(&who).as_deref(), Some("Na∙ir"));
        who.first_name = field(FileId(0), "Priya");
        assert_eq!(recipient(&who).as_deref(), Some("Priya Na∙ir"));
    }
}
