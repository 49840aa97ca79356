//! `connote review`: going through a batch before it is sent, on a screen or as a page.
//!
//! A pure machine ([`update`]) turns events into a state ([`state`]) and a state into a frame ([`draw`]);
//! what it wants done outside of it are effects, which are carried out here.

mod bench;
mod draw;
mod editor;
mod journal;
mod keys;
mod lay;
mod marked;
mod opinion;
mod output;
mod pad;
mod page;
mod state;
mod style;
mod terminal;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod update;

use std::collections::BTreeMap;
use std::fs;
use std::io::IsTerminal;
use std::io::Write;
use std::path::Path;

use connote::note::field_str;
use connote::render;
use connote::render::clean::clean;

use crate::args::CheckArgs;
use crate::args::ReviewArgs;
use crate::check::Judged;
use crate::check::Outcome;
use crate::check::judge;
use crate::drafts::input_options;
use crate::drafts::nothing_to_check;
use crate::environment::Environment;
use crate::options::OutputArgs;
use crate::review::bench::Bench;
use crate::review::journal::IN_USE;
use crate::review::journal::Journal;
use crate::review::journal::Keys;
use crate::review::journal::path_of;
use crate::review::journal::resume;
use crate::review::opinion::opinions;
use crate::review::output::Batch;
use crate::review::state::Item;
use crate::review::state::Look;
use crate::review::state::Mark;
use crate::review::state::State;
use crate::review::terminal::Screen;
use crate::review::terminal::Signals;
use crate::review::terminal::end_by;
use crate::review::update::Effect;
use crate::review::update::End;
use crate::review::update::Event;
use crate::review::update::Wrote;
use crate::session::show;
use crate::session::tell;
use crate::status::Failure;
use crate::status::Status;

/// From so many notes on, comparing them takes long enough to be told.
const MANY: usize = 500;

pub(crate) fn run(args: &ReviewArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    if args.html.is_none() {
        needs_a_terminal(&args.batch)?;
    }
    let environment = Environment::new(args.color.color, None, args.html.is_some());
    let checked = CheckArgs {
        paths: vec![args.batch.clone()],
        output: OutputArgs {
            // With a folder before it no name is taken for that of a format.
            output: args
                .html
                .iter()
                .map(|path| Path::new(".").join(path).into())
                .collect(),
            ..OutputArgs::default()
        },
        rules: args.rules.clone(),
        files: args.files.clone(),
        ..CheckArgs::default()
    };
    let mut judged = match judge(&checked, true, environment.progress)? {
        Outcome::Judged(judged) => *judged,
        Outcome::MustStop(session) => return session.stop(&environment.options(), "terminal", out),
    };
    let refused = judged.session.tell_errors();
    if judged.report.notes.is_empty() {
        // What is wrong with the files is why no note is left.
        if !judged.report.diagnostics.is_empty() {
            show(
                &judged.report,
                &judged.sources,
                &environment.options(),
                "terminal",
                out,
            )?;
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
    match &args.html {
        Some(path) => write_page(&judged, environment, path, out)?,
        None => go_through(&mut judged, args, environment)?,
    }
    let is_trouble = refused || judged.is_broken;
    // The program ends here: giving back every small piece of memory first would only take time.
    std::mem::forget(judged);
    Ok(match is_trouble {
        true => Status::Trouble,
        false => Status::Clean,
    })
}

/// Says what else to use where there is nobody to ask.
fn needs_a_terminal(batch: &Path) -> Result<(), Failure> {
    let instead = "use `connote review BATCH --html FILE` for a page, or `connote check BATCH`";
    if batch.as_os_str() == "-" {
        return Err(Failure::new(format!(
            "a review needs the keyboard, so the batch cannot come from standard input; {instead}"
        )));
    }
    let is_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    match (is_terminal, is_dumb) {
        (true, false) => Ok(()),
        (true, true) => Err(Failure::new(format!(
            "this terminal (TERM=dumb) cannot show a screen; {instead}"
        ))),
        (false, _) => Err(Failure::new(format!(
            "a review needs a terminal; {instead}"
        ))),
    }
}

/// `--html`: the report as a page.
fn write_page(
    judged: &Judged,
    environment: Environment,
    path: &Path,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if render::output("html").is_none() {
        return Err(Failure::new("this build of connote cannot write pages"));
    }
    let mut page = Vec::new();
    let options = render::Options {
        all: true,
        ..environment.options()
    };
    show(&judged.report, &judged.sources, &options, "html", &mut page)?;
    fs::write(path, page).map_err(|error| Failure::writing(path, &error))?;
    let notes = counted(judged.report.notes.len(), "note", "notes");
    let path = path.to_string_lossy();
    writeln!(out, "wrote a page about {notes} to {}", clean(&path))?;
    Ok(())
}

/// The screen.
fn go_through(
    judged: &mut Judged,
    args: &ReviewArgs,
    environment: Environment,
) -> Result<(), Failure> {
    let mut options = BTreeMap::new();
    for found in &judged.found {
        let settings = &judged.session.config_of(&found.path).settings;
        options.insert(found.name.clone(), input_options(settings));
    }
    let batch = Batch {
        path: &args.batch,
        sources: &judged.sources,
        notes: &judged.report.notes,
        options: &options,
    };
    let bench = Bench {
        sets: &judged.session.rule_sets,
        set_of_note: &judged.set_of_note,
        history: &judged.history,
        past: judged.past.as_ref(),
        now: judged.now,
        notes: &judged.report.notes,
        files: judged.sources.len(),
    };
    let mut items = items(judged, &args.batch);
    let opened = path_of(&args.batch).map_err(|error| crate::status::reason(&error));
    let mut notes: Vec<String> = Vec::new();
    let mut journal = None;
    match opened.and_then(Journal::open) {
        Ok((open, known)) => {
            let (resumed, lost) = resume(&mut items, known);
            if resumed > 0 {
                let marks = counted(resumed, "note", "notes");
                notes.push(format!("resumed {marks} from {}", open.path().display()));
            }
            if lost > 0 {
                let lost = counted(lost, "note has", "notes have");
                notes.push(format!("{lost} changed since then"));
            }
            journal = Some(open);
        }
        Err(why) if why == IN_USE => return Err(Failure::new(why)),
        Err(why) => notes.push(format!("marks cannot be kept in a file: {why}")),
    }
    let problems = judged
        .report
        .diagnostics
        .iter()
        .filter(|found| found.note.is_none());
    match problems.count() {
        0 => {}
        1 => notes.push("1 problem with the file: see connote check".to_owned()),
        many => notes.push(format!("{many} problems with the files: see connote check")),
    }
    let look = Look {
        color: environment.color,
        unicode: environment.unicode,
    };
    let shown = args.batch.display().to_string();
    let mut state = State::new(shown, items, output::target(&args.batch), look);
    state.journal = journal
        .as_ref()
        .map(|journal| journal.path().display().to_string());
    if !notes.is_empty() {
        state.say(notes.join("; "));
    }
    let mut table = Table {
        bench,
        batch,
        journal,
        signals: Signals::listen().map_err(Failure::from)?,
    };
    if state.items.iter().any(Item::is_edited) {
        let opinions = table
            .bench
            .compare(state.items.iter().map(|item| item.words.as_str()));
        state.update(Event::Compared(opinions));
        state.sort();
    }
    let ended = {
        let mut screen = Screen::open()
            .map_err(|error| Failure::new(format!("cannot use the terminal: {error}")))?;
        table.run(&mut state, &mut screen)
    };
    table.leave(&state);
    match ended {
        Ok(Ended::Left) => Ok(()),
        Ok(Ended::By(signal)) => {
            end_by(signal);
            Ok(())
        }
        Err(error) => Err(Failure::new(format!("the terminal is gone: {error}"))),
    }
}

/// How the screen was left.
enum Ended {
    Left,
    By(i32),
}

/// Carries out what the state wants done.
struct Table<'a> {
    bench: Bench<'a>,
    batch: Batch<'a>,
    journal: Option<Journal>,
    signals: Signals,
}

impl Table<'_> {
    fn run(&mut self, state: &mut State, screen: &mut Screen) -> std::io::Result<Ended> {
        screen.draw(state)?;
        loop {
            if let Some(signal) = self.signals.came() {
                return Ok(Ended::By(signal));
            }
            let Some(event) = screen.event()? else {
                continue;
            };
            let mut effects = state.update(event);
            while !effects.is_empty() {
                let mut next = Vec::new();
                for effect in effects {
                    if let Effect::End(end) = effect {
                        return Ok(match end {
                            End::Left => Ended::Left,
                            End::Interrupted => Ended::By(signal_hook::consts::SIGINT),
                        });
                    }
                    if let Some(event) = self.carry_out(effect, state, screen)? {
                        next.extend(state.update(event));
                    }
                }
                effects = next;
            }
            // Whoever types fast, or pastes into a terminal that does not tell, waits for no frame.
            if !screen.has_more() {
                screen.draw(state)?;
            }
        }
    }

    fn carry_out(
        &mut self,
        effect: Effect,
        state: &mut State,
        screen: &mut Screen,
    ) -> std::io::Result<Option<Event>> {
        Ok(match effect {
            Effect::Keep(note) => self.keep(note, state).err().map(Event::NotKept),
            Effect::Judge(note, words) => {
                self.bench.make_ready();
                Some(Event::Judged(
                    note,
                    self.bench.alone(note, &words).map(Box::new),
                ))
            }
            Effect::Compare => {
                if state.items.len() >= MANY {
                    let before = state.message.take();
                    state.say(format!("comparing {} notes ...", state.items.len()));
                    screen.draw(state)?;
                    state.message = before;
                }
                let words = state.items.iter().map(|item| item.words.as_str());
                Some(Event::Compared(self.bench.compare(words)))
            }
            Effect::Editor(note, words) => {
                let edited = match editor::command() {
                    Ok(command) => screen.lend(|| editor::edit(&command, &words))?,
                    Err(why) => Err(why),
                };
                self.signals.forget_interrupt();
                Some(Event::Edited(note, edited))
            }
            Effect::Write { to, over } => {
                let result = self.batch.write(&state.items, &to, over);
                Some(Event::Written(result.map(|notes| Wrote {
                    to: to.display().to_string(),
                    notes,
                    keeps: self.done(state),
                })))
            }
            Effect::End(_) => None,
        })
    }

    fn keep(&mut self, note: usize, state: &State) -> Result<(), String> {
        let (Some(journal), Some(item)) = (&mut self.journal, state.items.get(note)) else {
            return Ok(());
        };
        let kept = journal.keep(item, &state.items);
        if kept.is_err() {
            self.journal = None;
        }
        kept
    }

    /// Takes the journal away after writing, unless it holds what is in no file. Says whether it does.
    fn done(&mut self, state: &State) -> bool {
        let is_open = |item: &Item| {
            let unwritten = item.mark == Mark::Open && item.is_edited();
            item.mark == Mark::Later || item.draft.is_some() || unwritten
        };
        let keeps = state.items.iter().any(is_open);
        if let Some(journal) = self.journal.as_mut().filter(|_| !keeps) {
            journal.remove();
        }
        keeps
    }

    /// Says where the marks are, once the screen is gone.
    fn leave(&self, state: &State) {
        let is_something =
            |item: &&Item| item.mark != Mark::Open || item.is_edited() || item.draft.is_some();
        let kept = state.items.iter().filter(is_something).count();
        match &self.journal {
            Some(journal) if kept > 0 && journal.path().exists() => {
                let notes = counted(kept, "note", "notes");
                let path = journal.path().to_string_lossy();
                tell(&format!(
                    "marks and edits of {notes} are kept in {}; the same command goes on with them",
                    clean(&path)
                ));
            }
            _ => {}
        }
    }
}

/// The notes of a run as they come to the table.
fn items(judged: &Judged, batch: &Path) -> Vec<Item> {
    let report = &judged.report;
    let mut keys = Keys::default();
    let notes = report.notes.iter().zip(opinions(report, false));
    notes
        .map(|(note, opinion)| {
            let source = judged.sources.get(note.text.file());
            // However the batch is named, its files are the same.
            let inside = Path::new(&source.name).strip_prefix(batch);
            let inside = inside.unwrap_or(Path::new("")).to_string_lossy();
            let place = match &source.cell {
                Some(cell) => format!("{}[{cell}]", source.name),
                None => format!("{}:{}", source.name, note.line),
            };
            Item {
                key: keys.key(note, &inside),
                id: note.id.to_string(),
                place,
                who: joined(
                    &[&note.recipient.first_name, &note.recipient.last_name],
                    " ",
                ),
                what: joined(&[&note.recipient.title, &note.recipient.company], ", "),
                original: note.text.as_str().to_owned(),
                words: note.text.as_str().to_owned(),
                mark: Mark::Open,
                draft: None,
                opinion,
            }
        })
        .collect()
}

fn joined(fields: &[&connote::note::Field], separator: &str) -> String {
    let words = fields.iter().filter_map(|field| field_str(field));
    let words: Vec<&str> = words
        .map(str::trim)
        .filter(|words| !words.is_empty())
        .collect();
    words.join(separator)
}

/// `1 note`, `2 notes`.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
