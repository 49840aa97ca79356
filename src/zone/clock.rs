//! Zones as clocks: which names there are, and which show the same time.

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// How far ahead two clocks must agree to be the same: two years, looked at once a week.
const WEEKS: i32 = 104;

/// The zone of an IANA name in any case, from the database in the program.
pub fn known_zone(name: &str) -> Option<TimeZone> {
    // A path or a space is no name; the database would only search for it.
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/_+-".contains(letter);
    if name.is_empty() || !name.chars().all(plain) {
        return None;
    }
    TimeZone::get(name).ok()
}

/// Whether two zones show the same time from a moment on, by the rules that are known now.
pub fn same_clock(left: &str, right: &str, from: Timestamp) -> bool {
    if left == right {
        return true;
    }
    let (Some(left), Some(right)) = (known_zone(left), known_zone(right)) else {
        return false;
    };
    let week = SignedDuration::from_hours(7 * 24);
    (0..=WEEKS)
        .filter_map(|weeks| from.checked_add(week * weeks).ok())
        .all(|moment| left.to_offset(moment) == right.to_offset(moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_compared_by_what_they_show() {
        let now: Timestamp = "2026-11-27T00:00:00Z".parse().unwrap();
        assert!(same_clock("Europe/Berlin", "Europe/Paris", now));
        assert!(same_clock("Asia/Calcutta", "Asia/Kolkata", now));
        assert!(!same_clock("Europe/Berlin", "Africa/Algiers", now));
        assert!(!same_clock("America/Phoenix", "America/Denver", now));
        // British Columbia stopped changing its clocks in 2026, Washington did not.
        assert!(!same_clock("America/Vancouver", "America/Los_Angeles", now));
        assert!(known_zone("europe/berlin").is_some());
        assert!(known_zone("Mars/Olympus").is_none());
        assert!(known_zone("../etc/passwd").is_none());
    }
}
