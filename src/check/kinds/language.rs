//! `language`: a note in a language that no pack of signals is written for.

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::NoteCheck;
use crate::check::NoteContext;
use crate::toml_doc::Table;

pub(super) static KIND: Kind = Kind {
    name: "language",
    about: "a note in a language that no pack of signals is written for, so that its parts are not judged",
    parameters: &[],
    holes: &["language"],
    groups: false,
    build,
};

struct OtherLanguage;

fn build(_: &Table, _: &mut Build<'_>) -> Option<Check> {
    Some(Check::Note(Box::new(OtherLanguage)))
}

impl NoteCheck for OtherLanguage {
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding> {
        match context.unjudged {
            None => Vec::new(),
            Some(language) => vec![Finding::at(0..0).with("language", language.name)],
        }
    }
}
