//! What was sent before: LinkedIn's export, the user's ledger, or any list of notes.

use std::path::PathBuf;

use crate::history::Archive;
use crate::history::LedgerRow;
use crate::history::note_to;
use crate::load::Found;
use crate::load::Loaded;
use crate::load::export::export_files;
use crate::load::find_files;
use crate::load::is_export;
use crate::load::ledger::ZoneOf;
use crate::load::ledger::read_list;
use crate::load::read_exports;
use crate::note::Note;
use crate::source::Sources;
use crate::span::Span;
use crate::span::Spanned;
use crate::text::SharedStr;

/// What was sent before.
#[derive(Debug, Default)]
pub struct Past {
    /// What LinkedIn's export says.
    pub archive: Archive,
    /// Rows of lists that tell when somebody was invited, or what became of it.
    pub ledger: Vec<LedgerRow>,
    /// The notes that were sent, the files, what is wrong in them, and those that could not be read.
    pub loaded: Loaded,
}

/// Reads histories. A path that is an export is read as one; others are lists of notes, which may be
/// ledgers, too. Invitations without words are no notes, but they count.
pub fn read_history(sources: Sources, paths: &[PathBuf], zone_of: ZoneOf<'_>) -> Past {
    let (exports, lists): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|path| is_export(path));
    let mut sources = sources;
    let exported = read_exports(&exports, &mut sources);
    let (mut ledger, mut loaded) = read_list(sources, &lists, zone_of);
    // A list of notes alone is no ledger.
    ledger.retain(|row| row.sent.is_some() || row.status.is_some());
    let sent = exported.archive.invitations.iter();
    let notes: Vec<Note> = sent
        .filter_map(|invitation| {
            let text = invitation.note.clone()?;
            let span = text.whole();
            let mut note = note_to(&invitation.person, text, invitation.place.to_string());
            note.line = invitation.place.line;
            note.send_at = Some(Box::new(when(invitation.sent, span)));
            Some(note)
        })
        .collect();
    loaded
        .notes
        .retain(|note| !note.text.as_str().trim().is_empty());
    loaded.notes = [notes, loaded.notes].concat();
    loaded.problems = [exported.problems, loaded.problems].concat();
    loaded.errors.extend(exported.errors);
    Past {
        archive: exported.archive,
        ledger,
        loaded,
    }
}

/// The files that are opened to read histories; what lies beside them in a folder is not among them.
pub fn history_files(paths: &[PathBuf]) -> Vec<Found> {
    let files_of = |path: &PathBuf| match is_export(path) {
        true => export_files(path),
        false => find_files(std::slice::from_ref(path), &|_| false, true).found,
    };
    paths.iter().flat_map(files_of).collect()
}

/// A moment in words.
fn when(sent: crate::history::Written, span: Span) -> Spanned<SharedStr> {
    use crate::history::Written;
    let text = match sent {
        Written::Date(date) => date.to_string(),
        Written::Clock(local) => local.strftime("%Y-%m-%d %H:%M").to_string(),
        Written::Moment(at) => at.to_string(),
    };
    Spanned::new(text.into(), span)
}
