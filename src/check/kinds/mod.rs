//! One file for each kind of check, and the table of them all.

mod count;
mod doubled;
mod fact_used;
mod grounding;
mod if_then;
mod language;
mod length;
mod missing;
mod order;
mod past;
mod phrase;
mod placeholder;
mod ratio;
mod recipient;
mod replace;
mod rules;
mod schedule;
mod signal;
mod similar;
mod weighed;
mod weighed_pitch;

use crate::check::Kind;
use crate::check::batch::Masking;
use crate::note::Note;

/// Every kind of check.
pub static KINDS: &[&Kind] = &[
    &phrase::KIND,
    &replace::KIND,
    &doubled::KIND,
    &count::KIND,
    &length::KIND,
    &missing::KIND,
    &if_then::KIND,
    &ratio::KIND,
    &placeholder::KIND,
    &recipient::KIND,
    &order::KIND,
    &rules::KIND,
    &signal::KIND,
    &fact_used::KIND,
    &weighed::KIND,
    &weighed_pitch::KIND,
    &grounding::KIND,
    &similar::duplicate::KIND,
    &similar::near_duplicate::KIND,
    &similar::template::KIND,
    &similar::same_company::KIND,
    &similar::stale_opening::KIND,
    &similar::already_sent::KIND,
    &schedule::window::KIND,
    &schedule::past::KIND,
    &schedule::quiet::KIND,
    &schedule::unclear::KIND,
    &schedule::next::KIND,
    &schedule::zone::KIND,
    &schedule::pace::KIND,
    &schedule::together::KIND,
    &language::KIND,
    &past::already_connected::KIND,
    &past::already_pending::KIND,
    &past::resend_early::KIND,
    &past::resend_same_words::KIND,
    &past::pending_count::KIND,
    &past::weekly_pace::KIND,
    &past::rate_low::KIND,
    &past::personal_notes_left::KIND,
];

/// The words in which two notes differ, place by place.
pub(super) fn pair_details(note: &Note, twin: &Note, masking: &mut [Masking; 2]) -> Vec<String> {
    similar::near_duplicate::pair(note, twin, 0.0, masking).details
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_everything_is_described() {
        for (number, kind) in KINDS.iter().enumerate() {
            assert!(
                KINDS[..number].iter().all(|other| other.name != kind.name),
                "{}",
                kind.name
            );
            assert!(!kind.about.is_empty());
            assert!(
                kind.parameters
                    .iter()
                    .all(|(name, about)| !name.is_empty() && !about.is_empty()),
                "{}",
                kind.name
            );
        }
    }
}
