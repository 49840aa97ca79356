//! What the account's invitations show: counts, rates with their doubt, what to withdraw and whom to
//! invite again. Pure arithmetic: data and a moment in, an [`Audit`] out.

mod ages;
mod cohorts;
mod outcome;
mod rate;
mod resend;
mod settings;
mod warnings;
mod withdrawal;

pub use ages::AGE_BANDS;
pub use ages::Bucket;
pub use cohorts::Cohort;
pub use outcome::Outcome;
pub use outcome::Wait;
pub use outcome::age_days;
pub use outcome::by_all;
pub use outcome::by_export;
pub use outcome::expiry;
pub use outcome::ripe_at;
pub use outcome::withdrawn_on;
pub use rate::Band;
pub use rate::Rate;
pub use resend::Resend;
pub use resend::Step;
pub use resend::skeleton;
pub use settings::Settings;
pub use warnings::Warning;
pub use withdrawal::Phase;
pub use withdrawal::Withdrawal;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::audit::cohorts::Mature;
use crate::audit::withdrawal::Ripe;
use crate::history::History;
use crate::history::Matched;
use crate::history::Sent;
use crate::schedule;
use crate::score::Level;

/// What the lint says of a note that was sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoteFacts {
    /// Reference, reason, value.
    pub levels: [Level; 3],
    /// The number of the text that it shares with others.
    pub template: Option<u32>,
    /// Whether it sells.
    pub pitch: bool,
}

/// All that an audit looks at.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// Invitations and what became of them.
    pub history: &'a History,
    /// For each invitation what its note is like; none without a note.
    pub notes: &'a [Option<NoteFacts>],
    /// The texts that several notes share.
    pub templates: &'a [String],
    /// For each message after a connection, whether it sells.
    pub pitches: &'a [bool],
    /// Settings of audits.
    pub settings: &'a Settings,
    /// Settings of sending: pace, the user's zone, days off.
    pub sending: &'a schedule::Settings,
    /// The moment.
    pub now: Timestamp,
}

/// How many invitations there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sent.
    pub outgoing: usize,
    /// Received.
    pub incoming: usize,
    /// The invitee is connected.
    pub accepted: usize,
    /// Not accepted, not expired.
    pub pending: usize,
    /// Pending for as long as the two-week rule says, or longer.
    pub pending_ripe: usize,
    /// Cancelled by LinkedIn.
    pub expired: usize,
    /// Declined, by the ledger.
    pub declined: usize,
    /// Withdrawn, by the ledger.
    pub withdrawn: usize,
    /// The person was invited again later.
    pub replaced: usize,
}

/// A pending invitation.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// The number of the invitation.
    pub sent: usize,
    /// Whole days since it was sent.
    pub age_days: i64,
    /// When its two weeks are over.
    pub ripe: Timestamp,
    /// When LinkedIn cancels it.
    pub expires: Timestamp,
    /// The zone of the export is not known, and it matters: whether the two weeks are over, or whether it
    /// has expired, could be otherwise.
    pub in_doubt: bool,
}

/// What the invitations show.
#[derive(Clone, Debug)]
pub struct Audit {
    /// The moment.
    pub now: Timestamp,
    /// The date of the user.
    pub today: Date,
    /// The numbers by the export alone, or with a ledger by both.
    pub counts: Counts,
    /// The same with what follows from people who were invited again.
    pub refined: Counts,
    /// Invitations that only the ledger has.
    pub from_ledger: usize,
    /// What became of each invitation, by all that is known.
    pub outcomes: Vec<Outcome>,
    /// The rate that belongs to `counts`.
    pub acceptance: Rate,
    /// The rate that belongs to `refined`.
    pub refined_acceptance: Rate,
    /// Where it lies.
    pub band: Band,
    /// Pending invitations by age: those of [`AGE_BANDS`].
    pub ages: [usize; 4],
    /// Pending invitations by age in weeks.
    pub age_histogram: Vec<Bucket>,
    /// Accepted invitations by the days until the answer.
    pub answer_histogram: Vec<Bucket>,
    /// Acceptance by groups.
    pub cohorts: Vec<Cohort>,
    /// Pending invitations, the oldest first.
    pub pending: Vec<Pending>,
    /// What to withdraw.
    pub withdraw: Vec<Withdrawal>,
    /// Whom to invite again.
    pub resend: Vec<Resend>,
    /// What to mind.
    pub warnings: Vec<Warning>,
    /// Invitations found among the connections by name only, and by a name that several have.
    pub by_name: [usize; 2],
}

impl Audit {
    /// Audits.
    pub fn new(input: &Input<'_>) -> Self {
        let Input {
            history,
            settings,
            now,
            ..
        } = *input;
        let own_zone = input.sending.own_zone();
        let today = own_zone
            .as_ref()
            .unwrap_or(&TimeZone::UTC)
            .to_datetime(now)
            .date();
        let plain: Vec<Outcome> = history
            .sent
            .iter()
            .map(|sent| by_export(sent, settings, now))
            .collect();
        let outcomes: Vec<Outcome> = history
            .sent
            .iter()
            .map(|sent| by_all(history, sent, settings, now))
            .collect();
        let refined = count(history, &outcomes, settings, now);
        let has_ledger = !history.ledger.is_empty();
        let counted = if has_ledger { &outcomes } else { &plain };
        let rate = |outcomes: &[Outcome]| {
            let mature = history.sent.iter().zip(outcomes);
            let mature = mature.filter(|(sent, _)| ripe_for_answer(sent, settings, now));
            Rate::of(
                mature.map(|(_, outcome)| *outcome == Outcome::Accepted),
                settings,
            )
        };
        let refined_acceptance = rate(&outcomes);
        let by = |how: Matched| {
            let matched = history.sent.iter().filter_map(|sent| sent.connection);
            matched.filter(|(_, found)| *found == how).count()
        };
        let pending = pending(history, &outcomes, settings, now);
        let mut audit = Self {
            now,
            today,
            counts: count(history, counted, settings, now),
            refined,
            from_ledger: history.sent.iter().filter(|sent| sent.from_ledger).count(),
            acceptance: rate(counted),
            refined_acceptance,
            band: refined_acceptance.band(settings),
            ages: ages::bands(&pending, history, now),
            age_histogram: ages::of_pending(&pending),
            answer_histogram: ages::of_answers(history, &outcomes),
            cohorts: cohorts_of(input, &outcomes),
            withdraw: withdrawals(input, &pending, today),
            resend: resends(input, &outcomes, today),
            pending,
            outcomes,
            warnings: Vec::new(),
            by_name: [by(Matched::Name), by(Matched::SharedName)],
        };
        audit.warnings = warnings::warnings(input, &audit);
        audit
    }
}

/// When an invitation was sent, by the recipient's clock where the zone is known, else by that of the
/// export.
pub fn local_time(history: &History, sent: &Sent) -> DateTime {
    let zone = history.row_of(sent).and_then(|row| row.zone.as_ref());
    match zone.filter(|_| sent.sent.has_time) {
        Some(zone) => zone.to_datetime(sent.sent.at),
        None => sent.sent.local,
    }
}

/// Whether an invitation had time for an answer: younger ones are not counted as refused.
pub fn ripe_for_answer(sent: &Sent, settings: &Settings, now: Timestamp) -> bool {
    ripe_at(sent, settings) <= now
}

fn count(history: &History, outcomes: &[Outcome], settings: &Settings, now: Timestamp) -> Counts {
    let of = |wanted: Outcome| {
        outcomes
            .iter()
            .filter(|outcome| **outcome == wanted)
            .count()
    };
    let ripe = history.sent.iter().zip(outcomes).filter(|(sent, outcome)| {
        **outcome == Outcome::Pending && ripe_for_answer(sent, settings, now)
    });
    Counts {
        outgoing: outcomes.len(),
        incoming: history.incoming,
        accepted: of(Outcome::Accepted),
        pending: of(Outcome::Pending),
        pending_ripe: ripe.count(),
        expired: of(Outcome::Expired),
        declined: of(Outcome::Declined),
        withdrawn: of(Outcome::Withdrawn),
        replaced: of(Outcome::Replaced),
    }
}

fn pending(
    history: &History,
    outcomes: &[Outcome],
    settings: &Settings,
    now: Timestamp,
) -> Vec<Pending> {
    let all = history.sent.iter().zip(outcomes).enumerate();
    let pending = all.filter(|(_, (_, outcome))| **outcome == Outcome::Pending);
    pending
        .map(|(number, (sent, _))| {
            let (ripe, expires) = (ripe_at(sent, settings), expiry(sent, settings));
            // The same doubt as that of the moment of sending.
            let in_doubt = [ripe, expires].into_iter().any(|limit| {
                let shift = now.as_second() - limit.as_second();
                let at = sent.sent.at.as_second() + shift;
                Timestamp::from_second(at).is_ok_and(|at| sent.sent.is_doubtful_at(at))
            });
            Pending {
                sent: number,
                age_days: age_days(sent, now),
                ripe,
                expires,
                in_doubt,
            }
        })
        .collect()
}

fn cohorts_of(input: &Input<'_>, outcomes: &[Outcome]) -> Vec<Cohort> {
    let history = input.history;
    let all = history.sent.iter().zip(outcomes).enumerate();
    let mature: Vec<Mature<'_>> = all
        .filter(|(_, (sent, _))| ripe_for_answer(sent, input.settings, input.now))
        .map(|(number, (sent, outcome))| Mature {
            accepted: *outcome == Outcome::Accepted,
            local: local_time(history, sent),
            has_time: sent.sent.has_time,
            has_note: sent.note.is_some(),
            note: input.notes.get(number).and_then(Option::as_ref),
        })
        .collect();
    cohorts::cohorts(&mature, input.templates, input.settings)
}

fn withdrawals(input: &Input<'_>, pending: &[Pending], today: Date) -> Vec<Withdrawal> {
    let utc = TimeZone::UTC;
    let ripe: Vec<Ripe<'_>> = pending
        .iter()
        .filter(|one| one.ripe <= input.now)
        .map(|one| Ripe {
            sent: one.sent,
            age_days: one.age_days,
            expires: utc.to_datetime(one.expires).date(),
            row: input.history.row_of(&input.history.sent[one.sent]),
        })
        .collect();
    let is_open = |date| input.sending.is_open(date);
    withdrawal::plan(&ripe, input.settings, today, &is_open)
}

/// Withdrawn, not invited again since, and not connected.
fn resends(input: &Input<'_>, outcomes: &[Outcome], today: Date) -> Vec<Resend> {
    let withdrawn: Vec<usize> = (0..outcomes.len())
        .filter(|&number| outcomes[number] == Outcome::Withdrawn)
        .filter(|&number| !input.history.sent[number].repeated)
        .collect();
    let per_day = input.sending.per_day as usize;
    resend::plan(input.history, &withdrawn, input.settings, today, per_day)
}

#[cfg(test)]
mod tests;
