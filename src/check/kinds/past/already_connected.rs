//! `already-connected`: a draft to somebody who is a connection already.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Past;
use crate::check::PastCheck;
use crate::check::kinds::past::at_recipient;
use crate::check::kinds::past::invitations;
use crate::history::Matched;
use crate::note::field_str;
use crate::text::fold::fold;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "already-connected",
    about: "a draft to somebody who is a connection already, by the history that was given",
    parameters: &[],
    holes: &["whom", "since"],
    groups: false,
    build,
};

struct AlreadyConnected;

fn build(_: &Table, _: &mut Build<'_>) -> Option<Check> {
    Some(Check::Past(Box::new(AlreadyConnected)))
}

impl PastCheck for AlreadyConnected {
    fn check(&self, past: &Past<'_>) -> Vec<(usize, Finding)> {
        let mut found = Vec::new();
        for (number, note, person) in invitations(past) {
            let Some((connection, how)) = past.history.connection_of(&person) else {
                continue;
            };
            let connection = &past.history.connections[connection];
            // A name alone may be somebody else's.
            let company = field_str(&note.recipient.company).map(fold);
            let other_company = company.is_some_and(|company| {
                !connection.company.is_empty() && company != fold(&connection.company)
            });
            if how == Matched::SharedName || how == Matched::Name && other_company {
                continue;
            }
            let since = match connection.on {
                Some(on) => format!("since {on}"),
                None => "already".to_owned(),
            };
            let mut finding = at_recipient(note)
                .with("whom", &person.name)
                .with("since", since);
            if how == Matched::Name {
                finding
                    .details
                    .push("found by name alone: give the draft a `profile` to be sure".to_owned());
            }
            found.push((number, finding));
        }
        found
    }
}
