//! Whether what was found fails a run.

use connote::config::Settings;
use connote::diagnostic::Severity;
use connote::report::Gate;
use connote::report::Report;
use connote::report::Summary;

use crate::options::GateArgs;
use crate::session::Session;

/// Whether the run fails: as a whole by what the command line says, and for the files of each
/// configuration by what that says. Only the scores of notes that `counts` names by their numbers decide.
pub(crate) fn fails(
    report: &Report,
    set_of_note: &[usize],
    session: &Session,
    args: &GateArgs,
    counts: &dyn Fn(usize) -> bool,
) -> bool {
    let mut whole = Summary::default();
    let mut summaries = vec![Summary::default(); session.rule_sets.len().max(1)];
    let last = summaries.len() - 1;
    let set_of = |note: usize| set_of_note.get(note).copied().unwrap_or_default().min(last);
    for (note, verdict) in report.verdicts.iter().enumerate() {
        if counts(note) {
            whole.add_verdict(verdict);
            summaries[set_of(note)].add_verdict(verdict);
        }
    }
    for diagnostic in &report.diagnostics {
        whole.add_diagnostic(diagnostic);
        // What is about no note counts for everybody.
        match diagnostic.note {
            Some(note) => summaries[set_of(note as usize)].add_diagnostic(diagnostic),
            None => summaries
                .iter_mut()
                .for_each(|it| it.add_diagnostic(diagnostic)),
        }
    }
    let each = |(set, summary): (usize, &Summary)| fails_in(set, summary, session);
    summaries.iter().enumerate().any(each) || fails_as_a_whole(&whole, args)
}

/// Whether something could not be read as it should.
pub(crate) fn files_fail(report: &Report) -> bool {
    let mut of_files = report.diagnostics.iter().filter(|it| it.note.is_none());
    of_files.any(|it| it.severity == Severity::Error)
}

/// Whether counts fail by what the command line says of the run as a whole.
pub(crate) fn fails_as_a_whole(summary: &Summary, args: &GateArgs) -> bool {
    let gate = Gate {
        fail_on: None,
        max_warnings: args.max_warnings,
        min_score: args.min_score,
    };
    gate.fails(summary)
}

/// Whether counts fail by the configuration of a rule set.
pub(crate) fn fails_in(set: usize, summary: &Summary, session: &Session) -> bool {
    let fallback = Settings::default();
    let settings = match session.rule_sets.is_empty() {
        true => &fallback,
        false => &session.config_of_set(set).settings,
    };
    let gate = Gate {
        fail_on: settings.fail_on,
        max_warnings: settings.max_warnings,
        min_score: settings.min_score,
    };
    gate.fails(summary)
}
