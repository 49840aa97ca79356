//! JSON Lines: a draft a line.

use std::ops::Range;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::input::InputOptions;
use crate::input::Read;
use crate::input::cells::line_end;
use crate::input::object::Objects;
use crate::input::problems;
use crate::input::row::Context;
use crate::input::spoilt::set_aside;
use crate::source::Origin;
use crate::source::Source;
use crate::span::FileId;
use crate::span::Span;

/// Reads all lines. A broken one is reported, and the next one read.
pub(super) fn read(source: &Source, file: FileId, options: &InputOptions) -> Read {
    set_aside(source, file, read_all(source, file, options))
}

fn read_all(source: &Source, file: FileId, options: &InputOptions) -> Read {
    let mut read = Read::default();
    let context = Context::new(source, file, options);
    let text = source.text.as_str();
    let at = text.len() - text.trim_start_matches('\u{feff}').len();
    if text[at..].trim().is_empty() {
        let span = context.span(at..text.len());
        read.problems.push(problems::error(
            problems::EMPTY_FILE,
            span,
            "the file is empty",
        ));
        return read;
    }
    if let Some(problem) = one_document(text, at, context) {
        read.problems.push(problem);
        return read;
    }
    // While some parts are read, the notes of those before are put where they belong: hardly any note is
    // held twice at a time.
    let together = rayon::current_num_threads() * 2;
    let mut waiting: Vec<Read> = Vec::new();
    for parts in parts(text, at).chunks(together) {
        let parts = || -> Vec<Read> {
            let parts = parts.par_iter();
            let lines =
                |(range, line): &(Range<usize>, usize)| lines(text, range.clone(), *line, context);
            parts.map(lines).collect()
        };
        (waiting, ()) = rayon::join(parts, || append(waiting, &mut read));
    }
    append(waiting, &mut read);
    read
}

/// Reads whole lines of a stream that is not kept. `origin` is where they begin in it. A line that is not
/// UTF-8 is reported, and the next one read.
pub fn read_lines(
    name: &str,
    bytes: Vec<u8>,
    origin: Origin,
    file: FileId,
    options: &InputOptions,
) -> (Source, Read) {
    let mut read = Read::default();
    let text = String::from_utf8(bytes).unwrap_or_else(|error| {
        let mut text = String::new();
        for line in error.into_bytes().split_inclusive(|&byte| byte == b'\n') {
            match std::str::from_utf8(line) {
                Ok(line) => text.push_str(line),
                Err(_) => {
                    let at = text.len();
                    let end = line.strip_suffix(b"\n").unwrap_or(line).len();
                    // As many bytes, so that all other places stay right.
                    text.extend(std::iter::repeat_n(' ', end));
                    text.extend((end < line.len()).then_some('\n'));
                    read.problems.push(problems::error(
                        problems::NOT_UTF8,
                        Span::new(file, at..at),
                        "this line is not UTF-8; save it as UTF-8",
                    ));
                }
            }
        }
        text
    });
    let source = Source::part(name.to_owned(), text, origin);
    let context = Context::new(&source, file, options);
    if origin == Origin::default()
        && let Some(problem) = one_document(&source.text, 0, context)
    {
        read.problems = vec![problem];
        return (source, read);
    }
    let first_line = origin.lines as usize;
    let parsed = lines(&source.text, 0..source.text.len(), first_line, context);
    read.notes = parsed.notes;
    read.problems.extend(parsed.problems);
    read.problems.sort_by_key(Diagnostic::span);
    (source, read)
}

/// A document over several lines has a bracket alone on its first one.
fn one_document(text: &str, at: usize, context: Context<'_>) -> Option<Diagnostic> {
    let rest = &text[at..];
    let start = at + (rest.len() - rest.trim_start().len());
    let line = &text[start..line_end(text, start)];
    matches!(line.trim_end(), "[" | "{").then(|| {
        problems::error(
            problems::BROKEN_JSON,
            context.span(start..start + 1),
            "a value goes on over several lines; in JSON Lines each line holds a whole object",
        )
        .helped("if it is one JSON document, give the file the extension .json")
    })
}

fn append(parts: Vec<Read>, read: &mut Read) {
    for part in parts {
        read.notes.extend(part.notes);
        read.problems.extend(part.problems);
    }
}

/// Cuts the text at line ends into parts that are read side by side, each with the number of its
/// first line, from 0.
fn parts(text: &str, start: usize) -> Vec<(Range<usize>, usize)> {
    const PART: usize = 1 << 20;
    let mut parts = Vec::new();
    let (mut at, mut line) = (start, 0);
    while at < text.len() {
        let bytes = &text.as_bytes()[at..];
        let cut = bytes
            .get(PART..)
            .and_then(|rest| memchr::memchr(b'\n', rest));
        let end = cut.map_or(text.len(), |cut| at + PART + cut + 1);
        parts.push((at..end, line));
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[at..end]).count();
        at = end;
    }
    parts
}

/// Reads the lines of a range.
fn lines(text: &str, range: Range<usize>, first_line: usize, context: Context<'_>) -> Read {
    let mut read = Read::default();
    let mut objects = Objects::new(text, context);
    let mut number = first_line;
    let mut at = range.start;
    while at < range.end {
        // A raw CR never stands inside a value, so it ends a line as well.
        let found = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..range.end]);
        let end = found.map_or(range.end, |found| at + found);
        // Files that were put together may each bring a byte order mark.
        let line = text[at..end].trim_start_matches('\u{feff}').trim();
        if !line.is_empty() {
            objects.read(line, objects.offset(line), number, &mut read);
        }
        number += usize::from(text.as_bytes().get(end) == Some(&b'\n'));
        at = end + 1;
    }
    read
}

#[cfg(test)]
mod tests;
