//! STUB, to be deleted: stands in for library modules that are being written elsewhere
//! (`load`, `pack`, `ruleset`, `lint`, `render`), so that the program compiles before they come.
#![allow(dead_code)]

pub(crate) mod load {
    use connote::diagnostic::Diagnostic;
    use connote::note::Note;
    use connote::source::Sources;
    use std::path::Path;
    use std::path::PathBuf;

    #[derive(Debug)]
    pub(crate) struct Error {
        pub(crate) path: String,
        pub(crate) reason: String,
    }
    impl std::fmt::Display for Error {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "cannot read {}: {}", self.path, self.reason)
        }
    }
    #[derive(Debug)]
    pub(crate) struct Found {
        pub(crate) path: PathBuf,
        pub(crate) name: String,
    }
    #[derive(Clone, Debug, Default)]
    pub(crate) struct InputOptions {
        pub(crate) columns: Vec<(String, String)>,
    }
    #[derive(Debug, Default)]
    pub(crate) struct Loaded {
        pub(crate) notes: Vec<Note>,
        pub(crate) problems: Vec<Diagnostic>,
        pub(crate) errors: Vec<Error>,
    }
    pub(crate) fn find_files(
        paths: &[PathBuf],
        _exclude: &dyn Fn(&Path) -> bool,
    ) -> (Vec<Found>, Vec<Error>) {
        let found = |path: &PathBuf| Found {
            path: path.clone(),
            name: path.display().to_string(),
        };
        (paths.iter().map(found).collect(), Vec::new())
    }
    pub(crate) fn read_files(
        _found: &[Found],
        _options: &dyn Fn(&Path) -> InputOptions,
        _sources: &mut Sources,
    ) -> Loaded {
        Loaded::default()
    }
    pub(crate) fn read_stdin(
        _name: &str,
        _options: &InputOptions,
        _sources: &mut Sources,
    ) -> Loaded {
        Loaded::default()
    }
    pub(crate) fn read_text(path: &Path) -> Result<String, Error> {
        std::fs::read_to_string(path).map_err(|error| Error {
            path: path.display().to_string(),
            reason: crate::status::reason(&error),
        })
    }
}

pub(crate) mod pack {
    use connote::source::Sources;
    use connote::span::FileId;
    use connote::toml_doc::Problems;

    #[derive(Clone, Debug)]
    pub(crate) struct Pack {
        pub(crate) name: String,
    }
    pub(crate) fn builtin(_sources: &mut Sources, _problems: &mut Problems) -> Vec<Pack> {
        Vec::new()
    }
    pub(crate) fn read(text: &str, file: FileId, problems: &mut Problems) -> Pack {
        connote::toml_doc::parse(text, file, problems);
        Pack {
            name: String::new(),
        }
    }
}

pub(crate) mod ruleset {
    use super::pack::Pack;
    use connote::config::Settings;
    use connote::diagnostic::Severity;
    use connote::toml_doc::Problems;
    use connote::toml_doc::Table;
    use std::sync::Arc;

    #[derive(Debug)]
    pub(crate) struct Example {
        pub(crate) note: String,
    }
    #[derive(Debug)]
    pub(crate) struct Rule {
        pub(crate) id: Arc<str>,
        pub(crate) kind: &'static str,
        pub(crate) level: Option<Severity>,
        pub(crate) pack: String,
        pub(crate) message: String,
        pub(crate) why: String,
        pub(crate) help: String,
        pub(crate) bad: Vec<Example>,
        pub(crate) good: Vec<Example>,
        pub(crate) parameters: Table,
    }
    #[derive(Debug, Default)]
    pub(crate) struct RuleSet {
        rules: Vec<Rule>,
    }
    impl RuleSet {
        pub(crate) fn build(_: &[Pack], _: &Settings, _: &mut Problems) -> Self {
            Self::default()
        }
        pub(crate) fn rules(&self) -> &[Rule] {
            &self.rules
        }
    }
}

pub(crate) mod lint {
    use super::ruleset::RuleSet;
    use connote::diagnostic::Diagnostic;
    use connote::note::Note;
    use connote::report::Report;

    pub(crate) fn lint(
        _sets: &[RuleSet],
        _set_of: &(dyn Fn(usize) -> usize + Sync),
        notes: Vec<Note>,
        problems: Vec<Diagnostic>,
    ) -> Report {
        Report {
            notes,
            diagnostics: problems,
            ..Report::default()
        }
    }
    #[derive(Debug)]
    pub(crate) struct Failure {
        pub(crate) rule: String,
        pub(crate) message: String,
    }
    pub(crate) fn rule_tests(_set: &RuleSet) -> Vec<Failure> {
        Vec::new()
    }
}

pub(crate) mod render {
    use connote::report::Report;
    use connote::source::Sources;
    use std::io;

    pub(crate) fn clean(text: &str) -> String {
        text.to_owned()
    }
    #[derive(Clone, Debug)]
    pub(crate) struct Options {
        pub(crate) color: bool,
        pub(crate) width: usize,
        pub(crate) all: bool,
        pub(crate) explain: bool,
        pub(crate) quiet: bool,
        pub(crate) unicode: bool,
    }
    pub(crate) struct View<'a> {
        pub(crate) report: &'a Report,
        pub(crate) sources: &'a Sources,
        pub(crate) version: &'a str,
        pub(crate) options: &'a Options,
    }
    pub(crate) struct Output {
        pub(crate) name: &'static str,
        pub(crate) render: fn(&View, &mut dyn io::Write) -> io::Result<()>,
    }
    pub(crate) static OUTPUTS: &[Output] = &[Output {
        name: "terminal",
        render: short,
    }];
    fn short(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
        for found in &view.report.diagnostics {
            let source = view.sources.get(found.span().file);
            let at = source.position(found.span().start as usize);
            writeln!(
                out,
                "{}:{}:{}: {}",
                source.name, at.line, at.column, found.message
            )?;
        }
        Ok(())
    }
    pub(crate) fn output(name: &str) -> Option<&'static Output> {
        OUTPUTS
            .iter()
            .find(|output| output.name == name)
            .or(OUTPUTS.first())
    }
}
