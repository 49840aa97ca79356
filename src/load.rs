//! The only module that opens files: finds them, reads them, and hands them to their readers.

mod chunks;
mod export;
mod history;
mod ledger;
mod walk;

pub use crate::load::chunks::Chunk;
pub use crate::load::chunks::Chunks;
pub use crate::load::export::ArchiveLimits;
pub use crate::load::export::Exported;
pub use crate::load::export::is_export;
pub use crate::load::export::read_exports;
pub use crate::load::history::Past;
pub use crate::load::history::history_files;
pub use crate::load::history::read_history;
pub use crate::load::ledger::Ledger;
pub use crate::load::ledger::read_ledger;
pub use crate::load::walk::Found;
pub use crate::load::walk::Walked;
pub use crate::load::walk::find_files;

use std::fs::File;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::input::Format;
use crate::input::InputOptions;
use crate::input::Read;
use crate::input::Reader;
use crate::input::decode;
use crate::input::format_of;
use crate::input::too_large;
use crate::note::Note;
use crate::source::Source;
use crate::source::Sources;
use crate::span::FileId;

/// What the machine refused: a missing or unreadable file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong, in plain words.
    pub message: String,
}

impl Error {
    fn new(path: &Path, error: &io::Error) -> Self {
        Self {
            path: path.to_owned(),
            message: plain_words(error),
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", slashed(&self.path), self.message)
    }
}

impl std::error::Error for Error {}

/// All that was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The files.
    pub sources: Sources,
    /// The notes, in the order of the files.
    pub notes: Vec<Note>,
    /// What is wrong in the files.
    pub problems: Vec<Diagnostic>,
    /// Files that could not be read.
    pub errors: Vec<Error>,
}

/// Reads and parses files, several at a time. `options_for` gives the options of a file by its
/// number in `found`.
pub fn read_files<'o>(
    found: &[Found],
    options_for: &(dyn Fn(usize) -> &'o InputOptions + Sync),
) -> Loaded {
    read_files_into(Sources::default(), found, options_for)
}

/// The same for a run that already has sources, such as its configuration.
pub fn read_files_into<'o>(
    sources: Sources,
    found: &[Found],
    options_for: &(dyn Fn(usize) -> &'o InputOptions + Sync),
) -> Loaded {
    read_files_over(sources, found, options_for, &|_| None)
}

/// The same where some files, by their number in `found`, are read as if these bytes were in them: fixes
/// that are not written yet, what an editor holds.
pub fn read_files_over<'o, 't>(
    sources: Sources,
    found: &[Found],
    options_for: &(dyn Fn(usize) -> &'o InputOptions + Sync),
    instead: &(dyn Fn(usize) -> Option<&'t [u8]> + Sync),
) -> Loaded {
    // Each file has its number before it is opened, so that it can be parsed at once.
    let first = sources.len();
    let number = |index: usize| FileId(u32::try_from(first + index).unwrap_or(u32::MAX));
    let parsed: Vec<Parsed> = found
        .par_iter()
        .enumerate()
        .map(|(index, found)| {
            let format = format_of(&found.name);
            let limit = size_limit(format, options_for(index));
            let bytes = match instead(index) {
                Some(bytes) => bounded(bytes, bytes.len() as u64, limit),
                None => read_bytes(&found.path, limit),
            };
            match bytes {
                Ok(bytes) => parse(
                    &found.name,
                    bytes,
                    format,
                    number(index),
                    options_for(index),
                ),
                Err(error) => Parsed {
                    error: Some(Error::new(&found.path, &error)),
                    ..Parsed::empty(&found.name)
                },
            }
        })
        .collect();
    let mut loaded = Loaded {
        sources,
        ..Loaded::default()
    };
    let mut rest = Vec::with_capacity(parsed.len());
    for parsed in parsed {
        loaded.sources.add(parsed.source);
        rest.push((parsed.read, parsed.binary, parsed.error));
    }
    for (index, (read, binary, error)) in rest.into_iter().enumerate() {
        loaded.take(read);
        loaded.errors.extend(error);
        // Workbooks add sources of their own, so they come one after the other.
        if let Some(bytes) = binary
            && let Reader::Binary(reader) = format_of(&found[index].name).reader
        {
            let name = &found[index].name;
            let options = options_for(index);
            let read = reader(&bytes, name, number(index), &mut loaded.sources, options);
            loaded.take(read);
        }
    }
    loaded
}

/// Reads notes from a stream. The format is that of the file name; without one it is a plain note,
/// whatever the text looks like.
pub fn read_stdin(
    reader: impl io::Read,
    filename: Option<&str>,
    options: &InputOptions,
) -> Result<Loaded, Error> {
    read_stdin_into(Sources::default(), reader, filename, options)
}

/// The same for a run that already has sources.
pub fn read_stdin_into(
    sources: Sources,
    reader: impl io::Read,
    filename: Option<&str>,
    options: &InputOptions,
) -> Result<Loaded, Error> {
    let name = filename.unwrap_or("<stdin>");
    let format = format_of(name);
    let bytes = bounded(reader, 0, size_limit(format, options))
        .map_err(|error| Error::new(Path::new(name), &error))?;
    let file = FileId(u32::try_from(sources.len()).unwrap_or(u32::MAX));
    let parsed = parse(name, bytes, format, file, options);
    let mut loaded = Loaded {
        sources,
        ..Loaded::default()
    };
    loaded.sources.add(parsed.source);
    loaded.take(parsed.read);
    if let (Some(bytes), Reader::Binary(reader)) = (parsed.binary, format.reader) {
        let read = reader(&bytes, name, file, &mut loaded.sources, options);
        loaded.take(read);
    }
    Ok(loaded)
}

/// The text of a configuration or a rule pack.
pub fn read_text(path: &Path) -> Result<String, Error> {
    let bytes = std::fs::read(path).map_err(|error| Error::new(path, &error))?;
    String::from_utf8(bytes).map_err(|error| Error {
        path: path.to_owned(),
        message: format!(
            "not UTF-8 at byte {}; save it as UTF-8",
            error.utf8_error().valid_up_to()
        ),
    })
}

impl Loaded {
    fn take(&mut self, read: Read) {
        if self.notes.is_empty() {
            self.notes = read.notes;
        } else {
            self.notes.extend(read.notes);
        }
        self.problems.extend(read.problems);
    }
}

/// What came of one file.
struct Parsed {
    source: Source,
    read: Read,
    /// The bytes of a workbook, still to be read.
    binary: Option<Vec<u8>>,
    error: Option<Error>,
}

impl Parsed {
    fn empty(name: &str) -> Self {
        Self {
            source: Source::new(name.to_owned(), String::new()),
            read: Read::default(),
            binary: None,
            error: None,
        }
    }
}

fn size_limit(format: &Format, options: &InputOptions) -> u64 {
    let limit = if format.batch {
        options.max_batch_file_bytes
    } else {
        options.max_note_file_bytes
    };
    limit.min(u64::from(u32::MAX))
}

/// The bytes of a file, or the limit that it exceeds.
enum Bytes {
    Read(Vec<u8>),
    TooLarge(u64),
}

fn read_bytes(path: &Path, limit: u64) -> io::Result<Bytes> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > limit {
        return Ok(Bytes::TooLarge(limit));
    }
    bounded(file, size, limit)
}

/// Reads no more than the limit: a pipe does not say how long it is.
fn bounded(reader: impl io::Read, size: u64, limit: u64) -> io::Result<Bytes> {
    let mut bytes = Vec::with_capacity(usize::try_from(size + 1).unwrap_or_default());
    let read = io::Read::read_to_end(&mut io::Read::take(reader, limit + 1), &mut bytes)?;
    if read as u64 > limit {
        return Ok(Bytes::TooLarge(limit));
    }
    Ok(Bytes::Read(bytes))
}

fn parse(
    name: &str,
    bytes: Bytes,
    format: &Format,
    file: FileId,
    options: &InputOptions,
) -> Parsed {
    let mut parsed = Parsed::empty(name);
    match (bytes, format.reader) {
        (Bytes::TooLarge(limit), _) => parsed.read.problems.push(too_large(file, limit)),
        (Bytes::Read(bytes), Reader::Binary(_)) => parsed.binary = Some(bytes),
        (Bytes::Read(bytes), Reader::Text(reader)) => {
            let (source, problem) = decode(name, bytes, file);
            match problem {
                Some(problem) => parsed.read.problems.push(problem),
                None => parsed.read = reader(&source, file, options),
            }
            parsed.source = source;
        }
    }
    parsed
}

/// A path with `/` on every system.
fn slashed(path: &Path) -> String {
    let name = path.to_string_lossy();
    if cfg!(windows) {
        name.replace('\\', "/")
    } else {
        name.into_owned()
    }
}

fn plain_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        // Our own words.
        io::ErrorKind::Other if error.get_ref().is_some() => error.to_string(),
        _ => {
            let message = error.to_string();
            let end = message.find(" (os error").unwrap_or(message.len());
            format!("cannot be read: {}", &message[..end])
        }
    }
}

#[cfg(test)]
mod tests;
