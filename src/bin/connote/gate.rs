//! Whether what was found fails a run.

use connote::config::Settings;
use connote::report::Gate;
use connote::report::Report;
use connote::report::Summary;

use crate::options::GateArgs;
use crate::session::Session;

/// Whether the run fails: as a whole by what the command line says, and for the files of each
/// configuration by what that says.
pub(crate) fn fails(
    report: &Report,
    set_of_note: &[usize],
    session: &Session,
    args: &GateArgs,
) -> bool {
    let whole = Gate {
        fail_on: None,
        max_warnings: args.max_warnings,
        min_score: args.min_score,
    };
    let mut summaries = vec![Summary::default(); session.rule_sets.len().max(1)];
    let last = summaries.len() - 1;
    let set_of = |note: usize| set_of_note.get(note).copied().unwrap_or_default().min(last);
    for (note, verdict) in report.verdicts.iter().enumerate() {
        summaries[set_of(note)].add_verdict(verdict);
    }
    for diagnostic in &report.diagnostics {
        // What is about no note counts for everybody.
        match diagnostic.note {
            Some(note) => summaries[set_of(note as usize)].add_diagnostic(diagnostic),
            None => summaries
                .iter_mut()
                .for_each(|it| it.add_diagnostic(diagnostic)),
        }
    }
    let each = summaries.iter().enumerate().any(|(set, summary)| {
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
    });
    each || whole.fails(&report.summary())
}
