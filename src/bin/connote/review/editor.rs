//! The user's own editor, on a note in a file of its own.

use std::fs;
use std::io::Write;
use std::process::Command;

use crate::status::reason;

/// The command that VISUAL or EDITOR names.
pub(super) fn command() -> Result<String, String> {
    let named = ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok());
    let mut named = named.filter(|value| !value.trim().is_empty());
    named
        .next()
        .ok_or_else(|| "no editor is named by VISUAL or EDITOR; e edits the note here".to_owned())
}

/// Opens the editor and waits for it. Hands back the words that it left.
pub(super) fn edit(command: &str, words: &str) -> Result<String, String> {
    let failed =
        |error: &std::io::Error| format!("the editor could not be used: {}", reason(error));
    let mut named = tempfile::Builder::new();
    let file = named.prefix("note-").suffix(".txt").tempfile();
    let mut file = file.map_err(|error| failed(&error))?;
    writeln!(file, "{words}").map_err(|error| failed(&error))?;
    // An editor may put a new file in the place of this one: what counts is the name.
    let path = file.into_temp_path();
    let status = if cfg!(unix) {
        // The variable may hold options, and quotes around them, as in git.
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{command} \"$@\""), "sh"]);
        shell.arg(&path).status()
    } else {
        let mut parts = command.split_whitespace();
        let program = parts.next().unwrap_or_default();
        Command::new(program).args(parts).arg(&path).status()
    };
    match status {
        Err(error) => return Err(failed(&error)),
        Ok(status) if !status.success() => {
            return Err("the editor ended with a failure: the note is as it was".to_owned());
        }
        Ok(_) => {}
    }
    let bytes = fs::read(&path).map_err(|error| failed(&error))?;
    String::from_utf8(bytes)
        .map_err(|_| "the editor left no UTF-8: the note is as it was".to_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_the_editor_leaves_come_back() {
        assert_eq!(edit("true", "Hi\nAna").unwrap(), "Hi\nAna\n");
        assert_eq!(
            edit("sed -i -e 's/Ana/Bo B/'", "Hi Ana").unwrap(),
            "Hi Bo B\n"
        );
        assert!(edit("false", "Hi").unwrap_err().contains("as it was"));
        assert!(
            edit("printf '\\377' >", "Hi")
                .unwrap_err()
                .contains("UTF-8")
        );
    }
}
