//! LinkedIn's data export on the disk: the archive as it was downloaded, its folder, or a single table.

use std::cell::Cell;
use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use zip::ZipArchive;

use crate::diagnostic::Diagnostic;
use crate::export::Limits;
use crate::export::Reader;
use crate::export::Table;
use crate::history::Archive;
use crate::load::Error;
use crate::load::Found;
use crate::load::find_files;
use crate::load::plain_words;
use crate::load::slashed;
use crate::source::Sources;

/// What an archive may be, at most.
#[derive(Clone, Copy, Debug)]
pub struct ArchiveLimits {
    /// Files in it. An export has some fifty.
    pub files: usize,
    /// Bytes of its tables, unpacked, all together.
    pub bytes: u64,
    /// A file that unpacks to so many times its size is a trap. Tables shrink to a tenth, hardly to less.
    pub ratio: u64,
    /// The ratio counts from so many bytes on.
    pub ratio_from: u64,
}

impl Default for ArchiveLimits {
    fn default() -> Self {
        Self {
            files: 10_000,
            bytes: 8 << 30,
            ratio: 200,
            ratio_from: 32 << 20,
        }
    }
}

/// Tables that were read.
#[derive(Debug, Default)]
pub struct Exported {
    /// What they say.
    pub archive: Archive,
    /// Broken rows.
    pub problems: Vec<Diagnostic>,
    /// What could not be read at all.
    pub errors: Vec<Error>,
}

/// Whether a path may be an export: a zip archive, or a file or folder with a table of one.
pub fn is_export(path: &Path) -> bool {
    is_zip(path) || !tables_at(path).is_empty()
}

/// The files of an export: the archive, or the tables.
pub(super) fn export_files(path: &Path) -> Vec<Found> {
    if is_zip(path) {
        return vec![Found {
            path: path.to_owned(),
            name: slashed(path),
        }];
    }
    let tables = tables_at(path).into_iter();
    tables
        .map(|place| Found {
            path: place.path,
            name: place.name,
        })
        .collect()
}

/// Reads exports. Several, such as those of different years, are put together.
pub fn read_exports(paths: &[PathBuf], sources: &mut Sources) -> Exported {
    read_exports_within(paths, sources, ArchiveLimits::default())
}

fn read_exports_within(
    paths: &[PathBuf],
    sources: &mut Sources,
    limits: ArchiveLimits,
) -> Exported {
    let mut exported = Exported::default();
    let mut reader = Reader::new(Limits::default());
    let mut places = Vec::new();
    for path in paths {
        match tables_of(path, limits) {
            Ok(found) => places.extend(found),
            Err(error) => exported.errors.push(error),
        }
    }
    // Invitations before messages: of those only some are kept.
    places.sort_by_key(|place| place.table);
    for place in &places {
        let read = |input: &mut dyn Read| reader.read(&place.name, input, sources);
        if let Err(error) = place.open(limits, read) {
            exported.errors.push(Error {
                path: PathBuf::from(&place.name),
                message: plain_words(&error),
            });
        }
    }
    exported.archive = reader.archive;
    exported.problems = reader.problems;
    exported
}

/// A table, and where it lies.
struct Place {
    table: Table,
    /// Its name in outputs.
    name: String,
    path: PathBuf,
    /// Its number in an archive.
    entry: Option<usize>,
}

impl Place {
    fn open(
        &self,
        limits: ArchiveLimits,
        read: impl FnOnce(&mut dyn Read) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut file = File::open(&self.path)?;
        match self.entry {
            None => read(&mut file),
            Some(entry) => {
                let mut archive = ZipArchive::new(file).map_err(zip_error)?;
                let total = Cell::new(0);
                with_entry(&mut archive, entry, limits, &total, |input| read(input))
            }
        }
    }
}

fn is_zip(path: &Path) -> bool {
    let mut start = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && (start == *b"PK\x03\x04" || start == *b"PK\x05\x06")
}

/// The tables of a path, or why it has none.
fn tables_of(path: &Path, limits: ArchiveLimits) -> Result<Vec<Place>, Error> {
    let metadata = std::fs::metadata(path).map_err(|error| Error::new(path, &error))?;
    let error = |message: String| Error {
        path: path.to_owned(),
        message,
    };
    let named_zip = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
    if metadata.is_file() && (named_zip || is_zip(path)) {
        return tables_in_zip(path, limits).map_err(|cause| error(plain_words(&cause)));
    }
    let found = tables_at(path);
    if !found.is_empty() {
        return Ok(found);
    }
    Err(error(match metadata.is_dir() {
        true => {
            "no file in this folder has the header of LinkedIn's Invitations.csv or Connections.csv"
                .to_owned()
        }
        false => {
            "it has not the header of LinkedIn's Invitations.csv or Connections.csv".to_owned()
        }
    }))
}

/// The tables of a folder, or the one that a file is.
fn tables_at(path: &Path) -> Vec<Place> {
    let is_csv = |path: &Path| {
        path.extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"))
    };
    let walked = find_files(&[path.to_owned()], &|_| false, true);
    let files = walked.found.into_iter();
    files
        .filter(|found| is_csv(&found.path))
        .filter_map(|found| {
            let mut file = File::open(&found.path).ok()?;
            let table = Reader::recognise(&mut file).ok()??;
            Some(Place {
                table,
                name: found.name,
                path: found.path,
                entry: None,
            })
        })
        .collect()
}

fn tables_in_zip(path: &Path, limits: ArchiveLimits) -> io::Result<Vec<Place>> {
    let mut archive = ZipArchive::new(File::open(path)?).map_err(zip_error)?;
    if archive.len() > limits.files {
        return Err(io::Error::other(format!(
            "this archive holds {} files, which no export does",
            archive.len()
        )));
    }
    let mut found = Vec::new();
    let mut names = Vec::new();
    let total = Cell::new(0);
    for entry in 0..archive.len() {
        let (name, is_file) = {
            let file = archive.by_index_raw(entry).map_err(zip_error)?;
            let name = file.name().map_err(zip_error)?.into_owned();
            // Nothing is unpacked, but an archive that would write elsewhere is no honest one.
            if file.enclosed_name().is_none() {
                return Err(io::Error::other(format!(
                    "it holds a path that leads out of the archive, `{}`: refused",
                    name.escape_debug()
                )));
            }
            (name, file.is_file())
        };
        if !is_file || !name.to_ascii_lowercase().ends_with(".csv") {
            names.push(name);
            continue;
        }
        let mut table = None;
        with_entry(&mut archive, entry, limits, &total, |input| {
            table = Reader::recognise(input)?;
            Ok(())
        })?;
        match table {
            None => names.push(name),
            Some(table) => found.push(Place {
                table,
                name: format!("{}/{name}", slashed(path)),
                path: path.to_owned(),
                entry: Some(entry),
            }),
        }
    }
    if found.is_empty() {
        names.sort();
        let some: Vec<String> = names
            .iter()
            .take(3)
            .map(|name| name.escape_debug().to_string())
            .collect();
        return Err(io::Error::other(match names.len() {
            0 => "this archive is empty".to_owned(),
            count => format!(
                "no file in this archive is LinkedIn's Invitations.csv or Connections.csv; it has {}{}",
                some.join(", "),
                if count > some.len() { " ..." } else { "" }
            ),
        }));
    }
    Ok(found)
}

/// Opens a file of an archive for a bounded reader.
fn with_entry(
    archive: &mut ZipArchive<File>,
    entry: usize,
    limits: ArchiveLimits,
    total: &Cell<u64>,
    read: impl FnOnce(&mut dyn Read) -> io::Result<()>,
) -> io::Result<()> {
    let file = archive.by_index(entry).map_err(zip_error)?;
    let packed = file.compressed_size();
    let mut bounded = Bounded {
        file,
        packed,
        unpacked: 0,
        total,
        limits,
    };
    read(&mut bounded)
}

/// Reads what an archive unpacks, but not a trap.
struct Bounded<'t, R> {
    file: R,
    packed: u64,
    unpacked: u64,
    total: &'t Cell<u64>,
    limits: ArchiveLimits,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into)?;
        self.unpacked += read as u64;
        self.total.set(self.total.get() + read as u64);
        let is_trap = self.unpacked > self.limits.ratio_from
            && self.unpacked / self.packed.max(1) > self.limits.ratio;
        if is_trap {
            return Err(io::Error::other(format!(
                "it unpacks to more than {} times its size, as traps do: refused",
                self.limits.ratio
            )));
        }
        if self.total.get() > self.limits.bytes {
            return Err(io::Error::other(
                "it unpacks to more than an export holds: refused",
            ));
        }
        Ok(read)
    }
}

fn zip_error(error: zip::result::ZipError) -> io::Error {
    match error {
        zip::result::ZipError::Io(error) => error,
        zip::result::ZipError::UnsupportedArchive(what) => {
            io::Error::other(format!("this archive cannot be opened: {what}"))
        }
        _ => io::Error::other("this is no zip archive, or a damaged one; download it again"),
    }
}

#[cfg(test)]
mod tests;
