//! Small reports made by hand, for the tests of the outputs.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Edit;
use crate::diagnostic::Fix;
use crate::diagnostic::FixKind;
use crate::diagnostic::Label;
use crate::diagnostic::Severity;
use crate::note::Field;
use crate::note::Note;
use crate::render::Options;
use crate::render::View;
use crate::report::Report;
use crate::report::Verdict;
use crate::score::Deduction;
use crate::score::Evidence;
use crate::score::Level;
use crate::score::Part;
use crate::score::PartScore;
use crate::score::ScoreTable;
use crate::source::Source;
use crate::source::Sources;
use crate::span::FileId;
use crate::span::Span;
use crate::span::Spanned;
use crate::text::Text;

/// A report with its files.
#[derive(Default)]
pub(crate) struct Case {
    pub(crate) sources: Sources,
    pub(crate) report: Report,
    pub(crate) options: Options,
}

impl Case {
    /// Adds a file that is one note, for somebody with a first and a last name.
    pub(crate) fn note(&mut self, name: &str, words: &str, recipient: &str) -> u32 {
        let file = self.file(name, words);
        let mut note = Note::new(format!("{name}:1"), 1, Text::plain(file, 0, words));
        let mut names = recipient.split(' ').map(|name| field(file, name));
        note.recipient.first_name = names.next().flatten();
        note.recipient.last_name = names.next().flatten();
        self.add(note)
    }

    pub(crate) fn file(&mut self, name: &str, text: &str) -> FileId {
        self.sources.add(Source::new(name.into(), text.into()))
    }

    pub(crate) fn add(&mut self, note: Note) -> u32 {
        let mut verdict = Verdict::default();
        verdict.length.characters = note.text.as_str().chars().count() as u32;
        verdict.length.utf16 = note.text.as_str().encode_utf16().count() as u32;
        verdict.length.limit = Some(300);
        self.report.notes.push(note);
        self.report.verdicts.push(verdict);
        (self.report.notes.len() - 1) as u32
    }

    /// Gives a note evidence (part, level, words) and deductions (rule, points).
    pub(crate) fn score(
        &mut self,
        note: u32,
        evidence: &[(Part, Level, &str)],
        deductions: &[(&str, u32)],
    ) {
        let words = self.report.notes[note as usize].text.as_str();
        let table = ScoreTable::default();
        let parts: [PartScore; 3] = Part::ALL.map(|part| {
            let of_part = evidence.iter().filter(|(of, ..)| *of == part);
            let evidence = of_part.map(|(_, level, found)| {
                let start = words.find(found).unwrap() as u32;
                Evidence {
                    signal: format!("{}/found", part.name()).into(),
                    level: *level,
                    strength: *level,
                    start,
                    end: start + found.len() as u32,
                    shared: false,
                }
            });
            table.part(part, evidence.collect())
        });
        let deductions = deductions.iter().map(|(rule, points)| Deduction {
            rule: (*rule).into(),
            points: *points,
        });
        self.report.verdicts[note as usize].score = table.score(parts, deductions.collect());
    }

    /// The place of some words of a note.
    pub(crate) fn place(&self, note: u32, words: &str) -> Span {
        let text = &self.report.notes[note as usize].text;
        let start = text.as_str().find(words).unwrap();
        text.span(start..start + words.len())
    }

    /// Adds a finding about some words of a note; change it as needed.
    pub(crate) fn find(
        &mut self,
        note: u32,
        severity: Severity,
        rule: &str,
        words: &str,
    ) -> &mut Diagnostic {
        let span = self.place(note, words);
        let mut found = Diagnostic::problem(rule, severity, span, format!("about `{words}`"));
        found.note = Some(note);
        self.report.diagnostics.push(found);
        self.report.diagnostics.last_mut().unwrap()
    }

    pub(crate) fn view(&self) -> View<'_> {
        View {
            report: &self.report,
            sources: &self.sources,
            version: "0.1.0",
            options: &self.options,
        }
    }

    /// What an output writes.
    pub(crate) fn show(&self, output: &str) -> String {
        let mut out = Vec::new();
        (crate::render::output(output).unwrap().render)(&self.view(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }
}

pub(crate) fn field(file: FileId, value: &str) -> Field {
    let span = Span::new(file, 0..0);
    (!value.is_empty()).then(|| Box::new(Spanned::new(value.into(), span)))
}

/// A suggestion with blanks at a place.
pub(crate) fn blanks(at: Span, description: &str, text: &str) -> Fix {
    fix(FixKind::HasBlanks, at, description, text)
}

pub(crate) fn fix(kind: FixKind, span: Span, description: &str, text: &str) -> Fix {
    Fix {
        kind,
        description: description.into(),
        edits: vec![Edit {
            span,
            text: text.into(),
        }],
    }
}

pub(crate) fn label(span: Span, message: &str) -> Label {
    Label {
        span,
        primary: false,
        message: message.into(),
    }
}
