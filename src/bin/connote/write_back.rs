//! `schedule --write`: send times put into the front matter of drafts, and into a copy of a spreadsheet.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;

use connote::input::InputOptions;
use connote::input::Reader;
use connote::input::fill_front_matter;
use connote::input::fill_rows;
use connote::input::format_of;
use connote::render::Entry;
use connote::source::Source;
use connote::span::FileId;

use crate::check::Judged;
use crate::drafts::input_options;
use crate::replace::replace_text;
use crate::session::tell;
use crate::status::Failure;

/// What one file is to get.
#[derive(Default)]
struct Times {
    /// The bytes of the time that the draft has, for a file with one draft.
    old: Option<Range<usize>>,
    /// The times by the line of the draft.
    by_line: rustc_hash::FxHashMap<u32, String>,
}

/// Writes the times of the drafts that had none. Says which files were written.
pub(crate) fn write(judged: &mut Judged, entries: &[Entry]) -> Result<(), Failure> {
    let mut files: BTreeMap<FileId, Times> = BTreeMap::new();
    for (note, entry) in judged.report.notes.iter().zip(entries) {
        let (Ok(moment), Some(zone)) = (&entry.placed, &entry.clock.zone) else {
            continue;
        };
        if entry.clock.sent.moment() == Some(*moment) {
            continue;
        }
        let times = files.entry(note.text.file()).or_default();
        times.old = note.send_at.as_ref().map(|field| field.span.range());
        let local = moment.to_zoned_datetime(zone.clone()).to_string();
        times.by_line.insert(note.line, local);
    }
    for (file, times) in files {
        let source = judged.sources.get(file);
        let path = PathBuf::from(&source.name);
        let settings = &judged.session.config_of(&path).settings;
        let options = input_options(settings);
        match written(source, &path, &times, &options) {
            Ok((target, text)) => {
                replace_text(&path, &target, &text)?;
                tell(&format!("wrote {}", target.display()));
            }
            Err(why) => tell(&format!("left {} as it is: {why}", path.display())),
        }
    }
    Ok(())
}

/// Which file gets which text.
fn written(
    source: &Source,
    path: &Path,
    times: &Times,
    options: &InputOptions,
) -> Result<(PathBuf, String), String> {
    let extension = path
        .extension()
        .map(|it| it.to_string_lossy().to_lowercase());
    let extension = extension.unwrap_or_default();
    let rows = matches!(extension.as_str(), "csv" | "tsv");
    let draft = matches!(extension.as_str(), "md" | "markdown" | "txt" | "note");
    if source.cell.is_some() || !(rows || draft) {
        return Err(
            "only drafts with front matter, CSV and TSV are filled; use --format csv".to_owned(),
        );
    }
    // Another encoding, or a change since it was read.
    if fs::read(path).ok().as_deref() != Some(source.text.as_bytes()) {
        return Err("it is not UTF-8, or was changed just now".to_owned());
    }
    if rows {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let target = path.with_file_name(format!("{stem}.planned.{extension}"));
        if target.exists() {
            return Err(format!("{} is there already", target.display()));
        }
        let text = fill_rows(&source.name, &source.text, options, &times.by_line);
        return checked(source, target, text, options, times);
    }
    let value = times.by_line.values().next().cloned().unwrap_or_default();
    let text = fill_front_matter(&source.text, times.old.clone(), &value);
    checked(source, path.to_owned(), text, options, times)
}

/// Reads what would be written: the same notes must be in it, with the new times.
fn checked(
    source: &Source,
    target: PathBuf,
    text: String,
    options: &InputOptions,
    times: &Times,
) -> Result<(PathBuf, String), String> {
    let Reader::Text(reader) = format_of(&source.name).reader else {
        return Err("it is no text".to_owned());
    };
    let notes = |source: &Source| {
        let notes = reader(source, FileId::default(), options).notes;
        let one = |note: connote::note::Note| {
            let time = connote::note::field_str(&note.send_at).map(str::to_owned);
            (note.text.as_str().to_owned(), time)
        };
        notes
            .into_iter()
            .map(one)
            .collect::<Vec<(String, Option<String>)>>()
    };
    let before = notes(source);
    let new = Source::new(source.name.clone(), text);
    let after = notes(&new);
    let same =
        before.len() == after.len() && before.iter().zip(&after).all(|(old, new)| old.0 == new.0);
    let set = after.iter().filter(|(_, time)| {
        let written = |value: &String| Some(value) == time.as_ref();
        times.by_line.values().any(written)
    });
    match same && set.count() >= times.by_line.len() {
        true => Ok((target, new.text.to_string())),
        false => Err("its form is one that cannot be filled safely".to_owned()),
    }
}
