//! TOML with an array of tables, one a note or a person: `[[invitation]]`. Whatever the array is called.

use toml::de::DeTable;

use crate::input::InputOptions;
use crate::input::Read;
use crate::input::front_matter::Block;
use crate::input::front_matter::push_node;
use crate::input::front_matter::toml_node;
use crate::input::problems;
use crate::input::row::Context;
use crate::input::row::Place;
use crate::input::row::note_from;
use crate::input::yaml::Node;
use crate::source::Source;
use crate::span::FileId;

/// Reads the tables of all arrays at the top of the document.
pub(super) fn read(source: &Source, file: FileId, options: &InputOptions) -> Read {
    let mut read = Read::default();
    let context = Context::new(source, file, options);
    let text = source.text.as_str();
    let block = Block {
        text,
        start: 0,
        toml: true,
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    // Behind the first mistake the parser's complaints are echoes.
    if let Some(error) = errors.first() {
        let at = error.span().unwrap_or_default();
        let message = error.message().trim().replace('\n', "; ");
        read.problems.push(problems::error(
            problems::BROKEN_ROW,
            context.span(at),
            format!("this TOML cannot be read: {message}"),
        ));
    }
    let mut rows = Vec::new();
    for (key, value) in table.into_inner() {
        match toml_node(value) {
            Node::List(items, _) if items.iter().all(|item| matches!(item, Node::Map(..))) => {
                rows.extend(items);
            }
            node => read.problems.push(
                problems::error(
                    problems::BROKEN_ROW,
                    context.span(key.span()),
                    format!("`{}` is no list of tables", key.get_ref()),
                )
                .labelled(match node {
                    Node::Map(..) => "a single table",
                    _ => "a single value",
                })
                .helped("begin each row with `[[invitation]]`, and write its keys below"),
            ),
        }
    }
    rows.sort_by_key(|row| row.range().start);
    if rows.is_empty() && read.problems.is_empty() {
        let span = context.span(0..text.len());
        read.problems.push(problems::error(
            problems::EMPTY_FILE,
            span,
            "the file has no rows",
        ));
    }
    for row in rows {
        let at = row.range();
        let place = Place {
            line: u32::try_from(source.line_index(at.start) + 1).unwrap_or(u32::MAX),
            whole: at,
        };
        let Node::Map(pairs, _) = row else { continue };
        let mut cells = Vec::new();
        for (name, node) in pairs {
            push_node(block, name, node, context, &mut cells);
        }
        let note = note_from(&cells, &place, context, &mut read.problems);
        read.notes.extend(note);
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::field_str;

    fn read_text(text: &str, note_optional: bool) -> (Source, Read) {
        let source = Source::new("a.toml".into(), text.into());
        let options = InputOptions {
            note_optional,
            ..InputOptions::default()
        };
        let found = read(&source, FileId(0), &options);
        (source, found)
    }

    #[test]
    fn each_table_of_a_list_is_a_row() {
        let text = "[[invitation]]\nname = \"Ana Silva\"\nstatus = \"withdrawn\"\nwithdrawn_on = 2026-02-01\n\n\
                    [[invitation]]\nname = 'Bo'\nnote = 'Hi Bo'\n";
        let (_, found) = read_text(text, true);
        assert!(found.problems.is_empty(), "{:?}", found.problems);
        assert_eq!(found.notes.len(), 2);
        let ana = &found.notes[0];
        assert_eq!(field_str(&ana.recipient.last_name), Some("Silva"));
        assert_eq!(&*ana.id, "a.toml:1");
        let extra: Vec<(&str, &str)> = ana
            .extra
            .iter()
            .map(|(name, value)| (&**name, &*value.value))
            .collect();
        assert_eq!(
            extra,
            [("status", "withdrawn"), ("withdrawn_on", "2026-02-01")]
        );
        assert_eq!(
            (&*found.notes[1].id, found.notes[1].text.as_str()),
            ("a.toml:6", "Hi Bo")
        );
        // A list of drafts needs drafts.
        assert_eq!(read_text(text, false).1.notes.len(), 1);
    }

    #[test]
    fn what_is_no_list_is_told_with_its_place() {
        let (source, found) = read_text("a = 1\n[b]\nc = 2\n[[d]]\nnote = 'x'\n", false);
        let lines: Vec<u32> = found
            .problems
            .iter()
            .map(|problem| source.position(problem.span().start as usize).line)
            .collect();
        assert_eq!((lines, found.notes.len()), (vec![1, 2], 1));
        assert_eq!(read_text("[[a]]\nb = [1\n", true).1.problems.len(), 1);
        assert_eq!(read_text("", false).1.problems.len(), 1);
    }
}
