//! Tests of finding and reading files.

use super::*;

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn names(folder: &tempfile::TempDir, walked: &Walked) -> Vec<String> {
    let root = format!("{}/", slashed(folder.path()));
    let names = walked
        .found
        .iter()
        .map(|found| found.name.replace(&root, ""));
    names.collect()
}

fn load(folder: &tempfile::TempDir) -> Loaded {
    let options = InputOptions::default();
    let walked = find_files(&[folder.path().to_owned()], &|_| false, false);
    read_files(&walked.found, &|_| &options)
}

#[test]
fn folders_are_searched_and_sorted() {
    let folder = folder(&[
        ("b.md", b"b"),
        ("a/z.csv", b"note\nz"),
        ("a/.hidden.md", b"x"),
        ("README.md", b"x"),
        ("Changelog.txt", b"x"),
        ("code.rs", b"x"),
        ("old/c.md", b"x"),
        ("out/deep/d.md", b"x"),
        ("drop.txt", b"x"),
        (".gitignore", b"old/\n"),
        (".connoteignore", b"drop.txt\n"),
    ]);
    let root = folder.path().to_owned();
    let exclude = |path: &Path| path.ends_with("out");
    let walked = find_files(std::slice::from_ref(&root), &exclude, false);
    assert_eq!(names(&folder, &walked), ["a/z.csv", "b.md"]);
    let walked = find_files(std::slice::from_ref(&root), &exclude, true);
    assert_eq!(
        names(&folder, &walked),
        ["a/z.csv", "b.md", "out/deep/d.md"]
    );
}

#[test]
fn named_files_are_read_whatever_they_are_called_but_once() {
    let folder = folder(&[("code.rs", b"x"), ("README.md", b"x"), ("a.md", b"x")]);
    let at = |name: &str| folder.path().join(name);
    let paths = [
        at("code.rs"),
        at("README.md"),
        folder.path().to_owned(),
        folder.path().join(".").join("a.md"),
        at("gone.md"),
    ];
    let walked = find_files(&paths, &|_| false, false);
    assert_eq!(names(&folder, &walked), ["code.rs", "README.md", "a.md"]);
    assert_eq!(walked.errors.len(), 1);
    assert!(walked.errors[0].message.contains("no such file"));
    let exclude = |path: &Path| path.ends_with("code.rs");
    assert_eq!(find_files(&paths[..1], &exclude, false).found.len(), 0);
    assert_eq!(find_files(&paths[..1], &exclude, true).found.len(), 1);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_circles_reported() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("a/x.md", b"x"), ("b/y.md", b"y")]);
    symlink(folder.path().join("a"), folder.path().join("a/loop")).unwrap();
    symlink(folder.path().join("b"), folder.path().join("a/b")).unwrap();
    symlink(folder.path().join("gone"), folder.path().join("a/gone.md")).unwrap();
    let walked = find_files(&[folder.path().to_owned()], &|_| false, false);
    assert_eq!(names(&folder, &walked), ["a/b/y.md", "a/x.md"]);
    assert_eq!(walked.skipped.len(), 2);
    assert!(walked.errors.is_empty());
}

#[test]
fn what_is_broken_loses_nothing_else() {
    let folder = folder(&[
        ("a.md", b"Hi A"),
        ("b.md", b"Jos\xe9"),
        ("c.txt", b""),
        ("d.jsonl", b"{\"note\": \"Hi D\"}\n{\n"),
        ("e.csv", b"note\nHi E\n"),
        ("f.md", &[b'x'; (1 << 20) + 1]),
        ("g.note", b"Hi G"),
    ]);
    let loaded = load(&folder);
    let words: Vec<_> = loaded.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(words, ["Hi A", "Hi D", "Hi E", "Hi G"]);
    let rules: Vec<_> = loaded
        .problems
        .iter()
        .map(|problem| &*problem.rule)
        .collect();
    assert_eq!(
        rules,
        ["not-utf8", "empty-file", "broken-row", "file-too-large"]
    );
    for problem in &loaded.problems {
        assert!(!loaded.sources.get(problem.span().file).name.is_empty());
    }
    let note = &loaded.notes[2];
    assert_eq!(loaded.sources.text(note.text.whole()), "Hi E");
    assert!(loaded.errors.is_empty());
}

#[test]
fn a_folder_of_all_formats_keeps_its_order() {
    let folder = folder(&[
        ("1.xlsx", b"no workbook"),
        (
            "2.json",
            b"[{\"id\": 1, \"note\": \"Hi A\"}, {\"note\": \"Hi B\"}, \"Hi C\"]",
        ),
        (
            "3.md",
            b"---\nid: 1\nto: https://www.linkedin.com/in/x\n---\nHi D",
        ),
    ]);
    let mut loaded = load(&folder);
    let problems = crate::input::make_ids_unique(&mut loaded.notes, &loaded.sources);
    let root = format!("{}/", slashed(folder.path()));
    let ids: Vec<_> = loaded
        .notes
        .iter()
        .map(|note| note.id.replace(&root, ""))
        .collect();
    assert_eq!(ids, ["1", "2.json:1", "2.json:1#2", "3.md:5"]);
    assert_eq!((problems.len(), loaded.problems.len()), (1, 1));
    assert_eq!(loaded.sources.text(problems[0].labels[1].span), "1");
    assert!(loaded.notes[3].recipient.first_name.is_none());
    assert!(loaded.notes[3].recipient.profile.is_some());
}

#[test]
fn an_unreadable_file_is_an_error() {
    let found = [Found {
        path: "no/such/file.md".into(),
        name: "no/such/file.md".into(),
    }];
    let options = InputOptions::default();
    let loaded = read_files(&found, &|_| &options);
    assert_eq!(loaded.errors.len(), 1);
    assert!(read_text(Path::new("no/such/file.toml")).is_err());
}

#[test]
fn a_stream_has_the_format_of_its_name() {
    let options = InputOptions::default();
    let csv = "note\nHi";
    let loaded = read_stdin(csv.as_bytes(), Some("x.csv"), &options).unwrap();
    assert_eq!(loaded.notes[0].text.as_str(), "Hi");
    let loaded = read_stdin(csv.as_bytes(), None, &options).unwrap();
    assert_eq!(loaded.notes[0].text.as_str(), "note\nHi");
    assert_eq!(&*loaded.notes[0].id, "<stdin>:1");
    let small = InputOptions {
        max_note_file_bytes: 3,
        ..options
    };
    let loaded = read_stdin(csv.as_bytes(), None, &small).unwrap();
    assert_eq!(&*loaded.problems[0].rule, "file-too-large");
}

#[test]
fn a_state_is_what_became_of_an_invitation_or_a_region() {
    let folder = folder(&[(
        "a.csv",
        b"person,sent,State,City\nAnn A,2026-01-05,declined,Ulm\nBen B,2026-01-06,Accepted,\nCy C,2026-01-07,Texas,Paris\nDi D,2026-01-08,,\n",
    )]);
    let mut places = Vec::new();
    let mut zone_of = |note: &Note| {
        let place = note.recipient.location.as_deref();
        places.push(place.map(|place| place.value.to_string()));
        None
    };
    let paths = [folder.path().to_owned()];
    let ledger = read_ledger(Sources::default(), &paths, &mut zone_of);
    assert!(
        ledger.loaded.problems.is_empty(),
        "{:?}",
        ledger.loaded.problems
    );
    let found: Vec<_> = ledger.rows.iter().map(|row| row.status).collect();
    use crate::history::Status;
    assert_eq!(
        found,
        [Some(Status::Declined), Some(Status::Accepted), None, None]
    );
    let place = |words: &str| Some(words.to_owned());
    assert_eq!(places, [place("Ulm"), None, place("Paris, Texas"), None]);
}
