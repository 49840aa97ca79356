//! English, and every language without a file of its own.

use crate::facts::tongue::Tongue;
use crate::facts::tongue::WordList;

pub(super) static ENGLISH: Tongue = Tongue {
    code: "en",
    contracts: true,
    capital_nouns: false,
    capital_months: true,
    digraphs: false,
    ordinals: false,
    numbers: WordList::new(
        "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty \
         fifty hundred hundreds thousand thousands million dozen dozens half twice double",
    ),
    weekdays: WordList::new(
        "monday tuesday wednesday thursday friday saturday sunday mon tues tue wed thurs thu fri",
    ),
    months: WordList::new(
        "january february march april june july august september october november december jan \
         feb apr jul aug sept oct nov dec",
    ),
    abbreviations: WordList::new(""),
    no_names: WordList::new(""),
    noun_endings: &[],
    before_nouns: WordList::new(""),
};
