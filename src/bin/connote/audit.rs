//! `connote audit`: what LinkedIn's export says of the invitations that were sent.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use connote::audit::Audit;
use connote::audit::Input;
use connote::diagnostic::Diagnostic;
use connote::diagnostic::Severity;
use connote::history::History;
use connote::lint::SentNotes;
use connote::lint::judge_sent;
use connote::load;
use connote::render::AuditView;
use connote::render::Options;
use connote::render::audit_output;
use connote::schedule::Clocks;
use connote::source::Sources;
use connote::zone::known_zone;
use jiff::Timestamp;

use crate::args::AuditArgs;
use crate::environment::Environment;
use crate::environment::Progress;
use crate::foreign;
use crate::options::FileArgs;
use crate::options::GateArgs;
use crate::options::RuleArgs;
use crate::overwriting::Inputs;
use crate::overwriting::Output;
use crate::replace::replace;
use crate::session::HERE;
use crate::session::Session;
use crate::session::tell;
use crate::status::Failure;
use crate::status::Status;

pub(crate) fn run(args: &AuditArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let environment = Environment::new(args.color.color, args.width, args.output.is_some());
    let options = Options {
        all: args.all,
        ..environment.options()
    };
    let now = Environment::now(args.now);
    let progress = Progress::new(environment.progress, "reading the export");
    let mut past = match read(&args.paths, &args.ledger, &args.rules, now)? {
        Outcome::Read(past) => *past,
        Outcome::MustStop(session) => return session.stop(&options, "terminal", out),
    };
    drop(progress);
    keep_inputs(args, &past)?;
    let refused = past.session.tell_errors();
    if past.nothing {
        if !refused {
            tell("nothing to audit: name LinkedIn's export, or set `history` in connote.toml");
        }
        return Ok(Status::Trouble);
    }
    let set = &past.session.rule_sets[past.set];
    let what = format!("judging {} invitations", past.history.sent.len());
    let progress = Progress::new(environment.progress, &what);
    let notes = judge_sent(set, &past.history);
    let audit = Audit::new(&past.input(&notes, now));
    drop(progress);
    let view = AuditView {
        audit: &audit,
        history: &past.history,
        settings: &set.sending.audit,
        version: env!("CARGO_PKG_VERSION"),
        problems: &past.problems,
        options: &options,
    };
    for (path, format) in [(&args.html, "html"), (&args.csv, "csv"), (&args.ics, "ics")] {
        if let Some(path) = path {
            to_file(&view, format, path)?;
        }
    }
    match &args.output {
        Some(path) => to_file(&view, &args.format, path)?,
        None => foreign::to_stdout(&args.format, out, &mut |out| {
            write(&view, &args.format, out)
        })?,
    }
    let settings = &past.session.config_of_set(past.set).settings;
    let level = args.fail_on.map_or(settings.fail_on, |level| level.0);
    let minded = audit.warnings.iter().map(|warning| warning.severity);
    let broken = past.problems.iter().map(|_| Severity::Error);
    let fails = level.is_some_and(|level| minded.chain(broken).any(|found| found >= level));
    Ok(match () {
        () if refused || past.session.is_broken() => Status::Trouble,
        () if fails && !args.exit_zero => Status::Findings,
        () => Status::Clean,
    })
}

fn write(view: &AuditView<'_>, format: &str, out: &mut dyn Write) -> Result<(), Failure> {
    let output = audit_output(format).ok_or_else(|| Failure::new("there is no such format"))?;
    (output.render)(view, out)?;
    Ok(())
}

fn to_file(view: &AuditView<'_>, format: &str, path: &Path) -> Result<(), Failure> {
    // A file gets no escape codes.
    let options = Options {
        color: false,
        ..view.options.clone()
    };
    let view = AuditView {
        options: &options,
        ..*view
    };
    replace(path, &mut |out| write(&view, format, out))
}

/// Refuses files that would be written over what the audit reads.
fn keep_inputs(args: &AuditArgs, past: &Past) -> Result<(), Failure> {
    let files = [
        ("--output", &args.output),
        ("--html", &args.html),
        ("--csv", &args.csv),
        ("--ics", &args.ics),
    ];
    let files = files.into_iter();
    let outputs: Vec<Output<'_>> = files
        .filter_map(|(option, path)| Some((option, path.as_deref()?)))
        .collect();
    Inputs::new(&past.session, &[], &past.paths).keep(&outputs)
}

/// What was sent, read and joined.
pub(crate) struct Past {
    pub(crate) session: Session,
    /// The number of the rule set that holds here.
    pub(crate) set: usize,
    pub(crate) history: History,
    /// Where it was read from: exports and ledgers.
    pub(crate) paths: Vec<PathBuf>,
    /// Broken rows: place and trouble.
    pub(crate) problems: Vec<(String, String)>,
    /// There was nothing to read.
    pub(crate) nothing: bool,
}

/// What came of reading.
pub(crate) enum Outcome {
    Read(Box<Past>),
    /// A pack or a configuration has a mistake that must be mended first.
    MustStop(Box<Session>),
}

impl Past {
    /// What an audit looks at.
    pub(crate) fn input<'a>(&'a self, notes: &'a SentNotes, now: Timestamp) -> Input<'a> {
        let sending = &self.session.rule_sets[self.set].sending;
        Input {
            history: &self.history,
            notes: &notes.facts,
            templates: &notes.templates,
            pitches: &notes.pitches,
            settings: &sending.audit,
            sending: &sending.schedule,
            now,
        }
    }
}

/// Reads exports and ledgers: those named, else those of the configuration of the current folder.
pub(crate) fn read(
    paths: &[PathBuf],
    ledgers: &[PathBuf],
    rules: &RuleArgs,
    now: Timestamp,
) -> Result<Outcome, Failure> {
    let mut session = Session::new(rules, &FileArgs::default(), &GateArgs::default())?;
    let set = session.rule_set_of(Path::new(HERE));
    if session.must_stop() {
        return Ok(Outcome::MustStop(Box::new(session)));
    }
    let paths = match paths.is_empty() {
        true => session.exports(),
        false => paths.to_vec(),
    };
    let ledgers = match ledgers.is_empty() {
        true => session.ledgers(),
        false => ledgers.to_vec(),
    };
    let nothing = paths.is_empty() && ledgers.is_empty();
    let mut sources = std::mem::take(&mut session.sources);
    let exported = load::read_exports(&paths, &mut sources);
    session.errors.extend(exported.errors);
    let sending = session.rule_sets[set].sending.clone();
    let mut clocks = Clocks::new(now);
    let mut zone_of = |note: &connote::note::Note| clocks.of(note, &sending.schedule).zone;
    let ledger = load::read_ledger(sources, &ledgers, &mut zone_of);
    session.errors.extend(ledger.loaded.errors);
    let sources = ledger.loaded.sources;
    let mut found = session.take_problems();
    found.extend(exported.problems);
    found.extend(ledger.loaded.problems);
    let problems = found
        .iter()
        .map(|problem| placed(problem, &sources))
        .collect();
    session.sources = sources;
    let zone = |name: &Option<String>| name.as_deref().and_then(known_zone);
    let history = History::new(
        exported.archive,
        ledger.rows,
        zone(&sending.audit.export_zone).as_ref(),
        zone(&sending.schedule.sender_zone).as_ref(),
    );
    let nothing = nothing || history.sent.is_empty() && !session.errors.is_empty();
    Ok(Outcome::Read(Box::new(Past {
        session,
        set,
        history,
        paths: [paths, ledgers].concat(),
        problems,
        nothing,
    })))
}

/// A problem's place and what it is.
fn placed(problem: &Diagnostic, sources: &Sources) -> (String, String) {
    let span = problem.span();
    let source = sources.get(span.file);
    let line = source.line_number(span.start as usize);
    (
        format!("{}:{line}", source.name),
        problem.message.to_string(),
    )
}
