//! Names by which a finding is known again in a later run, wherever it has moved to.

use std::fmt::Write;

use rustc_hash::FxHashMap;
use sha2::Digest;
use sha2::Sha256;

use crate::diagnostic::Diagnostic;
use crate::history::Person;
use crate::render::View;
use crate::render::listed::path;

/// Bytes of a fingerprint: enough that two never meet by chance.
const LENGTH: usize = 16;

/// Gives fingerprints, and remembers which it gave.
pub(crate) struct Fingerprints<'a> {
    view: View<'a>,
    seen: FxHashMap<[u8; LENGTH], u32>,
}

impl<'a> Fingerprints<'a> {
    pub(crate) fn new(view: &View<'a>) -> Self {
        Self {
            view: *view,
            seen: FxHashMap::default(),
        }
    }

    /// The fingerprint of the next finding, in 32 hexadecimal digits: from the rule, the words at its place,
    /// the person (or the file, where nobody is named), and how many such findings came before. Lines and
    /// scores are no part of it.
    pub(crate) fn next(&mut self, found: &Diagnostic) -> String {
        let span = found.span();
        let words = self.view.sources.text(span);
        let note = found.note.map(|note| note as usize);
        let note = note.and_then(|note| self.view.report.notes.get(note));
        let key = note.and_then(|note| Person::of(&note.recipient).key());
        let who = match &key {
            Some(key) => key,
            None => path(self.view.sources.get(span.file)),
        };
        let first = hash(&[found.rule.as_bytes(), words.as_bytes(), who.as_bytes()]);
        let before = self.seen.entry(first).or_default();
        let whole = hash(&[&first, &before.to_le_bytes()]);
        *before += 1;
        let mut text = String::with_capacity(2 * LENGTH);
        for byte in whole {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

/// The first bytes of the hash of several texts, each with its length before it.
fn hash(parts: &[&[u8]]) -> [u8; LENGTH] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut first = [0; LENGTH];
    for (to, from) in first.iter_mut().zip(hasher.finalize()) {
        *to = from;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::render::testing::Case;

    fn of(case: &Case) -> Vec<String> {
        let view = case.view();
        let mut fingerprints = Fingerprints::new(&view);
        let found = case.report.diagnostics.iter();
        found.map(|found| fingerprints.next(found)).collect()
    }

    #[test]
    fn a_finding_is_known_again_in_another_line_and_by_nothing_else() {
        let mut before = Case::default();
        let note = before.note("a.md", "Hi Ana, the the the the end", "Ana");
        before.find(note, Severity::Error, "doubled", "the the");
        before.find(note, Severity::Error, "doubled", "the the");
        before.find(note, Severity::Error, "end", "end");
        let other = before.note("b.md", "the the", "Bo");
        before.find(other, Severity::Error, "doubled", "the the");
        let first = of(&before);

        let mut after = Case::default();
        let note = after.note("moved.md", "Dear Ana,\n\nthe the end", "ANA");
        after.find(note, Severity::Hint, "doubled", "the the");
        assert_eq!(of(&after)[0], first[0]);

        let mut all = first.clone();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), first.len());
        assert!(first.iter().all(|it| it.len() == 32));
    }

    #[test]
    fn where_nobody_is_named_the_file_tells_them_apart() {
        let mut case = Case::default();
        for name in ["./a.md", "b.md"] {
            let note = case.note(name, "hello", "");
            case.find(note, Severity::Info, "value-missing", "hello");
        }
        let both = of(&case);
        assert_ne!(both[0], both[1]);
    }
}
