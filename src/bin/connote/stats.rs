//! `connote rules stats`: the rules held against people's labels.

use std::io::Write;
use std::path::Path;

use connote::agreement::Agreement;
use connote::agreement::labels;
use connote::input::make_ids_unique;
use connote::lint;
use connote::load;
use connote::render;
use connote::render::agreement_json;
use connote::render::agreement_terminal;

use crate::args::StatsArgs;
use crate::drafts::Texts;
use crate::drafts::read;
use crate::environment::Environment;
use crate::environment::Progress;
use crate::options::FileArgs;
use crate::options::GateArgs;
use crate::session::HERE;
use crate::session::Session;
use crate::session::tell;
use crate::status::Failure;
use crate::status::Status;

pub(crate) fn run(args: &StatsArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let environment = Environment::new(args.color.color, args.width, false);
    let options = render::Options {
        all: args.all,
        ..environment.options()
    };
    let mut session = Session::new(&args.rules, &FileArgs::default(), &GateArgs::default())?;
    let set = session.rule_set_of(Path::new(HERE));
    if session.must_stop() {
        return session.stop(&options, "terminal", out);
    }
    let walked = load::find_files(&args.corpus, &|_| false, true);
    session.errors.extend(walked.errors);
    let mut loaded = read(&walked.found, None, &mut session, &Texts::new())?;
    session.errors.append(&mut loaded.errors);
    let _ = make_ids_unique(&mut loaded.notes, &loaded.sources);
    for problem in &loaded.problems {
        let source = loaded.sources.get(problem.span().file);
        let line = source.line_number(problem.span().start as usize);
        tell(&format!("{}:{line}: {}", source.name, problem.message));
    }
    let mut known = Vec::with_capacity(loaded.notes.len());
    let mut broken = !loaded.problems.is_empty();
    for note in &loaded.notes {
        known.push(labels(note).unwrap_or_else(|trouble| {
            tell(&format!("{}: {trouble}", note.id));
            broken = true;
            None
        }));
    }
    let refused = session.tell_errors();
    if known.iter().all(Option::is_none) {
        if !refused {
            tell(
                "no note here has labels: give the columns reference, reason and value, each 0, 1 or 2, or an object `labels` with P, R and V",
            );
        }
        return Ok(Status::Trouble);
    }
    let progress = Progress::new(environment.progress, "judging the corpus");
    let run = lint::Run::new(&session.rule_sets[set]);
    let report = lint::lint(&run, loaded.notes, Vec::new());
    drop(progress);
    let agreement = Agreement::new(&report, &known, session.rule_sets[set].rules());
    match args.format.as_str() {
        "json" => agreement_json(&agreement, out)?,
        _ => agreement_terminal(&agreement, &options, out)?,
    }
    Ok(match () {
        () if refused || session.is_broken() => Status::Trouble,
        () if broken => Status::Findings,
        () => Status::Clean,
    })
}
