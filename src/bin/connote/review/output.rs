//! The notes that are ready, in a new file or folder: in the format of the batch where that can be written,
//! as a spreadsheet otherwise. Never over the batch, and over nothing else unasked.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use connote::diagnostic::Edit;
use connote::diagnostic::Fix;
use connote::diagnostic::FixKind;
use connote::fix::file_edits;
use connote::input::InputOptions;
use connote::input::Picked;
use connote::input::format_of;
use connote::input::known_format;
use connote::input::pick;
use connote::note::Note;
use connote::render::drafts_csv;
use connote::source::Sources;
use connote::text::Text;

use crate::review::state::Item;
use crate::review::state::Mark;
use crate::review::update::Refused;
use crate::status::reason;

/// The batch as it was read.
pub(super) struct Batch<'a> {
    /// The file or folder.
    pub(super) path: &'a Path,
    pub(super) sources: &'a Sources,
    pub(super) notes: &'a [Note],
    /// How each file was read, by its name.
    pub(super) options: &'a BTreeMap<String, InputOptions>,
}

/// A file to write.
struct New {
    path: PathBuf,
    /// The file whose permissions it gets.
    model: PathBuf,
    bytes: Vec<u8>,
}

/// The name that is proposed for what is written from a batch.
pub(super) fn target(batch: &Path) -> PathBuf {
    let whole = batch.canonicalize().unwrap_or_else(|_| batch.to_owned());
    let beside = match batch.file_name() {
        Some(_) => batch,
        None => whole.as_path(),
    };
    if batch.is_dir() {
        let name = beside.file_name().unwrap_or_default().to_string_lossy();
        return beside.with_file_name(format!("{name}.ready"));
    }
    let stem = beside.file_stem().unwrap_or_default().to_string_lossy();
    let name = beside.to_string_lossy();
    let written = matches!(format_of(&name).name, "csv" | "json" | "jsonl" | "plain");
    let ending = beside
        .extension()
        .map(|it| it.to_string_lossy().into_owned());
    match ending.filter(|_| written) {
        Some(ending) => beside.with_file_name(format!("{stem}.ready.{ending}")),
        None if written => beside.with_file_name(format!("{stem}.ready")),
        None => beside.with_file_name(format!("{stem}.ready.csv")),
    }
}

impl Batch<'_> {
    /// Writes the notes that are ready, and says how many. `over`: what is there already may be overwritten.
    pub(super) fn write(&self, items: &[Item], to: &Path, over: bool) -> Result<usize, Refused> {
        self.is_not_the_batch(to)?;
        let ready: Vec<usize> = (0..items.len())
            .filter(|&note| items[note].mark == Mark::Ready)
            .collect();
        let to_spreadsheet =
            known_format(&to.to_string_lossy()).is_some_and(|format| format.name == "csv");
        let new = match self.path.is_dir() {
            true if !to_spreadsheet => self.folder(items, &ready, to)?,
            true => vec![self.spreadsheet(items, &ready, to)?],
            false => vec![self.file(items, &ready, to)?],
        };
        let is_there = |new: &New| new.path.symlink_metadata().is_ok();
        let folder_is_there = self.path.is_dir() && !to_spreadsheet && to.exists();
        if !over && (folder_is_there || new.iter().any(is_there)) {
            return Err(Refused::Exists(to.to_owned()));
        }
        for new in &new {
            self.is_not_the_batch(&new.path)?;
        }
        for new in &new {
            put(new, over).map_err(|error| because(&new.path, &reason(&error)))?;
        }
        Ok(ready.len())
    }

    /// Refuses to write over what is being reviewed.
    fn is_not_the_batch(&self, to: &Path) -> Result<(), Refused> {
        let Ok(to) = to.canonicalize() else {
            return Ok(());
        };
        let is_same = |path: &Path| path.canonicalize().is_ok_and(|path| path == to);
        let names = self.options.keys().map(Path::new);
        match names.chain([self.path]).any(is_same) {
            true => Err(Refused::Because(
                "this is the batch itself: give the new file another name".to_owned(),
            )),
            false => Ok(()),
        }
    }

    /// A file from a file.
    fn file(&self, items: &[Item], ready: &[usize], to: &Path) -> Result<New, Refused> {
        let batch = self.path.to_string_lossy();
        let (from, into) = (
            format_of(&batch).name,
            format_of(&to.to_string_lossy()).name,
        );
        if from != into {
            return match into {
                "csv" => self.spreadsheet(items, ready, to),
                _ => Err(because(to, "give it the ending of the batch, or .csv")),
            };
        }
        let name = ready.first().map(|&note| self.name_of(note));
        let bytes = self.copy(items, ready, name.unwrap_or_default())?;
        Ok(New {
            path: to.to_owned(),
            model: self.path.to_owned(),
            bytes,
        })
    }

    /// A folder from a folder: the files that hold ready notes, with these only.
    fn folder(&self, items: &[Item], ready: &[usize], to: &Path) -> Result<Vec<New>, Refused> {
        let mut files: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for &note in ready {
            files.entry(self.name_of(note)).or_default().push(note);
        }
        let new = files.into_iter().map(|(name, notes)| {
            let inside = Path::new(name).strip_prefix(self.path);
            let inside = inside.map_or_else(|_| PathBuf::from(name), Path::to_owned);
            let path = to.join(inside);
            match format_of(name).name {
                "csv" | "json" | "jsonl" | "plain" => Ok(New {
                    path,
                    model: PathBuf::from(name),
                    bytes: self.copy(items, &notes, name)?,
                }),
                _ => self.spreadsheet(items, &notes, &path.with_extension("csv")),
            }
        });
        new.collect()
    }

    fn name_of(&self, note: usize) -> &str {
        &self.sources.get(self.notes[note].text.file()).name
    }

    /// The bytes of a file with some of its notes.
    fn copy(&self, items: &[Item], ready: &[usize], name: &str) -> Result<Vec<u8>, Refused> {
        let mut picked = Vec::with_capacity(ready.len());
        for &number in ready {
            let (note, item) = (&self.notes[number], &items[number]);
            let edits = match item.is_edited() {
                false => Some(Vec::new()),
                true => self.edits(note, &item.words),
            };
            let Some(edits) = edits else {
                let why = format!(
                    "{}: its new words cannot be written in this file; a name ending with .csv makes a new spreadsheet",
                    item.id
                );
                return Err(Refused::Because(why));
            };
            picked.push(Picked {
                note,
                words: &item.words,
                edits,
            });
        }
        let default = InputOptions::default();
        let options = self.options.get(name).unwrap_or(&default);
        let file = picked.first().map(|picked| picked.note.text.file());
        let source = self.sources.get(file.unwrap_or_default());
        let text = pick(source, options, &picked).map_err(|why| because(Path::new(name), why))?;
        Ok(text.into_bytes())
    }

    /// What gives a note new words in its file.
    fn edits(&self, note: &Note, words: &str) -> Option<Vec<(std::ops::Range<usize>, String)>> {
        let whole = note.text.span(0..note.text.as_str().len());
        let fix = Fix {
            kind: FixKind::Unsafe,
            description: Box::default(),
            edits: vec![Edit {
                span: whole,
                text: words.into(),
            }],
        };
        let edits = file_edits(note, self.sources, &fix)?;
        Some(
            edits
                .into_iter()
                .map(|edit| (edit.start..edit.end, edit.text))
                .collect(),
        )
    }

    /// A spreadsheet of all that is known of some notes.
    fn spreadsheet(&self, items: &[Item], ready: &[usize], to: &Path) -> Result<New, Refused> {
        let notes: Vec<Note> = ready
            .iter()
            .map(|&number| {
                let mut note = self.notes[number].clone();
                note.text = Text::plain(note.text.file(), 0, &items[number].words);
                note
            })
            .collect();
        let mut bytes = Vec::new();
        drafts_csv(&notes, &mut bytes).map_err(|error| because(to, &reason(&error)))?;
        let model = match self.path.is_dir() {
            true => ready
                .first()
                .map_or(to, |&note| Path::new(self.name_of(note))),
            false => self.path,
        };
        Ok(New {
            path: to.to_owned(),
            model: model.to_owned(),
            bytes,
        })
    }
}

fn because(path: &Path, why: &str) -> Refused {
    Refused::Because(format!("cannot write {}: {why}", path.display()))
}

/// Writes a file in one step: whoever looks sees nothing, or all of it.
fn put(new: &New, over: bool) -> io::Result<()> {
    let folder = new
        .path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        fs::create_dir_all(folder)?;
    }
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(&new.bytes)?;
    if let Ok(model) = fs::metadata(&new.model) {
        fs::set_permissions(file.path(), model.permissions())?;
    }
    file.as_file().sync_all()?;
    match over {
        true => file.persist(&new.path),
        false => file.persist_noclobber(&new.path),
    }
    .map_err(|error| error.error)?;
    Ok(())
}
