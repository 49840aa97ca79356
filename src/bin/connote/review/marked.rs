//! A note's words with its evidence and its findings marked: by colour and underline, and by rows of
//! names under them, so that no colour is needed.

use std::ops::Range;

use connote::diagnostic::Severity;
use connote::score::Level;
use connote::score::Part;
use ratatui::style::Modifier;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::review::lay;
use crate::review::opinion::Opinion;
use crate::review::style;

/// What a byte of the words is: evidence of the parts, and the place of a finding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Meaning {
    parts: [Option<Level>; 3],
    remark: Option<Severity>,
}

/// Words in lines, each followed by its marks if it has any.
#[derive(Debug, Default)]
pub(super) struct Marked {
    pub(super) lines: Vec<Line<'static>>,
    /// The words of the lines, and for each of them its number in `lines`.
    rows: Vec<(Range<usize>, usize)>,
    shown: String,
}

impl Marked {
    pub(super) fn new(words: &str, opinion: &Opinion, width: usize, color: bool) -> Self {
        let shown = lay::shown(words).into_owned();
        let meanings = meanings(shown.len(), opinion);
        let mut marked = Self::default();
        for line in lay::wrap(&shown, width) {
            marked.rows.push((line.clone(), marked.lines.len()));
            let pieces = pieces(&shown, line.clone(), &meanings);
            let spans = pieces.into_iter().map(|(range, meaning)| {
                Span::styled(shown[range].to_owned(), look(meaning, color))
            });
            marked.lines.push(Line::from_iter(spans));
            marked.lines.extend(under(&shown, line, &meanings, color));
        }
        marked.shown = shown;
        marked
    }

    /// The line and the column of a byte of the words.
    pub(super) fn place_of(&self, offset: usize) -> (usize, usize) {
        let ranges: Vec<Range<usize>> = self.rows.iter().map(|(range, _)| range.clone()).collect();
        let (row, column) = lay::place_of(&self.shown, &ranges, offset);
        let line = self.rows.get(row).map_or(0, |(_, line)| *line);
        (line, column)
    }
}

/// What each byte is. Of several pieces of evidence for a part the strongest counts, of several findings
/// the gravest.
fn meanings(length: usize, opinion: &Opinion) -> Vec<Meaning> {
    let mut meanings = vec![Meaning::default(); length];
    for part in Part::ALL {
        for evidence in &opinion.score.part(part).evidence {
            let range = evidence.start as usize..(evidence.end as usize).min(length);
            for meaning in meanings.get_mut(range).unwrap_or_default() {
                let level = &mut meaning.parts[part as usize];
                *level = (*level).max(Some(evidence.level));
            }
        }
    }
    for remark in &opinion.remarks {
        let Some(range) = &remark.range else { continue };
        let range = range.start..range.end.min(length);
        // A finding about the whole note marks nothing in particular.
        if range.len() == length {
            continue;
        }
        for meaning in meanings.get_mut(range).unwrap_or_default() {
            meaning.remark = meaning.remark.max(Some(remark.severity));
        }
    }
    meanings
}

/// A line cut where the meaning changes.
fn pieces(shown: &str, line: Range<usize>, meanings: &[Meaning]) -> Vec<(Range<usize>, Meaning)> {
    let mut pieces: Vec<(Range<usize>, Meaning)> = Vec::new();
    let words = shown.get(line.clone()).unwrap_or_default();
    for (at, letter) in words.char_indices() {
        let range = line.start + at..line.start + at + letter.len_utf8();
        let meaning = meanings.get(range.start).copied().unwrap_or_default();
        match pieces.last_mut() {
            Some((known, same)) if *same == meaning => known.end = range.end,
            _ => pieces.push((range, meaning)),
        }
    }
    pieces
}

/// How words look: as their finding, or as the part that they are the strongest evidence of.
fn look(meaning: Meaning, color: bool) -> Style {
    if let Some(severity) = meaning.remark {
        let style = style::severity(severity, color);
        return style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
    }
    let strength = |part: &Part| (meaning.parts[*part as usize], std::cmp::Reverse(*part));
    let part = Part::ALL.into_iter().max_by_key(strength);
    match part.filter(|part| meaning.parts[*part as usize].is_some()) {
        Some(part) => style::part(part, color).add_modifier(Modifier::UNDERLINED),
        None => Style::new(),
    }
}

/// What is written under a column.
type Under = Option<(char, Style)>;

/// The rows under a line: the name of each part, drawn out under its evidence, and carets under findings.
/// There are as many rows as things lie over each other.
fn under(shown: &str, line: Range<usize>, meanings: &[Meaning], color: bool) -> Vec<Line<'static>> {
    let mut rows: Vec<Vec<Under>> = Vec::new();
    let wide = lay::columns(shown.get(line.clone()).unwrap_or_default());
    let mut put = |columns: Range<usize>, marks: Vec<(char, Style)>| {
        let is_free = |row: &Vec<Under>| row[columns.clone()].iter().all(Option::is_none);
        let row = rows.iter().position(is_free).unwrap_or_else(|| {
            rows.push(vec![None; wide]);
            rows.len() - 1
        });
        for (place, mark) in rows[row][columns].iter_mut().zip(marks) {
            *place = Some(mark);
        }
    };
    for part in Part::ALL {
        let style = style::part(part, color);
        let level = |meaning: &Meaning| meaning.parts[part as usize];
        for (columns, levels) in runs(shown, line.clone(), meanings, &level) {
            let fill = levels.iter().map(|level| match level {
                Level::Specific => '=',
                Level::Generic | Level::None => '-',
            });
            let mut name = part.name().chars();
            let marks = fill.map(|fill| (name.next().unwrap_or(fill), style));
            put(columns, marks.collect());
        }
    }
    for (columns, severities) in runs(shown, line, meanings, &|meaning| meaning.remark) {
        let mark = |severity: Severity| ('^', style::severity(severity, color));
        put(columns, severities.into_iter().map(mark).collect());
    }
    let lines = rows.into_iter().map(|row| {
        let letter = |mark: Under| match mark {
            Some((letter, style)) => Span::styled(letter.to_string(), style),
            None => Span::raw(" "),
        };
        Line::from_iter(row.into_iter().map(letter))
    });
    lines.collect()
}

/// Runs of columns of a line that mean something, with what each column means.
fn runs<T>(
    shown: &str,
    line: Range<usize>,
    meanings: &[Meaning],
    of: &dyn Fn(&Meaning) -> Option<T>,
) -> Vec<(Range<usize>, Vec<T>)>
where
    T: Copy,
{
    let mut runs: Vec<(Range<usize>, Vec<T>)> = Vec::new();
    let mut column = 0;
    let words = shown.get(line.clone()).unwrap_or_default();
    for (at, letter) in words.char_indices() {
        let wide = lay::width(letter);
        let meaning = meanings.get(line.start + at).and_then(of);
        if let Some(meaning) = meaning {
            match runs.last_mut() {
                Some((known, all)) if known.end == column => {
                    known.end += wide;
                    all.extend(vec![meaning; wide]);
                }
                _ => runs.push((column..column + wide, vec![meaning; wide])),
            }
        }
        column += wide;
    }
    runs.retain(|(columns, _)| !columns.is_empty());
    runs
}
