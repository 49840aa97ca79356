//! Kinds that hold drafts against the history: invitations that were sent, and what became of them.

pub(super) mod already_connected;
pub(super) mod already_pending;
pub(super) mod pending_count;
pub(super) mod personal_notes_left;
pub(super) mod rate_low;
pub(super) mod resend_early;
pub(super) mod resend_same_words;
pub(super) mod weekly_pace;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::audit::Outcome;
use crate::audit::by_all;
use crate::check::Finding;
use crate::check::Past;
use crate::check::Sending;
use crate::history::Person;
use crate::note::Note;
use crate::note::NoteKind;

/// The drafts that are invitations, with their recipients.
fn invitations<'a>(past: &Past<'a>) -> impl Iterator<Item = (usize, &'a Note, Person)> {
    let notes = past.notes.iter().enumerate();
    notes
        .filter(|(_, note)| note.kind == NoteKind::Invitation)
        .map(|(number, note)| (number, *note, Person::of(&note.recipient)))
}

/// A finding at the recipient of a draft.
fn at_recipient(note: &Note) -> Finding {
    let recipient = &note.recipient;
    let fields = [
        &recipient.profile,
        &recipient.first_name,
        &recipient.last_name,
    ];
    Finding {
        place: fields.into_iter().flatten().next().map(|field| field.span),
        ..Finding::at(0..0)
    }
}

/// The outcomes of all invitations that were sent.
fn outcomes(past: &Past<'_>, sending: &Sending) -> Vec<Outcome> {
    let outcome = |sent| by_all(past.history, sent, &sending.audit, past.now);
    past.history.sent.iter().map(outcome).collect()
}

/// The date of the sender.
fn today(past: &Past<'_>, sending: &Sending) -> Date {
    let zone = sending.schedule.own_zone();
    zone.unwrap_or(TimeZone::UTC).to_datetime(past.now).date()
}
