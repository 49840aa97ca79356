//! Exports of every era, and what can be wrong with them.

use super::*;
use crate::history::Archive;
use crate::source::Sources;

fn read(files: &[(&str, &str)]) -> (Archive, Vec<String>, Sources) {
    let mut sources = Sources::default();
    let mut reader = Reader::new(Limits::default());
    for (name, text) in files {
        reader
            .read(name, &mut text.as_bytes(), &mut sources)
            .unwrap();
    }
    let told = reader.problems.iter().map(|problem| {
        let source = sources.get(problem.span().file);
        let at = source.position(problem.span().start as usize);
        format!("{}:{}: {}", source.name, at.line, problem.message)
    });
    let told = told.collect();
    (reader.archive, told, sources)
}

const NEW: &str = "\u{feff}From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\r\n\
    Mira,Kemi Alade,\"2/3/26, 10:12\u{202f}AM\",\"Hi Kemi,\nyour \"\"gates\"\" talk.\",OUTGOING,https://www.linkedin.com/in/mira,https://www.linkedin.com/in/Kemi-Alade/\r\n\
    Mira,\"Conti, Dario\",\"2/4/26, 9:41 AM\",,OUTGOING,https://www.linkedin.com/in/mira,https://www.linkedin.com/in/dario\r\n\
    Ola,Mira,\"2/5/26, 4:20 PM\",Hi,INCOMING,https://www.linkedin.com/in/ola,https://www.linkedin.com/in/mira\r\n";

#[test]
fn invitations_of_both_eras_are_read() {
    let old =
        "from,TO,sent_at,message,direction\nMira,Ana Silva,\"12/31/22, 12:30 AM\",,OUTGOING\n";
    let (archive, told, sources) = read(&[("a.csv", NEW), ("b.csv", old)]);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!((archive.invitations.len(), archive.incoming), (3, 1));
    let kemi = &archive.invitations[0];
    assert_eq!(kemi.person.slug.as_deref(), Some("kemi-alade"));
    let note = kemi.note.as_ref().unwrap();
    assert_eq!(note.as_str(), "Hi Kemi,\nyour \"gates\" talk.");
    let at = sources
        .get(note.file())
        .position(note.span(14..19).start as usize);
    assert_eq!((at.line, at.column), (3, 6));
    assert_eq!(kemi.place.to_string(), "a.csv:2");
    assert_eq!(archive.invitations[1].place.line, 4);
    assert!(archive.invitations[2].person.slug.is_none());
    assert_eq!(archive.owner.slug.as_deref(), Some("mira"));
}

#[test]
fn what_is_only_counted_is_not_counted_twice_where_exports_overlap() {
    let hidden =
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n,,,,,,09 Feb 2026\n";
    let files = [
        ("a.csv", NEW),
        ("b.csv", NEW),
        ("c.csv", hidden),
        ("d.csv", hidden),
    ];
    let (archive, ..) = read(&files);
    assert_eq!((archive.incoming, archive.hidden), (1, 1));
}

#[test]
fn connections_are_found_below_their_preamble_and_in_german() {
    let english = "Notes:\n\"When exporting, some addresses are missing.\"\n\n\
        First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
        Kemi,Alade,https://www.linkedin.com/in/kemi-alade,,Acme,CTO,08 Feb 2026\n,,,,,,09 Feb 2026\n";
    let german = "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\nAna,Silva,,,,,\"08. März 2025\"\n";
    let (archive, told, _) = read(&[("c.csv", english), ("d.csv", german)]);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!((archive.connections.len(), archive.hidden), (2, 1));
    assert_eq!(archive.connections[0].on.unwrap().to_string(), "2026-02-08");
    assert_eq!(archive.connections[1].on.unwrap().to_string(), "2025-03-08");
    assert_eq!(&*archive.connections[1].person.name, "Ana Silva");
}

#[test]
fn broken_rows_are_named_and_the_others_count() {
    let text = "From,To,Sent At,Message,Direction\n\
        Mira,Ana\n\
        Mira,Bo,soon,,OUTGOING\n\
        Mira,Cy,\"2/4/26, 9:41 AM\",,SIDEWAYS\n\
        Mira,,\"2/4/26, 9:41 AM\",,OUTGOING\n\
        Mira,Di,\"2/4/26, 9:41 AM\",\"open,OUTGOING\n\
        Mira,Ed,\"2/4/26, 9:41 AM\",,OUTGOING\n";
    let (archive, told, _) = read(&[("a.csv", text)]);
    assert_eq!(archive.invitations.len(), 1);
    assert_eq!(
        told,
        [
            "a.csv:2: this row has 2 cells, the header has 5",
            "a.csv:3: `soon` is no date and time",
            "a.csv:4: the direction is neither OUTGOING nor INCOMING",
            "a.csv:5: it is not said to whom this was sent",
            "a.csv:6: a quote in this row is never closed",
        ]
    );
}

#[test]
fn many_broken_rows_are_counted_not_listed() {
    let text = format!("From,To,Sent At,Message,Direction\n{}", "x\n".repeat(5000));
    let (_, told, _) = read(&[("a.csv", &text)]);
    assert_eq!(told.len(), 21);
    assert!(
        told[20].ends_with("4980 more rows are broken in this file"),
        "{}",
        told[20]
    );
}

#[test]
fn only_the_first_message_behind_the_connection_is_kept() {
    let connections = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
        Kemi,Alade,https://www.linkedin.com/in/kemi-alade,,Acme,CTO,08 Feb 2026\n";
    let messages = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n\
        1,,Mira,https://www.linkedin.com/in/mira,Kemi Alade,https://www.linkedin.com/in/kemi-alade,2026-02-09 10:00:00 UTC,,Later,INBOX\n\
        1,,Mira,https://www.linkedin.com/in/mira,Kemi Alade,https://www.linkedin.com/in/kemi-alade,2026-02-08 10:00:00 UTC,,First,INBOX\n\
        1,,Kemi Alade,https://www.linkedin.com/in/kemi-alade,Mira,https://www.linkedin.com/in/mira,2026-02-08 09:00:00 UTC,,Hello,INBOX\n\
        1,,Mira,https://www.linkedin.com/in/mira,Kemi Alade,https://www.linkedin.com/in/kemi-alade,2026-02-03 10:12:00 UTC,,Invitation,INBOX\n\
        2,,Mira,https://www.linkedin.com/in/mira,Stranger,https://www.linkedin.com/in/stranger,2026-02-08 09:00:00 UTC,,Hi,INBOX\n";
    let (archive, told, _) = read(&[("a.csv", NEW), ("c.csv", connections), ("m.csv", messages)]);
    assert_eq!(told, Vec::<String>::new());
    let texts: Vec<&str> = archive
        .messages
        .iter()
        .map(|message| message.text.as_str())
        .collect();
    assert_eq!(texts, ["First"]);
}

#[test]
fn tables_are_told_by_their_headers() {
    let of = |text: &str| Reader::recognise(&mut text.as_bytes()).unwrap();
    assert_eq!(of(NEW), Some(Table::Invitations));
    assert_eq!(
        of("Notes:\n\n\nVorname,Nachname,Verbunden am\n"),
        Some(Table::Connections)
    );
    assert_eq!(of("name,note\na,b\n"), None);
    assert_eq!(of(""), None);
    assert_eq!(of(&"\n".repeat(100)), None);
}

#[test]
fn more_rows_than_an_account_can_have_are_refused() {
    let mut sources = Sources::default();
    let mut reader = Reader::new(Limits {
        rows: 10,
        ..Limits::default()
    });
    let row = "Mira,Ana,\"2/4/26, 9:41 AM\",,OUTGOING\n";
    let text = format!("From,To,Sent At,Message,Direction\n{}", row.repeat(12));
    let error = reader
        .read("a", &mut text.as_bytes(), &mut sources)
        .unwrap_err();
    assert!(error.to_string().starts_with("more than 10 rows"));
}

proptest::proptest! {
    #[test]
    fn whatever_the_bytes_are_reading_ends_and_rows_are_accounted_for(
        cells in proptest::collection::vec(
            proptest::collection::vec("(?s)[a-z,\"\r\n\u{feff}0-9/ :AMP]{0,12}|OUTGOING|INCOMING|1/5/26, 9:10 AM|2026-99-99", 0..9),
            0..30,
        ),
        noise in proptest::collection::vec(proptest::num::u8::ANY, 0..60),
        at in 0usize..400,
    ) {
        let mut bytes = b"From,To,Sent At,Message,Direction\n".to_vec();
        for row in &cells {
            bytes.extend(row.join(",").bytes());
            bytes.push(b'\n');
        }
        let at = at.min(bytes.len());
        bytes.splice(at..at, noise);
        let mut sources = Sources::default();
        let mut reader = Reader::new(Limits::default());
        reader.read("a.csv", &mut bytes.as_slice(), &mut sources).unwrap();
        for invitation in &reader.archive.invitations {
            proptest::prop_assert!(!invitation.person.name.is_empty() || invitation.person.slug.is_some());
            if let Some(note) = &invitation.note {
                // The words are where the source says.
                let source = sources.get(note.file());
                proptest::prop_assert!(note.whole().end as usize <= source.text.len());
            }
        }
        for problem in &reader.problems {
            let source = sources.get(problem.span().file);
            proptest::prop_assert!(problem.span().end as usize <= source.text.len());
        }
        // Any of it is a table, another, or none, and never a panic.
        let _ = Reader::recognise(&mut bytes.as_slice());
    }
}
