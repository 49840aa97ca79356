//! `send-quiet`: a send time outside the sender's own hours.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Schedule;
use crate::check::ScheduleCheck;
use crate::check::kinds::schedule::at_time;
use crate::check::kinds::schedule::told;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "send-quiet",
    about: "a send time outside `sender-hours` of `[schedule]`, in the time zone of `[sender]`",
    parameters: &[],
    holes: &["when"],
    groups: false,
    build,
};

struct SendQuiet;

fn build(_: &Table, _: &mut Build<'_>) -> Option<Check> {
    Some(Check::Schedule(Box::new(SendQuiet)))
}

impl ScheduleCheck for SendQuiet {
    fn check(&self, sending: &Schedule<'_>) -> Vec<(usize, Finding)> {
        let all = sending.clocks.iter().enumerate();
        all.filter_map(|(number, clock)| {
            let settings = sending.settings(number);
            let moment = clock
                .sent
                .moment()
                .filter(|moment| *moment >= sending.now)?;
            let zone = settings.own_zone()?;
            if settings.sender_sends_at(zone.to_datetime(moment)) {
                return None;
            }
            let finding = at_time(sending.notes[number])
                .labelled("outside your own hours")
                .with("when", told(moment, &zone));
            Some((number, finding))
        })
        .collect()
    }
}
