//! The language of a note, as far as its words tell without doubt.
//!
//! Wrong about English is worse than silent about German: a note counts as another language only where
//! a detector of trigrams is sure and hardly any common English word stands in it.

mod common;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;
use serde::de::Error;
use whatlang::Lang;

use crate::language::common::shown_by_words;

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its ISO 639-1 code, or that of 639-3 where it has none.
    pub code: &'static str,
    /// Its name in English.
    pub name: &'static str,
}

/// English: the language in which nothing else is known.
pub const ENGLISH: Language = Language {
    code: "en",
    name: "English",
};

/// As its code.
impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.code.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        let lang = Lang::all().iter().find(|lang| self::code(**lang) == code);
        lang.map(|lang| of(*lang))
            .ok_or_else(|| D::Error::custom(format!("`{code}` is no language")))
    }
}

impl Default for Language {
    fn default() -> Self {
        ENGLISH
    }
}

/// Letters that are too few to tell by trigrams.
const LETTERS: usize = 25;
/// Letters that are too few to tell by anything.
const FEWEST: usize = 12;
/// The share of common English words from which a note is English.
const SHARE: f64 = 0.12;

/// Words that most English sentences have, and that few other languages write so.
const COMMON: &str = "the and you your to of i we our my would like with for that is are have it this be was from at \
    i'd i'm what how can could thank about some if has";

/// The same, but notes in other languages borrow them.
const BORROWED: &str = "hi hello connect let's love work please thanks";

/// These words, and whether they are borrowed.
static ENGLISH_WORDS: LazyLock<FxHashMap<&str, bool>> = LazyLock::new(|| {
    let of = |words: &'static str, borrowed| words.split_whitespace().map(move |it| (it, borrowed));
    of(COMMON, false).chain(of(BORROWED, true)).collect()
});

/// The language of a text; nothing where it could be English, or where the text is too short to say.
pub fn detect(text: &str) -> Option<Language> {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let wide = text.chars().filter(|letter| *letter >= '\u{2e80}').count();
    // A sign of a script without spaces says as much as three letters.
    let few = letters + 2 * wide < LETTERS;
    if few && wide == 0 && letters < FEWEST {
        return None;
    }
    let lower = text.to_lowercase().replace('’', "'");
    let words: Vec<&str> = lower
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '\''))
        .filter(|word| !word.is_empty())
        .collect();
    let (mut common, mut borrowed) = (0, 0);
    for is_borrowed in words.iter().filter_map(|word| ENGLISH_WORDS.get(word)) {
        common += 1;
        borrowed += usize::from(*is_borrowed);
    }
    let shown = shown_by_words(&words, common - borrowed);
    if shown.is_none() && (few || common as f64 >= SHARE * words.len() as f64) {
        return None;
    }
    let found = whatlang::detect(text).filter(|found| found.is_reliable());
    let lang = match (shown, found.map(|found| found.lang())) {
        // Sure of a third language: the words are shared with it. Of English: its names are.
        (_, Some(other)) if other != Lang::Eng => other,
        (shown, _) => shown?,
    };
    Some(of(lang))
}

/// The language of a code or a name, such as `de`, `deu`, `German` or `Deutsch`.
pub fn named(word: &str) -> Option<Language> {
    let word = word.trim().to_lowercase();
    // `en-GB` is English.
    let word = word.split(['-', '_']).next().unwrap_or_default();
    let known = Lang::all().iter().find(|lang| {
        let names = [lang.code(), code(**lang), lang.name(), lang.eng_name()];
        names.iter().any(|name| name.to_lowercase() == word)
    })?;
    Some(of(*known))
}

fn of(lang: Lang) -> Language {
    Language {
        code: code(lang),
        name: lang.eng_name(),
    }
}

/// The two-letter code where there is one.
fn code(lang: Lang) -> &'static str {
    const CODES: [(Lang, &str); 46] = [
        (Lang::Eng, "en"),
        (Lang::Deu, "de"),
        (Lang::Fra, "fr"),
        (Lang::Spa, "es"),
        (Lang::Por, "pt"),
        (Lang::Ita, "it"),
        (Lang::Nld, "nl"),
        (Lang::Swe, "sv"),
        (Lang::Dan, "da"),
        (Lang::Nob, "no"),
        (Lang::Fin, "fi"),
        (Lang::Pol, "pl"),
        (Lang::Ces, "cs"),
        (Lang::Slk, "sk"),
        (Lang::Hun, "hu"),
        (Lang::Ron, "ro"),
        (Lang::Bul, "bg"),
        (Lang::Rus, "ru"),
        (Lang::Ukr, "uk"),
        (Lang::Ell, "el"),
        (Lang::Tur, "tr"),
        (Lang::Ara, "ar"),
        (Lang::Heb, "he"),
        (Lang::Pes, "fa"),
        (Lang::Hin, "hi"),
        (Lang::Ben, "bn"),
        (Lang::Tam, "ta"),
        (Lang::Tel, "te"),
        (Lang::Urd, "ur"),
        (Lang::Tha, "th"),
        (Lang::Vie, "vi"),
        (Lang::Ind, "id"),
        (Lang::Tgl, "tl"),
        (Lang::Jpn, "ja"),
        (Lang::Kor, "ko"),
        (Lang::Cmn, "zh"),
        (Lang::Hrv, "hr"),
        (Lang::Srp, "sr"),
        (Lang::Slv, "sl"),
        (Lang::Est, "et"),
        (Lang::Lav, "lv"),
        (Lang::Lit, "lt"),
        (Lang::Cat, "ca"),
        (Lang::Afr, "af"),
        (Lang::Lat, "la"),
        (Lang::Epo, "eo"),
    ];
    let known = CODES.iter().find(|(known, _)| *known == lang);
    known.map_or(lang.code(), |(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_told_apart() {
        for (code, text) in [
            (
                "de",
                "Hallo Jana, dein Vortrag über Gezeitenmühlen hat mir sehr gefallen. Ich plane eine in Zeeland und würde gern fragen, wie du das Wehr gebaut hast.",
            ),
            ("de", "Hallo Jana, ich würde mich gern vernetzen."),
            ("de", "hi jana wuerde mich freuen ueber deine zusage"),
            (
                "de",
                "Moin Tom, als Head of Learning & Development bei Lidl suche ich einen Coach. Hast du Zeit?",
            ),
            (
                "de",
                "Hi Jana, wir teilen die Leidenschaft für People & Culture. Let's connect und voneinander lernen!",
            ),
            (
                "nl",
                "Hoi Jana, je lezing over getijdenmolens in Zeeland vond ik erg mooi. Ik wil je graag iets vragen over de sluis.",
            ),
            (
                "fr",
                "Bonjour Odile, votre article sur les moulins m'a beaucoup plu. Je prépare une exposition à Nantes et je voudrais vous poser une question.",
            ),
            (
                "fr",
                "Salut Karim, merci pour ton fil, je reste en contact avec vous !",
            ),
            (
                "fr",
                "bjr mme diop jai vu vos robes au defile, vous cherchez du monde?",
            ),
            (
                "fr",
                "Bonjour, je souhaite vous ajouter à mon réseau sur LinkedIn.",
            ),
            (
                "it",
                "Ciao Marta, ho letto il tuo articolo sui mulini e mi è piaciuto molto. Posso farti una domanda sulle paratoie?",
            ),
            (
                "ca",
                "Hola Marta, he llegit el teu article sobre els molins i m'ha agradat molt. Et puc fer una pregunta sobre les comportes?",
            ),
            (
                "es",
                "Hola Marta, tu charla sobre los molinos de marea me encantó. Estoy restaurando uno en Cádiz y me gustaría preguntarte por las compuertas.",
            ),
            ("es", "Hola Ana, me gustaría añadirte a mi red."),
            ("es", "hola ana como estas, te agrego a mi red"),
            ("es", "Buenas tardes, ¿conectamos? Gracias y saludos"),
            (
                "es",
                "che vi que tenes una panaderia, haces envios a rosario?",
            ),
            (
                "pt",
                "Olá Ana, gostei muito da sua palestra sobre moinhos e gostaria de conectar com você.",
            ),
            (
                "pt",
                "oi ana vi seu perfil e gostaria de te adicionar na minha rede",
            ),
            (
                "ca",
                "Hola Anna, m'ha agradat molt la teva xerrada sobre molins i m'agradaria afegir-te a la meva xarxa.",
            ),
            (
                "it",
                "Ciao Anna, ho visto il tuo profilo e mi piacerebbe aggiungerti alla mia rete.",
            ),
            (
                "ja",
                "山田さん、先日の福岡でのご講演、とても勉強になりました。同じ装置を作っているので、ぜひお話を伺いたいです。",
            ),
        ] {
            assert_eq!(detect(text).map(|found| found.code), Some(code), "{text}");
        }
    }

    #[test]
    fn what_could_be_english_is_english() {
        for text in [
            "Hi Jana",
            "Hallo Jana!",
            "Hallo Herr Weber",
            "Die hard fan of your work in Bern",
            "Jana, your piece \"Die Zukunft der Arbeit in der Schweiz\" is on my desk. Is there more?",
            "was in der Au last week, am I right that the gate is shut?",
            "need any sparks lee",
            "Monique, vous parlez anglais je crois: your cousin said you sell the house in Arles by word of mouth only.",
            "Hola Maria de la Cruz!",
            "Buenos Aires, El Paso and Los Angeles: three depots, one scheduler?",
            "Did Señor Ruiz of Casa del Sol show up at the Mesa por la Paz?",
            "Bonjour Claire, your talk at the École Polytechnique de Montréal on \"le travail à domicile\" was a joy.",
            "Salut Karim! Chez Odile, the au pair and the chef de cuisine meet at noon, c'est la vie.",
            "Hola Marta, I'd love to connect with you and hear about your work in Cádiz.",
            "",
        ] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn languages_have_names_and_codes() {
        for word in ["de", "DEU", "German", "Deutsch", "de-AT"] {
            assert_eq!(named(word).map(|found| found.code), Some("de"), "{word}");
        }
        assert_eq!(named("en_GB"), Some(ENGLISH));
        assert_eq!(named("Klingon"), None);
    }

    #[test]
    fn every_language_that_can_be_found_is_known_by_its_code() {
        for &lang in Lang::all() {
            let language = of(lang);
            let kept = serde_json::to_string(&language).unwrap();
            let back: Language = serde_json::from_str(&kept).unwrap();
            assert_eq!(back, language);
        }
        assert!(serde_json::from_str::<Language>("\"klingon\"").is_err());
    }
}
