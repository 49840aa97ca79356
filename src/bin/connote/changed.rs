//! `check --changed-since REV`: asks git which files and lines changed, and cuts the report down to them.

mod git;
mod lines;

use std::collections::HashMap;
use std::collections::HashSet;
use std::path::Path;
use std::path::PathBuf;

use clap::Args;
use connote::diagnostic::Diagnostic;
use connote::input::format_of;
use connote::load::Found;
use connote::note::Note;
use connote::render::clean::clean;
use connote::report::Narrowed;
use connote::report::Report;
use connote::source::Sources;
use connote::span::FileId;

use crate::args::CheckArgs;
use crate::changed::git::Repository;
use crate::changed::lines::Lines;
use crate::check::Judged;
use crate::configs::name_of;
use crate::session::tell;
use crate::status::Failure;

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Files")]
pub(crate) struct ChangedArgs {
    /// Show only what is found in drafts and rows that changed since the branch left this commit, branch or
    /// tag, as git tells; all notes are compared
    #[arg(long, value_name = "REV", conflicts_with = "write_baseline")]
    pub(crate) changed_since: Option<String>,
}

/// Cuts a run's report down to what changed, if that was asked for; then says for each note that is left
/// whether it did.
pub(crate) fn narrow(args: &CheckArgs, judged: &mut Judged) -> Result<Option<Vec<bool>>, Failure> {
    let Some(revision) = &args.changed.changed_since else {
        return Ok(None);
    };
    if judged.stdin.is_some() {
        return Err(Failure::new(
            "--changed-since: git knows nothing of standard input; name files",
        ));
    }
    let changes = Changes::since(revision, &judged.found)?;
    let report = std::mem::take(&mut judged.report);
    let all = report.notes.len();
    let (narrowed, changed) = changes.narrow(report, &judged.sources);
    let numbers = narrowed.numbers.iter();
    judged.set_of_note = numbers.map(|&note| judged.set_of_note[note]).collect();
    judged.report = narrowed.report;
    if !args.output.quiet {
        let count = match changed.iter().filter(|changed| **changed).count() {
            0 => "none".to_owned(),
            count => count.to_string(),
        };
        let notes = if all == 1 { "note" } else { "notes" };
        let revision = clean(revision);
        tell(&format!(
            "{count} of {all} {notes} changed since {revision}"
        ));
    }
    Ok(Some(changed))
}

/// The changes since a commit, for the files of a run.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// What changed in each file, by its name in the output. Files without a change are missing.
    files: HashMap<String, Lines>,
    /// The names of all files with drafts; others are configurations, packs, baselines.
    drafts: HashSet<String>,
}

impl Changes {
    /// Asks git about the files of a run.
    pub(crate) fn since(revision: &str, found: &[Found]) -> Result<Self, Failure> {
        let repository = Repository::here()?;
        let listed = repository.changed_since(revision)?;
        let mut changes = Self::default();
        for found in found {
            changes.drafts.insert(found.name.clone());
            let paths = real_paths(&found.path);
            // What cannot be read is told elsewhere.
            if paths.is_empty() {
                continue;
            }
            if !paths.iter().any(|path| path.starts_with(&repository.root)) {
                return Err(Failure::new(format!(
                    "--changed-since: {} is outside of the git repository {}",
                    clean(&found.name),
                    clean(&name_of(&repository.root))
                )));
            }
            let change = paths.iter().find_map(|path| listed.files.get(path));
            let Some(change) = change else { continue };
            let format = format_of(&found.name);
            let lines = match format.batch && format.name != "xlsx" {
                true => repository.lines(&listed.base, change)?,
                false => Lines::All,
            };
            changes.files.insert(found.name.clone(), lines);
        }
        Ok(changes)
    }

    /// Cuts a report down to what changed. Also says which of the notes that are left did.
    pub(crate) fn narrow(&self, report: Report, sources: &Sources) -> (Narrowed, Vec<bool>) {
        let changed = self.notes(&report.notes, sources);
        let mut with_notes: Vec<&str> = report
            .notes
            .iter()
            .map(|note| sources.get(note.text.file()).name.as_str())
            .collect();
        with_notes.sort_unstable();
        with_notes.dedup();
        let keeps = |found: &Diagnostic| {
            let points = found.labels.iter().any(|label| {
                let (file, span) = (label.span.file, label.span.range());
                let last = span.end.saturating_sub(1).max(span.start);
                self.has(sources, file, span.start) || self.has(sources, file, last)
            });
            let name = sources.get(found.span().file).name.as_str();
            // Where a file gave no note at all, nothing else would tell.
            let is_lost = self.files.contains_key(name) && with_notes.binary_search(&name).is_err();
            points || found.note.is_none() && (is_lost || !self.drafts.contains(name))
        };
        let asked = |note: usize| changed.get(note).copied().unwrap_or_default();
        let narrowed = report.narrowed(&asked, &keeps);
        let asked = narrowed.numbers.iter().map(|&note| asked(note)).collect();
        (narrowed, asked)
    }

    /// For each note whether it changed.
    fn notes(&self, notes: &[Note], sources: &Sources) -> Vec<bool> {
        let mut changed = vec![false; notes.len()];
        let name = |note: &Note| sources.get(note.text.file()).name.as_str();
        let mut rows: HashMap<&str, Vec<(u32, usize)>> = HashMap::new();
        for (number, note) in notes.iter().enumerate() {
            if self.files.contains_key(name(note)) {
                rows.entry(name(note))
                    .or_default()
                    .push((note.line, number));
            }
        }
        for (file, mut rows) in rows {
            rows.sort_unstable();
            let Some(lines) = self.files.get(file) else {
                continue;
            };
            // What stands above the rows holds for all of them: names of columns.
            let first = rows.first().map_or(1, |(line, _)| *line);
            let all = first > 1 && lines.touch(1, first - 1);
            for (at, &(line, number)) in rows.iter().enumerate() {
                let next = rows[at..].iter().find(|(next, _)| *next > line);
                let last = next.map_or(u32::MAX, |(next, _)| next - 1);
                changed[number] = all || lines.touch(line, last);
            }
        }
        changed
    }

    /// Whether the line of a byte changed.
    fn has(&self, sources: &Sources, file: FileId, byte: usize) -> bool {
        let source = sources.get(file);
        let line = || u32::try_from(source.line_number(byte)).unwrap_or(u32::MAX);
        let lines = self.files.get(&source.name);
        lines.is_some_and(|lines| lines.touch(line(), line()))
    }
}

/// The path of a file with the links above it resolved, and with all of them: git may know either.
fn real_paths(path: &Path) -> Vec<PathBuf> {
    let whole = path.canonicalize().ok();
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok();
    let own = folder.and_then(|folder| Some(folder.join(path.file_name()?)));
    own.into_iter().chain(whole).collect()
}
