//! `connote.toml` as written: reads every key, reports all that is wrong at its place.

use std::path::Path;

use crate::config::Account;
use crate::config::COLUMN_KEYS;
use crate::config::FAIL_ON;
use crate::config::Globs;
use crate::config::Override;
use crate::config::Sender;
use crate::diagnostic::Severity;
use crate::span::Spanned;
use crate::toml_doc::Problems;
use crate::toml_doc::Table;
use crate::toml_doc::Value;
use crate::toml_doc::suggestion;

/// What one place says: a file, or the command line. Anything may be left out.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// Who pays for the account.
    pub account: Option<Account>,
    /// Rule packs to add.
    pub packs: Vec<Spanned<String>>,
    /// The rules to run; replaces what an earlier layer selected.
    pub select: Vec<Spanned<String>>,
    /// Rules not to run, besides those of earlier layers.
    pub ignore: Vec<Spanned<String>>,
    /// Files to pass over, besides those of earlier layers.
    pub exclude: Option<Globs>,
    /// The severity that fails a run; `Some(None)` is `never`.
    pub fail_on: Option<Option<Severity>>,
    /// The most warnings.
    pub max_warnings: Option<u32>,
    /// The lowest score.
    pub min_score: Option<u32>,
    /// Who sends.
    pub sender: Sender,
    /// Files with notes that were sent before.
    pub history: Vec<Spanned<String>>,
    /// Headers and keys.
    pub columns: Vec<(Spanned<String>, Spanned<String>)>,
    /// The `[rules.ID]` tables.
    pub rules: Vec<(Spanned<String>, Table)>,
    /// The `[score]` table.
    pub score: Table,
    /// The `[schedule]` table.
    pub schedule: Table,
    /// The `[zones]` table.
    pub zones: Table,
    /// The `[audit]` table.
    pub audit: Table,
    /// The user's own lists of invitations.
    pub ledger: Vec<Spanned<String>>,
    /// The file of findings that are known already.
    pub baseline: Option<Spanned<String>>,
    /// Other rules for some files.
    pub overrides: Vec<Override>,
}

/// Reads a configuration that lies in a folder (absolute, normalized).
pub fn read(table: &Table, folder: &Path, problems: &mut Problems) -> Layer {
    let account = table.choice("account", &Account::NAMES, problems);
    let fail_on = table.choice("fail-on", &FAIL_ON, problems);
    let exclude = owned(table.strings("exclude", problems));
    let layer = Layer {
        account: account.map(|account| account.value),
        packs: owned(table.strings("packs", problems)),
        select: owned(table.strings("select", problems)),
        ignore: owned(table.strings("ignore", problems)),
        exclude: Some(Globs::new(folder, exclude, problems)),
        fail_on: fail_on.map(|level| level.value),
        max_warnings: table.count("max-warnings", problems).map(|most| most.value),
        min_score: min_score(table, problems),
        sender: sender(table, problems),
        history: owned(table.strings("history", problems)),
        columns: columns(table, problems),
        rules: rules(table, problems),
        score: table.table("score", problems).cloned().unwrap_or_default(),
        schedule: own_table(table, "schedule", problems),
        zones: own_table(table, "zones", problems),
        audit: own_table(table, "audit", problems),
        ledger: owned(table.strings("ledger", problems)),
        baseline: table
            .string("baseline", problems)
            .map(|path| Spanned::new(path.value.to_owned(), path.span)),
        overrides: overrides(table, folder, problems),
    };
    table.finish(problems);
    layer
}

fn own_table(table: &Table, key: &'static str, problems: &mut Problems) -> Table {
    table.table(key, problems).cloned().unwrap_or_default()
}

fn owned(list: Vec<Spanned<&str>>) -> Vec<Spanned<String>> {
    list.into_iter()
        .map(|item| Spanned::new(item.value.to_owned(), item.span))
        .collect()
}

fn min_score(table: &Table, problems: &mut Problems) -> Option<u32> {
    let score = table.count("min-score", problems)?;
    if score.value > 100 {
        problems.error(score.span, "`min-score` must be from 0 to 100");
        return None;
    }
    Some(score.value)
}

fn sender(table: &Table, problems: &mut Problems) -> Sender {
    let Some(table) = table.table("sender", problems) else {
        return Sender::default();
    };
    let mut text = |key| {
        let text = table.string(key, problems)?;
        Some(Spanned::new(text.value.to_owned(), text.span))
    };
    let sender = Sender {
        name: text("name"),
        company: text("company"),
        industry: text("industry"),
        timezone: text("timezone"),
    };
    table.finish(problems);
    sender
}

/// Headers are the user's own, so the keys of this table are free and its values are not.
fn columns(table: &Table, problems: &mut Problems) -> Vec<(Spanned<String>, Spanned<String>)> {
    let mut columns = Vec::new();
    let Some(table) = table.table("columns", problems) else {
        return columns;
    };
    for (header, value) in table.entries() {
        match &value.value {
            Value::String(key) if COLUMN_KEYS.contains(&key.as_str()) => {
                columns.push((header.clone(), Spanned::new(key.clone(), value.span)));
            }
            Value::String(key) => {
                let message = format!("`{key}` is not something that a column can hold");
                problems.error(value.span, message).help =
                    Some(suggestion(key, &COLUMN_KEYS).into());
            }
            _ => {
                let message = format!("the column `{}` must be given a name", header.value);
                problems.error(value.span, message).help =
                    Some("write it as `\"Message text\" = \"note\"`".into());
            }
        }
    }
    columns
}

fn rules(table: &Table, problems: &mut Problems) -> Vec<(Spanned<String>, Table)> {
    let mut rules = Vec::new();
    let Some(table) = table.table("rules", problems) else {
        return rules;
    };
    for (id, value) in table.entries() {
        match &value.value {
            Value::Table(parameters) => rules.push((id.clone(), parameters.clone())),
            _ => {
                let message = format!("the settings of the rule `{}` must be a table", id.value);
                problems.error(value.span, message).help =
                    Some(format!("write `{} = {{ level = \"off\" }}`", quoted(&id.value)).into());
            }
        }
    }
    rules
}

/// A rule's id as a key: signals have a slash, which TOML wants in quotes.
fn quoted(id: &str) -> String {
    let bare = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    if id.chars().all(bare) {
        id.to_owned()
    } else {
        format!("\"{id}\"")
    }
}

fn overrides(table: &Table, folder: &Path, problems: &mut Problems) -> Vec<Override> {
    let mut overrides = Vec::new();
    for item in table.array("overrides", problems) {
        let Value::Table(part) = &item.value else {
            problems
                .error(item.span, "an override must be a table")
                .help = Some("begin it with `[[overrides]]`".into());
            continue;
        };
        let files = owned(part.strings("files", problems));
        if part.value("files").is_none() {
            part.require("files", problems);
        }
        overrides.push(Override {
            files: Globs::new(folder, files, problems),
            select: owned(part.strings("select", problems)),
            ignore: owned(part.strings("ignore", problems)),
        });
        part.finish(problems);
    }
    overrides
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;
    use crate::toml_doc;

    fn layer(text: &str) -> (Layer, Vec<String>) {
        let mut problems = Problems::new("configuration");
        let table = toml_doc::parse(text, FileId(0), &mut problems);
        let layer = read(&table, Path::new("/team"), &mut problems);
        let shown = |problem: &crate::diagnostic::Diagnostic| {
            let help = problem.help.as_deref().unwrap_or_default();
            format!(
                "{} | {} | {help}",
                &text[problem.span().range()],
                problem.message
            )
        };
        (layer, problems.found.iter().map(shown).collect())
    }

    #[test]
    fn every_key_is_read() {
        let (layer, problems) = layer(
            "account = 'paid'\npacks = ['team.toml', 'strict']\nselect = 'stock'\nignore = ['a', 'b']\n\
             exclude = ['old/']\nfail-on = 'never'\nmax-warnings = 3\nmin-score = 60\n\
             baseline = 'known.toml'\n[sender]\nname = 'Ana Ruiz'\ncompany = 'Kardex'\nindustry = 'Logistics'\ntimezone = 'Europe/Berlin'\n\
             [columns]\n'Message text' = 'note'\n\
             [rules.too-long]\nlevel = 'off'\n[score]\nready = 80\n\
             [[overrides]]\nfiles = '*.csv'\nignore = 'c'\n",
        );
        assert_eq!(problems, [""; 0]);
        assert_eq!(layer.account, Some(Account::Paid));
        assert_eq!(
            (layer.packs.len(), layer.ignore.len(), layer.select.len()),
            (2, 2, 1)
        );
        assert_eq!(layer.fail_on, Some(None));
        assert_eq!((layer.max_warnings, layer.min_score), (Some(3), Some(60)));
        assert!(
            layer
                .baseline
                .is_some_and(|path| path.value == "known.toml")
        );
        assert!(layer.sender.name.is_some() && layer.sender.company.is_some());
        assert!(layer.sender.industry.is_some() && layer.sender.timezone.is_some());
        assert_eq!(
            (&*layer.columns[0].0.value, &*layer.columns[0].1.value),
            ("Message text", "note")
        );
        assert_eq!(layer.rules[0].0.value, "too-long");
        assert!(!layer.score.is_empty() && layer.overrides.len() == 1);
        assert!(
            layer
                .exclude
                .is_some_and(|globs| globs.matches(Path::new("/team/old/a.md")))
        );
    }

    #[test]
    fn unknown_keys_are_reported_at_their_place_with_the_nearest_known_one() {
        let (_, problems) = layer("acount = 'free'\nfail_on = 'error'\n[sender]\nnmae = 'Ana'\n");
        assert_eq!(
            problems,
            [
                "nmae | unknown key `nmae` | did you mean `name`?",
                "acount | unknown key `acount` | did you mean `account`?",
                "fail_on | unknown key `fail_on` | did you mean `fail-on`?",
            ]
        );
    }

    #[test]
    fn wrong_types_and_values_are_all_reported() {
        let (_, problems) = layer(
            "account = 'payed'\nmax-warnings = -1\nmin-score = 101\nselect = 3\nexclude = ['[x']\n\
             [columns]\nText = 'notes'\nOther = 1\n[rules]\n'reference/post' = 'off'\n",
        );
        assert_eq!(
            problems,
            [
                "'payed' | `payed` is not a value of `account` | known here: free, paid",
                "3 | `select` must be a list of texts, this is a whole number | ",
                "'[x' | this glob cannot be read: unclosed character class; missing ']' | ",
                "-1 | `max-warnings` must be 0 or more | ",
                "101 | `min-score` must be from 0 to 100 | ",
                "'notes' | `notes` is not something that a column can hold | did you mean `note`?",
                "1 | the column `Other` must be given a name | write it as `\"Message text\" = \"note\"`",
                "'off' | the settings of the rule `reference/post` must be a table | \
                 write `\"reference/post\" = { level = \"off\" }`",
            ]
        );
    }

    #[test]
    fn an_override_needs_files_and_knows_its_keys() {
        let (layer, problems) = layer("[[overrides]]\nignored = ['a']\n");
        assert_eq!(layer.overrides.len(), 1);
        assert_eq!(problems.len(), 2);
        assert!(
            problems[0].contains("`files` is missing here"),
            "{problems:?}"
        );
        assert!(
            problems[1].ends_with("did you mean `ignore`?"),
            "{problems:?}"
        );
    }
}
