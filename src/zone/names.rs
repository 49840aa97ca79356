//! How profiles dress the name of a place: "Greater X Area", "X y alrededores", "City of X".

use crate::text::fold::fold;

/// Words before the name, folded. Those that speak of a large town come first.
const BEFORE: [&str; 36] = [
    "greater",
    "metropolitan area of",
    "area metropolitana de",
    "area metropolitana di",
    "metro",
    "metropolitan city of",
    "metropolregion",
    "grossraum",
    "region metropolitaine de",
    "region metropolitana de",
    "grande",
    "gran",
    "grand",
    "stor",
    "groot",
    "regiao metropolitana de",
    "city of",
    "city and county of",
    "municipality of",
    "ciudad de",
    "cidade de",
    "ville de",
    "stadt",
    "comune di",
    "province of",
    "provincia de",
    "provincia di",
    "state of",
    "estado de",
    "region de",
    "region of",
    "regione",
    "county of",
    "district of",
    "departamento de",
    "kreis",
];

/// Words behind the name, folded, the longer ones first.
const BEHIND: [&str; 44] = [
    "metropolitan statistical area",
    "city metropolitan area",
    "metropolitan area",
    "metropolitan region",
    "metropolitan city",
    "metropolitan district",
    "metroplex",
    "metro area",
    "metro region",
    "bay area",
    "capital region",
    "und umgebung",
    "y alrededores",
    "et peripherie",
    "et environs",
    "e regiao",
    "e dintorni",
    "en omgeving",
    "og omegn",
    "och omnejd",
    "i okolice",
    "a okoli",
    "si imprejurimi",
    "ve cevresi",
    "governorate",
    "prefecture",
    "municipality",
    "voivodeship",
    "province",
    "oblast",
    "krai",
    "county",
    "district",
    "region",
    "area",
    "metro",
    "state",
    "city",
    "urban area",
    "regency",
    "division",
    "emirate",
    "canton",
    "ncr",
];

/// Of [`BEFORE`] and [`BEHIND`] those that speak of a large town, so that the largest one of the name
/// is meant.
const LARGE: [&str; 30] = [
    "greater",
    "metropolitan area of",
    "area metropolitana de",
    "area metropolitana di",
    "metro",
    "metropolitan city of",
    "metropolregion",
    "grossraum",
    "region metropolitaine de",
    "region metropolitana de",
    "grande",
    "gran",
    "grand",
    "stor",
    "groot",
    "regiao metropolitana de",
    "metropolitan statistical area",
    "city metropolitan area",
    "metropolitan area",
    "metropolitan region",
    "metropolitan city",
    "metropolitan district",
    "metroplex",
    "metro area",
    "metro region",
    "bay area",
    "capital region",
    "area",
    "urban area",
    "e regiao",
];

/// A form of a name that may stand in a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Variant {
    /// Folded.
    pub(super) name: String,
    /// Whether a large town is meant.
    pub(super) large: bool,
    /// Whether words of the name itself were left away.
    pub(super) cut: bool,
}

/// Letters and digits with single spaces, folded; apostrophes join what they part.
pub fn plain(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len());
    for letter in folded.chars() {
        if "'’`ʻʼ".contains(letter) {
            continue;
        }
        if letter.is_alphanumeric() {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The forms of a name, the least changed first.
pub(super) fn variants(text: &str) -> Vec<Variant> {
    let whole = plain(text);
    let mut found: Vec<Variant> = Vec::new();
    let mut add = |name: &str, large: bool, cut: bool| {
        let mut one = |name: String| {
            if !name.is_empty() && found.iter().all(|known| known.name != name) {
                found.push(Variant { name, large, cut });
            }
        };
        one(name.to_owned());
        if let Some(rest) = name.strip_prefix("saint ") {
            one(format!("st {rest}"));
        } else if let Some(rest) = name.strip_prefix("st ") {
            one(format!("saint {rest}"));
        }
    };
    // Take words off until nothing comes off any more.
    let mut all = vec![(whole, false)];
    let mut at = 0;
    while let Some((name, large)) = all.get(at).cloned() {
        add(&name, large, false);
        // The shorter ones first: "Mexico City Metropolitan Area" is that of Mexico City.
        for word in BEHIND.into_iter().rev() {
            if let Some(rest) = name
                .strip_suffix(word)
                .and_then(|rest| rest.strip_suffix(' '))
            {
                all.push((rest.to_owned(), large || LARGE.contains(&word)));
            }
        }
        for word in BEFORE {
            if let Some(rest) = name
                .strip_prefix(word)
                .and_then(|rest| rest.strip_prefix(' '))
            {
                all.push((rest.to_owned(), large || LARGE.contains(&word)));
            }
        }
        at += 1;
    }
    // "Dallas-Fort Worth", "Berlin/Brandenburg", "Cologne & Bonn": the first of several towns.
    let joined = text.contains(['-', '–', '/', '&', '+']) || text.contains(" and ");
    let dressed = all.len() > 1;
    let shortest = all.last().cloned();
    if let Some((name, large)) = shortest
        && (joined || dressed)
    {
        let mut rest = name.as_str();
        while let Some((front, _)) = rest.rsplit_once(' ') {
            add(front, large, true);
            rest = front;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dress_is_taken_off() {
        let names = |text: &str| {
            let names = variants(text).into_iter().map(|variant| variant.name);
            names.collect::<Vec<String>>()
        };
        assert_eq!(names("Berlin"), ["berlin"]);
        assert!(names("Greater Seattle Area").contains(&"seattle".to_owned()));
        assert!(names("München und Umgebung").contains(&"munchen".to_owned()));
        assert!(names("St. Louis").contains(&"saint louis".to_owned()));
        assert!(names("Dallas-Fort Worth Metroplex").contains(&"dallas".to_owned()));
        // What is part of the name is tried with it first.
        assert_eq!(names("Mexico City")[0], "mexico city");
        assert!(variants("").is_empty() && variants(", -").is_empty());
        let large = |text: &str| variants(text).last().is_some_and(|last| last.large);
        assert!(large("Greater Boston") && !large("Orange County"));
    }
}
