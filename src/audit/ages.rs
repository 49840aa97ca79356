//! How old pending invitations are, and how long answers took.

use jiff::Span;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::audit::Outcome;
use crate::audit::Pending;
use crate::history::History;

/// The ages by which pending invitations are put in bands.
pub const AGE_BANDS: [&str; 4] = [
    "under 2 weeks",
    "2 to 4 weeks",
    "up to 3 months",
    "up to 6 months",
];

/// A column of a histogram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// What it counts.
    pub label: String,
    /// How many.
    pub count: usize,
}

/// Pending invitations by the bands. Months are those of the calendar.
pub(super) fn bands(pending: &[Pending], history: &History, now: Timestamp) -> [usize; 4] {
    let mut bands = [0; 4];
    for one in pending {
        let sent = history.sent[one.sent]
            .sent
            .at
            .to_zoned_datetime(TimeZone::UTC);
        let three = sent.checked_add(Span::new().months(3));
        let is_young = three.is_ok_and(|three| three.timestamp() > now);
        let band = match one.age_days {
            ..14 => 0,
            14..28 => 1,
            _ if is_young => 2,
            _ => 3,
        };
        bands[band] += 1;
    }
    bands
}

/// Pending invitations by weeks.
pub(super) fn of_pending(pending: &[Pending]) -> Vec<Bucket> {
    let weeks = |one: &Pending| usize::try_from(one.age_days / 7).unwrap_or_default();
    let Some(most) = pending.iter().map(weeks).max() else {
        return Vec::new();
    };
    let mut counts = vec![0; most + 1];
    for one in pending {
        counts[weeks(one)] += 1;
    }
    let counts = counts.into_iter().enumerate();
    counts
        .map(|(week, count)| Bucket {
            label: format!("{week}-{}", week + 1),
            count,
        })
        .collect()
}

/// The days until an answer: labels, and the last day of each.
const ANSWERS: [(&str, i64); 9] = [
    ("same day", 0),
    ("1 day", 1),
    ("2 days", 2),
    ("3 days", 3),
    ("4-7 days", 7),
    ("8-14 days", 14),
    ("15-30 days", 30),
    ("31-90 days", 90),
    ("longer", i64::MAX),
];

/// Accepted invitations by the days until the answer, where the date of the connection is known.
pub(super) fn of_answers(history: &History, outcomes: &[Outcome]) -> Vec<Bucket> {
    let mut counts = [0; ANSWERS.len()];
    for (sent, outcome) in history.sent.iter().zip(outcomes) {
        let connection = sent
            .connection
            .map(|(number, _)| &history.connections[number]);
        let Some(on) = connection.and_then(|connection| connection.on) else {
            continue;
        };
        if *outcome != Outcome::Accepted {
            continue;
        }
        let days = days_between(sent.sent.local.date(), on);
        if let Some(place) = ANSWERS.iter().position(|(_, last)| days <= *last) {
            counts[place] += 1;
        }
    }
    if counts.iter().all(|count| *count == 0) {
        return Vec::new();
    }
    let labelled = ANSWERS.iter().zip(counts);
    labelled
        .map(|((label, _), count)| Bucket {
            label: (*label).to_owned(),
            count,
        })
        .collect()
}

/// Days from one date to another.
pub(super) fn days_between(from: jiff::civil::Date, to: jiff::civil::Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}
