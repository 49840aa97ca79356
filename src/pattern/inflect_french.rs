//! French inflections, roughly: more forms than there are, none that is another word often.

/// Endings of the persons, tenses and participles of "aider", behind its stem; folded.
const FIRST: &[&str] = &[
    "e", "es", "ons", "ez", "ent", "ee", "ees", "ais", "ait", "ions", "iez", "aient", "ant",
    "erai", "era", "eras", "erons", "erez", "eront", "erais", "erait", "erions", "eriez",
    "eraient", "a",
];
/// Those of "finir".
const SECOND: &[&str] = &[
    "i", "is", "it", "ie", "ies", "issons", "issez", "issent", "issais", "issait", "issant",
    "irai", "ira", "irez", "irons", "irais", "irait",
];
/// Those of "rendre".
const THIRD: &[&str] = &[
    "s", "", "ons", "ez", "ent", "u", "ue", "us", "ues", "ais", "ait", "iez", "ions", "aient",
    "ant", "rai", "ra", "rez", "rons", "rais", "rait", "e", "es",
];
/// Masculine endings of nouns and adjectives, and what stands in their place in other forms.
const TURNED: &[(&str, &[&str])] = &[
    ("teur", &["trice", "trices", "teuse", "teuses"]),
    ("eur", &["euse", "euses"]),
    ("eux", &["euse", "euses"]),
    ("if", &["ive", "ives"]),
    ("al", &["aux"]),
    ("eau", &["eaux", "elle", "elles"]),
    ("en", &["enne", "ennes"]),
    ("el", &["elle", "elles"]),
    ("on", &["onne", "onnes"]),
];

/// A folded word with its inflections: an infinitive with its persons and participles, and everything with the
/// endings of nouns and adjectives. All forms begin with the first three letters of a word of four or more.
pub(super) fn inflections(base: &str) -> Vec<String> {
    let mut forms = vec![base.to_owned()];
    for ending in ["e", "s", "es"] {
        forms.push(format!("{base}{ending}"));
    }
    for (ending, others) in TURNED {
        if let Some(stem) = base.strip_suffix(ending)
            && stem.len() > 1
        {
            forms.extend(others.iter().map(|other| format!("{stem}{other}")));
        }
    }
    let verbs = [("er", FIRST), ("ir", SECOND), ("re", THIRD)];
    let verb = verbs
        .iter()
        .find_map(|(ending, forms)| Some((base.strip_suffix(ending)?, *forms)));
    if let Some((stem, endings)) = verb
        && stem.len() > 2
    {
        for ending in endings {
            forms.push(format!("{stem}{ending}"));
            // "nous changeons", "nous commençons"
            if stem.ends_with('g') && ending.starts_with(['a', 'o']) {
                forms.push(format!("{stem}e{ending}"));
            }
        }
        // "j'appuie", "j'envoie"
        if let Some(short) = stem.strip_suffix('y') {
            for ending in ["ie", "ies", "ient"] {
                forms.push(format!("{short}{ending}"));
            }
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_nouns_and_adjectives() {
        let has = |base: &str, form: &str| inflections(base).iter().any(|known| known == form);
        for (base, form) in [
            ("chercher", "cherchons"),
            ("chercher", "cherchez"),
            ("changer", "changeons"),
            ("envoyer", "envoie"),
            ("reussir", "reussissez"),
            ("vendre", "vendons"),
            ("article", "articles"),
            ("directeur", "directrice"),
            ("sportif", "sportives"),
            ("journal", "journaux"),
            ("boulanger", "boulangere"),
        ] {
            assert!(has(base, form), "{base} {form}");
        }
        for base in ["chercher", "oral", "neveu", "lire", "envoyer", "rendre"] {
            let start = &base[..3];
            assert!(inflections(base).iter().all(|form| form.starts_with(start)));
        }
    }
}
