//! Notes for tests, judged by the built-in rules.

use connote::config::Settings;
use connote::note::Note;
use connote::ruleset::RuleSet;
use connote::source::Source;
use connote::source::Sources;
use connote::text::Text;
use connote::toml_doc::Problems;

use crate::review::journal::Keys;
use crate::review::opinion::Opinion;
use crate::review::state::Item;
use crate::review::state::Mark;

/// The built-in rules.
pub(super) fn rules() -> RuleSet {
    let mut sources = Sources::default();
    let mut problems = Problems::new("rule-pack");
    let packs = connote::pack::builtin(&mut sources, &mut problems);
    RuleSet::build(&packs, &Settings::default(), &mut problems)
}

/// Notes with these words.
pub(super) fn notes(words: &[&str]) -> Vec<Note> {
    let mut sources = Sources::default();
    let note = |(number, words): (usize, &&str)| {
        let file = sources.add(Source::new("a.csv".into(), (*words).into()));
        let line = u32::try_from(number + 2).unwrap();
        Note::new(format!("a.csv:{line}"), line, Text::plain(file, 0, words))
    };
    words.iter().enumerate().map(note).collect()
}

/// Items of which nothing is thought.
pub(super) fn items(words: &[&str]) -> Vec<Item> {
    let mut keys = Keys::default();
    let item = |note: &Note| Item {
        key: keys.key(note, ""),
        id: note.id.to_string(),
        place: note.id.to_string(),
        who: String::new(),
        what: String::new(),
        original: note.text.as_str().to_owned(),
        words: note.text.as_str().to_owned(),
        mark: Mark::Open,
        draft: None,
        opinion: no_opinion(),
    };
    notes(words).iter().map(item).collect()
}

pub(super) fn no_opinion() -> Opinion {
    Opinion {
        score: connote::score::Score::default(),
        length: connote::report::Length::default(),
        unjudged: None,
        remarks: Vec::new(),
        alone: false,
    }
}
