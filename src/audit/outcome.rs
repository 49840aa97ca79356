//! What became of each invitation.

use jiff::Span;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::audit::Settings;
use crate::history::History;
use crate::history::LedgerRow;
use crate::history::Person;
use crate::history::Sent;
use crate::history::Status;
use crate::history::Written;

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The person is connected.
    Accepted,
    /// No answer is known, and it has not expired.
    Pending,
    /// LinkedIn has cancelled it.
    Expired,
    /// Declined, by the ledger.
    Declined,
    /// Taken back, by the ledger.
    Withdrawn,
    /// The person was invited again later, so it cannot be pending any more.
    Replaced,
}

impl Outcome {
    /// The name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Pending => "pending",
            Self::Expired => "expired",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Replaced => "replaced",
        }
    }
}

/// By the export alone: accepted if the person is among the connections, else pending until it expires.
pub fn by_export(sent: &Sent, settings: &Settings, now: Timestamp) -> Outcome {
    match () {
        () if sent.connection.is_some() => Outcome::Accepted,
        () if expiry(sent, settings) <= now => Outcome::Expired,
        () => Outcome::Pending,
    }
}

/// By all that is known: the ledger's word where it has one, and of several invitations to a person only
/// the last can be pending, and only one can have been accepted.
pub fn by_all(history: &History, sent: &Sent, settings: &Settings, now: Timestamp) -> Outcome {
    let status = history.row_of(sent).and_then(|row| row.status);
    if sent.connection.is_some() && !sent.repeated {
        return Outcome::Accepted;
    }
    match status {
        Some(Status::Accepted) => Outcome::Accepted,
        Some(Status::Declined) => Outcome::Declined,
        Some(Status::Withdrawn) => Outcome::Withdrawn,
        Some(Status::Expired) => Outcome::Expired,
        Some(Status::Pending) | None => match () {
            () if sent.repeated => Outcome::Replaced,
            () if expiry(sent, settings) <= now => Outcome::Expired,
            () => Outcome::Pending,
        },
    }
}

/// When LinkedIn cancels an invitation: so many calendar months on, by UTC.
pub fn expiry(sent: &Sent, settings: &Settings) -> Timestamp {
    later(
        sent.sent.at,
        Span::new().months(i64::from(settings.expires_after)),
    )
}

/// When the two weeks are over.
pub fn ripe_at(sent: &Sent, settings: &Settings) -> Timestamp {
    let hours = i64::from(settings.withdraw_after) * 24;
    let by = jiff::SignedDuration::from_hours(hours);
    sent.sent.at.saturating_add(by).unwrap_or(sent.sent.at)
}

fn later(moment: Timestamp, by: Span) -> Timestamp {
    let local = moment.to_zoned_datetime(TimeZone::UTC);
    local
        .checked_add(by)
        .map_or(Timestamp::MAX, |later| later.timestamp())
}

/// Whole days between sending and a moment; 0 for what is sent later.
pub fn age_days(sent: &Sent, now: Timestamp) -> i64 {
    (now.as_second() - sent.sent.at.as_second()).max(0) / 86_400
}

/// How long somebody cannot be invited whose invitation was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// When it was, by the ledger.
    pub withdrawn: Date,
    /// The first day on which inviting again is possible.
    pub from: Date,
}

impl Wait {
    /// The wait for a person, also one that is over; none for whom nothing was withdrawn.
    pub fn of(history: &History, person: &Person, settings: &Settings) -> Option<Self> {
        let sent = history.invitations_to(person).into_iter();
        let rows = sent.filter_map(|sent| history.row_of(&history.sent[sent]));
        let withdrawn = rows
            .filter(|row| row.status == Some(Status::Withdrawn))
            .filter_map(withdrawn_on)
            .max()?;
        let days = Span::new().days(i64::from(settings.wait));
        Some(Self {
            withdrawn,
            from: withdrawn.saturating_add(days),
        })
    }
}

/// When an invitation was withdrawn, by the ledger.
pub fn withdrawn_on(row: &LedgerRow) -> Option<Date> {
    row.withdrawn.map(date_of)
}

/// The date of what a ledger says.
pub(crate) fn date_of(written: Written) -> Date {
    match written {
        Written::Date(date) => date,
        Written::Clock(local) => local.date(),
        Written::Moment(at) => TimeZone::UTC.to_datetime(at).date(),
    }
}
