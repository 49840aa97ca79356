//! `connote explain FILE` from outside: the exit status.

use std::fs;

use crate::program::connote_in;

const GOOD: &str = "Hi Ana, your talk on kelp in Bergen was a joy.";

#[test]
fn what_is_wrong_with_a_file_makes_explaining_it_fail() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let broken = "[{\"note\": \"Hi Ana, let's connect.\"}, 5]";
    for (name, text) in [
        ("good.md", GOOD),
        ("bad.md", "Hi {first_name}, let's connect."),
        ("empty.md", ""),
        ("broken.json", broken),
        ("header.csv", "note,first_name\n"),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    let status = |arguments: &[&str]| connote_in(folder, arguments).status;
    assert_eq!(status(&["explain", "good.md"]), 0);
    // What is wrong with a note is what was asked for.
    assert_eq!(status(&["check", "bad.md"]), 1);
    assert_eq!(status(&["explain", "bad.md"]), 0);
    for name in ["empty.md", "broken.json", "header.csv"] {
        let as_check = status(&["check", name]);
        assert_ne!(as_check, 0, "{name}");
        assert_eq!(status(&["explain", name]), as_check, "{name}");
    }
    fs::create_dir(folder.join("nothing")).unwrap();
    assert_eq!(status(&["explain", "nothing"]), 2);
    assert_eq!(status(&["explain", "good.md", "broken.json"]), 1);
}
