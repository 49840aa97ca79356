//! The page from reports made by hand, read as a browser reads it.

use std::collections::BTreeMap;

use proptest::prelude::*;
use scraper::Html;
use scraper::Selector;

use super::*;
use crate::diagnostic::Severity;
use crate::render::hostile::filled;
use crate::render::page::gains::Fault;
use crate::render::page::gains::gains;
use crate::render::page::marked::Frame;
use crate::render::page::marked::Underline;
use crate::render::page::marked::marked;
use crate::render::testing::Case;
use crate::score::Level;
use crate::score::Part;

fn count(page: &Html, selector: &str) -> usize {
    page.select(&Selector::parse(selector).unwrap()).count()
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    let found = page.select(&selector);
    found.map(|element| element.text().collect()).collect()
}

#[test]
fn what_mending_would_bring() {
    let mut case = Case::default();
    let all = "Hi, your talk helps. I'd ask. I can send it.";
    let good = case.note("a.md", all, "Ana");
    let specific = [
        (Part::Reference, Level::Specific, "your talk"),
        (Part::Reason, Level::Specific, "ask"),
        (Part::Value, Level::Specific, "send"),
    ];
    case.score(good, &specific, &[]);
    // 40 + 15 + 0 - 5 = 50: the reason would bring 15, the value 30, the deduction 5.
    let fair = case.note("b.md", all, "Bo");
    let generic = [specific[0], (Part::Reason, Level::Generic, "ask")];
    case.score(fair, &generic, &[("opening", 5)]);
    // 0 + 0 + 0 - 35: the reference alone would bring 5, the others nothing, and no deduction anything.
    let poor = case.note("c.md", all, "Cy");
    case.score(poor, &[], &[("opening", 5), ("blank", 30)]);
    case.find(poor, Severity::Error, "blank", "talk");
    case.find(poor, Severity::Error, "blank", "send");
    case.find(good, Severity::Warning, "mild", "talk");

    let groups = Groups::new(&case.report);
    let found = gains(&case.report, &groups);
    let found: Vec<_> = found
        .iter()
        .map(|(fault, gain)| {
            (
                *fault,
                gain.notes.clone(),
                gain.without,
                gain.errors,
                gain.points,
            )
        })
        .collect();
    let expected = vec![
        (Fault::Rule("blank"), vec![2], 0, 1, 0),
        (Fault::Part(Part::Value), vec![1, 2], 2, 0, 30),
        (Fault::Part(Part::Reason), vec![1, 2], 1, 0, 15),
        (Fault::Part(Part::Reference), vec![2], 1, 0, 5),
        (Fault::Rule("opening"), vec![1, 2], 0, 0, 5),
    ];
    assert_eq!(found, expected);

    let page = Html::parse_document(&case.show("html"));
    let titles = texts(&page, "#first h3");
    assert_eq!(titles[0], "about “talk” blank");
    assert_eq!(titles[1], "Offer one small concrete thing");
    let said = &texts(&page, "#first li:nth-child(2) > p")[0];
    let said: Vec<&str> = said.split_whitespace().collect();
    assert_eq!(
        said.join(" "),
        "2 of 3 notes have no value. Worth up to 30 points in all, 10 more on the mean score."
    );
}

#[test]
fn marks_nest_and_numbers_stand_behind_what_they_mean() {
    let underlines = [
        Underline {
            place: 3..12,
            part: Part::Reference,
        },
        Underline {
            place: 8..20,
            part: Part::Reason,
        },
    ];
    let frame = |place, severity, number| Frame {
        place,
        severity,
        number,
    };
    let frames = [
        frame(8..12, Severity::Error, Some(1)),
        frame(20..20, Severity::Info, Some(2)),
        frame(0..22, Severity::Warning, Some(3)),
    ];
    let shown = marked("note-7", "Hi your talk helped & I", &underlines, &frames).into_string();
    let badge = |severity: &str, number: usize, sign: &str, more: &str| {
        format!(
            "<a class=\"badge {severity}\" href=\"#note-7-{number}\" aria-label=\"finding {number}{more}\">{sign}{number}</a>"
        )
    };
    let missing = badge("info", 2, "+", ": something is missing here");
    let expected = [
        "Hi ",
        "<mark class=\"reference\">your </mark>",
        "<span class=\"framed error\"><mark class=\"reference\"><mark class=\"reason\">talk</mark></mark></span>",
        &badge("error", 1, "", ""),
        "<mark class=\"reason\"> helped </mark>",
        &missing,
        "&amp; ",
        &badge("warning", 3, "", ""),
        "I",
    ];
    assert_eq!(
        shown,
        expected.concat(),
        "a frame around nearly all is not drawn"
    );
}

#[test]
fn many_notes_are_cut_where_the_page_says_so() {
    let mut case = Case::default();
    let many = notes::NOTES + 7;
    for number in 0..many {
        let note = case.note(&format!("{number}.md"), "Hi, your talk", "Ana");
        let level = if number < 9 {
            Level::Specific
        } else {
            Level::None
        };
        case.score(note, &[(Part::Reference, level, "talk")], &[]);
    }
    // It scores more than the others, but cannot be sent.
    case.find(4, Severity::Error, "blank", "talk");
    let page = Html::parse_document(&case.show("html"));
    assert_eq!(count(&page, "#cards > li"), notes::NOTES);
    assert_eq!(count(&page, "#note-5"), 1);
    let notice = texts(&page, ".notice");
    assert!(
        notice[0].contains(&format!("{} of {many} notes", notes::NOTES)),
        "{notice:?}"
    );
    // The counts are of all.
    let numbers = texts(&page, "#summary dd");
    assert_eq!(numbers[0], many.to_string());
    case.options.all = true;
    let page = Html::parse_document(&case.show("html"));
    assert_eq!(
        (count(&page, "#cards > li"), count(&page, ".notice")),
        (many, 0)
    );
}

#[test]
fn a_page_without_notes_is_a_page() {
    let page = Html::parse_document(&Case::default().show("html"));
    assert!(texts(&page, ".lead")[0].contains("Nothing was reviewed"));
    assert_eq!((count(&page, "#plots"), count(&page, "#notes")), (0, 0));
    let mut case = Case::default();
    case.note("a.md", "Hi", "Ana");
    case.options.quiet = true;
    let page = Html::parse_document(&case.show("html"));
    assert_eq!((count(&page, "#plots"), count(&page, "#notes")), (1, 0));
    // Only compared: no verdict.
    case.report.verdicts.clear();
    case.options.quiet = false;
    let page = Html::parse_document(&case.show("html"));
    assert_eq!(
        (count(&page, "#plots"), count(&page, "#notes li article")),
        (0, 1)
    );
}

#[test]
fn links_within_the_page_lead_somewhere_and_ids_are_unique() {
    let page = Html::parse_document(&filled("x").show("html"));
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    for element in page.select(&Selector::parse("[id]").unwrap()) {
        *ids.entry(element.attr("id").unwrap()).or_default() += 1;
    }
    assert!(ids.values().all(|times| *times == 1), "{ids:?}");
    for element in page.select(&Selector::parse("a").unwrap()) {
        let target = element.attr("href").unwrap().strip_prefix('#').unwrap();
        assert!(ids.contains_key(target), "{target}");
    }
}

/// Elements and attributes, in order; texts left out.
fn bones(page: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let elements = page.root_element().descendent_elements();
    let named = elements.map(|element| {
        let attributes = element
            .value()
            .attrs()
            .map(|(name, value)| format!("{name}={value}"));
        format!(
            "{} {}",
            element.value().name(),
            attributes.collect::<Vec<_>>().join(" ")
        )
    });
    // The marks depend on where words begin and end, and hidden characters are framed.
    named
        .filter(|bone| !bone.starts_with("span class=hidden-letter"))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn strangers_words_are_only_words(
        text in prop_oneof![
            "[<>\"'&/=`;:(){}\\[\\]!a-z \u{0}-\u{1f}\u{202a}-\u{202e}\u{2066}-\u{2069}é👋-]{1,80}",
            prop::sample::select(ATTACKS.to_vec()).prop_map(str::to_owned),
        ],
    ) {
        // As long, and as many lines, so that nothing is cut or left out differently.
        let tame = |letter: char| match letter.len_utf8() {
            _ if letter.is_whitespace() => letter,
            1 => 'x',
            2 => 'é',
            3 => '東',
            _ => '👋',
        };
        let tame: String = text.chars().map(tame).collect();
        prop_assume!(!tame.trim().is_empty());
        let (wild, tame) = (filled(&text).show("html"), filled(&tame).show("html"));
        prop_assert_eq!(bones(&wild), bones(&tame));
        let turned = |c: char| ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
        prop_assert!(!wild.contains(turned));
    }
}

const ATTACKS: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</style></script><!-- <svg/onload=alert(1)>",
    "' onmouseover='alert(1)",
    "&lt;script&gt;&#60;img src=x&#62;",
    "</p></li></ol></section></main></body></html><h1>x",
    "]]><base href=//e.example><meta http-equiv=refresh content=0>",
    "<math><mtext></table><table><a href=javascript:alert(1)>",
];
