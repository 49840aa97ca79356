//! No output goes over what a run reads, whichever command writes it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::program::connote_in;
use crate::program::root;

const NOTE: &str = "Hi Ana, your talk on kelp in Bergen was a joy. I'm planning a farm in Oban and would like to ask about ropes. Happy to send you our test results.";

/// Drafts, an export as a folder and as an archive, ledgers, a pack and a configuration.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::create_dir_all(path.join("export")).unwrap();
    fs::create_dir_all(path.join("drafts")).unwrap();
    let sample = |name: &str| fs::read(root().join("tests/cmd/files/past").join(name)).unwrap();
    for name in ["Connections.csv", "Invitations.csv"] {
        let table = sample(&format!("export/{name}"));
        fs::write(path.join("export").join(name), table).unwrap();
    }
    fs::copy(root().join("samples/export.zip"), path.join("export.zip")).unwrap();
    let ledger = root().join("samples/ledger.csv");
    for name in ["ledger.csv", "more.csv"] {
        fs::copy(&ledger, path.join(name)).unwrap();
    }
    fs::write(path.join("own.toml"), "# Nothing yet.\n").unwrap();
    let config = "packs = [\"own.toml\"]\nledger = [\"ledger.csv\"]\n";
    fs::write(path.join("connote.toml"), config).unwrap();
    let rows = format!("name,timezone,note\nAna,Europe/Oslo,\"{NOTE}\"\n");
    fs::write(path.join("drafts/a.csv"), rows).unwrap();
    folder
}

/// Every file below a folder and what is in it.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => all.extend(contents(&path)),
            false => drop(all.insert(path.display().to_string(), fs::read(&path).unwrap())),
        }
    }
    all
}

#[test]
fn what_is_read_stays_as_it_is() {
    let folder = folder();
    let before = contents(folder.path());
    let drafts = "one of the drafts";
    let sent = "a list of what was sent before";
    for (line, file, what) in [
        ("schedule drafts -o drafts/a.csv", "drafts/a.csv", drafts),
        (
            "schedule drafts --ics ./drafts/a.csv",
            "drafts/a.csv",
            drafts,
        ),
        ("schedule drafts --ics ledger.csv", "ledger.csv", sent),
        (
            "schedule drafts --history more.csv -o more.csv",
            "more.csv",
            sent,
        ),
        (
            "schedule drafts -o connote.toml",
            "connote.toml",
            "the configuration",
        ),
        ("schedule drafts -o own.toml", "own.toml", "a rule pack"),
        (
            "audit export -o export/Invitations.csv",
            "export/Invitations.csv",
            sent,
        ),
        ("audit export.zip --html export.zip", "export.zip", sent),
        ("audit export --csv ledger.csv", "ledger.csv", sent),
        (
            "audit export --ledger more.csv --ics drafts/../more.csv",
            "more.csv",
            sent,
        ),
        ("audit export --csv own.toml", "own.toml", "a rule pack"),
        ("check drafts -o ledger.csv", "ledger.csv", sent),
        ("check drafts -o json=drafts/a.csv", "drafts/a.csv", drafts),
        (
            "check drafts --history export -o json=export/Invitations.csv",
            "export/Invitations.csv",
            sent,
        ),
        (
            "check drafts -o connote.toml",
            "connote.toml",
            "the configuration",
        ),
        (
            "check drafts --write-baseline own.toml",
            "own.toml",
            "a rule pack",
        ),
        (
            "check --compare drafts/a.csv drafts/a.csv:2 -o drafts/a.csv",
            "drafts/a.csv",
            "one of the two to compare",
        ),
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let run = connote_in(folder.path(), &words);
        assert_eq!(
            (run.status, &*run.stdout),
            (2, ""),
            "{line}: {}",
            run.stderr
        );
        let said = format!("would overwrite {file}, which is {what}");
        assert!(run.stderr.contains(&said), "{line}: {}", run.stderr);
        assert!(contents(folder.path()) == before, "{line}");
    }
}

#[test]
fn what_is_only_beside_it_is_written() {
    let folder = folder();
    for line in [
        "schedule drafts -o plan.csv --format csv --ics drafts/plan.ics",
        "audit export.zip --csv export/plan.csv --exit-zero",
        "audit export --csv export/plan.csv --html export/page.html --exit-zero --fail-on never",
        "check drafts -o export/report.html --exit-zero",
        "check drafts --write-baseline known.toml",
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        // The second run finds what the first one wrote.
        for _ in 0..2 {
            let run = connote_in(folder.path(), &words);
            assert!(!run.stderr.contains("overwrite"), "{line}: {}", run.stderr);
            assert_ne!(run.status, 2, "{line}: {}", run.stderr);
        }
    }
    assert!(folder.path().join("export/plan.csv").exists());
}
