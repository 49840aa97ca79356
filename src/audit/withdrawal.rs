//! What to withdraw, in which order, on which days.
//!
//! The guide's three weeks: in the first the pending invitations are sorted, in the second those to
//! inactive, incomplete or unaligned people and those of low priority are withdrawn, from the third on
//! the rest, to be sent again once the waiting period is over. Never many on one day.

use jiff::civil::Date;
use jiff::civil::Weekday;

use crate::audit::Settings;
use crate::audit::outcome::date_of;
use crate::history::LedgerRow;
use crate::history::Priority;

/// A week of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Those with signs against them.
    Selective,
    /// All others that are ripe.
    CleanSlate,
}

impl Phase {
    /// The name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Selective => "selective-withdrawal",
            Self::CleanSlate => "clean-slate",
        }
    }
}

/// One withdrawal.
#[derive(Clone, Debug, PartialEq)]
pub struct Withdrawal {
    /// The number of the invitation.
    pub sent: usize,
    /// The week.
    pub phase: Phase,
    /// The day.
    pub on: Date,
    /// Why, in words.
    pub why: String,
    /// When it expires by itself, if that is soon.
    pub expires_soon: Option<Date>,
    /// From when the person can be invited again.
    pub again_from: Date,
}

/// An invitation that is to be withdrawn.
pub(super) struct Ripe<'a> {
    pub(super) sent: usize,
    pub(super) age_days: i64,
    pub(super) expires: Date,
    pub(super) row: Option<&'a LedgerRow>,
}

/// Plans withdrawals from the day after `today` on. `ripe` has the oldest first; `is_open` says on which
/// dates the user works.
pub(super) fn plan(
    ripe: &[Ripe<'_>],
    settings: &Settings,
    today: Date,
    is_open: &dyn Fn(Date) -> bool,
) -> Vec<Withdrawal> {
    let mut order: Vec<(Phase, u8, usize, Vec<String>)> = ripe
        .iter()
        .enumerate()
        .map(|(number, one)| {
            let (phase, rank, signs) = judge(one, settings, today);
            (phase, rank, number, signs)
        })
        .collect();
    order.sort_by_key(|(phase, rank, number, _)| (*phase, *rank, *number));
    // What is sorted already needs no week for it.
    let is_sorted = ripe
        .iter()
        .all(|one| one.row.is_some_and(|row| row.priority.is_some()));
    let sorting = if is_sorted { 0 } else { settings.sorting_days };
    let mut day = next_open(after(today, i64::from(sorting)), is_open);
    let mut plan = Vec::with_capacity(order.len());
    for phase in [Phase::Selective, Phase::CleanSlate] {
        let these: Vec<_> = order.iter().filter(|one| one.0 == phase).collect();
        if these.is_empty() {
            continue;
        }
        // Over the working days of a week, if the cap allows it.
        let per_day = these
            .len()
            .div_ceil(5)
            .min(settings.withdraw_per_day as usize)
            .max(1);
        let begin = day;
        for chunk in these.chunks(per_day) {
            for (_, _, number, signs) in chunk {
                let one = &ripe[*number];
                let soon = after(day, i64::from(settings.expires_soon));
                let mut why = vec![format!("unanswered for {} days", one.age_days)];
                why.extend(signs.iter().cloned());
                plan.push(Withdrawal {
                    sent: one.sent,
                    phase,
                    on: day,
                    why: why.join("; "),
                    expires_soon: (one.expires <= soon).then_some(one.expires),
                    again_from: after(day, i64::from(settings.wait)),
                });
            }
            day = next_open(day, is_open);
        }
        // The next week begins a week later at the earliest.
        let week = next_open(after(begin, 6), is_open);
        day = day.max(week);
    }
    plan
}

/// The week of an invitation, its turn there, and the signs against the person.
fn judge(one: &Ripe<'_>, settings: &Settings, today: Date) -> (Phase, u8, Vec<String>) {
    let Some(row) = one.row else {
        return (Phase::CleanSlate, 2, Vec::new());
    };
    let mut signs = Vec::new();
    if let Some(last) = row.last_activity.map(date_of)
        && after(last, i64::from(settings.inactive_after)) <= today
    {
        signs.push(format!("inactive since {last}"));
    }
    if row.profile_complete == Some(false) {
        signs.push("incomplete profile".to_owned());
    }
    if row.aligned == Some(false) {
        signs.push("no longer fits your goals".to_owned());
    }
    let has_signs = !signs.is_empty();
    if let Some(priority) = row.priority {
        signs.insert(0, format!("{} priority", priority.name()));
    }
    let (phase, rank) = match (row.priority, has_signs) {
        (Some(Priority::Low), true) => (Phase::Selective, 0),
        (None | Some(Priority::Medium), true) => (Phase::Selective, 1),
        (Some(Priority::Low), false) => (Phase::Selective, 2),
        (Some(Priority::High), true) => (Phase::Selective, 3),
        (None | Some(Priority::Medium), false) => (Phase::CleanSlate, 2),
        (Some(Priority::High), false) => (Phase::CleanSlate, 3),
    };
    (phase, rank, signs)
}

/// So many days later.
pub(super) fn after(date: Date, days: i64) -> Date {
    date.saturating_add(jiff::Span::new().days(days))
}

/// The first working day behind a date on which the user works.
fn next_open(date: Date, is_open: &dyn Fn(Date) -> bool) -> Date {
    // Longer holidays than a year are no plan.
    let mut day = after(date, 1);
    for _ in 0..366 {
        let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if !is_weekend && is_open(day) {
            break;
        }
        day = after(day, 1);
    }
    day
}
