//! German inflections, roughly: more forms than there are, none that is another word often.

/// Prefixes that part from their verb: "vorstellen", "vorgestellt", "vorzustellen".
const SEPARABLE: &[&str] = &[
    "zusammen", "weiter", "kennen", "nach", "teil", "fest", "vor", "auf", "aus", "ein", "her",
    "hin", "mit", "bei", "los", "durch", "uber", "um", "an", "ab", "zu",
];

/// A folded word with its inflections: an infinitive with its persons and participles, anything else with the
/// endings of nouns and adjectives.
pub(super) fn inflections(base: &str) -> Vec<String> {
    let mut forms = vec![base.to_owned()];
    for ending in ["e", "en", "er", "es", "em", "n", "s", "in", "innen"] {
        forms.push(format!("{base}{ending}"));
    }
    let stem = match base.strip_suffix("en").or_else(|| base.strip_suffix('n')) {
        Some(stem) if stem.len() > 2 => stem,
        _ => return forms,
    };
    for ending in [
        "", "e", "st", "est", "t", "et", "te", "ten", "test", "tet", "ete", "eten", "end", "ende",
        "enden",
    ] {
        forms.push(format!("{stem}{ending}"));
    }
    let parted = SEPARABLE
        .iter()
        .filter_map(|prefix| Some((*prefix, stem.strip_prefix(prefix)?)))
        .find(|(_, rest)| rest.len() > 2);
    let (prefix, rest) = parted.unwrap_or(("", stem));
    for ending in ["t", "et", "en", "te", "ten", "ter", "tes", "tem"] {
        forms.push(format!("{prefix}ge{rest}{ending}"));
    }
    if parted.is_some() {
        forms.push(format!("{prefix}zu{rest}en"));
        forms.push(format!("{prefix}zu{rest}n"));
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
            ("suchen", "sucht"),
            ("suchen", "gesucht"),
            ("arbeiten", "arbeitet"),
            ("arbeiten", "gearbeitet"),
            ("vorstellen", "vorgestellt"),
            ("vorstellen", "vorzustellen"),
            ("verbessern", "verbessert"),
            ("artikel", "artikeln"),
            ("frisch", "frisches"),
            ("kollege", "kollegen"),
        ] {
            assert!(has(base, form), "{base} {form}");
        }
        assert!(!has("suchen", "such mich"));
    }
}
