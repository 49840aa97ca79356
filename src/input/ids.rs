//! Ids that are unique in a run.

use std::hash::BuildHasher;

use rayon::prelude::*;
use rustc_hash::FxBuildHasher;
use rustc_hash::FxHashSet;

use crate::diagnostic::Diagnostic;
use crate::input::problems;
use crate::note::Note;
use crate::source::Sources;
use crate::span::Span;

/// Makes the ids of all notes of a run unique. An id that the input gives twice is reported, and
/// the later note is known by `path:line`. Ids of that form that meet, such as those of two
/// objects on one line, get a number: `path:line#2`.
pub fn make_ids_unique(notes: &mut [Note], sources: &Sources) -> Vec<Diagnostic> {
    if are_unique(notes) {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let mut renamed: Vec<(usize, String)> = Vec::new();
    {
        // Ids that the input gives come first: they are kept as they are.
        let mut taken: rustc_hash::FxHashMap<&str, Span> = rustc_hash::FxHashMap::default();
        taken.reserve(notes.len());
        let mut unnamed: Vec<usize> = Vec::new();
        for (index, note) in notes.iter().enumerate() {
            let Some(span) = note.id_span else {
                unnamed.push(index);
                continue;
            };
            match taken.get(&*note.id) {
                None => {
                    taken.insert(&note.id, span);
                }
                Some(first) => {
                    problems.push(
                        problems::warning(
                            problems::DUPLICATE_ID,
                            span,
                            format!("the id `{}` is used twice", note.id),
                        )
                        .labelled("here again")
                        .also(*first, "first here")
                        .helped("give each draft an id of its own"),
                    );
                    unnamed.push(index);
                }
            }
        }
        unnamed.sort_unstable();
        let mut placed: FxHashSet<String> = FxHashSet::default();
        let mut counts: rustc_hash::FxHashMap<String, u32> = rustc_hash::FxHashMap::default();
        for index in unnamed {
            let note = &notes[index];
            let place = if note.id_span.is_some() {
                format!("{}:{}", sources.get(note.text.file()).name, note.line)
            } else {
                note.id.to_string()
            };
            let free = |id: &str, placed: &FxHashSet<String>| {
                !taken.contains_key(id) && !placed.contains(id)
            };
            let mut id = place.clone();
            if !free(&id, &placed) {
                let count = counts.entry(place.clone()).or_insert(1);
                while !free(&id, &placed) {
                    *count = count.saturating_add(1);
                    id = format!("{place}#{count}");
                }
            }
            if *id != *note.id {
                renamed.push((index, id.clone()));
            }
            placed.insert(id);
        }
    }
    for (index, id) in renamed {
        notes[index].id = id.into();
    }
    problems
}

/// Whether all ids differ, as they mostly do: told by their hashes, on all cores. Two that differ may have one hash;
/// then it is not sure.
fn are_unique(notes: &[Note]) -> bool {
    let hash = |note: &Note| FxBuildHasher.hash_one(&*note.id);
    let mut hashes: Vec<u64> = notes.par_iter().map(hash).collect();
    hashes.par_sort_unstable();
    hashes.windows(2).all(|pair| pair[0] != pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::span::FileId;
    use crate::text::Text;

    #[test]
    fn repeated_ids_are_reported_and_replaced() {
        let mut sources = Sources::default();
        let file = sources.add(Source::new("a.csv".into(), "x".repeat(99)));
        let note = |id: &str, line: u32, given: bool| {
            let mut note = Note::new(id, line, Text::plain(file, 0, ""));
            let at = line as usize;
            note.id_span = given.then(|| Span::new(FileId(0), at..at + 1));
            note
        };
        let mut notes = vec![
            note("7", 2, true),
            note("a.csv:3", 3, false),
            note("7", 4, true),
            note("a.csv:3", 3, false),
            note("a.csv:3#2", 6, true),
            note("7", 3, true),
        ];
        let problems = make_ids_unique(&mut notes, &sources);
        let ids: Vec<_> = notes.iter().map(|note| &*note.id).collect();
        assert_eq!(
            ids,
            [
                "7",
                "a.csv:3",
                "a.csv:4",
                "a.csv:3#3",
                "a.csv:3#2",
                "a.csv:3#4"
            ]
        );
        assert_eq!(problems.len(), 2);
        assert_eq!(problems[0].labels[0].span.start, 4);
        assert_eq!(problems[0].labels[1].span.start, 2);
    }
}
