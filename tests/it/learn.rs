//! `connote learn` from outside: simulated histories through the whole program.

use serde_json::Value;

use crate::audit::run;

/// A history of a thousand invitations: those with a note are accepted with one chance, the others with
/// another. The draws are the same in each run.
fn simulated(with_note: f64, without: f64) -> tempfile::TempDir {
    let mut invitations =
        String::from("From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n");
    let mut connections =
        String::from("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n");
    let mut state = 7u64;
    let mut draw = || {
        // Knuth's linear congruential generator (MMIX).
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    for person in 0..1000 {
        let (has_note, day, hour) = (
            draw() < 0.5,
            1 + (draw() * 28.0) as u32,
            1 + (draw() * 11.0) as u32,
        );
        let note = match has_note {
            true => format!(
                "Hello number {person} from the pier, about ship {}.",
                person * 7919 % 977
            ),
            false => String::new(),
        };
        invitations.push_str(&format!(
            "Me,P{person} X,\"{}/{day}/25, {hour}:05 AM\",\"{note}\",OUTGOING,https://www.linkedin.com/in/me,https://www.linkedin.com/in/p{person}\n",
            9 + person / 500
        ));
        if draw() < if has_note { with_note } else { without } {
            connections.push_str(&format!(
                "P{person},X,https://www.linkedin.com/in/p{person},,,,20 Dec 2025\n"
            ));
        }
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Invitations.csv"), invitations).unwrap();
    std::fs::write(folder.path().join("Connections.csv"), connections).unwrap();
    folder
}

#[test]
fn learning_finds_what_is_there_and_nothing_where_nothing_is() {
    let learned = |folder: &tempfile::TempDir| -> Vec<(String, String)> {
        let path = folder.path().to_str().unwrap();
        let (status, json, _) = run(&["learn", path, "--now", "2026-02-15", "--format", "json"]);
        assert_eq!(status, 0);
        let found: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(found["mature"], 1000);
        let traits = found["traits"].as_array().unwrap().iter();
        traits
            .filter(|one| one["verdict"] == "more" || one["verdict"] == "fewer")
            .map(|one| {
                (
                    one["id"].as_str().unwrap().to_owned(),
                    one["verdict"].as_str().unwrap().to_owned(),
                )
            })
            .collect()
    };
    assert_eq!(
        learned(&simulated(0.5, 0.3)),
        [("note".to_owned(), "more".to_owned())]
    );
    assert!(learned(&simulated(0.4, 0.4)).is_empty());
}

#[test]
fn weights_are_written_only_where_asked_and_never_over_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weights.toml");
    let to = path.to_str().unwrap();
    let base = ["learn", "samples/export.zip", "--now", "2026-02-15"];
    let mut writing = base.to_vec();
    writing.extend(["--write", to]);
    assert_eq!(run(&writing).0, 0);
    let written = std::fs::read_to_string(&path).unwrap();
    let table: toml::Table = written.parse().unwrap();
    let parts = ["reference", "reason", "value"]
        .map(|part| table["score"][part]["specific"].as_integer().unwrap());
    assert_eq!(parts.iter().sum::<i64>(), 100);
    // It is a configuration.
    let (status, _, complaints) = run(&["config", "--show", "a.md", "--config", to]);
    assert_eq!((status, complaints.as_str()), (0, ""));
    let (status, _, complaint) = run(&writing);
    assert_eq!(status, 2);
    assert!(complaint.contains("cannot write"), "{complaint}");
}
