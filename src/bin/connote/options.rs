//! Options that several commands share, by the headings that they have in the help.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;
use connote::config::Account;
use connote::config::FAIL_ON;
use connote::diagnostic::Severity;
use connote::render::OUTPUTS;
use connote::window::Local;
use connote::window::read_local;
use jiff::Timestamp;

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// How to show the findings [default: terminal; github in GitHub Actions]
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(OUTPUTS.iter().map(|output| output.name)))]
    pub(crate) format: Option<String>,
    /// Write to a file instead of the terminal; FORMAT=FILE writes one more report and may be given several
    /// times
    #[arg(long, short, value_name = "[FORMAT=]FILE")]
    pub(crate) output: Vec<OsString>,
    /// Show every note, also those without findings
    #[arg(long)]
    pub(crate) all: bool,
    /// Show how each score comes about, with the words that earned the points
    #[arg(long)]
    pub(crate) explain: bool,
    /// Show only the summary and what is wrong with files: no findings of notes, no progress. Formats for
    /// programs stay whole
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Columns to fill; by default the width of the terminal
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..))]
    pub(crate) width: Option<u16>,
    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct ColorArgs {
    /// Whether to use colours; `auto` asks the terminal and the variables NO_COLOR, FORCE_COLOR,
    /// CLICOLOR
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto")]
    pub(crate) color: Color,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Rules")]
pub(crate) struct RuleArgs {
    /// Use this configuration for all files, not the closest connote.toml above each
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(crate) config: Option<PathBuf>,
    /// Use no configuration file at all
    #[arg(long)]
    pub(crate) isolated: bool,
    /// Run only these rules: ids or beginnings of ids, with commas between
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Do not run these rules: ids or beginnings of ids, with commas between
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// Add a rule pack; may be given several times
    #[arg(long = "pack", value_name = "FILE")]
    pub(crate) packs: Vec<PathBuf>,
    /// The LinkedIn account that sends: a paid one may write longer notes
    #[arg(long, value_name = "KIND", value_parser = named(&Account::NAMES))]
    pub(crate) account: Option<Account>,
    /// When a pack or a configuration has a mistake, run everything else all the same; the exit
    /// status stays 2
    #[arg(long)]
    pub(crate) keep_going: bool,
}

#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Files")]
pub(crate) struct FileArgs {
    /// Pass over files that match, as in .gitignore; may be given several times
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// Read also what `exclude` in the configuration would pass over
    #[arg(long)]
    pub(crate) no_exclude: bool,
    /// Notes that were sent before, to find drafts that repeat one: a file, or the folder of LinkedIn's
    /// export; may be given several times
    #[arg(long, value_name = "PATH")]
    pub(crate) history: Vec<PathBuf>,
    /// The name of what comes from standard input: tells its format and its configuration
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// The moment from which send times are looked at, such as 2026-03-27T12:00Z; by default SOURCE_DATE_EPOCH,
    /// or the clock
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) now: Option<Timestamp>,
}

/// Reads a moment.
pub(crate) fn moment(text: &str) -> Result<Timestamp, String> {
    // A date alone is its beginning, by UTC. Only what is no more than a date is read as one: of a date and
    // a time the parser would keep the date and drop the rest.
    let date = text.trim();
    let is_date = date.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    if let (true, Ok(date)) = (is_date, date.parse::<jiff::civil::Date>()) {
        let midnight =
            jiff::tz::TimeZone::UTC.to_timestamp(date.to_datetime(jiff::civil::Time::midnight()));
        return midnight.map_err(|_| "this is too far away".to_owned());
    }
    match read_local(text, None)? {
        Local::At(moment) | Local::Resolved(moment, _) => Ok(moment),
        Local::NoZone(_) => Err("say where: add Z, or an offset such as +01:00".to_owned()),
    }
}

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Exit status")]
pub(crate) struct GateArgs {
    /// Exit with 1 when there is a finding of this level or above
    #[arg(long, value_name = "LEVEL", value_parser = named(&FAIL_ON).map(FailOn))]
    pub(crate) fail_on: Option<FailOn>,
    /// Exit with 1 when there are more warnings than this
    #[arg(long, value_name = "NUMBER")]
    pub(crate) max_warnings: Option<u32>,
    /// Exit with 1 when a note scores less than this, from 0 to 100
    #[arg(long, value_name = "SCORE", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(crate) min_score: Option<u32>,
    /// Exit with 0 whatever is found (mistakes of usage are still 2)
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Only what is wrong with files decides, not the notes: no option, but what some commands want.
    #[arg(skip)]
    pub(crate) only_files: bool,
}

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Running")]
pub(crate) struct RunningArgs {
    /// Check again whenever a draft or the configuration is saved, until Ctrl-C
    #[arg(long, conflicts_with_all = ["output", "write_baseline", "prune_baseline"])]
    pub(crate) watch: bool,
    /// Read all of standard input before anything is judged, so that its notes are compared
    #[arg(long)]
    pub(crate) no_stream: bool,
    /// Keep verdicts in a file, and judge only notes that are not in it. It goes by what notes and rules
    /// say, not by the time of a file; what changes is judged anew
    #[arg(long, value_name = "FILE", conflicts_with = "compare")]
    pub(crate) cache: Option<PathBuf>,
}

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Fixes")]
pub(crate) struct FixArgs {
    /// Mend in the drafts what can be mended without a change of meaning, and report what is left; of
    /// standard input the mended text is printed
    #[arg(long, conflicts_with_all = ["compare", "changed_since", "watch", "write_baseline"])]
    pub(crate) fix: bool,
    /// With --fix or --diff: mend also what may change the meaning
    #[arg(long)]
    pub(crate) unsafe_fixes: bool,
    /// Only print the changes that --fix would make; exit with 1 if there are any
    #[arg(long, conflicts_with_all = ["compare", "changed_since", "watch", "write_baseline"])]
    pub(crate) diff: bool,
}

/// A level, or never. (Wrapped, since clap would read an option in an option in its own way.)
#[derive(Clone, Copy, Debug)]
pub(crate) struct FailOn(pub(crate) Option<Severity>);

/// Reads one of several names as the value that it stands for.
pub(crate) fn named<T: Copy + Send + Sync + 'static>(
    names: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(names.iter().map(|(name, _)| *name)).try_map(move |word: String| {
        let found = names.iter().find(|(name, _)| *name == word);
        found.map(|(_, value)| *value).ok_or("not one of the names")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_the_one_that_is_written() {
        for (text, expected) in [
            ("2026-03-31", "2026-03-31T00:00:00Z"),
            (" 2026-03-31 ", "2026-03-31T00:00:00Z"),
            ("20260331", "2026-03-31T00:00:00Z"),
            ("2026-03-31T15:00Z", "2026-03-31T15:00:00Z"),
            ("2026-03-31 15:00:30Z", "2026-03-31T15:00:30Z"),
            ("2026-03-31T15:00+02:00", "2026-03-31T13:00:00Z"),
            ("2026-03-31 15:00-07:00", "2026-03-31T22:00:00Z"),
            (
                "2026-03-14T23:00-07:00[America/Los_Angeles]",
                "2026-03-15T06:00:00Z",
            ),
            (
                "2026-03-14T23:00[America/Los_Angeles]",
                "2026-03-15T06:00:00Z",
            ),
        ] {
            let expected: Timestamp = expected.parse().unwrap();
            assert_eq!(moment(text), Ok(expected), "{text}");
        }
        for (text, why) in [
            ("2026-03-14 23:00", "say where: add Z"),
            ("2026-03-14T23:00:00", "say where: add Z"),
            ("2026-03-14T23", "say where: add Z"),
            ("2026-03-14[Europe/Berlin]", "the time of day is missing"),
            (
                "2026-03-14T23:00-01:00[America/Los_Angeles]",
                "the offset is not",
            ),
            ("2026-02-30", "this is no date and time"),
            ("2026-3-31", "this is no date and time"),
            ("tomorrow", "this is no date and time"),
            ("", "this is no date and time"),
        ] {
            let told = moment(text).unwrap_err();
            assert!(told.starts_with(why), "{text}: {told}");
        }
    }
}
