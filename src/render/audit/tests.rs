//! Audits as they are written: what strangers call themselves stays words.

use jiff::civil::Date;

use super::*;
use crate::audit::Input;
use crate::history::Archive;
use crate::history::Invitation;
use crate::history::LedgerRow;
use crate::history::Person;
use crate::history::Place;
use crate::history::Status;
use crate::history::read_moment;
use crate::schedule;

const HOSTILE: &str =
    "=cmd()|x <script>alert(1)</script> [a](http://e.x) @all \u{1b}[31m\u{202e}\r\nEND:VEVENT";

fn write(format: &str) -> String {
    let person = || {
        Person::new(
            HOSTILE,
            "https://www.linkedin.com/in/x\"><img src=x>\r\nX:1",
        )
    };
    let invitation = |sent: &str| Invitation {
        person: person(),
        sent: read_moment(sent).unwrap(),
        note: None,
        place: Place {
            file: "<b>.csv".into(),
            line: 2,
        },
    };
    let row = LedgerRow {
        person: Person::new("Gone", "in/gone"),
        sent: read_moment("2025-11-01"),
        status: Some(Status::Withdrawn),
        withdrawn: read_moment("2025-12-01"),
        ..LedgerRow::new(Place::default())
    };
    let archive = Archive {
        invitations: vec![invitation("1/5/26, 9:00 AM"), invitation("1/6/26, 9:00 AM")],
        has_invitations: true,
        has_connections: true,
        ..Archive::default()
    };
    let history = History::new(archive, vec![row], None, None);
    let settings = Settings::default();
    let audit = Audit::new(&Input {
        history: &history,
        notes: &[],
        templates: &[],
        pitches: &[],
        settings: &settings,
        sending: &schedule::Settings::default(),
        now: "2026-02-15T00:00:00Z".parse().unwrap(),
    });
    let view = AuditView {
        audit: &audit,
        history: &history,
        settings: &settings,
        version: "1",
        problems: &[(HOSTILE.to_owned(), HOSTILE.to_owned())],
        options: &Options::default(),
    };
    let mut out = Vec::new();
    (audit_output(format).unwrap().render)(&view, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_terminal_and_the_pages_get_no_stranger_s_codes() {
    for format in ["terminal", "markdown", "html"] {
        let text = write(format);
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{202e}'),
            "{format}"
        );
        assert!(text.contains("script"), "{format}");
    }
    let page = write("html");
    assert!(
        !page.contains("<script") && !page.contains("<img"),
        "{page}"
    );
    assert!(page.contains("&lt;script&gt;"));
    let markdown = write("markdown");
    assert!(
        !markdown.contains("<script")
            && !markdown.contains("](http:")
            && !markdown.contains("@all")
    );
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let text = write("csv");
    let row = text.lines().nth(1).unwrap();
    assert!(row.contains(",\"'=cmd()"), "{row}");
}

#[test]
fn a_calendar_keeps_its_entries() {
    let text = write("ics");
    let lines: Vec<&str> = text.split("\r\n").collect();
    let count = |wanted: &str| lines.iter().filter(|line| **line == wanted).count();
    // A day of withdrawals, and four steps for who was withdrawn.
    assert_eq!((count("BEGIN:VEVENT"), count("END:VEVENT")), (5, 5));
    assert!(lines.iter().all(|line| line.len() <= 75));
    assert!(!lines.iter().any(|line| line.starts_with("X:1")));
    let days = lines
        .iter()
        .filter_map(|line| line.strip_prefix("DTSTART;VALUE=DATE:"));
    for day in days {
        assert!(day.parse::<Date>().is_ok(), "{day}");
    }
}

#[test]
fn the_contract_is_kept() {
    let text = write("json");
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["now"], "2026-02-15T00:00:00Z");
    let counts = json["counts"].as_object().unwrap();
    for key in [
        "outgoing",
        "incoming",
        "accepted",
        "pending",
        "pending_over_14_days",
        "expired",
    ] {
        assert!(counts[key].is_u64(), "{key}");
    }
    for key in ["mature", "accepted", "rate", "low", "high"] {
        assert!(json["acceptance"][key].is_number(), "{key}");
    }
    assert_eq!(json["acceptance"]["band"], "low");
    let withdraw = &json["withdraw"][0];
    for key in ["profile", "name", "sent", "on", "why"] {
        assert!(withdraw[key].is_string(), "{key}");
    }
    assert_eq!(withdraw["name"], HOSTILE.trim());
    assert!(withdraw["priority"].is_null());
    let resend = &json["resend"][0];
    assert_eq!(resend["profile"], "https://www.linkedin.com/in/gone");
    assert_eq!(resend["withdrawn"], "2025-12-01");
    assert_eq!(resend["possible_from"], "2025-12-22");
}
