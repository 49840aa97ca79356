//! An audit as one JSON document, version 1.

use std::io;

use serde::Serialize;

use crate::audit::Bucket;
use crate::audit::Counts;
use crate::audit::Rate;
use crate::audit::skeleton;
use crate::render::audit::AuditView;
use crate::render::audit::document::utc_date;
use crate::render::audit::first_name;
use crate::render::audit::name_of;

#[derive(Serialize)]
struct CountsRow {
    outgoing: usize,
    incoming: usize,
    accepted: usize,
    pending: usize,
    pending_over_14_days: usize,
    expired: usize,
    declined: usize,
    withdrawn: usize,
    invited_again: usize,
}

impl From<Counts> for CountsRow {
    fn from(counts: Counts) -> Self {
        Self {
            outgoing: counts.outgoing,
            incoming: counts.incoming,
            accepted: counts.accepted,
            pending: counts.pending,
            pending_over_14_days: counts.pending_ripe,
            expired: counts.expired,
            declined: counts.declined,
            withdrawn: counts.withdrawn,
            invited_again: counts.replaced,
        }
    }
}

#[derive(Serialize)]
struct RateRow {
    mature: usize,
    accepted: usize,
    rate: Option<f64>,
    low: f64,
    high: f64,
    band: Option<&'static str>,
    too_few: bool,
}

#[derive(Serialize)]
struct GroupRow<'a> {
    group: &'a str,
    n: usize,
    accepted: usize,
    rate: Option<f64>,
    low: f64,
    high: f64,
    too_few: bool,
}

#[derive(Serialize)]
struct PendingRow {
    profile: Option<String>,
    name: String,
    sent: String,
    age_days: i64,
    day_14: String,
    expires: String,
    in_doubt: bool,
    place: String,
}

#[derive(Serialize)]
struct WithdrawRow<'a> {
    profile: Option<String>,
    name: String,
    sent: String,
    age_days: i64,
    priority: Option<&'static str>,
    on: String,
    why: &'a str,
    week: &'static str,
    expires_soon: Option<String>,
    again_from: String,
}

#[derive(Serialize)]
struct StepRow {
    on: String,
    way: char,
    what: &'static str,
}

#[derive(Serialize)]
struct ResendRow {
    profile: Option<String>,
    name: String,
    withdrawn: Option<String>,
    possible_from: String,
    priority: Option<&'static str>,
    follow_instead: Option<&'static str>,
    steps: Vec<StepRow>,
    draft: String,
}

#[derive(Serialize)]
struct WarningRow<'a> {
    id: &'static str,
    severity: &'static str,
    message: &'a str,
    help: &'a str,
}

/// Writes the document, a key a line.
pub(super) fn render(view: &AuditView<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let audit = view.audit;
    let rate = |rate: &Rate| rate_row(rate, view);
    let mut document = Document { out, first: true };
    document.out.write_all(b"{")?;
    document.key("version", &1)?;
    document.key(
        "tool",
        &serde_json::json!({"name": "connote", "version": view.version}),
    )?;
    document.key("now", &audit.now.to_string())?;
    document.key("counts", &CountsRow::from(audit.counts))?;
    document.key("acceptance", &rate(&audit.acceptance))?;
    document.list(
        "withdraw",
        audit.withdraw.iter().map(|one| {
            let sent = &view.history.sent[one.sent];
            let row = view.history.row_of(sent);
            WithdrawRow {
                profile: sent.person.address(),
                name: name_of(view, one.sent),
                sent: sent.sent.at.to_string(),
                age_days: crate::audit::age_days(sent, audit.now),
                priority: row
                    .and_then(|row| row.priority)
                    .map(|priority| priority.name()),
                on: one.on.to_string(),
                why: &one.why,
                week: one.phase.name(),
                expires_soon: one.expires_soon.map(|on| on.to_string()),
                again_from: one.again_from.to_string(),
            }
        }),
    )?;
    document.list(
        "resend",
        audit.resend.iter().map(|one| ResendRow {
            profile: view.history.sent[one.sent].person.address(),
            name: name_of(view, one.sent),
            withdrawn: one.withdrawn.map(|on| on.to_string()),
            possible_from: one.possible_from.to_string(),
            priority: one.priority.map(|priority| priority.name()),
            follow_instead: one.follow,
            steps: one
                .steps
                .iter()
                .map(|step| StepRow {
                    on: step.on.to_string(),
                    way: step.way,
                    what: step.what,
                })
                .collect(),
            draft: skeleton(&first_name(view, one.sent)),
        }),
    )?;
    document.key(
        "refined",
        &serde_json::json!({
            "counts": CountsRow::from(audit.refined),
            "acceptance": rate(&audit.refined_acceptance),
            "from_ledger": audit.from_ledger,
        }),
    )?;
    let bands = crate::audit::AGE_BANDS.iter().zip(audit.ages);
    document.list(
        "ages",
        bands.map(|(band, count)| serde_json::json!({"age": band, "pending": count})),
    )?;
    let bucket =
        |bucket: &Bucket| serde_json::json!({"bucket": bucket.label, "count": bucket.count});
    document.list("age_weeks", audit.age_histogram.iter().map(bucket))?;
    document.list("answer_days", audit.answer_histogram.iter().map(bucket))?;
    document.list(
        "cohorts",
        audit.cohorts.iter().map(|cohort| {
            let groups: Vec<GroupRow<'_>> = cohort
                .groups
                .iter()
                .map(|(label, rate)| GroupRow {
                    group: label,
                    n: rate.mature,
                    accepted: rate.accepted,
                    rate: rate.rate().map(rounded),
                    low: rounded(rate.low),
                    high: rounded(rate.high),
                    too_few: rate.too_few,
                })
                .collect();
            serde_json::json!({"by": cohort.name, "groups": groups})
        }),
    )?;
    document.list(
        "pending",
        audit.pending.iter().map(|one| {
            let sent = &view.history.sent[one.sent];
            PendingRow {
                profile: sent.person.address(),
                name: name_of(view, one.sent),
                sent: sent.sent.at.to_string(),
                age_days: one.age_days,
                day_14: utc_date(one.ripe).to_string(),
                expires: utc_date(one.expires).to_string(),
                in_doubt: one.in_doubt,
                place: sent.place.to_string(),
            }
        }),
    )?;
    document.list(
        "warnings",
        audit.warnings.iter().map(|warning| WarningRow {
            id: warning.id,
            severity: warning.severity.name(),
            message: &warning.message,
            help: &warning.help,
        }),
    )?;
    document.key(
        "matching",
        &serde_json::json!({
            "by_name": audit.by_name[0],
            "by_shared_name": audit.by_name[1],
            "hidden_connections": view.history.hidden,
            "in_two_exports": view.history.doubled,
            "export_timezone": view.settings.export_zone,
        }),
    )?;
    document.list("conflicts", view.history.conflicts.iter())?;
    document.list(
        "problems",
        view.problems
            .iter()
            .map(|(place, message)| serde_json::json!({"place": place, "message": message})),
    )?;
    document.out.write_all(b"\n}\n")
}

fn rate_row(rate: &Rate, view: &AuditView<'_>) -> RateRow {
    // The band is that of the figure; whether the figure can be trusted is a key of its own.
    let trusted = Rate {
        too_few: false,
        ..*rate
    };
    RateRow {
        mature: rate.mature,
        accepted: rate.accepted,
        rate: rate.rate().map(rounded),
        low: rounded(rate.low),
        high: rounded(rate.high),
        band: (rate.mature > 0).then(|| trusted.band(view.settings).name()),
        too_few: rate.too_few,
    }
}

/// Six digits are more than any of these figures has.
fn rounded(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

/// Writes keys one by one, so that long lists are never held as text.
struct Document<'o> {
    out: &'o mut dyn io::Write,
    first: bool,
}

impl Document<'_> {
    fn name(&mut self, name: &str) -> io::Result<()> {
        let comma = if self.first { "" } else { "," };
        self.first = false;
        write!(self.out, "{comma}\n\"{name}\":")
    }

    fn key(&mut self, name: &str, value: &impl Serialize) -> io::Result<()> {
        self.name(name)?;
        serde_json::to_writer(&mut *self.out, value)?;
        Ok(())
    }

    fn list(&mut self, name: &str, rows: impl Iterator<Item = impl Serialize>) -> io::Result<()> {
        self.name(name)?;
        self.out.write_all(b"[")?;
        let mut any = false;
        for row in rows {
            self.out.write_all(if any { b",\n" } else { b"\n" })?;
            any = true;
            serde_json::to_writer(&mut *self.out, &row)?;
        }
        self.out.write_all(b"]")
    }
}
