//! Languages that are known by their small words, also in texts too short for trigrams.

use whatlang::Lang;

/// Words that most sentences of a language have and that English ones have not.
struct Common {
    lang: Lang,
    words: &'static [&'static str],
}

/// One entry for each language that connote has a pack for. Words that English has too ("die", "in", "war",
/// "am", "also") are left out.
const LANGUAGES: &[Common] = &[Common {
    lang: Lang::Deu,
    words: &[
        "ich",
        "und",
        "nicht",
        "für",
        "fuer",
        "mit",
        "auf",
        "ist",
        "sie",
        "ihr",
        "ihre",
        "ihren",
        "ihrem",
        "ihrer",
        "ihnen",
        "du",
        "dein",
        "deine",
        "deinen",
        "deinem",
        "deiner",
        "dich",
        "dir",
        "mein",
        "meine",
        "meinen",
        "meinem",
        "meiner",
        "mich",
        "mir",
        "wir",
        "uns",
        "unser",
        "unsere",
        "unseren",
        "unserem",
        "einen",
        "einem",
        "einer",
        "eine",
        "ein",
        "eines",
        "der",
        "das",
        "dem",
        "zu",
        "zum",
        "zur",
        "von",
        "vom",
        "bei",
        "beim",
        "über",
        "ueber",
        "auch",
        "noch",
        "wie",
        "würde",
        "wuerde",
        "würden",
        "wuerden",
        "gerne",
        "gern",
        "habe",
        "haben",
        "hast",
        "hatte",
        "hätte",
        "haette",
        "sind",
        "bist",
        "waren",
        "wird",
        "werden",
        "kann",
        "können",
        "koennen",
        "kannst",
        "könnte",
        "koennte",
        "möchte",
        "moechte",
        "möchten",
        "freue",
        "freuen",
        "freut",
        "sehr",
        "aber",
        "oder",
        "wenn",
        "weil",
        "dass",
        "nach",
        "aus",
        "im",
        "um",
        "es",
        "sich",
        "vielen",
        "dank",
        "danke",
        "seit",
        "schon",
        "mal",
        "hier",
        "gibt",
        "kein",
        "keine",
        "nur",
        "vernetzen",
        "netzwerk",
        "profil",
        "beitrag",
        "vortrag",
        "grüße",
        "gruesse",
        "grüsse",
    ],
}];

/// The fewest words of a language that show it.
const LEAST: usize = 3;
/// The share of all words that they must be.
const SHARE: f64 = 0.2;
/// More than so many times as many as the English ones they must be.
const TIMES: usize = 2;

/// The language that words show, given how many of them are common English words.
pub(super) fn shown_by_words(words: &[&str], english: usize) -> Option<Lang> {
    let shown = LANGUAGES.iter().map(|language| {
        let known = words.iter().filter(|word| language.words.contains(*word));
        (known.count(), language.lang)
    });
    let (count, lang) = shown.max_by_key(|(count, _)| *count)?;
    let enough =
        count >= LEAST && count as f64 >= SHARE * words.len() as f64 && count > TIMES * english;
    enough.then_some(lang)
}
