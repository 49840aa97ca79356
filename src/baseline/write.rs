//! Writing a baseline: a line a finding, sorted, so that two versions of it can be compared and merged
//! line by line.

use std::collections::BTreeMap;
use std::fmt::Write;

use rustc_hash::FxHashSet;

use crate::baseline::Entry;
use crate::baseline::Key;
use crate::baseline::VERSION;
use crate::report::Report;
use crate::span::Span;

/// What stands above the entries.
const HEAD: &str = "\
# Findings that `connote check --baseline` leaves out, as `--write-baseline` found them.
# No texts and no names stand here: `recipient` and `text` are hashes.
";

/// The findings of a report as entries, sorted. `key_of` gives the file and the key of a note by its
/// number. `is_rule` tells rules from mistakes of the drafts themselves, such as an unused `allow`, which
/// are never left out; nor are findings about files rather than notes.
pub fn entries(
    report: &Report,
    key_of: &dyn Fn(usize) -> Option<(String, Key)>,
    is_rule: &dyn Fn(&str) -> bool,
) -> Vec<Entry> {
    let mut counts: BTreeMap<(String, Box<str>, Key), u32> = BTreeMap::new();
    let mut count = |note: usize, rule: &str| {
        if let Some((file, key)) = key_of(note) {
            *counts.entry((file, rule.into(), key)).or_default() += 1;
        }
    };
    let mut groups: FxHashSet<(u32, &str)> = FxHashSet::default();
    for found in report
        .diagnostics
        .iter()
        .filter(|found| is_rule(&found.rule))
    {
        let Some(note) = found.note else { continue };
        let cluster = found.cluster.and_then(|number| {
            let cluster = report.clusters.get(number as usize)?;
            Some((number, cluster))
        });
        match cluster {
            // Each note of a group has its part in it, wherever the group is told.
            Some((number, cluster)) if groups.insert((number, &*found.rule)) => {
                let members = cluster.members.iter();
                members.for_each(|&member| count(member as usize, &found.rule));
            }
            Some(_) => {}
            None => count(note as usize, &found.rule),
        }
    }
    let entry = |((file, rule, key), count): ((String, Box<str>, Key), u32)| Entry {
        file: file.into(),
        rule,
        key,
        count,
        span: Span::default(),
    };
    counts.into_iter().map(entry).collect()
}

/// The text of a baseline with these entries, sorted.
pub fn write(entries: &[Entry]) -> String {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort();
    let mut text = format!("{HEAD}version = {VERSION}\nfindings = [\n");
    for entry in sorted {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "  {{ file = {}, rule = {}, recipient = \"{}\", text = \"{}\", count = {} }},",
            quoted(&entry.file),
            quoted(&entry.rule),
            entry.key.recipient,
            entry.key.text,
            entry.count
        );
    }
    text.push_str("]\n");
    text
}

/// A text in quotes, in which nothing but letters, digits and ASCII signs stands for itself: file names
/// are strangers' text.
fn quoted(text: &str) -> String {
    let mut result = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => result.extend(['\\', letter]),
            ' '..='~' => result.push(letter),
            _ if letter.is_alphanumeric() => result.push(letter),
            _ => {
                let _ = write!(result, "\\U{:08x}", u32::from(letter));
            }
        }
    }
    result.push('"');
    result
}
