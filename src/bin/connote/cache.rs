//! `--cache FILE`: verdicts kept from one run to the next.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::path::PathBuf;

use connote::lint::Identity;
use connote::lint::Memory;

use crate::replace::replace;
use crate::session::Session;
use crate::session::tell;
use crate::status::Failure;
use crate::status::reason;

/// The verdicts in a file.
pub(crate) struct Cache {
    path: PathBuf,
    pub(crate) memory: Memory,
}

impl Cache {
    /// Reads the file, if it is there. To be called when all rule sets are made and no draft is read yet.
    /// The error says that the file is something else.
    pub(crate) fn open(path: &Path, session: &Session) -> Result<Option<Self>, Failure> {
        let Some(identities) = identities(session) else {
            tell("the program cannot read its own file, so no cache is used");
            return Ok(None);
        };
        let failed = |why: &str| Failure::new(format!("--cache {}: {why}", path.display()));
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(failed(&reason(&error))),
        };
        if !bytes.is_empty() && !Memory::is_kept(&bytes) {
            return Err(failed("this file is no cache; it stays as it is"));
        }
        let memory = match Memory::from_bytes(&bytes, identities.clone()) {
            Some(memory) => memory,
            None => {
                if !bytes.is_empty() {
                    tell(&format!(
                        "{} is damaged or of another version: all notes are judged anew",
                        path.display()
                    ));
                }
                Memory::lasting(identities)
            }
        };
        let path = path.to_owned();
        Ok(Some(Self { path, memory }))
    }

    /// Writes what has changed. A check that went well does not fail because of it.
    pub(crate) fn save(&self) {
        let Some(bytes) = self.memory.to_bytes() else {
            return;
        };
        let written = replace(&self.path, &mut |out| Ok(out.write_all(&bytes)?));
        if let Err(Failure::Message(message)) = written {
            tell(&message);
        }
    }
}

/// What the rule sets were made from: the program, the packs of the user, and the settings that hold.
fn identities(session: &Session) -> Option<Vec<Identity>> {
    let program = fs::read(std::env::current_exe().ok()?).ok()?;
    let program = Identity::of(&[&program]);
    let packs = session.own_files.iter();
    let packs: Vec<&[u8]> = packs
        .map(|file| session.sources.get(*file).text.as_bytes())
        .collect();
    let settings = session.settings_of_sets();
    let identity = |settings: &String| {
        let mut parts = vec![program.as_bytes(), settings.as_bytes()];
        parts.extend(&packs);
        Identity::of(&parts)
    };
    Some(settings.iter().map(identity).collect())
}
