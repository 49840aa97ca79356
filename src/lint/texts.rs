//! What the rules are about that a report names.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::input::PROBLEMS;
use crate::report::RuleText;
use crate::ruleset::Rule;
use crate::ruleset::RuleSet;

/// A text for each rule and each problem with the input that is named, by id. Where rule sets differ, the
/// first that has the rule tells.
pub(super) fn of(sets: &[RuleSet], named: &[Diagnostic]) -> Vec<RuleText> {
    let ids: BTreeSet<&Arc<str>> = named.iter().map(|found| &found.rule).collect();
    ids.into_iter().filter_map(|id| text(sets, id)).collect()
}

fn text(sets: &[RuleSet], id: &Arc<str>) -> Option<RuleText> {
    let mut rules = sets.iter().flat_map(|set| set.rules());
    if let Some(rule) = rules.find(|rule| rule.id == *id) {
        return Some(RuleText {
            id: id.clone(),
            level: rule.level,
            about: rule.template.outline().into(),
            why: Some(rule.why.as_str().into()),
            help: help(rule),
        });
    }
    let (_, meaning) = PROBLEMS.iter().find(|(name, _)| **name == **id)?;
    Some(RuleText {
        id: id.clone(),
        level: None,
        about: (*meaning).into(),
        why: None,
        help: None,
    })
}

fn help(rule: &Rule) -> Option<Arc<str>> {
    match &rule.help_template {
        Some(template) => Some(template.outline().into()),
        None => rule.help.clone(),
    }
}
