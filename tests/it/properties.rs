//! What must hold for any text and any bytes, through the whole pipeline: read, judge, render.

use std::sync::LazyLock;

use connote::config::Settings;
use connote::diagnostic::Diagnostic;
use connote::input::FORMATS;
use connote::input::InputOptions;
use connote::input::make_ids_unique;
use connote::lint::Run;
use connote::lint::lint;
use connote::load::read_stdin;
use connote::note::Note;
use connote::pack;
use connote::render;
use connote::render::OUTPUTS;
use connote::render::Options;
use connote::render::View;
use connote::report::Report;
use connote::ruleset::RuleSet;
use connote::source::Sources;
use connote::toml_doc::Problems;
use proptest::prelude::*;

use crate::contract::is_filled;

/// All built-in rules, also those that are off by default: nothing may panic.
static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    let mut sources = Sources::default();
    let mut problems = Problems::new("rule-pack");
    let packs = pack::builtin(&mut sources, &mut problems);
    let set = RuleSet::build_all(&packs, &Settings::default(), &mut problems);
    assert!(problems.found.is_empty());
    set
});

/// Reads bytes as a file of a name and judges what is in them.
fn judged(name: &str, bytes: &[u8]) -> (Report, Sources) {
    let mut loaded = read_stdin(bytes, Some(name), &InputOptions::default()).unwrap();
    let more = make_ids_unique(&mut loaded.notes, &loaded.sources);
    let problems = [loaded.problems, more].concat();
    let report = lint(&Run::new(&RULES), loaded.notes, problems);
    (report, loaded.sources)
}

fn rendered(report: &Report, sources: &Sources, options: &Options) -> Vec<String> {
    let view = View {
        report,
        sources,
        version: "1",
        options,
    };
    let write = |output: &render::Output| {
        let mut out = Vec::new();
        (output.render)(&view, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    OUTPUTS.iter().map(write).collect()
}

/// All that must hold for a report, whatever was read.
fn check(report: &Report, sources: &Sources) {
    assert_eq!(report.notes.len(), report.verdicts.len());
    for (note, verdict) in report.notes.iter().zip(&report.verdicts) {
        let words = note.text.as_str();
        let score = &verdict.score;
        assert!(score.total <= 100);
        let mut points = 0;
        for part in &score.parts {
            points += part.points;
            for evidence in &part.evidence {
                let range = evidence.start as usize..evidence.end as usize;
                let found = words.get(range).unwrap();
                assert!(!found.is_empty(), "{} is nowhere", evidence.signal);
            }
        }
        let deducted: u32 = score.deductions.iter().map(|it| it.points).sum();
        assert_eq!(score.total, points.saturating_sub(deducted));
        assert_eq!(verdict.length.characters as usize, words.chars().count());
    }
    for found in &report.diagnostics {
        check_places(found, sources, &report.notes);
        assert!(is_filled(&found.message), "{}", found.message);
    }
}

fn check_places(found: &Diagnostic, sources: &Sources, notes: &[Note]) {
    assert!(found.labels[0].primary);
    let edits = found.fixes.iter().flat_map(|fix| &fix.edits);
    let labels = found.labels.iter().map(|label| label.span);
    for span in labels.chain(edits.map(|edit| edit.span)) {
        let text = &sources.get(span.file).text;
        assert!(text.get(span.range()).is_some(), "{}: {span:?}", found.rule);
    }
    let note = found.note.and_then(|number| notes.get(number as usize));
    if let Some(note) = note.filter(|_| !ABOUT_ANOTHER_CELL.contains(&&*found.rule)) {
        let (whole, place) = (note.text.whole(), found.span());
        let inside = place.start >= whole.start && place.end <= whole.end;
        assert!(inside && place.file == whole.file, "{}", found.rule);
    }
}

/// These point at the `allow` of a note, not at its words.
const ABOUT_ANOTHER_CELL: &[&str] = &["unknown-rule", "unused-allow"];

/// Nothing that a terminal would obey.
fn check_harmless(shown: &str) {
    let bad = |letter: char| {
        (letter.is_control() && letter != '\n')
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    };
    assert_eq!(shown.chars().find(|letter| bad(*letter)), None, "{shown}");
}

fn check_all(name: &str, bytes: &[u8]) {
    let (report, sources) = judged(name, bytes);
    check(&report, &sources);
    let explained = Options {
        explain: true,
        all: true,
        width: 40,
        ..Options::default()
    };
    for options in [Options::default(), explained] {
        let first = rendered(&report, &sources, &options);
        for (output, shown) in OUTPUTS.iter().zip(&first) {
            if ["terminal", "short"].contains(&output.name) {
                check_harmless(shown);
            }
        }
        let (again, sources) = judged(name, bytes);
        assert_eq!(first, rendered(&again, &sources, &options), "{name}");
    }
}

/// Notes made of pieces that rules look for and of letters that are hard to handle.
fn tricky() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "Hi Ana",
        "Hi ",
        "{{first_name}}",
        "[Company]",
        "{a|b}",
        "___",
        ", ",
        ". ",
        "! ",
        "??",
        "\n",
        "\n\n",
        "\t",
        "\r\n",
        "\"",
        "'",
        "\\",
        ",",
        ";",
        "---\n",
        "+++\n",
        "your post about ",
        "kelp in Bergen",
        "I came across your profile",
        "we help founders grow",
        "15 minutes",
        "https://example.com",
        "@ana",
        "#kelp",
        "40%",
        "e\u{301}",
        "é",
        "ß",
        "İ",
        "ﬁ",
        "👩‍👩‍👧",
        "🚀🚀🚀",
        "🇳🇴",
        "👍🏽",
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\u{feff}",
        "\u{1b}[31m",
        "\u{7}",
        "\u{0}",
        "שלום",
        "美咲",
        "the the",
        "AMAZING",
        "please accept my invitation",
        "Happy to send you ",
        "our data",
        "I'm planning a ",
        "would like to ask how you ",
        "...",
        "…",
        "’",
        "“",
        "a@b.com",
        "<b>",
        "**",
        "Best, Tom",
        "\u{85}",
        "\u{2028}",
    ];
    let piece = prop_oneof![
        4 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => "[a-zA-Z ,.!?]{0,12}",
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn file_names() -> impl Strategy<Value = String> {
    let extensions = FORMATS.iter().flat_map(|format| format.extensions);
    let names: Vec<String> = extensions.map(|it| format!("any.{it}")).collect();
    prop::sample::select(names)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn any_note_keeps_the_promises(words in tricky()) {
        check_all("any.md", words.as_bytes());
    }

    #[test]
    fn any_rows_keep_the_promises(rows in prop::collection::vec((tricky(), tricky(), "[a-z,; -]{0,20}"), 0..4)) {
        let cell = |words: &str| format!("\"{}\"", words.replace('"', "\"\""));
        let mut csv = "id,note,first_name,allow\n".to_owned();
        let mut jsonl = String::new();
        for (note, name, allow) in &rows {
            csv.push_str(&format!("a,{},{},{}\r\n", cell(note), cell(name), cell(allow)));
            let object = serde_json::json!({"id": "a", "note": note, "first_name": name, "allow": allow, "facts": [name]});
            jsonl.push_str(&format!("{object}\n"));
        }
        check_all("any.csv", csv.as_bytes());
        check_all("any.jsonl", jsonl.as_bytes());
    }

    #[test]
    fn any_bytes_can_be_read_as_any_format(name in file_names(), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check_all(&name, &bytes);
    }

    #[test]
    fn any_text_can_be_read_as_any_format(name in file_names(), words in tricky()) {
        check_all(&name, words.as_bytes());
    }
}

proptest! {
    // Many notes a case: more than one thread takes at a time.
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn one_thread_and_two_give_the_same(notes in prop::collection::vec(tricky(), 100..200)) {
        let lines: Vec<String> = notes.iter().map(|note| serde_json::json!({"note": note}).to_string()).collect();
        let bytes = lines.join("\n").into_bytes();
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let (report, sources) = judged("any.jsonl", &bytes);
                rendered(&report, &sources, &Options::default())
            })
        };
        prop_assert_eq!(with(1), with(2));
    }
}
