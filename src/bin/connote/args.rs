//! What the user typed: commands, options and their help. Decides nothing.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use clap::Parser;
use clap::Subcommand;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;
use connote::config::FAIL_ON;
use connote::render::AUDITS;
use connote::render::TIMETABLES;
use jiff::Timestamp;

use crate::baseline::BaselineArgs;
use crate::changed::ChangedArgs;
use crate::help;
use crate::options::ColorArgs;
use crate::options::FailOn;
use crate::options::FileArgs;
use crate::options::FixArgs;
use crate::options::GateArgs;
use crate::options::OutputArgs;
use crate::options::RuleArgs;
use crate::options::RunningArgs;
use crate::options::moment;
use crate::options::named;

/// A linter for connection notes: the 200-300 characters that go with a LinkedIn invitation.
#[derive(Debug, Parser)]
#[command(
    name = "connote",
    version,
    about = "Checks LinkedIn connection notes before you send them",
    long_about = help::ABOUT,
    after_help = help::PROGRAM,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check drafts and say what to improve (the default)
    #[command(after_help = help::CHECK)]
    Check(Box<CheckArgs>),
    /// Give every draft a time to send it, in its reader's working hours
    #[command(after_help = help::SCHEDULE)]
    Schedule(Box<ScheduleArgs>),
    /// Go through a batch before it is sent: judge, edit, mark, write what is ready
    #[command(after_help = help::REVIEW)]
    Review(Box<ReviewArgs>),
    /// Look at LinkedIn's export: what is pending, what to withdraw, whom to invite again
    #[command(after_help = help::AUDIT)]
    Audit(Box<AuditArgs>),
    /// See what went with acceptance in your own history
    #[command(after_help = help::LEARN)]
    Learn(Box<LearnArgs>),
    /// Explain a rule, or the verdict on every note of a file
    #[command(after_help = help::EXPLAIN)]
    Explain(ExplainArgs),
    /// List the rules, test rule packs, begin a new rule
    #[command(after_help = help::RULES)]
    Rules(RulesArgs),
    /// Show the settings that hold for a file
    #[command(after_help = help::CONFIG)]
    Config(ConfigArgs),
    /// Write a commented connote.toml and a sample draft
    #[command(after_help = help::INIT)]
    Init(InitArgs),
    /// Print a JSON Schema, so that your editor completes connote.toml and rule packs
    #[command(after_help = help::SCHEMA)]
    Schema(SchemaArgs),
    /// Check drafts in an editor, as you type: a language server
    #[command(after_help = help::LSP)]
    Lsp(LspArgs),
    /// Print completions for a shell
    #[command(after_help = help::COMPLETIONS)]
    Completions(CompletionsArgs),
    /// Print the manual page
    #[command(after_help = help::MAN)]
    Man(ManArgs),
}

/// The names of the commands; any other first argument is a path to check.
pub(crate) const COMMANDS: [&str; 13] = [
    "check",
    "schedule",
    "review",
    "audit",
    "learn",
    "explain",
    "rules",
    "config",
    "init",
    "schema",
    "lsp",
    "completions",
    "man",
];

#[derive(Debug, Default, Args)]
pub(crate) struct CheckArgs {
    /// Drafts: files, folders, or `-` for standard input
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Only compare two notes, each named as a file with one note, FILE:LINE or FILE#ID, and print how
    /// alike they are
    #[arg(long, num_args = 2, value_names = ["A", "B"], conflicts_with = "paths")]
    pub(crate) compare: Vec<String>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) files: FileArgs,
    #[command(flatten)]
    pub(crate) gate: GateArgs,
    #[command(flatten)]
    pub(crate) known: BaselineArgs,
    #[command(flatten)]
    pub(crate) changed: ChangedArgs,
    #[command(flatten)]
    pub(crate) running: RunningArgs,
    #[command(flatten)]
    pub(crate) fix: FixArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ScheduleArgs {
    /// Drafts: files, folders, or `-` for standard input
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to show the plan
    #[arg(long, value_name = "FORMAT", default_value = "terminal", help_heading = "Output", value_parser = PossibleValuesParser::new(TIMETABLES.iter().map(|output| output.name)))]
    pub(crate) format: String,
    /// Write to a file instead of the terminal
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,
    /// Write a calendar as well, with a reminder for each invitation
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) ics: Option<PathBuf>,
    /// Put the times into the front matter of the drafts, and into a copy of a CSV or TSV file, NAME.planned.csv
    #[arg(long, help_heading = "Output")]
    pub(crate) write: bool,
    /// Show every day and every draft
    #[arg(long, help_heading = "Output")]
    pub(crate) all: bool,
    /// Columns to fill; by default the width of the terminal
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..), help_heading = "Output")]
    pub(crate) width: Option<u16>,
    /// A number that decides the minutes: the same one gives the same plan
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,
    #[command(flatten)]
    pub(crate) color: ColorArgs,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) files: FileArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ReviewArgs {
    /// The batch: a file or a folder with drafts
    #[arg(value_name = "BATCH")]
    pub(crate) batch: PathBuf,
    /// Write a page about the batch, for the browser, instead of opening the screen
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) html: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) color: ColorArgs,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) files: FileArgs,
}

#[derive(Debug, Args)]
pub(crate) struct AuditArgs {
    /// LinkedIn's data export: the zip file, its folder, or Invitations.csv; by default `history` in the
    /// configuration
    #[arg(value_name = "EXPORT")]
    pub(crate) paths: Vec<PathBuf>,
    /// Your own list of invitations and what became of them (CSV, Excel, JSON, TOML), for what the export
    /// cannot tell: declined, withdrawn, priority; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Vec<PathBuf>,
    /// The moment of the audit, such as 2026-02-15; by default SOURCE_DATE_EPOCH, or the clock
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) now: Option<Timestamp>,
    /// How to show the audit; `csv` is the withdrawal plan, `ics` both plans
    #[arg(long, value_name = "FORMAT", default_value = "terminal", help_heading = "Output", value_parser = PossibleValuesParser::new(AUDITS.iter().map(|output| output.name)))]
    pub(crate) format: String,
    /// Write to a file instead of the terminal
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,
    /// Write a report with plots as well, one page without network or scripts
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) html: Option<PathBuf>,
    /// Write the withdrawal plan as a spreadsheet as well
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) csv: Option<PathBuf>,
    /// Write the plans as a calendar as well
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) ics: Option<PathBuf>,
    /// Show every task and every line
    #[arg(long, help_heading = "Output")]
    pub(crate) all: bool,
    /// Columns to fill; by default the width of the terminal
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..), help_heading = "Output")]
    pub(crate) width: Option<u16>,
    /// Exit with 1 when there is something to mind of this level or above
    #[arg(long, value_name = "LEVEL", help_heading = "Exit status", value_parser = named(&FAIL_ON).map(FailOn))]
    pub(crate) fail_on: Option<FailOn>,
    /// Exit with 0 whatever is found (mistakes of usage are still 2)
    #[arg(long, help_heading = "Exit status")]
    pub(crate) exit_zero: bool,
    #[command(flatten)]
    pub(crate) color: ColorArgs,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
}

#[derive(Debug, Args)]
pub(crate) struct LearnArgs {
    /// LinkedIn's data export: the zip file, its folder, or Invitations.csv; by default `history` in the
    /// configuration
    #[arg(value_name = "EXPORT")]
    pub(crate) paths: Vec<PathBuf>,
    /// Your own list of invitations and what became of them; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Vec<PathBuf>,
    /// The moment from which to look back, such as 2026-02-15; by default SOURCE_DATE_EPOCH, or the clock
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) now: Option<Timestamp>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "terminal", help_heading = "Output", value_parser = ["terminal", "json"])]
    pub(crate) format: String,
    /// Write adjusted weights to a new file, as tables for connote.toml
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) write: Option<PathBuf>,
    /// Show everything that was looked at
    #[arg(long, help_heading = "Output")]
    pub(crate) all: bool,
    /// Columns to fill; by default the width of the terminal
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..), help_heading = "Output")]
    pub(crate) width: Option<u16>,
    #[command(flatten)]
    pub(crate) color: ColorArgs,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Rules by their id, or files with drafts
    #[arg(required = true, value_name = "RULE|FILE")]
    pub(crate) targets: Vec<OsString>,
    /// Columns to fill; by default the width of the terminal
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..), help_heading = "Output")]
    pub(crate) width: Option<u16>,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct RulesArgs {
    #[command(subcommand)]
    pub(crate) command: Option<RulesCommand>,
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// List the rules that hold here (the default)
    List(ListArgs),
    /// Try every rule on its own examples
    Test(TestArgs),
    /// Hold the rules against notes that people have labelled: which earn their place?
    Stats(StatsArgs),
    /// Learn from labelled notes what each word says of the parts, and print the weights
    Weigh(WeighArgs),
    /// Print the beginnings of a rule, with comments, to put into a pack
    New(NewArgs),
}

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct ListArgs {
    /// How to show the list; `markdown` is a reference of everything that explain tells
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = ["terminal", "json", "markdown"])]
    pub(crate) format: String,
    /// Columns to fill; by default the width of the terminal
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..))]
    pub(crate) width: Option<u16>,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    /// Rule packs; without any, the built-in ones and those of the configuration
    #[arg(value_name = "PACK")]
    pub(crate) packs: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

#[derive(Debug, Args)]
pub(crate) struct StatsArgs {
    /// Notes with labels: columns reference, reason, value (0 none, 1 generic, 2 specific), pitch, generic,
    /// placeholder; or in JSON an object `labels` with P, R, V and the same flags
    #[arg(required = true, value_name = "CORPUS")]
    pub(crate) corpus: Vec<PathBuf>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = ["terminal", "json"])]
    pub(crate) format: String,
    /// Show every signal and rule
    #[arg(long)]
    pub(crate) all: bool,
    /// Judge each of so many runs of notes by weights learned from the other runs: what notes never seen would get
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(2..))]
    pub(crate) folds: Option<u16>,
    /// Columns to fill; by default the width of the terminal
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..))]
    pub(crate) width: Option<u16>,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

#[derive(Debug, Args)]
pub(crate) struct WeighArgs {
    /// Notes with labels, as `connote rules stats` reads them
    #[arg(required = true, value_name = "CORPUS")]
    pub(crate) corpus: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    /// The rule's id, such as `no-exclamations`; a signal's begins with its part: `reason/our-topic`
    pub(crate) id: String,
    /// What kind of rule it is
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(crate::skeleton::KINDS.map(|kind| kind.0)))]
    pub(crate) kind: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ConfigArgs {
    /// The file whose settings to show; it need not exist
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) show: PathBuf,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Where to write; made if it is not there
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct LspArgs {
    /// Talk over standard input and output, as it does anyway: some editors say so
    #[arg(long, hide = true)]
    pub(crate) stdio: bool,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The command to print the page of; without one, that of the program
    #[arg(value_parser = PossibleValuesParser::new(COMMANDS))]
    pub(crate) command: Option<String>,
    /// Write the pages of the program and of every command into this folder instead
    #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// The files that it is for: connote.toml, or rule packs
    #[arg(value_parser = ["config", "pack"])]
    pub(crate) files: String,
}

/// The arguments with `check` put in where the first one is no command: `connote drafts/`.
pub(crate) fn with_command(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    const PROGRAM: [&str; 4] = ["-h", "--help", "-V", "--version"];
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let known = |first: &OsString| {
        let mut known = COMMANDS.iter().chain(&PROGRAM);
        known.any(|name| first.to_str() == Some(name))
    };
    if arguments.get(1).is_some_and(|first| !known(first)) {
        arguments.insert(1, OsString::from("check"));
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use connote::config::Account;

    fn parse(line: &str) -> Result<Arguments, clap::Error> {
        let words = line.split_whitespace().map(OsString::from);
        Arguments::try_parse_from(with_command(words))
    }

    #[test]
    fn the_definition_is_sound_and_the_commands_are_listed() {
        let command = Arguments::command();
        command.clone().debug_assert();
        let names: Vec<&str> = command
            .get_subcommands()
            .map(|sub| sub.get_name())
            .collect();
        assert_eq!(names, COMMANDS);
    }

    #[test]
    fn a_path_alone_means_check() {
        for line in ["connote a/ b", "connote -", "connote --format json a"] {
            let command = parse(line).unwrap().command;
            assert!(matches!(command, Command::Check(_)), "{line}");
        }
        assert!(matches!(
            parse("connote rules").unwrap().command,
            Command::Rules(_)
        ));
        assert_eq!(parse("connote").unwrap_err().exit_code(), 2);
        assert_eq!(parse("connote --help").unwrap_err().exit_code(), 0);
    }

    #[test]
    fn lists_are_split_and_names_become_values() {
        let Command::Check(check) =
            parse("connote --select a,b --select c --fail-on never --account paid x")
                .unwrap()
                .command
        else {
            unreachable!()
        };
        assert_eq!(check.rules.select, ["a", "b", "c"]);
        assert!(matches!(check.gate.fail_on, Some(FailOn(None))));
        assert_eq!(check.rules.account, Some(Account::Paid));
        assert!(parse("connote --fail-on fatal x").is_err());
        assert!(parse("connote --config a --isolated x").is_err());
    }
}
