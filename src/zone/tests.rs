//! Places as profiles show them, written before the resolver was run on them.

use jiff::Timestamp;

use super::*;

const PLACES: &str = include_str!("../../tests/it/places.tsv");

#[test]
fn places_get_their_zones() {
    let now: Timestamp = "2026-11-27T00:00:00Z".parse().unwrap();
    let (mut all, mut right) = (0, 0);
    let mut missed = Vec::new();
    let mut wrong = Vec::new();
    for line in PLACES.lines() {
        let (text, expected) = line.split_once('\t').unwrap();
        let found = place(text, now);
        all += 1;
        match (found.zone, expected) {
            (None, "?") => right += 1,
            (Some(zone), expected) if expected != "?" && same_clock(zone, expected, now) => {
                right += 1;
            }
            (Some(zone), _) => wrong.push(format!("{text}: {zone} {:?}", found.confidence)),
            (None, _) => missed.push(format!("{text}: {found:?}")),
        }
        // A zone comes with the certainty of one, and nothing else does.
        let certain = matches!(found.confidence, Confidence::Stated | Confidence::Likely);
        assert_eq!(found.zone.is_some(), certain, "{text}");
    }
    println!("{right} of {all} places; missed {missed:#?}");
    assert!(all >= 200, "{all} places");
    assert!(wrong.is_empty(), "{wrong:#?}\nmissed {missed:#?}");
    assert!(right * 100 >= all * 97, "{right} of {all}: {missed:#?}");
}
