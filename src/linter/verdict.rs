//! What came of linting: a verdict for every draft.

use crate::language::Language;
use crate::linter::finding::Drafts;
use crate::linter::finding::Finding;
use crate::linter::finding::Place;
use crate::note::Note;
use crate::render;
use crate::render::View;
use crate::report;
use crate::report::Flags;
use crate::report::Length;
use crate::report::Report;
use crate::report::Summary;
use crate::score::Grade;
use crate::score::Level;
use crate::score::Part;
use crate::score::PartScore;
use crate::source::Sources;

/// Words of a draft that show a part of the formula.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evidence {
    /// The signal that found them, such as `reference/talk`.
    pub signal: String,
    /// What they are evidence of.
    pub level: Level,
    /// Where they are.
    pub place: Place,
}

/// One part of the formula in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartVerdict {
    /// Reference, reason or value.
    pub part: Part,
    /// None, generic or specific.
    pub level: Level,
    /// The points that it earned,
    pub points: u32,
    /// of so many.
    pub of: u32,
    /// The words that show it.
    pub evidence: Vec<Evidence>,
}

/// What there is to say of one draft.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Verdict {
    /// Its id, unique in the batch: the one that it was given, or `draft-1`. One given twice gets a
    /// number behind it.
    pub id: String,
    /// 0 to 100; none for a draft in a language that no rules for the parts are written for.
    pub score: Option<u32>,
    /// Ready, to revise or to rewrite; none where there is no score.
    pub grade: Option<Grade>,
    /// Reference, reason, value. Without meaning where there is no score.
    pub parts: [PartVerdict; 3],
    /// Points taken off, by rule.
    pub deductions: Vec<(String, u32)>,
    /// How long it is, and how long it may be.
    pub length: Length,
    /// Pitch, generic, placeholder.
    pub flags: Flags,
    /// Its language, where that is the reason for there being no score.
    pub unjudged: Option<Language>,
    /// What to mend, in the order of the text.
    pub findings: Vec<Finding>,
}

/// Drafts that belong together: copies, near copies, texts from one template.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cluster {
    /// `duplicate`, `near-duplicate`, `template`, `same-company`, `stale-opening`.
    pub kind: String,
    /// Numbers of the drafts from 0, rising.
    pub members: Vec<usize>,
    /// How alike they are, 0 to 1.
    pub similarity: f64,
}

/// What came of linting a batch.
#[derive(Debug)]
pub struct Batch {
    /// A verdict for every draft, in the order in which they were handed in.
    pub verdicts: Vec<Verdict>,
    /// Groups of drafts that resemble each other.
    pub clusters: Vec<Cluster>,
    report: Report,
    sources: Sources,
}

impl Batch {
    pub(super) fn new(report: Report, sources: Sources) -> Self {
        let files = report.notes.iter().map(|note| note.text.file()).collect();
        let drafts = Drafts::new(&sources, files);
        let notes = report.notes.iter().zip(&report.verdicts);
        let mut verdicts: Vec<Verdict> =
            notes.map(|(note, judged)| verdict(note, judged)).collect();
        for found in &report.diagnostics {
            let number = found.note.map(|number| number as usize);
            if let Some(verdict) = number.and_then(|number| verdicts.get_mut(number)) {
                verdict.findings.push(drafts.finding(found));
            }
        }
        let clusters = report.clusters.iter().map(|cluster| Cluster {
            kind: cluster.kind.to_owned(),
            members: cluster.members.iter().map(|&one| one as usize).collect(),
            similarity: cluster.similarity,
        });
        Self {
            verdicts,
            clusters: clusters.collect(),
            report,
            sources,
        }
    }

    /// The counts: grades, mean score, findings by severity.
    pub fn summary(&self) -> Summary {
        self.report.summary()
    }

    /// The JSON document that `connote check --format json` writes: versioned, nothing in it is ever
    /// removed within a version. `path` is the draft's id, places are those of its text.
    pub fn to_json(&self) -> String {
        let options = render::Options::default();
        let view = View {
            report: &self.report,
            sources: &self.sources,
            version: env!("CARGO_PKG_VERSION"),
            options: &options,
        };
        let mut json = Vec::new();
        // Writing to memory does not fail, and JSON is UTF-8.
        if let Some(output) = render::output("json") {
            let _ = (output.render)(&view, &mut json);
        }
        String::from_utf8(json).unwrap_or_default()
    }
}

fn verdict(note: &Note, judged: &report::Verdict) -> Verdict {
    let scored = judged.unjudged.is_none();
    let score = &judged.score;
    let text = note.text.as_str();
    let deductions = score.deductions.iter();
    Verdict {
        id: note.id.to_string(),
        score: scored.then_some(score.total),
        grade: scored.then_some(score.grade),
        parts: Part::ALL.map(|which| part(text, which, score.part(which))),
        deductions: deductions
            .map(|deduction| (deduction.rule.to_string(), deduction.points))
            .collect(),
        length: judged.length,
        flags: judged.flags,
        unjudged: judged.unjudged,
        findings: Vec::new(),
    }
}

fn part(text: &str, part: Part, score: &PartScore) -> PartVerdict {
    let evidence = score.evidence.iter().map(|evidence| Evidence {
        signal: evidence.signal.to_string(),
        level: evidence.level,
        place: Place::of(text, evidence.start as usize..evidence.end as usize),
    });
    PartVerdict {
        part,
        level: score.level,
        points: score.points,
        of: score.of,
        evidence: evidence.collect(),
    }
}
