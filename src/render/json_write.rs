//! Fills the shapes of the JSON outputs from a report, one note or finding at a time, and writes them.

use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;
use serde_json::ser::Serializer;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Edit;
use crate::diagnostic::Severity;
use crate::note::Note;
use crate::note::field_str;
use crate::render::View;
use crate::render::clean::is_hidden;
use crate::render::json_model as model;
use crate::render::place::Positions;
use crate::report::Cluster;
use crate::report::SkeletonPiece;
use crate::report::Slot;
use crate::report::Summary;
use crate::report::Verdict;
use crate::score::Grade;
use crate::score::Level;
use crate::score::Part;
use crate::score::PartScore;
use crate::source::Position;

/// Turns parts of a report into their JSON shapes.
pub(crate) struct Shapes<'a> {
    view: View<'a>,
    positions: Positions<'a>,
}

impl<'a> Shapes<'a> {
    pub(crate) fn new(view: &View<'a>) -> Self {
        Self {
            view: *view,
            positions: Positions::new(view.sources),
        }
    }

    pub(crate) fn tool(&self) -> model::Tool<'a> {
        tool(self.view.version)
    }

    pub(crate) fn summary(&self) -> model::Summary {
        summary(&self.view.report.summary())
    }

    pub(crate) fn note(&self, note: &'a Note, verdict: &'a Verdict) -> model::Note<'a> {
        let source = self.view.sources.get(note.text.file());
        let words = note.text.as_str();
        let judged = verdict.unjudged.is_none();
        let part = |which| part(words, verdict.score.part(which));
        let recipient = &note.recipient;
        model::Note {
            id: &note.id,
            path: &source.name,
            cell: source.cell.as_deref(),
            line: note.line,
            recipient: model::Recipient {
                first_name: field_str(&recipient.first_name),
                last_name: field_str(&recipient.last_name),
                title: field_str(&recipient.title),
                company: field_str(&recipient.company),
                industry: field_str(&recipient.industry),
                location: field_str(&recipient.location),
                timezone: field_str(&recipient.timezone),
                profile: field_str(&recipient.profile),
            },
            text: words,
            length: model::Length {
                characters: verdict.length.characters,
                utf16: verdict.length.utf16,
                limit: verdict.length.limit,
            },
            language: verdict.unjudged.map(|language| language.code),
            score: judged.then_some(verdict.score.total),
            grade: judged.then(|| verdict.score.grade.name()),
            parts: judged.then(|| model::Parts {
                reference: part(Part::Reference),
                reason: part(Part::Reason),
                value: part(Part::Value),
            }),
            deductions: verdict
                .score
                .deductions
                .iter()
                .map(|deduction| model::Deduction {
                    rule: &deduction.rule,
                    points: deduction.points,
                })
                .collect(),
            flags: model::Flags {
                pitch: verdict.flags.pitch,
                generic: verdict.flags.generic,
                placeholder: verdict.flags.placeholder,
            },
        }
    }

    pub(crate) fn cluster(&self, cluster: &'a Cluster) -> model::Cluster<'a> {
        let mut order: Vec<usize> = (0..cluster.members.len()).collect();
        order.sort_by_key(|&place| self.id(cluster.members[place]));
        let members = order
            .iter()
            .filter_map(|&place| self.id(cluster.members[place]));
        let piece = |piece: &'a SkeletonPiece| match piece {
            SkeletonPiece::Text(text) => model::Piece::Text(text),
            SkeletonPiece::Slot(slot) => model::Piece::Slot(*slot),
        };
        let skeleton = cluster.skeleton.as_ref();
        let value = |slot: &'a Slot, place: usize| {
            let note = self.view.report.notes.get(cluster.members[place] as usize);
            let fill = &slot.fills[place];
            let fill = fill.start as usize..fill.end as usize;
            note.and_then(|note| note.text.as_str().get(fill))
                .unwrap_or_default()
        };
        let slot = |(number, slot): (usize, &'a Slot)| model::Slot {
            slot: number + 1,
            merge: slot.merge,
            values: order.iter().map(|&place| value(slot, place)).collect(),
        };
        model::Cluster {
            kind: cluster.kind,
            members: members.collect(),
            similarity: rounded(cluster.similarity),
            skeleton: skeleton.map(|skeleton| skeleton.pieces.iter().map(piece).collect()),
            shared: skeleton.map(|skeleton| rounded(skeleton.shared)),
            slots: skeleton.map(|skeleton| skeleton.slots.iter().enumerate().map(slot).collect()),
        }
    }

    pub(crate) fn diagnostic(&self, found: &'a Diagnostic) -> model::Diagnostic<'a> {
        let labels = found.labels.iter().map(|label| {
            let source = self.view.sources.get(label.span.file);
            let (start, end) = self.positions.of(label.span);
            model::Label {
                path: &source.name,
                cell: source.cell.as_deref(),
                primary: label.primary,
                message: &label.message,
                start: position(start),
                end: position(end),
            }
        });
        let in_file = |edit: &Edit, byte: u32| {
            // The text may be a part of its file.
            let origin = self.view.sources.get(edit.span.file).origin;
            byte.saturating_add(origin.bytes)
        };
        let fixes = found.fixes.iter().map(|fix| model::Fix {
            kind: fix.kind.name(),
            description: &fix.description,
            edits: fix
                .edits
                .iter()
                .map(|edit| model::Edit {
                    start: in_file(edit, edit.span.start),
                    end: in_file(edit, edit.span.end),
                    text: &edit.text,
                })
                .collect(),
        });
        model::Diagnostic {
            rule: &found.rule,
            severity: found.severity.name(),
            message: &found.message,
            help: found.help.as_deref(),
            note: found.note.and_then(|note| self.id(note)),
            labels: labels.collect(),
            fixes: fixes.collect(),
            details: &found.details,
            cluster: found.cluster,
        }
    }

    fn id(&self, note: u32) -> Option<&'a str> {
        let note = self.view.report.notes.get(note as usize);
        note.map(|note| &*note.id)
    }
}

/// The program.
pub(crate) fn tool(version: &str) -> model::Tool<'_> {
    model::Tool {
        name: "connote",
        version,
    }
}

/// The counts of a run.
pub(crate) fn summary(summary: &Summary) -> model::Summary {
    model::Summary {
        notes: summary.notes,
        ready: summary.graded(Grade::Ready),
        revise: summary.graded(Grade::Revise),
        rewrite: summary.graded(Grade::Rewrite),
        mean_score: summary.mean_score(),
        errors: summary.count(Severity::Error),
        warnings: summary.count(Severity::Warning),
        infos: summary.count(Severity::Info),
        hints: summary.count(Severity::Hint),
    }
}

/// A share to four decimals: more would be noise.
fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

fn part<'a>(words: &'a str, score: &'a PartScore) -> model::Part<'a> {
    let evidence = score.evidence.iter().map(|evidence| model::Evidence {
        signal: &evidence.signal,
        level: evidence.level.name(),
        start: evidence.start,
        end: evidence.end,
        text: words
            .get(evidence.start as usize..evidence.end as usize)
            .unwrap_or_default(),
        shared: evidence.shared,
    });
    model::Part {
        level: score.level.name(),
        points: score.points,
        of: score.of,
        signals: score.unsettled().map(Level::name),
        evidence: evidence.collect(),
    }
}

fn position(position: Position) -> model::Position {
    model::Position {
        byte: position.byte,
        line: position.line,
        column: position.column,
        utf16: position.utf16,
    }
}

/// Writes a value on one line, without a line end.
pub(crate) fn write(out: &mut dyn io::Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Harmless);
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// Writes hidden and dangerous characters as `\u` escapes: the value is the same, but a terminal
/// or an editor that shows the JSON cannot be led astray. Parts of emoji may stand.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if fragment.bytes().all(|byte| byte < 0x7f) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut written = 0;
        for (at, c) in fragment.char_indices() {
            if !is_hidden(c) || matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}') {
                continue;
            }
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }
}
