//! The settings of sending: `[schedule]` and `[zones]` in the configuration.

use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::civil::Time;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

use crate::toml_doc::Problems;
use crate::toml_doc::Table;
use crate::toml_doc::Value;
use crate::window::Window;
use crate::zone::folded_place;
use crate::zone::known_zone;

/// When and how many invitations go out.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The days, in a week from Monday to Friday.
    pub days: Vec<Weekday>,
    /// The hours, in the recipient's time.
    pub window: Window,
    /// Whether the days follow the recipient's working week: the second to fourth day of it.
    pub local_week: bool,
    /// At most so many a day of the sender.
    pub per_day: u32,
    /// At most so many in seven days.
    pub per_week: u32,
    /// At most so many with a note in a calendar month, on a free account.
    pub per_month: u32,
    /// At least so many minutes between two.
    pub apart: u32,
    /// Whether public holidays of the reader's country are left out, where the country is known.
    pub holidays: bool,
    /// Dates on which nothing is sent: first and last.
    pub quiet_dates: Vec<(Date, Date)>,
    /// The hours in which the sender sends, in minutes of the sender's day.
    pub sender_hours: Option<(u16, u16)>,
    /// Names of places, folded, and their zones.
    pub zones: Vec<(String, String)>,
    /// The sender's zone.
    pub sender_zone: Option<String>,
}

/// Tuesday to Thursday, 9 to 5: the guide "When and How to Withdraw LinkedIn Connection Requests"
/// (FinalLayer, 2025). 100 a week is the community's figure, 5 notes a month that of LinkedIn Help for
/// free accounts; 20 a day and 7 minutes between two are estimates.
impl Default for Settings {
    fn default() -> Self {
        let days = vec![Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday];
        Self {
            window: nine_to_five(&days),
            days,
            local_week: true,
            per_day: 20,
            per_week: 100,
            per_month: 5,
            apart: 7,
            holidays: true,
            quiet_dates: Vec::new(),
            sender_hours: None,
            zones: Vec::new(),
            sender_zone: None,
        }
    }
}

fn nine_to_five(days: &[Weekday]) -> Window {
    let window = Window::new(days, 9 * 60, 17 * 60);
    // There are days, and nine comes before five.
    window.unwrap_or_else(Window::always)
}

impl Settings {
    /// Reads the tables `[schedule]` and `[zones]`.
    pub fn read(schedule: &Table, zones: &Table, problems: &mut Problems) -> Self {
        let mut settings = Self::default();
        let mut wrong = false;
        let days = schedule.strings("days", problems);
        if !days.is_empty() {
            settings.days.clear();
        }
        for day in days {
            match weekday(day.value) {
                Some(known) => settings.days.push(known),
                None => {
                    wrong = true;
                    let message = format!("`{}` is no day of the week", day.value);
                    problems.error(day.span, message).help = Some("write \"tuesday\"".into());
                }
            }
        }
        let (mut from, mut until) = settings.window.hours();
        for (key, hour) in [("from", &mut from), ("until", &mut until)] {
            if let Some(text) = schedule.string(key, problems) {
                match hour_of(text.value) {
                    Some(minute) => *hour = minute,
                    None => {
                        wrong = true;
                        problems.error(text.span, "write a time of day: \"09:00\"");
                    }
                }
            }
        }
        match Window::new(&settings.days, from, until) {
            Some(window) => settings.window = window,
            // Said already.
            None if wrong => {}
            None => {
                let span = schedule.span_of("until");
                problems.error(span, "`until` must come behind `from`");
            }
        }
        if let Some(local) = schedule.boolean("local-week", problems) {
            settings.local_week = local.value;
        }
        if let Some(holidays) = schedule.boolean("holidays", problems) {
            settings.holidays = holidays.value;
        }
        for (key, most) in [
            ("per-day", &mut settings.per_day),
            ("per-week", &mut settings.per_week),
            ("per-month", &mut settings.per_month),
            ("apart", &mut settings.apart),
        ] {
            if let Some(count) = schedule.count(key, problems) {
                *most = count.value;
            }
        }
        for dates in schedule.strings("quiet-dates", problems) {
            match dates_of(dates.value) {
                Some(range) => settings.quiet_dates.push(range),
                None => {
                    let message =
                        "write a date, \"2026-12-24\", or two, \"2026-12-24..2027-01-02\"";
                    problems.error(dates.span, message);
                }
            }
        }
        if let Some(hours) = schedule.string("sender-hours", problems) {
            settings.sender_hours = hours_of(hours.value);
            if settings.sender_hours.is_none() {
                problems.error(hours.span, "write two times of day: \"08:00-20:00\"");
            }
        }
        schedule.finish(problems);
        for (name, zone) in zones.entries() {
            match &zone.value {
                Value::String(text) if known_zone(text).is_some() => {
                    settings
                        .zones
                        .push((folded_place(&name.value), text.clone()));
                }
                _ => {
                    let message = "this is no time zone";
                    problems.error(zone.span, message).help =
                        Some("write its IANA name: \"Our office\" = \"Europe/Berlin\"".into());
                }
            }
        }
        settings
    }

    /// The sender's own zone, if it is known.
    pub fn own_zone(&self) -> Option<TimeZone> {
        self.sender_zone.as_deref().and_then(known_zone)
    }

    /// Whether a time on the sender's clock is in the sender's own hours.
    pub fn sender_sends_at(&self, local: DateTime) -> bool {
        let minute =
            u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs());
        self.sender_hours
            .is_none_or(|(from, until)| (from..until).contains(&minute))
    }

    /// Whether the sender sends on a date.
    pub fn is_open(&self, date: Date) -> bool {
        let mut quiet = self.quiet_dates.iter();
        !quiet.any(|(first, last)| *first <= date && date <= *last)
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    let all = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let name = name.trim().to_lowercase();
    let found = |(known, _): &&(&str, Weekday)| {
        *known == name || (name.len() == 3 && known.starts_with(&name))
    };
    all.iter().find(found).map(|(_, day)| *day)
}

/// Minutes of a day from "09:00"; "24:00" is its end.
fn hour_of(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let fits = minute < 60 && hour * 60 + minute <= 24 * 60;
    (hour <= 24 && fits).then_some(hour * 60 + minute)
}

/// Two times of day, "08:00-20:00", in minutes.
pub fn hours_of(text: &str) -> Option<(u16, u16)> {
    let (from, until) = text.split_once(['-', '–'])?;
    let (from, until) = (hour_of(from)?, hour_of(until)?);
    (from < until).then_some((from, until))
}

fn dates_of(text: &str) -> Option<(Date, Date)> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let (first, last): (Date, Date) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last).then_some((first, last))
}

/// A time of day as people write it: "9:00".
pub fn hour_text(time: Time) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

/// The name of a day of the week.
pub fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
