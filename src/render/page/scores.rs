//! Scores and parts of a batch, drawn.

use maud::Markup;

use crate::render::page::summary::called;
use crate::render::web::columns::Scale;
use crate::render::web::columns::columns;
use crate::render::web::plot::Fill;
use crate::render::web::plot::Kind;
use crate::render::web::plot::Plot;
use crate::render::web::plot::Row;
use crate::render::web::shares::shares;
use crate::render::words::plural;
use crate::report::Report;
use crate::report::Verdict;
use crate::score::Grade;
use crate::score::Level;
use crate::score::Part;

/// How many scores share a column; the last has one more, 100.
const STEP: u32 = 10;

fn judged(report: &Report) -> impl Iterator<Item = &Verdict> {
    let verdicts = report.verdicts.iter();
    verdicts.filter(|verdict| verdict.unjudged.is_none())
}

/// How many notes have which score.
pub(super) fn scores(report: &Report) -> Markup {
    let grades = [Grade::Ready, Grade::Revise, Grade::Rewrite];
    let kinds = grades.map(|grade| Kind {
        name: called(grade),
        class: grade.name(),
        fill: match grade {
            Grade::Ready => Fill::Solid,
            Grade::Revise => Fill::Hatched,
            Grade::Rewrite => Fill::Hollow,
        },
    });
    let mut rows: Vec<Row> = (0..100 / STEP)
        .map(|column| {
            let from = column * STEP;
            let to = if from + STEP == 100 {
                100
            } else {
                from + STEP - 1
            };
            Row {
                label: format!("{from} to {to}"),
                counts: vec![0; grades.len()],
            }
        })
        .collect();
    for verdict in judged(report) {
        let last = rows.len() - 1;
        let column = ((verdict.score.total / STEP) as usize).min(last);
        let kind = grades
            .iter()
            .position(|grade| *grade == verdict.score.grade);
        rows[column].counts[kind.unwrap_or_default()] += 1;
    }
    let summary = report.summary();
    let mean = summary
        .mean_score()
        .map_or(String::new(), |mean| format!(" The mean score is {mean}."));
    let plot = Plot {
        id: "plot-scores",
        title: "Scores",
        description: format!(
            "{} of {} ready, {} to revise, {} to rewrite.{mean} A note with an error is never ready, whatever it scores.",
            summary.graded(Grade::Ready),
            plural(judged(report).count(), "note", "notes"),
            summary.graded(Grade::Revise),
            summary.graded(Grade::Rewrite),
        ),
        kinds: kinds.to_vec(),
        of_rows: "score",
        rows,
    };
    let ticks = (0..=100 / STEP).map(|column| Some(column * STEP));
    columns(
        &plot,
        &Scale {
            ticks: ticks.collect(),
            lines: Vec::new(),
        },
    )
}

/// How many notes have which part, and how well.
pub(super) fn parts(report: &Report) -> Markup {
    let levels = [
        (Level::Specific, Fill::Solid),
        (Level::Generic, Fill::Hatched),
        (Level::None, Fill::Hollow),
    ];
    let rows = Part::ALL.map(|part| Row {
        label: part.name().to_owned(),
        counts: levels
            .map(|(level, _)| {
                let of_level = |verdict: &&Verdict| verdict.score.part(part).level == level;
                judged(report).filter(of_level).count()
            })
            .to_vec(),
    });
    let told = rows.iter().map(|row| {
        let [specific, generic, none] = row.counts[..] else {
            return String::new();
        };
        format!(
            "{}: {specific} specific, {generic} generic, {none} none.",
            row.label
        )
    });
    shares(&Plot {
        id: "plot-parts",
        title: "The three parts",
        description: told.collect::<Vec<String>>().join(" "),
        kinds: levels
            .map(|(level, fill)| Kind {
                name: level.name(),
                class: "bar",
                fill,
            })
            .to_vec(),
        of_rows: "part",
        rows: rows.into(),
    })
}
