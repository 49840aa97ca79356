//! The longer texts of the help. A paragraph is one line, however it is broken here: clap wraps it to the
//! terminal. Examples are kept short enough for 80 columns.

pub(crate) const ABOUT: &str = "\
Checks connection notes, the short texts that go with a LinkedIn invitation, before you send them.

Each note gets a score for its three parts (a personal reference, a reason to connect, value for \
the reader) and advice on what to change. Nothing leaves your computer.";

pub(crate) const PROGRAM: &str = "\
Examples:
  connote drafts/                  check every draft in a folder
  connote batch.csv                check every row of a spreadsheet
  pbpaste | connote -              check what was copied
  connote explain stock-opening    what a rule means and how to switch it off
  connote init                     begin with a configuration and a sample

`connote COMMAND --help` tells more. A path alone means `connote check PATH`.

Exit status: 0 nothing to complain about, 1 findings, 2 a mistake in usage or configuration, a \
file that cannot be read, or nothing to check.";

pub(crate) const CHECK: &str = "\
Examples:
  connote check drafts/ batch.csv
  connote check --explain drafts/priya.md
  connote check --format json drafts/ > report.json
  connote check --output sarif=connote.sarif --output junit=connote.xml drafts/
  connote check --ignore stock-opening,value/ drafts/
  connote check --fail-on warning --min-score 60 drafts/
  connote check --account paid --config team/connote.toml drafts/
  echo 'Hi Ana, ...' | connote check -
  connote check --write-baseline known.toml drafts/
  connote check --baseline known.toml drafts/    only what is new since then
  connote check --changed-since main drafts/
  connote check --watch drafts/
  connote check --format jsonl - < corpus.jsonl > verdicts.jsonl
  connote check --diff drafts/
  connote check --fix drafts/

Reads text, Markdown, CSV, TSV, Excel, JSON and JSON Lines. In folders, what .gitignore names is \
passed over. `exclude` in the configuration holds for files named here, too.

JSON Lines from standard input with --format jsonl are judged as they come, however many: then rules \
that compare notes do not run (name the file, or give --no-stream --stdin-filename NAME.jsonl, to run \
them). --watch ends with Ctrl-C and status 0.

`--format` says what is shown, `--output FILE` puts it into a file instead, and `--output \
FORMAT=FILE` writes one more report beside it. Without `--format`, GitHub Actions gets annotations \
(`github`), and the whole report in the summary of the job; in GitLab CI `--output FILE.json` is a \
Code Quality report (`gitlab`), and all else is as usual.

Exit status: 0 nothing to complain about, 1 findings at or above the level of --fail-on (error, \
unless set otherwise), 2 a mistake in usage or configuration, a file that cannot be read, or \
nothing to check. With --fix, what was mended no longer counts. With --diff: 0 nothing to change, \
1 changes, 2 as above.";

pub(crate) const SCHEDULE: &str = "\
Examples:
  connote schedule drafts/
  connote schedule batch.csv --ics plan.ics
  connote schedule batch.csv --format csv -o planned.csv
  connote schedule drafts/ --write
  connote schedule batch.csv --now 2026-03-27T12:00Z --seed 7

Only drafts that are ready get a time: Tuesday to Thursday, 9 to 5 in the reader's time zone, as [schedule] in \
connote.toml says, spread over the days under the caps, important ones first. A send time that a draft has \
already is kept. Nothing is sent: put the calendar into yours, and send by hand.";

pub(crate) const REVIEW: &str = "\
Examples:
  connote review batch.csv
  connote review drafts/
  connote review batch.csv --html review.html

On the screen, `r` marks a note as ready, `s` skips it, `l` leaves it for later, `e` edits it and `u` takes the \
last step back; `?` explains all keys. `w` writes the notes that are ready to a new file with all columns of the \
old one, which is never changed. Marks and edits are kept as you go in a hidden file beside the batch, \
.NAME.connote-review, until they are written: however the program ends, the same command goes on with them.

Nothing is sent.";

pub(crate) const AUDIT: &str = "\
Examples:
  connote audit Basic_LinkedInDataExport_02-15-2026.zip
  connote audit export/ --ledger invitations.csv
  connote audit export.zip --html audit.html --csv withdraw.csv --ics plan.ics
  connote audit export.zip --format json --now 2026-02-15

The export is what LinkedIn sends when you ask for a copy of your data (Settings > Data privacy). It says \
whom you invited and who is connected, not what became of the others: keep a ledger with the columns person \
or profile, sent, status, withdrawn_on, priority, last_activity, profile_complete, aligned, industry, location. \
`history`, `ledger` and [audit] in connote.toml set the files and the limits.

Exit status: 0 nothing to mind at the level of --fail-on (error, unless set otherwise), 1 something, or a \
row that cannot be read, 2 a mistake in usage or configuration, or a file that cannot be read.";

pub(crate) const LEARN: &str = "\
Examples:
  connote learn export.zip
  connote learn export.zip --ledger invitations.csv --all
  connote learn export.zip --write weights.toml

Looks at every signal, rule, part of the formula, length and time: were invitations with it accepted more often \
than those without? Each answer is an odds ratio with an interval, corrected for looking at many things, so that \
a history in which nothing matters shows anything at all in one of twenty cases at most. \"Too few to say\" is the \
normal answer for a small history. Nothing is changed: `--write` makes a file with weights that you may adopt.";

pub(crate) const LSP: &str = "\
Editors start it themselves; `connote explain editors` says how to set up Neovim, Helix, VS Code and Zed.

It speaks the language server protocol over standard input and output: findings while you type, the meaning of \
a rule and how the score came about under the cursor, score and room behind each note, fixes, allowances, \
completion in the front matter. It reads the closest connote.toml above each file.";

pub(crate) const EXPLAIN: &str = "\
Examples:
  connote explain stock-opening      what the rule means, good and bad notes
  connote explain guide              what the rules rest on
  connote explain editors            how to set up an editor
  connote explain drafts/priya.md    how the scores in a file come about
  pbpaste | connote explain -

What exists as a file is taken as a file; write ./NAME for a file that is named like a rule.

Exit status: 0 whatever the notes are like, 1 something in a file that cannot be read as it should, \
2 a mistake in usage or configuration, a file that cannot be read, or nothing to explain.";

pub(crate) const RULES: &str = "\
Examples:
  connote rules                         all rules with their levels
  connote rules list --format json
  connote rules --format markdown > rules.md
  connote rules test team.toml          try a pack's rules on their own examples
  connote rules stats labelled.jsonl    how well verdicts agree with labels
  connote rules weigh labelled.jsonl    what each word says of the parts
  connote rules new no-exclamations --kind count >> team.toml";

pub(crate) const CONFIG: &str = "\
Examples:
  connote config --show drafts/priya.md
  connote config --show drafts/priya.md --account paid

The closest connote.toml in the file's folder or above it holds, and options go before it.";

pub(crate) const INIT: &str = "\
Examples:
  connote init
  connote init campaign/

Files that are already there are left as they are.";

pub(crate) const COMPLETIONS: &str = "\
Examples:
  connote completions bash > ~/.local/share/bash-completion/completions/connote
  connote completions zsh > ~/.zfunc/_connote
  connote completions fish > ~/.config/fish/completions/connote.fish";

pub(crate) const MAN: &str = "\
Examples:
  connote man check | man -l -
  connote man --out ~/.local/share/man/man1";

pub(crate) const SCHEMA: &str = "\
Examples:
  connote schema config > connote.schema.json
  connote schema pack > pack.schema.json

Put `#:schema ./connote.schema.json` into the first line of connote.toml: editors with support for TOML \
(Taplo, Even Better TOML) then complete its keys, tell what they mean, and mark mistakes.";

#[cfg(test)]
mod tests {
    use crate::args::Arguments;
    use clap::Command;
    use clap::CommandFactory;

    /// The help of a command and of those in it.
    fn texts(command: &Command) -> Vec<String> {
        let own = [command.get_long_about(), command.get_after_help()];
        let own = own.into_iter().flatten().map(ToString::to_string);
        let inner = command.get_subcommands().flat_map(texts);
        own.chain(inner).collect()
    }

    #[test]
    fn clap_breaks_paragraphs_and_examples_need_not_be_broken() {
        let texts = texts(&Arguments::command());
        assert!(texts.len() > 10);
        for text in texts {
            let is_prose =
                |line: &str| !line.is_empty() && !line.starts_with(' ') && line != "Examples:";
            let lines: Vec<&str> = text.lines().collect();
            for pair in lines.windows(2) {
                assert!(!(is_prose(pair[0]) && is_prose(pair[1])), "{pair:?}");
            }
            for line in lines.iter().filter(|line| !is_prose(line)) {
                assert!(line.chars().count() <= 80, "{line}");
            }
        }
    }
}
