//! Plans as they are written: strangers' text, folding, both sides of a change of clocks.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::render::testing::field;
use crate::source::Source;
use crate::span::FileId;
use crate::text::Text;
use crate::zone::Confidence;

fn note(id: &str, name: &str, words: &str) -> Note {
    let mut note = Note::new(id, 1, Text::plain(FileId(0), 0, words));
    note.recipient.first_name = field(FileId(0), name);
    note
}

fn entry(zone: &str, at: &str) -> Entry {
    Entry {
        clock: Clock {
            zone: Some(TimeZone::get(zone).unwrap()),
            confidence: Confidence::Stated,
            ..Clock::default()
        },
        placed: Ok(at.parse().unwrap()),
        outside: false,
    }
}

fn write(format: &str, notes: Vec<Note>, entries: &[Entry]) -> String {
    let mut sources = Sources::default();
    sources.add(Source::new("a,b.csv".into(), "x\n".into()));
    let report = Report {
        notes,
        ..Report::default()
    };
    let options = Options::default();
    let plan = Timetable {
        report: &report,
        sources: &sources,
        entries,
        now: "2026-03-27T12:00:00Z".parse().unwrap(),
        sender: None,
        options: &options,
    };
    let mut out = Vec::new();
    (timetable(format).unwrap().render)(&plan, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

const HOSTILE: &str = "=cmd()\u{1b}[31m, \"q\"; a\\b\u{202e}\r\nEND:VEVENT\nBEGIN:VEVENT";

#[test]
fn a_spreadsheet_runs_nothing_and_keeps_its_rows() {
    let notes = vec![note("-1", "@Ana", HOSTILE)];
    let text = write(
        "csv",
        notes,
        &[entry("Europe/Berlin", "2026-03-31T08:00:00Z")],
    );
    assert!(text.starts_with(
        "id,first_name,note,path,line,send_at,send_at_local,why_not\r\n'-1,'@Ana,\"'=cmd()"
    ));
    assert!(text.ends_with(
        "\"a,b.csv\",1,2026-03-31T08:00:00Z,2026-03-31T10:00:00+02:00[Europe/Berlin],\r\n"
    ));
}

#[test]
fn a_calendar_has_one_entry_a_draft_whatever_the_words_are() {
    let notes = vec![
        note("1", HOSTILE, HOSTILE),
        note("2", "Zoë", &"é".repeat(200)),
    ];
    let berlin = entry("Europe/Berlin", "2026-03-31T08:00:00Z");
    let text = write("ics", notes, &[berlin.clone(), berlin]);
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(
        lines.iter().filter(|line| **line == "BEGIN:VEVENT").count(),
        2
    );
    assert_eq!(
        lines.iter().filter(|line| **line == "END:VEVENT").count(),
        2
    );
    assert!(lines.iter().all(|line| line.len() <= 75), "{lines:#?}");
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
    let unfolded = text.replace("\r\n ", "");
    assert!(unfolded.contains("\\, \"q\"\\; a\\\\b"));
    assert!(unfolded.contains(&"é".repeat(200)));
}

#[test]
fn clocks_are_right_on_both_sides_of_the_change_and_of_the_atlantic() {
    // Europe goes forward on 29 March 2026; America did on the 8th.
    let cases = [
        (
            "Europe/London",
            "2026-03-27T09:00:00Z",
            "2026-03-27T09:00:00+00:00[Europe/London]",
        ),
        (
            "Europe/London",
            "2026-03-31T09:00:00Z",
            "2026-03-31T10:00:00+01:00[Europe/London]",
        ),
        (
            "America/New_York",
            "2026-03-27T14:00:00Z",
            "2026-03-27T10:00:00-04:00[America/New_York]",
        ),
        (
            "America/New_York",
            "2026-03-31T14:00:00Z",
            "2026-03-31T10:00:00-04:00[America/New_York]",
        ),
    ];
    for (zone, at, expected) in cases {
        let text = write("json", vec![note("1", "Ana", "Hi")], &[entry(zone, at)]);
        assert!(
            text.contains(&format!("\"send_at_local\":\"{expected}\"")),
            "{text}"
        );
        let utc: Timestamp = at.parse().unwrap();
        assert!(text.contains(&format!("\"send_at\":\"{utc}\"")));
    }
}

#[test]
fn the_terminal_gets_no_stranger_s_codes() {
    let notes = vec![note("1", HOSTILE, "Hi")];
    let text = write(
        "terminal",
        notes,
        &[entry("Asia/Tokyo", "2026-03-31T23:30:00Z")],
    );
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
    // It is the next day there.
    assert!(text.contains("23:30    8:30+1 Tokyo"), "{text}");
}
