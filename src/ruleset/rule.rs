//! One rule made ready.

use std::sync::Arc;

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::KINDS;
use crate::check::Sending;
use crate::check::Template;
use crate::diagnostic::Severity;
use crate::note::Note;
use crate::note::NoteKind;
use crate::note::field_str;
use crate::pack::Example;
use crate::pack::Pack;
use crate::ruleset::declared::language_of;
use crate::span::Span;
use crate::span::Spanned;
use crate::text::fold::fold;
use crate::toml_doc::Problems;
use crate::toml_doc::Table;
use crate::toml_doc::Value;
use crate::toml_doc::suggestion;

/// A rule.
pub struct Rule {
    /// Its name, unique.
    pub id: Arc<str>,
    /// The kind of its check.
    pub kind: &'static str,
    /// The severity of its findings; none for signals and for a rule whose level is "off".
    pub level: Option<Severity>,
    /// Whether it runs.
    pub active: bool,
    /// The pack that it is from.
    pub pack: String,
    /// Whether that pack is part of the program.
    pub builtin: bool,
    /// The message with its holes.
    pub message: String,
    /// Why it matters, and the source.
    pub why: String,
    /// What to do about it.
    pub help: Option<Arc<str>>,
    /// The same, where it has holes.
    pub help_template: Option<Template>,
    /// The table as it holds: the pack's with the user's laid over it.
    pub parameters: Arc<Table>,
    /// Where its id is written.
    pub span: Span,
    /// The message made ready.
    pub template: Template,
    /// From how many notes in a group on the level is another one, by rising number.
    pub escalate: Vec<(u32, Severity)>,
    /// Points that a finding takes off the score.
    pub deduct: u32,
    /// The flag that a finding sets.
    pub flag: Option<Flag>,
    /// The notes that it is for.
    pub when: When,
    /// The check; none for a rule that is off.
    pub check: Option<Check>,
}

/// A flag of a note that rules can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// It sells something.
    Pitch,
    /// An unfilled merge field remains.
    Placeholder,
}

impl Flag {
    const NAMES: [(&'static str, Flag); 2] =
        [("pitch", Self::Pitch), ("placeholder", Self::Placeholder)];
}

/// The notes that a rule is for: all given conditions must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    kind: Option<NoteKind>,
    min_attempt: Option<u32>,
    other_industry: bool,
    /// The language's code; any if none is given.
    language: Option<String>,
}

impl When {
    fn read(table: &Table, pack: &Pack, problems: &mut Problems) -> Self {
        table.string("language", problems);
        let language = language_of(pack, table).map(str::to_owned);
        let Some(when) = table.table("when", problems) else {
            return Self {
                language,
                ..Self::default()
            };
        };
        let result = Self {
            language,
            kind: when
                .choice("kind", &NoteKind::NAMES, problems)
                .map(|kind| kind.value),
            min_attempt: when
                .count("min_attempt", problems)
                .map(|attempt| attempt.value),
            other_industry: when
                .boolean("other_industry", problems)
                .is_some_and(|flag| flag.value),
        };
        when.finish(problems);
        result
    }

    /// Whether the rule is for this note. An industry that is not known is no other industry.
    pub fn holds(&self, note: &Note, sending: &Sending) -> bool {
        let kind = self.kind.is_none_or(|kind| kind == note.kind);
        let attempt = self.min_attempt.is_none_or(|least| note.attempt >= least);
        let industry = !self.other_industry || other_industry(note, sending);
        kind && attempt && industry
    }

    /// Whether the rule is written for a language, by its code.
    pub fn is_for(&self, language: &str) -> bool {
        self.language.as_deref() == Some(language)
    }

    /// Whether the rule reads every language.
    pub fn reads_all(&self) -> bool {
        self.language.is_none()
    }

    /// Whether the rule can read a language, by its code.
    pub fn reads(&self, language: &str) -> bool {
        self.language.as_deref().is_none_or(|own| own == language)
    }
}

/// Whether the recipient's industry is known, the sender's too, and neither names the other.
fn other_industry(note: &Note, sending: &Sending) -> bool {
    let (Some(own), Some(theirs)) = (&sending.industry, field_str(&note.recipient.industry)) else {
        return false;
    };
    let theirs = fold(theirs.trim());
    !theirs.is_empty()
        && !own.is_empty()
        && !theirs.contains(own.as_str())
        && !own.contains(theirs.as_str())
}

/// Kinds of rule that give evidence for a part of the formula instead of findings.
const SIGNALS: [&str; 3] = ["signal", "fact-used", "weighed"];

/// The values of `level`.
const LEVELS: [(&str, Option<Severity>); 5] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("info", Some(Severity::Info)),
    ("hint", Some(Severity::Hint)),
    ("off", None),
];

/// Reads `escalate = [{ notes = 5, level = "error" }]`.
fn escalations(table: &Table, problems: &mut Problems) -> Vec<(u32, Severity)> {
    let mut steps = Vec::new();
    for item in table.array("escalate", problems) {
        let Value::Table(step) = &item.value else {
            let message =
                "write `{ notes = 5, level = \"error\" }`: from 5 notes on it is an error";
            problems.error(item.span, message);
            continue;
        };
        for key in ["notes", "level"] {
            if step.value(key).is_none() {
                step.require(key, problems);
            }
        }
        let notes = step.count("notes", problems);
        let level = step.choice("level", &Severity::NAMES, problems);
        step.finish(problems);
        if let (Some(notes), Some(level)) = (notes, level) {
            steps.push((notes.value, level.value));
        }
    }
    steps.sort_unstable_by_key(|(notes, _)| *notes);
    steps
}

impl Rule {
    /// Makes a rule from its table. Mistakes are reported; a rule with a mistake is not made.
    /// `wanted`: the settings let it run. `everything`: make its check even if it is off. `home`: the pack that
    /// it is listed under; `pack`: the one that holds its words.
    pub(super) fn make(
        id: &Spanned<String>,
        table: Arc<Table>,
        pack: &Pack,
        home: &Pack,
        wanted: bool,
        everything: bool,
        build: &mut Build<'_>,
    ) -> Option<Self> {
        let before = build.problems.found.len();
        table.value("id");
        let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        let Some(kind_name) = table.string("kind", build.problems) else {
            table.require("kind", build.problems);
            return None;
        };
        let Some(kind) = KINDS.iter().find(|kind| kind.name == kind_name.value) else {
            let problem = build.problems.error(
                kind_name.span,
                format!("there is no kind of check `{}`", kind_name.value),
            );
            problem.help = Some(suggestion(kind_name.value, &names).into());
            return None;
        };
        let given = table.choice("level", &LEVELS, build.problems);
        let level = given.map_or(Some(Severity::Warning), |level| level.value);
        let active = wanted && level.is_some();
        let mut text = |key| {
            table
                .string(key, build.problems)
                .map_or("", |text| text.value)
                .to_owned()
        };
        let (message, why, help) = (text("message"), text("why"), text("help"));
        let escalate = match kind.groups {
            true => escalations(&table, build.problems),
            false => Vec::new(),
        };
        let deduct = table
            .count("deduct", build.problems)
            .map_or(0, |points| points.value);
        let flag = table
            .choice("flag", &Flag::NAMES, build.problems)
            .map(|flag| flag.value);
        let when = When::read(&table, pack, build.problems);
        // Examples are read when somebody asks for them.
        table.value("bad");
        table.value("good");
        let template = Template::new(&message, kind.holes).unwrap_or_else(|error| {
            build.problems.error(table.span_of("message"), error);
            Template::default()
        });
        let mut check = None;
        if active || everything || !pack.builtin {
            check = (kind.build)(&table, build);
            table.finish(build.problems);
        }
        let signal = SIGNALS.contains(&kind.name);
        if message.is_empty() && !signal {
            table.require("message", build.problems);
        }
        let mistakes = build.problems.found[before..]
            .iter()
            .any(|problem| problem.severity == Severity::Error);
        (!mistakes).then(|| Self {
            id: id.value.as_str().into(),
            kind: kind.name,
            level: if signal { None } else { level },
            active,
            pack: home.name.clone(),
            builtin: pack.builtin,
            message,
            why,
            // Most advice has no holes and is shared; brackets may also be part of an example.
            help_template: Some(&help)
                .filter(|help| help.contains('{'))
                .and_then(|help| Template::new(help, kind.holes).ok()),
            help: (!help.is_empty()).then(|| help.into()),
            span: id.span,
            template,
            escalate,
            deduct,
            flag,
            when,
            check,
            parameters: table,
        })
    }

    /// Whether it checks the same as another rule, perhaps of another rule set: one id, kind and parameters.
    /// Level, words and the notes that it is for may differ.
    pub fn checks_like(&self, other: &Rule) -> bool {
        let kind = KINDS.iter().find(|kind| kind.name == self.kind);
        let mut parameters = kind.iter().flat_map(|kind| kind.parameters);
        self.id == other.id
            && self.kind == other.kind
            && parameters.all(|(key, _)| {
                match (self.parameters.value(key), other.parameters.value(key)) {
                    (Some(one), Some(two)) => one.value.same(&two.value),
                    (one, two) => one.is_none() && two.is_none(),
                }
            })
    }

    /// The severity of a finding about a group of so many notes; none for a rule that is off.
    pub fn level_for(&self, notes: usize) -> Option<Severity> {
        let reached = self.escalate.iter().rev();
        let mut reached = reached.filter(|(least, _)| notes >= *least as usize);
        let level = self.level?;
        Some(reached.next().map_or(level, |(_, grave)| *grave))
    }

    /// The advice for a finding in a note, with its holes filled.
    pub fn help_for(&self, finding: &Finding, words: &str) -> Option<Arc<str>> {
        match &self.help_template {
            Some(template) => Some(template.fill(finding, words).into()),
            None => self.help.clone(),
        }
    }

    /// Whether it gives evidence instead of findings.
    pub fn is_signal(&self) -> bool {
        SIGNALS.contains(&self.kind)
    }

    /// Notes that must trigger it (for a signal: look-alikes that must not).
    pub fn bad(&self, problems: &mut Problems) -> Vec<Example> {
        Example::read(&self.parameters, "bad", problems)
    }

    /// Notes that must not trigger it (for a signal: notes in which it fires).
    pub fn good(&self, problems: &mut Problems) -> Vec<Example> {
        Example::read(&self.parameters, "good", problems)
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Rule")
            .field("id", &self.id)
            .field("level", &self.level)
            .field("active", &self.active)
            .finish()
    }
}
