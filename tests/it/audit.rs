//! `connote audit` from outside, on the sample export. The figures are worked out a second time, from the
//! tables as another hand's readers see them, with no more than the definitions.

use std::collections::HashMap;
use std::io::Read;

use jiff::civil::Date;
use jiff::civil::DateTime;
use serde_json::Value;

use crate::program::program;
use crate::program::root;

pub(crate) fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = program().args(arguments).output().unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn audit(more: &[&str]) -> Value {
    let mut arguments = vec![
        "audit",
        "samples/export.zip",
        "--now",
        "2026-02-15",
        "--format",
        "json",
    ];
    arguments.extend(more);
    let (status, json, complaints) = run(&arguments);
    assert_eq!((status, complaints.as_str()), (0, ""));
    serde_json::from_str(&json).unwrap()
}

/// The rows of a table of the archive below its header, by the header's words.
fn table(name: &str) -> Vec<HashMap<String, String>> {
    let file = std::fs::File::open(root().join("samples/export.zip")).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    // The preamble of Connections.csv ends with an empty line.
    let text = text.trim_start_matches('\u{feff}');
    let text = match text.starts_with("Notes:") {
        true => text.split_once("\r\n\r\n").unwrap().1,
        false => text,
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// "1/29/26, 2:37 PM", piece by piece.
fn moment(text: &str) -> DateTime {
    let numbers: Vec<i16> = text
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().unwrap())
        .collect();
    let [month, day, year, hour, minute] = numbers[..] else {
        panic!("{text}")
    };
    let hour = hour % 12 + if text.ends_with("PM") { 12 } else { 0 };
    DateTime::new(
        2000 + year,
        month as i8,
        day as i8,
        hour as i8,
        minute as i8,
        0,
        0,
    )
    .unwrap()
}

fn slug(url: &str) -> String {
    url.trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap()
        .to_lowercase()
}

/// "Anna Meier, PhD" and "Anna Meier" are one.
fn plain_name(name: &str) -> String {
    name.trim_end_matches(", PhD").to_lowercase()
}

/// An invitation of the sample, and whether the invitee is connected.
struct Sent {
    name: String,
    slug: Option<String>,
    at: DateTime,
    accepted: bool,
    has_note: bool,
}

fn by_hand() -> (Vec<Sent>, usize) {
    let connections = table("Connections.csv");
    let german = table("2022/Verbindungen.csv");
    let slugs: Vec<String> = connections
        .iter()
        .filter(|row| !row["URL"].is_empty())
        .map(|row| slug(&row["URL"]))
        .collect();
    // Name, date and whether there is an address.
    let mut names: Vec<(String, Date, bool)> = Vec::new();
    for row in &connections {
        let name = format!("{} {}", row["First Name"], row["Last Name"]);
        let on = Date::strptime("%d %b %Y", &row["Connected On"]).unwrap();
        names.push((plain_name(&name), on, !row["URL"].is_empty()));
    }
    for row in &german {
        let name = format!("{} {}", row["Vorname"], row["Nachname"]);
        let on = row["Verbunden am"]
            .replace("März", "Mar")
            .replace("Mai", "May")
            .replace('.', "");
        let on = Date::strptime("%d %b %Y", &on).unwrap();
        names.push((plain_name(&name), on, false));
    }
    let mut rows = table("Invitations.csv");
    rows.extend(table("2022/invitations_archive.csv"));
    let incoming = rows
        .iter()
        .filter(|row| row["Direction"] == "INCOMING")
        .count();
    let sent = rows
        .iter()
        .filter(|row| row["Direction"] == "OUTGOING")
        .map(|row| {
            let slug = row.get("inviteeProfileUrl").map(|url| slug(url));
            let (name, at) = (plain_name(&row["To"]), moment(&row["Sent At"]));
            // By name only where one of the two has no address, and not years before.
            let by_name = || {
                let mut same = names.iter().filter(|(known, ..)| *known == name);
                let yesterday = at.date().yesterday().unwrap();
                // Of several people the first counts.
                same.find(|(_, _, has_address)| slug.is_none() || !has_address)
                    .is_some_and(|(_, on, _)| *on >= yesterday)
            };
            let known = slug.as_ref().is_some_and(|slug| slugs.contains(slug));
            Sent {
                accepted: known || by_name(),
                has_note: !row["Message"].is_empty(),
                name: row["To"].clone(),
                slug,
                at,
            }
        });
    (sent.collect(), incoming)
}

#[test]
fn the_figures_are_right() {
    let (sent, incoming) = by_hand();
    let found = audit(&[]);
    let now: DateTime = "2026-02-15T00:00:00".parse().unwrap();
    let months = |count: i64| jiff::Span::new().months(count);
    let expired = |one: &&Sent| !one.accepted && one.at + months(6) <= now;
    let pending = |one: &&Sent| !one.accepted && one.at + months(6) > now;
    let mature = |one: &&Sent| one.at + jiff::Span::new().days(14) <= now;
    let count = |test: &dyn Fn(&&Sent) -> bool| sent.iter().filter(test).count();
    let counts = &found["counts"];
    assert_eq!(counts["outgoing"], sent.len());
    assert_eq!(counts["incoming"], incoming);
    assert_eq!(counts["accepted"], count(&|one| one.accepted));
    assert_eq!(counts["pending"], count(&pending));
    assert_eq!(counts["expired"], count(&expired));
    assert_eq!(
        counts["pending_over_14_days"],
        count(&|one| pending(one) && mature(one))
    );
    let (all, yes) = (count(&mature), count(&|one| mature(one) && one.accepted));
    let acceptance = &found["acceptance"];
    assert_eq!(
        (&acceptance["mature"], &acceptance["accepted"]),
        (&all.into(), &yes.into())
    );
    let rate = yes as f64 / all as f64;
    assert!((acceptance["rate"].as_f64().unwrap() - rate).abs() < 1e-6);
    // Wilson's ends are where the distance to the rate is 1.96 standard errors of the end itself.
    for end in ["low", "high"] {
        let end = acceptance[end].as_f64().unwrap();
        let errors = (rate - end).abs() / (end * (1.0 - end) / all as f64).sqrt();
        assert!((errors - 1.96).abs() < 0.001, "{end}: {errors}");
    }
    assert_eq!(acceptance["band"], "healthy");
    // Every kind of row is there.
    assert!(sent.iter().any(|one| one.slug.is_none() && one.accepted));
    assert!(sent.iter().any(|one| one.name.contains(',')));
    assert_eq!(found["matching"]["hidden_connections"], 3);
}

#[test]
fn groups_add_up_and_are_right() {
    let (sent, _) = by_hand();
    let found = audit(&[]);
    let now: DateTime = "2026-02-15T00:00:00".parse().unwrap();
    let mature: Vec<&Sent> = sent
        .iter()
        .filter(|one| one.at + jiff::Span::new().days(14) <= now)
        .collect();
    // An invitation to somebody who was invited again later is not the one that was accepted.
    let repeated = |one: &Sent| {
        let same = |other: &&Sent| match (&one.slug, &other.slug) {
            (Some(one), Some(other)) => one == other,
            (None, None) => plain_name(&one.name) == plain_name(&other.name),
            _ => false,
        };
        sent.iter().filter(same).any(|other| other.at > one.at)
    };
    let groups = |by: &str| -> HashMap<String, (u64, u64)> {
        let cohorts = found["cohorts"].as_array().unwrap();
        let cohort = cohorts.iter().find(|cohort| cohort["by"] == by).unwrap();
        let groups = cohort["groups"].as_array().unwrap().iter();
        groups
            .map(|group| {
                let numbers = (
                    group["accepted"].as_u64().unwrap(),
                    group["n"].as_u64().unwrap(),
                );
                (group["group"].as_str().unwrap().to_owned(), numbers)
            })
            .collect()
    };
    let expected = |key: &dyn Fn(&Sent) -> String| {
        let mut groups: HashMap<String, (u64, u64)> = HashMap::new();
        for one in &mature {
            let counts = groups.entry(key(one)).or_default();
            counts.0 += u64::from(one.accepted && !repeated(one));
            counts.1 += 1;
        }
        groups
    };
    assert_eq!(
        groups("month"),
        expected(&|one| one.at.strftime("%Y-%m").to_string())
    );
    assert_eq!(
        groups("weekday"),
        expected(&|one| one.at.strftime("%A").to_string())
    );
    assert_eq!(
        groups("hour"),
        expected(&|one| one.at.strftime("%H:00").to_string())
    );
    let note = |one: &Sent| {
        (if one.has_note {
            "with a note"
        } else {
            "without"
        })
        .to_owned()
    };
    assert_eq!(groups("note"), expected(&note));
}

#[test]
fn the_ledger_refines_and_its_withdrawals_come_back_after_three_weeks() {
    let found = audit(&["--ledger", "samples/ledger.csv"]);
    let file = std::fs::File::open(root().join("samples/ledger.csv")).unwrap();
    let rows: Vec<HashMap<String, String>> = csv::Reader::from_reader(file)
        .deserialize()
        .map(Result::unwrap)
        .collect();
    let with = |status: &'static str| rows.iter().filter(move |row| row["status"] == status);
    assert_eq!(found["counts"]["withdrawn"], with("withdrawn").count());
    assert_eq!(found["counts"]["declined"], with("declined").count());
    let mut expected: Vec<(String, String, String)> = with("withdrawn")
        .map(|row| {
            let on: Date = row["withdrawn_on"].parse().unwrap();
            let again = on + jiff::Span::new().weeks(3);
            (slug(&row["profile"]), on.to_string(), again.to_string())
        })
        .collect();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let resend = found["resend"].as_array().unwrap().iter();
    let mut planned: Vec<(String, String, String)> = resend
        .map(|one| {
            let address = text(&one["profile"]).replace("%C3%A9", "é");
            let address = address.replace("%C3%A5", "å").replace("%C5%82", "ł");
            (
                slug(&address),
                text(&one["withdrawn"]),
                text(&one["possible_from"]),
            )
        })
        .collect();
    expected.sort();
    planned.sort();
    assert_eq!(planned, expected);
    assert!(found["conflicts"].as_array().unwrap().is_empty());
}

#[test]
fn what_is_said_has_an_exit_status() {
    let base = ["audit", "samples/export.zip", "--now", "2026-02-15", "-o"];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    let to = file.to_str().unwrap();
    let status = |more: &[&str]| {
        let mut arguments = base.to_vec();
        arguments.push(to);
        arguments.extend(more);
        run(&arguments).0
    };
    // More than 100 are pending, fewer than 200: a warning.
    assert_eq!(status(&[]), 0);
    assert_eq!(status(&["--fail-on", "warning"]), 1);
    assert_eq!(status(&["--fail-on", "warning", "--exit-zero"]), 0);
    let (status, out, complaint) = run(&["audit", "samples/ledger.csv"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(
        complaint.contains("samples/ledger.csv: it has not the header"),
        "{complaint}"
    );
    let (status, _, complaint) = run(&["audit"]);
    assert_eq!(status, 2);
    assert!(complaint.contains("nothing to audit"), "{complaint}");
}

#[test]
fn plans_and_pages_are_written_beside_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (html, table, ics) = (path("a.html"), path("a.csv"), path("a.ics"));
    let found = audit(&["--html", &html, "--csv", &table, "--ics", &ics]);
    let plan = found["withdraw"].as_array().unwrap();
    let mut reader = csv::Reader::from_path(&table).unwrap();
    let rows: Vec<HashMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    assert_eq!(rows.len(), plan.len());
    for (row, one) in rows.iter().zip(plan) {
        assert_eq!(row["on"], one["on"].as_str().unwrap());
        assert_eq!(row["name"], one["name"].as_str().unwrap());
        assert!(
            !row.values()
                .any(|cell| cell.starts_with(['=', '+', '-', '@']))
        );
    }
    let page = std::fs::read_to_string(html).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && !page.contains("<script"));
    assert!(
        !page
            .replace("https://www.linkedin.com/in/", "")
            .contains("://www.")
    );
    let days: std::collections::BTreeSet<&str> =
        plan.iter().map(|one| one["on"].as_str().unwrap()).collect();
    let calendar = std::fs::read_to_string(ics).unwrap();
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), days.len());
}

#[test]
fn a_broken_row_is_told_with_its_place_and_the_rest_counts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Invitations.csv");
    let text =
        "From,To,Sent At,Message,Direction\nMira,Ana,\"1/5/26, 9:00 AM\",,OUTGOING\nMira,Bo\n";
    std::fs::write(&file, text).unwrap();
    let path = file.to_str().unwrap();
    let (status, out, _) = run(&["audit", path, "--now", "2026-02-15", "--format", "json"]);
    assert_eq!(status, 1);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["counts"]["outgoing"], 1);
    let place = found["problems"][0]["place"].as_str().unwrap();
    assert!(place.ends_with("Invitations.csv:3"), "{place}");
}
