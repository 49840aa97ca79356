//! What every command needs that deals with rules: configurations, packs, rule sets, and the
//! mistakes in them. Files with the same configuration and overrides share a rule set.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use connote::config::Settings;
use connote::config::normalized;
use connote::diagnostic::Diagnostic;
use connote::load;
use connote::pack;
use connote::pack::Pack;
use connote::render;
use connote::render::View;
use connote::render::clean::clean;
use connote::report::Report;
use connote::ruleset::RuleSet;
use connote::source::Source;
use connote::source::Sources;
use connote::span::FileId;
use connote::span::Spanned;
use connote::toml_doc::Problems;

use crate::configs::Config;
use crate::configs::Configs;
use crate::configs::name_of;
use crate::options::FileArgs;
use crate::options::GateArgs;
use crate::options::RuleArgs;
use crate::status::Failure;
use crate::status::Status;

/// A file of the current folder that need not exist, to ask what holds here.
pub(crate) const HERE: &str = "here";

/// What the complaints about a configuration and about a pack are called.
const CONFIGURATION: &str = "configuration";
const RULE_PACK: &str = "rule-pack";

/// The rules, and where they hold.
pub(crate) struct Session {
    /// All files read so far.
    pub(crate) sources: Sources,
    /// The rule sets, by the number that [`Session::rule_set_of`] gives.
    pub(crate) rule_sets: Vec<RuleSet>,
    /// Files that the machine refused.
    pub(crate) errors: Vec<load::Error>,
    configs: Configs,
    in_configs: Problems,
    in_packs: Problems,
    keep_going: bool,
    builtin: Vec<Pack>,
    /// Those of the user, by absolute path; none for one that could not be read.
    packs: HashMap<PathBuf, Option<Pack>>,
    extra_packs: Vec<PathBuf>,
    /// The files of those packs.
    pub(crate) own_files: Vec<FileId>,
    /// Rules that are off are made ready, too.
    everything: bool,
    groups: HashMap<(usize, Vec<usize>), usize>,
    /// The configuration of each rule set.
    config_of_set: Vec<usize>,
}

impl Session {
    pub(crate) fn new(
        rules: &RuleArgs,
        files: &FileArgs,
        gate: &GateArgs,
    ) -> Result<Self, Failure> {
        let mut sources = Sources::default();
        let mut in_configs = Problems::new(CONFIGURATION);
        let mut in_packs = Problems::new(RULE_PACK);
        let configs = Configs::new(rules, files, gate, &mut sources, &mut in_configs)?;
        let builtin = pack::builtin(&mut sources, &mut in_packs);
        Ok(Self {
            sources,
            rule_sets: Vec::new(),
            errors: Vec::new(),
            configs,
            in_configs,
            in_packs,
            keep_going: rules.keep_going,
            builtin,
            packs: HashMap::new(),
            extra_packs: rules.packs.clone(),
            own_files: Vec::new(),
            everything: false,
            groups: HashMap::new(),
            config_of_set: Vec::new(),
        })
    }

    /// The same with the rules that are off made ready, too, to try their examples.
    pub(crate) fn with_everything(mut self) -> Self {
        self.everything = true;
        let others = pack::in_languages(&mut self.sources, &mut self.in_packs);
        self.builtin.extend(others);
        self
    }

    /// The path as configurations know it.
    pub(crate) fn absolute(&self, path: &Path) -> PathBuf {
        self.configs.absolute(path)
    }

    /// The configurations and the packs of the user that were read, from the current folder, with what each
    /// is in words.
    pub(crate) fn own_paths(&self) -> Vec<(PathBuf, &'static str)> {
        let configs = self.configs.paths();
        let configs = configs.map(|path| (path, "the configuration"));
        let packs = self.packs.keys().map(|path| (path, "a rule pack"));
        let shown = |(path, what): (&PathBuf, _)| (self.configs.shown(path).to_owned(), what);
        configs.chain(packs).map(shown).collect()
    }

    /// A path from the current folder, as people would write it.
    pub(crate) fn shown<'p>(&self, path: &'p Path) -> &'p Path {
        self.configs.shown(path)
    }

    /// Takes in what is wrong with a file that the run goes by.
    pub(crate) fn complain(&mut self, problems: Vec<Diagnostic>) {
        self.in_configs.found.extend(problems);
    }

    /// Takes note of a file that the run goes by and that cannot be read.
    pub(crate) fn refuse(&mut self, error: load::Error) {
        self.configs.errors.push(error);
    }

    /// The configuration that holds for a file.
    pub(crate) fn config_of(&mut self, file: &Path) -> &Config {
        let file = self.absolute(file);
        let number = self
            .configs
            .of(&file, &mut self.sources, &mut self.in_configs);
        self.configs.get(number)
    }

    /// Whether the configuration of a file passes it over, or has it as a history: what was sent is no
    /// draft.
    pub(crate) fn excludes(&mut self, file: &Path) -> bool {
        let file = self.absolute(file);
        let settings = &self.config_of(&file).settings;
        let is_history = |named: &Spanned<String>| {
            file.starts_with(normalized(&settings.folder, Path::new(&named.value)))
        };
        let mut sent = settings.history.iter().chain(&settings.ledger);
        settings.excludes(&file) || sent.any(is_history)
    }

    /// The number of the rule set that holds for a file, which is built if need be.
    pub(crate) fn rule_set_of(&mut self, file: &Path) -> usize {
        let file = self.absolute(file);
        let config = self
            .configs
            .of(&file, &mut self.sources, &mut self.in_configs);
        let overrides = self.configs.get(config).settings.overrides_for(&file);
        let group = (config, overrides);
        if let Some(&number) = self.groups.get(&group) {
            return number;
        }
        let packs = self.packs_of(config);
        let settings = self.configs.get(config).settings.adjusted(&group.1);
        let build = match self.everything {
            true => RuleSet::build_all,
            false => RuleSet::build,
        };
        let set = build(&packs, &settings, &mut self.in_configs);
        self.rule_sets.push(set);
        self.config_of_set.push(config);
        self.groups.insert(group, self.rule_sets.len() - 1);
        self.rule_sets.len() - 1
    }

    /// Files with what was sent before, ledgers too: those of the configurations, then `more`.
    pub(crate) fn histories(&self, more: &[PathBuf]) -> Vec<PathBuf> {
        let mut paths = self.exports();
        paths.extend(self.ledgers());
        paths.extend(more.iter().cloned());
        paths.sort();
        paths.dedup();
        paths
    }

    /// The user's own lists of what became of invitations, as the configurations name them.
    pub(crate) fn ledgers(&self) -> Vec<PathBuf> {
        self.named(&|settings| &settings.ledger)
    }

    /// The exports that the configurations name as histories.
    pub(crate) fn exports(&self) -> Vec<PathBuf> {
        self.named(&|settings| &settings.history)
    }

    /// Paths of the configurations, each once.
    fn named(&self, of: &dyn Fn(&Settings) -> &Vec<Spanned<String>>) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = Vec::new();
        for &config in &self.config_of_set {
            let settings = &self.configs.get(config).settings;
            let absolute = of(settings)
                .iter()
                .map(|path| settings.folder.join(&path.value));
            paths.extend(absolute.map(|path| self.configs.shown(&path).to_owned()));
        }
        paths.sort();
        paths.dedup();
        paths
    }

    /// Whether a score decides about the exit status.
    pub(crate) fn wants_scores(&self, gate: &GateArgs) -> bool {
        let config = |set: &usize| self.configs.get(*set).settings.min_score.is_some();
        gate.min_score.is_some() || self.config_of_set.iter().any(config)
    }

    /// All settings that each rule set was made from, by its number, as a text that is the same for the same
    /// ones.
    pub(crate) fn settings_of_sets(&self) -> Vec<String> {
        let mut all = vec![String::new(); self.rule_sets.len()];
        for ((config, overrides), &number) in &self.groups {
            let mut settings = self.configs.get(*config).settings.adjusted(overrides);
            // The same rules in another place are the same.
            settings.folder = PathBuf::new();
            all[number] = format!("{settings:?}");
        }
        all
    }

    /// The configuration that a rule set comes from.
    pub(crate) fn config_of_set(&self, set: usize) -> &Config {
        self.configs.get(self.config_of_set[set])
    }

    /// The packs that a configuration names, behind the built-in ones. A name without a dot or a
    /// slash is that of a built-in pack: the rule set knows those.
    fn packs_of(&mut self, config: usize) -> Vec<Pack> {
        let settings = &self.configs.get(config).settings;
        let is_path = |name: &str| name.contains(['.', '/', '\\']);
        let named = settings.packs.iter().filter(|pack| is_path(&pack.value));
        let mut paths: Vec<PathBuf> = named
            .map(|pack| settings.folder.join(&pack.value))
            .collect();
        paths.extend(self.extra_packs.iter().cloned());
        let mut packs = self.builtin.clone();
        for path in paths {
            packs.extend(self.pack(&path));
        }
        packs
    }

    /// Every pack that was read, the built-in ones first, then the user's by their files.
    pub(crate) fn all_packs(&self) -> Vec<&Pack> {
        let mut own: Vec<&Pack> = self.packs.values().flatten().collect();
        own.sort_by_key(|pack| pack.file);
        self.builtin.iter().chain(own).collect()
    }

    fn pack(&mut self, path: &Path) -> Option<Pack> {
        let path = self.absolute(path);
        if let Some(known) = self.packs.get(&path) {
            return known.clone();
        }
        let shown = self.configs.shown(&path);
        let pack = match load::read_text(shown) {
            Ok(text) => {
                let file = self.sources.add(Source::new(name_of(shown), text));
                self.own_files.push(file);
                let text = &self.sources.get(file).text;
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                Some(pack::read(text, file, &stem, &mut self.in_packs))
            }
            Err(error) => {
                self.errors.push(error);
                None
            }
        };
        self.packs.insert(path, pack.clone());
        pack
    }

    /// The mistakes in configurations and packs, each once, in the order of their places.
    pub(crate) fn take_problems(&mut self) -> Vec<Diagnostic> {
        let mut all = std::mem::take(&mut self.in_configs.found);
        all.append(&mut self.in_packs.found);
        all.sort_by_key(Diagnostic::span);
        let builtin = self.builtin.iter().map(|pack| pack.file);
        let packs: Vec<FileId> = builtin.chain(self.own_files.iter().copied()).collect();
        // Rule sets of one configuration repeat what is wrong with it.
        let mut once: Vec<Diagnostic> = Vec::with_capacity(all.len());
        for mut problem in all {
            if packs.contains(&problem.span().file) {
                problem.rule = RULE_PACK.into();
            }
            let twin = |known: &&Diagnostic| known.span() == problem.span();
            if !once
                .iter()
                .rev()
                .take_while(twin)
                .any(|known| *known == problem)
            {
                once.push(problem);
            }
        }
        once
    }

    /// Whether a configuration or a pack cannot be used as it is.
    pub(crate) fn is_broken(&self) -> bool {
        self.in_configs.has_errors()
            || self.in_packs.has_errors()
            || !self.configs.errors.is_empty()
    }

    /// Whether to stop because of what is broken.
    pub(crate) fn must_stop(&self) -> bool {
        !self.configs.errors.is_empty() || self.is_broken() && !self.keep_going
    }

    /// Tells what is broken, and that nothing else was done.
    pub(crate) fn stop(
        self,
        options: &render::Options,
        format: &str,
        out: &mut dyn Write,
    ) -> Result<Status, Failure> {
        self.stop_with(&mut |report, sources| show(report, sources, options, format, out))
    }

    /// The same, with the report written as the caller likes.
    pub(crate) fn stop_with(
        mut self,
        write: &mut dyn FnMut(&Report, &Sources) -> Result<(), Failure>,
    ) -> Result<Status, Failure> {
        let report = Report {
            diagnostics: self.take_problems(),
            ..Report::default()
        };
        // A summary of nothing would look like a clean run.
        if !report.diagnostics.is_empty() {
            write(&report, &self.sources)?;
        }
        self.tell_errors();
        tell(match self.keep_going {
            true => "mend this first: nothing else was done",
            false => {
                "mend this first (--keep-going does the rest all the same): nothing else was done"
            }
        });
        Ok(Status::Trouble)
    }

    /// Names the files that the machine refused. Says whether there were any.
    pub(crate) fn tell_errors(&mut self) -> bool {
        let mut errors = std::mem::take(&mut self.configs.errors);
        errors.append(&mut self.errors);
        errors
            .iter()
            .for_each(|error| tell(&format!("cannot read {error}")));
        !errors.is_empty()
    }
}

/// Says something on standard error. It is always one line: names and cells of strangers are in it, which
/// could otherwise command the terminal, or begin a line that means something to a CI system.
pub(crate) fn tell(message: &str) {
    // Nobody is left to tell when this fails.
    let _ = writeln!(std::io::stderr(), "connote: {}", clean(message));
}

/// Writes a report in a format.
pub(crate) fn show(
    report: &Report,
    sources: &Sources,
    options: &render::Options,
    format: &str,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let output = render::output(format)
        .ok_or_else(|| Failure::new(format!("`{format}` is not a format")))?;
    let view = View {
        report,
        sources,
        version: env!("CARGO_PKG_VERSION"),
        options,
    };
    (output.render)(&view, out)?;
    Ok(())
}
