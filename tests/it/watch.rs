//! `check --watch` as a process that is really running, with files that are really saved.

use std::fs;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::path::Path;
use std::process::Child;
use std::process::Stdio;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use crate::program::outcome;
use crate::program::program;

/// A program that watches, and all that it writes.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn new(folder: &Path) -> Self {
        let mut child = program()
            .current_dir(folder)
            .args(["check", "--watch", "--format", "short", "drafts"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = mpsc::channel();
        let stdout: Box<dyn Read + Send> = Box::new(child.stdout.take().unwrap());
        let stderr: Box<dyn Read + Send> = Box::new(child.stderr.take().unwrap());
        for stream in [stdout, stderr] {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines() {
                    let _ = sender.send(line.unwrap());
                }
            });
        }
        Self { child, lines }
    }

    /// Reads on until a line has some words in it.
    fn until(&self, words: &str) -> Vec<String> {
        let mut seen = Vec::new();
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(60));
            let line = line.unwrap_or_else(|_| panic!("no `{words}` after {seen:#?}"));
            let found = line.contains(words);
            seen.push(line);
            if found {
                // The two streams come by threads of their own: what was written before may come a little later.
                let late = Duration::from_secs(1);
                seen.extend(std::iter::from_fn(|| self.lines.recv_timeout(late).ok()));
                return seen;
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // Gone already when all went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_is_saved_is_checked_again_and_nothing_but_ctrl_c_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let draft = folder.join("drafts/ana.md");
    fs::create_dir(folder.join("drafts")).unwrap();
    fs::write(&draft, "Hi {{first_name}}, let us connect.").unwrap();
    let mut watching = Watching::new(folder);
    let first = watching.until("watching for changes");
    assert!(
        first
            .iter()
            .any(|line| line.contains("unfilled-placeholder")),
        "{first:#?}"
    );

    // Saved as editors do: a new file, renamed over the old one.
    fs::write(
        folder.join("drafts/.ana.md.tmp"),
        "Hi Ana, I came across your profile.",
    )
    .unwrap();
    fs::rename(folder.join("drafts/.ana.md.tmp"), &draft).unwrap();
    let saved = watching.until("watching for changes");
    assert!(
        saved
            .iter()
            .any(|line| line == "connote: drafts/ana.md changed"),
        "{saved:#?}"
    );
    assert!(
        saved.iter().any(|line| line.contains("[stock-opening]")),
        "{saved:#?}"
    );
    assert!(
        !saved
            .iter()
            .any(|line| line.contains("unfilled-placeholder"))
    );
    assert!(
        !saved.iter().any(|line| line.contains('\u{1b}')),
        "no screen to clear"
    );

    fs::write(folder.join("connote.toml"), "acount = \"free\"\n").unwrap();
    let broken = watching.until("watching for changes");
    assert!(
        broken
            .iter()
            .any(|line| line.contains("error[configuration]")),
        "{broken:#?}"
    );
    fs::write(
        folder.join("connote.toml"),
        "ignore = [\"stock-opening\"]\n",
    )
    .unwrap();
    let mended = watching.until("watching for changes");
    assert!(
        !mended.iter().any(|line| line.contains("[stock-opening]")),
        "{mended:#?}"
    );

    fs::remove_file(&draft).unwrap();
    let gone = watching.until("watching for changes");
    assert!(
        gone.iter()
            .any(|line| line == "connote: drafts/ana.md is gone"),
        "{gone:#?}"
    );
    fs::remove_dir(folder.join("drafts")).unwrap();
    watching.until("watching for changes");
    fs::create_dir(folder.join("drafts")).unwrap();
    watching.until("watching for changes");
    fs::write(&draft, "Hi {{first_name}}.").unwrap();
    let again = watching.until("watching for changes");
    assert!(
        again
            .iter()
            .any(|line| line.contains("unfilled-placeholder")),
        "{again:#?}"
    );

    if cfg!(unix) {
        let interrupt = format!("kill -INT {}", watching.child.id());
        let mut shell = std::process::Command::new("sh");
        assert_eq!(outcome(shell.args(["-c", &interrupt]), b"").status, 0);
        assert_eq!(watching.child.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn standard_input_cannot_be_watched() {
    let outcome = outcome(program().args(["check", "--watch", "-"]), b"");
    assert_eq!(outcome.status, 2);
    assert!(
        outcome.stderr.contains("cannot be watched"),
        "{}",
        outcome.stderr
    );
}
