//! Plans, looked over minute by minute.

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::window::Verdict;

fn clock(zone: &str) -> Clock {
    Clock {
        zone: Some(TimeZone::get(zone).unwrap()),
        ..Clock::default()
    }
}

const ZONES: [&str; 6] = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Apia",
];

fn day_of(moment: Timestamp) -> jiff::civil::Date {
    TimeZone::UTC.to_datetime(moment).date()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
    #[test]
    fn a_plan_keeps_to_hours_and_caps_and_lets_nobody_wait(
        seed in any::<u64>(),
        picks in prop::collection::vec((0usize..6, 0u8..3), 1..30),
        per_day in 1u32..12,
        per_week in 3u32..40,
        apart in 1u32..30,
        start in 0i64..300,
    ) {
        let settings = Settings { per_day, per_week, apart, ..Settings::default() };
        let now: Timestamp = "2026-03-20T11:30:17Z".parse().unwrap();
        let now = now + SignedDuration::from_hours(start);
        let clocks: Vec<Clock> = ZONES.iter().map(|zone| clock(zone)).collect();
        let slots: Vec<Slot<'_>> = picks.iter().enumerate().map(|(number, (zone, rank))| Slot {
            clock: &clocks[*zone], rank: *rank, key: number as u64, fixed: None,
        }).collect();
        let placed = plan(&slots, &settings, None, &Before::default(), now, seed);
        prop_assert_eq!(&placed, &plan(&slots, &settings, None, &Before::default(), now, seed));
        let moments: Vec<Timestamp> = placed.iter().map(|placed| placed.unwrap()).collect();
        let inside = |slot: &Slot<'_>, moment: Timestamp| {
            let local = slot.clock.local(moment).unwrap();
            slot.clock.window(&settings).judge(local, &|_| true) == Verdict::Inside
        };
        let fits = |moment: Timestamp, without: usize| {
            let others = || moments.iter().enumerate().filter(move |(number, _)| *number != without).map(|(_, at)| *at);
            let near = others().any(|other| (other - moment).abs() < SignedDuration::from_mins(i64::from(apart)));
            let on = |date: jiff::civil::Date| others().filter(|other| day_of(*other) == date).count() as u32;
            let date = day_of(moment);
            let full_week = (0..7).any(|back| {
                let first = date - jiff::Span::new().days(back);
                (0..7).map(|day| on(first + jiff::Span::new().days(day))).sum::<u32>() >= per_week
            });
            moment >= now && !near && on(date) < per_day && !full_week
        };
        for (number, slot) in slots.iter().enumerate() {
            prop_assert!(inside(slot, moments[number]));
            prop_assert!(fits(moments[number], number), "{number}");
            prop_assert_eq!(moments[number].as_second() % 60, 0);
            // No minute of an earlier day is free for it.
            let mut at = now.as_second().div_euclid(60) * 60;
            let last = day_of(moments[number]);
            while day_of(Timestamp::from_second(at).unwrap()) < last {
                let moment = Timestamp::from_second(at).unwrap();
                prop_assert!(!(inside(slot, moment) && fits(moment, number)), "{number} could go at {moment}");
                at += 1860;
            }
        }
    }
}

#[test]
fn the_important_ones_go_first_and_what_is_fixed_stays() {
    let settings = Settings {
        per_day: 1,
        ..Settings::default()
    };
    let now: Timestamp = "2026-03-30T06:00:00Z".parse().unwrap();
    let berlin = clock("Europe/Berlin");
    let fixed: Timestamp = "2026-03-31T10:00:00Z".parse().unwrap();
    let slot = |rank: u8, fixed: Option<Timestamp>| Slot {
        clock: &berlin,
        rank,
        key: 0,
        fixed,
    };
    let slots = [slot(2, None), slot(0, None), slot(1, Some(fixed))];
    let placed = plan(&slots, &settings, None, &Before::default(), now, 0);
    let days: Vec<_> = placed.iter().map(|at| day_of(at.unwrap()).day()).collect();
    assert_eq!(days, [2, 1, 31]);
    assert_eq!(placed[2], Ok(fixed));
    // Five a month: what is left goes on in April and May.
    let many: Vec<Slot<'_>> = (0..12).map(|_| slot(0, None)).collect();
    let months = plan(&many, &settings, Some(5), &Before::default(), now, 0);
    let in_april = months.iter().filter(|at| day_of(at.unwrap()).month() == 4);
    assert_eq!(in_april.count(), 5);
}

#[test]
fn without_a_zone_or_room_it_is_said() {
    let now: Timestamp = "2026-03-30T06:00:00Z".parse().unwrap();
    let (berlin, nowhere) = (clock("Europe/Berlin"), Clock::default());
    let slot = |clock| Slot {
        clock,
        rank: 0,
        key: 1,
        fixed: None,
    };
    let none = Settings {
        per_week: 0,
        ..Settings::default()
    };
    let placed = plan(
        &[slot(&nowhere)],
        &Settings::default(),
        None,
        &Before::default(),
        now,
        0,
    );
    assert!(placed[0].unwrap_err().contains("time zone"));
    let placed = plan(&[slot(&berlin)], &none, None, &Before::default(), now, 0);
    assert!(placed[0].unwrap_err().contains("caps"));
    let full = Settings {
        per_week: 1,
        ..Settings::default()
    };
    let many: Vec<Slot<'_>> = (0..60).map(|_| slot(&berlin)).collect();
    let placed = plan(&many, &full, None, &Before::default(), now, 0);
    assert!(placed[0].is_ok() && placed[59].unwrap_err().contains("caps"));
    let night = Settings {
        sender_hours: Some((20 * 60, 24 * 60)),
        ..Settings::default()
    };
    let placed = plan(&[slot(&berlin)], &night, None, &Before::default(), now, 0);
    assert!(placed[0].unwrap_err().contains("hours"));
}

#[test]
fn what_was_sent_takes_room_from_the_caps() {
    let settings = Settings {
        per_week: 3,
        per_day: 2,
        ..Settings::default()
    };
    let now: Timestamp = "2026-03-24T08:00:00Z".parse().unwrap();
    let berlin = clock("Europe/Berlin");
    let slot = Slot {
        clock: &berlin,
        rank: 0,
        key: 1,
        fixed: None,
    };
    let day = |sent: &[&str], with_note: u32| {
        let sent = sent.iter().map(|at| at.parse().unwrap()).collect();
        let before = Before { sent, with_note };
        let placed = plan(&[slot], &settings, Some(5), &before, now, 0);
        day_of(placed[0].unwrap()).to_string()
    };
    assert_eq!(day(&[], 0), "2026-03-24");
    // The week has room again when the first of the three is seven days ago.
    let friday = [
        "2026-03-18T09:00:00Z",
        "2026-03-20T09:00:00Z",
        "2026-03-20T10:00:00Z",
    ];
    assert_eq!(day(&friday, 3), "2026-03-25");
    assert_eq!(day(&friday[1..], 2), "2026-03-24");
    // By date a week ago, by the hour not yet.
    let evening = ["2026-03-17T20:00:00Z"; 3];
    assert_eq!(day(&evening, 3), "2026-03-25");
    assert_eq!(day(&["2026-03-17T07:00:00Z"; 3], 3), "2026-03-24");
    // Two a day, this one among them.
    assert_eq!(day(&["2026-03-24T07:00:00Z"; 2], 0), "2026-03-25");
    // Five with a note in March: the next one is for April.
    assert_eq!(day(&[], 4), "2026-03-24");
    assert_eq!(day(&["2026-03-03T09:00:00Z"; 5], 5), "2026-04-01");
    // Without notes they count for the week alone.
    assert_eq!(day(&["2026-03-03T09:00:00Z"; 5], 0), "2026-03-24");
}
