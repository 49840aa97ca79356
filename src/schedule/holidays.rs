//! Public holidays, from the package `holidays` for Python (MIT): see `table/make.py`. Those of whole
//! countries only, for the years that the table has.

use jiff::civil::Date;

/// Country, date, name; sorted by bytes.
const HOLIDAYS: &str = include_str!("table/holidays.tsv");

/// The holiday of a country, by its ISO 3166 code, on a date.
pub fn holiday(country: &str, date: Date) -> Option<&'static str> {
    let key = format!("{country}\t{date}\t");
    let (mut low, mut high) = (0, HOLIDAYS.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = HOLIDAYS.as_bytes()[..middle]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1)
            .max(low);
        if HOLIDAYS.as_bytes()[start..] < *key.as_bytes() {
            let end = HOLIDAYS.as_bytes()[start..]
                .iter()
                .position(|byte| *byte == b'\n');
            low = end.map_or(high, |end| start + end + 1);
        } else {
            high = start;
        }
    }
    HOLIDAYS[low..].lines().next()?.strip_prefix(key.as_str())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_holiday_of_the_table_is_found_and_no_other() {
        assert!(HOLIDAYS.lines().is_sorted());
        let mut before = "";
        for line in HOLIDAYS.lines() {
            let mut cells = line.split('\t');
            let (country, date) = (cells.next().unwrap(), cells.next().unwrap());
            let day: Date = date.parse().unwrap();
            let key = &line[..country.len() + date.len() + 2];
            if key != before {
                assert_eq!(holiday(country, day), cells.next(), "{line}");
            }
            before = key;
        }
        assert_eq!(holiday("DE", date(2026, 12, 25)), Some("Christmas Day"));
        assert_eq!(holiday("DE", date(2026, 12, 24)), None);
        assert_eq!(holiday("QQ", date(2026, 12, 25)), None);
        assert_eq!(holiday("", date(2026, 12, 25)), None);
        assert_eq!(holiday("ZZ", date(2099, 12, 25)), None);
    }
}
