//! How well the verdicts agree with people's labels, and which signals and rules earn their place.

mod folds;
mod labels;

pub use folds::Folds;
pub use folds::samples;
pub use labels::Labels;
pub use labels::labels;

use rustc_hash::FxHashMap;

use crate::diagnostic::Severity;
use crate::report::Report;
use crate::report::Verdict;
use crate::ruleset::Flag;
use crate::ruleset::Rule;
use crate::score::Level;
use crate::score::Part;
use crate::score::PartScore;
use crate::statistics::kappa;
use crate::statistics::spearman;

/// Right and wrong answers to "is it there?".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Found, and labelled so.
    pub right: usize,
    /// Found, but not labelled so.
    pub wrong: usize,
    /// Labelled so, but not found.
    pub missed: usize,
}

impl Hits {
    fn add(&mut self, found: bool, labelled: bool) {
        match (found, labelled) {
            (true, true) => self.right += 1,
            (true, false) => self.wrong += 1,
            (false, true) => self.missed += 1,
            (false, false) => {}
        }
    }

    /// The share of what was found that is labelled so.
    pub fn precision(&self) -> Option<f64> {
        let found = self.right + self.wrong;
        (found > 0).then(|| self.right as f64 / found as f64)
    }

    /// The share of what is labelled so that was found.
    pub fn recall(&self) -> Option<f64> {
        let labelled = self.right + self.missed;
        (labelled > 0).then(|| self.right as f64 / labelled as f64)
    }

    /// The harmonic mean of the two.
    pub fn f1(&self) -> Option<f64> {
        let all = 2 * self.right + self.wrong + self.missed;
        (all > 0).then(|| 2.0 * self.right as f64 / all as f64)
    }
}

/// Agreement about a part.
#[derive(Clone, Copy, Debug)]
pub struct PartAgreement {
    /// Quadratic weighted kappa of the level.
    pub kappa: Option<f64>,
    /// "Specific", found and labelled.
    pub specific: Hits,
}

/// What a signal or a rule contributes.
#[derive(Clone, Debug)]
pub struct Contribution {
    /// Its id.
    pub id: String,
    /// The part that a signal is evidence for, and its strength.
    pub signal: Option<(Part, Level)>,
    /// The flag that a rule sets.
    pub flag: Option<&'static str>,
    /// Notes in which it fires.
    pub hits: usize,
    /// Notes among these whose label bears it out: at least the signal's level; the rule's flag; for other
    /// warnings a weak note.
    pub right: usize,
    /// Notes whose verdict would be another without it.
    pub alone: usize,
    /// How much the kappa of its part, or the F1 of its flag, falls without it. Negative: it does harm.
    pub worth: Option<f64>,
}

/// How well verdicts and labels agree.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Labelled notes.
    pub notes: usize,
    /// Reference, reason, value.
    pub parts: [PartAgreement; 3],
    /// Pitch, generic, placeholder.
    pub flags: [Hits; 3],
    /// The score against the sum of the three labels, by rank.
    pub score: Option<f64>,
    /// Signals and rules that fire somewhere, those that do harm first.
    pub contributions: Vec<Contribution>,
}

/// The names of the flags, in the order of the figures.
pub const FLAGS: [&str; 3] = ["pitch", "generic", "placeholder"];

/// The highest sum of labels of a note that is weak.
const WEAK: u8 = 3;

impl Agreement {
    /// Compares the verdicts of a report with labels, one for each note or none.
    pub fn new(report: &Report, labels: &[Option<Labels>], rules: &[Rule]) -> Self {
        let judged: Vec<(usize, &Verdict, &Labels)> = report
            .verdicts
            .iter()
            .zip(labels)
            .enumerate()
            .filter(|(_, (verdict, _))| verdict.unjudged.is_none())
            .filter_map(|(note, (verdict, labels))| Some((note, verdict, labels.as_ref()?)))
            .collect();
        let parts = Part::ALL.map(|part| {
            let pairs = levels(&judged, part, |score| score.level);
            let mut specific = Hits::default();
            for (labelled, found) in &pairs {
                specific.add(*found == 2, *labelled == 2);
            }
            PartAgreement {
                kappa: kappa(&pairs, 3),
                specific,
            }
        });
        let mut flags = [Hits::default(); 3];
        for (_, verdict, labels) in &judged {
            let found = [
                verdict.flags.pitch,
                verdict.flags.generic,
                verdict.flags.placeholder,
            ];
            for (flag, (found, labelled)) in
                flags.iter_mut().zip(found.into_iter().zip(labels.flags))
            {
                flag.add(found, labelled);
            }
        }
        let scores: Vec<(f64, f64)> = judged
            .iter()
            .map(|(_, verdict, labels)| (f64::from(verdict.score.total), f64::from(labels.sum())))
            .collect();
        let mut contributions = signals(&judged, rules);
        contributions.extend(weighed(&judged, rules));
        contributions.extend(warnings(report, &judged, rules));
        contributions.sort_by(|a, b| {
            let worth = |one: &Contribution| one.worth.unwrap_or_default();
            worth(a).total_cmp(&worth(b)).then_with(|| a.id.cmp(&b.id))
        });
        Self {
            notes: judged.len(),
            parts,
            flags,
            score: spearman(&scores),
            contributions,
        }
    }
}

/// A labelled note: its number, verdict and labels.
type Judged<'a> = (usize, &'a Verdict, &'a Labels);

/// A contribution of a rule that nothing is known of yet.
fn nothing_yet(rule: &Rule) -> Contribution {
    Contribution {
        id: rule.id.to_string(),
        signal: None,
        flag: None,
        hits: 0,
        right: 0,
        alone: 0,
        worth: None,
    }
}

/// The rules of a part that give evidence, of kind `weighed` or not.
fn of_part(rules: &[Rule], part: Part, weighed: bool) -> impl Iterator<Item = &Rule> {
    let prefix = format!("{}/", part.name());
    rules.iter().filter(move |rule| {
        let is_weighed = rule.kind == WEIGHED;
        rule.is_signal() && is_weighed == weighed && rule.id.starts_with(&prefix)
    })
}

/// The kind of the rules that settle a part by all words.
const WEIGHED: &str = "weighed";

/// Pairs of label and level of a part.
fn levels(judged: &[Judged<'_>], part: Part, level: impl Fn(&PartScore) -> Level) -> Vec<(u8, u8)> {
    let pair = |(_, verdict, labels): &Judged<'_>| {
        let level = level(verdict.score.part(part));
        (labels.levels[part as usize], level as u8)
    };
    judged.iter().map(pair).collect()
}

/// How much better the one agrees than the other.
fn gain(with: &[(u8, u8)], without: &[(u8, u8)]) -> Option<f64> {
    let both = kappa(with, 3).zip(kappa(without, 3));
    both.map(|(with, without)| with - without)
}

/// What each signal contributes to what the signals say, before all words are weighed: that level of a part is that
/// of its strongest evidence, so without a signal it is that of the strongest of the others.
fn signals(judged: &[Judged<'_>], rules: &[Rule]) -> Vec<Contribution> {
    let mut found = Vec::new();
    for part in Part::ALL {
        let with = levels(judged, part, |score| score.signals);
        let weighed: Vec<&str> = of_part(rules, part, true).map(|rule| &*rule.id).collect();
        for rule in of_part(rules, part, false) {
            let mut one = nothing_yet(rule);
            let mut without = with.clone();
            for (place, (_, verdict, labels)) in judged.iter().enumerate() {
                let score = verdict.score.part(part);
                let evidence = score.evidence.iter().chain(&score.overruled);
                let evidence = evidence.filter(|it| !weighed.contains(&&*it.signal));
                let (own, others): (Vec<_>, Vec<_>) = evidence.partition(|it| it.signal == rule.id);
                let Some(strength) = own.iter().map(|it| it.strength).max() else {
                    continue;
                };
                one.hits += 1;
                one.signal = Some((part, strength));
                one.right += usize::from(labels.levels[part as usize] >= strength as u8);
                let rest = others.iter().map(|it| it.strength as u8).max();
                let rest = rest.unwrap_or_default();
                one.alone += usize::from(rest != without[place].1);
                without[place].1 = rest;
            }
            if one.hits > 0 {
                one.worth = gain(&with, &without);
                found.push(one);
            }
        }
    }
    found
}

/// What weighing all words contributes: the notes whose level it changes, those that it brings nearer to their
/// label, and what the part gains.
fn weighed(judged: &[Judged<'_>], rules: &[Rule]) -> Vec<Contribution> {
    let mut found = Vec::new();
    for part in Part::ALL {
        let with = levels(judged, part, |score| score.level);
        let without = levels(judged, part, |score| score.signals);
        for rule in of_part(rules, part, true).filter(|rule| rule.active) {
            let mut one = nothing_yet(rule);
            for ((label, level), (_, alone)) in with.iter().zip(&without) {
                one.hits += usize::from(level != alone);
                one.right += usize::from(label.abs_diff(*level) < label.abs_diff(*alone));
            }
            one.alone = one.hits;
            one.worth = gain(&with, &without);
            if one.hits > 0 {
                found.push(one);
            }
        }
    }
    found
}

/// What each rule with a finding contributes: to its flag, or else to telling weak notes.
fn warnings(report: &Report, judged: &[Judged<'_>], rules: &[Rule]) -> Vec<Contribution> {
    // For each note the rules that fire in it.
    let mut fired: FxHashMap<usize, Vec<&str>> = FxHashMap::default();
    for diagnostic in &report.diagnostics {
        if let Some(note) = diagnostic.note {
            fired
                .entry(note as usize)
                .or_default()
                .push(&diagnostic.rule);
        }
    }
    let is_flagged = |flag: Flag| move |rule: &&Rule| rule.flag == Some(flag);
    let mut found = Vec::new();
    for rule in rules.iter().filter(|rule| !rule.is_signal()) {
        let fires = |note: usize| fired.get(&note).is_some_and(|ids| ids.contains(&&*rule.id));
        let flag = match rule.flag {
            Some(Flag::Pitch) => Some(0),
            Some(Flag::Placeholder) => Some(2),
            None => None,
        };
        let mut one = Contribution {
            flag: flag.map(|flag| FLAGS[flag]),
            ..nothing_yet(rule)
        };
        let (mut with, mut without) = (Hits::default(), Hits::default());
        for (note, _, labels) in judged {
            let here = fires(*note);
            let is_right = match flag {
                Some(flag) => labels.flags[flag],
                None => labels.sum() <= WEAK || labels.flags.iter().any(|flag| *flag),
            };
            one.hits += usize::from(here);
            one.right += usize::from(here && is_right);
            if let (Some(flag), Some(kind)) = (flag, rule.flag) {
                let mut same = rules.iter().filter(is_flagged(kind));
                let others = fired.get(note).is_some_and(|ids| {
                    same.any(|other| other.id != rule.id && ids.contains(&&*other.id))
                });
                one.alone += usize::from(here && !others);
                with.add(here || others, labels.flags[flag]);
                without.add(others, labels.flags[flag]);
            }
        }
        if flag.is_some() {
            one.worth = with
                .f1()
                .map(|with| with - without.f1().unwrap_or_default());
        }
        let tells = flag.is_some() || rule.level >= Some(Severity::Warning);
        if one.hits > 0 && tells {
            found.push(one);
        }
    }
    found
}

#[cfg(test)]
mod tests;
