//! Completion in a front matter: its keys, and the values of those that take few.

use std::ops::Range;

use crate::editor::keys::KEYS;
use crate::editor::keys::values;
use crate::ruleset::RuleSet;

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is shown in the list.
    pub label: String,
    /// What it is.
    pub about: String,
    /// The bytes of the text that it replaces.
    pub range: Range<usize>,
    /// What it puts there.
    pub text: String,
    /// Whether it is a key rather than a value.
    pub is_key: bool,
}

/// How a front matter writes things.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Toml,
    Yaml,
}

/// The ways to go on at a byte of a draft; none outside of its front matter.
pub fn completions(text: &str, byte: usize, rules: &RuleSet) -> Vec<Completion> {
    let Some((style, lines, line)) = front_matter(text, byte) else {
        return Vec::new();
    };
    let before = &text[line..byte];
    let separator = match style {
        Style::Toml => '=',
        Style::Yaml => ':',
    };
    let Some((key, value)) = before.split_once(separator) else {
        let item = before.trim_start().strip_prefix('-');
        let item = item.filter(|item| item.starts_with(' '));
        return match item.filter(|_| style == Style::Yaml) {
            // An item of the list that the last key began.
            Some(item) => {
                let key = lines.iter().rev().find_map(|line| line.split_once(':'));
                let key = key.map_or("", |(key, _)| key.trim());
                of_value(key, item, byte, style, rules)
            }
            None => of_key(before, &lines, byte, style),
        };
    };
    let key = key.trim().trim_matches('"');
    of_value(key, value, byte, style, rules)
}

/// How the front matter is written, its lines before the one with the byte, and where that one begins.
fn front_matter(text: &str, byte: usize) -> Option<(Style, Vec<&str>, usize)> {
    let before = text.get(..byte)?.trim_start_matches('\u{feff}');
    let skipped = byte - before.len();
    let mut lines: Vec<&str> = before.split('\n').collect();
    let current = lines.pop()?;
    let fence = lines.first()?.trim_end();
    let style = match fence {
        "+++" => Style::Toml,
        "---" => Style::Yaml,
        _ => return None,
    };
    let inside = &lines[1..];
    if inside.iter().any(|line| line.trim_end() == fence) {
        return None;
    }
    let start = skipped + before.len() - current.len();
    Some((style, inside.to_vec(), start))
}

fn of_key(before: &str, lines: &[&str], byte: usize, style: Style) -> Vec<Completion> {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    if !before.chars().all(is_word) {
        return Vec::new();
    }
    let taken = |key: &str| {
        lines.iter().any(|line| {
            let rest = line.strip_prefix(key).map(str::trim_start);
            rest.is_some_and(|rest| rest.starts_with([':', '=']))
        })
    };
    let free = KEYS.iter().filter(|(key, _)| !taken(key));
    free.map(|(key, about)| Completion {
        label: (*key).to_owned(),
        about: (*about).to_owned(),
        range: byte - before.len()..byte,
        text: match style {
            Style::Toml => format!("{key} = "),
            Style::Yaml => format!("{key}: "),
        },
        is_key: true,
    })
    .collect()
}

fn of_value(key: &str, value: &str, byte: usize, style: Style, rules: &RuleSet) -> Vec<Completion> {
    let all: Vec<(String, String)> = match key {
        "allow" => {
            let running = rules
                .rules()
                .iter()
                .filter(|rule| rule.active && !rule.is_signal());
            let about = |help: Option<&str>| help.unwrap_or_default().to_owned();
            running
                .map(|rule| (rule.id.to_string(), about(rule.help.as_deref())))
                .collect()
        }
        _ => {
            let few = values(key).iter();
            few.map(|value| ((*value).to_owned(), String::new()))
                .collect()
        }
    };
    let typed = value
        .rsplit([' ', '\t', '[', ',', '"', '\''])
        .next()
        .unwrap_or_default();
    // Right behind the separator comes a space.
    let gap = if value.is_empty() { " " } else { "" };
    let in_quotes = value.matches('"').count() % 2 == 1 || value.matches('\'').count() % 2 == 1;
    let needs_quotes = style == Style::Toml && !in_quotes && key != "attempt";
    all.into_iter()
        .map(|(value, about)| Completion {
            text: match needs_quotes {
                true => format!("{gap}\"{value}\""),
                false => format!("{gap}{value}"),
            },
            label: value,
            about,
            range: byte - typed.len()..byte,
            is_key: false,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use crate::source::Sources;
    use crate::toml_doc::Problems;
    use std::sync::LazyLock;

    static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
        let mut problems = Problems::new("rule-pack");
        let packs = crate::pack::builtin(&mut Sources::default(), &mut problems);
        RuleSet::build(&packs, &Settings::default(), &mut problems)
    });

    /// The text with a completion put in at `^`; all labels if it has none of that label.
    fn completed(marked: &str, label: &str) -> String {
        let byte = marked.find('^').unwrap();
        let mut text = marked.replace('^', "");
        let all = completions(&text, byte, &RULES);
        match all.iter().find(|it| it.label == label) {
            Some(it) => {
                text.replace_range(it.range.clone(), &it.text);
                text
            }
            None => all
                .iter()
                .map(|it| it.label.as_str())
                .collect::<Vec<_>>()
                .join(" "),
        }
    }

    #[test]
    fn keys_are_completed_in_both_styles() {
        assert_eq!(
            completed("+++\nfi^\n+++\nHi", "first_name"),
            "+++\nfirst_name = \n+++\nHi"
        );
        assert_eq!(
            completed("\u{feff}---\r\n^", "kind"),
            "\u{feff}---\r\nkind: "
        );
        // A key that is there already is not offered.
        assert!(
            !completed("---\nkind: x\n^", "kind")
                .split(' ')
                .any(|it| it == "kind")
        );
    }

    #[test]
    fn values_are_completed_with_the_quotes_that_they_need() {
        assert_eq!(
            completed("+++\nkind = ^", "follow-up"),
            "+++\nkind = \"follow-up\""
        );
        assert_eq!(
            completed("+++\nkind = \"fo^\"", "follow-up"),
            "+++\nkind = \"follow-up\""
        );
        assert_eq!(completed("---\npriority:^", "high"), "---\npriority: high");
        assert_eq!(
            completed("---\nallow: [many-emoji, sto^]\n---\n", "stock-opening"),
            "---\nallow: [many-emoji, stock-opening]\n---\n"
        );
        assert_eq!(
            completed("---\nallow:\n  - many-emoji\n  - ^\n---\n", "stock-opening"),
            "---\nallow:\n  - many-emoji\n  - stock-opening\n---\n"
        );
        assert_eq!(completed("+++\nattempt = ^", "2"), "+++\nattempt = 2");
    }

    #[test]
    fn there_is_nothing_outside_of_the_front_matter() {
        for text in [
            "^",
            "Hi ^",
            "---\nto: Ana\n---\n^",
            "---^",
            "+++\ncompany = ^",
        ] {
            assert_eq!(completed(text, "kind"), "", "{text}");
        }
    }
}
