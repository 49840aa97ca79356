//! The published table of points: `[score]` in the built-in pack or in a configuration.

use crate::score::Deduction;
use crate::score::Evidence;
use crate::score::Grade;
use crate::score::Level;
use crate::score::Part;
use crate::score::PartScore;
use crate::score::Score;
use crate::toml_doc::Problems;
use crate::toml_doc::Table;

/// Points for the levels of each part, and the scores from which a grade is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreTable {
    /// Points for a generic and for a specific part: reference, reason, value.
    points: [[u32; 2]; 3],
    /// Lowest score of a note that is ready.
    pub ready: u32,
    /// Lowest score of a note that needs revision only.
    pub revise: u32,
}

impl Default for ScoreTable {
    /// The figures of the built-in pack, for when no pack has a table.
    fn default() -> Self {
        Self {
            points: [[20, 40], [15, 30], [15, 30]],
            ready: 70,
            revise: 40,
        }
    }
}

impl ScoreTable {
    /// This table with the values of a `[score]` table laid over it. Reports values that make no sense.
    pub fn overlaid(&self, table: &Table, problems: &mut Problems) -> Self {
        let mut result = self.clone();
        if let Some(ready) = table.count("ready", problems) {
            result.ready = ready.value;
        }
        if let Some(revise) = table.count("revise", problems) {
            result.revise = revise.value;
        }
        for part in Part::ALL {
            let Some(points) = table.table(part.name(), problems) else {
                continue;
            };
            let [generic, specific] = &mut result.points[part as usize];
            if let Some(value) = points.count("generic", problems) {
                *generic = value.value;
            }
            if let Some(value) = points.count("specific", problems) {
                *specific = value.value;
            }
            if generic > specific {
                problems.error(
                    points.span,
                    "a generic part cannot have more points than a specific one",
                );
            }
            points.finish(problems);
        }
        table.finish(problems);
        let sum: u32 = result.points.iter().map(|[_, specific]| *specific).sum();
        if sum != 100 {
            problems.error(
                table.span,
                format!(
                    "the points of three specific parts must add up to 100, these add up to {sum}"
                ),
            );
        }
        if result.revise > result.ready {
            problems.error(
                table.span_of("revise"),
                "`revise` must not be above `ready`",
            );
        }
        result
    }

    /// Points for a level of a part.
    pub fn points(&self, part: Part, level: Level) -> u32 {
        let [generic, specific] = self.points[part as usize];
        match level {
            Level::None => 0,
            Level::Generic => generic,
            Level::Specific => specific,
        }
    }

    /// One part from its evidence, which is brought into the order of the note.
    pub fn part(&self, part: Part, mut evidence: Vec<Evidence>) -> PartScore {
        bring_into_order(&mut evidence);
        let level = evidence
            .iter()
            .map(|evidence| evidence.level)
            .max()
            .unwrap_or_default();
        PartScore {
            level,
            signals: level,
            points: self.points(part, level),
            of: self.points(part, Level::Specific),
            evidence,
            overruled: Vec::new(),
        }
    }

    /// Gives a part another level than its signals did. No evidence counts for more than the part; `whole` is what
    /// shows a level that no signal reached.
    pub fn settle(&self, part: Part, score: &mut PartScore, level: Level, whole: Evidence) {
        if level > score.level {
            score.evidence.push(whole);
            bring_into_order(&mut score.evidence);
        } else if level == Level::None {
            score.overruled = std::mem::take(&mut score.evidence);
        }
        for evidence in score.evidence.iter_mut().chain(&mut score.overruled) {
            evidence.level = evidence.level.min(level);
        }
        score.level = level;
        score.points = self.points(part, level);
    }

    /// Adds up.
    pub fn score(&self, parts: [PartScore; 3], deductions: Vec<Deduction>) -> Score {
        let earned: u32 = parts.iter().map(|part| part.points).sum();
        let taken: u32 = deductions.iter().map(|deduction| deduction.points).sum();
        let total = earned.saturating_sub(taken);
        let grade = match total {
            total if total >= self.ready => Grade::Ready,
            total if total >= self.revise => Grade::Revise,
            _ => Grade::Rewrite,
        };
        Score {
            parts,
            deductions,
            total,
            grade,
        }
    }
}

/// The order of the note.
fn bring_into_order(evidence: &mut [Evidence]) {
    evidence.sort_by(|a, b| (a.start, a.end, &a.signal).cmp(&(b.start, b.end, &b.signal)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;
    use crate::toml_doc;

    #[test]
    fn the_sum_is_parts_less_deductions_and_never_below_zero() {
        let table = ScoreTable::default();
        let parts = || {
            Part::ALL.map(|part| PartScore {
                points: table.points(part, Level::Generic),
                ..PartScore::default()
            })
        };
        let deduction = |points| Deduction {
            rule: "x".into(),
            points,
        };
        assert_eq!(table.score(parts(), vec![deduction(5)]).total, 45);
        assert_eq!(
            table
                .score(parts(), vec![deduction(25), deduction(25)])
                .total,
            0
        );
    }

    #[test]
    fn a_table_that_does_not_add_up_to_100_is_refused() {
        let mut problems = Problems::new("configuration");
        let table = toml_doc::parse("[value]\nspecific = 50\n", FileId(0), &mut problems);
        ScoreTable::default().overlaid(&table, &mut problems);
        assert_eq!(problems.found.len(), 1);
    }
}
