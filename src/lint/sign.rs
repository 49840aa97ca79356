//! Signing findings with their rules, less those that the note allows; then the deductions.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Edit;
use crate::diagnostic::Fix;
use crate::diagnostic::FixKind;
use crate::diagnostic::Label;
use crate::diagnostic::Severity;
use crate::lint::about::About;
use crate::lint::judge::Judged;
use crate::lint::judge::Signed;
use crate::note::Note;
use crate::report::Verdict;
use crate::ruleset::Flag;
use crate::ruleset::Rule;
use crate::ruleset::RuleSet;
use crate::ruleset::matches;
use crate::score::Deduction;
use crate::score::Grade;
use crate::span::Span;

/// A note's diagnostics, and its verdict with the deductions taken off. `is_known` is asked once for every
/// finding of a rule, in their order: known ones are left out as those that the note allows.
pub(super) fn finish(
    set: &RuleSet,
    note: &Note,
    number: usize,
    judged: &Judged,
    about: Option<&About>,
    is_known: &dyn Fn(&str) -> bool,
) -> (Verdict, Vec<Diagnostic>) {
    let between = about.into_iter().flat_map(|about| &about.findings);
    let mut findings: Vec<&Signed> = judged.findings.iter().chain(between).collect();
    findings.sort_by_key(|signed| (signed.finding.range.start, signed.rule));
    let mut used = vec![false; note.allow.len()];
    let mut deductions: Vec<(usize, Option<Flag>, Deduction)> = Vec::new();
    for &index in about.into_iter().flat_map(|about| &about.rules) {
        deduct(&mut deductions, index, &set.rules()[index]);
    }
    for &index in about.into_iter().flat_map(|about| &about.spared) {
        for (allowance, used) in note.allow.iter().zip(&mut used) {
            *used |= matches(&allowance.value, &set.rules()[index].id);
        }
    }
    let mut signed = Vec::new();
    for found in findings {
        let index = found.rule;
        let rule = &set.rules()[index];
        let mut allowed = false;
        for (allowance, used) in note.allow.iter().zip(&mut used) {
            if matches(&allowance.value, &rule.id) {
                *used = true;
                allowed = true;
            }
        }
        // Groups that are known were left out as a whole.
        if allowed || found.cluster.is_none() && is_known(&rule.id) {
            continue;
        }
        deduct(&mut deductions, index, rule);
        signed.extend(diagnostic(rule, note, number, found));
    }
    hold_back(&mut signed);
    // An error about a group is one of each of its notes, whichever it is shown at.
    let is_held = about.is_some_and(|about| about.is_held);
    let has_error = is_held || signed.iter().any(|found| found.severity == Severity::Error);
    let mut diagnostics: Vec<Diagnostic> = allowances(set, note, number, &used).collect();
    diagnostics.append(&mut signed);
    deductions.sort_by_key(|(index, ..)| *index);
    let deductions = deductions
        .into_iter()
        .map(|(.., deduction)| deduction)
        .collect();
    let mut verdict = judged.verdict.clone();
    let parts = std::mem::take(&mut verdict.score.parts);
    verdict.score = set.table.score(parts, deductions);
    // A note that must be mended is not ready, however well it reads.
    if has_error {
        verdict.score.grade = verdict.score.grade.min(Grade::Revise);
    }
    (verdict, diagnostics)
}

/// Takes a rule's points off once. Rules that set the same flag say the same of the note: only the
/// dearest of them counts.
fn deduct(deductions: &mut Vec<(usize, Option<Flag>, Deduction)>, index: usize, rule: &Rule) {
    if rule.deduct == 0 || deductions.iter().any(|(known, ..)| *known == index) {
        return;
    }
    let new = (
        index,
        rule.flag,
        Deduction {
            rule: rule.id.clone(),
            points: rule.deduct,
        },
    );
    let same =
        |(_, flag, _): &&mut (usize, Option<Flag>, Deduction)| flag.is_some() && *flag == rule.flag;
    match deductions.iter_mut().find(same) {
        Some(known) if known.2.points < rule.deduct => *known = new,
        Some(_) => {}
        None => deductions.push(new),
    }
}

/// Takes the fixes away that touch the place of an error: "Hi , ..." lacks a name, and without the space
/// nobody would see that any more.
fn hold_back(signed: &mut [Diagnostic]) {
    let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
    let errors = signed.iter().filter(is_error);
    let errors: Vec<(Arc<str>, Span)> = errors
        .map(|found| (found.rule.clone(), found.span()))
        .collect();
    if errors.is_empty() {
        return;
    }
    for found in signed {
        let rule = &found.rule;
        found.fixes.retain(|fix| {
            let touches = |edit: &Edit| {
                errors.iter().any(|(error, place)| {
                    let same = edit.span.file == place.file;
                    error != rule
                        && same
                        && !place.range().is_empty()
                        && edit.span.start <= place.end
                        && place.start <= edit.span.end
                })
            };
            fix.kind == FixKind::HasBlanks || !fix.edits.iter().any(touches)
        });
    }
}

/// Signs a finding.
fn diagnostic(rule: &Rule, note: &Note, number: usize, found: &Signed) -> Option<Diagnostic> {
    let finding = &found.finding;
    let text = &note.text;
    let message = rule.template.fill(finding, text.as_str());
    let help = rule.help_for(finding, text.as_str());
    let mut labels = vec![Label {
        span: finding
            .place
            .unwrap_or_else(|| text.span(finding.range.clone())),
        primary: true,
        message: finding.label.as_str().into(),
    }];
    let also = finding.also.iter();
    let also = also.map(|(range, message)| (text.span(range.clone()), message));
    let elsewhere = finding.elsewhere.iter();
    let elsewhere = elsewhere.map(|(span, message)| (*span, message));
    labels.extend(also.chain(elsewhere).map(|(span, message)| Label {
        span,
        primary: false,
        message: message.as_str().into(),
    }));
    let fixes = finding.fixes.iter().map(|fix| Fix {
        kind: fix.kind,
        description: fix.description.as_str().into(),
        edits: fix
            .edits
            .iter()
            .map(|(range, new)| Edit {
                span: text.span(range.clone()),
                text: new.as_str().into(),
            })
            .collect(),
    });
    Some(Diagnostic {
        rule: rule.id.clone(),
        severity: rule.level_for(found.size)?,
        message: message.into(),
        help,
        note: Some(number as u32),
        labels,
        fixes: fixes.collect(),
        details: finding
            .details
            .iter()
            .map(|line| line.as_str().into())
            .collect(),
        cluster: found.cluster,
    })
}

/// What is wrong with a note's own `allow` list.
fn allowances<'a>(
    set: &'a RuleSet,
    note: &'a Note,
    number: usize,
    used: &'a [bool],
) -> impl Iterator<Item = Diagnostic> + 'a {
    note.allow
        .iter()
        .zip(used)
        .filter_map(move |(allowance, used)| {
            let known = set.knows(&allowance.value);
            // A rule that does not run at all finds nothing to allow: that is no fault of the note.
            let runs = set
                .rules()
                .iter()
                .any(|rule| rule.active && matches(&allowance.value, &rule.id));
            let mut problem = match (known, *used || !runs) {
                (false, _) => Diagnostic::problem(
                    "unknown-rule",
                    Severity::Error,
                    allowance.span,
                    format!("there is no rule `{}` to allow", allowance.value),
                )
                .helped(set.hint(&allowance.value)),
                (true, false) => Diagnostic::problem(
                    "unused-allow",
                    Severity::Warning,
                    allowance.span,
                    format!("`{}` is allowed here, but finds nothing", allowance.value),
                )
                .helped("take it out of `allow`"),
                (true, true) => return None,
            };
            problem.note = Some(number as u32);
            Some(problem)
        })
}
