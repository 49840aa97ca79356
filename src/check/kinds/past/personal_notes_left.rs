//! `personal-notes-left`: how many invitations with a note a free account has left this month.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Past;
use crate::check::PastCheck;
use crate::check::kinds::past::invitations;
use crate::check::kinds::past::today;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "personal-notes-left",
    about: "more drafts than a free account may still send with a note this month, by the history that was given",
    parameters: &[],
    holes: &["used", "most", "left", "drafts"],
    groups: false,
    build,
};

struct PersonalNotesLeft;

fn build(_: &Table, _: &mut Build<'_>) -> Option<Check> {
    Some(Check::Past(Box::new(PersonalNotesLeft)))
}

impl PastCheck for PersonalNotesLeft {
    fn compares(&self) -> bool {
        true
    }

    fn check(&self, past: &Past<'_>) -> Vec<(usize, Finding)> {
        let Some(sending) = past.sending().filter(|sending| !sending.paid) else {
            return Vec::new();
        };
        let used = past.history.notes_in_month_of(today(past, sending)) as usize;
        // Drafts that are planned have their month checked by their send times.
        let open = |number: &usize| past.clocks[*number].sent.moment().is_none();
        let with_note = |number: &usize| !past.notes[*number].text.as_str().is_empty();
        let drafts: Vec<usize> = invitations(past)
            .map(|(number, ..)| number)
            .filter(open)
            .filter(with_note)
            .collect();
        let most = sending.schedule.per_month as usize;
        let left = most.saturating_sub(used);
        // Who has sent more has another limit than this one.
        let applies = (1..=most).contains(&used) && drafts.len() > left;
        let (Some(&first), true) = (drafts.first(), applies) else {
            return Vec::new();
        };
        let finding = Finding::at(0..0)
            .with("used", used)
            .with("most", most)
            .with("left", left)
            .with("drafts", drafts.len());
        vec![(first, finding)]
    }
}
