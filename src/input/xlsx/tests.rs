//! Tests of reading workbooks, which are made here by hand.

use super::*;
use crate::note::field_str;
use proptest::prelude::*;

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(crc & 1))
        })
    };
    !bytes.iter().fold(!0, step)
}

/// A zip archive without compression.
fn zip(files: &[(String, String)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let size = (text.len() as u32).to_le_bytes();
        let mut header = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        header.extend(crc32(text.as_bytes()).to_le_bytes());
        header.extend([size, size].concat());
        header.extend((name.len() as u16).to_le_bytes());
        header.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&header);
        directory.extend([0; 10]);
        directory.extend((archive.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        archive.extend(b"PK\x03\x04");
        archive.extend(&header);
        archive.extend(name.as_bytes());
        archive.extend(text.as_bytes());
    }
    let start = (archive.len() as u32).to_le_bytes();
    let count = (files.len() as u16).to_le_bytes();
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count, count].concat());
    archive.extend((directory.len() as u32).to_le_bytes());
    archive.extend(start);
    archive.extend([0, 0]);
    archive
}

/// A workbook from the inside of `sheetData` of its sheets.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let pack = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut list = String::new();
    let mut links = format!("<Relationship Id=\"s\" Type=\"{rel}/styles\" Target=\"styles.xml\"/>");
    let mut files = vec![
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{pack}\"><Relationship Id=\"r\" Type=\"{rel}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml".to_owned(),
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"
            ),
        ),
    ];
    for (index, (name, data)) in sheets.iter().enumerate() {
        list.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{0}\" r:id=\"r{0}\"/>",
            index + 1
        ));
        links.push_str(&format!("<Relationship Id=\"r{0}\" Type=\"{rel}/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>", index + 1));
        files.push((
            format!("xl/worksheets/sheet{}.xml", index + 1),
            format!("<worksheet xmlns=\"{main}\"><sheetData>{data}</sheetData></worksheet>"),
        ));
    }
    files.push((
        "xl/workbook.xml".to_owned(),
        format!("<workbook xmlns=\"{main}\" xmlns:r=\"{rel}\"><sheets>{list}</sheets></workbook>"),
    ));
    files.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships xmlns=\"{pack}\">{links}</Relationships>"),
    ));
    zip(&files)
}

fn cell(at: &str, words: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{words}</t></is></c>")
}

fn read_bytes(bytes: &[u8]) -> (Sources, Read) {
    let mut sources = Sources::default();
    let file = sources.add(Source::new("b.xlsx".into(), String::new()));
    let read = read(
        bytes,
        "b.xlsx",
        file,
        &mut sources,
        &InputOptions::default(),
    );
    (sources, read)
}

#[test]
fn sheets_with_notes_are_read() {
    let data = [
        "<row r=\"2\">",
        &cell("B2", "Name"),
        &cell("C2", "Note"),
        &cell("D2", "Send at"),
        &cell("E2", "Attempt"),
        &cell("F2", "Team"),
        "</row><row r=\"4\">",
        &cell("B4", "Zoë Mai"),
        &cell("C4", " Hi 👋 Zoë,&#13;&#10;bye"),
        "<c r=\"D4\" s=\"1\"><v>46112.375</v></c><c r=\"E4\"><v>2</v></c>",
        &cell("F4", "x"),
        "</row><row r=\"5\">",
        &cell("B5", "Bo"),
        "</row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
    ]
    .concat();
    let other = format!("<row r=\"1\">{}</row>", cell("A1", "remarks"));
    let (sources, read) = read_bytes(&workbook(&[("Info", &other), ("Drafts", &data)]));
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    assert_eq!(read.notes.len(), 2);
    let note = &read.notes[0];
    assert_eq!(note.text.as_str(), "Hi 👋 Zoë,\nbye");
    assert_eq!((&*note.id, note.line, note.attempt), ("b.xlsx:4", 4, 2));
    let source = sources.get(note.text.file());
    assert_eq!(
        (source.name.as_str(), source.cell.as_deref()),
        ("b.xlsx", Some("Drafts!C4"))
    );
    assert_eq!(sources.text(note.text.span(3..7)), "👋");
    assert_eq!(field_str(&note.recipient.last_name), Some("Mai"));
    assert_eq!(field_str(&note.send_at), Some("2026-03-31T09:00"));
    assert_eq!(&*note.extra[0].1.value, "x");
    assert_eq!(read.notes[1].text.as_str(), "");
    assert_eq!(
        sources.get(read.notes[1].text.file()).cell.as_deref(),
        Some("Drafts!C5")
    );
}

#[test]
fn a_title_may_stand_above_the_header() {
    let plain = format!(
        "<row r=\"1\">{}</row><row r=\"2\">{}</row>",
        cell("A1", "Note"),
        cell("A2", "Hi Ana")
    );
    let titled = format!(
        "<row r=\"1\">{}</row><row r=\"3\">{}{}</row><row r=\"4\">{}{}</row>",
        cell("A1", "Campaign April, owner: Mira"),
        cell("A3", "First Name"),
        cell("B3", "Note"),
        cell("A4", "Bob"),
        cell("B4", "Hi Bob")
    );
    let (sources, read) = read_bytes(&workbook(&[("March", &plain), ("April", &titled)]));
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    let notes: Vec<(&str, u32)> = read
        .notes
        .iter()
        .map(|it| (it.text.as_str(), it.line))
        .collect();
    assert_eq!(notes, [("Hi Ana", 2), ("Hi Bob", 4)]);
    let cell = sources.get(read.notes[1].text.file()).cell.as_deref();
    assert_eq!(cell, Some("April!B4"));
}

#[test]
fn a_workbook_without_notes_or_a_broken_one_is_a_problem() {
    let other = format!("<row r=\"1\">{}</row>", cell("A1", "mesage"));
    let (_, read) = read_bytes(&workbook(&[("Info", &other), ("Empty", "")]));
    assert_eq!(&*read.problems[0].rule, "no-note-column");
    assert!(
        read.problems[0]
            .help
            .as_deref()
            .unwrap()
            .contains("did you mean")
    );
    let good = workbook(&[("Info", &other)]);
    for bytes in [&b"not a workbook"[..], &good[..good.len() / 2], &[0; 100]] {
        let (_, read) = read_bytes(bytes);
        assert_eq!(&*read.problems[0].rule, "broken-workbook");
    }
    assert_eq!(&*read_bytes(b"").1.problems[0].rule, "empty-file");
}

#[test]
fn cells_have_names() {
    assert_eq!(
        [
            (0, 0),
            (2, 4),
            (26, 0),
            (701, 9),
            (702, 0),
            (16383, 1_048_575)
        ]
        .map(|(column, row)| cell_name(column, row)),
        ["A1", "C5", "AA1", "ZZ10", "AAA1", "XFD1048576"]
    );
}

proptest! {
    #[test]
    fn nothing_panics(bytes in any::<Vec<u8>>(), data in r#"(<row r="|<row>|</row>|<c r="|<c|A1|ZZZZZZZZ9|99999999999|-1|"|>|/>| t="s"| s="7"|<v>|</v>|1e999|</c>|é){0,30}"#) {
        read_bytes(&bytes);
        read_bytes(&workbook(&[("a", &data)]));
        let header = format!("<row r=\"1\">{}</row>{data}", cell("A1", "note"));
        read_bytes(&workbook(&[("a", &header)]));
    }
}
