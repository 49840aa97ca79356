//! The questions to git. It is asked in its own folder, without what a user's settings or a repository's
//! attributes may do to the answers, and answers with names that end in a zero byte.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;

use connote::render::clean::clean;

use crate::changed::lines::Lines;
use crate::status::Failure;

/// Options of `git diff` that make its answer the same whatever is set.
const PLAIN_DIFF: [&str; 6] = [
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-relative",
    "--find-renames",
    "--ignore-submodules",
];

/// The repository that holds the current folder.
pub(crate) struct Repository {
    /// Its folder, with all links resolved.
    pub(crate) root: PathBuf,
}

/// Files that changed, by their paths with all links above them resolved.
pub(crate) struct Listed {
    /// The commit that they are compared with.
    pub(crate) base: String,
    pub(crate) files: HashMap<PathBuf, Change>,
}

/// How a file changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is new.
    New,
    /// It is another one: its path from the root, before and now.
    Other(OsString, OsString),
}

impl Repository {
    /// The repository of the current folder.
    pub(crate) fn here() -> Result<Self, Failure> {
        let output = git(
            Path::new("."),
            &["rev-parse".into(), "--show-toplevel".into()],
        )?;
        if !output.status.success() {
            return Err(
                match String::from_utf8_lossy(&output.stderr).contains("not a git repository") {
                    true => Failure::new(
                        "--changed-since asks git, and this folder is not in a git repository",
                    ),
                    false => says(&output),
                },
            );
        }
        let line = output.stdout.strip_suffix(b"\n").unwrap_or(&output.stdout);
        let root = PathBuf::from(os_string(line));
        let root = root.canonicalize().map_err(|error| {
            Failure::new(format!(
                "--changed-since: the folder of the git repository: {error}"
            ))
        })?;
        Ok(Self { root })
    }

    /// The files that changed since the current branch left a revision, whether that is committed or not.
    pub(crate) fn changed_since(&self, revision: &str) -> Result<Listed, Failure> {
        let base = self.base(revision)?;
        let mut files = HashMap::new();
        let mut diff = words(&["diff", "--name-status", "-z"]);
        diff.extend(words(&PLAIN_DIFF));
        diff.extend(words(&[&base, "--"]));
        let output = self.ask(&diff)?;
        let mut fields = output.split(|&byte| byte == 0);
        while let (Some(status), Some(path)) = (fields.next(), fields.next()) {
            let mut now = path;
            if matches!(status.first(), Some(b'R' | b'C')) {
                now = fields.next().unwrap_or_default();
            }
            let change = match status {
                [b'A', ..] => Change::New,
                // Another name alone is no change of what stands in it.
                [b'D', ..] | b"R100" => continue,
                _ => Change::Other(os_string(path), os_string(now)),
            };
            files.insert(self.root.join(os_string(now)), change);
        }
        let others = words(&[
            "ls-files",
            "-z",
            "--others",
            "--exclude-standard",
            "--full-name",
        ]);
        let output = self.ask(&others)?;
        for path in output
            .split(|&byte| byte == 0)
            .filter(|path| !path.is_empty())
        {
            files.insert(self.root.join(os_string(path)), Change::New);
        }
        Ok(Listed { base, files })
    }

    /// The lines that changed in a file.
    pub(crate) fn lines(&self, base: &str, change: &Change) -> Result<Lines, Failure> {
        let Change::Other(before, now) = change else {
            return Ok(Lines::All);
        };
        let mut diff = words(&["diff", "--unified=0", "--inter-hunk-context=0"]);
        diff.extend(words(&PLAIN_DIFF));
        diff.extend(words(&[base, "--"]));
        diff.push(now.clone());
        if before != now {
            diff.push(before.clone());
        }
        Ok(Lines::of_diff(&self.ask(&diff)?))
    }

    /// The commit at which the current branch left a revision.
    fn base(&self, revision: &str) -> Result<String, Failure> {
        let commit = format!("{revision}^{{commit}}");
        let verify = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ];
        let output = git(&self.root, &words(&verify))?;
        if !output.status.success() {
            return Err(Failure::new(format!(
                "--changed-since: git knows no commit, branch or tag `{}` here{}",
                clean(revision),
                self.shallow()
            )));
        }
        let commit = one_line(&output);
        let output = git(&self.root, &words(&["merge-base", &commit, "HEAD"]))?;
        match output.status.code() {
            Some(0) => Ok(one_line(&output)),
            Some(1) => Err(Failure::new(format!(
                "--changed-since: `{}` and the current branch have no commit in common{}",
                clean(revision),
                self.shallow()
            ))),
            _ => Err(says(&output)),
        }
    }

    /// Why a commit may be missing: CI often fetches only the last one.
    fn shallow(&self) -> &'static str {
        let output = git(
            &self.root,
            &words(&["rev-parse", "--is-shallow-repository"]),
        );
        match output.is_ok_and(|output| one_line(&output) == "true") {
            true => "; only a part of the history was fetched (in CI: fetch-depth: 0)",
            false => "",
        }
    }

    fn ask(&self, arguments: &[OsString]) -> Result<Vec<u8>, Failure> {
        let output = git(&self.root, arguments)?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err(says(&output)),
        }
    }
}

/// Runs git in a folder.
fn git(folder: &Path, arguments: &[OsString]) -> Result<Output, Failure> {
    let mut command = Command::new("git");
    command
        .args([
            "--no-optional-locks",
            "--literal-pathspecs",
            "-c",
            "core.fsmonitor=false",
        ])
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C");
    command.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            Failure::new("--changed-since asks git, and there is no program `git` here")
        }
        _ => Failure::new(format!("--changed-since: git cannot be run: {error}")),
    })
}

/// What git complained about.
fn says(output: &Output) -> Failure {
    let words = String::from_utf8_lossy(&output.stderr);
    let first = words.lines().next().unwrap_or_default();
    Failure::new(format!(
        "--changed-since: git says: {}",
        clean(first.trim_start_matches("fatal: "))
    ))
}

fn one_line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn words(words: &[&str]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}

/// The name of a file as git gives it: any bytes, where the system allows that.
#[cfg(unix)]
fn os_string(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::OsStr::from_bytes(bytes).to_owned()
}

#[cfg(not(unix))]
fn os_string(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}
