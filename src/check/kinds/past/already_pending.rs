//! `already-pending`: a draft to somebody who has an invitation that is not answered yet.

use crate::audit::Outcome;
use crate::audit::age_days;
use crate::audit::by_all;
use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Past;
use crate::check::PastCheck;
use crate::check::kinds::past::at_recipient;
use crate::check::kinds::past::invitations;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "already-pending",
    about: "a draft to somebody whose last invitation is not answered yet, by the history that was given",
    parameters: &[],
    holes: &["whom", "since", "days"],
    groups: false,
    build,
};

struct AlreadyPending;

fn build(_: &Table, _: &mut Build<'_>) -> Option<Check> {
    Some(Check::Past(Box::new(AlreadyPending)))
}

impl PastCheck for AlreadyPending {
    fn check(&self, past: &Past<'_>) -> Vec<(usize, Finding)> {
        let mut found = Vec::new();
        for (number, note, person) in invitations(past) {
            let Some(&last) = past.history.invitations_to(&person).last() else {
                continue;
            };
            let sent = &past.history.sent[last];
            let settings = &(past.sending_of)(number).audit;
            if by_all(past.history, sent, settings, past.now) != Outcome::Pending {
                continue;
            }
            let finding = at_recipient(note)
                .with("whom", &person.name)
                .with("since", sent.sent.local.date())
                .with("days", age_days(sent, past.now));
            found.push((number, finding));
        }
        found
    }
}
