//! One note in full.

use maud::Markup;
use maud::html;

use crate::diagnostic::Diagnostic;
use crate::note::Note;
use crate::note::field_str;
use crate::render::clean::clean;
use crate::render::page::Desk;
use crate::render::page::finding::finding;
use crate::render::page::finding::how_many_more;
use crate::render::page::first::part_token;
use crate::render::page::first::rule_token;
use crate::render::page::id_of;
use crate::render::page::marked::Frame;
use crate::render::page::marked::Underline;
use crate::render::page::marked::marked;
use crate::render::page::summary::called;
use crate::render::page::summary::sign;
use crate::render::page::times;
use crate::render::place;
use crate::render::web::words::words;
use crate::render::words::plural;
use crate::render::words::recipient;
use crate::render::wrap::shorten;
use crate::report::Verdict;
use crate::score::Level;
use crate::score::Part;
use crate::score::PartScore;
use crate::score::Score;

/// How much of a note is shown: bytes of its words, findings, quotes of a part, columns of a quote.
const WORDS: usize = 2000;
const FINDINGS: usize = 20;
const QUOTES: usize = 3;
const QUOTED: usize = 80;

/// A note as an item of the list.
pub(super) fn card(desk: &Desk<'_>, number: usize) -> Markup {
    let report = desk.view.report;
    let note = &report.notes[number];
    let verdict = report.verdicts.get(number);
    let score = verdict.filter(|verdict| verdict.unjudged.is_none());
    let score = score.map(|verdict| &verdict.score);
    let found = desk.groups.gravest_first(number);
    let shown = found.len().min(desk.at_most(FINDINGS));
    let id = id_of(number);
    html! {
        li id=(id) data-grade=(score.map_or("none", |score| score.grade.name())) data-file=(number) data-what=(tokens(desk, score, &found)) {
            article aria-labelledby=(format!("{id}-who")) {
                header {
                    div {
                        h3.who id=(format!("{id}-who")) { (who(desk, number)) }
                        p.where { (whereabouts(desk, number)) }
                    }
                    (grade(verdict))
                }
                div.body {
                    div {
                        (text(desk, note, verdict, &id, &found[..shown]))
                        @if let Some(verdict) = verdict { (length(verdict)) }
                        @if let Some(time) = report.send_time(number) { p.said { (times::of_note(time)) } }
                        @if let Some(score) = score { (sum(note, score)) }
                    }
                    div {
                        @if found.is_empty() { p.said { "Nothing to say against it." } }
                        @else {
                            ol.findings {
                                @for (at, found) in found[..shown].iter().enumerate() {
                                    li class=(found.severity.name()) id=(format!("{id}-{}", at + 1)) { (finding(desk, found, Some((number, at + 1)))) }
                                }
                            }
                            (how_many_more(found.len() - shown, "finding", "findings"))
                        }
                    }
                }
            }
        }
    }
}

/// What the script filters by.
fn tokens(desk: &Desk<'_>, score: Option<&Score>, found: &[&Diagnostic]) -> String {
    let weak = Part::ALL
        .into_iter()
        .filter(|part| score.is_some_and(|score| score.part(*part).level != Level::Specific));
    let mut tokens: Vec<String> = weak.map(part_token).collect();
    let mut rules: Vec<&str> = found.iter().map(|found| &*found.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    tokens.extend(rules.into_iter().map(|rule| rule_token(desk, rule)));
    tokens.join(" ")
}

/// Whom it is for, or where it stands.
pub(super) fn who(desk: &Desk<'_>, number: usize) -> Markup {
    let name = recipient(&desk.view.report.notes[number].recipient);
    html! {
        @match name {
            Some(name) => bdi.name { (shorten(&name, QUOTED, true)) },
            None => bdi { (place::of_note(desk.view.report, desk.view.sources, number)) },
        }
    }
}

/// Where the note stands, and what the recipient does.
fn whereabouts(desk: &Desk<'_>, number: usize) -> Markup {
    let note = &desk.view.report.notes[number];
    let place = place::of_note(desk.view.report, desk.view.sources, number);
    let recipient = &note.recipient;
    let known = [&recipient.title, &recipient.company].into_iter();
    let known = known
        .filter_map(field_str)
        .filter(|known| !known.trim().is_empty());
    let has_own_id = note.id_span.is_some();
    html! {
        @for known in known { bdi { (shorten(&clean(known), QUOTED, true)) } " · " }
        span.place { bdi { (place) } }
        @if has_own_id { " · " span.place { bdi { (shorten(&clean(&note.id), QUOTED, true)) } } }
    }
}

fn grade(verdict: Option<&Verdict>) -> Markup {
    html! {
        @match verdict {
            Some(Verdict { unjudged: Some(language), .. }) => p.grade.none { "not scored: " (language.name) },
            Some(Verdict { score, .. }) => p class=(format!("grade {}", score.grade.name())) {
                span.total { (score.total) }
                span { span aria-hidden="true" { (sign(score.grade)) } " " (called(score.grade)) }
            },
            None => {}
        }
    }
}

/// The words with their marks.
fn text(
    desk: &Desk<'_>,
    note: &Note,
    verdict: Option<&Verdict>,
    id: &str,
    found: &[&Diagnostic],
) -> Markup {
    let all = note.text.as_str();
    let shown = &all[..all.floor_char_boundary(desk.at_most(WORDS))];
    let whole = shown.len() == all.len();
    let parts = Part::ALL.into_iter().zip(
        verdict
            .map(|verdict| &verdict.score.parts)
            .into_iter()
            .flatten(),
    );
    let underlines = parts.flat_map(|(part, score)| {
        score.evidence.iter().map(move |evidence| Underline {
            place: evidence.start as usize..evidence.end as usize,
            part,
        })
    });
    let inside = |place: &std::ops::Range<usize>| place.end <= shown.len();
    let underlines: Vec<Underline> = underlines
        .filter(|underline| inside(&underline.place))
        .collect();
    let mut frames = Vec::new();
    for (at, found) in found.iter().enumerate() {
        // The first place that is among the words has the number.
        let mut number = Some(at + 1);
        for label in &found.labels {
            let place = note.text.range_of(label.span).filter(inside);
            if let Some(place) = place {
                frames.push(Frame {
                    place,
                    severity: found.severity,
                    number: number.take(),
                });
            }
        }
    }
    let language = verdict.and_then(|verdict| verdict.unjudged);
    html! {
        @if all.trim().is_empty() {
            p.said { "This note has no words." }
        } @else {
            p.words dir="auto" lang=[language.map(|language| language.code)] { (marked(id, shown, &underlines, &frames)) }
        }
        @if !whole { p.more { "and " (plural(all[shown.len()..].chars().count(), "more character", "more characters")) " (" code { "--all" } " shows all)" } }
    }
}

fn length(verdict: &Verdict) -> Markup {
    let length = verdict.length;
    html! {
        @match length.limit {
            Some(limit) => {
                p.said {
                    (length.utf16) " of " (limit) " characters"
                    @if length.utf16 > limit { ", " strong { (length.utf16 - limit) " too many" } }
                }
            }
            None => p.said { (length.utf16) " characters, a follow-up without a limit" },
        }
    }
}

/// How the score comes about.
fn sum(note: &Note, score: &Score) -> Markup {
    let earned = score.parts.iter().map(|part| part.points.to_string());
    let taken = score
        .deductions
        .iter()
        .map(|deduction| format!(" − {}", deduction.points));
    let earned = earned.collect::<Vec<String>>().join(" + ");
    let plain: i64 = score
        .parts
        .iter()
        .map(|part| i64::from(part.points))
        .sum::<i64>()
        - score
            .deductions
            .iter()
            .map(|deduction| i64::from(deduction.points))
            .sum::<i64>();
    html! {
        ul.parts {
            @for (part, found) in Part::ALL.into_iter().zip(&score.parts) { (part_line(note, part, found)) }
            @for deduction in &score.deductions {
                li.deduction {
                    span.level { code { (clean(&deduction.rule)) } }
                    span.points { "−" (deduction.points) }
                }
            }
        }
        p.sum { (earned) @for taken in taken { (taken) } " = " strong { (score.total) }
            @if plain < 0 { " (never below 0)" } }
    }
}

fn part_line(note: &Note, part: Part, found: &PartScore) -> Markup {
    let sign = match found.level {
        Level::Specific => "●",
        Level::Generic => "◐",
        Level::None => "○",
    };
    let shared = found.evidence.iter().any(|evidence| evidence.shared);
    let mut quotes: Vec<String> = Vec::new();
    for evidence in &found.evidence {
        let quote = quote(note, evidence.start, evidence.end);
        if !quotes.contains(&quote) {
            quotes.push(quote);
        }
    }
    html! {
        li {
            span.level {
                span aria-hidden="true" { (sign) } " "
                mark class=(part.name()) { (part.name()) } " "
                (found.level.name())
            }
            span.points { (found.points) " of " (found.of) }
            @if let Some(alone) = found.unsettled() {
                span.quotes { "by its phrases alone: " (alone.name()) }
            }
            @if !quotes.is_empty() {
                span.quotes {
                    @for (at, quote) in quotes.iter().take(QUOTES).enumerate() {
                        @if at > 0 { ", " }
                        "“" (words(quote)) "”"
                    }
                    @if quotes.len() > QUOTES { " and " (quotes.len() - QUOTES) " more" }
                    @if shared { "; others get the same words" }
                }
            }
        }
    }
}

fn quote(note: &Note, start: u32, end: u32) -> String {
    let text = note.text.as_str().get(start as usize..end as usize);
    let line = text
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<&str>>()
        .join(" ");
    shorten(&line, QUOTED, true)
}
