//! What an audit says to people, in the order in which they read it. Names in it are still strangers' text:
//! whoever writes it down makes them harmless.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::FxHashSet;

use crate::audit::AGE_BANDS;
use crate::audit::Band;
use crate::audit::Phase;
use crate::audit::Rate;
use crate::audit::Warning;
use crate::audit::skeleton;
use crate::render::audit::AuditView;
use crate::render::audit::first_name;
use crate::render::audit::name_of;
use crate::render::words::plural;

/// A piece of the report.
pub(super) enum Block<'a> {
    /// Begins a section.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// The title of a list.
    Title(String),
    /// Numbers with their names.
    Figures(Vec<(String, String)>),
    /// A bar each.
    Bars(String, Vec<(String, usize)>),
    /// Rates with their intervals.
    Rates(String, Vec<(String, Rate)>),
    /// Things to mind.
    Warnings(&'a [Warning]),
    /// Things to do, each with a day, a person and words.
    Tasks(Vec<Task>),
    /// A numbered list.
    Steps(Vec<String>),
    /// Short lines that may be many.
    Lines(Vec<String>),
}

/// A thing to do by hand.
pub(super) struct Task {
    pub(super) on: Date,
    pub(super) what: String,
    pub(super) link: Option<String>,
    pub(super) detail: String,
}

/// Fewer make no picture.
const ENOUGH: usize = 5;

/// How to withdraw, by the guide.
pub(super) const BY_HAND: &str = "By hand: My Network > Manage > Sent > Withdraw. LinkedIn has no bulk withdrawal, and the other person is not told.";

/// The whole report.
pub(super) fn blocks<'a>(view: &AuditView<'a>) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    counts(view, &mut blocks);
    if !view.audit.warnings.is_empty() {
        blocks.push(Block::Heading("What to mind".to_owned()));
        blocks.push(Block::Warnings(&view.audit.warnings));
    }
    pending(view, &mut blocks);
    acceptance(view, &mut blocks);
    withdrawal(view, &mut blocks);
    resend(view, &mut blocks);
    doubts(view, &mut blocks);
    blocks
}

fn counts<'a>(view: &AuditView<'a>, blocks: &mut Vec<Block<'a>>) {
    let counts = view.audit.refined;
    let mut figures = vec![
        ("sent", counts.outgoing),
        ("accepted", counts.accepted),
        ("pending", counts.pending),
        ("expired", counts.expired),
    ];
    for (name, count) in [
        ("declined", counts.declined),
        ("withdrawn", counts.withdrawn),
        ("invited again later", counts.replaced),
        ("received", counts.incoming),
    ] {
        if count > 0 {
            figures.push((name, count));
        }
    }
    blocks.push(Block::Heading(format!(
        "Invitations on {}",
        view.audit.today
    )));
    let figures = figures.into_iter();
    blocks.push(Block::Figures(
        figures
            .map(|(name, count)| (name.to_owned(), count.to_string()))
            .collect(),
    ));
}

fn pending<'a>(view: &AuditView<'a>, blocks: &mut Vec<Block<'a>>) {
    let (audit, settings) = (view.audit, view.settings);
    blocks.push(Block::Heading(format!(
        "Pending: {}",
        audit.refined.pending
    )));
    if audit.refined.pending == 0 {
        let text = match audit.refined.outgoing {
            0 => "No invitation that you sent is in these files.",
            _ => "Nothing is waiting for an answer.",
        };
        blocks.push(Block::Text(text.to_owned()));
        return;
    }
    blocks.push(Block::Text(format!(
        "More than {} to {} at once look like poor targeting. {} for {} days or more: the guide's rule is to withdraw after that.",
        settings.pending_warning,
        settings.pending_error,
        match audit.refined.pending_ripe {
            1 => "1 has been waiting".to_owned(),
            count => format!("{count} have been waiting"),
        },
        settings.withdraw_after
    )));
    let bands = AGE_BANDS.iter().zip(audit.ages);
    blocks.push(Block::Bars(
        "By age".to_owned(),
        bands
            .map(|(band, count)| ((*band).to_owned(), count))
            .collect(),
    ));
    if audit.age_histogram.len() > 1 && audit.refined.pending >= ENOUGH {
        let buckets = audit.age_histogram.iter();
        blocks.push(Block::Bars(
            "By age in weeks".to_owned(),
            buckets
                .map(|bucket| (bucket.label.clone(), bucket.count))
                .collect(),
        ));
    }
}

fn acceptance<'a>(view: &AuditView<'a>, blocks: &mut Vec<Block<'a>>) {
    let (audit, settings) = (view.audit, view.settings);
    let rate = audit.refined_acceptance;
    let Some(share) = rate.rate() else {
        blocks.push(Block::Heading("Acceptance: nothing to say yet".to_owned()));
        blocks.push(Block::Text(format!(
            "No invitation has had {} days for an answer.",
            settings.withdraw_after
        )));
        return;
    };
    blocks.push(Block::Heading(format!("Acceptance: {}", percent(share))));
    let healthy = format!("{} to {} %", settings.healthy_from, settings.healthy_to);
    let verdict = match audit.band {
        Band::Unknown => format!("Too few to say whether that is healthy ({healthy} is)."),
        Band::Low => format!("That is low: {healthy} is healthy."),
        Band::High => format!("That is above what is healthy ({healthy})."),
        Band::Healthy => format!("That is healthy ({healthy})."),
    };
    let straddles = match audit.band {
        Band::Unknown => false,
        Band::Low => rate.high * 100.0 >= f64::from(settings.healthy_from),
        Band::High => rate.low * 100.0 <= f64::from(settings.healthy_to),
        Band::Healthy => {
            rate.low * 100.0 < f64::from(settings.healthy_from)
                || rate.high * 100.0 > f64::from(settings.healthy_to)
        }
    };
    let doubt = if straddles {
        " The numbers are small enough that it could be otherwise."
    } else {
        ""
    };
    blocks.push(Block::Text(format!(
        "{} of {} invitations that have had {} days for an answer; the true rate is between {} and {} (95 %). {verdict}{doubt} Younger ones are not counted as refused.",
        rate.accepted,
        rate.mature,
        settings.withdraw_after,
        percent(rate.low),
        percent(rate.high),
    )));
    let answers: usize = audit
        .answer_histogram
        .iter()
        .map(|bucket| bucket.count)
        .sum();
    if answers >= ENOUGH {
        let buckets = audit.answer_histogram.iter();
        blocks.push(Block::Bars(
            "Days until they accepted".to_owned(),
            buckets
                .map(|bucket| (bucket.label.clone(), bucket.count))
                .collect(),
        ));
    }
    for cohort in &audit.cohorts {
        // One group says nothing that the whole does not say.
        if cohort.groups.len() > 1 {
            blocks.push(Block::Rates(cohort.title.clone(), cohort.groups.clone()));
        }
    }
}

fn withdrawal<'a>(view: &AuditView<'a>, blocks: &mut Vec<Block<'a>>) {
    let plan = &view.audit.withdraw;
    let (Some(first), Some(last)) = (plan.first(), plan.last()) else {
        blocks.push(Block::Heading("Nothing to withdraw".to_owned()));
        return;
    };
    let days = match first.on == last.on {
        true => format!("on {}", first.on),
        false => format!("from {} to {}", first.on, last.on),
    };
    blocks.push(Block::Heading(format!(
        "To withdraw: {} {days}",
        plan.len()
    )));
    blocks.push(Block::Text(format!(
        "Step by step, at most {} a day: a mass withdrawal can look like spam. {BY_HAND}",
        view.settings.withdraw_per_day
    )));
    let unsorted = plan.iter().filter(|one| {
        let row = view.history.row_of(&view.history.sent[one.sent]);
        row.is_none_or(|row| row.priority.is_none())
    });
    let unsorted = unsorted.count();
    if unsorted > 0 {
        let people = if unsorted == 1 { "person" } else { "people" };
        blocks.push(Block::Lines(vec![
            format!("Week 1, audit: sort {unsorted} {people} into high priority (leaders of the industry, possible collaborators), medium (colleagues, peers) and low (broad networking), and note who is inactive, has an incomplete profile or no longer fits your goals. Write it into a ledger (`--ledger`), and run this again."),
        ]));
    }
    let doubtful = view.audit.pending.iter().filter(|one| one.in_doubt);
    let doubtful: FxHashSet<usize> = doubtful.map(|one| one.sent).collect();
    for (phase, title) in [
        (
            Phase::Selective,
            "Week 2, selective withdrawal: low priority, inactive, incomplete, no longer fitting",
        ),
        (
            Phase::CleanSlate,
            "Week 3, clean slate: all others, the oldest first",
        ),
    ] {
        let these: Vec<Task> = plan
            .iter()
            .filter(|one| one.phase == phase)
            .map(|one| {
                let soon = one.expires_soon.map(|expires| match expires <= one.on {
                    true => format!("; expires on {expires} by itself, before its turn"),
                    false => format!("; expires on {expires} by itself"),
                });
                let doubt = match doubtful.contains(&one.sent) {
                    true => "; a day in doubt, the export's times have no zone",
                    false => "",
                };
                Task {
                    on: one.on,
                    what: name_of(view, one.sent),
                    link: view.history.sent[one.sent].person.address(),
                    detail: format!(
                        "{}{}; again from {}{doubt}",
                        one.why,
                        soon.unwrap_or_default(),
                        one.again_from
                    ),
                }
            })
            .collect();
        if !these.is_empty() {
            blocks.push(Block::Title(title.to_owned()));
            blocks.push(Block::Tasks(these));
        }
    }
}

fn resend<'a>(view: &AuditView<'a>, blocks: &mut Vec<Block<'a>>) {
    let plan = &view.audit.resend;
    if plan.is_empty() {
        return;
    }
    let people = if plan.len() == 1 { "person" } else { "people" };
    blocks.push(Block::Heading(format!(
        "To invite again: {} {people}",
        plan.len()
    )));
    blocks.push(Block::Text(format!(
        "Possible {} days after the withdrawal. Three ways: A, engage with what they write first; B, lead with value: an article, an insight, an introduction, before you ask for anything; C, another platform. Where you are unsure, follow them instead.",
        view.settings.wait
    )));
    let tasks = plan.iter().map(|one| {
        let mut parts = Vec::new();
        if let Some(priority) = one.priority {
            parts.push(format!("{} priority", priority.name()));
        }
        parts.push(match one.withdrawn {
            Some(on) => format!("withdrawn on {on}, possible from {}", one.possible_from),
            None => "the day of the withdrawal is not known: counted from today".to_owned(),
        });
        match one.follow {
            Some(why) => parts.push(format!("better follow: {why}")),
            None => parts.extend(
                one.steps
                    .iter()
                    .map(|step| format!("{} {} {}", step.way, step.on, step.what)),
            ),
        }
        let invite = one.steps.iter().find(|step| step.way == 'B');
        Task {
            on: invite.map_or(one.possible_from, |step| step.on),
            what: name_of(view, one.sent),
            link: view.history.sent[one.sent].person.address(),
            detail: parts.join("; "),
        }
    });
    blocks.push(Block::Tasks(tasks.collect()));
    if let Some(first) = plan.iter().find(|one| one.follow.is_none()) {
        blocks.push(Block::Text("A beginning, to be filled in:".to_owned()));
        blocks.push(Block::Lines(vec![skeleton(&first_name(view, first.sent))]));
    }
}

fn doubts<'a>(view: &AuditView<'a>, blocks: &mut Vec<Block<'a>>) {
    let (audit, history) = (view.audit, view.history);
    blocks.push(Block::Heading("What this cannot know".to_owned()));
    let mut lines = vec![
        "The export has no status. Accepted means: found among the connections. An invitation without that is pending, declined, withdrawn or expired; the export cannot tell which, and often has only the last months. So every rate is an estimate.".to_owned(),
        match &view.settings.export_zone {
            Some(zone) => format!("Its times have no zone; {zone} is taken, as set."),
            None => "Its times have no zone; UTC is taken. `export-timezone` under [audit] sets another.".to_owned(),
        },
    ];
    if audit.by_name[0] + audit.by_name[1] > 0 {
        lines.push(format!(
            "{} found among the connections by name, because a list has no addresses; {} of these by a name that several people have.",
            plural(audit.by_name[0] + audit.by_name[1], "invitation was", "invitations were"),
            audit.by_name[1]
        ));
    }
    if history.doubled > 0 {
        lines.push(format!(
            "{} in two exports; each counts once.",
            plural(history.doubled, "invitation stands", "invitations stand")
        ));
    }
    if audit.from_ledger > 0 {
        lines.push(format!(
            "{} from the ledger alone.",
            plural(audit.from_ledger, "invitation is", "invitations are")
        ));
    }
    blocks.push(Block::Steps(lines));
    if !history.conflicts.is_empty() {
        let count = history.conflicts.len();
        blocks.push(Block::Text(plural(
            count,
            "place where export and ledger do not agree:",
            "places where export and ledger do not agree:",
        )));
        blocks.push(Block::Lines(history.conflicts.clone()));
    }
    if !view.problems.is_empty() {
        blocks.push(Block::Text(
            "Rows that cannot be read, and were passed over:".to_owned(),
        ));
        let lines = view.problems.iter();
        blocks.push(Block::Lines(
            lines
                .map(|(place, what)| format!("{place}: {what}"))
                .collect(),
        ));
    }
}

/// A share of 1 in percent.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A rate in words: "12 of 40, 30.0 %, 18.1 to 45.4".
pub(super) fn rate_text(rate: &Rate) -> String {
    let share = rate.rate().unwrap_or_default();
    let doubt = if rate.too_few { ", too few to say" } else { "" };
    format!(
        "{} ({} of {}; {:.0} to {:.0} %{doubt})",
        percent(share),
        rate.accepted,
        rate.mature,
        rate.low * 100.0,
        rate.high * 100.0
    )
}

/// The date of a moment by UTC.
pub(super) fn utc_date(moment: jiff::Timestamp) -> Date {
    TimeZone::UTC.to_datetime(moment).date()
}
