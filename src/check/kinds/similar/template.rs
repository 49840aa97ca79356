//! `template`: a group of notes with one skeleton.

use rayon::prelude::*;

use crate::check::Batch;
use crate::check::Build;
use crate::check::Check;
use crate::check::Exceptions;
use crate::check::Group;
use crate::check::GroupCheck;
use crate::check::Groups;
use crate::check::Kind;
use crate::check::batch::Template;
use crate::check::batch::TemplateShape;
use crate::check::group::Shared;
use crate::check::kinds::similar::about_group;
use crate::check::kinds::similar::parameters;
use crate::check::kinds::similar::percent;
use crate::similarity::Threshold;
use crate::toml_doc::Table;

pub(in crate::check::kinds) static KIND: Kind = Kind {
    name: "template",
    about: "a group of notes that are one text with slots",
    parameters: &[
        parameters::SIMILARITY,
        parameters::SHAPE[0],
        parameters::SHAPE[1],
        parameters::SHAPE[2],
        parameters::SHAPE[3],
        parameters::SHAPE[4],
        parameters::SHAPE[5],
        parameters::SHAPE[6],
        parameters::SHAPE[7],
    ],
    holes: &["count", "shared", "differ"],
    groups: true,
    build,
};

struct TemplateCheck {
    similarity: Threshold,
    shape: TemplateShape,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let similarity = parameters::similarity(table, build.problems);
    let shape = parameters::shape(table, build.problems);
    Some(Check::Group(Box::new(TemplateCheck {
        similarity: similarity?,
        shape: shape?,
    })))
}

impl GroupCheck for TemplateCheck {
    fn check(&self, batch: &Batch<'_>, exceptions: &Exceptions<'_>) -> Groups {
        let alike = batch.alike(self.similarity);
        let texts = batch.texts();
        let templates: Vec<Option<Template>> = alike
            .par_iter()
            .map(|component| Template::of(batch, component, self.shape))
            .collect();
        let mut groups = Groups::default();
        for (component, template) in alike.iter().zip(templates) {
            let Some(template) = template else { continue };
            let places = groups.present_places(component, exceptions);
            let members: Vec<u32> = places
                .iter()
                .map(|&place| component.notes[place as usize])
                .collect();
            if members.len() < self.shape.least {
                continue;
            }
            let merged = template.slots.iter().all(|slot| slot.merge.is_some());
            let differ = match merged {
                true => "only name, company and the like differ",
                false => "a few words differ",
            };
            let finding = about_group(batch, &members, "one of them", "the same template")
                .with("shared", percent(template.shared))
                .with("differ", differ);
            groups.found.push(Group {
                cluster: Some(KIND.name),
                similarity: mean_similarity(&texts.sets, &component.texts, self.shape.sample),
                findings: vec![(members[0], finding)],
                members,
                template: Some(Shared { template, places }),
                impersonal: true,
            });
        }
        groups
    }

    fn claims(&self) -> bool {
        true
    }
}

/// The mean similarity of some texts with the first of them.
fn mean_similarity(sets: &crate::similarity::Sets, texts: &[u32], sample: usize) -> f64 {
    let others = &texts[1..texts.len().min(sample)];
    let sum: f64 = others
        .iter()
        .map(|&text| sets.jaccard(texts[0], text))
        .sum();
    sum / others.len().max(1) as f64
}
