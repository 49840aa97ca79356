//! A report cut down to some of its notes, without losing what lies between these and the others.

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::report::Report;

/// A part of a report.
#[derive(Debug, Default)]
pub struct Narrowed {
    /// The notes that were asked for, those that share a finding with one of them, and what was found.
    pub report: Report,
    /// For each of these notes its number in the whole report.
    pub numbers: Vec<usize>,
}

impl Report {
    /// Cuts the report down to the notes that `asked` names, by their numbers. A group of notes stays when one
    /// of them was asked for; then the others are kept, too, so that it can be shown. `keeps` is asked about
    /// every other finding: those of notes that were not asked for, and those of no note.
    pub fn narrowed(
        self,
        asked: &dyn Fn(usize) -> bool,
        keeps: &dyn Fn(&Diagnostic) -> bool,
    ) -> Narrowed {
        let is_asked: Vec<bool> = (0..self.notes.len()).map(asked).collect();
        let asked = |note: u32| is_asked.get(note as usize).copied().unwrap_or_default();
        let mut clusters = Vec::new();
        let mut cluster_numbers: FxHashMap<u32, u32> = FxHashMap::default();
        for (number, cluster) in (0..).zip(self.clusters) {
            if cluster.members.iter().any(|&member| asked(member)) {
                cluster_numbers.insert(number, clusters.len() as u32);
                clusters.push(cluster);
            }
        }
        let mut diagnostics = self.diagnostics;
        diagnostics.retain(|found| {
            let in_group = |cluster: &u32| cluster_numbers.contains_key(cluster);
            found.note.is_some_and(asked)
                || found.cluster.as_ref().is_some_and(in_group)
                || keeps(found)
        });
        let mut kept = is_asked.clone();
        let members = clusters.iter().flat_map(|cluster| &cluster.members);
        let told = diagnostics.iter().filter_map(|found| found.note.as_ref());
        for &note in members.chain(told) {
            if let Some(kept) = kept.get_mut(note as usize) {
                *kept = true;
            }
        }
        let numbers: Vec<usize> = (0..kept.len()).filter(|&note| kept[note]).collect();
        let new: FxHashMap<u32, u32> = (0..)
            .zip(&numbers)
            .map(|(new, &old)| (old as u32, new))
            .collect();
        let renumber = |note: &mut u32| *note = new.get(note).copied().unwrap_or_default();
        for found in &mut diagnostics {
            found.note.iter_mut().for_each(renumber);
            let cluster = found.cluster.and_then(|old| cluster_numbers.get(&old));
            found.cluster = cluster.copied();
        }
        for cluster in &mut clusters {
            cluster.members.iter_mut().for_each(renumber);
        }
        let mut send_times = self.send_times;
        send_times.retain(|time| new.contains_key(&time.note));
        for time in &mut send_times {
            renumber(&mut time.note);
        }
        let report = Report {
            notes: picked(self.notes, &kept),
            verdicts: picked(self.verdicts, &kept),
            diagnostics,
            clusters,
            rules: self.rules,
            send_times,
        };
        Narrowed { report, numbers }
    }
}

fn picked<T>(all: Vec<T>, kept: &[bool]) -> Vec<T> {
    let kept = all.into_iter().zip(kept).filter(|(_, kept)| **kept);
    kept.map(|(one, _)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::note::Note;
    use crate::report::Cluster;
    use crate::report::Verdict;
    use crate::span::FileId;
    use crate::span::Span;
    use crate::text::Text;

    fn found(rule: &str, note: Option<u32>, cluster: Option<u32>) -> Diagnostic {
        let mut found = Diagnostic::problem(rule, Severity::Info, Span::default(), "x");
        found.note = note;
        found.cluster = cluster;
        found
    }

    fn cluster(members: &[u32]) -> Cluster {
        Cluster {
            kind: "duplicate",
            members: members.to_vec(),
            ..Cluster::default()
        }
    }

    #[test]
    fn groups_stay_whole_and_everything_keeps_pointing_at_its_note() {
        let note = |name: &str| Note::new(name, 1, Text::plain(FileId(0), 0, name));
        let report = Report {
            notes: ["a", "b", "c", "d", "e"].map(note).to_vec(),
            verdicts: vec![Verdict::default(); 5],
            diagnostics: vec![
                found("file", None, None),
                found("own", Some(0), None),
                found("twin", Some(2), Some(1)),
                found("other-twin", Some(1), Some(0)),
                found("own", Some(3), None),
                found("own", Some(4), None),
                found("points-here", Some(4), None),
            ],
            clusters: vec![cluster(&[0, 1]), cluster(&[2, 3])],
            ..Report::default()
        };
        let keeps = |found: &Diagnostic| &*found.rule == "points-here";
        let narrowed = report.narrowed(&|note| note == 3, &keeps);
        assert_eq!(narrowed.numbers, [2, 3, 4]);
        let report = narrowed.report;
        let ids: Vec<&str> = report.notes.iter().map(|note| &*note.id).collect();
        assert_eq!((ids, report.verdicts.len()), (vec!["c", "d", "e"], 3));
        let told = |found: &Diagnostic| (found.rule.to_string(), found.note, found.cluster);
        let told: Vec<_> = report.diagnostics.iter().map(told).collect();
        assert_eq!(
            told,
            [
                ("twin".to_owned(), Some(0), Some(0)),
                ("own".to_owned(), Some(1), None),
                ("points-here".to_owned(), Some(2), None),
            ]
        );
        assert_eq!(report.clusters.len(), 1);
        assert_eq!(report.clusters[0].members, [0, 1]);
    }
}
