//! Small histories whose figures were worked out by hand, and plans that must keep to their rules.

use proptest::prelude::*;

use super::*;
use crate::history::Archive;
use crate::history::Connection;
use crate::history::Invitation;
use crate::history::LedgerRow;
use crate::history::Person;
use crate::history::Place;
use crate::history::Priority;
use crate::history::Status;
use crate::history::Written;
use crate::history::read_moment;

const NOW: &str = "2026-02-15T00:00:00Z";

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn invitation(who: usize, sent: &str) -> Invitation {
    Invitation {
        person: Person::new(&format!("Person {who}"), &format!("in/p{who}")),
        sent: read_moment(sent).unwrap(),
        note: None,
        place: Place {
            file: "i.csv".into(),
            line: who as u32 + 2,
        },
    }
}

fn connection(who: usize, on: &str) -> Connection {
    Connection {
        person: Person::new("", &format!("in/p{who}")),
        on: Some(date(on)),
        company: Box::default(),
        place: Place::default(),
    }
}

fn row(who: usize, status: Status) -> LedgerRow {
    LedgerRow {
        person: Person::new("", &format!("in/p{who}")),
        status: Some(status),
        ..LedgerRow::new(Place {
            file: "l.csv".into(),
            line: who as u32 + 2,
        })
    }
}

struct Case {
    history: History,
    settings: Settings,
    sending: schedule::Settings,
}

impl Case {
    fn new(
        invitations: Vec<Invitation>,
        connections: Vec<Connection>,
        ledger: Vec<LedgerRow>,
    ) -> Self {
        let archive = Archive {
            invitations,
            connections,
            has_invitations: true,
            has_connections: true,
            ..Archive::default()
        };
        Self {
            history: History::new(archive, ledger, None, None),
            settings: Settings::default(),
            sending: schedule::Settings::default(),
        }
    }

    fn audit(&self) -> Audit {
        Audit::new(&Input {
            history: &self.history,
            notes: &[],
            templates: &[],
            pitches: &[],
            settings: &self.settings,
            sending: &self.sending,
            now: NOW.parse().unwrap(),
        })
    }
}

#[test]
fn the_limits_of_two_weeks_and_six_months_are_exact() {
    let case = Case::new(
        vec![
            // Six calendar months to the minute, and one minute less.
            invitation(0, "8/15/25, 12:00 AM"),
            invitation(1, "8/15/25, 12:01 AM"),
            // Two weeks to the minute, and one minute less.
            invitation(2, "2/1/26, 12:00 AM"),
            invitation(3, "2/1/26, 12:01 AM"),
        ],
        Vec::new(),
        Vec::new(),
    );
    let audit = case.audit();
    let counts = audit.counts;
    assert_eq!((counts.outgoing, counts.expired, counts.pending), (4, 1, 3));
    assert_eq!(counts.pending_ripe, 2);
    assert_eq!(audit.acceptance.mature, 3);
    assert_eq!(audit.ages, [1, 1, 0, 1]);
    assert_eq!(audit.withdraw.len(), 2);
    let days: Vec<i64> = audit.pending.iter().map(|one| one.age_days).collect();
    assert_eq!(days, [183, 14, 13]);
    // Nobody knows the zone of these times, and a day matters for all of them.
    assert!(audit.pending.iter().all(|one| one.in_doubt));
}

#[test]
fn the_export_alone_counts_rows_and_the_refined_figures_people() {
    let case = Case::new(
        vec![
            invitation(0, "9/1/25, 9:00 AM"),
            invitation(0, "12/1/25, 9:00 AM"),
            invitation(1, "9/2/25, 9:00 AM"),
            invitation(1, "12/2/25, 9:00 AM"),
        ],
        vec![connection(0, "2025-12-05")],
        Vec::new(),
    );
    let audit = case.audit();
    assert_eq!((audit.counts.accepted, audit.counts.pending), (2, 2));
    assert_eq!(
        (
            audit.refined.accepted,
            audit.refined.pending,
            audit.refined.replaced
        ),
        (1, 1, 2)
    );
    assert_eq!(
        (
            audit.refined_acceptance.accepted,
            audit.refined_acceptance.mature
        ),
        (1, 4)
    );
}

#[test]
fn the_ledger_refines_the_counts() {
    let mut gone = row(2, Status::Withdrawn);
    gone.withdrawn = read_moment("2026-02-10");
    gone.priority = Some(Priority::High);
    let mut alone = row(9, Status::Pending);
    alone.sent = read_moment("2025-12-24");
    let case = Case::new(
        (0..5)
            .map(|who| invitation(who, "12/10/25, 9:00 AM"))
            .collect(),
        vec![connection(0, "2025-12-12")],
        vec![
            row(1, Status::Declined),
            gone,
            row(3, Status::Accepted),
            alone,
        ],
    );
    let audit = case.audit();
    let counts = audit.counts;
    assert_eq!(
        (counts.outgoing, counts.accepted, counts.pending),
        (6, 2, 2)
    );
    assert_eq!(
        (counts.declined, counts.withdrawn, audit.from_ledger),
        (1, 1, 1)
    );
    assert_eq!(audit.resend.len(), 1);
    let again = &audit.resend[0];
    assert_eq!(again.withdrawn, Some(date("2026-02-10")));
    assert_eq!(again.possible_from, date("2026-03-03"));
    // 3 March 2026 is a Tuesday; two steps of engaging come before it.
    let steps: Vec<(char, Date)> = again.steps.iter().map(|step| (step.way, step.on)).collect();
    assert_eq!(
        steps,
        [
            ('A', date("2026-02-17")),
            ('A', date("2026-02-26")),
            ('B', date("2026-03-03")),
            ('C', date("2026-03-17")),
        ]
    );
}

#[test]
fn who_was_withdrawn_twice_or_does_not_fit_is_followed_and_a_restricted_account_plans_nothing() {
    let withdrawn = |who: usize, sent: &str, on: &str| LedgerRow {
        sent: read_moment(sent),
        withdrawn: read_moment(on),
        ..row(who, Status::Withdrawn)
    };
    let mut case = Case::new(
        vec![
            invitation(0, "9/1/25, 9:00 AM"),
            invitation(0, "12/1/25, 9:00 AM"),
            invitation(1, "12/1/25, 9:00 AM"),
        ],
        Vec::new(),
        vec![
            withdrawn(0, "2025-09-01", "2025-09-20"),
            withdrawn(0, "2025-12-01", "2025-12-20"),
            withdrawn(1, "2025-12-01", "2025-12-20"),
        ],
    );
    let audit = case.audit();
    let follow: Vec<bool> = audit
        .resend
        .iter()
        .map(|one| one.follow.is_some())
        .collect();
    assert_eq!(follow, [false, true]);
    assert!(
        audit
            .warnings
            .iter()
            .any(|warning| warning.id == "follow-instead")
    );
    case.settings.restricted = true;
    let audit = case.audit();
    assert!(audit.resend.iter().all(|one| one.steps.is_empty()));
    assert_eq!(audit.warnings[0].id, "restricted");
}

#[test]
fn warnings_are_given_from_their_limits_on() {
    let many = |count: usize| -> Vec<Invitation> {
        (0..count)
            .map(|who| {
                invitation(
                    who,
                    &format!("1/{}/26, {}:{:02} AM", who % 14 + 1, who % 11 + 1, who % 60),
                )
            })
            .collect()
    };
    let ids = |case: &Case| -> Vec<&'static str> {
        case.audit()
            .warnings
            .iter()
            .map(|warning| warning.id)
            .collect()
    };
    let severity = |case: &Case| {
        let audit = case.audit();
        let found = audit
            .warnings
            .iter()
            .find(|warning| warning.id == "pending-many");
        found.map(|warning| warning.severity.name())
    };
    assert_eq!(severity(&Case::new(many(99), Vec::new(), Vec::new())), None);
    assert_eq!(
        severity(&Case::new(many(100), Vec::new(), Vec::new())),
        Some("warning")
    );
    let crowd = Case::new(many(200), Vec::new(), Vec::new());
    assert_eq!(severity(&crowd), Some("error"));
    assert!(ids(&crowd).contains(&"acceptance-low") && ids(&crowd).contains(&"restriction-risk"));
    // 200 invitations in two weeks are more than 100 in one of them, or just so.
    assert!(!ids(&Case::new(many(100), Vec::new(), Vec::new())).contains(&"weekly-pace"));
    let burst = |count: usize| {
        let sent = (0..count).map(|who| invitation(who, &format!("1/5/26, 9:0{} AM", who % 10)));
        Case::new(sent.collect(), Vec::new(), Vec::new())
    };
    assert!(ids(&burst(10)).contains(&"burst") && !ids(&burst(9)).contains(&"burst"));
    let gone = |count: usize| {
        let rows = (0..count).map(|who| LedgerRow {
            withdrawn: read_moment("2026-02-01"),
            ..row(who, Status::Withdrawn)
        });
        Case::new(many(count), Vec::new(), rows.collect())
    };
    assert!(
        ids(&gone(21)).contains(&"mass-withdrawal") && !ids(&gone(20)).contains(&"mass-withdrawal")
    );
}

#[test]
fn bands_are_those_of_the_guide_and_few_say_nothing() {
    let settings = Settings::default();
    let band = |accepted, mature| Rate::new(accepted, mature, &settings).band(&settings);
    assert_eq!(band(29, 100), Band::Low);
    assert_eq!(band(30, 100), Band::Healthy);
    assert_eq!(band(50, 100), Band::Healthy);
    assert_eq!(band(51, 100), Band::High);
    assert_eq!(band(20, 29), Band::Unknown);
}

#[test]
fn the_first_to_go_are_unimportant_and_gone_quiet() {
    let with = |who, priority, quiet: bool| LedgerRow {
        priority,
        last_activity: read_moment(if quiet { "2025-06-01" } else { "2026-02-10" }),
        ..row(who, Status::Pending)
    };
    let case = Case::new(
        (0..5)
            .map(|who| invitation(who, "12/10/25, 9:00 AM"))
            .collect(),
        Vec::new(),
        vec![
            with(0, Some(Priority::High), false),
            with(1, Some(Priority::Medium), false),
            with(2, Some(Priority::Low), false),
            with(3, Some(Priority::Medium), true),
            with(4, Some(Priority::Low), true),
        ],
    );
    let audit = case.audit();
    let order: Vec<usize> = audit.withdraw.iter().map(|one| one.sent).collect();
    assert_eq!(order, [4, 3, 2, 1, 0]);
    // All are sorted, so the first week is not needed: it begins on Monday, one a day.
    assert_eq!(audit.withdraw[0].on, date("2026-02-16"));
    assert_eq!(
        audit.withdraw[0].why,
        "unanswered for 66 days; low priority; inactive since 2025-06-01"
    );
    assert_eq!(audit.withdraw[3].on, date("2026-02-23"));
    assert_eq!(audit.withdraw[3].phase, Phase::CleanSlate);
}

proptest! {
    #[test]
    fn plans_keep_their_rules(
        ages in prop::collection::vec(0i64..300, 0..120),
        cap in 1u32..15,
        known in prop::collection::vec(prop::option::of(0..3u8), 0..120),
    ) {
        let now: Timestamp = NOW.parse().unwrap();
        let invitations: Vec<Invitation> = ages.iter().enumerate().map(|(who, age)| {
            let sent = now - jiff::SignedDuration::from_hours(age * 24 + 5);
            let local = TimeZone::UTC.to_datetime(sent);
            Invitation { sent: Written::Clock(local), ..invitation(who, "1/1/26, 9:00 AM") }
        }).collect();
        let rows = known.iter().enumerate().filter(|(who, _)| *who < ages.len()).filter_map(|(who, priority)| {
            let priority = [Priority::High, Priority::Medium, Priority::Low][usize::from((*priority)?)];
            Some(LedgerRow { priority: Some(priority), ..row(who, Status::Pending) })
        });
        let mut case = Case::new(invitations, Vec::new(), rows.collect());
        case.settings.withdraw_per_day = cap;
        let closed = (date("2026-02-24"), date("2026-02-27"));
        case.sending.quiet_dates.push(closed);
        let audit = case.audit();
        // Each that is ripe once, and no other.
        let mut planned: Vec<usize> = audit.withdraw.iter().map(|one| one.sent).collect();
        planned.sort_unstable();
        let ripe: Vec<usize> = audit.pending.iter().filter(|one| one.age_days >= 14).map(|one| one.sent).collect();
        prop_assert_eq!(planned, ripe);
        let mut per_day = std::collections::BTreeMap::new();
        for one in &audit.withdraw {
            *per_day.entry(one.on).or_insert(0u32) += 1;
            prop_assert!(one.on > audit.today);
            prop_assert!(one.on < closed.0 || one.on > closed.1);
            prop_assert!(one.on.weekday().to_monday_zero_offset() < 5);
            prop_assert_eq!(one.again_from, one.on + jiff::Span::new().days(21));
        }
        prop_assert!(per_day.values().all(|count| *count <= cap));
        prop_assert!(audit.withdraw.windows(2).all(|pair| pair[0].on <= pair[1].on));
        // More than a handful are never withdrawn on one day.
        prop_assert!(audit.withdraw.len() < 10 || per_day.len() >= 3);
        // All counts add up.
        let counts = audit.counts;
        prop_assert_eq!(counts.outgoing, counts.accepted + counts.pending + counts.expired + counts.declined + counts.withdrawn + counts.replaced);
        prop_assert_eq!(audit.ages.iter().sum::<usize>(), audit.refined.pending);
    }
}
