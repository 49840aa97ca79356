//! Which rules run: `select`, `ignore`, `[rules.<id>]`, all by id or by the beginning of an id.

use crate::config::Settings;
use crate::ruleset::Selector;
use crate::ruleset::declared::Declared;
use crate::toml_doc::Problems;
use crate::toml_doc::nearest;

/// Whether a selector stands for a rule: its id, or a beginning of it that ends at a word's end.
pub fn matches(selector: &str, id: &str) -> bool {
    let Some(rest) = id.strip_prefix(selector) else {
        return false;
    };
    rest.is_empty() || rest.starts_with(['/', '-']) || selector.ends_with(['/', '-'])
}

/// Whether the settings let a rule run. Signals are no findings: `select` does not switch them off.
pub(super) fn wants(settings: &Settings, id: &str) -> bool {
    let any = |list: &[Selector]| list.iter().any(|selector| matches(&selector.value, id));
    let signal = id.contains('/');
    (settings.select.is_empty() || signal || any(&settings.select)) && !any(&settings.ignore)
}

/// Whether `select` or `[rules.<id>]` names just this rule: that switches on one that is off by default.
pub(super) fn names_exactly(settings: &Settings, id: &str) -> bool {
    settings.select.iter().any(|selector| selector.value == id)
        || settings
            .rules
            .iter()
            .any(|(name, table)| name.value == id && table.keys().any(|key| key.value == "level"))
}

/// Reports ids and selectors that no rule has.
pub(super) fn check(declared: &[Declared<'_>], settings: &Settings, problems: &mut Problems) {
    let ids: Vec<&str> = declared
        .iter()
        .map(|declared| declared.rule.id.value.as_str())
        .collect();
    let hint = |word: &str| match nearest(word, &ids) {
        Some(best) => format!("did you mean `{best}`?"),
        None => "`connote rules` lists them all".to_owned(),
    };
    for selector in settings.select.iter().chain(&settings.ignore) {
        if !ids.iter().any(|id| matches(&selector.value, id)) {
            let message = format!("no rule is called `{}` or begins so", selector.value);
            problems.error(selector.span, message).help = Some(hint(&selector.value).into());
        }
    }
    for (id, _) in &settings.rules {
        if !ids.contains(&id.value.as_str()) {
            problems
                .error(id.span, format!("there is no rule `{}`", id.value))
                .help = Some(hint(&id.value).into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_is_an_id_or_whole_words_of_its_beginning() {
        assert!(matches("stock-opening", "stock-opening"));
        assert!(matches("reference", "reference/post"));
        assert!(matches("reference", "reference-missing"));
        assert!(matches("reference/", "reference/post"));
        assert!(!matches("ref", "reference/post"));
        assert!(!matches("reference/posts", "reference/post"));
    }
}
