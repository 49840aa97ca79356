//! What each recipient's clock shows, and when each note is to be sent.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

use crate::note::Note;
use crate::note::field_str;
use crate::schedule::Settings;
use crate::schedule::holiday;
use crate::window::Local;
use crate::window::Verdict;
use crate::window::Window;
use crate::window::country_of_zone;
use crate::window::read_local;
use crate::window::week_of;
use crate::zone::Confidence;
use crate::zone::Place;
use crate::zone::folded_place;
use crate::zone::known_zone;
use crate::zone::place;

/// Where a zone was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// The draft gives it.
    Given,
    /// `[zones]` in the configuration names the place.
    Config,
    /// The place that the profile shows.
    Location,
    /// Nowhere.
    #[default]
    Unknown,
}

impl Source {
    /// The name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Config => "config",
            Self::Location => "location",
            Self::Unknown => "unknown",
        }
    }
}

/// When a note is to be sent, as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Sent {
    /// Nothing is said.
    #[default]
    Open,
    /// What was read.
    At(Local),
    /// What is written is no moment, and why.
    Wrong(String),
}

impl Sent {
    /// The moment, where one is meant.
    pub fn moment(&self) -> Option<Timestamp> {
        match self {
            Self::At(Local::At(moment) | Local::Resolved(moment, _)) => Some(*moment),
            _ => None,
        }
    }
}

/// What is known of a recipient's time.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// The zone, if it is known.
    pub zone: Option<TimeZone>,
    /// Where the zone was found.
    pub source: Source,
    /// How sure it is.
    pub confidence: Confidence,
    /// Zones that it may be.
    pub candidates: Vec<&'static str>,
    /// The country's ISO 3166 code, if it is known.
    pub country: Option<&'static str>,
    /// The `timezone` of the draft is none.
    pub wrong_zone: bool,
    /// When the note is to be sent.
    pub sent: Sent,
}

impl Clock {
    /// The hours in which the recipient is written to.
    pub fn window(&self, settings: &Settings) -> Window {
        let days = self.days(settings);
        settings.window.on(&days).unwrap_or_else(Window::always)
    }

    /// The days on which the recipient is written to.
    pub fn days(&self, settings: &Settings) -> Vec<Weekday> {
        match settings.local_week {
            true => week_of(self.country).shifted(&settings.days),
            false => settings.days.clone(),
        }
    }

    /// The public holiday on a date, if it is kept.
    pub fn holiday(&self, settings: &Settings, date: Date) -> Option<&'static str> {
        let country = self.country.filter(|_| settings.holidays)?;
        holiday(country, date)
    }

    /// Whether a date there is one for sending.
    pub fn is_open(&self, settings: &Settings, date: Date) -> bool {
        settings.is_open(date) && self.holiday(settings, date).is_none()
    }

    /// The first good moment from another on; none without a zone.
    pub fn next(&self, settings: &Settings, from: Timestamp) -> Option<Timestamp> {
        let open = |date: Date| self.is_open(settings, date);
        self.window(settings).next(self.zone.as_ref()?, from, &open)
    }

    /// Whether a moment is known to be outside the hours.
    pub fn is_outside(&self, settings: &Settings, moment: Timestamp) -> bool {
        let open = |date: Date| self.is_open(settings, date);
        let judge = |local| self.window(settings).judge(local, &open);
        self.local(moment)
            .is_some_and(|local| judge(local) != Verdict::Inside)
    }

    /// What the clock shows there at a moment.
    pub fn local(&self, moment: Timestamp) -> Option<DateTime> {
        Some(self.zone.as_ref()?.to_datetime(moment))
    }
}

/// Finds the clocks of notes. Places are looked up once each.
#[derive(Debug)]
pub struct Clocks {
    now: Timestamp,
    places: FxHashMap<Box<str>, Place>,
    zones: FxHashMap<Box<str>, Option<TimeZone>>,
}

impl Clocks {
    /// At a moment, which decides what zones show the same time.
    pub fn new(now: Timestamp) -> Self {
        Self {
            now,
            places: FxHashMap::default(),
            zones: FxHashMap::default(),
        }
    }

    /// The moment of the run.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The clock of a note's recipient.
    pub fn of(&mut self, note: &Note, settings: &Settings) -> Clock {
        let mut clock = self.zone_of(note, settings);
        if let Some(text) = field_str(&note.send_at) {
            clock.sent = match read_local(text, clock.zone.as_ref()) {
                Ok(local) => Sent::At(local),
                Err(message) => Sent::Wrong(message),
            };
        }
        clock
    }

    fn zone_of(&mut self, note: &Note, settings: &Settings) -> Clock {
        let recipient = &note.recipient;
        let location = field_str(&recipient.location);
        let place = location.map(|text| self.place(text)).unwrap_or_default();
        if let Some(name) = field_str(&recipient.timezone) {
            let zone = self.zone(name.trim());
            if zone.is_some() {
                return Clock {
                    zone,
                    source: Source::Given,
                    confidence: Confidence::Stated,
                    country: place.country.or_else(|| country_of_zone(name.trim())),
                    ..Clock::default()
                };
            }
            return Clock {
                wrong_zone: true,
                ..Clock::default()
            };
        }
        let Some(location) = location else {
            return Clock::default();
        };
        if !settings.zones.is_empty() {
            let folded = folded_place(location);
            let named = settings.zones.iter().find(|(name, _)| *name == folded);
            if let Some((_, zone)) = named {
                return Clock {
                    zone: self.zone(zone),
                    source: Source::Config,
                    confidence: Confidence::Stated,
                    country: place.country.or_else(|| country_of_zone(zone)),
                    ..Clock::default()
                };
            }
        }
        Clock {
            zone: place.zone.and_then(|zone| self.zone(zone)),
            source: match place.zone {
                Some(_) => Source::Location,
                None => Source::Unknown,
            },
            confidence: place.confidence,
            candidates: place.candidates,
            country: place.country,
            ..Clock::default()
        }
    }

    fn place(&mut self, text: &str) -> Place {
        if let Some(known) = self.places.get(text) {
            return known.clone();
        }
        let found = place(text, self.now);
        self.places.insert(text.into(), found.clone());
        found
    }

    fn zone(&mut self, name: &str) -> Option<TimeZone> {
        if let Some(known) = self.zones.get(name) {
            return known.clone();
        }
        let zone = known_zone(name);
        self.zones.insert(name.into(), zone.clone());
        zone
    }
}
