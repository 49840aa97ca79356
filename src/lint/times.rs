//! The send times that drafts give, by their recipients' clocks.

use jiff::tz::TimeZone;

use crate::lint::Run;
use crate::note::Note;
use crate::report::SendTime;
use crate::schedule::Clocks;

/// The times of the drafts that give one.
pub(super) fn send_times(run: &Run<'_>, notes: &[Note]) -> Vec<SendTime> {
    let Some(now) = run.now else {
        return Vec::new();
    };
    let mut clocks = Clocks::new(now);
    let timed = notes.iter().enumerate();
    let timed = timed.filter(|(_, note)| note.send_at.is_some());
    timed
        .map(|(number, note)| {
            let settings = &run.sets[(run.set_of)(number)].sending.schedule;
            let clock = clocks.of(note, settings);
            let moment = clock.sent.moment();
            let name = clock.zone.as_ref().and_then(TimeZone::iana_name);
            SendTime {
                note: u32::try_from(number).unwrap_or(u32::MAX),
                local: moment.and_then(|moment| clock.local(moment)),
                zone: name.map(Box::from),
                past: moment.is_some_and(|moment| moment < now),
                outside: moment.is_some_and(|moment| clock.is_outside(settings, moment)),
            }
        })
        .collect()
}
