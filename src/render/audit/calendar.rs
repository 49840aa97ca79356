//! The plans as a calendar (RFC 5545): a day's withdrawals are one entry, each step of a re-send another.

use std::collections::BTreeMap;
use std::hash::Hasher;
use std::io;

use jiff::civil::Date;

use crate::render::audit::AuditView;
use crate::render::audit::document::BY_HAND;
use crate::render::audit::name_of;
use crate::render::calendar::begin;
use crate::render::calendar::escaped;
use crate::render::calendar::is_address;
use crate::render::calendar::line;
use crate::render::calendar::stamp;
use crate::render::words::plural;

/// Writes the calendar.
pub(super) fn render(view: &AuditView<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    begin("Invitations to withdraw and to send again", out)?;
    let mut days: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
    for one in &view.audit.withdraw {
        days.entry(one.on).or_default().push(one.sent);
    }
    for (on, people) in &days {
        let mut text = String::from(BY_HAND);
        for &sent in people {
            text.push_str(&format!("\n\n{}", name_of(view, sent)));
            if let Some(address) = view.history.sent[sent].person.address() {
                text.push_str(&format!("\n{address}"));
            }
        }
        let title = format!(
            "Withdraw {}",
            plural(people.len(), "invitation", "invitations")
        );
        entry(view, *on, &title, &text, None, out)?;
    }
    for one in view.audit.resend.iter().filter(|one| one.follow.is_none()) {
        let name = name_of(view, one.sent);
        let address = view.history.sent[one.sent].person.address();
        for step in &one.steps {
            let text = format!(
                "{name}: {}.\n\n{name} can be invited again from {}.\n{}",
                step.what,
                one.possible_from,
                address.as_deref().unwrap_or_default()
            );
            let title = format!("{name}: {}", step.what);
            entry(view, step.on, &title, &text, address.as_deref(), out)?;
        }
    }
    line(out, "END:VCALENDAR")
}

/// Writes an entry that takes a whole day.
fn entry(
    view: &AuditView<'_>,
    on: Date,
    title: &str,
    text: &str,
    address: Option<&str>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(title.as_bytes());
    hasher.write(on.to_string().as_bytes());
    let day = |date: Date| format!("{:04}{:02}{:02}", date.year(), date.month(), date.day());
    let next = on.tomorrow().unwrap_or(on);
    line(out, "BEGIN:VEVENT")?;
    line(out, &format!("UID:{:016x}@connote", hasher.finish()))?;
    line(out, &format!("DTSTAMP:{}", stamp(view.audit.now)))?;
    line(out, &format!("DTSTART;VALUE=DATE:{}", day(on)))?;
    line(out, &format!("DTEND;VALUE=DATE:{}", day(next)))?;
    line(out, &format!("SUMMARY:{}", escaped(title)))?;
    line(out, &format!("DESCRIPTION:{}", escaped(text)))?;
    if let Some(address) = address.filter(|address| is_address(address)) {
        line(out, &format!("URL:{address}"))?;
    }
    line(out, "TRANSP:TRANSPARENT")?;
    line(out, "END:VEVENT")
}
