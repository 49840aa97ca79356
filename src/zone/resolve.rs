//! The zone of a place by its name, the state and the country.

use jiff::Timestamp;

use crate::zone::clock::same_clock;
use crate::zone::names::Variant;
use crate::zone::names::plain;
use crate::zone::names::variants;
use crate::zone::tables;
use crate::zone::tables::City;

/// How sure a zone is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Confidence {
    /// The place says its country or state, or there is no other of the name.
    Stated,
    /// Of several places the one that is larger by far.
    Likely,
    /// Several zones, none of them likely.
    Several,
    /// Nothing that is known.
    #[default]
    Unknown,
}

impl Confidence {
    /// The name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Likely => "likely",
            Self::Several => "several",
            Self::Unknown => "unknown",
        }
    }
}

/// What is known of a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// The zone, if the confidence is [`Confidence::Stated`] or [`Confidence::Likely`].
    pub zone: Option<&'static str>,
    /// How sure it is.
    pub confidence: Confidence,
    /// The zones that it may be in, the likeliest first, where there are several clocks.
    pub candidates: Vec<&'static str>,
    /// The country's ISO 3166 code, where it is certain.
    pub country: Option<&'static str>,
}

/// So many times as many people as all namesakes elsewhere make a town the one that is meant.
const LARGER: f64 = 6.0;
/// The same where the words speak of a large town: "Greater Manchester".
const LARGER_METRO: f64 = 2.0;
/// One clock for so many of a country's people is the country's clock.
const NEARLY_ALL: f64 = 0.97;
/// For so many of a state's it is likely.
const MOST: f64 = 0.9;

/// Places that have no entry of that name in the table: folded name and zone.
const ALIASES: [(&str, &str, &str); 62] = [
    ("bay area", "America/Los_Angeles", "US"),
    ("san francisco bay area", "America/Los_Angeles", "US"),
    ("sf bay area", "America/Los_Angeles", "US"),
    ("silicon valley", "America/Los_Angeles", "US"),
    ("inland empire", "America/Los_Angeles", "US"),
    ("orange county california area", "America/Los_Angeles", "US"),
    ("socal", "America/Los_Angeles", "US"),
    ("southern california", "America/Los_Angeles", "US"),
    ("northern california", "America/Los_Angeles", "US"),
    ("new york city metropolitan area", "America/New_York", "US"),
    ("nyc", "America/New_York", "US"),
    ("tri state area", "America/New_York", "US"),
    ("washington dc baltimore area", "America/New_York", "US"),
    ("washington d c metro area", "America/New_York", "US"),
    ("washington dc", "America/New_York", "US"),
    ("washington d c", "America/New_York", "US"),
    ("dmv", "America/New_York", "US"),
    ("dc", "America/New_York", "US"),
    ("new england", "America/New_York", "US"),
    ("research triangle", "America/New_York", "US"),
    ("hampton roads", "America/New_York", "US"),
    ("lehigh valley", "America/New_York", "US"),
    ("twin cities", "America/Chicago", "US"),
    ("dfw", "America/Chicago", "US"),
    ("chicagoland", "America/Chicago", "US"),
    ("quad cities", "America/Chicago", "US"),
    ("front range", "America/Denver", "US"),
    ("wasatch front", "America/Denver", "US"),
    ("las vegas valley", "America/Los_Angeles", "US"),
    ("gta", "America/Toronto", "CA"),
    ("golden horseshoe", "America/Toronto", "CA"),
    ("lower mainland", "America/Vancouver", "CA"),
    ("vale do paraiba", "America/Sao_Paulo", "BR"),
    ("riviera maya", "America/Cancun", "MX"),
    ("bajio", "America/Mexico_City", "MX"),
    ("cdmx", "America/Mexico_City", "MX"),
    ("randstad", "Europe/Amsterdam", "NL"),
    ("brabantse stedenrij", "Europe/Amsterdam", "NL"),
    ("ruhrgebiet", "Europe/Berlin", "DE"),
    ("ruhr", "Europe/Berlin", "DE"),
    ("rhein main", "Europe/Berlin", "DE"),
    ("frankfurt rhine main", "Europe/Berlin", "DE"),
    ("rhein neckar", "Europe/Berlin", "DE"),
    ("rhein ruhr", "Europe/Berlin", "DE"),
    ("ile de france", "Europe/Paris", "FR"),
    ("cote d azur", "Europe/Paris", "FR"),
    ("oresund", "Europe/Copenhagen", "DK"),
    ("tricity", "Europe/Warsaw", "PL"),
    ("trojmiasto", "Europe/Warsaw", "PL"),
    ("gush dan", "Asia/Jerusalem", "IL"),
    ("delhi ncr", "Asia/Kolkata", "IN"),
    ("national capital region", "Asia/Kolkata", ""),
    ("ncr", "Asia/Kolkata", ""),
    ("klang valley", "Asia/Kuala_Lumpur", "MY"),
    ("jabodetabek", "Asia/Jakarta", "ID"),
    ("greater bay area", "Asia/Shanghai", "CN"),
    ("kansai", "Asia/Tokyo", "JP"),
    ("kanto", "Asia/Tokyo", "JP"),
    ("gauteng", "Africa/Johannesburg", "ZA"),
    ("south east queensland", "Australia/Brisbane", "AU"),
    ("home counties", "Europe/London", "GB"),
    ("thames valley", "Europe/London", "GB"),
];

/// What is known of a place, told as a profile tells it. `now` decides which zones show the same time.
pub fn place(text: &str, now: Timestamp) -> Place {
    let text = without_remarks(text);
    let whole = plain(&text);
    if let Some((_, zone, country)) = ALIASES.iter().find(|(name, ..)| *name == whole) {
        return match country.is_empty() {
            // Delhi's, and Manila's.
            true => Place {
                confidence: Confidence::Several,
                candidates: vec![zone, "Asia/Manila"],
                ..Place::default()
            },
            false => Place {
                zone: Some(zone),
                confidence: Confidence::Stated,
                candidates: Vec::new(),
                country: Some(country),
            },
        };
    }
    let mut parts: Vec<&str> = text
        .split([',', ';', '،', '、', '，', '|', '·'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let last = parts.last().copied().unwrap_or_default();
    let country = country_of(last, parts.len());
    let alone = parts.len() == 1;
    if country.is_some() {
        parts.pop();
    }
    let mut state = None;
    if let Some(part) = parts.last().copied()
        && (country.is_none_or(|country| HAVE_STATES.contains(&country))
            && !(alone && country.is_some()))
        && let Some(found) = state_of(part, country, alone)
    {
        // "New York, United States" is the city as well as the state; a state alone may be a city, too.
        let is_city_too = parts.len() == 1;
        state = Some(found);
        if !is_city_too {
            parts.pop();
        }
    }
    let area = Area { country, state };
    if alone && country.is_some() && states_of_any(last) {
        // "Georgia": the country, or the state.
        return ambiguous(last, country.unwrap_or_default(), now);
    }
    if !(alone && country.is_some()) {
        for part in &parts {
            if let Some(found) = by_city(part, area, alone, now) {
                return found;
            }
        }
    }
    by_area(area, now)
}

/// Countries whose states are in the tables.
const HAVE_STATES: [&str; 3] = ["US", "CA", "AU"];

/// Where a place must be.
#[derive(Clone, Copy, Debug)]
struct Area {
    country: Option<&'static str>,
    state: Option<(&'static str, &'static str)>,
}

impl Area {
    fn country(self) -> Option<&'static str> {
        self.country.or(self.state.map(|(country, _)| country))
    }
}

/// "(Remote)" and the like say nothing of the place.
fn without_remarks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0u32;
    for letter in text.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

fn country_of(part: &str, parts: usize) -> Option<&'static str> {
    let name = plain(part);
    // Two letters are a state's code as often as a country's: only the usual ones count.
    if name.len() == 2 && !matches!(name.as_str(), "us" | "uk") && name.is_ascii() {
        return None;
    }
    tables::country(&name).or_else(|| {
        let dressed = variants(part).into_iter().find_map(|variant| {
            let known =
                (!variant.cut && variant.name.len() > 2).then(|| tables::country(&variant.name));
            known.flatten()
        });
        // "Mexico City" is not Mexico, but "Mexico Metropolitan Area" behind a comma is.
        dressed.filter(|_| parts > 1)
    })
}

fn state_of(
    part: &str,
    country: Option<&'static str>,
    alone: bool,
) -> Option<(&'static str, &'static str)> {
    let of = |name: &str| {
        let mut all: Vec<(&str, &str)> = tables::states(name)
            .filter(|(found, _)| country.is_none_or(|country| country == *found))
            .collect();
        // A code of two countries' states is mostly meant as that of the United States.
        all.sort_by_key(|(country, _)| HAVE_STATES.iter().position(|known| known == country));
        all.first().copied()
    };
    let name = plain(part);
    if name.len() <= 3 {
        // A code stands behind a comma and in capitals.
        let is_code = !alone && part.chars().all(|letter| !letter.is_lowercase());
        return of(&name).filter(|_| is_code);
    }
    of(&name).or_else(|| {
        let dressed = variants(part);
        let mut dressed = dressed
            .iter()
            .filter(|variant| !variant.cut && variant.name.len() > 3);
        dressed
            .find_map(|variant| of(&variant.name))
            .filter(|_| !alone)
    })
}

fn states_of_any(part: &str) -> bool {
    let name = plain(part);
    name.len() > 3 && tables::states(&name).next().is_some()
}

fn ambiguous(part: &str, country: &'static str, now: Timestamp) -> Place {
    let mut weights: Vec<(&'static str, f64)> = tables::shares(country, "");
    for (country, state) in tables::states(&plain(part)) {
        weights.extend(tables::shares(country, state));
    }
    Place {
        confidence: Confidence::Several,
        candidates: clocks(weights, now)
            .into_iter()
            .map(|(zone, _)| zone)
            .collect(),
        ..Place::default()
    }
}

/// The zone of a city, if there is one of that name.
fn by_city(part: &str, area: Area, alone: bool, now: Timestamp) -> Option<Place> {
    for (at, variant) in variants(part).into_iter().enumerate() {
        // What is left of a dressed name may be a country's: a town of that name is not meant.
        if at > 0 && area.country.is_none() && tables::country(&variant.name).is_some() {
            continue;
        }
        let in_country = |city: &City| area.country().is_none_or(|country| country == city.country);
        let mut found: Vec<City> = tables::cities(&variant.name).filter(in_country).collect();
        if let Some((_, state)) = area.state {
            let in_state: Vec<City> = found
                .iter()
                .copied()
                .filter(|city| city.state == state)
                .collect();
            match in_state.is_empty() {
                false => found = in_state,
                // "Georgia" alone may be a town elsewhere, but "Athens, Georgia" is not in Greece.
                true if !alone => continue,
                true => {}
            }
        }
        if !found.is_empty() {
            return Some(choose(&found, &variant, area, alone, now));
        }
    }
    None
}

fn choose(found: &[City], variant: &Variant, area: Area, alone: bool, now: Timestamp) -> Place {
    let mut weights: Vec<(&'static str, f64)> =
        found.iter().map(|city| (city.zone, city.people)).collect();
    // A state of the same name, such as Washington, may be meant as well.
    if let (true, None, Some((country, state))) = (alone, area.country, area.state)
        && !found.iter().any(|city| city.state == state)
    {
        let people = weights.iter().map(|(_, people)| people).sum::<f64>();
        weights.extend(
            tables::shares(country, state)
                .into_iter()
                .map(|(zone, share)| (zone, share * people)),
        );
    }
    let clocks = clocks(weights, now);
    let same_country = found.iter().all(|city| city.country == found[0].country);
    let country = area.country().or(same_country.then_some(found[0].country));
    let Some(&(zone, most)) = clocks.first() else {
        return Place::default();
    };
    if clocks.len() == 1 {
        let stated = (area.country().is_some() || same_country) && !variant.cut;
        return Place {
            zone: Some(zone),
            confidence: if stated {
                Confidence::Stated
            } else {
                Confidence::Likely
            },
            candidates: Vec::new(),
            country,
        };
    }
    let others: f64 = clocks[1..]
        .iter()
        .map(|(_, people)| people)
        .fold(0.0, |most, people| people.max(most));
    let needed = if variant.large { LARGER_METRO } else { LARGER };
    let likely = most >= needed * others;
    Place {
        zone: likely.then_some(zone),
        confidence: if likely {
            Confidence::Likely
        } else {
            Confidence::Several
        },
        candidates: clocks.iter().map(|(zone, _)| *zone).collect(),
        country: country.or_else(|| {
            let of_zone = found.iter().find(|city| city.zone == zone)?;
            likely.then_some(of_zone.country)
        }),
    }
}

/// The zone of a state or a country as a whole.
fn by_area(area: Area, now: Timestamp) -> Place {
    let Some(country) = area.country() else {
        return Place::default();
    };
    let state = area.state.map_or("", |(_, state)| state);
    let clocks = clocks(tables::shares(country, state), now);
    let Some(&(zone, share)) = clocks.first() else {
        return Place {
            country: Some(country),
            ..Place::default()
        };
    };
    let confidence = match share {
        share if share >= NEARLY_ALL => Confidence::Stated,
        // A country is never guessed.
        share if share >= MOST && area.state.is_some() => Confidence::Likely,
        _ => Confidence::Several,
    };
    let zones = clocks.iter().map(|(zone, _)| *zone);
    Place {
        zone: (confidence != Confidence::Several).then_some(zone),
        candidates: if clocks.len() == 1 {
            Vec::new()
        } else {
            zones.collect()
        },
        confidence,
        country: Some(country),
    }
}

/// Weighed zones with those that show the same time put together under the weightiest, the weightiest
/// first.
fn clocks(mut weights: Vec<(&'static str, f64)>, now: Timestamp) -> Vec<(&'static str, f64)> {
    weights.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(right.0)));
    let mut clocks: Vec<(&'static str, f64)> = Vec::new();
    for (zone, weight) in weights {
        match clocks
            .iter_mut()
            .find(|(known, _)| same_clock(known, zone, now))
        {
            Some((_, sum)) => *sum += weight,
            None => clocks.push((zone, weight)),
        }
    }
    clocks.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(right.0)));
    clocks
}
