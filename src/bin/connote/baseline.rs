//! `check --baseline`, `--write-baseline`, `--prune-baseline`: the files of known findings, where they
//! hold, and what became of their entries.

use std::collections::HashSet;
use std::io::Write;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

use clap::Args;
use connote::baseline;
use connote::baseline::Baseline;
use connote::baseline::Entry;
use connote::baseline::Key;
use connote::diagnostic::Diagnostic;
use connote::diagnostic::Severity;
use connote::load;
use connote::note::Note;
use connote::render::clean::clean;
use connote::source::Source;
use connote::source::Sources;
use connote::span::FileId;
use connote::span::Span;
use connote::toml_doc;
use connote::toml_doc::Problems;

use crate::check::Judged;
use crate::configs::name_of;
use crate::replace::replace;
use crate::session::Session;
use crate::session::tell;
use crate::status::Failure;
use crate::status::Status;

/// What is wrong with a baseline is reported under this name.
const BASELINE: &str = "baseline";
/// An entry that matches nothing is reported under this name.
const UNUSED: &str = "unused-baseline";

#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Known findings")]
pub(crate) struct BaselineArgs {
    /// Leave out the findings that this file knows; by default `baseline` in the configuration
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write all findings of this run to a file for --baseline, instead of showing them
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "prune_baseline"])]
    pub(crate) write_baseline: Option<PathBuf>,
    /// Take out of the baseline what is no longer found
    #[arg(long)]
    pub(crate) prune_baseline: bool,
}

/// The baselines of a run.
#[derive(Debug, Default)]
pub(crate) struct Baselines {
    /// What they say, by number.
    pub(crate) known: Vec<Baseline>,
    /// Where each lies: absolute.
    paths: Vec<PathBuf>,
    /// By the number of a rule set, the baseline that holds for it.
    of_set: Vec<Option<usize>>,
}

impl Baselines {
    /// Reads the baseline of the command line, else those of the configurations of all rule sets. Mistakes
    /// are the session's, which then stops.
    pub(crate) fn read(args: &BaselineArgs, session: &mut Session) -> Self {
        let mut all = Self::default();
        if args.write_baseline.is_some() {
            return all;
        }
        for set in 0..session.rule_sets.len() {
            let settings = &session.config_of_set(set).settings;
            let written = settings.baseline.clone();
            let path = match (&args.baseline, &written) {
                (Some(path), _) => session.absolute(path),
                (None, Some(path)) => {
                    connote::config::normalized(&settings.folder, Path::new(&path.value))
                }
                (None, None) => {
                    all.of_set.push(None);
                    continue;
                }
            };
            let known = all.paths.iter().position(|known| *known == path);
            let number = known.unwrap_or_else(|| {
                let place = written.map(|path| path.span);
                let place = place.filter(|_| args.baseline.is_none());
                all.known.push(read_one(&path, place, session));
                all.paths.push(path);
                all.paths.len() - 1
            });
            all.of_set.push(Some(number));
        }
        all
    }

    /// The files.
    pub(crate) fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// For each note the baseline that holds for it, and its key there. Empty without baselines.
    pub(crate) fn of_notes(
        &self,
        notes: &[Note],
        sources: &Sources,
        set_of_note: &[usize],
        session: &Session,
    ) -> Vec<Option<(usize, Key)>> {
        if self.known.is_empty() {
            return Vec::new();
        }
        let of_note = |(note, set): (&Note, &usize)| {
            let number = (*self.of_set.get(*set)?)?;
            let file = seen_from(&self.paths[number], note, sources, session);
            Some((number, Key::of(note, &file)))
        };
        notes.iter().zip(set_of_note).map(of_note).collect()
    }

    /// Entries of which nothing was met, as warnings at their places; with `--prune-baseline` they are taken
    /// out instead. Only entries that this run can tell about: their rule ran, and their draft was read
    /// or is gone.
    pub(crate) fn settle(
        &self,
        args: &BaselineArgs,
        files: &[String],
        session: &Session,
    ) -> Result<Vec<Diagnostic>, Failure> {
        if args.prune_baseline && self.known.is_empty() {
            return Err(Failure::new(
                "--prune-baseline: there is no baseline; name it with --baseline FILE, or as `baseline` in connote.toml",
            ));
        }
        let mut unused = Vec::new();
        for (number, (baseline, path)) in self.known.iter().zip(&self.paths).enumerate() {
            let folder = path.parent().unwrap_or(path);
            let files = files.iter().map(|file| seen(file, folder, session));
            let files: HashSet<String> = files.collect();
            let told = |entry: &Entry| {
                let is_gone = !entry.file.ends_with('>') && !folder.join(&*entry.file).exists();
                (files.contains(&*entry.file) || is_gone) && self.ran(number, &entry.rule, session)
            };
            let entries = baseline.entries().iter().enumerate();
            let entries: Vec<(u32, &Entry)> = entries
                .filter(|(at, entry)| baseline.used(*at) < entry.count && told(entry))
                .map(|(at, entry)| (baseline.used(at), entry))
                .collect();
            if args.prune_baseline {
                prune(baseline, &entries, path, session)?;
                continue;
            }
            let entries = entries.iter().filter(|(used, _)| *used == 0);
            unused.extend(entries.map(|(_, entry)| is_unused(entry)));
        }
        Ok(unused)
    }

    /// Whether a rule ran where this baseline holds, or exists no more.
    fn ran(&self, number: usize, rule: &str, session: &Session) -> bool {
        let sets = session.rule_sets.iter().zip(&self.of_set);
        let mut sets = sets.filter(|(_, of_set)| **of_set == Some(number));
        sets.any(|(set, _)| set.rule(rule).is_none_or(|rule| rule.active))
    }
}

/// Settles the baselines of a run with what was found in it.
pub(crate) fn settle(args: &BaselineArgs, judged: &mut Judged) -> Result<(), Failure> {
    let found = judged.found.iter().map(|found| found.name.clone());
    let stdin = judged.stdin.iter().map(|name| name.display().to_string());
    let files: Vec<String> = found.chain(stdin).collect();
    let unused = judged.baselines.settle(args, &files, &judged.session)?;
    judged.report.diagnostics.extend(unused);
    Ok(())
}

fn is_unused(entry: &Entry) -> Diagnostic {
    Diagnostic::problem(
        UNUSED,
        Severity::Warning,
        entry.span,
        format!("`{}` is known here, but finds nothing any more", entry.rule),
    )
    .helped("`connote check --prune-baseline` takes out all such lines")
}

/// Reads a baseline. `place`: where the configuration names it.
fn read_one(path: &Path, place: Option<Span>, session: &mut Session) -> Baseline {
    let shown = session.shown(path).to_owned();
    let text = match (load::read_text(&shown), place) {
        (Ok(text), _) => text,
        (Err(error), Some(place)) => {
            let mut problems = Problems::new(BASELINE);
            problems
                .error(
                    place,
                    format!("this baseline cannot be read: {}", error.message),
                )
                .help = Some("`connote check --write-baseline FILE` writes one".into());
            session.complain(problems.found);
            return Baseline::default();
        }
        (Err(error), None) => {
            session.refuse(error);
            return Baseline::default();
        }
    };
    let file = session.sources.add(Source::new(name_of(&shown), text));
    let (baseline, problems) = parse(&session.sources.get(file).text, file);
    session.complain(problems);
    baseline
}

fn parse(text: &str, file: FileId) -> (Baseline, Vec<Diagnostic>) {
    let mut problems = Problems::new(BASELINE);
    let table = toml_doc::parse(text, file, &mut problems);
    // What was read of a broken file only gives echoes of the mistake.
    let baseline = match problems.found.is_empty() {
        true => Baseline::read(&table, &mut problems),
        false => Baseline::default(),
    };
    (baseline, problems.found)
}

/// Writes all that was found to a new baseline.
pub(crate) fn write_new(
    path: &Path,
    judged: &Judged,
    refused: bool,
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    if refused || judged.is_broken {
        tell("mend this first: no baseline was written");
        return Ok(Status::Trouble);
    }
    let is_other = |path: &Path| {
        let text = load::read_text(path);
        !text.is_ok_and(|text| parse(&text, FileId::default()).1.is_empty())
    };
    if path.exists() && is_other(path) {
        return Err(Failure::new(format!(
            "{} is there already and is no baseline: nothing was written",
            clean(&name_of(path))
        )));
    }
    let session = &judged.session;
    let absolute = session.absolute(path);
    let report = &judged.report;
    let key_of = |note: usize| {
        let note = report.notes.get(note)?;
        let file = seen_from(&absolute, note, &judged.sources, session);
        let key = Key::of(note, &file);
        Some((file, key))
    };
    let is_rule = |rule: &str| session.rule_sets.iter().any(|set| set.rule(rule).is_some());
    let entries = baseline::entries(report, &key_of, &is_rule);
    replace(path, &mut |out| {
        Ok(out.write_all(baseline::write(&entries).as_bytes())?)
    })?;
    let notes: HashSet<(&str, Key)> = entries.iter().map(|it| (&*it.file, it.key)).collect();
    let found: u32 = entries.iter().map(|entry| entry.count).sum();
    writeln!(
        out,
        "wrote {}: {found} {} in {} {}",
        clean(&name_of(path)),
        if found == 1 { "finding" } else { "findings" },
        notes.len(),
        if notes.len() == 1 { "note" } else { "notes" },
    )?;
    let others = report.diagnostics.iter();
    let others = others.filter(|it| it.note.is_none() || !is_rule(&it.rule));
    match others.count() {
        0 => {}
        others => tell(&format!(
            "{others} more in the files themselves cannot be left out; `connote check` shows {}",
            if others == 1 { "it" } else { "them" }
        )),
    }
    Ok(Status::Clean)
}

/// Writes a baseline without what was not met. `entries`: how often each of these was.
fn prune(
    baseline: &Baseline,
    entries: &[(u32, &Entry)],
    path: &Path,
    session: &Session,
) -> Result<(), Failure> {
    let shown = session.shown(path);
    if entries.is_empty() {
        tell(&format!("{}: nothing to take out", clean(&name_of(shown))));
        return Ok(());
    }
    let left = baseline.entries().iter().filter_map(|entry| {
        let less = entries
            .iter()
            .find(|(_, other)| std::ptr::eq(*other, entry));
        let count = less.map_or(entry.count, |(used, _)| *used);
        let entry = Entry {
            count,
            ..entry.clone()
        };
        (count > 0).then_some(entry)
    });
    let left: Vec<Entry> = left.collect();
    replace(shown, &mut |out| {
        Ok(out.write_all(baseline::write(&left).as_bytes())?)
    })?;
    let gone = entries.iter().map(|(used, entry)| entry.count - used);
    let gone: u32 = gone.sum();
    tell(&format!(
        "took {gone} {} out of {}",
        if gone == 1 { "finding" } else { "findings" },
        clean(&name_of(shown))
    ));
    Ok(())
}

/// The file of a note, seen from the folder of a baseline.
fn seen_from(baseline: &Path, note: &Note, sources: &Sources, session: &Session) -> String {
    let folder = baseline.parent().unwrap_or(baseline);
    seen(&sources.get(note.text.file()).name, folder, session)
}

/// A file seen from a folder, with `/` on every system.
fn seen(file: &str, folder: &Path, session: &Session) -> String {
    let file = session.absolute(Path::new(file));
    let steps = |path: &Path| -> Vec<String> {
        let names = path.components().filter(|it| *it != Component::CurDir);
        names
            .map(|name| name.as_os_str().to_string_lossy().into_owned())
            .collect()
    };
    let (from, to) = (steps(folder), steps(&file));
    let same = from.iter().zip(&to).take_while(|(one, two)| one == two);
    let same = same.count();
    let up = from[same..].iter().map(|_| "..");
    let steps: Vec<&str> = up.chain(to[same..].iter().map(String::as_str)).collect();
    steps.join("/")
}
