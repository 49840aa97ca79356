//! Notes with people's labels, read for the commands that hold rules against them.

use std::path::PathBuf;

use connote::agreement::Labels;
use connote::agreement::labels;
use connote::input::make_ids_unique;
use connote::load;
use connote::note::Note;

use crate::drafts::Texts;
use crate::drafts::read;
use crate::session::Session;
use crate::session::tell;
use crate::status::Failure;

/// A corpus.
pub(crate) struct Labelled {
    pub(crate) notes: Vec<Note>,
    /// Of each note, if it has any.
    pub(crate) labels: Vec<Option<Labels>>,
    /// Something in it could not be read; it has been told.
    pub(crate) broken: bool,
    /// A file could not be read; it has been told.
    pub(crate) refused: bool,
}

/// Reads a corpus and tells what is wrong with it. Nothing if no note has labels.
pub(crate) fn labelled(
    corpus: &[PathBuf],
    session: &mut Session,
) -> Result<Option<Labelled>, Failure> {
    let walked = load::find_files(corpus, &|_| false, true);
    session.errors.extend(walked.errors);
    let mut loaded = read(&walked.found, None, session, &Texts::new())?;
    session.errors.append(&mut loaded.errors);
    let _ = make_ids_unique(&mut loaded.notes, &loaded.sources);
    for problem in &loaded.problems {
        let source = loaded.sources.get(problem.span().file);
        let line = source.line_number(problem.span().start as usize);
        tell(&format!("{}:{line}: {}", source.name, problem.message));
    }
    let mut known = Vec::with_capacity(loaded.notes.len());
    let mut broken = !loaded.problems.is_empty();
    for note in &loaded.notes {
        known.push(labels(note).unwrap_or_else(|trouble| {
            tell(&format!("{}: {trouble}", note.id));
            broken = true;
            None
        }));
    }
    let refused = session.tell_errors();
    if known.iter().all(Option::is_none) {
        if !refused {
            tell(
                "no note here has labels: give the columns reference, reason and value, each 0, 1 or 2, or an object `labels` with P, R and V",
            );
        }
        return Ok(None);
    }
    Ok(Some(Labelled {
        notes: loaded.notes,
        labels: known,
        broken,
        refused,
    }))
}
