//! What the run as a whole says about one note.

use std::ops::Range;

use crate::lint::judge::Signed;

/// What the run as a whole says about one note.
#[derive(Debug, Default)]
pub(super) struct About {
    /// Findings to sign.
    pub(super) findings: Vec<Signed>,
    /// Rules whose groups it belongs to: their points are taken off.
    pub(super) rules: Vec<usize>,
    /// Whether one of these groups is found at the level of an error.
    pub(super) is_held: bool,
    /// Rules that it allows and that would have found it.
    pub(super) spared: Vec<usize>,
    /// The bytes of its text that other notes do not have; none where nothing is known to be shared.
    pub(super) own: Option<Vec<Range<u32>>>,
}

impl About {
    /// Adds a finding. Most notes have one or two, and room for more would cost more than the findings.
    pub(super) fn add(&mut self, signed: Signed) {
        self.findings.reserve_exact(1);
        self.findings.push(signed);
    }

    /// Other notes have all of this one but some places: what is its own by every group stays so.
    pub(super) fn shares(&mut self, own: &[Range<u32>]) {
        match &mut self.own {
            None => self.own = Some(own.to_vec()),
            Some(known) => known.retain(|place| {
                own.iter()
                    .any(|other| other.start < place.end && place.start < other.end)
            }),
        }
    }
}
