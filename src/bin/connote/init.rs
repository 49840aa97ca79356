//! `connote init`: a commented configuration and a sample. Never overwrites.

use std::fs;
use std::fs::OpenOptions;
use std::io;
use std::io::Write;
use std::path::Path;

use connote::render::clean::clean;

use crate::args::InitArgs;
use crate::status::Failure;
use crate::status::Status;

const CONFIGURATION: &str = include_str!("init/connote.toml");
const SAMPLE: &str = include_str!("init/sample.md");

/// What is written, and where.
const FILES: [(&str, &str); 2] = [
    ("connote.toml", CONFIGURATION),
    ("drafts/sample.md", SAMPLE),
];

pub(crate) fn run(args: &InitArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let mut written = 0;
    for (name, text) in FILES {
        let path = match args.folder.as_os_str() == "." {
            true => Path::new(name).to_owned(),
            false => args.folder.join(name),
        };
        match create(&path, text) {
            Ok(()) => {
                written += 1;
                writeln!(out, "wrote {}", clean(&path.to_string_lossy()))?;
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                writeln!(out, "left as it is: {}", clean(&path.to_string_lossy()))?;
            }
            Err(error) => return Err(Failure::writing(&path, &error)),
        }
    }
    if written == 0 {
        return Err(Failure::new("nothing to do: everything is there already"));
    }
    let drafts = match args.folder.as_os_str() == "." {
        true => "drafts".to_owned(),
        false => args.folder.join("drafts").display().to_string(),
    };
    writeln!(out, "\nNext: connote check {}", clean(&drafts))?;
    Ok(Status::Clean)
}

fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use connote::config;
    use connote::config::Settings;
    use connote::pack;
    use connote::ruleset::RuleSet;
    use connote::source::Sources;
    use connote::span::FileId;
    use connote::toml_doc;
    use connote::toml_doc::Problems;

    /// What is wrong with a configuration by itself or for the built-in rules.
    fn problems(text: &str) -> Problems {
        let mut problems = Problems::new("configuration");
        let file = FileId(99);
        let table = toml_doc::parse(text, file, &mut problems);
        let layer = config::read(&table, Path::new("/a"), &mut problems);
        let settings = Settings::merged("/a".into(), [layer]);
        let packs = pack::builtin(&mut Sources::default(), &mut Problems::new("rule-pack"));
        RuleSet::build(&packs, &settings, &mut problems);
        problems.found.retain(|problem| problem.span().file == file);
        problems
    }

    #[test]
    fn the_configuration_is_valid_as_it_is_and_with_everything_switched_on() {
        assert!(problems(CONFIGURATION).found.is_empty());
        // Settings are commented out as `#key`, prose begins with `# `.
        let on: String = CONFIGURATION
            .lines()
            .map(|line| match line.strip_prefix('#') {
                Some(setting) if !setting.starts_with(' ') => format!("{setting}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        let problems = problems(&on);
        assert!(problems.found.is_empty(), "{problems:?}");
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.md");
        create(&path, "one").unwrap();
        let error = create(&path, "two").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(path).unwrap(), "one");
    }
}
