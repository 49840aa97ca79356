//! Packs and settings become the rules that run: in order, each with its level, its check made
//! ready, and all their patterns in one set.

mod declared;
mod languages;
mod rule;
mod select;
mod shape;

use rustc_hash::FxHashMap;

pub use rule::Flag;
pub use rule::Rule;
pub use rule::When;
pub use select::matches;
pub use shape::example_shape;
pub use shape::rule_shape;

use crate::audit;
use crate::check::Build;
use crate::check::Sending;
use crate::config::Account;
use crate::config::Settings;
use crate::diagnostic::Severity;
use crate::language::ENGLISH;
use crate::language::Language;
use crate::pack::Pack;
use crate::pack::UNSEEN;
use crate::pattern::NoteWords;
use crate::pattern::PatternBook;
use crate::pattern::PatternSet;
use crate::ruleset::declared::Declared;
use crate::ruleset::languages::Languages;
use crate::schedule;
use crate::score::ScoreTable;
use crate::span::Span;
use crate::span::Spanned;
use crate::text::fold::fold;
use crate::toml_doc::Problems;
use crate::toml_doc::suggestion;
use crate::zone::known_zone;

/// Up to so many notes, only the patterns that they need are made ready: beyond, their words together
/// leave most patterns possible anyway.
const FEW: usize = 24;

/// Patterns made ready: all of a rule set, or those that some notes need.
#[derive(Debug)]
pub enum Patterns<'a> {
    /// All.
    Whole(&'a PatternSet),
    /// Those that some notes need.
    Some(Box<PatternSet>),
}

impl std::ops::Deref for Patterns<'_> {
    type Target = PatternSet;

    fn deref(&self) -> &PatternSet {
        match self {
            Self::Whole(set) => set,
            Self::Some(set) => set,
        }
    }
}

/// The rules of a run for files of one configuration.
///
/// A set reads notes in one language. That of a configuration reads English ones and leads to those of other
/// languages, which hold the same rules at the same places: a rule that is not written in their language is
/// off there.
#[derive(Debug, Default)]
pub struct RuleSet {
    /// The language of the notes that it reads.
    pub language: Language,
    languages: Languages,
    rules: Vec<Rule>,
    /// All patterns of the rules that run.
    patterns: PatternBook,
    /// The points.
    pub table: ScoreTable,
    /// How the notes are sent.
    pub sending: Sending,
    /// The most characters that the account may send, in the unit of the length rule.
    pub limit: Option<u32>,
}

impl RuleSet {
    /// Builds the rules. Every mistake in packs and settings is reported.
    pub fn build(packs: &[Pack], settings: &Settings, problems: &mut Problems) -> Self {
        Self::assemble(packs, settings, false, problems)
    }

    /// The same with the checks of rules that are off made ready too, to try their examples.
    pub fn build_all(packs: &[Pack], settings: &Settings, problems: &mut Problems) -> Self {
        Self::assemble(packs, settings, true, problems)
    }

    /// The patterns that notes of these texts need. For a few notes that is quick to make ready; for
    /// many, all patterns are made ready once.
    pub fn patterns_for<'a>(&self, texts: impl ExactSizeIterator<Item = &'a str>) -> Patterns<'_> {
        if texts.len() > FEW || self.patterns.is_ready() {
            return Patterns::Whole(self.patterns.whole());
        }
        let words = NoteWords::new(texts, self.language);
        Patterns::Some(Box::new(self.patterns.for_words(&words)))
    }

    /// Makes all patterns ready now, for whoever judges many small lots of notes.
    pub fn make_ready(&self) {
        self.patterns.whole();
    }

    /// Every rule, also those that are off, in the order of the packs.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether any rule asks what all words of a note say together.
    pub fn weighs(&self) -> bool {
        let weighs = |rule: &Rule| rule.active && rule.kind.starts_with("weighed");
        self.rules.iter().any(weighs)
    }

    /// The rule of an id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| &*rule.id == id)
    }

    /// Whether a word of an `allow` list stands for a rule: an id, or the beginning of ids.
    pub fn knows(&self, selector: &str) -> bool {
        self.rules
            .iter()
            .any(|rule| select::matches(selector, &rule.id))
    }

    /// "did you mean" for an id that no rule has.
    pub fn hint(&self, id: &str) -> String {
        let names: Vec<&str> = self.rules.iter().map(|rule| &*rule.id).collect();
        match crate::toml_doc::nearest(id, &names) {
            Some(best) => format!("did you mean `{best}`?"),
            None => "`connote rules` lists them all".to_owned(),
        }
    }

    /// Runs something with one more rule switched on, for trying the examples of a rule that is off.
    pub(crate) fn with_rule_on<T>(&mut self, index: usize, run: impl FnOnce(&mut Self) -> T) -> T {
        let before = (self.rules[index].active, self.rules[index].level);
        self.rules[index].active = true;
        if before.1.is_none() && !self.rules[index].is_signal() {
            self.rules[index].level = Some(Severity::Info);
        }
        let result = run(self);
        (self.rules[index].active, self.rules[index].level) = before;
        result
    }

    fn assemble(
        packs: &[Pack],
        settings: &Settings,
        everything: bool,
        problems: &mut Problems,
    ) -> Self {
        let mut set = Self::assemble_in(ENGLISH, None, packs, settings, everything, problems);
        set.languages = Languages::new(packs, settings, everything, &set, problems);
        set
    }

    /// The set for one language; `base` is that of the configuration, whose rules it holds in their order.
    fn assemble_in(
        language: Language,
        base: Option<&RuleSet>,
        packs: &[Pack],
        settings: &Settings,
        everything: bool,
        problems: &mut Problems,
    ) -> Self {
        // What is wrong with the settings is reported once.
        let mut unheard = Problems::new("");
        let heard = if base.is_none() {
            &mut *problems
        } else {
            &mut unheard
        };
        let mut set = Self {
            language,
            sending: sending(settings, heard),
            ..Self::default()
        };
        set.table = score_table(packs, settings, heard);
        let opted = opted_in(packs, settings, heard);
        let mut patterns = PatternBook::in_language(language);
        let read = |pack: &&Pack| {
            base.is_none()
                || pack
                    .language
                    .as_deref()
                    .is_none_or(|own| own == language.code)
        };
        vocabularies(packs.iter().filter(read), &mut patterns, problems);
        let declared = declared::declared(packs, language.code, problems);
        select::check(
            &declared,
            settings,
            if base.is_none() {
                problems
            } else {
                &mut unheard
            },
        );
        for (place, declared) in declared
            .iter()
            .filter(|declared| base.is_none_or(|base| base.rule(&declared.rule.id.value).is_some()))
            .enumerate()
        {
            let id = &declared.rule.id;
            let opted = !declared.pack.opt_in
                || opted.contains(&declared.pack.name.as_str())
                || select::names_exactly(settings, &id.value);
            let wanted = opted && select::wants(settings, &id.value);
            let (pack, written) = declared.said.unwrap_or((declared.pack, declared.rule));
            let own = declared::language_of(pack, &written.table);
            // In another language's set, what is not said in it only keeps its place.
            let reads = base.is_none() || own.is_none_or(|own| own == language.code);
            let mut make =
                |declared: &Declared<'_>, wanted, everything, problems: &mut Problems| {
                    let (pack, written) = declared.said.unwrap_or((declared.pack, declared.rule));
                    let mut build = Build {
                        patterns: &mut patterns,
                        check: everything || !pack.builtin,
                        problems,
                    };
                    let table = declared.table(settings);
                    Rule::make(
                        &written.id,
                        table,
                        pack,
                        declared.pack,
                        wanted,
                        everything,
                        &mut build,
                    )
                };
            let mut made = make(declared, wanted && reads, everything && reads, problems);
            if made.is_none() && base.is_some() {
                let unsaid = Declared {
                    said: None,
                    ..*declared
                };
                made = make(&unsaid, false, false, &mut unheard);
            }
            set.rules.extend(made);
            debug_assert!(base.is_none_or(|base| base.rules[place].id == set.rules[place].id));
        }
        if packs.iter().any(|pack| !pack.builtin) || everything {
            check_vocabularies(packs.iter().filter(read), &patterns, problems);
        }
        set.patterns = patterns;
        set.limit = set
            .rules
            .iter()
            .filter(|rule| rule.active)
            .find_map(|rule| limit(rule, set.sending.paid));
        set
    }
}

impl RuleSet {
    /// The set for notes of a language, by its code; none if no signals are written in it. Without any signal
    /// at all there is nothing to judge wrongly, and every note is read as it is.
    pub fn for_language(&self, code: &str) -> Option<&RuleSet> {
        let signals = |set: &RuleSet| -> (bool, bool) {
            let mut active = set
                .rules
                .iter()
                .filter(|rule| rule.active && rule.is_signal());
            let any = active.clone().next().is_some();
            (any, active.any(|rule| rule.when.is_for(code)))
        };
        if code == self.language.code {
            let (any, own) = signals(self);
            return (own || !any).then_some(self);
        }
        match self.languages.get(code, self) {
            Some(set) => signals(set)
                .1
                .then_some(set)
                .or_else(|| (!signals(self).0).then_some(self)),
            None => (!signals(self).0).then_some(self),
        }
    }

    /// The languages besides its own in which rules are written.
    pub fn languages(&self) -> impl Iterator<Item = Language> + '_ {
        self.languages.known()
    }

    /// The languages in which a rule is said; none for one that reads every language.
    pub fn languages_of(&self, id: &str) -> Option<Vec<Language>> {
        let rule = self.rule(id)?;
        if rule.when.reads_all() {
            return None;
        }
        let own = rule
            .when
            .is_for(self.language.code)
            .then_some(self.language);
        let others = self.languages().filter(|language| {
            let set = self.for_language(language.code);
            let said = set.and_then(|set| set.rule(id));
            *language != self.language && said.is_some_and(|rule| rule.when.is_for(language.code))
        });
        Some(own.into_iter().chain(others).collect())
    }

    /// Every rule in every language in which it is said, as far as the sets are built.
    pub fn said(&self) -> impl Iterator<Item = &Rule> {
        let others = self.languages.built();
        let own = others.flat_map(|set| {
            let own = |rule: &&Rule| rule.when.is_for(set.language.code);
            set.rules.iter().filter(own)
        });
        self.rules.iter().chain(own)
    }

    /// The sets of other languages that have been built: with [`RuleSet::build_all`] all of them.
    pub(crate) fn others_mut(&mut self) -> impl Iterator<Item = &mut RuleSet> {
        self.languages.built_mut()
    }
}

fn sending(settings: &Settings, problems: &mut Problems) -> Sending {
    let mut schedule = schedule::Settings::read(&settings.schedule, &settings.zones, problems);
    if let Some(zone) = &settings.sender.timezone {
        match known_zone(&zone.value) {
            Some(_) => schedule.sender_zone = Some(zone.value.clone()),
            None => {
                problems
                    .error(zone.span, "there is no time zone of this name")
                    .help = Some("write its IANA name, such as \"Europe/Berlin\"".into());
            }
        }
    }
    Sending {
        schedule,
        audit: audit::Settings::read(&settings.audit, problems),
        paid: settings.account == Account::Paid,
        industry: settings
            .sender
            .industry
            .as_ref()
            .map(|industry| fold(industry.value.trim())),
    }
}

fn vocabularies<'a>(
    packs: impl Iterator<Item = &'a Pack>,
    patterns: &mut PatternBook,
    problems: &mut Problems,
) {
    let mut first: FxHashMap<&str, Span> = FxHashMap::default();
    for (name, entries) in packs.flat_map(|pack| pack.vocabulary.iter()) {
        if let Some(before) = first.insert(&name.value, name.span) {
            let message = format!("there is a vocabulary `{}` already", name.value);
            let problem = problems.error(name.span, message);
            if before.file != UNSEEN {
                *problem = problem.clone().also(before, "here");
            }
            continue;
        }
        patterns.vocabulary(
            &name.value,
            entries.iter().map(|entry| entry.value.clone()).collect(),
        );
    }
}

fn check_vocabularies<'a>(
    packs: impl Iterator<Item = &'a Pack>,
    patterns: &PatternBook,
    problems: &mut Problems,
) {
    for (name, _) in packs.flat_map(|pack| pack.vocabulary.iter()) {
        if let Err(message) = patterns.check_vocabulary(&name.value) {
            problems.error(name.span, message);
        }
    }
}

fn score_table(packs: &[Pack], settings: &Settings, problems: &mut Problems) -> ScoreTable {
    let tables = packs.iter().filter_map(|pack| pack.score.as_ref());
    let table = tables.fold(ScoreTable::default(), |sum, table| {
        sum.overlaid(table, problems)
    });
    if settings.score.is_empty() {
        table
    } else {
        table.overlaid(&settings.score, problems)
    }
}

/// Names of built-in packs that the settings ask for. A path is the business of whoever reads files.
fn opted_in<'a>(packs: &[Pack], settings: &'a Settings, problems: &mut Problems) -> Vec<&'a str> {
    let names: Vec<&str> = packs.iter().map(|pack| pack.name.as_str()).collect();
    let mut opted = Vec::new();
    for pack in &settings.packs {
        let is_path = pack.value.contains(['.', '/', '\\']);
        if names.contains(&pack.value.as_str()) {
            opted.push(pack.value.as_str());
        } else if !is_path {
            let hint = suggestion(&pack.value, &names);
            problems
                .error(
                    pack.span,
                    format!("there is no built-in pack `{}`", pack.value),
                )
                .help = Some(hint.into());
        }
    }
    opted
}

/// The limit that a length rule sets for the account.
fn limit(rule: &Rule, paid: bool) -> Option<u32> {
    if rule.kind != "length" {
        return None;
    }
    let mut ignored = Problems::new("");
    rule.parameters
        .count(if paid { "max_paid" } else { "max_free" }, &mut ignored)
        .map(|limit| limit.value)
}

/// A selector and where it was written.
type Selector = Spanned<String>;
