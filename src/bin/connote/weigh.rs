//! `connote rules weigh`: weights learned from people's labels.

use std::io::Write;
use std::path::Path;

use connote::agreement::samples;
use connote::lint;
use connote::weigh::train;

use crate::args::WeighArgs;
use crate::environment::Environment;
use crate::environment::Progress;
use crate::labelled::labelled;
use crate::options::FileArgs;
use crate::options::GateArgs;
use crate::options::RuleArgs;
use crate::session::HERE;
use crate::session::Session;
use crate::status::Failure;
use crate::status::Status;

/// Weights below two hundredths move no verdict.
const LEAST: f64 = 0.02;

pub(crate) fn run(args: &WeighArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let environment = Environment::new(args.color.color, None, false);
    // The weights that are built in belong to the built-in rules, whatever is set here.
    let rules = RuleArgs {
        isolated: true,
        ..RuleArgs::default()
    };
    let mut session = Session::new(&rules, &FileArgs::default(), &GateArgs::default())?;
    let set = session.rule_set_of(Path::new(HERE));
    if session.must_stop() {
        return session.stop(&environment.options(), "terminal", out);
    }
    let Some(corpus) = labelled(&args.corpus, &mut session)? else {
        return Ok(Status::Trouble);
    };
    let progress = Progress::new(environment.progress, "weighing words");
    let features = lint::features_of(&session.rule_sets[set], &corpus.notes);
    let samples = samples(features, &corpus.labels);
    let weights = train(samples.iter().flatten());
    drop(progress);
    write!(out, "{}", weights.write(LEAST))?;
    Ok(match () {
        () if corpus.refused => Status::Trouble,
        () if corpus.broken => Status::Findings,
        () => Status::Clean,
    })
}
