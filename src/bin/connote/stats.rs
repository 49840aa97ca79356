//! `connote rules stats`: the rules held against people's labels.

use std::io::Write;
use std::path::Path;

use connote::agreement::Agreement;
use connote::agreement::Folds;
use connote::agreement::samples;
use connote::lint;
use connote::render;
use connote::render::agreement_json;
use connote::render::agreement_terminal;

use crate::args::StatsArgs;
use crate::environment::Environment;
use crate::environment::Progress;
use crate::labelled::labelled;
use crate::options::FileArgs;
use crate::options::GateArgs;
use crate::session::HERE;
use crate::session::Session;
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
    let Some(corpus) = labelled(&args.corpus, &mut session)? else {
        return Ok(Status::Trouble);
    };
    let rules = &session.rule_sets[set];
    let progress = Progress::new(environment.progress, "judging the corpus");
    let folds = args.folds.map(|folds| {
        let features = lint::features_of(rules, &corpus.notes);
        Folds::new(&samples(features, &corpus.labels), usize::from(folds))
    });
    let mut run = lint::Run::new(rules);
    let unseen;
    if let Some(folds) = &folds {
        unseen = |note: usize| folds.weights_for(note);
        run.weights = Some(&unseen);
    }
    let report = lint::lint(&run, corpus.notes, Vec::new());
    drop(progress);
    let agreement = Agreement::new(&report, &corpus.labels, rules.rules());
    match args.format.as_str() {
        "json" => agreement_json(&agreement, out)?,
        _ => agreement_terminal(&agreement, &options, out)?,
    }
    Ok(match () {
        () if corpus.refused || session.is_broken() => Status::Trouble,
        () if corpus.broken => Status::Findings,
        () => Status::Clean,
    })
}
