//! The user's own lists of invitations and what became of them, in any format that drafts may come in.

use std::path::PathBuf;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::history::LedgerRow;
use crate::history::Place;
use crate::history::STATUS_WORDS;
use crate::history::ledger_row;
use crate::input::InputOptions;
use crate::input::Key;
use crate::input::fold_name;
use crate::load::Loaded;
use crate::load::find_files;
use crate::load::read_files_into;
use crate::note::Note;
use crate::source::Sources;

/// Columns that mean something else in a list of what was sent than in a list of drafts.
const COLUMNS: [(&str, Key); 9] = [
    ("person", Key::FullName),
    ("contact", Key::FullName),
    ("invitee", Key::FullName),
    ("inviteeProfileUrl", Key::Profile),
    ("Sent At", Key::SendAt),
    ("Sent On", Key::SendAt),
    ("Sent", Key::SendAt),
    ("Date Sent", Key::SendAt),
    ("Date", Key::SendAt),
];

/// Rows of ledgers.
#[derive(Debug, Default)]
pub struct Ledger {
    /// What could be read.
    pub rows: Vec<LedgerRow>,
    /// The files, what is wrong in them, and those that could not be read.
    pub loaded: Loaded,
}

/// Finds the recipient's time zone in a row.
pub(super) type ZoneOf<'a> = &'a mut dyn FnMut(&Note) -> Option<jiff::tz::TimeZone>;

/// Reads ledgers. A row with something that cannot be read is told and passed over.
pub fn read_ledger(sources: Sources, paths: &[PathBuf], zone_of: ZoneOf<'_>) -> Ledger {
    let (rows, loaded) = read_list(sources, paths, zone_of);
    Ledger { rows, loaded }
}

/// Reads lists of what was sent, as rows of a ledger and as notes.
pub(super) fn read_list(
    sources: Sources,
    paths: &[PathBuf],
    zone_of: ZoneOf<'_>,
) -> (Vec<LedgerRow>, Loaded) {
    let walked = find_files(paths, &|_| false, true);
    let options = InputOptions {
        columns: COLUMNS
            .iter()
            .map(|(name, key)| (fold_name(name), *key))
            .collect(),
        note_optional: true,
        no_regions: STATUS_WORDS
            .iter()
            .map(|(word, _)| (*word).to_owned())
            .collect(),
        ..InputOptions::default()
    };
    let mut loaded = read_files_into(sources, &walked.found, &|_| &options);
    loaded.errors.extend(walked.errors);
    let mut rows = Vec::with_capacity(loaded.notes.len());
    for note in &loaded.notes {
        let place = Place {
            file: loaded.sources.get(note.text.file()).name.as_str().into(),
            line: note.line,
        };
        match ledger_row(note, place, &fold_name, zone_of) {
            Ok(Some(row)) => rows.push(row),
            // A note of which nobody says to whom it went.
            Ok(None) if !note.text.as_str().is_empty() => {}
            other => {
                let trouble = match other {
                    Err(trouble) => trouble,
                    _ => "neither a name nor a profile tells who this is".to_owned(),
                };
                let first = note.recipient.first_name.as_deref();
                let span = first.map_or_else(|| note.text.whole(), |name| name.span);
                let problem = Diagnostic::problem("broken-row", Severity::Error, span, trouble);
                loaded
                    .problems
                    .push(problem.helped("this row was passed over, the others count"));
            }
        }
    }
    (rows, loaded)
}
