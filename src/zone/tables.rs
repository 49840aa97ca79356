//! The embedded tables: text sorted by bytes, searched as it stands, so that they cost nothing before
//! they are used. `table/make.py` writes them.

/// Cities: name, country, state, zone, size.
const CITIES: &str = include_str!("table/cities.tsv");
/// Names of countries.
const COUNTRIES: &str = include_str!("table/countries.tsv");
/// Names of states.
const STATES: &str = include_str!("table/states.tsv");
/// Who lives in which zone, by country and state.
const SHARES: &str = include_str!("table/shares.tsv");
/// The zones that the others number.
const ZONES: &str = include_str!("table/zones.tsv");

/// A city.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct City {
    /// ISO 3166 code.
    pub(super) country: &'static str,
    /// Code of the state, in the countries that have them here; else empty.
    pub(super) state: &'static str,
    /// Name of its zone.
    pub(super) zone: &'static str,
    /// About so many people.
    pub(super) people: f64,
}

/// The cities of a folded name.
pub(super) fn cities(name: &str) -> impl Iterator<Item = City> {
    lines(CITIES, name).filter_map(|line| {
        let mut cells = line.split('\t').skip(1);
        let (country, state) = (cells.next()?, cells.next()?);
        let zone = zone(cells.next()?)?;
        // The size is a binary logarithm times ten.
        let size: f64 = cells.next()?.parse().ok()?;
        Some(City {
            country,
            state,
            zone,
            people: (size / 10.0).exp2(),
        })
    })
}

/// The country of a folded name.
pub(super) fn country(name: &str) -> Option<&'static str> {
    lines(COUNTRIES, name).next()?.split('\t').nth(1)
}

/// The states of a folded name or code: country and state.
pub(super) fn states(name: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(STATES, name).filter_map(|line| {
        let mut cells = line.split('\t').skip(1);
        Some((cells.next()?, cells.next()?))
    })
}

/// The zones of a country, or of one of its states, each with its share of the inhabitants, 0 to 1.
pub(super) fn shares(country: &str, state: &str) -> Vec<(&'static str, f64)> {
    let of_state = |line: &&str| line.split('\t').nth(1) == Some(state);
    lines(SHARES, country)
        .filter(of_state)
        .filter_map(|line| {
            let mut cells = line.split('\t').skip(2);
            let zone = zone(cells.next()?)?;
            let share: f64 = cells.next()?.parse().ok()?;
            Some((zone, share / 1000.0))
        })
        .collect()
}

fn zone(number: &str) -> Option<&'static str> {
    ZONES.lines().nth(number.parse().ok()?)
}

/// The lines of a sorted table whose first cell is `key`.
fn lines(table: &'static str, key: &str) -> impl Iterator<Item = &'static str> {
    let first = |at: usize| {
        let line = &table[at..];
        &line[..line.find('\t').unwrap_or(line.len())]
    };
    // The start of the first line whose first cell is not less than the key.
    let (mut low, mut high) = (0, table.len());
    while low < high {
        let middle = floor(table, low + (high - low) / 2);
        let start = table[..middle].rfind('\n').map_or(0, |at| at + 1).max(low);
        if first(start).as_bytes() < key.as_bytes() {
            low = table[start..].find('\n').map_or(high, |at| start + at + 1);
        } else {
            high = start;
        }
    }
    let key = key.to_owned();
    table[low..].lines().take_while(move |line| {
        line.strip_prefix(key.as_str())
            .is_some_and(|rest| rest.starts_with('\t'))
    })
}

/// The start of the character that holds a byte.
fn floor(table: &str, mut at: usize) -> usize {
    while !table.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_table_is_found_by_its_first_cell() {
        for table in [CITIES, COUNTRIES, STATES, SHARES] {
            assert!(table.lines().is_sorted());
            // Every seventh is enough, and the ends.
            let all = table.lines().step_by(7).chain(table.lines().last());
            for line in all {
                let key = line.split('\t').next().unwrap_or_default();
                assert!(lines(table, key).any(|found| found == line), "{line}");
            }
        }
        for name in ["", "zzzzzz", "\u{10ffff}", "a", "berlin berlin"] {
            assert_eq!(lines(CITIES, name).count(), 0, "{name}");
        }
    }

    #[test]
    fn cells_are_read() {
        let berlin = cities("berlin").max_by(|a, b| a.people.total_cmp(&b.people));
        let berlin = berlin.map(|city| (city.country, city.state, city.zone));
        assert_eq!(berlin, Some(("DE", "", "Europe/Berlin")));
        assert_eq!(country("deutschland"), Some("DE"));
        assert_eq!(states("oregon").collect::<Vec<_>>(), [("US", "OR")]);
        assert!(shares("US", "TX").len() > 1);
        let sum: f64 = shares("MX", "").iter().map(|(_, share)| share).sum();
        assert!((sum - 1.0).abs() < 0.02);
    }

    #[test]
    fn the_tables_stay_small() {
        let size = [CITIES, COUNTRIES, STATES, SHARES, ZONES]
            .iter()
            .map(|table| table.len());
        assert!(size.sum::<usize>() < 1_500_000);
    }
}
