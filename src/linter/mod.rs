//! The front door for programs that embed the linter: texts in, verdicts out.
//!
//! A web form or a plug-in for a customer database has strings, not files. A [`Linter`] takes them as
//! [`Draft`]s and gives a [`Batch`]: for every draft its score, grade, parts and findings, with places
//! counted in bytes and in UTF-16 code units, as browsers count. It opens no file, asks no clock and
//! knows no terminal, so that it runs wherever Rust does, wasm32 included.
//!
//! This room, the types that it hands out and the JSON of [`Batch::to_json`] are what this crate keeps
//! stable. The other rooms are open because the program is built from them; they may change with any
//! version.

mod draft;
mod finding;
mod verdict;

pub use draft::Draft;
pub use finding::Edit;
pub use finding::Finding;
pub use finding::Fix;
pub use finding::Place;
pub use finding::Related;
pub use finding::Whereabouts;
pub use verdict::Batch;
pub use verdict::Cluster;
pub use verdict::Evidence;
pub use verdict::PartVerdict;
pub use verdict::Verdict;

use std::path::Path;

use jiff::Timestamp;

use crate::config;
use crate::config::Settings;
use crate::input::make_ids_unique;
use crate::lint::Run;
use crate::lint::lint;
use crate::note::Note;
use crate::pack;
use crate::ruleset::RuleSet;
use crate::source::Source;
use crate::source::Sources;
use crate::toml_doc;
use crate::toml_doc::Problems;

/// Rules made ready for linting. Build one, keep it, and share it between threads.
#[derive(Debug)]
pub struct Linter {
    rules: RuleSet,
    now: Option<Timestamp>,
}

/// What a linter goes by, besides the built-in rules.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    configuration: String,
    packs: Vec<(String, String)>,
    now: Option<Timestamp>,
}

/// A mistake in a configuration or a rule pack.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mistake {
    /// `connote.toml`, or the name that the pack was given.
    pub name: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// All the mistakes found; there is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl std::fmt::Display for Mistakes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, mistake) in self.0.iter().enumerate() {
            let Mistake {
                name,
                line,
                column,
                message,
                help,
            } = mistake;
            let between = if number == 0 { "" } else { "\n" };
            write!(formatter, "{between}{name}:{line}:{column}: {message}")?;
            if let Some(help) = help {
                write!(formatter, " ({help})")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

impl Builder {
    /// The text of a `connote.toml`: account, sender, levels of rules, points. What it says of files
    /// (`exclude`, `history`, `[columns]`, `[[overrides]]`, packs by their path) means nothing here.
    pub fn configuration(mut self, text: impl Into<String>) -> Self {
        self.configuration = text.into();
        self
    }

    /// A rule pack of one's own, by a name for messages and its text.
    pub fn pack(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.packs.push((name.into(), text.into()));
        self
    }

    /// The moment of linting. Without it nothing is said of send times.
    pub fn now(mut self, now: Timestamp) -> Self {
        self.now = Some(now);
        self
    }

    /// Reads everything and makes the rules.
    ///
    /// # Errors
    ///
    /// Every mistake in the configuration and the packs, each with its place.
    pub fn build(self) -> Result<Linter, Mistakes> {
        let mut sources = Sources::default();
        let mut problems = Problems::new("configuration");
        let mut packs = pack::builtin(&mut sources, &mut problems);
        for (name, text) in self.packs {
            let file = sources.add(Source::new(name.clone(), text));
            let text = &sources.get(file).text;
            packs.push(pack::read(text, file, &name, &mut problems));
        }
        let file = sources.add(Source::new(config::FILE_NAME.into(), self.configuration));
        let table = toml_doc::parse(&sources.get(file).text, file, &mut problems);
        let layer = config::read(&table, Path::new(""), &mut problems);
        let settings = Settings::merged(Path::new("").into(), [layer]);
        let rules = RuleSet::build(&packs, &settings, &mut problems);
        if problems.has_errors() {
            return Err(mistakes(&problems, &sources));
        }
        Ok(Linter {
            rules,
            now: self.now,
        })
    }
}

fn mistakes(problems: &Problems, sources: &Sources) -> Mistakes {
    let mistake = |problem: &crate::diagnostic::Diagnostic| {
        let span = problem.span();
        let source = sources.get(span.file);
        let position = source.position(span.start as usize);
        Mistake {
            name: source.name.clone(),
            line: position.line,
            column: position.column,
            message: problem.message.to_string(),
            help: problem.help.as_deref().map(str::to_owned),
        }
    };
    Mistakes(problems.found.iter().map(mistake).collect())
}

impl Default for Linter {
    fn default() -> Self {
        Self::new()
    }
}

impl Linter {
    /// The built-in rules with the settings that hold without a configuration: a free account.
    pub fn new() -> Self {
        let mut problems = Problems::new("rule-pack");
        let packs = pack::builtin(&mut Sources::default(), &mut problems);
        // A test has read the built-in packs: there are no problems.
        Self {
            rules: RuleSet::build(&packs, &Settings::default(), &mut problems),
            now: None,
        }
    }

    /// A linter with a configuration or packs of one's own.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Makes every rule ready now. Without it a few drafts are judged by the rules that could fit them,
    /// which is quicker once and slower over and over.
    pub fn prepare(&self) {
        self.rules.make_ready();
    }

    /// Judges drafts, each by itself and all against each other: hand in together what goes out together.
    pub fn lint<D: Into<Draft>>(&self, drafts: impl IntoIterator<Item = D>) -> Batch {
        let mut sources = Sources::default();
        let mut notes: Vec<Note> = Vec::new();
        for (number, draft) in drafts.into_iter().enumerate() {
            notes.push(draft.into().note(number + 1, &mut sources));
        }
        let problems = make_ids_unique(&mut notes, &sources);
        let run = Run {
            now: self.now,
            ..Run::new(&self.rules)
        };
        Batch::new(lint(&run, notes, problems), sources)
    }
}

#[cfg(test)]
mod tests;
