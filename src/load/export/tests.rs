//! Archives: honest, foreign, damaged and hostile.

use super::*;
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const INVITATIONS: &str =
    "From,To,Sent At,Message,Direction\nMira,Ana,\"2/4/26, 9:41 AM\",,OUTGOING\n";

fn archive(files: &[(&str, &[u8])]) -> tempfile::TempPath {
    let file = tempfile::Builder::new().suffix(".zip").tempfile().unwrap();
    let mut writer = ZipWriter::new(file.reopen().unwrap());
    for (name, bytes) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
    file.into_temp_path()
}

fn read(path: &Path) -> (Exported, Sources) {
    let mut sources = Sources::default();
    let limits = ArchiveLimits {
        files: 5,
        bytes: 4 << 20,
        ratio: 100,
        ratio_from: 1 << 20,
    };
    let exported = read_exports_within(&[path.to_owned()], &mut sources, limits);
    (exported, sources)
}

fn refusal(path: &Path) -> String {
    let (exported, _) = read(path);
    assert_eq!(exported.errors.len(), 1, "{exported:?}");
    assert!(exported.archive.invitations.is_empty());
    exported.errors[0].message.clone()
}

#[test]
fn an_archive_is_read_whatever_its_files_are_called() {
    let path = archive(&[
        ("x/INVITATIONS_1.csv", INVITATIONS.as_bytes()),
        ("a.csv", b"a,b\n"),
    ]);
    let (exported, _) = read(&path);
    assert!(exported.errors.is_empty(), "{:?}", exported.errors);
    assert_eq!(exported.archive.invitations.len(), 1);
    let place = exported.archive.invitations[0].place.to_string();
    assert!(place.ends_with(".zip/x/INVITATIONS_1.csv:2"), "{place}");
    assert!(is_export(&path));
}

#[test]
fn foreign_and_damaged_archives_are_refused() {
    let foreign = archive(&[("word/document.xml", b"<x/>"), ("b.csv", b"name,note\n")]);
    assert!(refusal(&foreign).ends_with("it has b.csv, word/document.xml"));
    assert_eq!(refusal(&archive(&[])), "this archive is empty");
    let damaged = tempfile::Builder::new().suffix(".zip").tempfile().unwrap();
    damaged.as_file().write_all(b"PK\x03\x04 nonsense").unwrap();
    assert!(refusal(damaged.path()).contains("no zip archive, or a damaged one"));
    let many: Vec<(String, &[u8])> = (0..6).map(|at| (format!("{at}.csv"), &b"a"[..])).collect();
    let many: Vec<(&str, &[u8])> = many
        .iter()
        .map(|(name, bytes)| (name.as_str(), *bytes))
        .collect();
    assert!(refusal(&archive(&many)).contains("holds 6 files"));
}

#[test]
fn a_path_that_climbs_out_is_refused() {
    let path = archive(&[
        ("Invitations.csv", INVITATIONS.as_bytes()),
        ("../../evil.csv", b"x"),
    ]);
    assert!(refusal(&path).contains("leads out of the archive, `../../evil.csv`"));
}

#[test]
fn a_bomb_is_refused_before_it_fills_the_memory() {
    let mut bomb = INVITATIONS.as_bytes().to_vec();
    bomb.resize(3 << 20, b'a');
    let path = archive(&[("Invitations.csv", &bomb)]);
    assert!(
        read(&path).0.errors[0]
            .message
            .contains("more than 100 times its size")
    );
    let row = INVITATIONS.lines().nth(1).unwrap();
    let rows: String = (0..100_000)
        .map(|at| format!("{row}{at:x},{:x}\n", at * 7919))
        .collect();
    let large = archive(&[(
        "Invitations.csv",
        format!("{}\n{rows}", &INVITATIONS.lines().next().unwrap()).as_bytes(),
    )]);
    assert!(
        read(&large).0.errors[0]
            .message
            .contains("more than an export holds")
    );
}

#[test]
fn a_folder_and_a_single_table_are_exports_and_other_files_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Invitations.csv");
    std::fs::write(&file, INVITATIONS).unwrap();
    std::fs::write(
        folder.path().join("Profile.csv"),
        "First Name,Last Name\nMira,Solberg\n",
    )
    .unwrap();
    for path in [folder.path(), &file] {
        let (exported, _) = read(path);
        assert_eq!(
            (exported.archive.invitations.len(), exported.errors.len()),
            (1, 0)
        );
        assert!(is_export(path));
    }
    let other = folder.path().join("Profile.csv");
    assert!(refusal(&other).starts_with("it has not the header"));
    assert!(!is_export(&other));
    assert!(refusal(&folder.path().join("missing")).starts_with("there is no such file"));
}
