//! Figures that were worked out by hand, and labels in all their forms.

use super::*;
use crate::note::Note;
use crate::span::FileId;
use crate::span::Span;
use crate::span::Spanned;
use crate::text::Text;

fn note(extra: &[(&str, &str)]) -> Note {
    let mut note = Note::new("a", 1, Text::plain(FileId(0), 0, "x"));
    note.extra = extra
        .iter()
        .map(|(name, value)| {
            (
                (*name).into(),
                Spanned::new((*value).into(), Span::default()),
            )
        })
        .collect();
    note
}

#[test]
fn labels_are_read_from_objects_and_columns() {
    let expected = Labels {
        levels: [2, 1, 0],
        flags: [false, true, false],
    };
    for extra in [
        &[(
            "labels",
            r#"{"P": 2, "R": 1, "V": 0, "pitch": false, "generic": true}"#,
        )][..],
        &[
            ("Reference", "specific"),
            ("reason", "vague"),
            ("Value", "none"),
            ("generic", "x"),
        ],
        &[
            ("labels.p", "2"),
            ("labels.r", "1"),
            ("labels.v", "0"),
            ("labels.generic", "true"),
        ],
    ] {
        assert_eq!(labels(&note(extra)), Ok(Some(expected)), "{extra:?}");
    }
    assert_eq!(labels(&note(&[("reason", "1")])), Ok(None));
    assert!(labels(&note(&[("labels", "[1]")])).is_err());
    assert!(
        labels(&note(&[("p", "3"), ("r", "1"), ("v", "1")]))
            .unwrap_err()
            .contains("`3`")
    );
}

#[test]
fn hits_give_precision_and_recall() {
    let hits = Hits {
        right: 6,
        wrong: 2,
        missed: 4,
    };
    assert_eq!(
        (hits.precision(), hits.recall(), hits.f1()),
        (Some(0.75), Some(0.6), Some(12.0 / 18.0))
    );
    let none = Hits::default();
    assert_eq!(
        (none.precision(), none.recall(), none.f1()),
        (None, None, None)
    );
}
