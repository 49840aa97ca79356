//! What to fix first: the few faults whose mending brings most over the whole batch.

use maud::Markup;
use maud::html;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::render::clean::clean;
use crate::render::page::Desk;
use crate::render::page::gains::Fault;
use crate::render::page::gains::Gain;
use crate::render::page::gains::gains;
use crate::render::page::notes::link;
use crate::render::web::words::quoted;
use crate::render::words::plural;
use crate::score::Part;

/// Faults that are errors, and others, that are named at most.
const ERRORS: usize = 3;
const OTHERS: usize = 3;
/// Notes that are named with each.
const NOTES: usize = 5;

/// The section.
pub(super) fn section(desk: &Desk<'_>) -> Markup {
    let all = gains(desk.view.report, &desk.groups);
    let (errors, others): (Vec<_>, Vec<_>) = all.iter().partition(|(_, gain)| gain.errors > 0);
    let chosen: Vec<&(Fault<'_>, Gain)> = errors
        .into_iter()
        .take(ERRORS)
        .chain(others.into_iter().take(OTHERS))
        .collect();
    html! {
        section id="first" aria-labelledby="first-title" {
            h2 id="first-title" { "What to fix first" }
            @if chosen.is_empty() {
                p { "Nothing stands out: no error, and no points left to gain." }
            } @else {
                ol.first {
                    @for (fault, gain) in chosen { (item(desk, *fault, gain)) }
                }
            }
        }
    }
}

fn item(desk: &Desk<'_>, fault: Fault<'_>, gain: &Gain) -> Markup {
    html! {
        li {
            @let shown = worst(desk, gain);
            (title(desk, fault, &shown))
            p { (what(desk, fault, gain)) " " strong { (worth(desk, gain)) } }
            @if let Fault::Rule(rule) = fault { (advice(desk, rule, &shown)) }
            p.names {
                @for (number, note) in shown.iter().take(NOTES).enumerate() {
                    @if number > 0 { ", " }
                    (link(desk, *note))
                }
                @if gain.notes.len() > NOTES { " and " (gain.notes.len() - NOTES) " more" }
                " "
                @if gain.notes.len() > 1 && !desk.view.options.quiet {
                    button type="button" hidden data-what=(token(desk, fault)) { "Show only these" }
                }
            }
        }
    }
}

/// How the script knows it.
fn token(desk: &Desk<'_>, fault: Fault<'_>) -> String {
    match fault {
        Fault::Part(part) => part_token(part),
        Fault::Rule(rule) => rule_token(desk, rule),
    }
}

/// The token of notes in which a part is not specific.
pub(super) fn part_token(part: Part) -> String {
    format!("part-{}", part.name())
}

/// The token of notes in which a rule found something: a number, since ids come from packs.
pub(super) fn rule_token(desk: &Desk<'_>, rule: &str) -> String {
    let known = desk.rules.binary_search(&rule);
    known.map_or(String::new(), |number| format!("rule-{number}"))
}

/// What to do; of a rule, what it says of the worst note.
fn title(desk: &Desk<'_>, fault: Fault<'_>, shown: &[usize]) -> Markup {
    html! {
        @match fault {
            Fault::Part(Part::Reference) => h3 { "Say what you know of the reader" },
            Fault::Part(Part::Reason) => h3 { "Say why you write to this person" },
            Fault::Part(Part::Value) => h3 { "Offer one small concrete thing" },
            Fault::Rule(rule) => h3 {
                @if let Some(found) = example(desk, rule, shown) { (quoted(&found.message)) " " }
                code.rule { (clean(rule)) }
            },
        }
    }
}

/// How many notes, and what is the matter with them.
fn what(desk: &Desk<'_>, fault: Fault<'_>, gain: &Gain) -> String {
    let all = desk.view.report.notes.len();
    let of_all = |number: usize| format!("{number} of {}", plural(all, "note", "notes"));
    let count = |number: usize, one: &str, many: &str| {
        format!(
            "{} {}",
            of_all(number),
            if number == 1 { one } else { many }
        )
    };
    let Fault::Part(part) = fault else {
        let notes = gain.notes.len();
        return match gain.errors {
            0 => format!("Found in {}.", of_all(notes)),
            errors if errors == notes => format!("An error in {}.", of_all(notes)),
            errors => format!("Found in {}; in {errors} it is an error.", of_all(notes)),
        };
    };
    let generic = gain.notes.len() - gain.without;
    let name = part.name();
    let article = if part == Part::Value { "value" } else { name };
    match (gain.without, generic) {
        (0, generic) => format!(
            "{} only a {name} that fits anybody.",
            count(generic, "has", "have")
        ),
        (without, 0) => format!("{} no {article}.", count(without, "has", "have")),
        (without, generic) => format!(
            "{} no {article}, {generic} only one that fits anybody.",
            count(without, "has", "have")
        ),
    }
}

/// What it would bring.
fn worth(desk: &Desk<'_>, gain: &Gain) -> String {
    let summary = desk.view.report.summary();
    let judged = summary.notes - summary.unjudged;
    if gain.points == 0 || judged == 0 {
        return String::new();
    }
    if judged == 1 {
        return format!(
            "Worth up to {}.",
            plural(gain.points as usize, "point", "points")
        );
    }
    let mean = (f64::from(gain.points) / judged as f64 * 10.0).round() / 10.0;
    format!(
        "Worth up to {} in all, {mean} more on the mean score.",
        plural(gain.points as usize, "point", "points")
    )
}

/// The advice of a rule, as it stands with the worst note.
fn advice(desk: &Desk<'_>, rule: &str, shown: &[usize]) -> Markup {
    let help = example(desk, rule, shown).and_then(|found| found.help.as_ref());
    html! { @if let Some(help) = help { p.said { (quoted(help)) } } }
}

/// What a rule says of the first of some notes; an error, if there is one.
fn example<'a>(desk: &Desk<'a>, rule: &str, shown: &[usize]) -> Option<&'a Diagnostic> {
    let found = shown.iter().flat_map(|&note| &desk.groups.by_note[note]);
    let mut found = found.filter(|found| &*found.rule == rule);
    let first = found.clone().next();
    let grave = found.find(|found| found.severity == Severity::Error);
    grave.or(first).copied()
}

/// The notes concerned, those that are shown and worst first.
fn worst(desk: &Desk<'_>, gain: &Gain) -> Vec<usize> {
    let mut concerned = vec![false; desk.view.report.notes.len()];
    gain.notes.iter().for_each(|&note| concerned[note] = true);
    let shown = desk.shown.iter().copied().filter(|&note| concerned[note]);
    let rest = gain
        .notes
        .iter()
        .copied()
        .filter(|&note| !desk.is_shown[note]);
    shown.chain(rest).take(NOTES).collect()
}
