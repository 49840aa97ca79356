//! `weekly-pace`: the drafts and what was sent in the last days are more than a week allows.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Past;
use crate::check::PastCheck;
use crate::check::kinds::past::invitations;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "weekly-pace",
    about: "invitations of the last seven days that leave too little room for the drafts, by the history that was given",
    parameters: &[],
    holes: &["sent", "drafts", "most", "left"],
    groups: false,
    build,
};

struct WeeklyPace;

fn build(_: &Table, _: &mut Build<'_>) -> Option<Check> {
    Some(Check::Past(Box::new(WeeklyPace)))
}

const WEEK: i64 = 7 * 86_400;

impl PastCheck for WeeklyPace {
    fn compares(&self) -> bool {
        true
    }

    fn check(&self, past: &Past<'_>) -> Vec<(usize, Finding)> {
        let Some(sending) = past.sending() else {
            return Vec::new();
        };
        let now = past.now.as_second();
        let recent = |at: i64| at <= now && at > now - WEEK;
        let sent = past.history.sent.iter();
        let sent = sent.filter(|sent| recent(sent.sent.at.as_second())).count();
        // Drafts that are planned for later have a week of their own.
        let open = |number: &usize| past.clocks[*number].sent.moment().is_none();
        let drafts: Vec<usize> = invitations(past)
            .map(|(number, ..)| number)
            .filter(open)
            .collect();
        let most = sending.schedule.per_week as usize;
        let (Some(&first), true) = (drafts.first(), sent > 0 && sent + drafts.len() > most) else {
            return Vec::new();
        };
        let finding = Finding::at(0..0)
            .with("sent", sent)
            .with("drafts", drafts.len())
            .with("most", most)
            .with("left", most.saturating_sub(sent));
        vec![(first, finding)]
    }
}
