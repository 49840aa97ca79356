//! JSON Lines: a draft a line.

use crate::input::InputOptions;
use crate::input::Read;
use crate::input::object::Objects;
use crate::input::problems;
use crate::input::row::Context;
use crate::source::Source;
use crate::span::FileId;

/// Reads all lines. A broken one is reported, and the next one read.
pub(super) fn read(source: &Source, file: FileId, options: &InputOptions) -> Read {
    let mut read = Read::default();
    let context = Context {
        name: &source.name,
        file,
        options,
    };
    let text = source.text.as_str();
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    if text[at..].trim().is_empty() {
        let span = context.span(at..text.len());
        read.problems.push(problems::error(
            problems::EMPTY_FILE,
            span,
            "the file is empty",
        ));
        return read;
    }
    let mut objects = Objects::new(text, context);
    let mut number = 0;
    let mut first = true;
    while at < text.len() {
        // A raw CR never stands inside a value, so it ends a line as well.
        let found = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..]);
        let end = found.map_or(text.len(), |found| at + found);
        let line = text[at..end].trim();
        if first && matches!(line, "[" | "{") {
            read.problems.push(
                problems::error(
                    problems::BROKEN_JSON,
                    context.span(at..end),
                    "a value goes on over several lines; in JSON Lines each line holds a whole object",
                )
                .helped("if it is one JSON document, give the file the extension .json"),
            );
            return read;
        }
        if !line.is_empty() {
            first = false;
            objects.read(line, objects.offset(line), number, &mut read);
        }
        number += usize::from(text.as_bytes().get(end) == Some(&b'\n'));
        at = end + 1;
    }
    read
}

#[cfg(test)]
mod tests;
