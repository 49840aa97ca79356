//! The journal: marks and edits beside the batch, written as they are made, so that nothing is lost
//! however the program ends. JSON Lines; the last line about a note counts.

use std::collections::HashMap;
use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::fs::TryLockError;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use connote::note::Note;
use connote::note::field_str;
use serde::Deserialize;
use serde::Serialize;

use crate::review::state::Item;
use crate::review::state::Mark;
use crate::status::reason;

/// What the name of a journal ends with.
pub(super) const ENDING: &str = ".connote-review";
/// The first line, which says what the file is.
const HEAD: &str = "{\"connote_review\":1}\n";

/// What is kept of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) key: String,
    /// For whoever reads the file.
    pub(super) id: String,
    pub(super) mark: Mark,
    /// New words.
    pub(super) words: Option<String>,
    /// An edit that is not finished.
    pub(super) draft: Option<String>,
}

impl Kept {
    /// Whether it says anything.
    fn is_something(&self) -> bool {
        self.mark != Mark::Open || self.words.is_some() || self.draft.is_some()
    }
}

/// A line.
#[derive(Serialize, Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    key: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    id: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    mark: std::borrow::Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    words: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    draft: Option<String>,
}

fn line(kept: &Kept) -> String {
    let entry = Entry {
        key: (&kept.key).into(),
        id: (&kept.id).into(),
        mark: kept.mark.name().into(),
        words: kept.words.clone(),
        draft: kept.draft.clone(),
    };
    // Strings in a flat object: this cannot fail.
    let line = serde_json::to_string(&entry).unwrap_or_default();
    format!("{line}\n")
}

/// What the lines of a journal say, note by note. A line that was cut off, or means nothing, is passed over.
pub(super) fn parse(text: &str) -> HashMap<String, Kept> {
    let entries = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Entry<'_>>(line).ok());
    entries
        .filter_map(|entry| {
            let mark = Mark::NAMES.iter().find(|(name, _)| *name == entry.mark);
            let kept = Kept {
                key: entry.key.into_owned(),
                id: entry.id.into_owned(),
                mark: mark?.1,
                words: entry.words,
                draft: entry.draft,
            };
            Some((kept.key.clone(), kept))
        })
        .collect()
}

/// Where the journal of a batch lies: named as the batch was, where that leads there.
pub(super) fn path_of(batch: &Path) -> io::Result<PathBuf> {
    let whole = batch.canonicalize()?;
    let name = whole.file_name().unwrap_or_default().to_string_lossy();
    let name = format!(".{name}{ENDING}");
    let beside = batch.parent().filter(|_| batch.file_name().is_some());
    let folder = beside.map(|folder| match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    });
    let is_there = folder
        .and_then(|folder| folder.canonicalize().ok())
        .as_deref()
        == whole.parent();
    Ok(match beside.filter(|_| is_there) {
        Some(folder) => folder.join(name),
        None => whole.with_file_name(name),
    })
}

/// A journal that is open, and nobody else's meanwhile.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: Option<File>,
}

impl Journal {
    /// Opens the journal and says what is in it. An error is told in plain words.
    pub(super) fn open(path: PathBuf) -> Result<(Self, HashMap<String, Kept>), String> {
        let failed = |error: &io::Error| reason(error);
        let mut journal = Self { path, file: None };
        let text = match fs::symlink_metadata(&journal.path) {
            // A link could lead anywhere.
            Ok(meta) if !meta.is_file() => {
                return Err(format!("{} is no ordinary file", journal.path.display()));
            }
            Ok(_) => {
                journal.file = Some(journal.locked()?);
                fs::read(&journal.path).map_err(|error| failed(&error))?
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(failed(&error)),
        };
        let known = parse(&String::from_utf8_lossy(&text));
        Ok((journal, known))
    }

    /// Opens the file for adding lines, or says that another review has it.
    fn locked(&self) -> Result<File, String> {
        let mut options = OpenOptions::new();
        let file = options.append(true).create(true).open(&self.path);
        let file = file.map_err(|error| reason(&error))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(IN_USE.to_owned()),
            // Some file systems know no locks.
            Err(TryLockError::Error(_)) => Ok(file),
        }
    }

    /// Writes down what is known of a note. `all` are the notes, for a journal that is yet to be begun.
    pub(super) fn keep(&mut self, item: &Item, all: &[Item]) -> Result<(), String> {
        if self.file.is_none() {
            return self.rewrite(all);
        }
        let written = self.file.as_mut().map(|file| {
            // One write a line: a line is there as a whole, or cut off at the end of the file.
            file.write_all(line(&item.kept()).as_bytes())?;
            // What somebody types need not be on the disk at every key, only with the system.
            match item.draft {
                Some(_) => Ok(()),
                None => file.sync_data(),
            }
        });
        written.unwrap_or(Ok(())).map_err(|error| reason(&error))
    }

    /// Writes the journal anew, in one step.
    pub(super) fn rewrite(&mut self, all: &[Item]) -> Result<(), String> {
        let failed = |error: io::Error| reason(&error);
        let folder = self
            .path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let mut new = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        let kept = all.iter().map(Item::kept).filter(Kept::is_something);
        let text: String = std::iter::once(HEAD.to_owned())
            .chain(kept.map(|kept| line(&kept)))
            .collect();
        new.write_all(text.as_bytes()).map_err(failed)?;
        new.as_file().sync_all().map_err(failed)?;
        new.persist(&self.path)
            .map_err(|error| failed(error.error))?;
        self.file = Some(self.locked()?);
        Ok(())
    }

    /// Takes the journal away: nothing is left to keep.
    pub(super) fn remove(&mut self) {
        self.file = None;
        // If it stays, the next review finds marks that it shows.
        let _ = fs::remove_file(&self.path);
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// What is said when two reviews want one batch.
pub(super) const IN_USE: &str = "another review of this batch is open";

/// What tells a note from others in this run and the next: the words, for whom, in which file, and a
/// number for those that are the same in all that.
#[derive(Default)]
pub(super) struct Keys {
    seen: HashMap<u64, usize>,
}

impl Keys {
    /// The key of the next note.
    pub(super) fn key(&mut self, note: &Note, file: &str) -> String {
        let recipient = &note.recipient;
        let id = note.id_span.map(|_| &*note.id);
        let parts = [
            Some(file),
            id,
            field_str(&recipient.first_name),
            field_str(&recipient.last_name),
            field_str(&recipient.company),
            field_str(&recipient.profile),
            Some(note.text.as_str()),
        ];
        let mut hash = FNV_START;
        for part in parts {
            let bytes = part.unwrap_or_default().bytes();
            // No text holds this byte, so parts cannot run into each other.
            for byte in bytes.chain([0xff]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
            }
        }
        let number = self.seen.entry(hash).or_default();
        *number += 1;
        format!("{hash:016x}.{number}")
    }
}

// FNV-1a, 64 bits: the same on every machine and in every version, unlike those of the libraries.
const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// Gives notes what the journal has of them. Says how many got something, and how many entries fit none.
pub(super) fn resume(items: &mut [Item], mut known: HashMap<String, Kept>) -> (usize, usize) {
    let mut resumed = 0;
    for item in items {
        let Some(kept) = known.remove(&item.key) else {
            continue;
        };
        resumed += usize::from(kept.is_something());
        item.mark = kept.mark;
        item.draft = kept.draft;
        if let Some(words) = kept.words.filter(|words| !words.trim().is_empty()) {
            item.words = words;
        }
    }
    let lost = known.values().filter(|kept| kept.is_something());
    (resumed, lost.count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::testing::items;

    #[test]
    fn what_is_kept_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".a.csv.connote-review");
        let mut all = items(&["Hi Ana", "Hi Bo", "Hi Bo"]);
        let (mut journal, known) = Journal::open(path.clone()).unwrap();
        assert!(known.is_empty());
        assert!(!path.exists(), "a look leaves no file");
        all[2].mark = Mark::Skip;
        journal.keep(&all[2], &all).unwrap();
        all[0].mark = Mark::Ready;
        all[0].words = "Hi \"Ana\",\nso".into();
        journal.keep(&all[0], &all).unwrap();
        all[1].draft = Some("Hi B".into());
        journal.keep(&all[1], &all).unwrap();
        assert_eq!(Journal::open(path.clone()).unwrap_err(), IN_USE);
        drop(journal);
        // The program was ended in the middle of a line.
        let mut text = fs::read_to_string(&path).unwrap();
        text.push_str("{\"key\":\"");
        fs::write(&path, text).unwrap();
        let (_, known) = Journal::open(path).unwrap();
        let mut fresh = items(&["Hi Ana", "Hi Bo", "Hi Bo"]);
        assert_eq!(resume(&mut fresh, known), (3, 0));
        let state = |all: &[Item]| all.iter().map(Item::kept).collect::<Vec<Kept>>();
        assert_eq!(state(&fresh), state(&all));
    }

    #[test]
    fn a_changed_batch_keeps_what_still_fits() {
        let mut old = items(&["Hi Ana", "Hi Bo", "Hi Cy"]);
        old.iter_mut().for_each(|item| item.mark = Mark::Ready);
        let known = || {
            old.iter()
                .map(|item| (item.key.clone(), item.kept()))
                .collect()
        };
        let mut new = items(&["Hi New", "Hi Cy", "Hi Ana, changed", "Hi Bo"]);
        assert_eq!(resume(&mut new, known()), (2, 1));
        let marks: Vec<Mark> = new.iter().map(|item| item.mark).collect();
        assert_eq!(marks, [Mark::Open, Mark::Ready, Mark::Open, Mark::Ready]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        std::os::unix::fs::symlink(folder.path().join("elsewhere"), &path).unwrap();
        assert!(
            Journal::open(path)
                .unwrap_err()
                .contains("no ordinary file")
        );
    }
}
