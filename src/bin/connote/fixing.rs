//! `check --fix` and `--diff`: round after round the fixes that can be made together, until none is left;
//! then the files are written, or the changes shown.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io;
use std::io::IsTerminal;
use std::io::Read;
use std::io::Write;

use connote::diagnostic::FixKind;
use connote::fix::Chosen;
use connote::fix::apply;
use connote::fix::choose;
use connote::render;
use connote::report::Report;
use connote::source::Sources;
use connote::span::FileId;

use crate::args::CheckArgs;
use crate::check::Judged;
use crate::check::Outcome;
use crate::check::STDIN;
use crate::check::judge_over;
use crate::diff;
use crate::drafts::Texts;
use crate::foreign;
use crate::options::FixArgs;
use crate::replace::replace;
use crate::replace::replace_unchanged;
use crate::reports::Reports;
use crate::session::tell;
use crate::status::Failure;

/// Rounds at the most. Each takes something out or puts something right, so a few are enough; a pack could
/// have two rules that undo each other.
const ROUNDS: usize = 10;

/// What was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// What was found, or is left.
    Report,
    /// Changes that would be made.
    Changes,
    /// That there would be none.
    NoChange,
    /// One of these, and a file could not be mended.
    Trouble,
}

/// The fixes of a run.
#[derive(Debug)]
pub(crate) struct Fixing {
    most: FixKind,
    diff: bool,
    /// What is in the changed files now, and in standard input.
    texts: Texts,
    /// What was in the changed files.
    originals: BTreeMap<String, String>,
    /// How many findings were mended in each.
    fixed: BTreeMap<String, usize>,
    /// Files whose fixes came to something else than they should have.
    left_alone: BTreeSet<String>,
    /// What standard input is called, if it is read.
    stdin: Option<String>,
    trouble: bool,
}

/// What the notes of a changed file should say, and what was in the file before.
type Expected = BTreeMap<String, (Vec<String>, Option<Vec<u8>>)>;

impl Fixing {
    /// The fixes that were asked for, if any were.
    pub(crate) fn new(args: &FixArgs) -> Result<Option<Self>, Failure> {
        if !args.fix && !args.diff {
            return match args.unsafe_fixes {
                true => Err(Failure::new("--unsafe-fixes goes with --fix or --diff")),
                false => Ok(None),
            };
        }
        Ok(Some(Self {
            most: match args.unsafe_fixes {
                true => FixKind::Unsafe,
                false => FixKind::Safe,
            },
            diff: args.diff,
            texts: Texts::new(),
            originals: BTreeMap::new(),
            fixed: BTreeMap::new(),
            left_alone: BTreeSet::new(),
            stdin: None,
            trouble: false,
        }))
    }

    /// Judges the drafts, and again after each round of fixes; writes the files, unless only the changes
    /// are to be shown. What comes out is what was found in the mended drafts.
    pub(crate) fn judge(
        &mut self,
        args: &CheckArgs,
        scores: bool,
        shows_progress: bool,
    ) -> Result<Outcome, Failure> {
        self.take_stdin(args)?;
        let judge = |texts: &Texts| judge_over(args, scores, shows_progress, texts);
        let mut expected = Expected::new();
        let mut round = 0;
        let outcome = loop {
            let judged = match judge(&self.texts)? {
                Outcome::Judged(judged) => judged,
                stopped => return Ok(stopped),
            };
            if self.takes_back(&judged, std::mem::take(&mut expected)) {
                continue;
            }
            self.leave_spoilt(&judged.sources);
            let chosen = choose(
                &judged.report.diagnostics,
                &judged.report.notes,
                &judged.sources,
                self.most,
                &|file| self.left_alone.contains(&judged.sources.get(file).name),
            );
            if round == ROUNDS || chosen.edits.is_empty() {
                break Outcome::Judged(judged);
            }
            round += 1;
            expected = self.make(&judged, chosen);
        };
        match &outcome {
            Outcome::Judged(judged) if !self.diff && self.write(judged) => judge(&self.texts),
            _ => Ok(outcome),
        }
    }

    /// Standard input can be read only once.
    fn take_stdin(&mut self, args: &CheckArgs) -> Result<(), Failure> {
        if !args.paths.iter().any(|path| path.as_os_str() == "-") {
            return Ok(());
        }
        let name = args.files.stdin_filename.as_deref();
        let name = name.map_or_else(|| STDIN.to_owned(), |name| name.display().to_string());
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .take(u64::from(u32::MAX))
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::new(format!("cannot read {name}: {error}")))?;
        self.texts.insert(name.clone(), bytes);
        self.stdin = Some(name);
        Ok(())
    }

    /// Leaves files alone of which not every byte is known: what is written would not be theirs.
    fn leave_spoilt(&mut self, sources: &Sources) {
        for file in (0..sources.len()).filter_map(|file| u32::try_from(file).ok()) {
            let source = sources.get(FileId(file));
            if !source.spoilt.is_empty() && self.left_alone.insert(source.name.clone()) {
                let name = &source.name;
                tell(&format!(
                    "left {name} as it is: not all of it is text in UTF-8"
                ));
            }
        }
    }

    /// Makes the fixes of a round, in memory.
    fn make(&mut self, judged: &Judged, chosen: Chosen) -> Expected {
        let mut expected = Expected::new();
        for (file, edits) in &chosen.edits {
            let source = judged.sources.get(*file);
            let name = source.name.clone();
            let new = apply(&source.text, edits);
            let original = || source.text.to_string();
            self.originals.entry(name.clone()).or_insert_with(original);
            let before = self.texts.insert(name.clone(), new.into_bytes());
            expected.insert(name, (Vec::new(), before));
        }
        let mut words = chosen.words.into_iter().peekable();
        for (number, note) in judged.report.notes.iter().enumerate() {
            let fixed = words.next_if(|(changed, _)| *changed as usize == number);
            let name = &judged.sources.get(note.text.file()).name;
            if let Some((all, _)) = expected.get_mut(name) {
                all.push(fixed.map_or_else(|| note.text.as_str().to_owned(), |(_, words)| words));
            }
        }
        for (note, count) in chosen.counts {
            if let Some(note) = judged.report.notes.get(note as usize) {
                let name = &judged.sources.get(note.text.file()).name;
                *self.fixed.entry(name.clone()).or_default() += count;
            }
        }
        expected
    }

    /// Whether files had to get their old text back, since their notes do not say what they should after
    /// the fixes. That must not happen, but these are other people's files.
    fn takes_back(&mut self, judged: &Judged, expected: Expected) -> bool {
        let mut back = false;
        for (name, (words, _)) in expected {
            let notes = judged.report.notes.iter();
            let own = notes.filter(|note| judged.sources.get(note.text.file()).name == name);
            if own.map(|note| note.text.as_str()).eq(words.iter()) {
                continue;
            }
            tell(&format!(
                "left {name} as it is: its notes would not say what they should"
            ));
            back = true;
            self.forget(&name);
            self.left_alone.insert(name);
        }
        back
    }

    /// As if nothing had been mended in a file.
    fn forget(&mut self, name: &str) {
        self.trouble = true;
        self.fixed.remove(name);
        let original = self.originals.remove(name);
        match self.stdin.as_deref() == Some(name) {
            true => {
                let original = original.map(String::into_bytes);
                self.texts
                    .insert(name.to_owned(), original.unwrap_or_default());
            }
            false => {
                self.texts.remove(name);
            }
        }
    }

    /// Writes the mended files. Whether one of them could not be written, so that what is left has to be
    /// found anew.
    fn write(&mut self, judged: &Judged) -> bool {
        let mut failed = Vec::new();
        for found in &judged.found {
            let (Some(old), Some(new)) =
                (self.originals.get(&found.name), self.texts.get(&found.name))
            else {
                continue;
            };
            let new = String::from_utf8_lossy(new);
            if let Err(why) = replace_unchanged(&found.path, old, &new) {
                tell(&format!("left {} as it is: {why}", found.name));
                failed.push(found.name.clone());
            }
        }
        failed.iter().for_each(|name| self.forget(name));
        !failed.is_empty()
    }

    /// Shows the changes, or what is left.
    pub(crate) fn show(
        &self,
        report: &Report,
        sources: &Sources,
        options: &render::Options,
        reports: &Reports,
        out: &mut dyn Write,
    ) -> Result<Shown, Failure> {
        let counted = self.counted(report.diagnostics.len());
        if self.diff {
            match &reports.main_file {
                Some(file) => replace(file, &mut |out| self.show_changes(false, out))?,
                None => self.show_changes(io::stdout().is_terminal(), out)?,
            }
            if !options.quiet {
                tell(&counted);
            }
            return Ok(match self.originals.is_empty() {
                _ if self.trouble => Shown::Trouble,
                true => Shown::NoChange,
                false => Shown::Changes,
            });
        }
        let mut told = Vec::new();
        reports.write(report, sources, options, &mut told)?;
        let is_told = reports.main == "terminal" && reports.main_file.is_none();
        if is_told {
            writeln!(told, "{counted}")?;
        }
        match self.stdin.as_ref().and_then(|name| self.texts.get(name)) {
            // The report must not get between the lines of the draft.
            Some(text) => {
                foreign::write(
                    &String::from_utf8_lossy(text),
                    io::stdout().is_terminal(),
                    out,
                )?;
                out.flush()?;
                let told = String::from_utf8_lossy(&told);
                let is_raw = reports.main != "terminal" && io::stderr().is_terminal();
                foreign::write(&told, is_raw, &mut io::stderr())?;
            }
            None => out.write_all(&told)?,
        }
        if !is_told {
            tell(&counted);
        }
        Ok(match self.trouble {
            true => Shown::Trouble,
            false => Shown::Report,
        })
    }

    fn show_changes(&self, on_terminal: bool, out: &mut dyn Write) -> Result<(), Failure> {
        for (name, old) in &self.originals {
            let new = self
                .texts
                .get(name)
                .map(|bytes| String::from_utf8_lossy(bytes));
            diff::write(name, old, &new.unwrap_or_default(), on_terminal, out)?;
        }
        Ok(())
    }

    /// `3 fixed in 2 files, 1 left`.
    fn counted(&self, left: usize) -> String {
        let fixed: usize = self.fixed.values().sum();
        let files = match self.fixed.len() {
            0 => String::new(),
            1 => " in 1 file".to_owned(),
            files => format!(" in {files} files"),
        };
        match self.diff {
            true => format!("{fixed} would be fixed{files}"),
            false => format!("{fixed} fixed{files}, {left} left"),
        }
    }
}
