//! What is thought of a note, in a form that can be shown without looking anything up.

use std::ops::Range;

use connote::diagnostic::Diagnostic;
use connote::diagnostic::Severity;
use connote::note::Note;
use connote::report::Length;
use connote::report::Report;
use connote::report::Verdict;
use connote::score::Score;

/// A finding.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    pub(super) severity: Severity,
    pub(super) rule: String,
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// More to say, line by line, and what the fixes propose.
    pub(super) details: Vec<String>,
    /// The bytes of the note's words that it is about.
    pub(super) range: Option<Range<usize>>,
}

/// The verdict on a note and the findings in it, the gravest first.
#[derive(Clone, Debug)]
pub(super) struct Opinion {
    pub(super) score: Score,
    pub(super) length: Length,
    /// The language of a note that cannot be judged.
    pub(super) unjudged: Option<&'static str>,
    pub(super) remarks: Vec<Remark>,
    /// The note was judged by itself, not yet compared with the others.
    pub(super) alone: bool,
}

impl Opinion {
    /// How many findings there are of a severity.
    pub(super) fn count(&self, severity: Severity) -> usize {
        let same = |remark: &&Remark| remark.severity == severity;
        self.remarks.iter().filter(same).count()
    }

    /// What orders notes, the worst first. What is not judged is not bad.
    pub(super) fn rank(&self) -> (u32, usize, usize) {
        let score = match self.unjudged {
            Some(_) => u32::MAX,
            None => self.score.total,
        };
        let fewer = |severity| usize::MAX - self.count(severity);
        (score, fewer(Severity::Error), fewer(Severity::Warning))
    }
}

/// The opinions on all notes of a report.
pub(super) fn opinions(report: &Report, alone: bool) -> Vec<Opinion> {
    let mut about: Vec<Vec<&Diagnostic>> = vec![Vec::new(); report.notes.len()];
    for diagnostic in &report.diagnostics {
        let note = diagnostic
            .note
            .and_then(|note| about.get_mut(note as usize));
        if let Some(list) = note {
            list.push(diagnostic);
        }
    }
    let notes = report.notes.iter().enumerate().zip(about);
    notes
        .map(|((number, note), mut found)| {
            found.sort_by_key(|found| (std::cmp::Reverse(found.severity), found.span()));
            let verdict = report.verdicts.get(number).cloned().unwrap_or_default();
            let Verdict {
                score,
                length,
                unjudged,
                ..
            } = verdict;
            Opinion {
                score,
                length,
                unjudged: unjudged.map(|language| language.name),
                remarks: found.into_iter().map(|found| remark(note, found)).collect(),
                alone,
            }
        })
        .collect()
}

fn remark(note: &Note, found: &Diagnostic) -> Remark {
    let mut details: Vec<String> = found.details.iter().map(ToString::to_string).collect();
    for fix in &found.fixes {
        let texts = fix.edits.iter().map(|edit| edit.text.trim());
        let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        details.push(match texts.is_empty() {
            true => fix.description.to_string(),
            false => format!("{}: {}", fix.description, texts.join(" ... ")),
        });
    }
    Remark {
        severity: found.severity,
        rule: found.rule.to_string(),
        message: found.message.to_string(),
        help: found.help.as_ref().map(ToString::to_string),
        details,
        range: note.text.range_of(found.span()),
    }
}
