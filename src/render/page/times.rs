//! Send times of a batch by weekday and hour of the readers, drawn.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use maud::Markup;
use maud::html;

use crate::render::web::figure::figure;
use crate::render::web::grid::Cell;
use crate::render::web::grid::grid;
use crate::render::web::grid::height;
use crate::render::web::plot::numbers;
use crate::render::words::plural;
use crate::report::Report;
use crate::report::SendTime;
use crate::schedule::day_name;
use crate::schedule::hour_text;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// Hours that are always drawn.
const HOURS: (i8, i8) = (8, 18);

const TITLE: &str = "Send times, by the reader's clock";

/// How many notes arrive on which day and hour.
pub(super) fn plot(report: &Report) -> Markup {
    let times = &report.send_times;
    if times.is_empty() {
        return html! {
            figure id="plot-times" {
                figcaption { (TITLE) }
                p { "No draft gives a time to send it: there is no " code { "send_at" } ". " code { "connote schedule" } " finds good times." }
            }
        };
    }
    // By day and hour: how many, and how many of them outside the reader's hours.
    let mut fields: BTreeMap<(i8, i8), (usize, usize)> = BTreeMap::new();
    for time in times.iter().filter(|time| !time.past) {
        if let Some(local) = time.local {
            let day = local.date().weekday().to_monday_zero_offset();
            let field = fields.entry((day, local.hour())).or_default();
            field.0 += 1;
            field.1 += usize::from(time.outside);
        }
    }
    let known = times.iter().filter(|time| time.local.is_some()).count();
    let past = times.iter().filter(|time| time.past).count();
    let outside = times.iter().filter(|time| time.outside && !time.past);
    let outside = outside.count();
    let text = told(report.notes.len(), times.len(), known, past, outside);
    let hours = fields.keys().map(|(_, hour)| *hour);
    let from = hours.clone().min().unwrap_or(HOURS.0).min(HOURS.0);
    let until = hours.max().unwrap_or(HOURS.1).max(HOURS.1);
    let labels: Vec<String> = (from..=until).map(|hour| hour.to_string()).collect();
    let cells = fields.iter().map(|((day, hour), (count, outside))| Cell {
        row: usize::from(day.unsigned_abs()),
        column: usize::from((hour - from).unsigned_abs()),
        count: *count,
        doubtful: *outside > 0,
    });
    let cells: Vec<Cell> = cells.collect();
    let rows = fields.iter().map(|((day, hour), (count, outside))| {
        let day = DAYS[usize::from(day.unsigned_abs())];
        let label = format!("{day} {hour}:00 to {hour}:59");
        (label, vec![count.to_string(), outside.to_string()])
    });
    let rows: Vec<(String, Vec<String>)> = rows.collect();
    let more = html! {
        p.said { (text) @if outside > 0 { " A broken border marks what is outside their hours." } }
        @if !rows.is_empty() {
            (numbers(TITLE, "day and hour", &["notes", "outside their hours"], &rows))
        }
    };
    if cells.is_empty() {
        return html! { figure id="plot-times" { figcaption { (TITLE) } (more) } };
    }
    let drawing = grid(&DAYS, &labels, &cells);
    figure(
        "plot-times",
        TITLE,
        &text,
        height(DAYS.len()),
        drawing,
        Some(more),
    )
}

fn told(notes: usize, timed: usize, known: usize, past: usize, outside: usize) -> String {
    let gives = if timed == 1 { "gives" } else { "give" };
    let drafts = plural(notes, "draft", "drafts");
    let mut text = format!("{timed} of {drafts} {gives} a time to send.");
    match timed - known {
        0 => {}
        1 => text.push_str(" For 1 of them the reader's time is not known."),
        many => text.push_str(&format!(
            " For {many} of them the reader's time is not known."
        )),
    }
    match past {
        0 => {}
        1 => text.push_str(" 1 of them has gone by and is not drawn."),
        many => text.push_str(&format!(" {many} of them have gone by and are not drawn.")),
    }
    match outside {
        0 if known > past => text.push_str(" All others are inside the readers' hours."),
        0 => {}
        1 => text.push_str(" 1 is outside the reader's hours."),
        many => text.push_str(&format!(" {many} are outside the readers' hours.")),
    }
    text
}

/// "Tuesday 2026-03-31, 10:20".
fn moment(local: DateTime) -> String {
    let day = day_name(local.date().weekday());
    format!("{day} {}, {}", local.date(), hour_text(local.time()))
}

/// A note's send time in words.
pub(super) fn of_note(time: &SendTime) -> String {
    let Some(local) = time.local else {
        return match time.zone {
            None => "to be sent at a time that the reader's clock is not known for".to_owned(),
            Some(_) => "to be sent at a time that cannot be read".to_owned(),
        };
    };
    let doubt = match (time.past, time.outside) {
        (true, _) => ", which has gone by",
        (_, true) => ", outside their hours",
        _ => "",
    };
    let zone = time.zone.as_deref().unwrap_or_default();
    format!("to be sent on {} ({zone}){doubt}", moment(local))
}
