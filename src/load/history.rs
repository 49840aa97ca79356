//! Notes that were sent before: any file that drafts may come in, or LinkedIn's own export.

use std::path::PathBuf;

use crate::input::InputOptions;
use crate::input::Key;
use crate::input::fold_name;
use crate::load::Loaded;
use crate::load::find_files;
use crate::load::read_files_into;
use crate::note::Note;
use crate::source::Sources;

/// Columns that mean something else in a history than in a list of drafts. The first ones are those of
/// `Invitations.csv` in LinkedIn's export.
const COLUMNS: [(&str, Key); 6] = [
    ("inviteeProfileUrl", Key::Profile),
    ("Sent At", Key::SendAt),
    ("Sent On", Key::SendAt),
    ("Sent", Key::SendAt),
    ("Date Sent", Key::SendAt),
    ("Date", Key::SendAt),
];

/// Reads histories. A folder is taken to be an unpacked export: of several files in it only those named
/// `Invitations` count. Invitations that came in, and those without words, are left out.
pub fn read_history(sources: Sources, paths: &[PathBuf]) -> Loaded {
    let walked = find_files(paths, &|_| false, true);
    let is_export = |name: &str| {
        let file = name.rsplit('/').next().unwrap_or(name).to_lowercase();
        file.starts_with("invitations")
    };
    let mut found = walked.found;
    if paths.iter().any(|path| path.is_dir()) && found.iter().any(|file| is_export(&file.name)) {
        found.retain(|file| is_export(&file.name) || paths.contains(&file.path));
    }
    let options = InputOptions {
        columns: COLUMNS
            .iter()
            .map(|(name, key)| (fold_name(name), *key))
            .collect(),
        ..InputOptions::default()
    };
    let mut loaded = read_files_into(sources, &found, &|_| &options);
    loaded
        .notes
        .retain(|note| !note.text.as_str().trim().is_empty() && !came_in(note));
    loaded.errors.extend(walked.errors);
    loaded
}

/// Whether a row of the export is an invitation that somebody else sent.
fn came_in(note: &Note) -> bool {
    note.extra.iter().any(|(name, value)| {
        fold_name(name) == "direction" && value.value.trim().eq_ignore_ascii_case("incoming")
    })
}
