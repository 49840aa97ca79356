//! What differs between languages in the cutting of words and the classes of words. One entry of
//! [`TONGUES`] for each language that connote has a pack for; all others are cut like English.

use crate::language::Language;

/// The ways of one language.
#[derive(Debug)]
pub(super) struct Tongue {
    code: &'static str,
    /// Whether "im" and "dont" are contractions. In German "im" is a word.
    pub(super) contracts: bool,
    /// Whether common nouns are written with capitals, so that a capital alone shows no name.
    pub(super) capital_nouns: bool,
    /// Whether months of up to five letters are told by their capital: "may" is a word of its own.
    pub(super) capital_months: bool,
    /// Whether umlauts may be written `ae`, `oe`, `ue`.
    pub(super) digraphs: bool,
    /// Whether a full stop behind a figure makes it an ordinal: "am 12. Mai".
    pub(super) ordinals: bool,
    pub(super) is_number: fn(&str) -> bool,
    pub(super) is_weekday: fn(&str) -> bool,
    pub(super) is_month: fn(&str) -> bool,
    /// Abbreviations whose full stop does not end a sentence, besides the common ones.
    pub(super) abbreviations: &'static [&'static str],
    /// Words with a capital that are no names: polite forms of address, nouns without an article.
    pub(super) no_names: &'static [&'static str],
    /// Endings of common nouns that hardly any name has.
    pub(super) noun_endings: &'static [&'static str],
    /// Words behind which a capital is a noun's: articles, possessives. Inflected adjectives are told by
    /// their endings.
    pub(super) before_nouns: &'static [&'static str],
}

/// English, and every language without an entry.
static ENGLISH: Tongue = Tongue {
    code: "en",
    contracts: true,
    capital_nouns: false,
    capital_months: true,
    digraphs: false,
    ordinals: false,
    is_number: super::class::is_number_word,
    is_weekday: super::class::is_weekday,
    is_month: super::class::is_month,
    abbreviations: &[],
    no_names: &[],
    noun_endings: &[],
    before_nouns: &[],
};

static TONGUES: &[&Tongue] = &[&GERMAN, &SPANISH, &FRENCH];

/// The ways of a language.
pub(super) fn of(language: Language) -> &'static Tongue {
    let known = TONGUES.iter().find(|tongue| tongue.code == language.code);
    known.copied().unwrap_or(&ENGLISH)
}

static GERMAN: Tongue = Tongue {
    code: "de",
    contracts: false,
    capital_nouns: true,
    capital_months: true,
    digraphs: true,
    ordinals: true,
    is_number: |word| {
        matches!(
            word,
            "zwei"
                | "drei"
                | "fuenf"
                | "zwoelf"
                | "fuenfzehn"
                | "fuenfzig"
                | "vier"
                | "funf"
                | "sechs"
                | "sieben"
                | "acht"
                | "neun"
                | "zehn"
                | "elf"
                | "zwolf"
                | "funfzehn"
                | "zwanzig"
                | "dreissig"
                | "vierzig"
                | "funfzig"
                | "hundert"
                | "hunderte"
                | "tausend"
                | "tausende"
                | "million"
                | "millionen"
                | "dutzend"
                | "beide"
                | "beiden"
                | "doppelt"
                | "halb"
                | "halbe"
                | "anderthalb"
        )
    },
    is_weekday: |word| {
        matches!(
            word,
            "montag"
                | "dienstag"
                | "mittwoch"
                | "donnerstag"
                | "freitag"
                | "samstag"
                | "sonnabend"
                | "sonntag"
                | "montags"
                | "dienstags"
                | "mittwochs"
                | "donnerstags"
                | "freitags"
                | "samstags"
                | "sonntags"
        )
    },
    is_month: |word| {
        matches!(
            word,
            "januar"
                | "janner"
                | "jaenner"
                | "maerz"
                | "februar"
                | "feber"
                | "marz"
                | "april"
                | "mai"
                | "juni"
                | "juli"
                | "august"
                | "september"
                | "oktober"
                | "november"
                | "dezember"
                | "okt"
                | "dez"
        )
    },
    abbreviations: &[
        "bzw", "ref", "ca", "evtl", "ggf", "inkl", "usw", "etc", "str", "tel", "bzgl", "zzgl",
        "hr", "geb", "mind", "max", "abt", "kl", "jh", "std", "min", "mio", "mrd", "vgl", "sog",
        "insb", "tsd", "mag", "lic", "phil", "med", "rer", "nat", "dipl", "z", "u", "d", "o", "a",
        "s",
    ],
    no_names: &[
        "sie",
        "ihnen",
        "ihr",
        "ihre",
        "ihren",
        "ihrem",
        "ihrer",
        "ihres",
        "du",
        "dich",
        "dir",
        "dein",
        "deine",
        "deinen",
        "deinem",
        "deiner",
        "deines",
        "euch",
        "euer",
        "eure",
        "euren",
        "eurem",
        "eurer",
        "ich",
        "wir",
        // nouns that often stand without an article
        "interesse",
        "kontakt",
        "verbindung",
        "freude",
        "dank",
        "grusse",
        "gruss",
        "lust",
        "zeit",
        "themen",
        "thema",
        "fragen",
        "frage",
        "profil",
        "netzwerk",
        "beitrag",
        "beitrage",
        "artikel",
        "vortrag",
        "vortrage",
        "unternehmen",
        "firma",
        "firmen",
        "kunden",
        "kollegen",
        "kollege",
        "kollegin",
        "menschen",
        "leute",
        "personen",
        "jahren",
        "jahre",
        "jahr",
        "monaten",
        "monate",
        "wochen",
        "woche",
        "tagen",
        "tage",
        "stunden",
        "minuten",
        "ideen",
        "erfahrungen",
        "einblicke",
        "projekte",
        "projekten",
        "produkte",
        "daten",
        "zahlen",
        "ergebnisse",
        "teilzeit",
        "vollzeit",
        "homeoffice",
        "zukunft",
        "arbeit",
        "beruf",
        "branche",
        "bereich",
        "bereichen",
        "job",
        "jobs",
        "stelle",
        "stellen",
        "position",
        "rolle",
        "team",
        "teams",
        "karriere",
        "vertrieb",
        "verkauf",
        "marketing",
        "einkauf",
        "personal",
        "logistik",
        "technik",
        "industrie",
        "handel",
        "handwerk",
        "pflege",
        "bildung",
        "schule",
        "schulen",
        "uni",
        "studium",
        "ausbildung",
        "praktikum",
        "feedback",
        "rat",
        "hilfe",
        "geld",
        "wissen",
        "austausch",
        "gesprach",
        "gesprache",
        "kaffee",
        "mittag",
        "abend",
        "morgen",
        "grund",
        "weise",
        "art",
        "anfang",
        "ende",
        "mitte",
        "herbst",
        "winter",
        "sommer",
        "fruhling",
        "fruhjahr",
        "ort",
        "hause",
        "haus",
        "bezug",
        "hinblick",
        "rahmen",
        "zug",
        "laufe",
        "sachen",
        "ding",
        "dinge",
        "zeiten",
        "bedarf",
        "moment",
        "euro",
        "franken",
        "prozent",
        "stuck",
        "meter",
        "kilo",
        "tonnen",
        "herr",
        "herrn",
        "frau",
        "dame",
        "damen",
        "herren",
        "linkedin",
        "xing",
        "online",
        "community",
        "business",
        "coach",
        "coaching",
        "software",
        "unterlagen",
        "informationen",
        "infos",
        "details",
        "mails",
        "mail",
        "post",
        "beispiel",
        "schritte",
        "lehrer",
        "studenten",
        "studierende",
        "schuler",
        "eltern",
        "kinder",
        "kindern",
        "frauen",
        "manner",
        "gaste",
        "mitarbeiter",
        "mitarbeitende",
        "mitarbeitenden",
        "bewerber",
        "fachkrafte",
        "azubis",
        "partner",
        "anbieter",
        "kontakte",
        "kontakten",
        "gleichgesinnte",
        "gleichgesinnten",
        "experten",
        "profis",
        "respekt",
        "gluckwunsch",
        "erfolg",
        "spass",
        "mut",
        "geduld",
        "gluck",
        "vielleicht",
        "danke",
        "bitte",
        "hallo",
        "gruezi",
        "viele",
        "liebe",
        "beste",
        "freundliche",
        "herzliche",
        "schone",
        "mehr",
        "alles",
        "gern",
        "gerne",
    ],
    noun_endings: &[
        "ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "tion", "tionen",
        "tat", "taten", "ismus", "ment", "nis", "nisse", "nissen", "tum", "ierung", "anz", "enz",
        "ik", "ur", "ant", "anten", "ent", "enten", "innen", "arbeit", "technik", "bereich",
        "branche", "welt", "markt", "leiter", "leiterin",
    ],
    before_nouns: &[
        "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer",
        "eines", "kein", "keine", "keinen", "keinem", "keiner", "mein", "meine", "meinen",
        "meinem", "meiner", "dein", "deine", "deinen", "deinem", "deiner", "sein", "seine",
        "seinen", "seinem", "seiner", "ihr", "ihre", "ihren", "ihrem", "ihrer", "unser", "unsere",
        "unseren", "unserem", "unserer", "euer", "eure", "euren", "eurem", "eurer", "im", "am",
        "zum", "zur", "vom", "beim", "ins", "ans", "ums", "dieser", "diese", "dieses", "diesen",
        "diesem", "jeder", "jede", "jedes", "jeden", "jedem", "welche", "welcher", "welches",
        "welchen", "welchem", "alle", "allen", "aller", "viele", "vielen", "viel", "wenig",
        "wenige", "mehr", "einige", "einigen", "mehrere", "mehreren", "etwas", "was", "zwei",
        "drei", "vier", "funf", "sechs", "sieben", "acht", "zehn",
    ],
};

static SPANISH: Tongue = Tongue {
    code: "es",
    contracts: false,
    capital_nouns: false,
    capital_months: false,
    digraphs: false,
    ordinals: false,
    is_number: |word| {
        matches!(
            word,
            "dos"
                | "tres"
                | "cuatro"
                | "cinco"
                | "seis"
                | "siete"
                | "ocho"
                | "nueve"
                | "diez"
                | "once"
                | "doce"
                | "quince"
                | "veinte"
                | "treinta"
                | "cuarenta"
                | "cincuenta"
                | "sesenta"
                | "setenta"
                | "ochenta"
                | "noventa"
                | "cien"
                | "ciento"
                | "doscientos"
                | "trescientos"
                | "quinientos"
                | "mil"
                | "miles"
                | "millon"
                | "millones"
                | "docena"
                | "ambos"
                | "ambas"
                | "doble"
        )
    },
    is_weekday: |word| {
        matches!(
            word,
            "lunes" | "martes" | "miercoles" | "jueves" | "viernes" | "sabado" | "domingo"
        )
    },
    is_month: |word| {
        matches!(
            word,
            "enero"
                | "febrero"
                | "marzo"
                | "abril"
                | "mayo"
                | "junio"
                | "julio"
                | "agosto"
                | "septiembre"
                | "setiembre"
                | "octubre"
                | "noviembre"
                | "diciembre"
        )
    },
    abbreviations: &[
        "sr", "sra", "srta", "dra", "lic", "ing", "arq", "ud", "uds", "vd", "vds", "aprox", "av",
        "avda", "pag", "num", "tel", "ej", "etc", "depto", "ref", "cia", "art", "min", "max",
    ],
    no_names: &["usted", "ustedes", "ud", "uds", "vd", "vds", "linkedin"],
    noun_endings: &[],
    before_nouns: &[],
};

static FRENCH: Tongue = Tongue {
    code: "fr",
    // "dont" is a word.
    contracts: false,
    capital_nouns: false,
    capital_months: false,
    digraphs: false,
    ordinals: false,
    is_number: |word| {
        matches!(
            word,
            "deux"
                | "trois"
                | "quatre"
                | "cinq"
                | "six"
                | "sept"
                | "huit"
                | "neuf"
                | "dix"
                | "onze"
                | "douze"
                | "quinze"
                | "vingt"
                | "trente"
                | "quarante"
                | "cinquante"
                | "soixante"
                | "septante"
                | "huitante"
                | "nonante"
                | "cent"
                | "cents"
                | "mille"
                | "million"
                | "millions"
                | "dizaine"
                | "dizaines"
                | "douzaine"
                | "quinzaine"
                | "vingtaine"
                | "trentaine"
                | "cinquantaine"
                | "centaine"
                | "centaines"
                | "milliers"
        )
    },
    is_weekday: |word| {
        matches!(
            word.trim_end_matches('s'),
            "lundi" | "mardi" | "mercredi" | "jeudi" | "vendredi" | "samedi" | "dimanche"
        )
    },
    is_month: |word| {
        matches!(
            word,
            "janvier"
                | "fevrier"
                | "mars"
                | "avril"
                | "mai"
                | "juin"
                | "juillet"
                | "aout"
                | "septembre"
                | "octobre"
                | "novembre"
                | "decembre"
        )
    },
    abbreviations: &[
        "m", "mm", "mme", "mmes", "mlle", "me", "env", "ex", "cf", "bd", "av", "tel", "ste", "min",
        "art", "ref", "chap", "p", "max", "réf", "tél",
    ],
    no_names: &[],
    noun_endings: &[],
    before_nouns: &[],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::named;

    #[test]
    fn languages_without_an_entry_are_cut_like_english() {
        assert_eq!(of(crate::language::ENGLISH).code, "en");
        assert!(named("it").is_some_and(|italian| of(italian).contracts));
        assert!(named("de").is_some_and(|german| !of(german).contracts));
    }
}
