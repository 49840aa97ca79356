//! Windows against a second implementation that goes through the hours one by one.

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::civil::date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::*;

const GUIDE: [Weekday; 3] = [Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday];
/// The step of the second implementation: clocks change on quarters of an hour.
const QUARTER: SignedDuration = SignedDuration::from_mins(15);

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Whether a moment is inside, by asking the calendar.
fn plainly(window: &Window, zone: &TimeZone, at: Timestamp) -> bool {
    let there = at.to_zoned_datetime(zone.clone());
    let minute = i32::from(there.hour()) * 60 + i32::from(there.minute());
    let day = there.weekday().to_monday_zero_offset() as usize;
    window.days[day]
        && minute >= i32::from(window.from)
        && minute < i32::from(window.until)
        && there.date().day() != 13
}

#[test]
fn in_every_zone_around_every_change_of_clocks_all_agree() {
    let open = |date: Date| date.day() != 13;
    let guide = Window::new(&GUIDE, 9 * 60, 17 * 60).unwrap();
    // Changes of clocks happen at night, so that a window there sees them.
    let night = Window::new(
        &[Weekday::Sunday, Weekday::Friday, Weekday::Tuesday],
        0,
        3 * 60,
    )
    .unwrap();
    let whole = Window::new(&[Weekday::Saturday, Weekday::Monday], 0, DAY).unwrap();
    let (mut zones, mut changes) = (0, 0);
    let (start, end) = (
        moment("2026-01-01T00:00:00Z"),
        moment("2028-01-01T00:00:00Z"),
    );
    for name in jiff::tz::db().available() {
        let zone = TimeZone::get(name.as_str()).unwrap();
        zones += 1;
        let mut around: Vec<Timestamp> = zone
            .following(start)
            .map(|change| change.timestamp())
            .take_while(|at| *at < end)
            .collect();
        changes += around.len();
        around.push(start);
        for change in around {
            let first = change - SignedDuration::from_hours(4 * 24);
            let moments: Vec<Timestamp> = (0..12 * 96).map(|step| first + QUARTER * step).collect();
            for window in [&guide, &night, &whole] {
                let inside: Vec<bool> = moments
                    .iter()
                    .map(|at| plainly(window, &zone, *at))
                    .collect();
                let mut next = None;
                // Backwards, so that the next one is known.
                for (at, inside) in moments.iter().zip(&inside).rev() {
                    if *inside {
                        next = Some(*at);
                    }
                    let local = zone.to_datetime(*at);
                    let verdict = window.judge(local, &open) == Verdict::Inside;
                    assert_eq!(verdict, *inside, "{} {at}", name.as_str());
                    // Every fourth is asked for, and those near the change.
                    let near = (*at - change).abs() <= SignedDuration::from_hours(4);
                    let hour = at.as_second() % 7200 == 0;
                    if let (Some(next), true) = (next, near || hour) {
                        let found = window.next(&zone, *at, &open);
                        assert_eq!(found, Some(next), "{} next of {at}", name.as_str());
                    }
                }
                let mut last: Option<Timestamp> = None;
                for (at, inside) in moments.iter().zip(&inside) {
                    let near = (*at - change).abs() <= SignedDuration::from_hours(4);
                    if let (Some(last), true, false) = (last, near, *inside) {
                        let found = window.previous(&zone, *at, &open).unwrap();
                        // The last minute of the quarter in which all was still inside.
                        assert!(
                            found >= last && found < last + QUARTER,
                            "{} {at}",
                            name.as_str()
                        );
                        assert!(plainly(window, &zone, found));
                        assert!(!plainly(
                            window,
                            &zone,
                            found + SignedDuration::from_mins(1)
                        ));
                    }
                    if *inside {
                        last = Some(*at);
                    }
                }
            }
        }
    }
    assert!(
        zones > 400 && changes > 400,
        "{zones} zones, {changes} changes"
    );
}

#[test]
fn a_window_that_is_never_open_has_no_moment() {
    let window = Window::new(&GUIDE, 9 * 60, 17 * 60).unwrap();
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let at = moment("2026-03-27T12:00:00Z");
    assert_eq!(window.next(&zone, at, &|_| false), None);
    assert_eq!(window.previous(&zone, at, &|_| false), None);
    assert_eq!(Window::new(&[], 0, 5), None);
    assert_eq!(Window::new(&GUIDE, 600, 600), None);
}

#[test]
fn the_weekend_decides_what_the_middle_of_the_week_is() {
    let middle = |country: &str| week_of(Some(country)).shifted(&GUIDE);
    assert_eq!(middle("DE"), GUIDE);
    assert_eq!(
        middle("IL"),
        [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday]
    );
    assert_eq!(
        middle("AF"),
        [Weekday::Sunday, Weekday::Monday, Weekday::Tuesday]
    );
    assert_eq!(country_of_zone("asia/riyadh"), Some("SA"));
    assert_eq!(country_of_zone("Europe/Berlin"), None);
    assert_eq!(week_of(None).days().len(), 5);
    assert_eq!(week_of(Some("IR")).days().len(), 6);
}

#[test]
fn moments_are_read_in_every_form() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let read = |text: &str| read_local(text, Some(&berlin));
    let ten = Ok(Local::At(moment("2026-03-31T08:00:00Z")));
    for text in [
        "2026-03-31T10:00:00+02:00",
        "2026-03-31T08:00:00Z",
        "2026-03-31T10:00[Europe/Berlin]",
        "2026-03-31T10:00+02:00[Europe/Berlin]",
        "2026-03-31 10:00",
        " 2026-03-31T10:00:00 ",
    ] {
        assert_eq!(read(text), ten, "{text}");
    }
    // Clocks go forward on 29 March 2026 at 02:00, back on 25 October at 03:00.
    assert_eq!(
        read("2026-03-29 02:30"),
        Ok(Local::Resolved(
            moment("2026-03-29T01:30:00Z"),
            Unclear::Skipped
        ))
    );
    assert_eq!(
        read("2026-10-25 02:30"),
        Ok(Local::Resolved(
            moment("2026-10-25T00:30:00Z"),
            Unclear::Twice
        ))
    );
    assert_eq!(
        read_local("2026-03-31 10:00", None),
        Ok(Local::NoZone(date(2026, 3, 31).at(10, 0, 0, 0)))
    );
    for text in [
        "",
        "tomorrow",
        "2026-03-31",
        "2026-02-30 10:00",
        "2026-03-31T10:00+01:00[Europe/Berlin]",
        "2026-03-31T10:00[Mars/Olympus]",
        "31.3.2026 10:00",
        "10:00",
    ] {
        assert!(read(text).is_err(), "{text}: {:?}", read(text));
    }
}

#[test]
fn in_every_zone_at_every_hour_of_two_years_the_verdict_is_that_of_the_calendar() {
    let open = |date: Date| date.day() != 13;
    let guide = Window::new(&GUIDE, 9 * 60, 17 * 60).unwrap();
    let start = moment("2026-01-01T00:00:00Z");
    let names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .collect();
    let inside: usize = names
        .par_iter()
        .map(|name| {
            let zone = TimeZone::get(name).unwrap();
            let hours = (0..2 * 365 * 24).map(|hour| start + SignedDuration::from_hours(hour));
            let same = |at: &Timestamp| {
                let found = guide.judge(zone.to_datetime(*at), &open) == Verdict::Inside;
                assert_eq!(found, plainly(&guide, &zone, *at), "{name} {at}");
                found
            };
            hours.filter(same).count()
        })
        .sum();
    // Three days of seven, eight hours of 24, less the thirteenths.
    let share = inside as f64 / (names.len() * 2 * 365 * 24) as f64;
    assert!((0.13..0.143).contains(&share), "{share}");
}
