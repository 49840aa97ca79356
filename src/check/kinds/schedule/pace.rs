//! `send-pace`: more invitations in a day, a week or a month than is good.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::Schedule;
use crate::check::ScheduleCheck;
use crate::check::kinds::schedule::at_time;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "send-pace",
    about: "more send times in a day, seven days or a month (free accounts) than `[schedule]` allows",
    parameters: &[],
    holes: &["count", "period", "most"],
    groups: false,
    build,
};

struct SendPace;

fn build(_: &Table, _: &mut Build<'_>) -> Option<Check> {
    Some(Check::Schedule(Box::new(SendPace)))
}

impl ScheduleCheck for SendPace {
    fn compares(&self) -> bool {
        true
    }

    fn check(&self, sending: &Schedule<'_>) -> Vec<(usize, Finding)> {
        let mut days: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
        let mut zone = None;
        for (number, clock) in sending.clocks.iter().enumerate() {
            let Some(moment) = clock.sent.moment() else {
                continue;
            };
            let zone = zone.get_or_insert_with(|| {
                let own = sending.settings(number).own_zone();
                own.unwrap_or(TimeZone::UTC)
            });
            let date = zone.to_datetime(moment).date();
            days.entry(date).or_default().push(number);
        }
        let mut found = Vec::new();
        let mut say = |note: usize, count: usize, period: String, most: u32| {
            let finding = at_time(sending.notes[note])
                .with("count", count)
                .with("period", period)
                .with("most", most);
            found.push((note, finding));
        };
        let mut told_until = None;
        let mut months: BTreeMap<(i16, i8), Vec<usize>> = BTreeMap::new();
        for (&date, notes) in &days {
            let (settings, paid) = (sending.settings_of)(notes[0]);
            if notes.len() > settings.per_day as usize {
                say(
                    notes[0],
                    notes.len(),
                    format!("on {date}"),
                    settings.per_day,
                );
            }
            let last = date.checked_add(jiff::Span::new().days(6)).unwrap_or(date);
            let week: usize = days.range(date..=last).map(|(_, notes)| notes.len()).sum();
            // A crowd is told once, not from each of its days on.
            if week > settings.per_week as usize && told_until.is_none_or(|until| date > until) {
                told_until = Some(last);
                say(
                    notes[0],
                    week,
                    format!("in the seven days from {date}"),
                    settings.per_week,
                );
            }
            if !paid {
                months
                    .entry((date.year(), date.month()))
                    .or_default()
                    .extend(notes);
            }
        }
        for ((year, month), notes) in months {
            let most = sending.settings(notes[0]).per_month;
            if notes.len() > most as usize {
                let period = format!("in {year}-{month:02} with a note, on a free account");
                say(notes[0], notes.len(), period, most);
            }
        }
        found
    }
}
