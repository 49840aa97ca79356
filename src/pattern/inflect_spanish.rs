//! Spanish inflections, roughly: more forms than there are, none that is another word often. Words are
//! folded, so "pasás" and "pasas" are one.

/// Endings of the persons, tenses and participles of verbs in `-ar`, behind the stem.
const AR: &[&str] = &[
    "o", "as", "a", "amos", "ais", "an", "e", "es", "emos", "en", "aste", "aron", "aba", "abas",
    "abamos", "aban", "are", "aras", "ara", "aremos", "aran", "aria", "arias", "ariamos", "arian",
    "ado", "ada", "ados", "adas", "ando",
];
/// The same of verbs in `-er` and `-ir`.
const ER_IR: &[&str] = &[
    "o", "es", "e", "emos", "imos", "en", "is", "a", "as", "amos", "an", "i", "iste", "io",
    "ieron", "ia", "ias", "iamos", "ian", "ido", "ida", "idos", "idas", "iendo", "ere", "era",
    "eremos", "eran", "eria", "erias", "eriamos", "ire", "ira", "iremos", "iran", "iria", "irias",
    "iriamos",
];
/// Pronouns that hang on an infinitive: "pasarte", "enviárselo".
const HANGING: &[&str] = &[
    "me", "te", "se", "le", "les", "lo", "la", "los", "las", "nos", "os", "telo", "tela", "telos",
    "telas", "selo", "sela", "selos", "selas", "melo", "mela", "oslo", "osla",
];

/// A folded word with its inflections: an infinitive with its persons and hanging pronouns, anything else with
/// its genders and plurals.
pub(super) fn inflections(base: &str) -> Vec<String> {
    let mut forms = vec![base.to_owned()];
    let mut add = |stem: &str, endings: &[&str]| {
        forms.extend(endings.iter().map(|ending| format!("{stem}{ending}")));
    };
    add(base, &["s", "es"]);
    if let Some(stem) = base.strip_suffix(['o', 'a']) {
        add(stem, &["o", "a", "os", "as"]);
    }
    if let Some(stem) = base.strip_suffix('z') {
        add(stem, &["ces"]);
    }
    let verb = match base.get(base.len().saturating_sub(2)..) {
        Some("ar") => Some(AR),
        Some("er" | "ir") => Some(ER_IR),
        _ => None,
    };
    let Some(endings) = verb.filter(|_| base.len() > 4) else {
        return forms;
    };
    let stem = &base[..base.len() - 2];
    add(stem, endings);
    add(base, HANGING);
    // Before `e` the sound is kept by another letter: busqué, pague, organice.
    if base.ends_with("ar") {
        let kept = [("c", "qu"), ("g", "gu"), ("z", "c")]
            .iter()
            .find_map(|(last, kept)| Some((stem.strip_suffix(last)?, kept)));
        if let Some((start, kept)) = kept {
            add(&format!("{start}{kept}"), &["e", "es", "emos", "en"]);
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
            ("pasar", "pasarte"),
            ("enviar", "enviarselo"),
            ("montar", "montando"),
            ("buscar", "busque"),
            ("organizar", "organice"),
            ("escribir", "escribio"),
            ("vender", "vendemos"),
            ("vecino", "vecinas"),
            ("charla", "charlas"),
            ("vez", "veces"),
            ("leccion", "lecciones"),
        ] {
            assert!(has(base, form), "{base} {form}");
        }
        assert!(!has("mar", "me"));
    }
}
