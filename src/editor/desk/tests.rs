//! Whatever is typed, the desk says what a fresh run says.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::check::Check;
use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::lint::lint;
use crate::span::Span;
use crate::span::Spanned;
use crate::toml_doc::Problems;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    let mut sources = Sources::default();
    let mut problems = Problems::new("rule-pack");
    let packs = crate::pack::builtin(&mut sources, &mut problems);
    let set = RuleSet::build(&packs, &Settings::default(), &mut problems);
    // Many small runs follow.
    set.make_ready();
    set
});

const BATCH: &str = "\
first_name,company,send_at,note,allow
Ana,Kardex,,\"Hi Ana, your talk on cold rooms 👋 was a joy. I'm planning one and would like to ask about doors. Happy to send you ours.\",
Ben,Kardex,,\"Hi Ben, your talk on cold rooms 👋 was a joy. I'm planning one and would like to ask about doors. Happy to send you ours.\",
Cyd,Noon,2026-01-03T08:00Z,\"Hi Cyd, your talk on warm rooms 👋 was a joy. I'm planning one and would like to ask about doors. Happy to send you ours.\",
Dee,Noon,,\"I'd like to add you to my professional network on LinkedIn.\",stock-opening
Eve,,,\"Hi {{first_name}}, I came across your profile!!!\",
";
const DRAFT: &str =
    "---\nto: Ana\n---\nHi Ana, I came across your profile. Let's hop on a call for a demo.\n";

/// Those of the rules that look at one note at a time.
static SINGLE: LazyLock<RuleSet> = LazyLock::new(|| {
    let mut sources = Sources::default();
    let mut problems = Problems::new("rule-pack");
    let packs = crate::pack::builtin(&mut sources, &mut problems);
    let between = RULES.rules().iter().filter(|rule| {
        matches!(
            rule.check,
            Some(Check::Batch(_) | Check::Group(_) | Check::Past(_) | Check::Schedule(_))
        )
    });
    let ignore = between.map(|rule| Spanned::new(rule.id.to_string(), Span::default()));
    let settings = Settings {
        ignore: ignore.collect(),
        ..Settings::default()
    };
    let set = RuleSet::build(&packs, &settings, &mut problems);
    set.make_ready();
    set
});

fn rules(now: Option<Timestamp>) -> Rules<'static> {
    with_set(&RULES, now)
}

fn with_set(set: &'static RuleSet, now: Option<Timestamp>) -> Rules<'static> {
    Rules {
        sets: std::slice::from_ref(set),
        history: &[],
        past: None,
        now,
    }
}

/// What a run without any memory says.
fn fresh(
    sources: &Sources,
    drafts: &[(FileId, &str)],
    set: &RuleSet,
    now: Option<Timestamp>,
) -> Report {
    let mut notes = Vec::new();
    let mut problems = Vec::new();
    for (file, name) in drafts {
        let Reader::Text(reader) = format_of(name).reader else {
            continue;
        };
        let read = reader(sources.get(*file), *file, &InputOptions::default());
        notes.extend(read.notes);
        problems.extend(read.problems);
    }
    problems.extend(make_ids_unique(&mut notes, sources));
    let run = Run {
        now,
        ..Run::new(set)
    };
    lint(&run, notes, problems)
}

/// What is told of single notes; what is broken in a file is told a little later.
fn of_notes(report: &Report) -> Vec<Diagnostic> {
    let all = report.diagnostics.iter();
    all.filter(|found| found.note.is_some()).cloned().collect()
}

fn assert_same(one: &Report, two: &Report) {
    assert_eq!(one.notes, two.notes);
    assert_eq!(one.diagnostics, two.diagnostics);
    assert_eq!(format!("{:?}", one.verdicts), format!("{:?}", two.verdicts));
    assert_eq!(format!("{:?}", one.clusters), format!("{:?}", two.clusters));
}

/// One change: where it begins and how much goes, both as a share of the text, and what comes.
fn edit() -> impl Strategy<Value = (bool, Index, usize, &'static str)> {
    let words = prop_oneof![
        Just(""),
        Just("x"),
        Just("é"),
        Just("👋"),
        Just("\n"),
        Just("\""),
        Just(","),
        Just("!!"),
        Just(" your post on doors"),
        Just("{{name}}"),
        Just("\nFay,Noon,,\"Hi Fay, your talk on cold rooms was a joy.\",\n"),
    ];
    (any::<bool>(), any::<Index>(), 0_usize..12, words)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn after_any_edits_the_report_is_that_of_a_fresh_run(
        edits in prop::collection::vec(edit(), 1..8),
    ) {
        let now = Timestamp::from_second(1_774_612_800).ok();
        let mut sources = Sources::default();
        let mut desk = Desk::default();
        let mut texts = [BATCH.to_owned(), DRAFT.to_owned()];
        let names = ["batch.csv", "ana.md"];
        let mut open = |number: usize| {
            let place = ("drafts", names[number]);
            let text = texts[number].clone();
            desk.open(&mut sources, place, text, 0, InputOptions::default())
        };
        let files = [open(0), open(1)];
        let drafts = [(files[0], names[0]), (files[1], names[1])];
        for (in_draft, at, gone, words) in edits {
            let number = usize::from(in_draft);
            let text = &mut texts[number];
            let borders: Vec<usize> = text
                .char_indices()
                .map(|(at, _)| at)
                .chain([text.len()])
                .collect();
            let from = at.index(borders.len());
            let to = (from + gone).min(borders.len() - 1);
            text.replace_range(borders[from]..borders[to], words);
            desk.change(&mut sources, files[number], text.clone());
            let checked = desk.check(&sources, "drafts", &rules(now));
            assert_same(&checked.report, &fresh(&sources, &drafts, &RULES, now));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// With rules for single notes alone, the first answer is the whole answer. With all rules, it points
    /// nowhere outside of the text, and the last word is that of a fresh run.
    #[test]
    fn a_first_answer_is_right_about_every_note_by_itself(
        edits in prop::collection::vec(edit(), 1..6),
        single in any::<bool>(),
    ) {
        let now = Timestamp::from_second(1_774_612_800).ok();
        let set: &'static RuleSet = if single { &SINGLE } else { &RULES };
        let rules = with_set(set, now);
        let mut sources = Sources::default();
        let mut desk = Desk::default();
        let mut text = BATCH.to_owned();
        let place = ("drafts", "batch.csv");
        let file = desk.open(&mut sources, place, text.clone(), 0, InputOptions::default());
        let drafts = [(file, "batch.csv")];
        let mut checked = desk.check(&sources, "drafts", &rules);
        for (_, at, gone, words) in edits {
            let from = at.index(text.len() + 1);
            let from = crate::source::floor_char_boundary(&text, from);
            let to = crate::source::floor_char_boundary(&text, from + gone).max(from);
            text.replace_range(from..to, words);
            desk.change(&mut sources, file, text.clone());
            let change = [Change { old: from..to, new: words.len() }];
            if !desk.glance(&sources, file, &change, &rules, &mut checked) {
                checked = desk.check(&sources, "drafts", &rules);
            }
            for found in &checked.report.diagnostics {
                for label in &found.labels {
                    prop_assert!(label.span.range().end <= text.len(), "{}", found.rule);
                }
            }
            if single {
                let fresh = fresh(&sources, &drafts, set, now);
                prop_assert_eq!(of_notes(&checked.report), of_notes(&fresh));
                let verdicts = [&checked.report, &fresh].map(|it| format!("{:?}", it.verdicts));
                prop_assert_eq!(&verdicts[0], &verdicts[1]);
            }
        }
        let last = desk.check(&sources, "drafts", &rules);
        assert_same(&last.report, &fresh(&sources, &drafts, set, now));
    }
}

#[test]
fn a_keystroke_in_a_row_gets_a_first_answer_and_a_new_row_does_not() {
    let mut sources = Sources::default();
    let mut desk = Desk::default();
    let options = InputOptions::default();
    let place = ("drafts", "batch.csv");
    let file = desk.open(&mut sources, place, BATCH.to_owned(), 0, options);
    let mut checked = desk.check(&sources, "drafts", &rules(None));
    let mut glance = |desk: &mut Desk, at: usize, words: &str, checked: &mut Checked| {
        let mut text = sources.get(file).text.to_string();
        text.insert_str(at, words);
        desk.change(&mut sources, file, text);
        let change = [Change {
            old: at..at,
            new: words.len(),
        }];
        desk.glance(&sources, file, &change, &rules(None), checked)
    };
    let ana = BATCH.find("your talk").unwrap();
    assert!(glance(&mut desk, ana, "the the ", &mut checked));
    let found = |checked: &Checked, rule: &str| {
        let all = checked.report.diagnostics.iter();
        all.filter(|found| &*found.rule == rule).count()
    };
    assert_eq!(found(&checked, "doubled-word"), 1);
    assert_eq!(
        found(&checked, "duplicate"),
        1,
        "what lies between notes comes later"
    );
    assert!(!glance(
        &mut desk,
        BATCH.len() + 8,
        "Fay,,,Hi,\n",
        &mut checked
    ));
}

#[test]
fn drafts_of_a_folder_are_one_batch_until_they_are_closed() {
    let mut sources = Sources::default();
    let mut desk = Desk::default();
    let words = "Hi Ana, your talk on cold rooms was a joy. I'm planning one and would like to ask you about doors and fans.\n";
    let mut open = |folder: &str, name: &str| {
        let options = InputOptions::default();
        desk.open(&mut sources, (folder, name), words.to_owned(), 0, options)
    };
    let (one, two, _) = (
        open("a", "one.md"),
        open("a", "two.md"),
        open("b", "far.md"),
    );
    let checked = desk.check(&sources, "a", &rules(None));
    assert_eq!(checked.drafts, [(one, 0..1), (two, 1..2)]);
    assert!(
        checked
            .report
            .clusters
            .iter()
            .any(|it| it.members == [0, 1])
    );
    assert_eq!(desk.memories["a"].len(), 1, "the two say the same");
    desk.close(&mut sources, two);
    assert!(
        desk.check(&sources, "a", &rules(None))
            .report
            .clusters
            .is_empty()
    );
    desk.close(&mut sources, one);
    assert!(!desk.memories.contains_key("a"));
}

/// What is written over may say the same as what comes, and stand elsewhere.
#[test]
fn a_row_that_is_written_anew_with_the_same_words_is_judged_where_it_stands() {
    let row = "Fay,Noon,,\"Hi Fay, I came across your profile!!!\",\n";
    let head = "first_name,company,send_at,note,allow\n";
    let now = Timestamp::from_second(1_774_612_800).ok();
    let rules = with_set(&SINGLE, now);
    let told = |old: &str, at: usize, gone: usize, words: &str| {
        let mut sources = Sources::default();
        let mut desk = Desk::default();
        let place = ("drafts", "batch.csv");
        let options = InputOptions::default();
        let file = desk.open(&mut sources, place, old.to_owned(), 0, options);
        let mut checked = desk.check(&sources, "drafts", &rules);
        assert!(!checked.report.diagnostics.is_empty());
        let mut text = old.to_owned();
        text.replace_range(at..at + gone, words);
        desk.change(&mut sources, file, text);
        let change = [Change {
            old: at..at + gone,
            new: words.len(),
        }];
        assert!(desk.glance(&sources, file, &change, &rules, &mut checked));
        let fresh = fresh(&sources, &[(file, "batch.csv")], &SINGLE, now);
        assert_eq!(of_notes(&checked.report), of_notes(&fresh));
    };
    // A second row like it before it, and what was its beginning lost in a row without words.
    let one = format!("{head}{row}");
    told(&one, head.len() + 2, 2, &format!("\n{row}"));
    // The whole file, as an editor does that tidies up, and a part of the words.
    told(&one, 0, one.len(), &one);
    let words = "across your profile!!!";
    let at = one.find(words).expect("it is there");
    told(&one, at, words.len(), words);
    // Behind a blank line, which is no change to the row.
    told(&one, head.len(), 0, "\n");
}
