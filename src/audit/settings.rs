//! The settings of audits: `[audit]` in the configuration.

use crate::toml_doc::Problems;
use crate::toml_doc::Table;
use crate::zone::known_zone;

/// What counts as too old, too many, too few.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The zone of the export's clock; the export does not tell it.
    pub export_zone: Option<String>,
    /// Days after which an unanswered invitation is to be withdrawn.
    pub withdraw_after: u32,
    /// Days after a withdrawal before the same person can be invited again.
    pub wait: u32,
    /// Months after which LinkedIn cancels an invitation.
    pub expires_after: u32,
    /// So many pending at once are a warning,
    pub pending_warning: u32,
    /// an error,
    pub pending_error: u32,
    /// and the most that LinkedIn allows.
    pub pending_most: u32,
    /// The healthy acceptance rate in percent: from,
    pub healthy_from: u32,
    /// and to.
    pub healthy_to: u32,
    /// At most so many withdrawals a day.
    pub withdraw_per_day: u32,
    /// More withdrawals than this on one day are a mass withdrawal.
    pub mass_withdrawal: u32,
    /// Days of the first week, in which pending invitations are sorted and none withdrawn.
    pub sorting_days: u32,
    /// Days without a sign of life after which a profile is inactive.
    pub inactive_after: u32,
    /// Days before its expiry from which an invitation may as well be left alone.
    pub expires_soon: u32,
    /// Groups smaller than this are too few to say.
    pub too_few: u32,
    /// So many invitations
    pub burst: u32,
    /// within so many minutes look like a machine.
    pub burst_minutes: u32,
    /// Days behind a connection within which a message that sells is a pitch right after acceptance.
    pub pitch_within: u32,
    /// Whether LinkedIn has restricted the account.
    pub restricted: bool,
}

/// 14 days, 21 days, 6 months, 100 to 200 pending, 30 to 50 percent, withdrawal over several days: the guide
/// "When and How to Withdraw LinkedIn Connection Requests" (FinalLayer, 2025). The wait of 21 days is that
/// of LinkedIn Help, too. 1,500 pending is folklore; all the rest are estimates.
impl Default for Settings {
    fn default() -> Self {
        Self {
            export_zone: None,
            withdraw_after: 14,
            wait: 21,
            expires_after: 6,
            pending_warning: 100,
            pending_error: 200,
            pending_most: 1500,
            healthy_from: 30,
            healthy_to: 50,
            withdraw_per_day: 10,
            mass_withdrawal: 20,
            sorting_days: 7,
            inactive_after: 90,
            expires_soon: 14,
            too_few: 30,
            burst: 10,
            burst_minutes: 10,
            pitch_within: 7,
            restricted: false,
        }
    }
}

impl Settings {
    /// Reads the table `[audit]`.
    pub fn read(table: &Table, problems: &mut Problems) -> Self {
        let mut settings = Self::default();
        if let Some(zone) = table.string("export-timezone", problems) {
            match known_zone(zone.value) {
                Some(_) => settings.export_zone = Some(zone.value.to_owned()),
                None => {
                    problems.error(zone.span, "this is no time zone").help =
                        Some("write its IANA name: export-timezone = \"Europe/Berlin\"".into());
                }
            }
        }
        let s = &mut settings;
        for (key, number) in [
            ("withdraw-after", &mut s.withdraw_after),
            ("wait", &mut s.wait),
            ("expires-after", &mut s.expires_after),
            ("pending-warning", &mut s.pending_warning),
            ("pending-error", &mut s.pending_error),
            ("pending-most", &mut s.pending_most),
            ("healthy-from", &mut s.healthy_from),
            ("healthy-to", &mut s.healthy_to),
            ("withdraw-per-day", &mut s.withdraw_per_day),
            ("mass-withdrawal", &mut s.mass_withdrawal),
            ("sorting-days", &mut s.sorting_days),
            ("inactive-after", &mut s.inactive_after),
            ("expires-soon", &mut s.expires_soon),
            ("too-few", &mut s.too_few),
            ("burst", &mut s.burst),
            ("burst-minutes", &mut s.burst_minutes),
            ("pitch-within", &mut s.pitch_within),
        ] {
            if let Some(count) = table.count(key, problems) {
                // Days and months far beyond a life would leave the calendar.
                match count.value <= 100_000 {
                    true => *number = count.value,
                    false => {
                        problems.error(count.span, format!("`{key}` must be 100000 at most"));
                    }
                }
            }
        }
        for key in ["withdraw-per-day", "burst", "burst-minutes"] {
            let number = match key {
                "withdraw-per-day" => &mut settings.withdraw_per_day,
                "burst" => &mut settings.burst,
                _ => &mut settings.burst_minutes,
            };
            if *number == 0 {
                problems.error(table.span_of(key), format!("`{key}` must be 1 or more"));
                *number = 1;
            }
        }
        if settings.healthy_from > settings.healthy_to || settings.healthy_to > 100 {
            let span = table.span_of("healthy-to");
            problems.error(span, "`healthy-from` and `healthy-to` are percentages, the second no less than the first");
        }
        if settings.pending_warning > settings.pending_error {
            let span = table.span_of("pending-error");
            problems.error(
                span,
                "`pending-error` must be no less than `pending-warning`",
            );
        }
        if let Some(restricted) = table.boolean("restricted", problems) {
            settings.restricted = restricted.value;
        }
        table.finish(problems);
        settings
    }
}
