//! The rules of all packs as they are written, and the same rule in other languages.
//!
//! A rule is one matter with one id, whatever the language: who ignores `stock-opening` ignores it in every
//! language. The first table of an id is the rule; later tables of the same id in packs of other languages say
//! it in those languages. Such a table holds the words only: what it leaves out is the rule's.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::config::Settings;
use crate::pack::Pack;
use crate::pack::RuleDeclaration;
use crate::toml_doc::Problems;
use crate::toml_doc::Table;
use crate::toml_doc::Value;

/// Keys whose values are words of one language. They are never taken over into another.
const WORDS: &[&str] = &[
    "phrases",
    "patterns",
    "unless",
    "unless_note",
    "not",
    "fix",
    "replace",
    "words",
    "perhaps",
    "claims",
    "starts",
    "swap",
    "families",
    "bad",
    "good",
];
/// Keys that hold words when they are tables: `of = { phrases = [...] }`, while `of = "emoji"` is for all.
const TABLES_OF_WORDS: &[&str] = &["if", "then", "of", "to"];

/// A rule as written, with its pack.
#[derive(Clone, Copy)]
pub(super) struct Declared<'a> {
    pub(super) pack: &'a Pack,
    pub(super) rule: &'a RuleDeclaration,
    /// The same rule in the language asked for, when the rule itself is in another.
    pub(super) said: Option<(&'a Pack, &'a RuleDeclaration)>,
}

/// The language of the notes that a rule is for, by its code: its own `language`, else its pack's; none for a
/// rule that reads every language.
pub(super) fn language_of<'a>(pack: &'a Pack, table: &'a Table) -> Option<&'a str> {
    match table.value("language").map(|value| &value.value) {
        Some(Value::String(own)) if own == "any" => None,
        Some(Value::String(own)) => Some(own),
        _ => pack.language.as_deref(),
    }
}

/// All rules of all packs, as they are said in a language. A second table of one id and language is reported
/// and left out, unless it says a built-in rule anew in a language besides the rule's own.
pub(super) fn declared<'a>(
    packs: &'a [Pack],
    language: &str,
    problems: &mut Problems,
) -> Vec<Declared<'a>> {
    let mut place: FxHashMap<&str, usize> = FxHashMap::default();
    let mut said: FxHashMap<(&str, &str), &'a Pack> = FxHashMap::default();
    let mut all: Vec<Declared<'a>> = Vec::new();
    for pack in packs {
        for rule in pack.rules.iter() {
            let id = rule.id.value.as_str();
            let own = language_of(pack, &rule.table);
            let Some(&number) = place.get(id) else {
                place.insert(id, all.len());
                all.push(Declared {
                    pack,
                    rule,
                    said: None,
                });
                continue;
            };
            let first = all[number];
            let other = own.filter(|own| Some(*own) != language_of(first.pack, &first.rule.table));
            let before = other.and_then(|own| said.insert((id, own), pack));
            if other.is_none() || before.is_some_and(|before| !before.builtin) {
                let message = format!("there is a rule `{id}` already");
                let problem = problems.error(rule.id.span, message);
                *problem = problem.clone().also(first.rule.id.span, "here");
            } else if other == Some(language) {
                all[number].said = Some((pack, rule));
            }
        }
    }
    all
}

impl Declared<'_> {
    /// The rule's table with the words of the language and what the settings say of it. The words of the
    /// settings are for the rule's own language.
    pub(super) fn table(&self, settings: &Settings) -> Arc<Table> {
        let over = settings
            .rules
            .iter()
            .filter(|(id, _)| id.value == self.rule.id.value)
            .map(|(_, over)| over);
        let Some((_, said)) = self.said else {
            return over.fold(Arc::clone(&self.rule.table), |table, over| {
                Arc::new(table.overlaid(over))
            });
        };
        let table = wordless(&self.rule.table).overlaid(&said.table);
        let table = over.fold(table, |table, over| table.overlaid(&wordless(over)));
        Arc::new(table)
    }
}

/// A table without the words of its language.
fn wordless(table: &Table) -> Table {
    let tables = TABLES_OF_WORDS.iter().filter(|key| {
        let value = table.value(key).map(|value| &value.value);
        matches!(value, Some(Value::Table(_)))
    });
    let keys: Vec<&str> = WORDS.iter().chain(tables).copied().collect();
    table.without(&keys)
}
