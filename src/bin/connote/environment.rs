//! What the surroundings say: colour, width, progress. Variables come in through a closure, so
//! that the decisions are pure.

use std::io::IsTerminal;
use std::io::Write;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use connote::render;
use jiff::Timestamp;

use crate::options::Color;

/// How many columns to fill when nobody says.
const WIDTH: u16 = 80;

/// A CI system that shows findings in a way of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ci {
    GitHub,
    GitLab,
}

/// What the output may look like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Environment {
    /// Escape codes are welcome.
    pub(crate) color: bool,
    /// Columns.
    pub(crate) width: u16,
    /// More than ASCII can be shown.
    pub(crate) unicode: bool,
    /// Progress may be shown on standard error.
    pub(crate) progress: bool,
}

impl Environment {
    /// Asks the process. `to_file`: the output goes to a file, which no escape codes should reach
    /// unless they were asked for by option.
    pub(crate) fn new(color: Color, width: Option<u16>, to_file: bool) -> Self {
        let variable = |name: &str| std::env::var_os(name).map(|it| it.to_string_lossy().into());
        let terminal = std::io::stdout().is_terminal();
        let measured = terminal_size::terminal_size().map(|(width, _)| width.0);
        Self {
            color: match to_file {
                true => color == Color::Always,
                false => wants_color(color, &variable, terminal),
            },
            width: width
                .or(measured.filter(|_| terminal && !to_file))
                .unwrap_or(WIDTH)
                .max(40),
            // A file or a pipe always gets the same bytes.
            unicode: to_file || !terminal || shows_unicode(&variable),
            progress: std::io::stderr().is_terminal(),
        }
    }

    /// The CI system that runs this, as it says itself.
    pub(crate) fn ci() -> Option<Ci> {
        let is_true = |name: &str| std::env::var_os(name).is_some_and(|value| value == "true");
        match () {
            () if is_true("GITHUB_ACTIONS") => Some(Ci::GitHub),
            () if is_true("GITLAB_CI") => Some(Ci::GitLab),
            () => None,
        }
    }

    /// The file to which GitHub Actions wants a summary of the step added.
    pub(crate) fn step_summary() -> Option<PathBuf> {
        let path = std::env::var_os("GITHUB_STEP_SUMMARY")?;
        (!path.is_empty()).then(|| path.into())
    }

    /// The moment of the run: the one that was given, else SOURCE_DATE_EPOCH, else the clock's.
    pub(crate) fn now(given: Option<Timestamp>) -> Timestamp {
        let epoch = || {
            let seconds = std::env::var("SOURCE_DATE_EPOCH")
                .ok()?
                .trim()
                .parse()
                .ok()?;
            Timestamp::from_second(seconds).ok()
        };
        given.or_else(epoch).unwrap_or_else(Timestamp::now)
    }

    /// The same for an output.
    pub(crate) fn options(self) -> render::Options {
        render::Options {
            color: self.color,
            width: usize::from(self.width),
            all: false,
            explain: false,
            quiet: false,
            unicode: self.unicode,
        }
    }
}

/// `--color`, then NO_COLOR, then FORCE_COLOR or CLICOLOR_FORCE, then CLICOLOR=0 or a dumb
/// terminal, then whether it is a terminal at all.
fn wants_color(flag: Color, variable: &dyn Fn(&str) -> Option<String>, terminal: bool) -> bool {
    let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let forced = |name: &str| set(name) && variable(name).as_deref() != Some("0");
    let is = |name: &str, value: &str| variable(name).as_deref() == Some(value);
    match flag {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR") => false,
        Color::Auto if forced("FORCE_COLOR") || forced("CLICOLOR_FORCE") => true,
        Color::Auto if is("CLICOLOR", "0") || is("TERM", "dumb") => false,
        Color::Auto => terminal,
    }
}

/// Whether the terminal is told to show more than ASCII. Where nobody says, it is.
fn shows_unicode(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"];
    let mut set = names.iter().filter_map(|name| variable(name));
    set.find(|value| !value.is_empty()).is_none_or(|value| {
        let value = value.to_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    })
}

/// A line on standard error that appears when a run takes longer than a second, and goes away
/// when this is dropped.
pub(crate) struct Progress {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins to wait. If not `shown`, nothing will ever appear.
    pub(crate) fn new(shown: bool, what: &str) -> Self {
        if !shown {
            return Self {
                stop: None,
                thread: None,
            };
        }
        let (stop, stopped) = mpsc::channel::<()>();
        let line = format!("connote: {what} ...");
        let thread = std::thread::spawn(move || {
            let timeout = Err(mpsc::RecvTimeoutError::Timeout);
            if stopped.recv_timeout(Duration::from_secs(1)) == timeout {
                let mut stderr = std::io::stderr();
                let _ = write!(stderr, "{line}").and_then(|()| stderr.flush());
                let _ = stopped.recv();
                let _ = write!(stderr, "\r{:width$}\r", "", width = line.chars().count());
            }
        });
        Self {
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(flag: Color, variables: &[(&str, &str)], terminal: bool) -> bool {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        wants_color(flag, &variable, terminal)
    }

    #[test]
    fn the_option_goes_before_everything() {
        assert!(decide(Color::Always, &[("NO_COLOR", "1")], false));
        assert!(!decide(Color::Never, &[("FORCE_COLOR", "1")], true));
    }

    #[test]
    fn no_color_goes_before_force_color_unless_it_is_empty() {
        assert!(!decide(
            Color::Auto,
            &[("NO_COLOR", "1"), ("FORCE_COLOR", "1")],
            true
        ));
        assert!(decide(
            Color::Auto,
            &[("NO_COLOR", ""), ("FORCE_COLOR", "1")],
            false
        ));
        assert!(decide(Color::Auto, &[("NO_COLOR", "")], true));
    }

    #[test]
    fn forced_colour_goes_before_a_dumb_terminal() {
        assert!(decide(
            Color::Auto,
            &[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")],
            false
        ));
        assert!(decide(
            Color::Auto,
            &[("FORCE_COLOR", "3"), ("CLICOLOR", "0")],
            false
        ));
        assert!(!decide(Color::Auto, &[("FORCE_COLOR", "0")], false));
    }

    #[test]
    fn a_locale_without_utf_8_gets_ascii() {
        let with = |set: &'static [(&str, &str)]| {
            shows_unicode(&move |name: &str| {
                let found = set.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(with(&[]) && with(&[("LANG", "de_DE.UTF-8")]));
        assert!(!with(&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]));
        assert!(with(&[("LC_ALL", ""), ("LANG", "C.utf8")]));
    }

    #[test]
    fn without_variables_the_terminal_decides() {
        assert!(decide(Color::Auto, &[("TERM", "xterm")], true));
        assert!(!decide(Color::Auto, &[], false));
        assert!(!decide(Color::Auto, &[("CLICOLOR", "0")], true));
        assert!(!decide(Color::Auto, &[("TERM", "dumb")], true));
    }
}
