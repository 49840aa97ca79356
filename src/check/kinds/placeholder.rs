//! `placeholder`: merge fields that were never filled.

use std::ops::Range;

use crate::check::Build;
use crate::check::Check;
use crate::check::Finding;
use crate::check::Kind;
use crate::check::NoteCheck;
use crate::check::NoteContext;
use crate::pattern::RegexId;
use crate::toml_doc::Table;
use crate::toml_doc::Value;

pub(super) static KIND: Kind = Kind {
    name: "placeholder",
    about: "merge fields that were never filled, family by family",
    parameters: &[(
        "families",
        "list of tables: `name`, `pattern` (a regular expression), `not` (regular expressions for look-alikes)",
    )],
    holes: &["family"],
    groups: false,
    build,
};

struct Family {
    name: String,
    pattern: RegexId,
    not: Vec<RegexId>,
}

struct Placeholder {
    families: Vec<Family>,
}

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let mut families = Vec::new();
    for item in table.array("families", build.problems) {
        let Value::Table(family) = &item.value else {
            build
                .problems
                .error(item.span, "a family is a table with `name` and `pattern`");
            continue;
        };
        let name = family
            .string("name", build.problems)
            .map(|name| name.value.to_owned());
        let pattern = family
            .string("pattern", build.problems)
            .and_then(|pattern| build.regex(&pattern));
        let not = family.strings("not", build.problems);
        let not = build.regexes(&not);
        family.finish(build.problems);
        match (name, pattern) {
            (Some(name), Some(pattern)) => families.push(Family { name, pattern, not }),
            (None, _) => family.require("name", build.problems),
            (_, None) if family.value("pattern").is_none() => {
                family.require("pattern", build.problems)
            }
            _ => {}
        }
    }
    if families.is_empty() {
        table.require("families", build.problems);
    }
    Some(Check::Note(Box::new(Placeholder { families })))
}

impl NoteCheck for Placeholder {
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding> {
        let hits = context.words.hits;
        let mut found: Vec<(Range<usize>, &str)> = Vec::new();
        for family in &self.families {
            for range in hits.of_regex(family.pattern) {
                let alike = family
                    .not
                    .iter()
                    .flat_map(|not| hits.of_regex(*not))
                    .any(|other| overlap(&other, &range));
                if !alike {
                    found.push((range, &family.name));
                }
            }
        }
        // `{{name}}` is found by several families: the longest match tells it best.
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut findings: Vec<Finding> = Vec::new();
        for (range, name) in found {
            if findings
                .last()
                .is_none_or(|last| last.range.end <= range.start)
            {
                findings.push(Finding::at(range).with("family", name));
            }
        }
        findings
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
