//! What keys mean, in words for editors.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::check::Kind;
use crate::check::MATCHER_KEYS;

/// The words for keys, by section and path.
pub(super) struct Words {
    sections: toml::Table,
    /// Those that were asked for, for the test that none stands there in vain.
    pub(super) used: RefCell<BTreeSet<String>>,
    /// Keys that have none.
    pub(super) missing: RefCell<BTreeSet<String>>,
}

impl Words {
    pub(super) fn new() -> Self {
        Self {
            // Part of the program, and read by the tests.
            sections: toml::from_str(include_str!("words.toml")).unwrap_or_default(),
            used: RefCell::default(),
            missing: RefCell::default(),
        }
    }

    /// What a key means, by its section and the path in it, joined by dots.
    pub(super) fn of(&self, section: &str, path: &[&str]) -> Option<String> {
        let path = path.join(".");
        let found = self
            .sections
            .get(section)
            .and_then(|words| words.get(&path));
        let name = format!("{section}: {path}");
        match found.and_then(toml::Value::as_str) {
            Some(words) => {
                self.used.borrow_mut().insert(name);
                Some(words.to_owned())
            }
            None => {
                self.missing.borrow_mut().insert(name);
                None
            }
        }
    }

    /// The same for a key of a rule: what its kind says of it comes first.
    pub(super) fn of_rule(&self, kind: &Kind, path: &[&str]) -> Option<String> {
        let key = path.last().copied().unwrap_or_default();
        let is_own = path.len() == 1;
        // `families.not` is no matcher's `not`.
        let rule = self.sections.get("rule");
        if !is_own && rule.is_some_and(|words| words.get(path.join(".")).is_some()) {
            return self.of("rule", path);
        }
        let own = kind.parameters.iter().filter(|_| is_own);
        let mut known = own.chain(MATCHER_KEYS);
        match known.find(|(name, _)| *name == key) {
            Some((_, words)) => Some((*words).to_owned()),
            None => self.of("rule", path),
        }
    }

    /// Everything that stands in the file, as `section: path`.
    #[cfg(test)]
    pub(super) fn all(&self) -> BTreeSet<String> {
        let section = |(section, words): (&String, &toml::Value)| {
            let paths = words.as_table().into_iter().flat_map(toml::Table::keys);
            paths
                .map(|path| format!("{section}: {path}"))
                .collect::<Vec<String>>()
        };
        self.sections.iter().flat_map(section).collect()
    }
}
