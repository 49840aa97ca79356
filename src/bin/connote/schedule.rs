//! `connote schedule`: a send time for every draft, for people to send by hand.

use std::hash::Hasher;
use std::io::Write;

use connote::config::Account;
use connote::note::Note;
use connote::note::NoteKind;
use connote::note::field_str;
use connote::render::Entry;
use connote::render::Options;
use connote::render::Timetable;
use connote::render::timetable;
use connote::report::Report;
use connote::schedule::Before;
use connote::schedule::Clock;
use connote::schedule::Clocks;
use connote::schedule::Sent;
use connote::schedule::Settings;
use connote::schedule::Slot;
use connote::schedule::plan;
use connote::score::Grade;

use crate::args::CheckArgs;
use crate::args::ScheduleArgs;
use crate::baseline::BaselineArgs;
use crate::changed::ChangedArgs;
use crate::check::Judged;
use crate::check::Outcome;
use crate::check::judge;
use crate::drafts::nothing_to_check;
use crate::environment::Environment;
use crate::foreign;
use crate::options::FixArgs;
use crate::options::GateArgs;
use crate::options::OutputArgs;
use crate::options::RunningArgs;
use crate::overwriting::Inputs;
use crate::overwriting::Output;
use crate::replace::replace;
use crate::session::show;
use crate::session::tell;
use crate::status::Failure;
use crate::status::Status;
use crate::write_back;

pub(crate) fn run(args: &ScheduleArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let to_file = args.output.is_some();
    let environment = Environment::new(args.color.color, args.width, to_file);
    let checked = CheckArgs {
        paths: args.paths.clone(),
        compare: Vec::new(),
        output: OutputArgs::default(),
        rules: args.rules.clone(),
        files: args.files.clone(),
        gate: GateArgs::default(),
        known: BaselineArgs::default(),
        changed: ChangedArgs::default(),
        running: RunningArgs::default(),
        fix: FixArgs::default(),
    };
    let options = Options {
        all: args.all,
        ..environment.options()
    };
    let mut judged = match judge(&checked, true, environment.progress)? {
        Outcome::Judged(judged) => *judged,
        Outcome::MustStop(session) => return session.stop(&options, "terminal", out),
    };
    keep_inputs(args, &judged)?;
    let refused = judged.session.tell_errors();
    if judged.report.notes.is_empty() {
        // What is wrong with the files is why no note is left.
        if !judged.report.diagnostics.is_empty() {
            show(&judged.report, &judged.sources, &options, "terminal", out)?;
        }
        if !refused {
            tell(&nothing_to_check(
                &checked,
                &judged.found,
                judged.passed_over,
            ));
        }
        return Ok(Status::Trouble);
    }
    let (entries, sender) = entries(&judged, args.seed);
    let table = Timetable {
        report: &judged.report,
        sources: &judged.sources,
        entries: &entries,
        now: judged.now,
        sender: sender.as_ref(),
        options: &options,
    };
    if let Some(path) = &args.ics {
        replace(path, &mut |out| write(&table, "ics", out))?;
    }
    match &args.output {
        Some(path) => replace(path, &mut |out| write(&table, &args.format, out))?,
        None => foreign::to_stdout(&args.format, out, &mut |out| {
            write(&table, &args.format, out)
        })?,
    }
    if args.write {
        write_back::write(&mut judged, &entries)?;
    }
    Ok(match refused || judged.is_broken {
        true => Status::Trouble,
        false => Status::Clean,
    })
}

/// Refuses plans that would be written over what the run reads.
fn keep_inputs(args: &ScheduleArgs, judged: &Judged) -> Result<(), Failure> {
    let files = [("--output", &args.output), ("--ics", &args.ics)];
    let files = files.into_iter();
    let outputs: Vec<Output<'_>> = files
        .filter_map(|(option, path)| Some((option, path.as_deref()?)))
        .collect();
    let histories = judged.session.histories(&args.files.history);
    Inputs::new(&judged.session, &judged.found, &histories).keep(&outputs)
}

fn write(table: &Timetable<'_>, format: &str, out: &mut dyn Write) -> Result<(), Failure> {
    let output = timetable(format).ok_or_else(|| Failure::new("there is no such format"))?;
    (output.render)(table, out)?;
    Ok(())
}

/// Plans all drafts. The sender is the one of the first draft's configuration.
fn entries(judged: &Judged, seed: u64) -> (Vec<Entry>, Option<jiff::tz::TimeZone>) {
    let report = &judged.report;
    let set = judged.set_of_note.first().copied().unwrap_or_default();
    let settings = &judged.session.rule_sets[set].sending.schedule;
    let account = judged.session.config_of_set(set).settings.account;
    let mut clocks = Clocks::new(judged.now);
    let clocks: Vec<Clock> = report
        .notes
        .iter()
        .map(|note| clocks.of(note, settings))
        .collect();
    let why_not: Vec<Option<String>> = (0..report.notes.len())
        .map(|note| why_not(report, note, &clocks[note]))
        .collect();
    let chosen: Vec<usize> = (0..report.notes.len())
        .filter(|&note| why_not[note].is_none())
        .collect();
    let slots: Vec<Slot<'_>> = chosen
        .iter()
        .map(|&note| slot(&report.notes[note], &clocks[note], judged))
        .collect();
    let monthly = (account == Account::Free).then_some(settings.per_month);
    let before = before(judged, settings);
    let placed = plan(&slots, settings, monthly, &before, judged.now, seed);
    drop(slots);
    let mut results: Vec<Result<jiff::Timestamp, String>> = why_not
        .into_iter()
        .map(|why| Err(why.unwrap_or_default()))
        .collect();
    for (note, placed) in chosen.into_iter().zip(placed) {
        results[note] = placed.map_err(str::to_owned);
    }
    let entries = clocks.into_iter().zip(results);
    let entries = entries.map(|(clock, placed)| Entry {
        outside: placed
            .as_ref()
            .is_ok_and(|at| clock.is_outside(settings, *at)),
        clock,
        placed,
    });
    let sender = settings.own_zone();
    (entries.collect(), sender)
}

/// What was sent already, by the history.
fn before(judged: &Judged, settings: &Settings) -> Before {
    let Some(past) = &judged.past else {
        return Before::default();
    };
    let zone = settings.own_zone().unwrap_or(jiff::tz::TimeZone::UTC);
    let used = past.notes_in_month_of(zone.to_datetime(judged.now).date());
    // Who has sent more has another limit than this one, as `personal-notes-left` takes it, too.
    let used = if used > settings.per_month { 0 } else { used };
    Before {
        sent: past.sent.iter().map(|sent| sent.sent.at).collect(),
        with_note: used,
    }
}

/// Why a draft takes no part in the plan.
fn why_not(report: &Report, note: usize, clock: &Clock) -> Option<String> {
    if report.notes[note].kind == NoteKind::FollowUp {
        return Some("a follow-up goes out once the invitation is accepted".to_owned());
    }
    let verdict = report.verdicts.get(note);
    let judged = verdict.filter(|verdict| verdict.unjudged.is_none());
    let grade = judged.map(|verdict| verdict.score.grade);
    if let Some(grade) = grade.filter(|grade| *grade != Grade::Ready) {
        return Some(format!("not ready yet, one to {}", grade.name()));
    }
    // Somebody has set a time: another one in its place would be a guess.
    if let Sent::Wrong(_) = clock.sent {
        return Some("its `send_at` is not clear; write it as 2026-03-31 10:00".to_owned());
    }
    if clock.zone.is_some() || clock.sent.moment().is_some() {
        return None;
    }
    Some(match () {
        () if clock.wrong_zone => "`timezone` is no time zone".to_owned(),
        () if !clock.candidates.is_empty() => {
            "the location could be in several time zones".to_owned()
        }
        () => "the recipient's time zone is not known".to_owned(),
    })
}

fn slot<'a>(note: &Note, clock: &'a Clock, judged: &Judged) -> Slot<'a> {
    let priority = field_str(&note.priority)
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    let rank = match priority.as_str() {
        "high" => 0,
        "medium" => 1,
        "low" => 3,
        // Nothing is said, or a word of the user's own.
        _ => 2,
    };
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(note.id.as_bytes());
    Slot {
        clock,
        rank,
        key: hasher.finish(),
        // What has gone by is planned anew.
        fixed: clock.sent.moment().filter(|moment| *moment >= judged.now),
    }
}
