//! The plan for people: day by day, in the sender's time and the reader's.

use std::collections::BTreeMap;
use std::io;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::render::clean::clean;
use crate::render::paint;
use crate::render::paint::Paint;
use crate::render::place;
use crate::render::timetable::Timetable;
use crate::render::words::plural;
use crate::render::words::recipient;
use crate::render::wrap::columns;
use crate::render::wrap::hang;
use crate::render::wrap::shorten;
use crate::render::wrap::shorten_front;
use crate::schedule::day_name;
use crate::schedule::hour_text;

/// Days that are shown unless all are asked for.
const DAYS: usize = 14;
/// Drafts of one day that are shown.
const ROWS: usize = 12;
/// Drafts that are named for each reason not to send.
const NAMED: usize = 5;

/// Writes the plan.
pub(super) fn render(plan: &Timetable<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let placed = plan.placed();
    let utc = TimeZone::UTC;
    let sender = plan.sender.unwrap_or(&utc);
    let mut days: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
    for &(moment, number) in &placed {
        let date = sender.to_datetime(moment).date();
        days.entry(date).or_default().push(number);
    }
    let (most_days, most_rows) = match plan.options.all {
        true => (usize::MAX, usize::MAX),
        false => (DAYS, ROWS),
    };
    for (date, numbers) in days.iter().take(most_days) {
        heading(plan, *date, numbers.len(), out)?;
        for &number in numbers.iter().take(most_rows) {
            row(plan, sender, number, out)?;
        }
        let more = numbers.len().saturating_sub(most_rows);
        if more > 0 {
            writeln!(out, "  ... and {more} more (--all shows all)")?;
        }
        writeln!(out)?;
    }
    let more = days.len().saturating_sub(most_days);
    if more > 0 {
        let days = plural(more, "more day", "more days");
        writeln!(out, "... and {days} (--all shows all)\n")?;
    }
    not_placed(plan, out)?;
    let all = plural(plan.entries.len(), "draft", "drafts");
    let count = placed.len();
    let span = match (days.keys().next(), days.keys().next_back()) {
        (Some(first), Some(last)) => format!(" from {first} to {last}"),
        _ => String::new(),
    };
    let summary = format!(
        "{all}: {count} to send{span}, {} not",
        plan.entries.len() - count
    );
    writeln!(out, "{}", hang(&summary, 0, 4, plan.options.prose()))?;
    if plan.entries.iter().any(|entry| entry.outside) {
        let text =
            "! The draft gives this time, and it is outside their hours: `connote check` says why.";
        writeln!(out, "{}", hang(text, 0, 2, plan.options.prose()))?;
    }
    let whose = match plan.sender.and_then(TimeZone::iana_name) {
        Some(zone) => format!("Days and the first time are yours ({zone}), the second time is theirs."),
        None => "Days and the first time are UTC: put your `timezone` under [sender] in connote.toml for your own. The second time is theirs.".to_owned(),
    };
    writeln!(out, "{}", hang(&whose, 0, 4, plan.options.prose()))
}

fn heading(
    plan: &Timetable<'_>,
    date: Date,
    count: usize,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let rule = if plan.options.unicode { "─" } else { "-" };
    let paint = Paint {
        color: plan.options.color,
    };
    let title = format!("{} {date}", day_name(date.weekday()));
    let count = plural(count, "invitation", "invitations");
    let taken = columns(&title) + columns(&count) + 8;
    let fill = plan.options.prose().saturating_sub(taken);
    writeln!(
        out,
        "{} {} {} {count} {}",
        paint.lay(paint::FRAME, rule.repeat(2)),
        paint.lay(paint::BOLD, title),
        paint.lay(paint::FRAME, rule.repeat(fill)),
        paint.lay(paint::FRAME, rule.repeat(2)),
    )
}

fn row(
    plan: &Timetable<'_>,
    sender: &TimeZone,
    number: usize,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let (note, entry) = (&plan.report.notes[number], &plan.entries[number]);
    let Ok(moment) = entry.placed else {
        return Ok(());
    };
    let ours = hour_text(sender.to_datetime(moment).time());
    let theirs = entry.clock.local(moment);
    let there = theirs.map_or("?".to_owned(), |local| hour_text(local.time()));
    // Across the date line it is another day there.
    let own_day = sender.to_datetime(moment).date();
    let shift = match theirs.map(|local| local.date().cmp(&own_day)) {
        Some(std::cmp::Ordering::Greater) => "+1",
        Some(std::cmp::Ordering::Less) => "-1",
        _ => "  ",
    };
    let zone = entry.clock.zone.as_ref().and_then(TimeZone::iana_name);
    let city = zone.unwrap_or("?").rsplit('/').next().unwrap_or_default();
    let city = city.replace('_', " ");
    let place = place::of_note(plan.report, plan.sources, number);
    let name = recipient(&note.recipient).unwrap_or_else(|| clean(&note.id).into_owned());
    let width = plan.options.prose();
    let unicode = plan.options.unicode;
    let city = padded(&shorten(&city, 16, unicode), 16);
    let room = width.saturating_sub(40);
    let name = padded(&shorten(&name, room * 3 / 5, unicode), room * 3 / 5);
    let place = shorten_front(&place, room - room * 3 / 5 - 1, unicode);
    let mark = if entry.outside { "!" } else { " " };
    let line = format!("  {ours:>5}   {there:>5}{shift}{mark}{city}  {name} {place}");
    writeln!(out, "{}", line.trim_end())
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// What is not sent, by the reason.
fn not_placed(plan: &Timetable<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut reasons: Vec<(&str, Vec<usize>)> = Vec::new();
    for (number, _, entry) in plan.all() {
        let Err(why) = &entry.placed else { continue };
        match reasons.iter_mut().find(|(known, _)| known == why) {
            Some((_, numbers)) => numbers.push(number),
            None => reasons.push((why, vec![number])),
        }
    }
    if reasons.is_empty() {
        return Ok(());
    }
    let paint = Paint {
        color: plan.options.color,
    };
    writeln!(out, "{}", paint.lay(paint::BOLD, "Not sent"))?;
    for (why, numbers) in &reasons {
        let shown = if plan.options.all { usize::MAX } else { NAMED };
        let mut names: Vec<String> = numbers
            .iter()
            .take(shown)
            .map(|&number| place::of_note(plan.report, plan.sources, number))
            .collect();
        if numbers.len() > shown {
            names.push(format!("{} more", numbers.len() - shown));
        }
        let text = format!("{} - {}: {}", numbers.len(), clean(why), names.join(", "));
        let text = format!("  {}", hang(&text, 2, 6, plan.options.prose()));
        writeln!(out, "{text}")?;
    }
    writeln!(out)
}
