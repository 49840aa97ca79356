//! `connote learn`: what went with acceptance in the user's own history.

use std::fs::OpenOptions;
use std::io::Write;

use connote::audit::by_all;
use connote::learn;
use connote::lint::judge_sent;
use connote::render::LearnView;
use connote::render::Options;
use connote::render::learn_json;
use connote::render::learn_terminal;
use connote::render::learn_weights;

use crate::args::LearnArgs;
use crate::audit::Outcome;
use crate::audit::read;
use crate::environment::Environment;
use crate::environment::Progress;
use crate::session::tell;
use crate::status::Failure;
use crate::status::Status;

pub(crate) fn run(args: &LearnArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let environment = Environment::new(args.color.color, args.width, false);
    let options = Options {
        all: args.all,
        ..environment.options()
    };
    let now = Environment::now(args.now);
    let mut past = match read(&args.paths, &args.ledger, &args.rules, now)? {
        Outcome::Read(past) => *past,
        Outcome::MustStop(session) => return session.stop(&options, "terminal", out),
    };
    let refused = past.session.tell_errors();
    for (place, trouble) in &past.problems {
        tell(&format!("{place}: {trouble}"));
    }
    if past.nothing {
        if !refused {
            tell("nothing to learn from: name LinkedIn's export, or set `history` in connote.toml");
        }
        return Ok(Status::Trouble);
    }
    let set = &past.session.rule_sets[past.set];
    let progress = Progress::new(environment.progress, "judging what was sent");
    let notes = judge_sent(set, &past.history);
    drop(progress);
    let settings = &set.sending.audit;
    let outcomes: Vec<_> = past
        .history
        .sent
        .iter()
        .map(|sent| by_all(&past.history, sent, settings, now))
        .collect();
    let traits = learn::traits(&past.input(&notes, now), &outcomes, &notes);
    let too_few = settings.too_few as usize;
    let learned = learn::learn(&traits.traits, &traits.observations, too_few);
    let view = LearnView {
        learned: &learned,
        mature: traits.observations.len(),
        accepted: traits
            .observations
            .iter()
            .filter(|one| one.accepted)
            .count(),
        weights: learn::weights(&learned, &set.table),
        too_few,
        options: &options,
    };
    match args.format.as_str() {
        "json" => learn_json(&view, out)?,
        _ => learn_terminal(&view, out)?,
    }
    if !past.history.has_connections {
        tell("there is no list of connections, so nobody is known to have accepted");
    }
    if let Some(path) = &args.write {
        match &view.weights {
            None => tell("no weights were written: the history shows nothing of the three parts"),
            Some(weights) => {
                let mut text = Vec::new();
                learn_weights(&view, weights, &mut text)?;
                // What is there already may be the user's own configuration.
                let file = OpenOptions::new().write(true).create_new(true).open(path);
                let written = file.and_then(|mut file| file.write_all(&text));
                written.map_err(|error| Failure::writing(path, &error))?;
            }
        }
    }
    Ok(match () {
        () if refused || past.session.is_broken() => Status::Trouble,
        () if !past.problems.is_empty() => Status::Findings,
        () => Status::Clean,
    })
}
