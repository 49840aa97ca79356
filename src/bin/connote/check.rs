//! `connote check`: find drafts, read them, judge them, show what was found.

use std::cell::Cell;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use connote::note::Note;
use connote::source::Sources;

use crate::args::COMMANDS;
use crate::args::CheckArgs;
use crate::environment::Environment;
use crate::environment::Progress;
use crate::gate::fails;
use crate::session::Session;
use crate::session::show;
use crate::session::tell;
use crate::status::Failure;
use crate::status::Status;
use crate::stub::lint;
use crate::stub::load;
use crate::stub::load::Found;
use crate::stub::load::InputOptions;
use crate::stub::load::Loaded;
use crate::stub::render;

/// What standard input is called when nobody names it.
const STDIN: &str = "<stdin>";

pub(crate) fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let Some(path) = &args.output.output else {
        let environment = Environment::new(args.output.color.color, args.output.width, false);
        return check(args, environment, out);
    };
    let environment = Environment::new(args.output.color.color, args.output.width, true);
    let mut report = Vec::new();
    let status = check(args, environment, &mut report)?;
    fs::write(path, report).map_err(|error| Failure::writing(path, &error))?;
    Ok(status)
}

fn check(
    args: &CheckArgs,
    environment: Environment,
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    let options = render::Options {
        all: args.output.all,
        explain: args.output.explain,
        quiet: args.output.quiet,
        ..environment.options()
    };
    let format = &args.output.format;
    let progress = Progress::new(environment.progress && !args.output.quiet, "reading drafts");
    let session = RefCell::new(Session::new(&args.rules, &args.files, &args.gate)?);
    let (found, passed_over, errors) = find(args, &session);
    let mut session = session.into_inner();
    session.errors.extend(errors);
    not_over_a_draft(args, &found)?;

    // Everything about the rules comes before the first draft is read.
    let stdin = args.paths.iter().any(|path| path.as_os_str() == "-");
    let stdin_name = args.files.stdin_filename.clone();
    let stdin_name = stdin_name.unwrap_or_else(|| PathBuf::from(STDIN));
    let mut sets = HashMap::new();
    for found in &found {
        sets.insert(found.name.clone(), session.rule_set_of(&found.path));
    }
    if stdin {
        sets.insert(
            stdin_name.display().to_string(),
            session.rule_set_of(&stdin_name),
        );
    }
    if session.must_stop() {
        drop(progress);
        return session.stop(&options, format, out);
    }

    let loaded = read(&found, stdin.then_some(&*stdin_name), &mut session);
    drop(progress);
    session.errors.extend(loaded.errors);
    let is_broken = session.is_broken();
    let mut problems = session.take_problems();
    problems.extend(loaded.problems);
    let nothing = loaded.notes.is_empty() && problems.is_empty();

    let set_of_note: Vec<usize> = loaded
        .notes
        .iter()
        .map(|note| set_of(note, &session.sources, &sets))
        .collect();
    let set_of = |note: usize| set_of_note.get(note).copied().unwrap_or_default();
    let what = format!("judging {} notes", loaded.notes.len());
    let progress = Progress::new(environment.progress && !args.output.quiet, &what);
    let report = lint::lint(&session.rule_sets, &set_of, loaded.notes, problems);
    drop(progress);

    let refused = session.tell_errors();
    if let Some(command) = meant_command(args) {
        tell(&format!("did you mean the command `connote {command}`?"));
    }
    if nothing {
        if !refused {
            tell(&nothing_to_check(args, &found, passed_over));
        }
        return Ok(Status::Trouble);
    }
    show(&report, &session.sources, &options, format, out)?;
    Ok(match () {
        () if refused || is_broken => Status::Trouble,
        () if args.gate.exit_zero => Status::Clean,
        () if fails(&report, &set_of_note, &session, &args.gate) => Status::Findings,
        () => Status::Clean,
    })
}

/// The files to read, how many were passed over, and what cannot be read.
fn find(args: &CheckArgs, session: &RefCell<Session>) -> (Vec<Found>, usize, Vec<load::Error>) {
    let passed_over = Cell::new(0);
    let exclude = |path: &Path| {
        let excluded = !args.files.no_exclude && session.borrow_mut().excludes(path);
        passed_over.set(passed_over.get() + usize::from(excluded));
        excluded
    };
    let is_path = |path: &&PathBuf| path.as_os_str() != "-";
    let paths: Vec<PathBuf> = args.paths.iter().filter(is_path).cloned().collect();
    let (found, errors) = load::find_files(&paths, &exclude);
    (found, passed_over.get(), errors)
}

fn read(found: &[Found], stdin: Option<&Path>, session: &mut Session) -> Loaded {
    let mut options = HashMap::new();
    for path in found.iter().map(|found| &*found.path).chain(stdin) {
        options.insert(path.to_owned(), input_options(path, session));
    }
    let options_of = |path: &Path| options.get(path).cloned().unwrap_or_default();
    let mut loaded = load::read_files(found, &options_of, &mut session.sources);
    if let Some(path) = stdin {
        let name = path.display().to_string();
        let more = load::read_stdin(&name, &options_of(path), &mut session.sources);
        loaded.notes.extend(more.notes);
        loaded.problems.extend(more.problems);
        loaded.errors.extend(more.errors);
    }
    loaded
}

/// What the configuration says about the input.
fn input_options(path: &Path, session: &mut Session) -> InputOptions {
    let columns = &session.config_of(path).settings.columns;
    let pairs = columns
        .iter()
        .map(|(header, key)| (header.value.clone(), key.value.clone()));
    InputOptions {
        columns: pairs.collect(),
    }
}

/// The rule set of a note, told by the name of its file (each cell of a workbook is a source).
fn set_of(note: &Note, sources: &Sources, sets: &HashMap<String, usize>) -> usize {
    let name = &sources.get(note.text.file()).name;
    sets.get(name).copied().unwrap_or_default()
}

/// A report must not be written over a draft.
fn not_over_a_draft(args: &CheckArgs, found: &[Found]) -> Result<(), Failure> {
    let Some(output) = &args.output.output else {
        return Ok(());
    };
    let Ok(output) = output.canonicalize() else {
        return Ok(());
    };
    match found
        .iter()
        .find(|found| found.path.canonicalize().is_ok_and(|path| path == output))
    {
        Some(found) => Err(Failure::new(format!(
            "--output would overwrite {}, which is one of the drafts",
            found.name
        ))),
        None => Ok(()),
    }
}

/// Why there is nothing to check.
fn nothing_to_check(args: &CheckArgs, found: &[Found], passed_over: usize) -> String {
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
fn meant_command(args: &CheckArgs) -> Option<&'static str> {
    let first = args.paths.first().filter(|path| !path.exists())?;
    connote::toml_doc::nearest(first.to_str()?, &COMMANDS)
}

/// The file names that are looked for.
fn extensions() -> String {
    // Waits for `input::FORMATS`.
    [".md", ".txt", ".csv", ".tsv", ".xlsx", ".json", ".jsonl"].join(", ")
}
