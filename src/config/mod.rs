//! The configuration, `connote.toml`, in its valid form: every value checked, defaults filled in.
//!
//! A [`Layer`] is what one place says (a file, the command line) and may leave anything out;
//! [`Settings::merged`] lays them over the defaults. What a rule's id or parameter means is the
//! business of the rule set, what a column's key means that of the input: here they keep their
//! places, so that whoever refuses one can point at it. Opens no file.

mod file;
mod find;
mod globs;
mod merge;

use std::path::Path;
use std::path::PathBuf;

use crate::diagnostic::Severity;
use crate::span::Spanned;
use crate::toml_doc::Table;

pub use file::Layer;
pub use file::read;
pub use find::FILE_NAME;
pub use find::find;
pub use find::normalized;
pub use globs::Globs;

/// The kind of LinkedIn account that sends. What each may write is a parameter of the length rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Account {
    /// Without a subscription.
    #[default]
    Free,
    /// Premium, Sales Navigator, Recruiter.
    Paid,
}

impl Account {
    /// The names used in configuration and output.
    pub const NAMES: [(&'static str, Account); 2] = [("free", Self::Free), ("paid", Self::Paid)];

    /// The account's name.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// The values of `fail-on`: the mildest severity that fails a run, or none.
pub const FAIL_ON: [(&str, Option<Severity>); 5] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("info", Some(Severity::Info)),
    ("hint", Some(Severity::Hint)),
    ("never", None),
];

/// The keys of a draft that `[columns]` may give to a column of a spreadsheet.
pub const COLUMN_KEYS: [&str; 22] = [
    "id",
    "note",
    "first_name",
    "last_name",
    "full_name",
    "title",
    "headline",
    "company",
    "industry",
    "location",
    "city",
    "region",
    "country",
    "timezone",
    "profile",
    "send_at",
    "attempt",
    "kind",
    "priority",
    "language",
    "facts",
    "allow",
];

/// Who sends the notes. Only what was told.
#[derive(Clone, Debug, Default)]
pub struct Sender {
    /// Full name.
    pub name: Option<Spanned<String>>,
    /// Employer.
    pub company: Option<Spanned<String>>,
    /// Industry, as LinkedIn names it.
    pub industry: Option<Spanned<String>>,
    /// IANA time zone.
    pub timezone: Option<Spanned<String>>,
}

/// Other rules for some files.
#[derive(Clone, Debug)]
pub struct Override {
    /// The files.
    pub files: Globs,
    /// If not empty: only these rules run on them.
    pub select: Vec<Spanned<String>>,
    /// These rules do not run on them.
    pub ignore: Vec<Spanned<String>>,
}

/// What holds for a file.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The configuration's folder, absolute: relative paths and globs in it begin here.
    pub folder: PathBuf,
    /// Who pays for the account.
    pub account: Account,
    /// Rule packs besides those that are always on: paths, or names of built-in packs.
    pub packs: Vec<Spanned<String>>,
    /// If not empty: only these rules (ids or beginnings of ids) run.
    pub select: Vec<Spanned<String>>,
    /// These rules (ids or beginnings of ids) do not run.
    pub ignore: Vec<Spanned<String>>,
    /// Files that are passed over.
    pub exclude: Vec<Globs>,
    /// Findings of this severity or above fail a run; none means that nothing does.
    pub fail_on: Option<Severity>,
    /// More warnings than this fail a run.
    pub max_warnings: Option<u32>,
    /// A note below this score fails a run.
    pub min_score: Option<u32>,
    /// Who sends.
    pub sender: Sender,
    /// Files with notes that were sent before: paths.
    pub history: Vec<Spanned<String>>,
    /// Headers of spreadsheets and the keys (of [`COLUMN_KEYS`]) that they stand for.
    pub columns: Vec<(Spanned<String>, Spanned<String>)>,
    /// The `[rules.ID]` tables: `level`, and whatever the rule's kind takes.
    pub rules: Vec<(Spanned<String>, Table)>,
    /// The `[score]` table, laid over that of the packs.
    pub score: Table,
    /// The `[schedule]` table: when and how many invitations go out.
    pub schedule: Table,
    /// The `[zones]` table: names of places and their time zones.
    pub zones: Table,
    /// The `[audit]` table: what counts as too old, too many, too few.
    pub audit: Table,
    /// The user's own lists of invitations and what became of them: paths.
    pub ledger: Vec<Spanned<String>>,
    /// The file of findings that are known already: a path.
    pub baseline: Option<Spanned<String>>,
    /// Other rules for some files, in the order of the file.
    pub overrides: Vec<Override>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            folder: PathBuf::new(),
            account: Account::default(),
            packs: Vec::new(),
            select: Vec::new(),
            ignore: Vec::new(),
            exclude: Vec::new(),
            fail_on: Some(Severity::Error),
            max_warnings: None,
            min_score: None,
            sender: Sender::default(),
            history: Vec::new(),
            columns: Vec::new(),
            rules: Vec::new(),
            score: Table::default(),
            schedule: Table::default(),
            zones: Table::default(),
            audit: Table::default(),
            ledger: Vec::new(),
            baseline: None,
            overrides: Vec::new(),
        }
    }
}

impl Settings {
    /// Whether a file (absolute, normalized) is passed over.
    pub fn excludes(&self, path: &Path) -> bool {
        self.exclude.iter().any(|globs| globs.matches(path))
    }

    /// The numbers of the overrides that hold for a file (absolute, normalized). Files with the
    /// same numbers share their settings.
    pub fn overrides_for(&self, path: &Path) -> Vec<usize> {
        let holds = |(_, part): &(usize, &Override)| part.files.matches(path);
        let matching = self.overrides.iter().enumerate().filter(holds);
        matching.map(|(number, _)| number).collect()
    }

    /// The settings with these overrides taken in: what they ignore is added, what they select
    /// replaces what was selected, the last one winning.
    pub fn adjusted(&self, overrides: &[usize]) -> Settings {
        let mut settings = self.clone();
        settings.overrides = Vec::new();
        for part in overrides.iter().filter_map(|&at| self.overrides.get(at)) {
            settings.ignore.extend(part.ignore.iter().cloned());
            if !part.select.is_empty() {
                settings.select.clone_from(&part.select);
            }
        }
        settings
    }

    /// The settings for a file (absolute, normalized).
    pub fn for_file(&self, path: &Path) -> Settings {
        self.adjusted(&self.overrides_for(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;
    use crate::toml_doc;
    use crate::toml_doc::Problems;

    fn settings(text: &str) -> Settings {
        let mut problems = Problems::new("configuration");
        let table = toml_doc::parse(text, FileId(0), &mut problems);
        let layer = read(&table, Path::new("/team"), &mut problems);
        assert!(problems.found.is_empty(), "{problems:?}");
        Settings::merged(PathBuf::from("/team"), [layer])
    }

    fn values(list: &[Spanned<String>]) -> Vec<&str> {
        list.iter().map(|item| item.value.as_str()).collect()
    }

    #[test]
    fn overrides_hold_for_their_files_only() {
        let settings = settings(
            "ignore = ['a']\nselect = ['x']\n\
             [[overrides]]\nfiles = ['old/']\nignore = ['b']\n\
             [[overrides]]\nfiles = '*.csv'\nselect = ['y']\n",
        );
        let other = settings.for_file(Path::new("/team/new/a.md"));
        assert_eq!(
            (values(&other.ignore), values(&other.select)),
            (vec!["a"], vec!["x"])
        );
        assert_eq!(
            settings.overrides_for(Path::new("/team/old/2024/a.csv")),
            [0, 1]
        );
        let old = settings.for_file(Path::new("/team/old/2024/a.csv"));
        assert_eq!(
            (values(&old.ignore), values(&old.select)),
            (vec!["a", "b"], vec!["y"])
        );
    }

    #[test]
    fn excluded_files_are_told_by_the_folder_of_the_configuration() {
        let settings = settings("exclude = ['archive', '/drafts/tmp*.md']");
        assert!(settings.excludes(Path::new("/team/a/archive/b.md")));
        assert!(settings.excludes(Path::new("/team/drafts/tmp1.md")));
        assert!(!settings.excludes(Path::new("/team/x/drafts/tmp1.md")));
        assert!(!settings.excludes(Path::new("/archive/b.md")));
    }

    #[test]
    fn names_are_in_the_order_of_their_enum() {
        assert_eq!(Account::Paid.name(), "paid");
        assert_eq!(Account::Free.name(), "free");
    }
}
