//! Rule sets for notes of other languages, each built when the first note of its language comes.

use std::sync::OnceLock;

use crate::config::Settings;
use crate::language::ENGLISH;
use crate::language::Language;
use crate::language::named;
use crate::pack;
use crate::pack::Pack;
use crate::ruleset::RuleSet;
use crate::toml_doc::Problems;

/// What rule sets of other languages are built from, and those that have been.
#[derive(Debug, Default)]
pub(super) struct Languages {
    packs: Vec<Pack>,
    settings: Settings,
    everything: bool,
    sets: Vec<(Language, OnceLock<Box<RuleSet>>)>,
}

impl Languages {
    /// Those that some packs know, built in or not. A language in which somebody has written rules of their
    /// own is built at once, so that mistakes in them are reported.
    pub(super) fn new(
        packs: &[Pack],
        settings: &Settings,
        everything: bool,
        base: &RuleSet,
        problems: &mut Problems,
    ) -> Self {
        let own = packs.iter().filter(|pack| !pack.builtin);
        let own: Vec<&str> = own.filter_map(|pack| pack.language.as_deref()).collect();
        let mut known: Vec<Language> = pack::languages().filter_map(named).collect();
        known.extend(own.iter().copied().filter_map(named));
        known.retain(|language| *language != ENGLISH);
        known.sort_by_key(|language| language.code);
        known.dedup();
        let languages = Self {
            packs: packs.to_vec(),
            settings: settings.clone(),
            everything,
            sets: known
                .into_iter()
                .map(|language| (language, OnceLock::new()))
                .collect(),
        };
        for (language, set) in &languages.sets {
            if own.contains(&language.code) || everything {
                let built = languages.build(*language, base, problems);
                let _first = set.set(Box::new(built));
            }
        }
        languages
    }

    /// The rule set of a language, if packs are written in it.
    pub(super) fn get(&self, code: &str, base: &RuleSet) -> Option<&RuleSet> {
        let (language, set) = self.sets.iter().find(|(known, _)| known.code == code)?;
        let build = || Box::new(self.build(*language, base, &mut Problems::new("rule-pack")));
        Some(set.get_or_init(build))
    }

    /// The rule sets that have been built, to look at.
    pub(super) fn built(&self) -> impl Iterator<Item = &RuleSet> {
        self.sets
            .iter()
            .filter_map(|(_, set)| set.get().map(|set| &**set))
    }

    /// The rule sets that have been built.
    pub(super) fn built_mut(&mut self) -> impl Iterator<Item = &mut RuleSet> {
        let sets = self.sets.iter_mut();
        sets.filter_map(|(_, set)| set.get_mut().map(|set| &mut **set))
    }

    /// The languages that packs are written in, besides English.
    pub(super) fn known(&self) -> impl Iterator<Item = Language> + '_ {
        self.sets.iter().map(|(language, _)| *language)
    }

    fn build(&self, language: Language, base: &RuleSet, problems: &mut Problems) -> RuleSet {
        let mut packs = self.packs.clone();
        let has = |pack: &Pack| pack.builtin && pack.language.as_deref() == Some(language.code);
        if !packs.iter().any(has)
            && let Some(pack) = pack::in_language(language.code)
        {
            let behind = packs.iter().take_while(|pack| pack.builtin).count();
            packs.insert(behind, pack);
        }
        RuleSet::assemble_in(
            language,
            Some(base),
            &packs,
            &self.settings,
            self.everything,
            problems,
        )
    }
}
