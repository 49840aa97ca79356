//! The nearest moments inside a window, one stretch of even local time after the other.

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::window::Open;
use crate::window::Window;
use crate::window::minute_of;

/// How many days are looked at.
const DAYS: i32 = 425;
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// The first moment inside that is not before another.
pub(super) fn next(
    window: &Window,
    zone: &TimeZone,
    from: Timestamp,
    open: Open<'_>,
) -> Option<Timestamp> {
    let limit = from
        .checked_add(SignedDuration::from_hours(24 * i64::from(DAYS)))
        .ok()?;
    let mut at = from;
    while at <= limit {
        let offset = zone.to_offset(at);
        let change = zone.following(at).next().map(|change| change.timestamp());
        let local = offset.to_datetime(at);
        for days in 0..=DAYS {
            let date = local
                .date()
                .checked_add(jiff::Span::new().days(days))
                .ok()?;
            let first = date.to_datetime(time_of(window.from)?);
            let start = if days == 0 { first.max(local) } else { first };
            let moment = offset.to_timestamp(start).ok()?;
            if change.is_some_and(|change| moment >= change) {
                break;
            }
            let inside = window.has(date) && minute_of(start) < window.until;
            if inside && open(date) {
                return Some(moment);
            }
        }
        at = change?;
    }
    None
}

/// The last whole minute inside that is not behind a moment.
pub(super) fn previous(
    window: &Window,
    zone: &TimeZone,
    to: Timestamp,
    open: Open<'_>,
) -> Option<Timestamp> {
    let limit = to
        .checked_sub(SignedDuration::from_hours(24 * i64::from(DAYS)))
        .ok()?;
    let mut at = to;
    while at >= limit {
        let offset = zone.to_offset(at);
        // The change that the stretch begins with, which belongs to it.
        let after = at.checked_add(SignedDuration::from_nanos(1)).ok()?;
        let change = zone
            .preceding(after)
            .next()
            .map(|change| change.timestamp());
        let local = whole_minute(offset.to_datetime(at))?;
        for days in 0..=DAYS {
            let date = local
                .date()
                .checked_sub(jiff::Span::new().days(days))
                .ok()?;
            let last = date.to_datetime(time_of(window.until - 1)?);
            let end = if days == 0 { last.min(local) } else { last };
            let moment = offset.to_timestamp(end).ok()?;
            if change.is_some_and(|change| moment < change) {
                break;
            }
            let inside = window.has(date) && minute_of(end) >= window.from;
            if inside && open(date) {
                return Some(moment);
            }
        }
        at = change?.checked_sub(MINUTE).ok()?;
    }
    None
}

fn time_of(minute: u16) -> Option<Time> {
    let (hour, minute) = (
        i8::try_from(minute / 60).ok()?,
        i8::try_from(minute % 60).ok()?,
    );
    Time::new(hour, minute, 0, 0).ok()
}

fn whole_minute(local: DateTime) -> Option<DateTime> {
    let time = Time::new(local.hour(), local.minute(), 0, 0).ok()?;
    Some(local.date().to_datetime(time))
}
