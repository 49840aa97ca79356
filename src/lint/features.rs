//! What is weighed of each note, for learning weights.

use rayon::prelude::*;

use crate::check::Found;
use crate::check::Words;
use crate::facts::Facts;
use crate::facts::language_of;
use crate::lint::judge::signalled;
use crate::note::Note;
use crate::pattern::Search;
use crate::ruleset::Patterns;
use crate::ruleset::RuleSet;
use crate::weigh::features;

/// The names of the features of each note, by what the signals of a rule set find in it; none for a note in a language
/// without signals.
pub fn features_of(set: &RuleSet, notes: &[Note]) -> Vec<Option<Vec<String>>> {
    set.make_ready();
    let one = |search: &mut Search, note: &Note| {
        let language = language_of(note);
        let set = set.for_language(language.code)?;
        let texts = std::iter::once(note.text.as_str());
        let patterns: Patterns<'_> = set.patterns_for(texts);
        let facts = Facts::in_language(note, language);
        let hits = patterns.find(&facts, search);
        let words = Words {
            facts: &facts,
            hits: &hits,
        };
        let signalled = signalled(set, &words, language, None, &mut Found::default());
        let found = features(&facts, &signalled.parts);
        Some(
            found
                .into_iter()
                .map(|feature| feature.name.into_owned())
                .collect(),
        )
    };
    notes.par_iter().map_init(Search::default, one).collect()
}
