//! Whom to invite again, from when, and how: the guide's three ways.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::civil::Weekday;

use crate::audit::Settings;
use crate::audit::outcome::date_of;
use crate::audit::withdrawal::after;
use crate::history::History;
use crate::history::Priority;

/// Somebody whose invitation was withdrawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Resend {
    /// The number of the invitation that was withdrawn.
    pub sent: usize,
    /// When it was withdrawn, if the ledger says so.
    pub withdrawn: Option<Date>,
    /// The first day on which the person can be invited again.
    pub possible_from: Date,
    /// The priority in the ledger.
    pub priority: Option<Priority>,
    /// Following is the better step, and why.
    pub follow: Option<&'static str>,
    /// What to do until then, day by day.
    pub steps: Vec<Step>,
}

/// A thing to do by hand on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The day, or the first of those on which it can be done.
    pub on: Date,
    /// The guide's way: A, B or C.
    pub way: char,
    /// What to do.
    pub what: &'static str,
}

/// The beginnings of a note to fill in. Nothing in it is made up.
pub fn skeleton(first_name: &str) -> String {
    let greeting = match first_name.is_empty() {
        true => "Hi ___,".to_owned(),
        false => format!("Hi {first_name},"),
    };
    format!(
        "{greeting} here is ___ [article, figure or introduction that helps them], because you ___ [what they wrote or did]. I am ___ [what you work on] and would like to ___ [why you want to connect]."
    )
}

/// Plans for the numbers of withdrawn invitations; high priority first, then who can be invited first.
pub(super) fn plan(
    history: &History,
    withdrawn: &[usize],
    settings: &Settings,
    today: Date,
    per_day: usize,
) -> Vec<Resend> {
    let mut plan: Vec<Resend> = withdrawn
        .iter()
        .map(|&number| {
            let sent = &history.sent[number];
            let row = history.row_of(sent);
            let on = row.and_then(|row| row.withdrawn).map(date_of);
            let possible_from = after(on.unwrap_or(today), i64::from(settings.wait));
            let priority = row.and_then(|row| row.priority);
            let follow = match row {
                _ if sent.before > 0 => Some("two invitations have come to nothing"),
                Some(row) if row.aligned == Some(false) => Some("they no longer fit your goals"),
                _ if priority == Some(Priority::Low) => Some("low priority"),
                _ => None,
            };
            Resend {
                sent: number,
                withdrawn: on,
                possible_from,
                priority,
                follow,
                steps: Vec::new(),
            }
        })
        .collect();
    let rank = |resend: &Resend| match resend.priority {
        Some(Priority::High) => 0,
        Some(Priority::Medium) => 1,
        None => 2,
        Some(Priority::Low) => 3,
    };
    plan.sort_by_key(|resend| {
        (
            resend.follow.is_some(),
            rank(resend),
            resend.possible_from,
            resend.sent,
        )
    });
    if settings.restricted {
        return plan;
    }
    let mut taken: BTreeMap<Date, usize> = BTreeMap::new();
    for resend in plan.iter_mut().filter(|resend| resend.follow.is_none()) {
        resend.steps = steps(resend.possible_from, today, per_day, &mut taken);
    }
    plan
}

/// The dates of the guide's ways; at most `per_day` people are invited on one day.
fn steps(
    possible_from: Date,
    today: Date,
    per_day: usize,
    taken: &mut BTreeMap<Date, usize>,
) -> Vec<Step> {
    let tomorrow = after(today, 1);
    let first = after(possible_from, -14).max(tomorrow);
    let second = after(possible_from, -5).max(after(first, 3));
    let mut send = midweek(possible_from.max(after(second, 2)));
    // Nobody plans for more than a few years.
    for _ in 0..1000 {
        if taken.get(&send).copied().unwrap_or_default() < per_day.max(1) {
            break;
        }
        send = midweek(after(send, 1));
    }
    *taken.entry(send).or_default() += 1;
    vec![
        Step {
            on: first,
            way: 'A',
            what: "like or share something of theirs",
        },
        Step {
            on: second,
            way: 'A',
            what: "write a comment that adds something",
        },
        Step {
            on: send,
            way: 'B',
            what: "invite again, value first",
        },
        Step {
            on: after(send, 14),
            way: 'C',
            what: "no answer: withdraw, try another platform",
        },
    ]
}

/// The first Tuesday, Wednesday or Thursday from a date on.
fn midweek(date: Date) -> Date {
    let is_good = |day: &Date| {
        matches!(
            day.weekday(),
            Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday
        )
    };
    let days = (0..7).map(|days| after(date, days));
    days.into_iter().find(is_good).unwrap_or(date)
}
