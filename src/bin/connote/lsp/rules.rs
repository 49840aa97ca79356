//! What open documents are judged by: configurations, packs and histories as they lie on the disk.
//! Whoever saves one of them sees it at work with the next keystroke.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::time::SystemTime;

use connote::config;
use connote::diagnostic::Diagnostic;
use connote::editor;
use connote::history::History;
use connote::input::InputOptions;
use connote::note::Note;
use connote::ruleset::RuleSet;

use crate::check::past;
use crate::drafts::input_options;
use crate::environment::Environment;
use crate::options::FileArgs;
use crate::options::GateArgs;
use crate::options::RuleArgs;
use crate::session::Session;
use crate::status::Failure;

/// A file that something was read from, and how it was then.
#[derive(Debug)]
struct Watched {
    path: PathBuf,
    state: State,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    Missing,
    /// A configuration or pack: small, so that its bytes say whether it changed.
    Bytes(Vec<u8>),
    /// A history: its size and when it was written.
    Large(u64, Option<SystemTime>),
}

impl State {
    fn small(path: &Path) -> Self {
        fs::read(path).map_or(Self::Missing, Self::Bytes)
    }

    fn large(path: &Path) -> Self {
        fs::metadata(path).map_or(Self::Missing, |data| {
            Self::Large(data.len(), data.modified().ok())
        })
    }
}

/// The rules, and what was sent before.
pub(super) struct Rules {
    pub(super) session: Session,
    /// Mistakes in configurations and packs.
    pub(super) problems: Vec<Diagnostic>,
    sent: Vec<Note>,
    past: Option<History>,
    histories: Vec<PathBuf>,
    watched: Vec<Watched>,
    /// Folders of documents, each with its configuration.
    folders: Vec<(PathBuf, Option<PathBuf>)>,
}

/// How a document is judged.
pub(super) struct Place {
    /// The number of its rule set.
    pub(super) set: usize,
    pub(super) options: InputOptions,
    /// The configuration passes it over.
    pub(super) excluded: bool,
    /// There is a configuration for it.
    pub(super) configured: bool,
}

impl Rules {
    pub(super) fn new(args: &RuleArgs) -> Result<Self, Failure> {
        let session = Session::new(args, &FileArgs::default(), &GateArgs::default())?;
        let packs = args.packs.iter().map(|path| session.absolute(path));
        let config = args.config.iter().map(|path| session.absolute(path));
        let watched = packs.chain(config).map(|path| Watched {
            state: State::small(&path),
            path,
        });
        Ok(Self {
            watched: watched.collect(),
            session,
            problems: Vec::new(),
            sent: Vec::new(),
            past: None,
            histories: Vec::new(),
            folders: Vec::new(),
        })
    }

    /// What holds for a document, whose configuration is read if it was not before.
    pub(super) fn place(&mut self, path: &Path) -> Place {
        let config = self.session.config_of(path);
        let settings = &config.settings;
        let options = input_options(settings);
        let configured = config.path.is_some();
        let mut files: Vec<PathBuf> = config.path.iter().cloned().collect();
        let packs = settings
            .packs
            .iter()
            .map(|pack| settings.folder.join(&pack.value));
        files.extend(packs);
        let set = self.session.rule_set_of(path);
        let excluded = self.session.excludes(path);
        for path in files {
            self.watch(path, State::small);
        }
        let folder = path.parent().unwrap_or(path).to_owned();
        if !self.folders.iter().any(|(known, _)| *known == folder) {
            let config = config::find(&folder, &|path| path.is_file());
            self.folders.push((folder, config));
        }
        let histories = self.session.histories(&[]);
        if histories != self.histories {
            for path in &histories {
                self.watch(self.session.absolute(path), State::large);
            }
            let now = Environment::now(None);
            let (mut loaded, past) = past(&mut self.session, &histories, now);
            self.problems.append(&mut loaded.problems);
            self.session.errors.append(&mut loaded.errors);
            (self.sent, self.past, self.histories) = (loaded.notes, past, histories);
        }
        self.problems.append(&mut self.session.take_problems());
        // Standard error is the editor's log.
        self.session.tell_errors();
        Place {
            set,
            options,
            excluded,
            configured,
        }
    }

    fn watch(&mut self, path: PathBuf, state: impl Fn(&Path) -> State) {
        if !self.watched.iter().any(|watched| watched.path == path) {
            self.watched.push(Watched {
                state: state(&path),
                path,
            });
        }
    }

    /// Whether the files are still as they were read.
    pub(super) fn are_current(&self) -> bool {
        let same = |watched: &Watched| match watched.state {
            State::Large(..) => State::large(&watched.path) == watched.state,
            _ => State::small(&watched.path) == watched.state,
        };
        let closest = |(folder, known): &(PathBuf, Option<PathBuf>)| {
            config::find(folder, &|path| path.is_file()) == *known
        };
        self.watched.iter().all(same) && self.folders.iter().all(closest)
    }

    /// The rules for a run at this moment.
    pub(super) fn for_run(&self) -> editor::Rules<'_> {
        editor::Rules {
            sets: &self.session.rule_sets,
            history: &self.sent,
            past: self.past.as_ref(),
            now: Some(Environment::now(None)),
        }
    }

    /// A rule set by its number.
    pub(super) fn set(&self, number: usize) -> Option<&RuleSet> {
        self.session.rule_sets.get(number)
    }
}
