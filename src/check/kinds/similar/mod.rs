//! Kinds that look for notes which resemble each other, and what they share: parameters, labels for the
//! other notes, who is whom.

pub(super) mod already_sent;
pub(super) mod duplicate;
pub(super) mod near_duplicate;
pub(in crate::check::kinds) mod parameters;
mod people;
pub(super) mod same_company;
pub(super) mod stale_opening;
pub(super) mod template;

use crate::check::Batch;
use crate::check::Finding;

/// Other notes that a finding points at; the group has them all.
const POINTED_AT: usize = 8;

/// A finding about all of a note, which points at some of the others of its group.
fn about_group(batch: &Batch<'_>, members: &[u32], own: &str, others: &str) -> Finding {
    let note = batch.notes[members[0] as usize];
    let mut finding = Finding::at(0..note.text.as_str().trim_end().len())
        .labelled(own)
        .with("count", members.len());
    finding.elsewhere = members[1..]
        .iter()
        .take(POINTED_AT)
        .map(|&other| (batch.notes[other as usize].text.whole(), others.to_owned()))
        .collect();
    finding
}

/// A fraction as people write it: "82 %".
fn percent(fraction: f64) -> String {
    // Never "100 %" for what is not equal, never "0 %" for what shares something.
    let whole = (fraction * 100.0).round();
    let whole = if fraction < 1.0 {
        whole.min(99.0)
    } else {
        whole
    };
    format!("{whole:.0} %")
}
