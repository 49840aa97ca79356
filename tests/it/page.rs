//! The page of a review from outside: its figures are those of the JSON, reckoned a second time; what
//! strangers wrote is nothing but words; its policy names what is in it.

use std::collections::BTreeMap;

use base64::Engine;
use scraper::ElementRef;
use scraper::Html;
use scraper::Selector;
use serde_json::Value;
use sha2::Digest;

use crate::program::NOW;
use crate::program::program;
use crate::program::root;

const DRAFTS: [&str; 3] = ["samples/drafts", "samples/batch.csv", "samples/plan.csv"];
const WHEN: [&str; 2] = ["--now", "2026-03-27T12:00Z"];

fn run(arguments: &[&str]) -> String {
    let mut command = program();
    command.args(arguments).env("SOURCE_DATE_EPOCH", NOW);
    let output = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap()
}

fn check(format: &str, drafts: &[&str]) -> String {
    let options = [
        "--isolated",
        "--exit-zero",
        "--format",
        format,
        WHEN[0],
        WHEN[1],
    ];
    run(&[&["check"], drafts, &options].concat())
}

fn pages(drafts: &[&str]) -> (Html, Value) {
    let page = Html::parse_document(&check("html", drafts));
    (page, serde_json::from_str(&check("json", drafts)).unwrap())
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    let words: String = element.text().collect();
    words.split_whitespace().collect::<Vec<&str>>().join(" ")
}

fn within(element: ElementRef<'_>, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    element.select(&selector).map(text).collect()
}

/// The table under a plot: its rows by their labels.
fn table(page: &Html, plot: &str) -> BTreeMap<String, Vec<u64>> {
    let rows = all(page, &format!("#{plot} tbody tr"));
    rows.into_iter()
        .map(|row| {
            let cells = within(row, "td");
            let cells = cells.iter().map(|cell| cell.parse().unwrap());
            (within(row, "th").remove(0), cells.collect())
        })
        .collect()
}

/// Counts things under names, in a fixed order of kinds.
fn tally<'a>(
    kinds: &[&str],
    things: impl Iterator<Item = (String, &'a str)>,
) -> BTreeMap<String, Vec<u64>> {
    let mut counts: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (name, kind) in things {
        let at = kinds.iter().position(|known| *known == kind).unwrap();
        counts.entry(name).or_insert_with(|| vec![0; kinds.len()])[at] += 1;
    }
    counts
}

fn without_empty(mut table: BTreeMap<String, Vec<u64>>) -> BTreeMap<String, Vec<u64>> {
    table.retain(|_, counts| counts.iter().any(|count| *count > 0));
    table
}

fn scored(json: &Value) -> impl Iterator<Item = &Value> {
    let notes = json["notes"].as_array().unwrap();
    notes.iter().filter(|note| note["score"].is_u64())
}

#[test]
fn the_counts_are_those_of_the_report() {
    let (page, json) = pages(&DRAFTS);
    let names = all(&page, "#summary dt").into_iter().map(text);
    let values = all(&page, "#summary dd").into_iter().map(text);
    let shown: BTreeMap<String, String> = names.zip(values).collect();
    let summary = &json["summary"];
    for (name, key) in [
        ("notes", "notes"),
        ("ready", "ready"),
        ("to revise", "revise"),
        ("to rewrite", "rewrite"),
        ("mean score, of 100", "mean_score"),
        ("errors", "errors"),
        ("warnings", "warnings"),
        ("infos", "infos"),
        ("hints", "hints"),
    ] {
        let (shown, told): (f64, f64) =
            (shown[name].parse().unwrap(), summary[key].as_f64().unwrap());
        assert_eq!(shown, told, "{name}");
    }
}

#[test]
fn the_plots_are_those_of_the_notes() {
    let (page, json) = pages(&DRAFTS);
    let grades = ["ready", "revise", "rewrite"];
    let scores = scored(&json).map(|note| {
        let from = (note["score"].as_u64().unwrap() / 10 * 10).min(90);
        let to = if from == 90 { 100 } else { from + 9 };
        (format!("{from} to {to}"), note["grade"].as_str().unwrap())
    });
    assert_eq!(
        without_empty(table(&page, "plot-scores")),
        tally(&grades, scores)
    );

    let levels = ["specific", "generic", "none"];
    let parts = scored(&json).flat_map(|note| {
        let parts = note["parts"].as_object().unwrap().iter();
        parts.map(|(part, found)| (part.clone(), found["level"].as_str().unwrap()))
    });
    assert_eq!(table(&page, "plot-parts"), tally(&levels, parts));

    let kinds = ["within", "over", "none"];
    let notes = json["notes"].as_array().unwrap().iter();
    let lengths = notes.map(|note| {
        let (length, limit) = (&note["length"]["utf16"], &note["length"]["limit"]);
        let length = length.as_u64().unwrap();
        let kind = match limit.as_u64() {
            None => "none",
            Some(limit) if length > limit => "over",
            Some(_) => "within",
        };
        let name = match length {
            0..=25 => "up to 25".to_owned(),
            301.. => "more than 300".to_owned(),
            more => format!(
                "{} to {}",
                (more - 1) / 25 * 25 + 1,
                (more - 1) / 25 * 25 + 25
            ),
        };
        (name, kind)
    });
    assert_eq!(
        without_empty(table(&page, "plot-lengths")),
        tally(&kinds, lengths)
    );

    // What is drawn stands for the same: as many bars as there are counts that are not 0.
    let drawn = all(&page, "#plot-scores > svg rect:not([fill])").len();
    let told = table(&page, "plot-scores")
        .into_values()
        .flatten()
        .filter(|count| *count > 0)
        .count();
    assert_eq!(drawn, told);
}

#[test]
fn send_times_are_those_of_the_schedule() {
    // Before all of them: what has gone by is planned anew, and not drawn.
    let early = ["--now", "2026-03-20T12:00Z"];
    let drawn = |now: [&str; 2]| {
        let common = ["check", "samples/plan.csv", "--isolated", "--exit-zero"];
        run(&[&common[..], &["--format", "html"], &now].concat())
    };
    let page = Html::parse_document(&drawn(early));
    let plan = [
        "schedule",
        "samples/plan.csv",
        "--isolated",
        "--format",
        "json",
        early[0],
        early[1],
    ];
    let plan: Value = serde_json::from_str(&run(&plan)).unwrap();
    let mut rows = csv::Reader::from_path(root().join("samples/plan.csv")).unwrap();
    let at = rows
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "send_at")
        .unwrap();
    let given: BTreeMap<String, bool> = rows
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[0].to_owned(), !row[at].is_empty()))
        .collect();
    let timed = given.values().filter(|given| **given).count();
    assert!(timed > 3);
    let mut expected: BTreeMap<String, u64> = BTreeMap::new();
    for note in plan["notes"].as_array().unwrap() {
        let local = note["send_at_local"].as_str();
        let (true, Some(local)) = (given[note["id"].as_str().unwrap()], local) else {
            continue;
        };
        // Without a zone the schedule tells the sender's time, and the page none.
        if note["timezone"].is_null() {
            continue;
        }
        let local: jiff::civil::DateTime = local[..19].parse().unwrap();
        let day = local.strftime("%a").to_string();
        let hour = local.hour();
        *expected
            .entry(format!("{day} {hour}:00 to {hour}:59"))
            .or_default() += 1;
    }
    let shown = table(&page, "plot-times").into_iter();
    let shown: BTreeMap<String, u64> = shown.map(|(name, counts)| (name, counts[0])).collect();
    assert!(!expected.is_empty());
    assert_eq!(shown, expected);
    let said = text(all(&page, "#plot-times .said")[0]);
    assert!(
        said.starts_with(&format!("{timed} of {} drafts", given.len())),
        "{said}"
    );

    let later = Html::parse_document(&drawn(WHEN));
    let said = text(all(&later, "#plot-times .said")[0]);
    assert!(said.contains("1 of them has gone by"), "{said}");
    let shown: u64 = table(&later, "plot-times")
        .values()
        .map(|counts| counts[0])
        .sum();
    assert_eq!(shown + 1, expected.values().sum::<u64>());
}

#[test]
fn every_card_tells_its_note() {
    let (page, json) = pages(&DRAFTS);
    let notes = json["notes"].as_array().unwrap();
    let cards = all(&page, "#cards > li");
    assert_eq!(cards.len(), notes.len());
    let mut before = 0;
    for card in cards {
        let number: usize = card.attr("data-file").unwrap().parse().unwrap();
        let note = &notes[number];
        let words = within(card, ".words").concat();
        let told = note["text"].as_str().unwrap();
        // Numbers of findings stand between the words; without them they are the note's.
        let badges = within(card, ".words .badge").len();
        if badges == 0 && told.is_ascii() {
            assert_eq!(
                words,
                told.split_whitespace().collect::<Vec<&str>>().join(" ")
            );
        }
        let found = json["diagnostics"].as_array().unwrap().iter();
        let found = found.filter(|found| found["note"] == note["id"]).count();
        assert_eq!(
            within(card, ".findings > li").len(),
            found,
            "{}",
            note["id"]
        );
        let Some(score) = note["score"].as_u64() else {
            assert_eq!(card.attr("data-grade"), Some("none"));
            continue;
        };
        assert_eq!(within(card, ".total"), [score.to_string()]);
        assert_eq!(card.attr("data-grade"), note["grade"].as_str());
        assert!(score >= before, "the worst first");
        before = score;
        let points: Vec<String> = ["reference", "reason", "value"]
            .map(|part| &note["parts"][part])
            .map(|part| format!("{} of {}", part["points"], part["of"]))
            .to_vec();
        assert_eq!(within(card, ".parts li:not(.deduction) .points"), points);
        let taken = note["deductions"].as_array().unwrap().iter();
        let taken: Vec<String> = taken.map(|taken| format!("−{}", taken["points"])).collect();
        assert_eq!(within(card, ".deduction .points"), taken);
    }
}

/// Names of elements, and of their attributes, that the page is made of.
const ELEMENTS: &str = "html head meta title style body svg defs pattern rect a header h1 p nav ul li main section dl \
    div dt dd h2 ol h3 code strong bdi button figure figcaption desc text line details summary table caption thead tr \
    th tbody td article span form label input select option optgroup mark footer script";
const ATTRIBUTES: &str = "lang charset name content http-equiv class aria-hidden width height id patternUnits \
    patternTransform href aria-label aria-labelledby type hidden data-what role viewBox x y fill text-anchor x1 x2 y1 y2 \
    scope fill-opacity rx title data-grade data-file dir autocomplete spellcheck value label";

#[test]
fn what_strangers_wrote_is_nothing_but_words() {
    let page = check("html", &["samples/hostile", "tests/page/attacks.jsonl"]);
    assert!(page.contains("&lt;script&gt;") && page.contains("U+202E"));
    let hidden =
        |c: char| ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
    assert!(!page.contains(hidden) && !page.contains('\u{1b}') && !page.contains('\0'));
    let page = Html::parse_document(&page);
    let (elements, attributes): (Vec<&str>, Vec<&str>) = (
        ELEMENTS.split_whitespace().collect(),
        ATTRIBUTES.split_whitespace().collect(),
    );
    let value = regex::Regex::new(r"^#?[a-z0-9 .+:-]*$").unwrap();
    for element in page.root_element().descendent_elements() {
        let name = element.value().name();
        assert!(elements.contains(&name), "{name}");
        for (attribute, said) in element.value().attrs() {
            assert!(attributes.contains(&attribute), "{name} {attribute}");
            let ours = [
                "content",
                "patternTransform",
                "patternUnits",
                "viewBox",
                "title",
                "aria-label",
                "label",
                "fill",
                "http-equiv",
            ];
            assert!(
                ours.contains(&attribute) || value.is_match(said),
                "{attribute}={said}"
            );
        }
    }
    assert_eq!(
        (all(&page, "script").len(), all(&page, "style").len()),
        (1, 1)
    );
    assert_eq!(all(&page, "svg[aria-labelledby]").len(), 4);
}

#[test]
fn the_policy_names_what_is_in_the_page() {
    let audit = [
        "audit",
        "samples/export.zip",
        "--now",
        "2026-02-15",
        "--format",
        "html",
    ];
    for page in [check("html", &DRAFTS), run(&audit)] {
        let page = Html::parse_document(&page);
        let policy = all(&page, "meta[http-equiv=Content-Security-Policy]")[0];
        let policy = policy.attr("content").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"),
            "{policy}"
        );
        let hashes = |name: &str| -> Vec<String> {
            let texts = all(&page, name)
                .into_iter()
                .map(|element| element.text().collect::<String>());
            let encode =
                |text: String| base64::prelude::BASE64_STANDARD.encode(sha2::Sha256::digest(text));
            texts
                .map(|text| format!("{name}-src 'sha256-{}'", encode(text)))
                .collect()
        };
        for expected in hashes("style").into_iter().chain(hashes("script")) {
            assert!(
                policy.split("; ").any(|part| part == expected),
                "{expected} is not in {policy}"
            );
        }
        assert!(all(&page, "[style], [onclick], link, img, iframe").is_empty());
    }
}
