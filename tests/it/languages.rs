//! Notes in other languages than English: one rule in several languages, and no harm done between them.

use std::fs;

use serde_json::Value;

use crate::program::connote;
use crate::program::root;

use connote::config::Settings;
use connote::pack;
use connote::ruleset::RuleSet;
use connote::source::Sources;
use connote::toml_doc::Problems;

const STOCK: &str = "Hallo Jonas, ich bin auf dein Profil gestoßen und würde mich gern vernetzen.";

/// A folder with one file, removed when it is dropped.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// What is said of a note, with more arguments.
fn check(note: &str, more: &[&str]) -> Value {
    let folder = folder(&[("note.txt", note)]);
    let path = folder.path().join("note.txt");
    let mut arguments = vec!["check", "--isolated", "--format", "json"];
    arguments.extend(more);
    arguments.push(path.to_str().unwrap());
    let found = connote(&arguments);
    assert!(found.status < 2, "{}", found.stderr);
    serde_json::from_str(&found.stdout).unwrap()
}

fn rules(found: &Value) -> Vec<&str> {
    let diagnostics = found["diagnostics"].as_array().unwrap();
    diagnostics
        .iter()
        .map(|found| found["rule"].as_str().unwrap())
        .collect()
}

#[test]
fn built_in_packs_of_languages_say_rules_that_exist() {
    let (mut sources, mut problems) = (Sources::default(), Problems::new("rule-pack"));
    let packs = pack::builtin(&mut sources, &mut problems);
    let set = RuleSet::build(&packs, &Settings::default(), &mut problems);
    for pack in pack::in_languages(&mut sources, &mut problems) {
        assert!(pack.rules.len() > 60);
        for rule in pack.rules.iter() {
            assert!(set.rule(&rule.id.value).is_some(), "{}", rule.id.value);
        }
    }
    assert!(problems.found.is_empty());
}

#[test]
fn a_rule_is_one_rule_in_every_language() {
    assert!(rules(&check(STOCK, &[])).contains(&"stock-opening"));
    assert!(!rules(&check(STOCK, &["--ignore", "stock-opening"])).contains(&"stock-opening"));
    assert_eq!(
        rules(&check(STOCK, &["--select", "stock-opening"])),
        ["stock-opening"]
    );
    // English words are not looked for in German notes, nor German ones in English notes.
    let mixed = "Hi Ana, \"ich bin auf dein Profil gestoßen\" is what every German writes. How would you translate it?";
    assert!(!rules(&check(mixed, &[])).contains(&"stock-opening"));
}

#[test]
fn a_missing_part_is_begun_in_the_language_of_the_note() {
    let found = check(STOCK, &["--select", "reason-missing"]);
    let text = found["diagnostics"][0]["fixes"].to_string();
    assert!(text.contains("Ich plane gerade ___"), "{text}");
}

#[test]
fn a_german_greeting_is_one() {
    for note in [
        "Sehr geehrte Frau Dr. Müller, Ihr Aufsatz zur Wolle in Glarus half mir sehr.",
        "Grüezi Frau Müller, Ihr Aufsatz zur Wolle in Glarus half mir sehr.",
        "Liebe Sandra, dein Aufsatz zur Wolle in Glarus half mir sehr.",
    ] {
        let folder = folder(&[(
            "notes.json",
            &serde_json::json!([{"first_name": "Priya", "last_name": "Rao", "note": note}])
                .to_string(),
        )]);
        let path = folder.path().join("notes.json");
        let found = connote(&[
            "check",
            "--isolated",
            "--format",
            "json",
            path.to_str().unwrap(),
        ]);
        let found: Value = serde_json::from_str(&found.stdout).unwrap();
        assert!(
            rules(&found).contains(&"wrong-greeting-name"),
            "{note}: {found}"
        );
    }
}

#[test]
fn umlauts_may_be_two_letters_and_everything_small() {
    let plain = check(
        "Hallo Jana, dein Vortrag über Gezeitenmühlen war gut. Wie hast du das Wehr gebaut? Ich würde dir gern unsere Daten schicken.",
        &[],
    );
    let spelt = check(
        "hallo jana, dein vortrag ueber gezeitenmuehlen war gut. wie hast du das wehr gebaut? ich wuerde dir gern unsere daten schicken.",
        &[],
    );
    for part in ["reference", "reason", "value"] {
        let level = |found: &Value| found["notes"][0]["parts"][part]["level"].clone();
        assert_eq!(level(&plain), "specific", "{part}");
        assert_eq!(level(&spelt), "specific", "{part}");
    }
}

#[test]
fn french_may_have_any_apostrophe_and_no_accents() {
    let notes = [
        "Bonjour Odile, j'ai lu votre article sur l'écluse d'Arzon. J'aimerais savoir qui l'a réparée. Je peux vous envoyer nos relevés d'août !",
        "Bonjour Odile, j’ai lu votre article sur l’écluse d’Arzon. J’aimerais savoir qui l’a réparée. Je peux vous envoyer nos relevés d’août\u{a0}!",
        "bonjour odile, j'ai lu votre article sur l'ecluse d'arzon. j'aimerais savoir qui l'a reparee. je peux vous envoyer nos releves d'aout !",
    ];
    for note in notes {
        let found = check(note, &[]);
        for part in ["reference", "reason", "value"] {
            let level = &found["notes"][0]["parts"][part]["level"];
            assert_eq!(level, "specific", "{part}: {note}");
        }
    }
    let stock =
        "Bonjour Odile, je suis tombé sur votre profil et j'aimerais rejoindre votre réseau.";
    let found = check(stock, &[]);
    for rule in ["stock-opening", "default-invitation", "nothing-specific"] {
        assert!(rules(&found).contains(&rule), "{rule}: {found}");
    }
}

#[test]
fn spanish_may_lack_accents_and_opening_marks() {
    let plain = "Hola Ana: tu charla sobre los vencejos en Cuenca nos convenció. ¿A qué altura te han funcionado mejor? Te envío nuestros recuentos de mayo.";
    let bare = "hola ana tu charla sobre los vencejos en cuenca nos convencio. a que altura te han funcionado mejor? te envio nuestros recuentos de mayo";
    let vos = "Hola Ana, tu charla sobre los vencejos en Cuenca nos convenció. ¿Vos a qué altura los ponés? Te envío nuestros recuentos de mayo.";
    for note in [plain, bare, vos] {
        let found = check(note, &[]);
        for part in ["reference", "reason", "value"] {
            let level = &found["notes"][0]["parts"][part]["level"];
            assert_eq!(level, "specific", "{part}: {note}");
        }
    }
}

#[test]
fn a_spanish_greeting_is_one() {
    for note in [
        "Hola, Marta: tu guía de setas de la Garrotxa me sirvió mucho.",
        "Buenas tardes, Marta: su guía de setas de la Garrotxa me sirvió mucho.",
        "¡Hola Marta! Tu guía de setas de la Garrotxa me sirvió mucho.",
        "Estimada Sra. Ruiz: su guía de setas de la Garrotxa me sirvió mucho.",
        "Querida Marta, tu guía de setas de la Garrotxa me sirvió mucho.",
    ] {
        let rows = serde_json::json!([{"first_name": "Priya", "last_name": "Rao", "note": note}]);
        let folder = folder(&[("notes.json", &rows.to_string())]);
        let path = folder.path().join("notes.json");
        let path = path.to_str().unwrap();
        let found = connote(&["check", "--isolated", "--format", "json", path]);
        let found: Value = serde_json::from_str(&found.stdout).unwrap();
        assert!(
            rules(&found).contains(&"wrong-greeting-name"),
            "{note}: {found}"
        );
    }
}

#[test]
fn a_pack_of_ones_own_may_say_more_in_a_language() {
    let pack = r#"
[pack]
name = "team"
language = "de"

[[rule]]
id = "no-hurry"
kind = "phrase"
level = "warning"
message = "`{found}` hurries the reader"
help = "Leave it out."
why = "Our agreement."
phrases = ["so schnell wie möglich"]
bad = ["Bitte so schnell wie möglich.", "Hallo Jana, so schnell wie möglich bitte."]
good = ["Hallo Jana, viele Grüße aus Wien!", "Guten Tag, bis bald."]

[[rule]]
id = "apology"
phrases = ["tut mir leid"]
bad = ["Es tut mir leid.", "Hallo Jana, tut mir leid."]
good = ["Hallo Jana, viele Grüße aus Wien!", "Guten Tag, bis bald."]
"#;
    let folder = folder(&[("team.toml", pack)]);
    let path = folder.path().join("team.toml");
    let path = path.to_str().unwrap();
    let note =
        "Hallo Jana, es tut mir leid, aber ich brauche die Zahlen so schnell wie möglich von dir.";
    let found = check(note, &["--pack", path]);
    assert!(rules(&found).contains(&"no-hurry"));
    assert!(rules(&found).contains(&"apology"));
    let english = "Hi Jana, how do you say \"so schnell wie möglich\" and \"tut mir leid\" in your part of Ohio?";
    let found = check(english, &["--pack", path]);
    assert!(!rules(&found).contains(&"no-hurry"));
    assert!(!rules(&found).contains(&"apology"));
    // A mistake in it has its place.
    let broken = pack.replace("tut mir leid\"]\nbad", "(tut mir leid\"]\nbad");
    let folder = self::folder(&[("team.toml", &broken)]);
    let path = folder.path().join("team.toml");
    let found = connote(&["check", "--isolated", "--pack", path.to_str().unwrap(), "-"]);
    assert_eq!(found.status, 2);
    assert!(found.stdout.contains("team.toml:19"), "{}", found.stdout);
}

/// What is no note is not warned of for its words. It has no parts, of course.
#[test]
fn ordinary_german_is_not_warned_of() {
    no_warning_on("de", 30);
}

#[test]
fn ordinary_french_is_not_warned_of() {
    no_warning_on("fr", 25);
}

#[test]
fn ordinary_spanish_is_not_warned_of() {
    no_warning_on("es", 20);
}

/// Judges the paragraphs of a language, of which there must be so many.
fn no_warning_on(code: &str, count: usize) {
    let text = fs::read_to_string(root().join(format!("tests/it/paragraphs-{code}.txt"))).unwrap();
    assert!(text.lines().count() >= count);
    let rows: Vec<String> = text
        .lines()
        .map(|line| serde_json::json!({"note": line, "language": code}).to_string())
        .collect();
    let folder = folder(&[("paragraphs.jsonl", &rows.join("\n"))]);
    let path = folder.path().join("paragraphs.jsonl");
    let found = connote(&[
        "check",
        "--isolated",
        "--account",
        "paid",
        "--ignore",
        "reference-missing,reason-missing",
        "--format",
        "json",
        path.to_str().unwrap(),
    ]);
    let found: Value = serde_json::from_str(&found.stdout).unwrap();
    for one in found["diagnostics"].as_array().unwrap() {
        let severity = one["severity"].as_str().unwrap();
        assert!(!matches!(severity, "warning" | "error"), "{one}");
    }
}
