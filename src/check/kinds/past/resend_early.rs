//! `resend-early`: a draft to somebody whose invitation was withdrawn too short a time ago.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Past;
use crate::check::PastCheck;
use jiff::tz::TimeZone;

use crate::audit::Wait;
use crate::check::kinds::past::at_recipient;
use crate::check::kinds::past::invitations;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "resend-early",
    about: "a draft to somebody whose invitation was withdrawn less than `wait` days before, by the ledger",
    parameters: &[],
    holes: &["whom", "withdrawn", "from"],
    groups: false,
    build,
};

struct ResendEarly;

fn build(_: &Table, _: &mut Build<'_>) -> Option<Check> {
    Some(Check::Past(Box::new(ResendEarly)))
}

impl PastCheck for ResendEarly {
    fn check(&self, past: &Past<'_>) -> Vec<(usize, Finding)> {
        let mut found = Vec::new();
        for (number, note, person) in invitations(past) {
            let sending = (past.sending_of)(number);
            let Some(wait) = Wait::of(past.history, &person, &sending.audit) else {
                continue;
            };
            let zone = sending.schedule.own_zone();
            let zone = zone.unwrap_or(TimeZone::UTC);
            if zone.to_datetime(past.sent_at(number)).date() >= wait.from {
                continue;
            }
            let finding = at_recipient(note)
                .with("whom", &person.name)
                .with("withdrawn", wait.withdrawn)
                .with("from", wait.from);
            found.push((number, finding));
        }
        found
    }
}
