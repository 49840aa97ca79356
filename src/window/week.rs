//! The working week of a country, and its middle.

use jiff::civil::Weekday;

/// Monday first.
const ALL: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// A working week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its first working day.
    pub first: Weekday,
    /// Its last one.
    pub last: Weekday,
}

/// The working week of a country by its ISO 3166 code: the days that the weekend of the Unicode CLDR
/// (supplemental `weekData`, version 48) leaves. India's and Uganda's Sunday alone is not followed:
/// offices there mostly keep Saturday, too.
pub fn week_of(country: Option<&str>) -> Week {
    let (first, last) = match country.unwrap_or_default() {
        "AF" => (Weekday::Saturday, Weekday::Wednesday),
        "IR" => (Weekday::Saturday, Weekday::Thursday),
        "BH" | "DZ" | "EG" | "IL" | "IQ" | "JO" | "KW" | "LY" | "OM" | "QA" | "SA" | "SD"
        | "SY" | "YE" => (Weekday::Sunday, Weekday::Thursday),
        _ => (Weekday::Monday, Weekday::Friday),
    };
    Week { first, last }
}

/// The country of a time zone (IANA zone.tab), where a country with a week of its own is meant by the zone's name:
/// of readers of whom only the zone is known, these keep another weekend than Saturday and Sunday.
pub fn country_of_zone(zone: &str) -> Option<&'static str> {
    const ZONES: [(&str, &str); 17] = [
        ("Africa/Algiers", "DZ"),
        ("Africa/Cairo", "EG"),
        ("Africa/Khartoum", "SD"),
        ("Africa/Tripoli", "LY"),
        ("Asia/Aden", "YE"),
        ("Asia/Amman", "JO"),
        ("Asia/Baghdad", "IQ"),
        ("Asia/Bahrain", "BH"),
        ("Asia/Damascus", "SY"),
        ("Asia/Jerusalem", "IL"),
        ("Asia/Kabul", "AF"),
        ("Asia/Kuwait", "KW"),
        ("Asia/Muscat", "OM"),
        ("Asia/Qatar", "QA"),
        ("Asia/Riyadh", "SA"),
        ("Asia/Tehran", "IR"),
        ("Asia/Tel_Aviv", "IL"),
    ];
    let known = ZONES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(zone));
    known.map(|(_, country)| *country)
}

impl Week {
    /// Its days, in order.
    pub fn days(self) -> Vec<Weekday> {
        let from = self.first.to_monday_zero_offset() as usize;
        let all = (0..7).map(|day| ALL[(from + day) % 7]);
        let mut days: Vec<Weekday> = Vec::new();
        for day in all {
            days.push(day);
            if day == self.last {
                break;
            }
        }
        days
    }

    /// Days of a week from Monday to Friday as days of this one, by their place in it: Tuesday is the
    /// second day, wherever the week begins. A Saturday or Sunday stays what it is.
    pub fn shifted(self, days: &[Weekday]) -> Vec<Weekday> {
        let own = self.days();
        let place = |day: &Weekday| day.to_monday_zero_offset() as usize;
        let shift = |day: &Weekday| match place(day) {
            at @ 0..=4 => own.get(at).copied().unwrap_or(*day),
            _ => *day,
        };
        days.iter().map(shift).collect()
    }
}
