//! Hours of a week, in local time, in which something may be sent: whether a moment lies in them, and
//! the nearest moments that do. Pure arithmetic over clocks; knows nothing of notes.
//!
//! Between two changes of a zone's offset local time runs evenly, so every question is answered
//! stretch by stretch: hours that a change of clocks skips or repeats need no rule of their own.

mod local;
mod stretch;
mod week;

pub use local::Local;
pub use local::Unclear;
pub use local::read_local;
pub use week::Week;
pub use week::country_of_zone;
pub use week::week_of;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// Hours of some days of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Monday first.
    days: [bool; 7],
    /// The first minute of a day, 0 to 1439.
    from: u16,
    /// The minute behind the last, 1 to 1440.
    until: u16,
}

/// Where a moment lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Inside.
    Inside,
    /// On a day that is left out.
    OtherDay(Weekday),
    /// On a date that is closed, such as a holiday.
    Closed,
    /// Too early in the day.
    Early,
    /// Too late in the day.
    Late,
}

/// Whether a date is open; holidays and days off are not.
pub type Open<'a> = &'a dyn Fn(Date) -> bool;

impl Window {
    /// A window on some days from a minute of the day to another, which is not in it any more. Nothing
    /// if it would be empty.
    pub fn new(days: &[Weekday], from: u16, until: u16) -> Option<Self> {
        let mut on = [false; 7];
        for day in days {
            on[day.to_monday_zero_offset() as usize] = true;
        }
        let fits = from < until && until <= DAY && !days.is_empty();
        fits.then_some(Self {
            days: on,
            from,
            until,
        })
    }

    /// Every minute of the week.
    pub fn always() -> Self {
        Self {
            days: [true; 7],
            from: 0,
            until: DAY,
        }
    }

    /// The same hours on other days.
    pub fn on(&self, days: &[Weekday]) -> Option<Self> {
        Self::new(days, self.from, self.until)
    }

    /// The first minute of a day and the one behind the last.
    pub fn hours(&self) -> (u16, u16) {
        (self.from, self.until)
    }

    /// Where a local time lies.
    pub fn judge(&self, local: DateTime, open: Open<'_>) -> Verdict {
        let minute = minute_of(local);
        match () {
            () if !self.has(local.date()) => Verdict::OtherDay(local.date().weekday()),
            () if !open(local.date()) => Verdict::Closed,
            () if minute < self.from => Verdict::Early,
            () if minute >= self.until => Verdict::Late,
            () => Verdict::Inside,
        }
    }

    /// The first moment inside that is not before another; none within some fourteen months.
    pub fn next(&self, zone: &TimeZone, from: Timestamp, open: Open<'_>) -> Option<Timestamp> {
        stretch::next(self, zone, from, open)
    }

    /// The last whole minute inside that is not behind a moment; none within some fourteen months.
    pub fn previous(&self, zone: &TimeZone, to: Timestamp, open: Open<'_>) -> Option<Timestamp> {
        stretch::previous(self, zone, to, open)
    }

    fn has(&self, date: Date) -> bool {
        self.days[date.weekday().to_monday_zero_offset() as usize]
    }
}

fn minute_of(local: DateTime) -> u16 {
    u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs())
}

#[cfg(test)]
mod tests;
