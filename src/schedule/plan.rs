//! A send time for every draft: inside its reader's hours, under the caps, the important ones first.
//!
//! Drafts are taken by priority, and each goes to the earliest day on which a minute is free for it;
//! which minute of that day is left to chance (a seed), so that it reads as a person. What is placed
//! only ever takes room away, so no draft waits for a later day while it could go on an earlier one.

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

use crate::schedule::Clock;
use crate::schedule::Settings;
use crate::window::Verdict;

/// How far ahead is planned, in days of the sender.
const HORIZON: usize = 371;
/// Days before the first one that count for a week with it.
const BACK: i8 = 6;
/// Seven days, to the second.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Minutes of the longest day: clocks may be put back by an hour or two.
const MINUTES: usize = 26 * 60;

/// A draft to be placed.
#[derive(Clone, Copy, Debug)]
pub struct Slot<'a> {
    /// The reader's time.
    pub clock: &'a Clock,
    /// The lower, the sooner.
    pub rank: u8,
    /// Something of its own, such as a hash of its id: decides the minute.
    pub key: u64,
    /// The moment that the draft gives.
    pub fixed: Option<Timestamp>,
}

/// What was sent before a plan begins, which takes room from its caps.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// When invitations went out.
    pub sent: Vec<Timestamp>,
    /// How many of the month in which the plan begins had a note.
    pub with_note: u32,
}

/// What came of a draft.
pub type Placed = Result<Timestamp, &'static str>;

/// Plans drafts from a moment on. `monthly` is the most in a calendar month, if there is a limit.
pub fn plan(
    slots: &[Slot<'_>],
    settings: &Settings,
    monthly: Option<u32>,
    before: &Before,
    now: Timestamp,
    seed: u64,
) -> Vec<Placed> {
    let zone = settings
        .sender_zone
        .as_deref()
        .and_then(crate::zone::known_zone)
        .unwrap_or(TimeZone::UTC);
    let mut days = Days::new(settings, monthly, now, zone);
    days.count_before(before);
    let mut placed: Vec<Placed> = vec![Err(""); slots.len()];
    for (slot, placed) in slots.iter().zip(&mut placed) {
        if let Some(fixed) = slot.fixed {
            days.take_for_draft(fixed);
            *placed = Ok(fixed);
        }
    }
    let mut order: Vec<usize> = (0..slots.len())
        .filter(|&slot| slots[slot].fixed.is_none())
        .collect();
    order.sort_by_key(|&slot| (slots[slot].rank, slot));
    // Room only ever gets less: who has the same hours begins where the last one ended.
    let mut cursors: FxHashMap<(Box<str>, Option<&'static str>), Cursor> = FxHashMap::default();
    for number in order {
        let slot = &slots[number];
        let Some(name) = slot.clock.zone.as_ref().and_then(TimeZone::iana_name) else {
            placed[number] = Err("the recipient's time zone is not known");
            continue;
        };
        let cursor = cursors
            .entry((name.into(), slot.clock.country))
            .or_default();
        placed[number] = days.place(slot, cursor, seed);
    }
    placed
}

/// A day of the sender.
#[derive(Clone)]
struct Day {
    start: Timestamp,
    end: Timestamp,
    date: Date,
    /// A bit for each minute that is taken, or too near to one that is.
    taken: Box<[u64]>,
    /// What goes out on it, and what did before the plan.
    count: u32,
}

/// How far the drafts with the same hours have come.
#[derive(Default)]
struct Cursor {
    day: usize,
    /// The minutes of that day in those hours, once they are asked for.
    inside: Option<Box<[u64]>>,
    /// Whether any day had room.
    has_looked: bool,
    /// Whether any such day had a minute in those hours.
    has_hours: bool,
}

struct Days<'a> {
    settings: &'a Settings,
    monthly: Option<u32>,
    now: Timestamp,
    zone: TimeZone,
    /// The last days before the plan, and those that it is for.
    days: Vec<Day>,
    /// What goes out with a note, by year and month.
    months: FxHashMap<(i16, i8), u32>,
}

impl<'a> Days<'a> {
    fn new(settings: &'a Settings, monthly: Option<u32>, now: Timestamp, zone: TimeZone) -> Self {
        let today = zone.to_datetime(now).date();
        let start_of = |date: Date| {
            let midnight = date.to_datetime(jiff::civil::Time::midnight());
            zone.to_ambiguous_timestamp(midnight).compatible().ok()
        };
        let most = HORIZON + BACK.unsigned_abs() as usize;
        let mut days = Vec::with_capacity(most);
        let mut date = today.saturating_sub(jiff::Span::new().days(BACK));
        while days.len() < most {
            let Ok(next) = date.tomorrow() else { break };
            if let (Some(start), Some(end)) = (start_of(date), start_of(next)) {
                days.push(Day {
                    start,
                    end,
                    date,
                    taken: vec![0; MINUTES.div_ceil(64)].into(),
                    count: 0,
                });
            }
            date = next;
        }
        Self {
            settings,
            monthly,
            now,
            zone,
            days,
            months: FxHashMap::default(),
        }
    }

    /// Counts what was sent already.
    fn count_before(&mut self, before: &Before) {
        let now = self.now;
        let recent = |at: Timestamp| at <= now && at.duration_until(now) < WEEK;
        let first = self.days.first().map(|day| day.start);
        for &at in &before.sent {
            match self.days.first_mut() {
                // Seven days are less than a week ago until the same hour: this evening there is room for what
                // went out then, this morning there is none.
                Some(day) if first.is_some_and(|first| at < first) && recent(at) => day.count += 1,
                _ => self.take(at),
            }
        }
        let month = self.month_of(self.now);
        *self.months.entry(month).or_default() += before.with_note;
    }

    fn month_of(&self, moment: Timestamp) -> (i16, i8) {
        let date = self.zone.to_datetime(moment).date();
        (date.year(), date.month())
    }

    /// Marks the moment of a draft, which has a note.
    fn take_for_draft(&mut self, moment: Timestamp) {
        let month = self.month_of(moment);
        *self.months.entry(month).or_default() += 1;
        self.take(moment);
    }

    /// Marks a moment as taken.
    fn take(&mut self, moment: Timestamp) {
        let behind = self.days.partition_point(|day| day.start <= moment);
        let Some(number) = behind
            .checked_sub(1)
            .filter(|&day| moment < self.days[day].end)
        else {
            return;
        };
        self.days[number].count += 1;
        let apart = i64::from(self.settings.apart.max(1)) - 1;
        let minute = minutes(self.days[number].start, moment);
        for minute in minute - apart..=minute + apart {
            // The minutes around midnight belong to two days.
            let moment = self.days[number]
                .start
                .checked_add(SignedDuration::from_mins(minute));
            let Ok(moment) = moment else { continue };
            for day in self.days[number.saturating_sub(1)..].iter_mut().take(3) {
                if day.start <= moment && moment < day.end {
                    let at = minutes(day.start, moment) as usize;
                    if at < MINUTES {
                        day.taken[at / 64] |= 1 << (at % 64);
                    }
                }
            }
        }
    }

    /// Whether the caps leave room for one more on a day.
    fn has_room(&self, number: usize) -> bool {
        let day = &self.days[number];
        let is_over = day.end <= self.now;
        if is_over || day.count >= self.settings.per_day || !self.settings.is_open(day.date) {
            return false;
        }
        let from = number.saturating_sub(6);
        let crowded = (from..=number).any(|first| {
            let week = self.days[first..].iter().take(7);
            week.map(|day| day.count).sum::<u32>() >= self.settings.per_week
        });
        let in_month = self.months.get(&(day.date.year(), day.date.month()));
        let in_month = in_month.copied().unwrap_or_default();
        !crowded && self.monthly.is_none_or(|most| in_month < most)
    }

    fn place(&mut self, slot: &Slot<'_>, cursor: &mut Cursor, seed: u64) -> Placed {
        while cursor.day < self.days.len() {
            if self.has_room(cursor.day) {
                let inside = cursor
                    .inside
                    .get_or_insert_with(|| self.inside(cursor.day, slot.clock).unwrap_or_default());
                cursor.has_looked = true;
                cursor.has_hours |= inside.iter().any(|bits| *bits != 0);
                let chance = mix(seed ^ mix(slot.key));
                if let Some(moment) = self.free_minute(cursor.day, inside, chance) {
                    self.take_for_draft(moment);
                    return Ok(moment);
                }
            }
            cursor.day += 1;
            cursor.inside = None;
        }
        Err(match cursor.has_hours || !cursor.has_looked {
            true => "the caps leave no room for it within a year",
            false => "no minute is both in the recipient's hours and in yours",
        })
    }

    /// The minutes of a day in the reader's and the sender's hours, as bits.
    fn inside(&self, number: usize, clock: &Clock) -> Option<Box<[u64]>> {
        let day = &self.days[number];
        let zone = clock.zone.as_ref()?;
        let window = clock.window(self.settings);
        let open = |date: Date| clock.is_open(self.settings, date);
        let mut inside: Box<[u64]> = vec![0; MINUTES.div_ceil(64)].into();
        // The first whole minute that is not before now.
        let earliest = self.now.max(day.start);
        let late = earliest.as_second().rem_euclid(60) != 0 || earliest.subsec_nanosecond() != 0;
        let mut at = minutes(day.start, earliest) + i64::from(late);
        let length = minutes(day.start, day.end).min(MINUTES as i64);
        while at < length {
            let moment = day.start.checked_add(SignedDuration::from_mins(at)).ok()?;
            if window.judge(zone.to_datetime(moment), &open) != Verdict::Inside {
                let Some(next) = window.next(zone, moment, &open) else {
                    break;
                };
                at = minutes(day.start, next).max(at + 1);
                continue;
            }
            if self.sender_is_up(moment) {
                inside[at as usize / 64] |= 1 << (at % 64);
            }
            at += 1;
        }
        Some(inside)
    }

    /// A minute of some that is not taken yet.
    fn free_minute(&self, number: usize, inside: &[u64], chance: u64) -> Option<Timestamp> {
        let day = &self.days[number];
        let free = || {
            inside
                .iter()
                .zip(&day.taken)
                .map(|(inside, taken)| inside & !taken)
        };
        let count = free().map(u64::count_ones).sum::<u32>();
        let mut skip = (chance % u64::from(count.max(1))) as u32;
        for (block, mut bits) in free().enumerate() {
            if skip >= bits.count_ones() {
                skip -= bits.count_ones();
                continue;
            }
            for _ in 0..skip {
                bits &= bits - 1;
            }
            let minute = block as i64 * 64 + i64::from(bits.trailing_zeros());
            return day
                .start
                .checked_add(SignedDuration::from_mins(minute))
                .ok();
        }
        None
    }

    fn sender_is_up(&self, moment: Timestamp) -> bool {
        self.settings.sender_sends_at(self.zone.to_datetime(moment))
    }
}

fn minutes(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_second() - from.as_second()).div_euclid(60)
}

/// Mixes bits (SplitMix64, Steele and others 2014).
fn mix(mut bits: u64) -> u64 {
    bits = bits.wrapping_add(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}
