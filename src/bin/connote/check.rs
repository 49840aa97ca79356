//! `connote check`: find drafts, read them, judge them, show what was found.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

use connote::baseline::Known;
use connote::history::History;
use connote::input::make_ids_unique;
use connote::lint;
use connote::load;
use connote::load::Found;
use connote::load::Loaded;
use connote::note::Note;
use connote::render;
use connote::report::Report;
use connote::schedule::Clocks;
use connote::source::Sources;
use connote::zone::known_zone;
use jiff::Timestamp;

use crate::args::CheckArgs;
use crate::baseline;
use crate::baseline::Baselines;
use crate::cache::Cache;
use crate::changed;
use crate::compare;
use crate::drafts::Texts;
use crate::drafts::find;
use crate::drafts::meant_command;
use crate::drafts::nothing_to_check;
use crate::drafts::read;
use crate::environment::Environment;
use crate::environment::Progress;
use crate::fixing::Fixing;
use crate::fixing::Shown;
use crate::gate::fails;
use crate::gate::files_fail;
use crate::overwriting::Inputs;
use crate::overwriting::Output;
use crate::replace::replace;
use crate::reports::Reports;
use crate::session::Session;
use crate::session::tell;
use crate::status::Failure;
use crate::status::Status;
use crate::stream;
use crate::watch;

/// What standard input is called when nobody names it.
pub(crate) const STDIN: &str = "<stdin>";

pub(crate) fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    match args.running.watch {
        true => watch::run(args, out),
        false => run_once(args, out),
    }
}

/// One check from beginning to end.
pub(crate) fn run_once(args: &CheckArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let reports = Reports::new(&args.output, Environment::ci())?;
    if !args.compare.is_empty() {
        return compared(args, &reports, out);
    }
    let to_file = reports.main_file.is_some();
    let environment = Environment::new(args.output.color.color, args.output.width, to_file);
    if stream::wanted(args, &reports)? {
        return stream::run(args, environment, out);
    }
    let options = render::Options {
        all: args.output.all,
        explain: args.output.explain,
        quiet: args.output.quiet,
        ..environment.options()
    };
    let scores = reports.show_scores() || args.output.explain;
    let shows_progress = environment.progress && !args.output.quiet;
    let mut fixing = Fixing::new(&args.fix)?;
    let outcome = match &mut fixing {
        Some(fixing) => fixing.judge(args, scores, shows_progress)?,
        None => judge(args, scores, shows_progress)?,
    };
    let mut judged = match outcome {
        Outcome::Judged(judged) => *judged,
        Outcome::MustStop(session) => {
            return session
                .stop_with(&mut |report, sources| reports.write(report, sources, &options, out));
        }
    };
    let refused = judged.session.tell_errors();
    if let Some(command) = meant_command(args) {
        tell(&format!("did you mean the command `connote {command}`?"));
    }
    if judged.nothing && (refused || args.changed.changed_since.is_none()) {
        if !refused {
            tell(&nothing_to_check(args, &judged.found, judged.passed_over));
        }
        return Ok(Status::Trouble);
    }
    if let Some(path) = &args.known.write_baseline {
        return baseline::write_new(path, &judged, refused, out);
    }
    baseline::settle(&args.known, &mut judged)?;
    let counted = changed::narrow(args, &mut judged)?;
    let Judged {
        session,
        sources,
        report,
        set_of_note,
        ..
    } = judged;
    let shown = match &fixing {
        Some(fixing) => fixing.show(&report, &sources, &options, &reports, out)?,
        None => {
            reports.write(&report, &sources, &options, out)?;
            Shown::Report
        }
    };
    let counts = |note: usize| counted.as_ref().is_none_or(|counted| counted[note]);
    let status = match () {
        () if refused || judged.is_broken || shown == Shown::Trouble => Status::Trouble,
        () if shown == Shown::Changes && !args.gate.exit_zero => Status::Findings,
        () if shown == Shown::Changes || shown == Shown::NoChange => Status::Clean,
        () if args.gate.exit_zero => Status::Clean,
        () if args.gate.only_files => match files_fail(&report) {
            true => Status::Findings,
            false => Status::Clean,
        },
        () if fails(&report, &set_of_note, &session, &args.gate, &counts) => Status::Findings,
        () => Status::Clean,
    };
    if !args.running.watch {
        // The program ends here: giving back every small piece of memory first would only take time.
        std::mem::forget((session, report, sources));
    }
    Ok(status)
}

/// Two notes compared: a text of its own, not a report.
fn compared(args: &CheckArgs, reports: &Reports, out: &mut dyn Write) -> Result<Status, Failure> {
    if !reports.more.is_empty() {
        return Err(Failure::new(
            "--compare writes no reports; leave FORMAT= out of --output",
        ));
    }
    // A CI system has a format for reports, and this is none.
    let format = args.output.format.as_deref().unwrap_or("terminal");
    if !compare::FORMATS.contains(&format) {
        return Err(Failure::new(format!(
            "--compare cannot be shown as {format}, only as {}",
            compare::FORMATS.join(", ")
        )));
    }
    let to_file = reports.main_file.is_some();
    let environment = Environment::new(args.output.color.color, args.output.width, to_file);
    let width = usize::from(environment.width);
    let Some(file) = &reports.main_file else {
        return compare::run(args, format, width, out);
    };
    let read = compare::files(args).into_iter();
    let inputs = Inputs {
        others: read
            .map(|path| (path, "one of the two to compare"))
            .collect(),
        ..Inputs::default()
    };
    inputs.keep(&[("--output", file)])?;
    let mut text = Vec::new();
    let status = compare::run(args, format, width, &mut text)?;
    replace(file, &mut |out| Ok(out.write_all(&text)?))?;
    Ok(status)
}

/// Drafts that were found, read and judged.
pub(crate) struct Judged {
    pub(crate) session: Session,
    pub(crate) sources: Sources,
    pub(crate) report: Report,
    /// For each note the number of its rule set.
    pub(crate) set_of_note: Vec<usize>,
    /// Notes that were sent before.
    pub(crate) history: Vec<Note>,
    /// Invitations that were sent before, and what became of them.
    pub(crate) past: Option<History>,
    /// The moment of the run.
    pub(crate) now: Timestamp,
    /// There was neither a note nor anything wrong with the files.
    pub(crate) nothing: bool,
    pub(crate) is_broken: bool,
    pub(crate) found: Vec<Found>,
    pub(crate) passed_over: usize,
    /// What comes from standard input is called so.
    pub(crate) stdin: Option<PathBuf>,
    pub(crate) baselines: Baselines,
}

/// What came of looking for drafts.
pub(crate) enum Outcome {
    Judged(Box<Judged>),
    /// A pack or a configuration has a mistake that must be mended first.
    MustStop(Box<Session>),
}

/// Finds drafts, reads them and judges them. `scores`: whether every note needs its score, whatever
/// rules were selected.
pub(crate) fn judge(
    args: &CheckArgs,
    scores: bool,
    shows_progress: bool,
) -> Result<Outcome, Failure> {
    judge_over(args, scores, shows_progress, &Texts::new())
}

/// The same with some files, by their names, read as if these bytes were in them.
pub(crate) fn judge_over(
    args: &CheckArgs,
    scores: bool,
    shows_progress: bool,
    instead: &Texts,
) -> Result<Outcome, Failure> {
    let progress = Progress::new(shows_progress, "reading drafts");
    let session = RefCell::new(Session::new(&args.rules, &args.files, &args.gate)?);
    let (found, passed_over) = find(args, &session);
    let mut session = session.into_inner();

    // Everything about the rules comes before the first draft is read.
    let stdin = args.paths.iter().any(|path| path.as_os_str() == "-");
    let stdin = stdin.then(|| {
        args.files
            .stdin_filename
            .clone()
            .unwrap_or_else(|| STDIN.into())
    });
    let mut sets = HashMap::new();
    for found in &found {
        sets.insert(found.name.clone(), session.rule_set_of(&found.path));
    }
    if let Some(path) = &stdin {
        sets.insert(path.display().to_string(), session.rule_set_of(path));
    }
    let baselines = Baselines::read(&args.known, &mut session);
    let histories = session.histories(&args.files.history);
    keep_inputs(args, &session, &found, &histories, &baselines)?;
    if session.must_stop() {
        return Ok(Outcome::MustStop(Box::new(session)));
    }
    let mut cache = match &args.running.cache {
        Some(path) => Cache::open(path, &session)?,
        None => None,
    };

    let now = Environment::now(args.files.now);
    let (mut sent, past) = past(&mut session, &histories, now);
    let mut loaded = read(&found, stdin.as_deref(), &mut session, instead)?;
    drop(progress);
    let is_broken = session.is_broken();
    let mut problems = session.take_problems();
    problems.append(&mut sent.problems);
    session.errors.append(&mut sent.errors);
    problems.append(&mut loaded.problems);
    problems.extend(make_ids_unique(&mut loaded.notes, &loaded.sources));
    session.errors.append(&mut loaded.errors);
    let nothing = loaded.notes.is_empty() && problems.is_empty();

    let sources = loaded.sources;
    let set_of_note = match session.rule_sets.len() {
        0 | 1 => vec![0; loaded.notes.len()],
        _ => sets_of(&loaded.notes, &sources, &sets),
    };
    let set_of = |note: usize| set_of_note.get(note).copied().unwrap_or_default();
    let of_note = baselines.of_notes(&loaded.notes, &sources, &set_of_note, &session);
    let known = Known {
        baselines: &baselines.known,
        of_note: &of_note,
    };
    let what = format!("judging {} notes", loaded.notes.len());
    let progress = Progress::new(shows_progress, &what);
    let run = lint::Run {
        sets: &session.rule_sets,
        set_of: &set_of,
        history: &sent.notes,
        past: past.as_ref(),
        now: Some(now),
        scores: scores || session.wants_scores(&args.gate),
        known: (!baselines.known.is_empty()).then_some(known),
        alone: false,
        weights: None,
    };
    let report = match &mut cache {
        Some(cache) => lint::lint_again(&run, loaded.notes, problems, &mut cache.memory),
        None => lint::lint(&run, loaded.notes, problems),
    };
    cache.iter().for_each(Cache::save);
    drop(progress);
    Ok(Outcome::Judged(Box::new(Judged {
        session,
        sources,
        report,
        set_of_note,
        history: sent.notes,
        past,
        now,
        nothing,
        is_broken,
        found,
        passed_over,
        stdin,
        baselines,
    })))
}

/// Refuses reports and baselines that would be written over what the run reads.
fn keep_inputs(
    args: &CheckArgs,
    session: &Session,
    found: &[Found],
    histories: &[PathBuf],
    baselines: &Baselines,
) -> Result<(), Failure> {
    let reports = Reports::new(&args.output, None)?;
    let reports = reports.files().map(|path| ("--output", path));
    let baseline = args.known.write_baseline.iter();
    let baseline = baseline.map(|path| ("--write-baseline", path.as_path()));
    let outputs: Vec<Output<'_>> = reports.chain(baseline).collect();
    let mut inputs = Inputs::new(session, found, histories);
    let known = baselines.paths().iter();
    inputs
        .others
        .extend(known.map(|path| (session.shown(path).to_owned(), "the baseline")));
    inputs.keep(&outputs)
}

/// What was sent before: the notes, and if it is known, what became of the invitations.
pub(crate) fn past(
    session: &mut Session,
    paths: &[PathBuf],
    now: Timestamp,
) -> (Loaded, Option<History>) {
    if paths.is_empty() {
        return (Loaded::default(), None);
    }
    let sending = session.rule_sets.first().map(|set| set.sending.clone());
    let sending = sending.unwrap_or_default();
    let mut clocks = Clocks::new(now);
    let mut zone_of = |note: &Note| clocks.of(note, &sending.schedule).zone;
    let sources = std::mem::take(&mut session.sources);
    let mut past = load::read_history(sources, paths, &mut zone_of);
    session.sources = std::mem::take(&mut past.loaded.sources);
    let zone = |name: &Option<String>| name.as_deref().and_then(known_zone);
    let history = History::new(
        past.archive,
        past.ledger,
        zone(&sending.audit.export_zone).as_ref(),
        zone(&sending.schedule.sender_zone).as_ref(),
    );
    (past.loaded, Some(history))
}

/// The rule set of each note, told by the name of its file (each cell of a workbook is a source). Notes of
/// one file mostly follow each other.
fn sets_of(notes: &[Note], sources: &Sources, sets: &HashMap<String, usize>) -> Vec<usize> {
    let mut last = None;
    let set_of = |note: &Note| {
        let file = note.text.file();
        match last {
            Some((known, set)) if known == file => set,
            _ => {
                let set = sets.get(&sources.get(file).name).copied();
                let set = set.unwrap_or_default();
                last = Some((file, set));
                set
            }
        }
    };
    notes.iter().map(set_of).collect()
}
