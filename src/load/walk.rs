//! Finding the files that hold drafts.

use std::io;
use std::path::Path;
use std::path::PathBuf;

use ignore::DirEntry;
use ignore::WalkBuilder;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::input::known_format;
use crate::load::Error;
use crate::load::slashed;

/// Files with these names (without extension) are no drafts when a folder is searched.
const NO_DRAFTS: &[&str] = &[
    "changelog",
    "code_of_conduct",
    "contributing",
    "copying",
    "licence",
    "license",
    "readme",
];

/// Neither are these files, which belong to other programs.
const FOREIGN: &[&str] = &[
    "cmakelists.txt",
    "composer.json",
    "package-lock.json",
    "package.json",
    "requirements.txt",
    "robots.txt",
    "tsconfig.json",
];

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it lies.
    pub path: PathBuf,
    /// Its name in all output: as given, with `/`.
    pub name: String,
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// The files: in the order of the paths given, sorted by name within a folder.
    pub found: Vec<Found>,
    /// What was left out and should be told, such as a link that leads in a circle. Not fatal.
    pub skipped: Vec<Error>,
    /// Paths that are missing or unreadable.
    pub errors: Vec<Error>,
}

/// Finds the files at some paths. Folders are searched for known extensions; `.gitignore` and
/// `.connoteignore` are respected, hidden files skipped. A file named by the user is taken whatever
/// its extension. `exclude` holds for all paths unless `force` lifts it; of a file in a folder the
/// folders above it are asked as well. A file that is reached twice is taken once.
pub fn find_files(paths: &[PathBuf], exclude: &dyn Fn(&Path) -> bool, force: bool) -> Walked {
    let mut search = Search {
        exclude,
        force,
        walked: Walked::default(),
        seen: FxHashSet::default(),
        folders: FxHashMap::default(),
    };
    for path in paths {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => search.folder(path),
            Ok(_) => search.named_file(path),
            Err(error) => search.walked.errors.push(Error::new(path, &error)),
        }
    }
    search.walked
}

struct Search<'s> {
    exclude: &'s dyn Fn(&Path) -> bool,
    force: bool,
    walked: Walked,
    seen: FxHashSet<PathBuf>,
    /// Real paths of the folders asked for so far.
    folders: FxHashMap<PathBuf, PathBuf>,
}

impl Search<'_> {
    fn named_file(&mut self, path: &Path) {
        if self.force || !(self.exclude)(path) {
            self.take(path.to_owned(), None);
        }
    }

    fn folder(&mut self, root: &Path) {
        let walk = WalkBuilder::new(root)
            .require_git(false)
            .add_custom_ignore_filename(".connoteignore")
            .follow_links(true)
            .sort_by_file_name(std::ffi::OsStr::cmp)
            .build();
        // Whether the folder of the last file is left out: files of a folder come together.
        let mut last: Option<(PathBuf, bool)> = None;
        for entry in walk {
            match entry {
                Ok(entry) => {
                    if !is_draft(&entry) {
                        continue;
                    }
                    let link = entry.path_is_symlink();
                    let mut path = entry.into_path();
                    // Walking `.` finds `./a.md`; nobody gave that name.
                    if root == Path::new(".")
                        && let Ok(bare) = path.strip_prefix(".")
                    {
                        path = bare.to_owned();
                    }
                    if self.is_excluded(root, &path, &mut last) {
                        continue;
                    }
                    self.take(path, Some(link));
                }
                Err(error) => self.trouble(root, &error),
            }
        }
    }

    fn is_excluded(&self, root: &Path, path: &Path, last: &mut Option<(PathBuf, bool)>) -> bool {
        if self.force {
            return false;
        }
        let parent = path.parent().unwrap_or(root);
        let folder_is_out = match last {
            Some((folder, out)) if folder == parent => *out,
            _ => {
                let above = parent
                    .ancestors()
                    .take_while(|folder| folder.starts_with(root));
                let out = above
                    .filter(|folder| !folder.as_os_str().is_empty())
                    .any(|folder| (self.exclude)(folder));
                *last = Some((parent.to_owned(), out));
                out
            }
        };
        folder_is_out || (self.exclude)(path)
    }

    /// Takes a file unless it was taken before. Whether it is a link is looked up if not known.
    fn take(&mut self, path: PathBuf, is_link: Option<bool>) {
        let is_link = is_link.unwrap_or_else(|| {
            std::fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink())
        });
        let real = if is_link {
            path.canonicalize()
        } else {
            self.real_path(&path)
        };
        if !self.seen.insert(real.unwrap_or_else(|_| path.clone())) {
            return;
        }
        let name = slashed(&path);
        self.walked.found.push(Found { path, name });
    }

    /// The real path of a file that is no link. Folders are looked up once.
    fn real_path(&mut self, path: &Path) -> io::Result<PathBuf> {
        let name = path.file_name().unwrap_or_default();
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if let Some(real) = self.folders.get(parent) {
            return Ok(real.join(name));
        }
        let real = parent.canonicalize()?;
        let file = real.join(name);
        self.folders.insert(parent.to_owned(), real);
        Ok(file)
    }

    fn trouble(&mut self, root: &Path, error: &ignore::Error) {
        let (path, cause) = unwrapped(error);
        let path = path.unwrap_or(root).to_owned();
        match cause {
            ignore::Error::Loop { ancestor, child } => {
                let message = format!(
                    "this link leads back to {}; it was not followed",
                    slashed(ancestor)
                );
                self.walked.skipped.push(Error {
                    path: child.clone(),
                    message,
                });
            }
            ignore::Error::Io(error) => {
                let dangling = error.kind() == io::ErrorKind::NotFound && path.is_symlink();
                let found = Error::new(&path, error);
                if dangling {
                    let message = "this link leads nowhere".to_owned();
                    self.walked.skipped.push(Error { message, ..found });
                } else {
                    self.walked.errors.push(found);
                }
            }
            other => self.walked.skipped.push(Error {
                path,
                message: other.to_string(),
            }),
        }
    }
}

/// The path and the cause of an error that is wrapped in others.
fn unwrapped(error: &ignore::Error) -> (Option<&Path>, &ignore::Error) {
    let mut path = None;
    let mut cause = error;
    loop {
        match cause {
            ignore::Error::WithPath { path: at, err } => {
                path = Some(at.as_path());
                cause = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
                cause = err;
            }
            _ => return (path, cause),
        }
    }
}

/// Whether a file in a folder is to be read.
fn is_draft(entry: &DirEntry) -> bool {
    if !entry.file_type().is_some_and(|kind| kind.is_file()) {
        return false;
    }
    let name = entry.file_name().to_string_lossy();
    let searched = known_format(&name).is_some_and(|format| format.searched);
    if !searched || name.starts_with("~$") {
        return false;
    }
    let lower = name.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default();
    !NO_DRAFTS.contains(&stem) && !FOREIGN.contains(&lower.as_str())
}
