//! STUB, to be deleted: stands in for library modules that are being written elsewhere
//! (`pack`, `ruleset`, `lint`), so that the program compiles before they come.
#![allow(dead_code)]

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
