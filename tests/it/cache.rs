//! Kept verdicts: never another result than without them, whatever changes in between.

use std::fs;
use std::path::Path;

use connote::config::Settings;
use connote::lint::Identity;
use connote::lint::Memory;
use connote::lint::Run;
use connote::lint::lint_again;
use connote::note::Note;
use connote::pack;
use connote::ruleset::RuleSet;
use connote::source::Sources;
use connote::span::FileId;
use connote::text::Text;
use connote::toml_doc::Problems;

use crate::program::connote_in;
use crate::program::root;

/// A copy of some samples: drafts in several formats, languages, and with copies among them.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["batch.csv", "notes.jsonl", "plan.csv"] {
        fs::copy(root().join("samples").join(name), folder.path().join(name)).unwrap();
    }
    let drafts = folder.path().join("drafts");
    fs::create_dir(&drafts).unwrap();
    for file in fs::read_dir(root().join("samples/drafts")).unwrap() {
        let file = file.unwrap().path();
        if file.is_file() {
            fs::copy(&file, drafts.join(file.file_name().unwrap())).unwrap();
        }
    }
    folder
}

/// Checks with the cache and without it. Both must say the same.
fn same(folder: &Path, more: &[&str], what: &str) {
    let arguments = [&["check", "--format", "json", "."], more].concat();
    let plain = connote_in(folder, &arguments);
    let cached = connote_in(folder, &[&arguments, &["--cache", "kept"][..]].concat());
    assert!(plain.stdout.len() > 10_000, "{what}: {}", plain.stderr);
    assert_eq!(cached.stdout, plain.stdout, "{what}");
    assert_eq!(
        (cached.status, cached.stderr),
        (plain.status, plain.stderr),
        "{what}"
    );
}

#[test]
fn a_cache_changes_nothing_but_the_time() {
    let folder = folder();
    let folder = folder.path();
    let kept = || fs::read(folder.join("kept")).unwrap();
    same(folder, &[], "no cache yet");
    let first = kept();
    same(folder, &[], "nothing changed");
    assert_eq!(kept(), first, "nothing was learned, so nothing is written");

    let draft = folder.join("drafts/came-across.md");
    let text = fs::read_to_string(&draft).unwrap();
    fs::write(&draft, text.replace("profile", "talk on kelp in Bergen")).unwrap();
    same(folder, &[], "a draft was changed");
    assert_ne!(kept(), first, "what is new is kept");

    // A copy of a draft: what others say, too, is generic.
    fs::copy(
        folder.join("drafts/wanjiru-tea.note"),
        folder.join("drafts/a-copy.note"),
    )
    .unwrap();
    same(folder, &[], "a draft has a twin now");
    same(folder, &["--account", "free"], "another account");
    same(folder, &["--ignore", "stock-opening"], "a rule less");

    fs::write(
        folder.join("connote.toml"),
        "[score]\nready = 60\n[rules.flattery]\nlevel = \"error\"\n",
    )
    .unwrap();
    same(folder, &[], "a configuration");
    fs::copy(root().join("samples/team.toml"), folder.join("team.toml")).unwrap();
    same(folder, &["--pack", "team.toml"], "a pack");
    let pack = fs::read_to_string(folder.join("team.toml")).unwrap();
    fs::write(
        folder.join("team.toml"),
        pack.replace("level = \"warning\"", "level = \"error\""),
    )
    .unwrap();
    same(folder, &["--pack", "team.toml"], "the pack was changed");
    fs::write(
        folder.join("connote.toml"),
        "[[overrides]]\nfiles = [\"drafts/*\"]\nignore = [\"flattery\", \"pleasantry\"]\n",
    )
    .unwrap();
    same(folder, &[], "other rules for some files");
    same(
        folder,
        &["--select", "duplicate,template"],
        "only what lies between notes",
    );
}

#[test]
fn a_damaged_cache_is_said_and_made_anew_and_other_files_stay() {
    let folder = folder();
    let folder = folder.path();
    let kept = folder.join("kept");
    same(folder, &[], "no cache yet");
    let whole = fs::read(&kept).unwrap();
    let check = || {
        connote_in(
            folder,
            &["check", "--format", "json", "--cache", "kept", "."],
        )
    };
    let plain = check();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    let other = [b"connote cache 0\n", &whole[16..]].concat();
    for damaged in [&whole[..whole.len() / 2], &whole[..20], &flipped, &other] {
        fs::write(&kept, damaged).unwrap();
        let now = check();
        assert_eq!(
            (now.status, now.stdout),
            (plain.status, plain.stdout.clone())
        );
        assert_eq!(
            now.stderr,
            "connote: kept is damaged or of another version: all notes are judged anew\n"
        );
        assert_eq!(fs::read(&kept).unwrap(), whole);
    }
    fs::write(&kept, "my diary\n").unwrap();
    let refused = check();
    assert_eq!((refused.status, &*refused.stdout), (2, ""));
    assert_eq!(
        refused.stderr,
        "connote: --cache kept: this file is no cache; it stays as it is\n"
    );
    assert_eq!(fs::read_to_string(&kept).unwrap(), "my diary\n");
    // A draft is no cache, either.
    let draft = "drafts/came-across.md";
    let refused = connote_in(folder, &["check", "--cache", draft, "."]);
    assert_eq!(refused.status, 2);
}

#[test]
fn what_is_known_is_not_judged_again() {
    let mut problems = Problems::new("test");
    let packs = pack::builtin(&mut Sources::default(), &mut problems);
    let set = RuleSet::build(&packs, &Settings::default(), &mut problems);
    let run = Run::new(&set);
    let note = |words: &str| Note::new("n", 1, Text::plain(FileId(0), 0, words));
    let notes = || {
        [
            "Hi Ana, I came across your profile.",
            "Hi Ana, I came across your profile.",
            "Hallo Jana, dein Vortrag hat mir gefallen.",
        ]
        .map(note)
        .to_vec()
    };
    let identity = Identity::of(&[b"one"]);
    let mut memory = Memory::lasting(vec![identity]);
    let first = lint_again(&run, notes(), Vec::new(), &mut memory);
    let bytes = memory.to_bytes().unwrap();
    assert!(Memory::is_kept(&bytes));

    let mut back = Memory::from_bytes(&bytes, vec![identity]).unwrap();
    assert_eq!(back.len(), 2, "the same words are known once");
    let second = lint_again(&run, notes(), Vec::new(), &mut back);
    assert_eq!(format!("{second:?}"), format!("{first:?}"));
    assert_eq!(back.to_bytes(), None, "nothing was judged");

    // Of other rules nothing is known.
    let other = vec![Identity::of(&[b"o", b"ne"])];
    let mut other = Memory::from_bytes(&bytes, other).unwrap();
    lint_again(&run, notes(), Vec::new(), &mut other);
    assert_eq!(other.len(), 4);
    assert!(other.to_bytes().is_some());
}
