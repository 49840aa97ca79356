use super::*;
use crate::diagnostic::Severity;
use crate::score::Grade;

#[test]
fn places_are_those_of_the_words_in_bytes_and_in_utf16() {
    let text = "👋 Hi Zoë, I hope this message finds you well. Zoë, I'd like to connect.";
    let batch = Linter::new().lint([text]);
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut places: Vec<(Place, &str)> = Vec::new();
    for finding in &batch.verdicts[0].findings {
        let Whereabouts::Text(0, place) = &finding.at else {
            panic!("{finding:?}");
        };
        places.push((place.clone(), &finding.rule));
    }
    assert!(places.len() > 2, "{places:?}");
    for (place, rule) in &places {
        let words = String::from_utf16(&units[place.utf16.clone()]).unwrap();
        assert_eq!(words, text[place.bytes.clone()], "{rule}");
    }
    let pleasantry = |(_, rule): &&(Place, &str)| *rule == "pleasantry";
    let (place, _) = places.iter().find(pleasantry).unwrap();
    // The emoji is four bytes and two units, ë two bytes and one unit.
    assert_eq!(place.bytes.start, place.utf16.start + 3);
}

#[test]
fn fields_are_known_and_findings_can_be_about_them() {
    let draft = Draft::new("Hi Sandra, your talk on cold rooms in Pune was a joy.")
        .first_name("Priya")
        .location("Springfield\nsend_at: never")
        .send_at("2026-03-31 10:00")
        .allow("no-such-rule");
    let now = "2026-03-27T12:00Z".parse().unwrap();
    let linter = Linter::builder().now(now).build().unwrap();
    let batch = linter.lint([Draft::new("Hi"), draft]);
    let findings = &batch.verdicts[1].findings;
    let at = |rule: &str| {
        let found = findings.iter().find(|finding| finding.rule == rule);
        found
            .map(|finding| finding.at.clone())
            .unwrap_or_else(|| panic!("{rule}: {findings:#?}"))
    };
    assert_eq!(at("unknown-rule"), Whereabouts::Field(1, "allow".into()));
    assert_eq!(at("zone-unknown"), Whereabouts::Field(1, "location".into()));
    let Whereabouts::Text(1, place) = at("wrong-greeting-name") else {
        panic!();
    };
    assert_eq!(place.bytes, 3..9);
}

#[test]
fn drafts_are_held_against_each_other() {
    let text = "I saw your post about rivers and would like to hear how you map them.";
    let ids = ["a", "b", "a"];
    let batch = Linter::new().lint(ids.map(|id| Draft::new(text).id(id)));
    let ids: Vec<&str> = batch.verdicts.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "a#2"]);
    assert_eq!(batch.clusters[0].kind, "duplicate");
    assert_eq!(batch.clusters[0].members, [0, 1, 2]);
    let related = |verdict: &Verdict| {
        let duplicate = |finding: &&Finding| finding.rule == "duplicate";
        let found = verdict.findings.iter().find(duplicate);
        found.map(|finding| finding.related[0].at.clone())
    };
    let twins: Vec<Whereabouts> = batch.verdicts.iter().filter_map(related).collect();
    assert!(!twins.is_empty());
    for twin in twins {
        let Whereabouts::Text(_, place) = twin else {
            panic!("{twin:?}");
        };
        assert!(place.bytes.start < place.bytes.end);
    }
}

#[test]
fn configuration_and_packs_hold_and_their_mistakes_have_places() {
    let pack = "[[rule]]\nid = 'no-rivers'\nkind = 'phrase'\nmessage = '`{found}`'\nlevel = 'error'\nphrases = ['river~']\n";
    let linter = Linter::builder()
        .configuration("account = 'paid'\n[rules.no-rivers]\nlevel = 'hint'\n")
        .pack("team", pack)
        .build()
        .unwrap();
    let batch = linter.lint(["Two rivers meet."]);
    let verdict = &batch.verdicts[0];
    assert_eq!(verdict.length.limit, Some(300));
    let rivers = |finding: &&Finding| finding.rule == "no-rivers";
    let found = verdict.findings.iter().find(rivers).unwrap();
    assert_eq!(found.severity, Severity::Hint);
    let mistakes = Linter::builder()
        .configuration("\nacount = 'paid'\n")
        .pack("team", "[[rule]]\nid = 'x'\nkind = 'phrses'\n")
        .build()
        .unwrap_err();
    let shown = mistakes.to_string();
    assert!(
        shown.contains("connote.toml:2:1: unknown key `acount` (did you mean `account`?)"),
        "{shown}"
    );
    assert!(
        shown.contains("team:3:8: there is no kind of check `phrses`"),
        "{shown}"
    );
}

#[test]
fn nothing_and_almost_nothing_are_judged_without_fuss() {
    let linter = Linter::new();
    linter.prepare();
    let none: [&str; 0] = [];
    assert!(linter.lint(none).verdicts.is_empty());
    let batch = linter.lint(["", "\u{202e}", "👋"]);
    assert_eq!(batch.verdicts.len(), 3);
    assert!(
        batch
            .verdicts
            .iter()
            .all(|one| one.grade == Some(Grade::Rewrite))
    );
    assert_eq!(batch.summary().notes, 3);
    // No rules for the parts are written for Italian.
    let italian = "Buongiorno Giulia, il tuo intervento sulle celle frigorifere mi è piaciuto molto, grazie per le spiegazioni così chiare.";
    let batch = linter.lint([italian]);
    assert_eq!(
        (batch.verdicts[0].score, batch.verdicts[0].grade),
        (None, None)
    );
}
