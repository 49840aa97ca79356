//! The configurations of a run: finds the closest one of each file, reads each once, and lays the
//! command line over it.

use std::collections::HashMap;
use std::path::Path;
use std::path::PathBuf;

use connote::config;
use connote::config::Globs;
use connote::config::Layer;
use connote::config::Settings;
use connote::load;
use connote::source::Source;
use connote::source::Sources;
use connote::span::FileId;
use connote::span::Span;
use connote::span::Spanned;
use connote::toml_doc;
use connote::toml_doc::Problems;

use crate::options::FileArgs;
use crate::options::GateArgs;
use crate::options::RuleArgs;
use crate::status::Failure;

/// One configuration and what came of it.
#[derive(Debug)]
pub(crate) struct Config {
    /// Where it was read from; none where the defaults hold.
    pub(crate) path: Option<PathBuf>,
    /// It, with the command line laid over.
    pub(crate) settings: Settings,
}

/// Which file to read.
#[derive(Debug)]
enum Choice {
    Closest,
    This(PathBuf),
    Defaults,
}

#[derive(Debug)]
pub(crate) struct Configs {
    /// The current folder.
    current: PathBuf,
    choice: Choice,
    command_line: Layer,
    known: Vec<Config>,
    by_folder: HashMap<PathBuf, usize>,
    /// Configurations that could not be read.
    pub(crate) errors: Vec<load::Error>,
}

impl Configs {
    pub(crate) fn new(
        rules: &RuleArgs,
        files: &FileArgs,
        gate: &GateArgs,
        sources: &mut Sources,
        problems: &mut Problems,
    ) -> Result<Self, Failure> {
        let current = std::env::current_dir()
            .map_err(|error| Failure::new(format!("the current folder is not there: {error}")))?;
        let choice = match &rules.config {
            Some(path) => Choice::This(path.clone()),
            None if rules.isolated => Choice::Defaults,
            None => Choice::Closest,
        };
        let command_line = command_line(&current, rules, files, gate, sources, problems);
        Ok(Self {
            current,
            choice,
            command_line,
            known: Vec::new(),
            by_folder: HashMap::new(),
            errors: Vec::new(),
        })
    }

    /// The path as the configuration knows it: absolute, without `.` and `..`.
    pub(crate) fn absolute(&self, path: &Path) -> PathBuf {
        config::normalized(&self.current, path)
    }

    /// A path from the current folder, if it lies in it: as people would write it.
    pub(crate) fn shown<'p>(&self, path: &'p Path) -> &'p Path {
        match path.strip_prefix(&self.current) {
            Ok(inner) if !inner.as_os_str().is_empty() => inner,
            _ => path,
        }
    }

    /// The files of the configurations that were read.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.known.iter().filter_map(|config| config.path.as_ref())
    }

    /// The configuration of a number.
    pub(crate) fn get(&self, number: usize) -> &Config {
        &self.known[number]
    }

    /// The number of the configuration that holds for a file (absolute), which is read if need be.
    pub(crate) fn of(
        &mut self,
        file: &Path,
        sources: &mut Sources,
        problems: &mut Problems,
    ) -> usize {
        let folder = file.parent().unwrap_or(file);
        if let Some(&number) = self.by_folder.get(folder) {
            return number;
        }
        let path = match &self.choice {
            Choice::Closest => config::find(folder, &|path| path.is_file()),
            Choice::This(path) => Some(self.absolute(path)),
            Choice::Defaults => None,
        };
        let same = |config: &Config| config.path == path;
        let number = self.known.iter().position(same).unwrap_or_else(|| {
            let config = self.read(path, sources, problems);
            self.known.push(config);
            self.known.len() - 1
        });
        self.by_folder.insert(folder.to_owned(), number);
        number
    }

    fn read(
        &mut self,
        path: Option<PathBuf>,
        sources: &mut Sources,
        problems: &mut Problems,
    ) -> Config {
        let folder = path.as_deref().and_then(Path::parent);
        let folder = folder.unwrap_or(&self.current).to_owned();
        let mut layers = Vec::new();
        if let Some(path) = &path {
            let shown = self.shown(path);
            match load::read_text(shown) {
                Ok(text) => {
                    let source = Source::new(name_of(shown), text);
                    let file = sources.add(source);
                    let before = problems.found.len();
                    let table = toml_doc::parse(&sources.get(file).text, file, problems);
                    // What was read of a broken file only gives echoes of the mistake.
                    if problems.found.len() == before {
                        layers.push(config::read(&table, &folder, problems));
                    }
                }
                Err(error) => self.errors.push(error),
            }
        }
        layers.push(self.command_line.clone());
        let settings = Settings::merged(folder, layers);
        Config { path, settings }
    }
}

/// A path as the output writes it, with `/` on every system.
pub(crate) fn name_of(path: &Path) -> String {
    let name = path.display().to_string();
    match std::path::MAIN_SEPARATOR {
        '/' => name,
        separator => name.replace(separator, "/"),
    }
}

/// The options as a layer. What can be refused later points into a source of its own, the command
/// line, so that the complaint shows the word in question.
fn command_line(
    current: &Path,
    rules: &RuleArgs,
    files: &FileArgs,
    gate: &GateArgs,
    sources: &mut Sources,
    problems: &mut Problems,
) -> Layer {
    let mut written = Written {
        text: String::from("connote"),
        file: FileId(u32::try_from(sources.len()).unwrap_or(u32::MAX)),
    };
    let layer = Layer {
        account: rules.account,
        select: written.list("--select", &rules.select),
        ignore: written.list("--ignore", &rules.ignore),
        fail_on: gate.fail_on.map(|level| level.0),
        max_warnings: gate.max_warnings,
        min_score: gate.min_score,
        ..Layer::default()
    };
    let exclude = written.list("--exclude", &files.exclude);
    sources.add(Source::new("command line".to_owned(), written.text));
    Layer {
        exclude: Some(Globs::new(current, exclude, problems)),
        ..layer
    }
}

/// The options written out once more, to point at.
struct Written {
    text: String,
    file: FileId,
}

impl Written {
    fn list(&mut self, option: &str, words: &[String]) -> Vec<Spanned<String>> {
        let mut list = Vec::new();
        let words = words.iter().map(|word| word.trim());
        for (index, word) in words.filter(|word| !word.is_empty()).enumerate() {
            match index {
                0 => self.text.extend([" ", option, " "]),
                _ => self.text.push(','),
            }
            let start = self.text.len();
            self.text.push_str(word);
            let span = Span::new(self.file, start..self.text.len());
            list.push(Spanned::new(word.to_owned(), span));
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_can_be_pointed_at() {
        let rules = RuleArgs {
            select: vec!["a".into(), "stock".into()],
            ignore: vec!["é".into()],
            ..RuleArgs::default()
        };
        let mut sources = Sources::default();
        let mut problems = Problems::new("configuration");
        let (files, gate) = (FileArgs::default(), GateArgs::default());
        let here = Path::new("/a");
        let layer = command_line(here, &rules, &files, &gate, &mut sources, &mut problems);
        assert_eq!(
            *sources.get(FileId(0)).text,
            "connote --select a,stock --ignore é"
        );
        assert_eq!(sources.text(layer.select[1].span), "stock");
        assert_eq!(sources.text(layer.ignore[0].span), "é");
    }
}
