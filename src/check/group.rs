//! Checks that find groups of notes, and what they say of a group.

use std::ops::Range;

use crate::check::Batch;
use crate::check::Finding;
use crate::check::NoteTemplate;
use crate::check::batch::Component;

/// A check over all notes that finds groups of notes which resemble each other.
pub trait GroupCheck: Send + Sync {
    /// The groups.
    fn check(&self, batch: &Batch<'_>, exceptions: &Exceptions<'_>) -> Groups;

    /// Whether its groups tell all about their notes, so that checks which say less pass them over.
    fn claims(&self) -> bool {
        false
    }
}

/// Notes that are not like the others to a check, by their numbers.
#[derive(Clone, Copy)]
pub struct Exceptions<'a> {
    /// They take no part in any group.
    pub left_out: &'a (dyn Fn(u32) -> bool + Sync),
    /// A check that claims its notes has told of them.
    pub claimed: &'a (dyn Fn(u32) -> bool + Sync),
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Groups {
    /// The groups, by their first note.
    pub found: Vec<Group>,
    /// Notes that were left out of a group that they would belong to.
    pub spared: Vec<u32>,
}

/// Notes that resemble each other.
#[derive(Debug, Default)]
pub struct Group {
    /// What such a group is called in the report; none if the note is like one that is not in the run.
    pub cluster: Option<&'static str>,
    /// Numbers of the notes, ascending.
    pub members: Vec<u32>,
    /// How alike they are, 0 to 1.
    pub similarity: f64,
    /// What is said, each with the number of its note; at least one.
    pub findings: Vec<(u32, Finding)>,
    /// What the members share, and the places of its own in each.
    pub template: Option<Shared>,
    /// The members' words are no personal ones where they are not their own.
    pub impersonal: bool,
}

/// The template of a group, and which of its notes are members.
#[derive(Debug)]
pub struct Shared {
    /// The template.
    pub template: NoteTemplate,
    /// For each member its place among the notes of the template.
    pub places: Vec<u32>,
}

impl Group {
    /// The bytes of a member's text that are its own, by the member's position. Without a template
    /// all of the text is shared.
    pub fn own(&self, member: usize) -> &[Range<u32>] {
        self.template.as_ref().map_or(&[], |shared| {
            &shared.template.own[shared.places[member] as usize]
        })
    }
}

impl Groups {
    /// The notes that take part; the others are spared.
    pub(super) fn present(&mut self, notes: &[u32], exceptions: &Exceptions<'_>) -> Vec<u32> {
        let left_out = |note: &&u32| (exceptions.left_out)(**note);
        let (out, present): (Vec<u32>, Vec<u32>) = notes.iter().partition(left_out);
        self.spared.extend(out);
        present
    }

    /// The places among the notes of a component of those that take part; the others are spared.
    pub(super) fn present_places(
        &mut self,
        component: &Component,
        exceptions: &Exceptions<'_>,
    ) -> Vec<u32> {
        let left_out = exceptions.left_out;
        let places = 0..component.notes.len() as u32;
        let (out, present): (Vec<u32>, Vec<u32>) =
            places.partition(|place| left_out(component.notes[*place as usize]));
        self.spared
            .extend(out.into_iter().map(|place| component.notes[place as usize]));
        present
    }
}
