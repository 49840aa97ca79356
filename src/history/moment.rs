//! Moments as lists write them, and how sure they are.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::text::fold::fold;

/// A date, and the time of day where one is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A date alone.
    Date(Date),
    /// What a clock showed somewhere.
    Clock(DateTime),
    /// A moment.
    Moment(Timestamp),
}

/// A moment with its doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The moment that is taken.
    pub at: Timestamp,
    /// It was not before.
    pub earliest: Timestamp,
    /// It was not after.
    pub latest: Timestamp,
    /// What the clock showed, as written; midnight where only a date was.
    pub local: DateTime,
    /// Whether a time of day was written.
    pub has_time: bool,
}

/// The clocks of the world are at most so many hours ahead of UTC, and so many behind.
const AHEAD: i64 = 14;
const BEHIND: i64 = 12;

impl Moment {
    /// What was written, by the clock of a zone. Without one UTC is taken, and the moment may be as much
    /// earlier or later as clocks differ. Nothing for years that no clock shows.
    pub fn new(written: Written, zone: Option<&TimeZone>) -> Option<Self> {
        let utc = TimeZone::UTC;
        let shown = zone.unwrap_or(&utc);
        let (local, has_time) = match written {
            Written::Date(date) => (date.to_datetime(Time::midnight()), false),
            Written::Clock(local) => (local, true),
            Written::Moment(at) => {
                return Some(Self {
                    at,
                    earliest: at,
                    latest: at,
                    local: shown.to_datetime(at),
                    has_time: true,
                });
            }
        };
        let at = shown.to_timestamp(local).ok()?;
        let (mut earliest, mut latest) = (at, at);
        if zone.is_none() {
            earliest = moved(earliest, -AHEAD);
            latest = moved(latest, BEHIND);
        }
        if !has_time {
            latest = moved(latest, 24);
        }
        Some(Self {
            at,
            earliest,
            latest,
            local,
            has_time,
        })
    }

    /// Whether it is not known on which side of a moment it was.
    pub fn is_doubtful_at(&self, moment: Timestamp) -> bool {
        (self.earliest <= moment) != (self.latest <= moment)
    }
}

/// So many hours on; the end of time is the last.
fn moved(moment: Timestamp, hours: i64) -> Timestamp {
    let by = jiff::SignedDuration::from_hours(hours);
    moment.saturating_add(by).unwrap_or(moment)
}

/// The first letters of the months, folded, in English, German, French, Spanish, Portuguese, Italian and
/// Dutch.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen"],
    &["feb", "fev"],
    &["mar", "mrt", "mae"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mag", "mei"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "out", "ott"],
    &["nov"],
    &["dec", "dez", "dic"],
];

/// Nobody sent an invitation before, nor plans one after.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;

/// Reads a date or a moment in the forms that LinkedIn's exports have had, and in those of ISO 8601:
/// `1/29/26, 2:37 PM` (US month/day/year, the space before PM may be any), `08 Feb 2026`,
/// `2025-06-01 14:03:22 UTC`, `2026-02-08`, `29.01.2026, 14:37`.
pub fn read_moment(text: &str) -> Option<Written> {
    let written = read(text)?;
    let year = match written {
        Written::Date(date) => date.year(),
        Written::Clock(local) => local.year(),
        Written::Moment(at) => TimeZone::UTC.to_datetime(at).year(),
    };
    YEARS.contains(&year).then_some(written)
}

fn read(text: &str) -> Option<Written> {
    let text: String = text
        .chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|letter| !crate::text::fold::is_invisible(*letter))
        .collect();
    let text = text.trim();
    if let Some(rest) = text.strip_suffix("UTC") {
        let (date, time) = rest.trim().split_once(' ')?;
        let local = date.parse::<Date>().ok()?.to_datetime(time_of(time)?);
        return TimeZone::UTC.to_timestamp(local).ok().map(Written::Moment);
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(Written::Moment(moment));
    }
    let end = text.find([',', 'T']).or_else(|| {
        // A space ends a date of numbers; one of words has spaces itself.
        let first = text.split(' ').next()?;
        let separators = first.matches(['/', '-', '.']).count();
        (separators == 2).then(|| text.find(' ')).flatten()
    });
    let (date, time) = match end {
        Some(at) => (&text[..at], text[at + 1..].trim()),
        None => (text, ""),
    };
    let date = date_of(date.trim())?;
    match time.is_empty() {
        true => Some(Written::Date(date)),
        false => Some(Written::Clock(date.to_datetime(time_of(time)?))),
    }
}

fn date_of(text: &str) -> Option<Date> {
    let numbers = |separator: char| -> Option<[i16; 3]> {
        let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
        let [a, b, c] = parts[..] else { return None };
        Some([a.parse().ok()?, b.parse().ok()?, c.parse().ok()?])
    };
    let date = |year: i16, month: i16, day: i16| {
        let year = if (0..100).contains(&year) {
            2000 + year
        } else {
            year
        };
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    if let Some([month, day, year]) = numbers('/') {
        // Some exports begin with the year.
        return match month > 31 {
            true => date(month, day, year),
            false => date(year, month, day),
        };
    }
    if let Some([day, month, year]) = numbers('.') {
        return date(year, month, day);
    }
    if let Ok(date) = text.parse::<Date>() {
        return Some(date);
    }
    let words: Vec<&str> = text
        .split([' ', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    let [day, month, year] = words[..] else {
        return None;
    };
    let month = fold(month.trim_matches(['.', ',']));
    let number = MONTHS
        .iter()
        .position(|names| names.iter().any(|name| month.starts_with(name)))?;
    let day = day.trim_end_matches('.').parse().ok()?;
    date(year.parse().ok()?, i16::try_from(number).ok()? + 1, day)
}

/// "2:37 PM", "14:37", "14:37:05".
fn time_of(text: &str) -> Option<Time> {
    let lower = text.trim().to_lowercase().replace('.', "");
    let (clock, half) = match lower.strip_suffix("am") {
        Some(clock) => (clock, Some(0)),
        None => match lower.strip_suffix("pm") {
            Some(clock) => (clock, Some(12)),
            None => (lower.as_str(), None),
        },
    };
    let parts: Vec<&str> = clock.trim().split(':').collect();
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, "0"),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let number = |text: &str| -> Option<i8> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok()).flatten()
    };
    let hour = number(hour)?;
    let hour = match half {
        // 12 AM is midnight, 12 PM noon.
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    Time::new(hour, number(minute)?, number(second)?, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(text: &str) -> Option<String> {
        match read_moment(text)? {
            Written::Clock(local) => Some(local.to_string()),
            Written::Date(date) => Some(date.to_string()),
            Written::Moment(at) => Some(at.to_string()),
        }
    }

    #[test]
    fn every_form_of_the_export_is_read() {
        for (text, expected) in [
            ("1/29/26, 2:37 PM", "2026-01-29T14:37:00"),
            ("1/29/26, 2:37\u{202f}PM", "2026-01-29T14:37:00"),
            ("12/1/25, 12:05 AM", "2025-12-01T00:05:00"),
            ("12/1/25, 12:05 PM", "2025-12-01T12:05:00"),
            ("12/31/2025, 11:59:58 pm", "2025-12-31T23:59:58"),
            ("29.01.26, 14:37", "2026-01-29T14:37:00"),
            ("2026-01-29 14:37", "2026-01-29T14:37:00"),
            ("2026-01-29T14:37:05", "2026-01-29T14:37:05"),
            ("2026-01-29T14:37:05+02:00", "2026-01-29T12:37:05Z"),
            ("2025-06-01 14:03:22 UTC", "2025-06-01T14:03:22Z"),
            ("08 Feb 2026", "2026-02-08"),
            ("8 Februar 2026", "2026-02-08"),
            ("08. März 2026", "2026-03-08"),
            ("08-Dez-2025", "2025-12-08"),
            ("3 août 2025", "2025-08-03"),
            ("2026-02-08", "2026-02-08"),
            ("2/8/26", "2026-02-08"),
            ("2026/2/8", "2026-02-08"),
        ] {
            assert_eq!(clock(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "soon",
            "13/13/26, 1:00 PM",
            "1/29/26, 13:00 PM",
            "1/29/26, 25:00",
            "32 Feb 2026",
            "1/29",
            "1/2/26, x",
            "9999-12-31",
            "1999-01-01",
        ] {
            assert_eq!(clock(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_not_written_is_in_doubt() {
        let noon = Written::Clock("2026-02-01T12:00:00".parse().unwrap());
        let unknown = Moment::new(noon, None).unwrap();
        assert_eq!(unknown.at.to_string(), "2026-02-01T12:00:00Z");
        // On Kiritimati it was noon 14 hours earlier, on Baker Island 12 hours later.
        assert!(unknown.is_doubtful_at("2026-02-01T00:00:00Z".parse().unwrap()));
        assert!(!unknown.is_doubtful_at("2026-01-31T21:59:00Z".parse().unwrap()));
        assert!(!unknown.is_doubtful_at("2026-02-02T00:00:00Z".parse().unwrap()));
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let known = Moment::new(noon, Some(&berlin)).unwrap();
        assert_eq!(known.at.to_string(), "2026-02-01T11:00:00Z");
        assert!(!known.is_doubtful_at("2026-02-01T12:00:00Z".parse().unwrap()));
        let day = Moment::new(Written::Date("2026-02-01".parse().unwrap()), Some(&berlin)).unwrap();
        assert!(day.is_doubtful_at("2026-02-01T12:00:00Z".parse().unwrap()));
        assert!(!day.has_time);
    }
}
