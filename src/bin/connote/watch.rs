//! `check --watch`: checks again whenever something is saved that the result depends on.
//!
//! Folders are watched rather than files: many editors write a new file and rename it over the old one.
//! Nothing that is found or broken ends the watching, only Ctrl-C does, with status 0.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::time::Duration;
use std::time::Instant;

use connote::config::normalized;
use connote::input::known_format;
use connote::render::clean::clean;
use notify::Event;
use notify::EventKind;
use notify::RecommendedWatcher;
use notify::RecursiveMode;
use notify::Watcher;
use notify::event::CreateKind;
use notify::event::ModifyKind;
use notify::event::RemoveKind;

use crate::args::CheckArgs;
use crate::check::run_once;
use crate::configs::name_of;
use crate::session::HERE;
use crate::session::Session;
use crate::session::tell;
use crate::status::Failure;
use crate::status::Status;

/// An editor does several things to save one file: so long must it be quiet.
const QUIET: Duration = Duration::from_millis(100);
/// Even where it is never quiet.
const LONGEST: Duration = Duration::from_secs(2);
/// Clears the screen of a terminal and goes to its top.
const CLEAR: &[u8] = b"\x1b[2J\x1b[H";

/// What happens while waiting.
enum Message {
    Stop,
    Event(notify::Result<Event>),
}

pub(crate) fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Failure::new(
            "--watch: standard input cannot be watched; name files or folders",
        ));
    }
    let (sender, messages) = mpsc::channel();
    let stop = sender.clone();
    // When nobody listens any more, the program is about to end.
    ctrlc::set_handler(move || drop(stop.send(Message::Stop)))
        .map_err(|error| Failure::new(format!("--watch: Ctrl-C cannot be waited for: {error}")))?;
    let watcher =
        notify::recommended_watcher(move |event| drop(sender.send(Message::Event(event))));
    let mut watcher = watcher.map_err(|error| unwatchable(&error))?;
    let mut watched = Watched::default();
    let clears =
        std::io::stdout().is_terminal() && std::env::var_os("TERM").is_none_or(|it| it != "dumb");
    loop {
        // Before the check: what is saved while it runs is not missed.
        watched.update(args, &mut watcher)?;
        match run_once(args, out) {
            Err(Failure::Message(message)) => tell(&message),
            Err(closed) => return Err(closed),
            Ok(_) => {}
        }
        out.flush()?;
        tell("watching for changes; Ctrl-C ends");
        let Some(changed) = wait(&messages, &watched) else {
            return Ok(Status::Clean);
        };
        if clears {
            out.write_all(CLEAR)?;
            out.flush()?;
        }
        tell(&told(&changed, &watched.current));
    }
}

/// Waits for something to be saved, and until it is quiet again. None for Ctrl-C.
fn wait(messages: &Receiver<Message>, watched: &Watched) -> Option<BTreeSet<PathBuf>> {
    let mut changed = BTreeSet::new();
    let mut begun = None;
    loop {
        let message = match begun {
            None => messages.recv().ok()?,
            Some(begun) if Instant::now().duration_since(begun) > LONGEST => return Some(changed),
            Some(_) => match messages.recv_timeout(QUIET) {
                Ok(message) => message,
                Err(_) => return Some(changed),
            },
        };
        match message {
            Message::Stop => return None,
            Message::Event(Ok(event)) => {
                let paths = event
                    .paths
                    .iter()
                    .filter(|path| watched.concerns(&event.kind, path));
                changed.extend(paths.cloned());
                // The system lost count of what happened.
                if !changed.is_empty() || event.need_rescan() {
                    begun.get_or_insert_with(Instant::now);
                }
            }
            Message::Event(Err(error)) => tell(&format!("--watch: {error}")),
        }
    }
}

/// What changed, in one line.
fn told(changed: &BTreeSet<PathBuf>, current: &Path) -> String {
    let Some(first) = changed.first() else {
        return "something changed".to_owned();
    };
    let name = name_of(first.strip_prefix(current).unwrap_or(first));
    let name = clean(&name);
    match changed.len() {
        1 if !first.exists() => format!("{name} is gone"),
        1 => format!("{name} changed"),
        2 => format!("{name} and another file changed"),
        more => format!("{name} and {} other files changed", more - 1),
    }
}

/// What is watched.
#[derive(Default)]
struct Watched {
    /// The current folder.
    current: PathBuf,
    /// Folders, and whether with all that is in them.
    folders: BTreeMap<PathBuf, bool>,
    /// Files that are no drafts, and on which the result depends: configurations, packs.
    files: BTreeSet<PathBuf>,
}

impl Watched {
    /// Watches what the result depends on by now. Folders may have come and gone.
    fn update(
        &mut self,
        args: &CheckArgs,
        watcher: &mut RecommendedWatcher,
    ) -> Result<(), Failure> {
        let mut session = Session::new(&args.rules, &args.files, &args.gate)?;
        self.current = session.absolute(Path::new("."));
        let mut folders: BTreeMap<PathBuf, bool> = BTreeMap::new();
        let options = args.rules.config.iter().chain(&args.rules.packs);
        let options = options
            .chain(&args.known.baseline)
            .chain(&args.files.history);
        self.files = options.map(|path| session.absolute(path)).collect();
        for path in &args.paths {
            let path = session.absolute(path);
            let inside = match path.is_dir() {
                true => path.join(HERE),
                false => path.clone(),
            };
            let config = session.config_of(&inside);
            let settings = &config.settings;
            let named = settings.packs.iter().chain(&settings.baseline);
            let named = named.chain(&settings.history).chain(&settings.ledger);
            let named = named.map(|named| normalized(&settings.folder, Path::new(&named.value)));
            self.files.extend(named.filter(|path| path.is_absolute()));
            self.files.extend(config.path.clone());
            // A configuration may appear in any folder above.
            let above = path
                .ancestors()
                .skip(1)
                .take_while(|it| it.starts_with(&self.current));
            for folder in above {
                folders.entry(folder.to_owned()).or_insert(false);
            }
            if path.is_dir() {
                folders.insert(path, true);
            } else {
                folders.entry(existing(&path)).or_insert(false);
            }
        }
        for file in &self.files {
            folders.entry(existing(file)).or_insert(false);
        }
        for gone in self.folders.keys().filter(|it| !folders.contains_key(*it)) {
            // It may be gone from the disk as well.
            let _ = watcher.unwatch(gone);
        }
        for (folder, deep) in &folders {
            let mode = match deep {
                true => RecursiveMode::Recursive,
                false => RecursiveMode::NonRecursive,
            };
            match watcher.watch(folder, mode) {
                // It went away just now: its parent tells when it is back.
                Err(_) if !folder.exists() => {}
                watched => watched.map_err(|error| unwatchable(&error))?,
            }
        }
        self.folders = folders;
        Ok(())
    }

    /// Whether something that happened to a path can change the result.
    fn concerns(&self, kind: &EventKind, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_draft = known_format(&name).is_some() || matches!(&*name, ".gitignore" | ".ignore");
        // A folder that comes, goes or is renamed, with all that is in it.
        let is_folder = match kind {
            EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => true,
            EventKind::Modify(ModifyKind::Name(_)) => path.extension().is_none(),
            _ => false,
        };
        // Our own reading is no change.
        !matches!(kind, EventKind::Access(_))
            && !path.components().any(|part| part.as_os_str() == ".git")
            && (is_draft || is_folder || self.files.contains(path))
    }
}

/// The closest folder above a path that exists.
fn existing(path: &Path) -> PathBuf {
    let mut above = path.ancestors().skip(1);
    above.find(|it| it.is_dir()).unwrap_or(path).to_owned()
}

fn unwatchable(error: &notify::Error) -> Failure {
    Failure::new(format!("--watch: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::AccessKind;
    use notify::event::RenameMode;

    #[test]
    fn only_what_can_change_the_result_counts() {
        let watched = Watched {
            files: [PathBuf::from("/a/own.rules")].into(),
            ..Watched::default()
        };
        let concerns = |kind: EventKind, path: &str| watched.concerns(&kind, Path::new(path));
        let any = EventKind::Any;
        for path in [
            "/a/b.md",
            "/a/connote.toml",
            "/a/own.rules",
            "/a/.gitignore",
            "/a/B.CSV",
        ] {
            assert!(concerns(any, path), "{path}");
            assert!(
                !concerns(EventKind::Access(AccessKind::Any), path),
                "{path}"
            );
        }
        for path in [
            "/a/.b.md.swp",
            "/a/b.md~",
            "/a/4913",
            "/a/.git/b.md",
            "/a/x.rs",
        ] {
            assert!(!concerns(any, path), "{path}");
        }
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::From));
        assert!(concerns(renamed, "/a/drafts") && !concerns(renamed, "/a/b.tmp"));
        assert!(concerns(
            EventKind::Remove(RemoveKind::Folder),
            "/a/drafts.d"
        ));
    }

    #[test]
    fn one_line_tells_what_changed_without_escape_codes() {
        let told = |paths: &[&str]| {
            let paths = paths.iter().map(PathBuf::from).collect();
            super::told(&paths, Path::new("/nowhere"))
        };
        assert_eq!(told(&[]), "something changed");
        assert_eq!(told(&["/nowhere/b\u{1b}[2J.md"]), "b?[2J.md is gone");
        assert_eq!(
            told(&["/nowhere/a.md", "/nowhere/b.md"]),
            "a.md and another file changed"
        );
        assert_eq!(told(&["/a", "/b", "/c"]), "/a and 2 other files changed");
    }
}
