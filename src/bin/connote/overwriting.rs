//! No output goes over what the run reads: drafts, lists of what was sent, and the rules stay as they are.

use std::path::Path;
use std::path::PathBuf;

use connote::load;
use connote::load::Found;

use crate::configs::name_of;
use crate::session::Session;
use crate::status::Failure;

/// An option that names a file to write, and the file.
pub(crate) type Output<'a> = (&'static str, &'a Path);

/// What a run reads.
#[derive(Default)]
pub(crate) struct Inputs<'a> {
    /// The drafts.
    pub(crate) drafts: &'a [Found],
    /// Exports, ledgers and other lists of what was sent, as they were named.
    pub(crate) past: &'a [PathBuf],
    /// Other files, and what each is in words.
    pub(crate) others: Vec<(PathBuf, &'static str)>,
}

impl<'a> Inputs<'a> {
    /// Drafts and histories, with the configurations and packs of a session.
    pub(crate) fn new(session: &Session, drafts: &'a [Found], past: &'a [PathBuf]) -> Self {
        Self {
            drafts,
            past,
            others: session.own_paths(),
        }
    }

    /// Refuses outputs that would take the place of an input.
    pub(crate) fn keep(&self, outputs: &[Output<'_>]) -> Result<(), Failure> {
        // A file may be named in several ways. What is no ordinary file, such as /dev/null, loses nothing.
        let real = |path: &Path| path.canonicalize().ok().filter(|path| path.is_file());
        let outputs = outputs.iter();
        let written: Vec<(&str, PathBuf)> = outputs
            .filter_map(|(option, path)| Some((*option, real(path)?)))
            .collect();
        // Mostly nothing is there yet: then many drafts need not be looked up.
        if written.is_empty() {
            return Ok(());
        }
        let past = load::history_files(self.past);
        let drafts = self.drafts.iter().map(|file| (file, "one of the drafts"));
        let past = past
            .iter()
            .map(|file| (file, "a list of what was sent before"));
        let named = drafts
            .chain(past)
            .map(|(file, what)| (file.path.as_path(), file.name.clone(), what));
        let others = self.others.iter();
        let others = others.map(|(path, what)| (path.as_path(), name_of(path), *what));
        for (path, name, what) in named.chain(others) {
            let Some(path) = real(path) else { continue };
            if let Some((option, _)) = written.iter().find(|(_, written)| *written == path) {
                return Err(Failure::new(format!(
                    "{option} would overwrite {name}, which is {what}"
                )));
            }
        }
        Ok(())
    }
}
