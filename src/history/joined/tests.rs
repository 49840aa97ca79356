//! Lists joined person by person.

use super::*;
use crate::history::Invitation;
use crate::history::Written;
use crate::history::read_moment;

fn place(file: &str, line: u32) -> Place {
    Place {
        file: file.into(),
        line,
    }
}

fn invitation(name: &str, url: &str, sent: &str, line: u32) -> Invitation {
    Invitation {
        person: Person::new(name, url),
        sent: read_moment(sent).unwrap(),
        note: None,
        place: place("inv.csv", line),
    }
}

fn connection(name: &str, url: &str, on: &str, line: u32) -> Connection {
    Connection {
        person: Person::new(name, url),
        on: match read_moment(on) {
            Some(Written::Date(date)) => Some(date),
            _ => None,
        },
        company: Box::default(),
        place: place("con.csv", line),
    }
}

fn row(name: &str, url: &str, sent: &str, status: Option<Status>, line: u32) -> LedgerRow {
    LedgerRow {
        person: Person::new(name, url),
        sent: read_moment(sent),
        status,
        ..LedgerRow::new(place("led.csv", line))
    }
}

fn joined(
    invitations: Vec<Invitation>,
    connections: Vec<Connection>,
    ledger: Vec<LedgerRow>,
) -> History {
    let archive = Archive {
        invitations,
        connections,
        has_invitations: true,
        has_connections: true,
        ..Archive::default()
    };
    History::new(archive, ledger, None, None)
}

#[test]
fn profiles_go_before_names_and_names_only_where_an_address_is_missing() {
    let history = joined(
        vec![
            invitation("Ana Silva", "in/ana", "2/1/26, 9:00 AM", 2),
            invitation("Bo Berg", "", "2/2/26, 9:00 AM", 3),
            invitation("Cy Dal", "in/cy", "2/3/26, 9:00 AM", 4),
            invitation("Di Eng", "in/di", "2/4/26, 9:00 AM", 5),
            invitation("Ed Fox", "", "2/5/26, 9:00 AM", 6),
            invitation("Flo Gru", "", "2/6/26, 9:00 AM", 7),
        ],
        vec![
            connection("A. Silva", "in/ANA/", "08 Feb 2026", 5),
            connection("Bo Berg, MBA", "in/bo-b", "08 Feb 2026", 6),
            // Another person of the same name.
            connection("Cy Dal", "in/cy-2", "08 Feb 2026", 7),
            connection("Di Eng", "", "08 Feb 2026", 8),
            connection("Ed Fox", "in/ed-1", "08 Feb 2026", 9),
            connection("Ed Fox", "in/ed-2", "08 Feb 2026", 10),
            // Connected years before the invitation: somebody else.
            connection("Flo Gru", "in/flo", "08 Feb 2019", 11),
        ],
        Vec::new(),
    );
    let found: Vec<Option<Matched>> = history
        .sent
        .iter()
        .map(|sent| sent.connection.map(|(_, how)| how))
        .collect();
    use Matched::{Name, Profile, SharedName};
    assert_eq!(
        found,
        [
            Some(Profile),
            Some(Name),
            None,
            Some(Name),
            Some(SharedName),
            None
        ]
    );
}

#[test]
fn people_who_were_invited_again_are_told_apart_by_their_turn() {
    let history = joined(
        vec![
            invitation("Ana", "in/ana", "2/1/26, 9:00 AM", 3),
            invitation("Ana", "in/ana", "9/1/25, 9:00 AM", 2),
            invitation("Bo", "", "2/2/26, 9:00 AM", 4),
        ],
        Vec::new(),
        Vec::new(),
    );
    let turns: Vec<(usize, bool)> = history
        .sent
        .iter()
        .map(|sent| (sent.before, sent.repeated))
        .collect();
    assert_eq!(turns, [(0, true), (1, false), (0, false)]);
    assert_eq!(history.invitations_to(&Person::new("x", "in/ANA")), [0, 1]);
}

#[test]
fn rows_of_two_exports_count_once_and_rows_of_one_file_each() {
    let mut twice = vec![
        invitation("Ana", "in/ana", "2/1/26, 9:00 AM", 2),
        invitation("Ana", "in/ana", "2/1/26, 9:00 AM", 7),
    ];
    twice[1].place.file = "older.csv".into();
    let history = joined(twice.clone(), Vec::new(), Vec::new());
    assert_eq!((history.sent.len(), history.doubled), (1, 1));
    twice[1].place.file = "inv.csv".into();
    assert_eq!(joined(twice, Vec::new(), Vec::new()).sent.len(), 2);
}

#[test]
fn a_connection_of_two_exports_is_one() {
    let mut twice = vec![
        connection("Bo", "in/bo", "08 Feb 2026", 5),
        connection("Bo", "in/bo", "08 Feb 2026", 9),
    ];
    twice[1].place.file = "older.csv".into();
    assert_eq!(
        joined(Vec::new(), twice.clone(), Vec::new())
            .connections
            .len(),
        1
    );
    // Two people of one name in one export are two.
    twice[1].place.file = twice[0].place.file.clone();
    assert_eq!(joined(Vec::new(), twice, Vec::new()).connections.len(), 2);
}

#[test]
fn the_ledger_is_joined_and_disagreements_are_told_with_both_places() {
    let history = joined(
        vec![
            invitation("Ana", "in/ana", "2/1/26, 9:00 AM", 2),
            invitation("Bo", "in/bo", "2/2/26, 9:00 AM", 3),
            invitation("Cy", "in/cy", "2/3/26, 9:00 AM", 4),
            invitation("Di", "in/di", "2/4/26, 9:00 AM", 5),
        ],
        vec![connection("Bo", "in/bo", "08 Feb 2026", 5)],
        vec![
            row("Ana", "in/ana", "2026-02-02", Some(Status::Declined), 2),
            row("Bo", "in/bo", "", Some(Status::Withdrawn), 3),
            row("Cy", "in/cy", "2026-02-07", Some(Status::Pending), 4),
            row("Di", "in/di", "", Some(Status::Accepted), 5),
            row("Eve", "in/eve", "2025-06-01", Some(Status::Pending), 6),
            row("Flo", "in/flo", "", Some(Status::Pending), 7),
        ],
    );
    assert_eq!(history.sent.len(), 5);
    assert!(history.sent[0].from_ledger && history.sent[0].person.slug.as_deref() == Some("eve"));
    let rows: Vec<Option<usize>> = history.sent.iter().map(|sent| sent.ledger).collect();
    assert_eq!(rows, [Some(4), Some(0), Some(1), Some(2), Some(3)]);
    for (line, expected) in [
        "Cy: sent on 2026-02-03 (inv.csv:4), but on 2026-02-07 in the ledger (led.csv:4): the export counts",
        "Flo: the ledger (led.csv:7) has an invitation that the export does not have; say when it was `sent`",
        "Bo: withdrawn in the ledger (led.csv:3), but connected since 2026-02-08 (con.csv:5): it counts as accepted",
        "Di: accepted in the ledger (led.csv:5), but not among the connections (inv.csv:5): it counts as accepted",
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(history.conflicts[line], expected);
    }
    assert_eq!(history.conflicts.len(), 4);
}

#[test]
fn a_row_of_the_ledger_that_stands_twice_counts_once() {
    let declined = Some(Status::Declined);
    let history = joined(
        Vec::new(),
        Vec::new(),
        vec![
            row("Ana", "in/ana", "2026-01-05", declined, 2),
            row("Ana", "in/ana", "2026-01-05", declined, 3),
            row("Ana", "in/ana", "2026-03-05", declined, 4),
            row("Bo", "", "2026-01-05", declined, 5),
        ],
    );
    let found: Vec<(&str, usize)> = history
        .sent
        .iter()
        .map(|sent| (&*sent.person.name, sent.before))
        .collect();
    assert_eq!(found, [("Ana", 0), ("Bo", 0), ("Ana", 1)]);
    assert_eq!(history.ledger.len(), 3);
}
