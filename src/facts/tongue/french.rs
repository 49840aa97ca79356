//! French.

use crate::facts::tongue::Tongue;
use crate::facts::tongue::WordList;

pub(super) static FRENCH: Tongue = Tongue {
    code: "fr",
    // "dont" is a word.
    contracts: false,
    capital_nouns: false,
    capital_months: false,
    digraphs: false,
    ordinals: false,
    numbers: WordList::new(
        "deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante \
         cinquante soixante septante huitante nonante cent cents mille million millions dizaine \
         dizaines douzaine quinzaine vingtaine trentaine cinquantaine centaine centaines milliers",
    ),
    weekdays: WordList::new(
        "lundi lundis mardi mardis mercredi mercredis jeudi jeudis vendredi vendredis samedi \
         samedis dimanche dimanches",
    ),
    months: WordList::new(
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    ),
    abbreviations: WordList::new(
        "m mm mme mmes mlle me env ex cf bd av tel ste min art ref chap p max réf tél",
    ),
    no_names: WordList::new(""),
    noun_endings: &[],
    before_nouns: WordList::new(""),
};
