//! Signing findings with their rules, less those that the note allows; then the deductions.

use crate::check::Finding;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Edit;
use crate::diagnostic::Fix;
use crate::diagnostic::Label;
use crate::diagnostic::Severity;
use crate::lint::judge::Signed;
use crate::note::Note;
use crate::report::Report;
use crate::ruleset::Flag;
use crate::ruleset::Rule;
use crate::ruleset::RuleSet;
use crate::ruleset::matches;
use crate::score::Deduction;

/// Adds a note's diagnostics to the report and takes the deductions off its score.
pub(super) fn apply(
    set: &RuleSet,
    note: &Note,
    number: usize,
    mut findings: Vec<Signed>,
    report: &mut Report,
) {
    findings.sort_by_key(|signed| (signed.finding.range.start, signed.rule));
    let mut used = vec![false; note.allow.len()];
    let mut deductions: Vec<(usize, Option<Flag>, Deduction)> = Vec::new();
    let mut signed = Vec::new();
    for Signed {
        rule: index,
        finding,
    } in findings
    {
        let rule = &set.rules()[index];
        let mut allowed = false;
        for (allowance, used) in note.allow.iter().zip(&mut used) {
            if matches(&allowance.value, &rule.id) {
                *used = true;
                allowed = true;
            }
        }
        if allowed {
            continue;
        }
        deduct(&mut deductions, index, rule);
        signed.extend(diagnostic(rule, note, number, finding));
    }
    report
        .diagnostics
        .extend(allowances(set, note, number, &used));
    report.diagnostics.append(&mut signed);
    deductions.sort_by_key(|(index, ..)| *index);
    let deductions = deductions
        .into_iter()
        .map(|(.., deduction)| deduction)
        .collect();
    let verdict = &mut report.verdicts[number];
    let parts = std::mem::take(&mut verdict.score.parts);
    verdict.score = set.table.score(parts, deductions);
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

/// Signs a finding.
fn diagnostic(rule: &Rule, note: &Note, number: usize, finding: Finding) -> Option<Diagnostic> {
    let text = &note.text;
    let message = rule.template.fill(&finding, text.as_str());
    let help = rule.help_for(&finding, text.as_str());
    let mut labels = vec![Label {
        span: text.span(finding.range.clone()),
        primary: true,
        message: finding.label.into(),
    }];
    let also = finding
        .also
        .into_iter()
        .map(|(range, message)| (text.span(range), message));
    labels.extend(also.chain(finding.elsewhere).map(|(span, message)| Label {
        span,
        primary: false,
        message: message.into(),
    }));
    let fixes = finding.fixes.into_iter().map(|fix| Fix {
        kind: fix.kind,
        description: fix.description.into(),
        edits: fix
            .edits
            .into_iter()
            .map(|(range, new)| Edit {
                span: text.span(range),
                text: new.into(),
            })
            .collect(),
    });
    Some(Diagnostic {
        rule: rule.id.clone(),
        severity: rule.level?,
        message: message.into(),
        help,
        note: Some(number as u32),
        labels,
        fixes: fixes.collect(),
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
