//! What people see, word for word.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::FixKind;
use crate::diagnostic::Severity;
use crate::note::Note;
use crate::render::testing::Case;
use crate::render::testing::blanks;
use crate::render::testing::fix;
use crate::render::testing::label;
use crate::score::Level;
use crate::score::Part;
use crate::span::Span;
use crate::text::TextBuilder;

/// A draft that lacks an offer.
fn priya() -> Case {
    let mut case = Case::default();
    let words = "Hi Priya, I came across your profile and your talk on cold-chain lead times stayed \
                 with me. I am moving into warehouse planning and want to learn how you forecast \
                 returns. Best, Tom";
    let note = case.note("drafts/priya.md", words, "Priya Nair");
    let found = [
        (
            Part::Reference,
            Level::Specific,
            "your talk on cold-chain lead times",
        ),
        (Part::Reason, Level::Generic, "want to learn"),
    ];
    case.score(note, &found, &[("stock-opening", 5)]);
    case
}

#[test]
fn a_finding_shows_the_words_and_what_to_do() {
    let mut case = priya();
    let found = case.find(
        0,
        Severity::Warning,
        "stock-opening",
        "came across your profile",
    );
    found.help = Some(
        "begin with what you know about them: the talk is a better opening than how you found them"
            .into(),
    );
    let span = found.labels[0].span;
    found.fixes = vec![fix(FixKind::Unsafe, span, "leave it out", "")];
    let expected = "\
── drafts/priya.md:1 · Priya Nair ───────────────────────────────── 50 revise ──
   reference ████ specific   reason ██·· generic   value ···· none

warning[stock-opening]: about `came across your profile`
  ┌─ drafts/priya.md:1:13
  │
1 │ Hi Priya, I came across your profile and your talk on cold-chain lead
  │             ^^^^^^^^^^^^^^^^^^^^^^^^
  │
  = help: begin with what you know about them: the talk is a better opening
    than how you found them
  = fix: leave it out

1 note: 1 revise; score 50; 1 warning
1 can be fixed with --fix --unsafe-fixes
";
    assert_eq!(case.show("terminal"), expected);
}

#[test]
fn a_suggestion_shows_where_it_would_go_and_how_to_begin() {
    let mut case = priya();
    let best = case.place(0, "Best").start;
    let place = Span {
        start: best,
        end: best,
        ..case.place(0, "Best")
    };
    let found = case.find(
        0,
        Severity::Info,
        "missing-value",
        "want to learn how you forecast returns",
    );
    found.fixes = vec![
        blanks(
            place,
            "offer something small and real",
            "Happy to share ___ from our side.",
        ),
        blanks(
            place,
            "offer something small and real",
            "I can send you ___, which our planners wrote when we had the same trouble.",
        ),
    ];
    let shown = case.show("terminal");
    let from = shown.find("info").unwrap();
    let expected = "\
info[missing-value]: about `want to learn how you forecast returns`
  ┌─ drafts/priya.md:1:133
  │
1 │ times stayed with me. I am moving into warehouse planning and want to
  │                                                               ^^^^^^^
  │ learn how you forecast returns. Best, Tom
  │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^  - it could go here
  │
  = suggestion: offer something small and real
      try: Happy to share ___ from our side.
      try: I can send you ___, which our planners wrote when we had the
           same trouble.

1 note: 1 revise; score 50; 1 info
";
    assert_eq!(&shown[from..], expected);
}

#[test]
fn mild_findings_are_told_in_a_line() {
    let mut case = priya();
    case.options.unicode = false;
    let found = case.find(0, Severity::Hint, "plain-words", "warehouse planning");
    found.message = "say what you plan".into();
    case.find(0, Severity::Info, "talk", "talk").help = Some("which one?".into());
    let expected = "\
-- drafts/priya.md:1 - Priya Nair --------------------------------- 50 revise --
   reference #### specific   reason ##.. generic   value .... none

info[talk]: about `talk`
    help: which one?
hint[plain-words]: say what you plan
    here: `warehouse planning`

1 note: 1 revise; score 50; 1 info, 1 hint
";
    assert_eq!(case.show("terminal"), expected);
}

#[test]
fn several_notes_are_summed_up_worst_first() {
    let mut case = priya();
    let long = "drafts/2026/november/conference/ben-achterberg.md";
    let ben = case.note(long, "Hi Ben, let's connect", "Ben Achterberg");
    case.find(ben, Severity::Error, "no-reason", "connect");
    let whole = case.report.notes[0].text.whole();
    let found = case.find(ben, Severity::Warning, "duplicate", "Hi Ben, let's connect");
    found.labels.push(label(whole, "almost the same words"));
    case.options.quiet = true;
    let expected = "\
score  grade    reference reason value  err warn  note
    0  rewrite  ····      ····   ····     1    1  …hterberg.md:1  Ben Achterberg
   50  revise   ████      ██··   ····             drafts/priya.md:1  Priya Nair

2 notes: 1 revise, 1 rewrite; mean score 25; 1 error, 1 warning
";
    let shown = case.show("terminal");
    assert_eq!(shown, expected);
    case.options.quiet = false;
    let shown = case.show("terminal");
    let twin = "\
  ┌─ drafts/priya.md:1:1
  │
1 │ Hi Priya, I came across your profile and your talk on cold-chain lead
  │ ---------------------------------------------------------------------
  │ │
  │ almost the same words
";
    assert!(shown.contains(twin), "{shown}");
}

#[test]
fn many_notes_are_capped_unless_all_are_asked_for() {
    let mut case = Case::default();
    for number in 0..40 {
        let note = case.note(&format!("n{number:02}.md"), "Hi, let's connect", "");
        case.report.verdicts[note as usize].score.total = 90 - number;
        case.find(note, Severity::Warning, "no-reason", "connect");
    }
    // The first has the best score but an error: it must not be hidden.
    case.report.diagnostics[0].severity = Severity::Error;
    let shown = case.show("terminal");
    let blocks = |shown: &str| shown.lines().filter(|line| line.starts_with("──")).count();
    let rows = |shown: &str| {
        shown
            .lines()
            .filter(|line| line.contains("rewrite  ····"))
            .count()
    };
    assert_eq!((blocks(&shown), rows(&shown)), (5, 30));
    assert!(shown.starts_with("── n00.md:1 ─"), "{shown}");
    assert!(shown.contains("\n... and 35 more notes with findings (--all shows all)\n"));
    assert!(shown.contains("\n... and 10 more notes (--all shows all)\n"));
    case.options.all = true;
    let shown = case.show("terminal");
    assert_eq!((blocks(&shown), rows(&shown)), (40, 40));
    assert!(!shown.contains("--all"));
}

#[test]
fn findings_about_files_come_first() {
    let mut case = priya();
    let file = case.file("connote.toml", "[score]\nredy = 70\n");
    let span = Span::new(file, 8..12);
    let found = Diagnostic::problem("configuration", Severity::Error, span, "unknown key `redy`");
    case.report
        .diagnostics
        .push(found.labelled("did you mean `ready`?"));
    let expected = "\
error[configuration]: unknown key `redy`
  ┌─ connote.toml:2:1
  │
2 │ redy = 70
  │ ^^^^ did you mean `ready`?

── drafts/priya.md:1";
    assert!(
        case.show("terminal").starts_with(expected),
        "{}",
        case.show("terminal")
    );
}

#[test]
fn a_cell_is_shown_as_it_stands_in_its_file() {
    let mut case = Case::default();
    let line = r#"[{"to":"Ana","note":"Hi Ana,\nsay \"hi\" 👩‍💻 now"},{"to":"Ben"}]"#;
    let file = case.file("batch.json", line);
    let mut words = TextBuilder::new(file, 21);
    words.copy("Hi Ana,", 21);
    words.escape("\n", 28..30);
    words.copy("say ", 30);
    words.escape("\"", 34..36);
    words.copy("hi", 36);
    words.escape("\"", 38..40);
    words.copy(" 👩‍💻 now", 40);
    let note = case.add(Note::new("n1", 1, words.build()));
    case.find(note, Severity::Warning, "now", "now").labels[0].message = "when?".into();
    let shown = case.show("terminal");
    // The joiner is blanked: what codespan counts is what the terminal shows.
    let expected = "\
  ┌─ batch.json:1:46
  │
1 │ Hi Ana,\\nsay \\\"hi\\\" 👩\u{2009}💻 now
  │                           ^^^ when?
";
    assert!(shown.contains(expected), "{shown}");
}

#[test]
fn a_cell_of_a_workbook_tells_its_name() {
    let mut case = Case::default();
    let note = case.note("batch.xlsx", "Hi Ana, let's connect", "Ana");
    let mut source =
        crate::source::Source::new("batch.xlsx".into(), "Hi Ana, let's connect".into());
    source.cell = Some("Sheet1!C5".into());
    case.sources = crate::source::Sources::default();
    case.sources.add(source);
    case.find(note, Severity::Warning, "name", "Ana");
    let shown = case.show("terminal");
    assert!(
        shown.starts_with("── batch.xlsx[Sheet1!C5] · Ana ─"),
        "{shown}"
    );
    assert!(shown.contains("┌─ batch.xlsx[Sheet1!C5]:1:4\n"), "{shown}");
    let short = "batch.xlsx[Sheet1!C5]:1:4: warning[name]: about `Ana`\n";
    assert_eq!(case.show("short"), short);
}

#[test]
fn nothing_to_say_is_said_in_a_line() {
    let case = Case::default();
    assert_eq!(case.show("terminal"), "0 notes; no findings\n");
    assert_eq!(case.show("short"), "");
}
