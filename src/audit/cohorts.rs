//! Acceptance by groups: when invitations were sent, and what their notes were like.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::audit::NoteFacts;
use crate::audit::Rate;
use crate::audit::Settings;
use crate::schedule::day_name;
use crate::score::Part;

/// A way to put invitations in groups.
#[derive(Clone, Debug)]
pub struct Cohort {
    /// The name in outputs: `month`, `weekday`, `hour`, `note`, `template`, `reference`, `reason`, `value`.
    pub name: &'static str,
    /// For people.
    pub title: String,
    /// The groups with their rates.
    pub groups: Vec<(String, Rate)>,
}

/// An invitation that had time for an answer.
pub(super) struct Mature<'a> {
    pub(super) accepted: bool,
    /// The recipient's clock where the zone is known, else that of the export.
    pub(super) local: DateTime,
    pub(super) has_time: bool,
    pub(super) has_note: bool,
    pub(super) note: Option<&'a NoteFacts>,
}

/// The group of notes that share no text.
const ALONE: &str = "written one by one";

/// All groupings. `templates` are the texts that the numbers in the facts stand for.
pub(super) fn cohorts(
    mature: &[Mature<'_>],
    templates: &[String],
    settings: &Settings,
) -> Vec<Cohort> {
    let group = |name, title: &str, key: &dyn Fn(&Mature<'_>) -> Option<(u32, String)>| {
        let mut groups: BTreeMap<(u32, String), (usize, usize)> = BTreeMap::new();
        for (key, accepted) in mature
            .iter()
            .filter_map(|one| Some((key(one)?, one.accepted)))
        {
            let counts = groups.entry(key).or_default();
            counts.0 += usize::from(accepted);
            counts.1 += 1;
        }
        let rate = |(accepted, all): (usize, usize)| Rate::new(accepted, all, settings);
        let groups = groups.into_iter();
        Cohort {
            name,
            title: title.to_owned(),
            groups: groups
                .map(|((_, label), counts)| (label, rate(counts)))
                .collect(),
        }
    };
    let level = |part: Part| {
        move |one: &Mature<'_>| {
            let level = one.note?.levels[part as usize];
            Some((2 - level as u32, level.name().to_owned()))
        }
    };
    let template = |one: &Mature<'_>| {
        let facts = one.note?;
        Some(match facts.template {
            Some(number) => {
                let text = templates.get(number as usize).cloned().unwrap_or_default();
                (number, text)
            }
            None => (u32::MAX, ALONE.to_owned()),
        })
    };
    let mut by_template = group("template", "By the text that notes share", &template);
    // The largest first; what shares no text last.
    by_template
        .groups
        .sort_by_key(|(label, rate)| (label == ALONE, std::cmp::Reverse(rate.mature)));
    let all = vec![
        group("month", "By month sent", &|one| {
            let date = one.local.date();
            Some((0, format!("{:04}-{:02}", date.year(), date.month())))
        }),
        group("weekday", "By weekday sent, where the reader is", &|one| {
            let day = one.local.date().weekday();
            Some((
                u32::from(day.to_monday_zero_offset().unsigned_abs()),
                day_name(day).to_owned(),
            ))
        }),
        group("hour", "By hour sent, where the reader is", &|one| {
            let hour = one.local.hour().unsigned_abs();
            one.has_time
                .then(|| (u32::from(hour), format!("{hour:02}:00")))
        }),
        group("note", "With a note or without", &|one| {
            Some(match one.has_note {
                true => (0, "with a note".to_owned()),
                false => (1, "without".to_owned()),
            })
        }),
        by_template,
        group(
            "reference",
            "By the note's personal reference",
            &level(Part::Reference),
        ),
        group("reason", "By the note's reason", &level(Part::Reason)),
        group("value", "By what the note offers", &level(Part::Value)),
    ];
    all.into_iter()
        .filter(|cohort| !cohort.groups.is_empty())
        .collect()
}
