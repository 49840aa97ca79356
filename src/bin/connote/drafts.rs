//! The drafts of a run: found, read, and why there are none.

use std::cell::Cell;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use connote::config::Settings;
use connote::input::ALIASES;
use connote::input::FORMATS;
use connote::input::InputOptions;
use connote::input::fold_name;
use connote::load;
use connote::load::Found;
use connote::load::Loaded;
use connote::toml_doc::nearest;

use crate::args::COMMANDS;
use crate::args::CheckArgs;
use crate::session::Session;
use crate::session::tell;
use crate::status::Failure;

/// What is in files, by their names.
pub(crate) type Texts = BTreeMap<String, Vec<u8>>;

/// The files to read, and how many were passed over. What cannot be read is noted down.
pub(crate) fn find(args: &CheckArgs, session: &RefCell<Session>) -> (Vec<Found>, usize) {
    let passed_over = Cell::new(0);
    let sent: Vec<PathBuf> = args
        .files
        .history
        .iter()
        .map(|path| session.borrow().absolute(path))
        .collect();
    let exclude = |path: &Path| {
        let is_sent = |file: &Path| sent.iter().any(|sent| file.starts_with(sent));
        let excluded =
            session.borrow_mut().excludes(path) || is_sent(&session.borrow().absolute(path));
        passed_over.set(passed_over.get() + usize::from(excluded));
        excluded
    };
    let is_path = |path: &&PathBuf| path.as_os_str() != "-";
    let paths: Vec<PathBuf> = args.paths.iter().filter(is_path).cloned().collect();
    let walked = load::find_files(&paths, &exclude, args.files.no_exclude);
    for skipped in &walked.skipped {
        tell(&format!("passed over {skipped}"));
    }
    session.borrow_mut().errors.extend(walked.errors);
    (walked.found, passed_over.get())
}

/// Reads drafts; those in `instead`, by their names, as if these bytes were in them.
pub(crate) fn read(
    found: &[Found],
    stdin: Option<&Path>,
    session: &mut Session,
    instead: &Texts,
) -> Result<Loaded, Failure> {
    // One for each configuration; most runs have one.
    let mut options: Vec<InputOptions> = Vec::new();
    let mut option_of = |path: &Path, session: &mut Session| {
        let option = input_options(&session.config_of(path).settings);
        let known = options.iter().position(|known| *known == option);
        known.unwrap_or_else(|| {
            options.push(option);
            options.len() - 1
        })
    };
    let numbers: Vec<usize> = found
        .iter()
        .map(|found| option_of(&found.path, session))
        .collect();
    let for_stdin = stdin.map(|path| (path, option_of(path, session)));
    let sources = std::mem::take(&mut session.sources);
    let text_of = |file: usize| instead.get(&found[file].name).map(Vec::as_slice);
    let loaded = load::read_files_over(sources, found, &|file| &options[numbers[file]], &text_of);
    let Some((path, number)) = for_stdin else {
        return Ok(loaded);
    };
    let name = path.display().to_string();
    let options = &options[number];
    let more = match instead.get(&name) {
        Some(bytes) => {
            load::read_stdin_into(loaded.sources, bytes.as_slice(), Some(&name), options)
        }
        None => {
            let input = std::io::stdin().lock();
            load::read_stdin_into(loaded.sources, input, Some(&name), options)
        }
    };
    let more = more.map_err(|error| Failure::new(format!("cannot read {error}")))?;
    Ok(Loaded {
        sources: more.sources,
        notes: [loaded.notes, more.notes].concat(),
        problems: [loaded.problems, more.problems].concat(),
        errors: [loaded.errors, more.errors].concat(),
    })
}

/// What the configuration says about the input. Its names of keys are names that input knows.
pub(crate) fn input_options(settings: &Settings) -> InputOptions {
    let key = |name: &str| {
        let folded = fold_name(name);
        let found = ALIASES.iter().find(|(known, _)| *known == folded);
        found.map(|(_, key)| *key)
    };
    let columns = settings.columns.iter();
    let columns =
        columns.filter_map(|(header, name)| Some((fold_name(&header.value), key(&name.value)?)));
    InputOptions {
        columns: columns.collect(),
        ..InputOptions::default()
    }
}

/// Why there is nothing to check.
pub(crate) fn nothing_to_check(args: &CheckArgs, found: &[Found], passed_over: usize) -> String {
    let names: Vec<String> = args
        .paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let names = names.join(", ");
    match found.len() {
        0 if passed_over > 0 => {
            let files = if passed_over == 1 {
                "it is"
            } else {
                "all of it is"
            };
            format!("nothing to check in {names}: {files} excluded (--no-exclude lifts that)")
        }
        0 => format!(
            "nothing to check in {names}: no file with drafts ({})",
            extensions()
        ),
        1 => format!("nothing to check: no note in {}", found[0].name),
        files => format!("nothing to check: no note in the {files} files of {names}"),
    }
}

/// The command that the first path was perhaps meant to be.
pub(crate) fn meant_command(args: &CheckArgs) -> Option<&'static str> {
    let first = args.paths.first().filter(|path| !path.exists())?;
    nearest(first.to_str()?, &COMMANDS)
}

/// The file names that are looked for.
fn extensions() -> String {
    let searched = FORMATS.iter().filter(|format| format.searched);
    let formats = searched.flat_map(|format| format.extensions);
    let names: Vec<String> = formats.map(|extension| format!(".{extension}")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use connote::config::COLUMN_KEYS;
    use connote::span::Span;
    use connote::span::Spanned;

    #[test]
    fn every_key_of_the_configuration_is_one_of_the_input() {
        let spanned = |word: &str| Spanned::new(word.to_owned(), Span::default());
        let settings = Settings {
            columns: COLUMN_KEYS.map(|key| (spanned(key), spanned(key))).to_vec(),
            ..Settings::default()
        };
        assert_eq!(input_options(&settings).columns.len(), COLUMN_KEYS.len());
    }
}
