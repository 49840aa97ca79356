//! Judging one note: facts, evidence, parts, findings, flags.

use std::ops::Range;

use serde::Deserialize;
use serde::Serialize;

use crate::check::Check;
use crate::check::Finding;
use crate::check::Found;
use crate::check::NoteContext;
use crate::check::Words;
use crate::facts::Facts;
use crate::language::Language;
use crate::note::Note;
use crate::note::NoteKind;
use crate::pattern::PatternSet;
use crate::pattern::Search;
use crate::report::Flags;
use crate::report::Length;
use crate::report::Verdict;
use crate::ruleset::Flag;
use crate::ruleset::RuleSet;
use crate::score::Evidence;
use crate::score::Level;
use crate::score::Part;
use crate::score::PartScore;
use crate::score::Score;
use crate::weigh::Opinion;
use crate::weigh::Weights;

/// A finding and the number of its rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Signed {
    pub(super) rule: usize,
    pub(super) finding: Finding,
    /// The number of the group that it is about.
    pub(super) cluster: Option<u32>,
    /// How many notes it is about.
    pub(super) size: usize,
}

impl Signed {
    /// A finding about one note.
    fn alone(rule: usize, finding: Finding) -> Self {
        Self {
            rule,
            finding,
            cluster: None,
            size: 1,
        }
    }
}

/// A note's verdict, without deductions yet, and what was found in it.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) findings: Vec<Signed>,
}

/// Judges a note by itself, with the rule set for its language, or any if there is none, and the weights of words.
/// `own` are the bytes of its text that no other note of the run has, where others have the rest.
pub(super) fn judge(
    set: &RuleSet,
    patterns: &PatternSet,
    weights: &Weights,
    note: &Note,
    language: Language,
    own: Option<&[Range<u32>]>,
    search: &mut Search,
) -> Judged {
    let facts = Facts::in_language(note, language);
    let hits = patterns.find(&facts, search);
    let words = Words {
        facts: &facts,
        hits: &hits,
    };
    let mut found = Found::default();
    let unjudged = set
        .for_language(language.code)
        .is_none()
        .then_some(language);
    let mut signalled = signalled(set, &words, language, own, &mut found);
    let is_weighed = unjudged.is_none() && set.weighs();
    let opinion = is_weighed.then(|| Opinion::new(weights, &facts, &signalled.parts));
    if let Some(opinion) = &opinion {
        settle(set, &facts, opinion, own.is_some(), &mut signalled);
    }
    let parts = signalled.parts;
    let context = NoteContext {
        words,
        parts: &parts,
        sending: &set.sending,
        unjudged,
        opinion: opinion.as_ref(),
    };
    let mut findings = Vec::new();
    let mut flags = Flags {
        generic: unjudged.is_none() && parts[Part::Reference as usize].level != Level::Specific,
        ..Flags::default()
    };
    for (index, rule) in set.rules().iter().enumerate() {
        let (true, Some(Check::Note(check))) = (rule.active, &rule.check) else {
            continue;
        };
        if !rule.when.holds(note, &set.sending) || !rule.when.reads(language.code) {
            continue;
        }
        let results = check.check(&context);
        if results.is_empty() {
            continue;
        }
        found.ids.push(rule.id.clone());
        match rule.flag {
            Some(Flag::Pitch) => flags.pitch = true,
            Some(Flag::Placeholder) => flags.placeholder = true,
            None => {}
        }
        findings.extend(
            results
                .into_iter()
                .map(|finding| Signed::alone(index, finding)),
        );
    }
    if unjudged.is_none() {
        combine(set, note, &context, &mut flags, &mut found, &mut findings);
    }
    let counts = &facts.counts;
    let limit = set.limit.filter(|_| note.kind == NoteKind::Invitation);
    let length = Length {
        characters: counts.characters,
        utf16: counts.utf16,
        limit,
    };
    let score = Score {
        parts,
        ..Score::default()
    };
    Judged {
        verdict: Verdict {
            score,
            length,
            flags,
            unjudged,
        },
        findings,
    }
}

/// The parts of the formula from the evidence of all signals.
pub(super) struct Signalled {
    pub(super) parts: [PartScore; 3],
    /// Levels that are not settled in another way: by signals of one's own packs, which no weights know, and by
    /// facts, which are not in the words.
    firm: [Level; 3],
}

pub(super) fn signalled(
    set: &RuleSet,
    words: &Words<'_>,
    language: Language,
    own: Option<&[Range<u32>]>,
    found: &mut Found,
) -> Signalled {
    let mut evidence: [Vec<Evidence>; 3] = Default::default();
    let mut firm = [Level::None; 3];
    for rule in set.rules() {
        let (true, Some(Check::Signal(signal))) = (rule.active, &rule.check) else {
            continue;
        };
        if !rule.when.holds(words.facts.note, &set.sending) || !rule.when.reads(language.code) {
            continue;
        }
        let places = signal.finder.find(words);
        if places.is_empty() {
            continue;
        }
        found.ids.push(rule.id.clone());
        let part = signal.part as usize;
        if !rule.builtin || signal.firm {
            firm[part] = firm[part].max(signal.level);
        }
        evidence[part].extend(places.into_iter().map(|range| Evidence {
            signal: rule.id.clone(),
            level: signal.level,
            strength: signal.level,
            start: range.start as u32,
            end: range.end as u32,
            shared: false,
        }));
    }
    let [mut reference, reason, value] = evidence;
    if let Some(own) = own {
        downgrade(&mut reference, own);
    }
    Signalled {
        parts: [
            set.table.part(Part::Reference, reference),
            set.table.part(Part::Reason, reason),
            set.table.part(Part::Value, value),
        ],
        firm,
    }
}

/// Gives parts the level that all words together let expect. Words that others get too (`shared`) refer to nobody,
/// however they sound: they never make a reference.
fn settle(
    set: &RuleSet,
    facts: &Facts<'_>,
    opinion: &Opinion,
    shared: bool,
    signalled: &mut Signalled,
) {
    for rule in set.rules() {
        let (true, Some(Check::Weighed(weighed))) = (rule.active, &rule.check) else {
            continue;
        };
        if !rule.when.holds(facts.note, &set.sending) || !rule.when.reads(facts.language.code) {
            continue;
        }
        let part = weighed.part as usize;
        let score = &mut signalled.parts[part];
        let mut level = weighed
            .steps
            .level(opinion.expected.levels[part], score.level);
        if shared && weighed.part == Part::Reference {
            level = level.min(score.level);
        }
        let firm = signalled.firm[part].min(score.level);
        let level = level.max(firm);
        let place = &opinion.places[part];
        let whole = Evidence {
            signal: rule.id.clone(),
            level,
            strength: level,
            start: place.start as u32,
            end: place.end as u32,
            shared: false,
        };
        set.table.settle(weighed.part, score, level, whole);
    }
}

/// What others are told in the same words refers to nobody in particular: such evidence is generic.
fn downgrade(references: &mut [Evidence], own: &[Range<u32>]) {
    for evidence in references {
        let is_own = |place: &Range<u32>| place.start < evidence.end && evidence.start < place.end;
        if evidence.level == Level::Specific && !own.iter().any(is_own) {
            evidence.level = Level::Generic;
            evidence.strength = Level::Generic;
            evidence.shared = true;
        }
    }
}

/// Runs the rules over rules. They see what rules before them found, in the order of the packs.
fn combine(
    set: &RuleSet,
    note: &Note,
    context: &NoteContext<'_>,
    flags: &mut Flags,
    found: &mut Found,
    findings: &mut Vec<Signed>,
) {
    for (index, rule) in set.rules().iter().enumerate() {
        let (true, Some(Check::Combined(check))) = (rule.active, &rule.check) else {
            continue;
        };
        let language = context.words.facts.language.code;
        if !rule.when.holds(note, &set.sending) || !rule.when.reads(language) {
            continue;
        }
        found.flags = names(*flags);
        let results = check.check(context, found);
        if !results.is_empty() {
            found.ids.push(rule.id.clone());
            flags.pitch |= rule.flag == Some(Flag::Pitch);
            flags.placeholder |= rule.flag == Some(Flag::Placeholder);
        }
        findings.extend(
            results
                .into_iter()
                .map(|finding| Signed::alone(index, finding)),
        );
    }
}

fn names(flags: Flags) -> Vec<&'static str> {
    [
        (flags.pitch, "pitch"),
        (flags.generic, "generic"),
        (flags.placeholder, "placeholder"),
    ]
    .into_iter()
    .filter_map(|(set, name)| set.then_some(name))
    .collect()
}
