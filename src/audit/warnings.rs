//! What to mind: too many pending, a low rate, bursts, mass withdrawals, identical notes, pitches.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::audit::Audit;
use crate::audit::Band;
use crate::audit::Input;
use crate::audit::Outcome;
use crate::audit::ages::days_between;
use crate::audit::outcome::date_of;
use crate::diagnostic::Severity;

/// A thing to mind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Its name.
    pub id: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What is so.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// All that there is to mind, the gravest first.
pub(super) fn warnings(input: &Input<'_>, audit: &Audit) -> Vec<Warning> {
    let mut found = Found(Vec::new());
    found.restricted(input, audit);
    found.pending(input, audit);
    found.acceptance(input, audit);
    found.pace(input);
    found.mass_withdrawal(input);
    found.identical(input);
    found.pitches(input);
    found.follow(audit);
    found.unknown(input, audit);
    found
        .0
        .sort_by_key(|warning| std::cmp::Reverse(warning.severity));
    found.0
}

struct Found(Vec<Warning>);

impl Found {
    fn say(
        &mut self,
        id: &'static str,
        severity: Severity,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.0.push(Warning {
            id,
            severity,
            message: message.into(),
            help: help.into(),
        });
    }

    fn restricted(&mut self, input: &Input<'_>, audit: &Audit) {
        const HELP: &str = "Stop sending. Engage with the connections that you have: comment, answer, share. Mend notes and targeting until the acceptance rate rises, then begin again slowly.";
        if input.settings.restricted {
            self.say(
                "restricted",
                Severity::Error,
                "Your account is restricted, by your settings: no invitation is planned",
                HELP,
            );
            return;
        }
        let crowded = audit.refined.pending >= input.settings.pending_error as usize;
        if crowded && audit.band == Band::Low {
            self.say(
                "restriction-risk",
                Severity::Warning,
                "Many pending invitations and few acceptances: this is how accounts come to be restricted",
                format!("If it happens, set `restricted = true` under [audit]. {HELP}"),
            );
        }
    }

    fn pending(&mut self, input: &Input<'_>, audit: &Audit) {
        let settings = input.settings;
        let pending = audit.refined.pending;
        let (severity, limit) = match pending {
            _ if pending >= settings.pending_most as usize => {
                (Severity::Error, settings.pending_most)
            }
            _ if pending >= settings.pending_error as usize => {
                (Severity::Error, settings.pending_error)
            }
            _ if pending >= settings.pending_warning as usize => {
                (Severity::Warning, settings.pending_warning)
            }
            _ => return,
        };
        let message = match limit == settings.pending_most {
            true => format!("{pending} invitations are pending; LinkedIn is said to allow {limit}"),
            false => format!(
                "{pending} invitations are pending: {limit} or more look like poor targeting"
            ),
        };
        self.say(
            "pending-many",
            severity,
            message,
            "Withdraw the old ones step by step, as planned below, before you send new ones.",
        );
    }

    fn acceptance(&mut self, input: &Input<'_>, audit: &Audit) {
        if !input.history.has_connections {
            return;
        }
        let settings = input.settings;
        let rate = audit.refined_acceptance;
        let percent = rate.rate().unwrap_or_default() * 100.0;
        match audit.band {
            Band::Low => self.say(
                "acceptance-low",
                Severity::Warning,
                format!("{percent:.0} % of the invitations were accepted; {} to {} % is healthy", settings.healthy_from, settings.healthy_to),
                "Mend notes and targeting before you send more: a personal reference, a specific reason, something of value, to people who have a reason to know you.",
            ),
            Band::High => self.say(
                "acceptance-high",
                Severity::Hint,
                format!("{percent:.0} % of the invitations were accepted: above {} %", settings.healthy_to),
                "Your notes and your choice of people work. You could reach a little further: people that you know less well.",
            ),
            Band::Healthy | Band::Unknown => {}
        }
    }

    /// Bursts, days, weeks and months with more than is good.
    fn pace(&mut self, input: &Input<'_>) {
        let (settings, sending) = (input.settings, input.sending);
        let sent = &input.history.sent;
        let moments: Vec<i64> = sent
            .iter()
            .filter(|one| one.sent.has_time)
            .map(|one| one.sent.at.as_second())
            .collect();
        let window = i64::from(settings.burst_minutes) * 60;
        if let Some((first, count)) = densest(&moments, window)
            && count >= settings.burst as usize
        {
            let at = sent
                .iter()
                .find(|one| one.sent.at.as_second() == moments[first]);
            let when = at
                .map(|one| format!(" on {}", one.sent.local.date()))
                .unwrap_or_default();
            self.say(
                "burst",
                Severity::Warning,
                format!("{count} invitations within {} minutes{when}: this looks like a machine", settings.burst_minutes),
                "Send by hand, one by one, with some minutes between. `connote schedule` spreads them.",
            );
        }
        let days: Vec<i64> = sent.iter().map(|one| one.sent.at.as_second()).collect();
        let week = 7 * 86_400;
        if let Some((first, count)) = densest(&days, week)
            && count > sending.per_week as usize
        {
            let from = sent[first].sent.local.date();
            self.say(
                "weekly-pace",
                Severity::Warning,
                format!("{count} invitations in the seven days from {from}; about {} a week are allowed", sending.per_week),
                "Send fewer and better ones: `per-week` under [schedule] is the limit that plans keep to.",
            );
        }
    }

    fn mass_withdrawal(&mut self, input: &Input<'_>) {
        let mut days: BTreeMap<Date, usize> = BTreeMap::new();
        for row in &input.history.ledger {
            if let Some(on) = row.withdrawn {
                *days.entry(date_of(on)).or_default() += 1;
            }
        }
        let worst = days
            .iter()
            .max_by_key(|(day, count)| (**count, std::cmp::Reverse(**day)));
        if let Some((day, count)) = worst
            && *count > input.settings.mass_withdrawal as usize
        {
            self.say(
                "mass-withdrawal",
                Severity::Warning,
                format!("{count} invitations were withdrawn on {day}, all at once"),
                "A mass withdrawal can look like spam. Spread withdrawals over several days.",
            );
        }
    }

    fn identical(&mut self, input: &Input<'_>) {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for facts in input.notes.iter().flatten() {
            if let Some(template) = facts.template {
                *counts.entry(template).or_default() += 1;
            }
        }
        let all: usize = counts.values().sum();
        if all == 0 {
            return;
        }
        let texts = if counts.len() == 1 { "text" } else { "texts" };
        self.say(
            "identical-notes",
            Severity::Warning,
            format!("{all} notes share {} {texts}: the first thing that gets invitations ignored", counts.len()),
            "Write each note for its reader. `connote check` with this export as `--history` finds drafts that repeat them.",
        );
    }

    fn pitches(&mut self, input: &Input<'_>) {
        let history = input.history;
        let messages = history.messages.iter().zip(input.pitches);
        let soon = messages.filter(|(message, pitch)| {
            let connection = history.connection_of(&message.person);
            let on = connection.and_then(|(number, _)| history.connections[number].on);
            let at = jiff::tz::TimeZone::UTC.to_datetime(message.at).date();
            **pitch
                && on.is_some_and(|on| {
                    days_between(on, at) <= i64::from(input.settings.pitch_within)
                })
        });
        let count = soon.count();
        if count > 0 {
            let people = if count == 1 { "person" } else { "people" };
            self.say(
                "pitch-after-acceptance",
                Severity::Warning,
                format!(
                    "{count} {people} got a message that sells within {} days of accepting",
                    input.settings.pitch_within
                ),
                "Pitching right after acceptance is a red flag of the guide: give something first.",
            );
        }
    }

    fn follow(&mut self, audit: &Audit) {
        let count = audit
            .resend
            .iter()
            .filter(|resend| resend.follow.is_some())
            .count();
        if count > 0 {
            self.say(
                "follow-instead",
                Severity::Info,
                format!(
                    "{count} of those who were withdrawn are better followed than invited again"
                ),
                "Follow them and engage with what they write; connect later, if at all.",
            );
        }
    }

    /// What the data cannot tell, where that changes the figures.
    fn unknown(&mut self, input: &Input<'_>, audit: &Audit) {
        let history = input.history;
        if !history.has_connections {
            let message = match audit.refined.accepted {
                0 => {
                    "There is no list of connections: nobody is known to have accepted, and every rate here is 0"
                }
                _ => {
                    "There is no list of connections: only whom the ledger names is known to have accepted, and every rate here is too low"
                }
            };
            self.say(
                "no-connections",
                Severity::Warning,
                message,
                "Ask LinkedIn for Connections, too, when you request the export.",
            );
        }
        if history.hidden > 0 {
            let accepted = audit.refined.accepted;
            self.say(
                "hidden-members",
                Severity::Info,
                format!("{} connections hide who they are: some of them may be people who seem not to have answered ({accepted} are known to have accepted)", history.hidden),
                "Look at your list of connections before you withdraw an invitation that matters to you.",
            );
        }
        let doubtful = audit
            .pending
            .iter()
            .filter(|pending| pending.in_doubt)
            .count();
        if doubtful > 0 {
            let invitations = if doubtful == 1 {
                "invitation"
            } else {
                "invitations"
            };
            self.say(
                "day-in-doubt",
                Severity::Info,
                format!("For {doubtful} {invitations} a day's doubt matters: the export's times have no zone"),
                "If you know it, set `export-timezone` under [audit].",
            );
        }
        let ignored = audit
            .outcomes
            .iter()
            .filter(|outcome| **outcome == Outcome::Replaced)
            .count();
        if ignored > 0 && history.ledger.is_empty() {
            self.say(
                "invited-again",
                Severity::Info,
                format!("{ignored} invitations went to people who were invited again later; these were withdrawn, declined or expired before"),
                "Keep a ledger (`--ledger`) of what you withdraw and who declines: the export cannot tell.",
            );
        }
    }
}

/// The most moments within so many seconds: the number of the first, and how many. Moments are in order.
fn densest(moments: &[i64], window: i64) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    let mut first = 0;
    for last in 0..moments.len() {
        while moments[last] - moments[first] >= window {
            first += 1;
        }
        let count = last - first + 1;
        if best.is_none_or(|(_, most)| count > most) {
            best = Some((first, count));
        }
    }
    best
}
