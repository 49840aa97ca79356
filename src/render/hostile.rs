//! Whatever strangers write into notes, names, paths and packs: no output for people lets it act upon
//! a terminal.

use proptest::prelude::*;

use crate::diagnostic::FixKind;
use crate::diagnostic::Severity;
use crate::render::testing::Case;
use crate::render::testing::blanks;
use crate::render::testing::fix;
use crate::render::testing::label;
use crate::score::Level;
use crate::score::Part;
use crate::span::Span;

/// A report in which every foreign text is the same.
pub(crate) fn filled(text: &str) -> Case {
    let mut case = Case::default();
    let words = format!("Hi{text} there");
    for _ in 0..2 {
        let note = case.note(&format!("{text}.md"), &words, "Ana Bo");
        case.report.notes[note as usize].id = text.into();
        let span = case.report.notes[note as usize].text.whole();
        for severity in [Severity::Warning, Severity::Hint] {
            let found = case.find(note, severity, text, &words);
            found.message = text.into();
            found.help = Some(text.into());
            found.labels[0].message = text.into();
            found.labels.push(label(
                Span {
                    start: 2,
                    end: 2 + text.len() as u32,
                    ..span
                },
                text,
            ));
            found.fixes = vec![
                blanks(span, text, text),
                fix(FixKind::Safe, span, text, text),
            ];
        }
        let middle = &words[2..];
        case.score(
            note,
            &[(Part::Reason, Level::Generic, middle)],
            &[(text, 3)],
        );
        case.report.diagnostics[0].note = None;
    }
    case
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_can_repaint_a_terminal(
        text in "[\u{0}-\u{9f}\u{200b}-\u{2069}👋🏽\u{fe0f}é東 ]{0,120}",
        width in 20_usize..130,
        explain: bool,
        unicode: bool,
    ) {
        let mut case = filled(&text);
        case.options.width = width;
        case.options.explain = explain;
        case.options.unicode = unicode;
        let plain = case.show("terminal");
        let bad = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
        prop_assert!(!plain.contains(bad), "{:?}", plain);
        prop_assert!(!case.show("short").contains(bad));
        prop_assert_eq!(case.show("short").lines().count(), 4);
        case.options.color = true;
        let bright = case.show("terminal");
        prop_assert_eq!(anstream::adapter::strip_str(&bright).to_string(), plain);
    }
}
