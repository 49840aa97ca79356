//! SARIF 2.1.0, the exchange format of linters: GitHub's code scanning and many editors read it.

use std::io;

use percent_encoding::AsciiSet;
use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::utf8_percent_encode;
use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Fix;
use crate::diagnostic::Label;
use crate::diagnostic::Severity;
use crate::fix::FileEdit;
use crate::render::View;
use crate::render::clean::clean;
use crate::render::fingerprint::Fingerprints;
use crate::render::json_write::write;
use crate::render::listed::Listing;
use crate::render::listed::Place;
use crate::render::markup::markdown;
use crate::render::sarif_model as model;
use crate::report::RuleText;

/// The schema that the document keeps.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What stands for itself in a path of a URI.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Writes the document, one rule and one result a line.
pub(crate) fn render(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let listing = Listing::new(view);
    let mut fingerprints = Fingerprints::new(view);
    let rules = Rules::new(view);
    write!(out, "{{\"$schema\":\"{SCHEMA}\",\n\"version\":\"2.1.0\",\n")?;
    out.write_all(b"\"runs\":[{\"tool\":{\"driver\":")?;
    write(out, &rules.driver(view))?;
    out.write_all(b"},\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[")?;
    for (number, found) in view.report.diagnostics.iter().enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        let fingerprint = fingerprints.next(found);
        write(out, &outcome(&listing, &rules, found, fingerprint))?;
    }
    out.write_all(b"]}]}\n")
}

/// The rules that results name, in the order of their ids.
struct Rules<'a> {
    texts: Vec<(&'a str, Option<&'a RuleText>, Option<&'a Diagnostic>)>,
    numbers: FxHashMap<&'a str, usize>,
}

impl<'a> Rules<'a> {
    fn new(view: &View<'a>) -> Self {
        let mut first: FxHashMap<&str, &Diagnostic> = FxHashMap::default();
        for found in &view.report.diagnostics {
            first.entry(&found.rule).or_insert(found);
        }
        let mut ids: Vec<&str> = first.keys().copied().collect();
        ids.sort_unstable();
        let numbers = ids.iter().enumerate().map(|(number, id)| (*id, number));
        let known = |id: &str| view.report.rules.iter().find(|text| *text.id == *id);
        Self {
            numbers: numbers.collect(),
            texts: ids
                .iter()
                .map(|id| (*id, known(id), first.get(id).copied()))
                .collect(),
        }
    }

    fn driver(&self, view: &View<'a>) -> model::Driver<'a> {
        let homepage = env!("CARGO_PKG_HOMEPAGE");
        let rules = self.texts.iter();
        model::Driver {
            name: "connote",
            version: view.version,
            semantic_version: view.version,
            information_uri: (!homepage.is_empty()).then_some(homepage),
            rules: rules
                .map(|(id, text, first)| rule(id, *text, *first))
                .collect(),
        }
    }
}

/// What a rule is about. Of a problem that no rule finds, the first finding has to tell.
fn rule<'a>(
    id: &'a str,
    text: Option<&'a RuleText>,
    first: Option<&Diagnostic>,
) -> model::Rule<'a> {
    let about = text.map_or_else(|| id.replace('-', " "), |text| text.about.to_string());
    let why = text.and_then(|text| text.why.as_deref()).unwrap_or(&about);
    let help = text.and_then(|text| text.help.as_deref());
    let help = help.or(first.and_then(|first| first.help.as_deref()));
    let help = help.unwrap_or(why);
    model::Rule {
        id,
        short_description: plain(&about),
        full_description: plain(why),
        help: model::Help {
            text: plain(help).text,
            markdown: match help == why {
                true => markdown(help),
                false => format!("{}\n\n{}", markdown(help), markdown(why)),
            },
        },
        default_configuration: text.and_then(|text| text.level).map(|severity| {
            model::Configuration {
                level: level(severity),
            }
        }),
    }
}

fn outcome<'a>(
    listing: &Listing<'a>,
    rules: &Rules<'a>,
    found: &'a Diagnostic,
    fingerprint: String,
) -> model::Outcome<'a> {
    let place = listing.of(found);
    let others = found.labels.iter().filter(|label| !label.primary);
    let related = |(number, label): (usize, &Label)| {
        let mut location = location(&listing.place(label.span));
        location.id = Some(number + 1);
        location.message = (!label.message.is_empty()).then(|| plain(&label.message));
        location
    };
    model::Outcome {
        rule_id: &found.rule,
        rule_index: rules.numbers.get(&*found.rule).copied().unwrap_or_default(),
        level: level(found.severity),
        message: match &found.help {
            Some(help) => plain(&format!("{}. {}", place.message(found), clean(help))),
            None => plain(&place.message(found)),
        },
        locations: [location(&place)],
        partial_fingerprints: model::Fingerprints {
            line: format!("{fingerprint}:1"),
            own: fingerprint,
        },
        related_locations: others.enumerate().map(related).collect(),
        fixes: listing
            .fixes(found)
            .into_iter()
            .map(|(fix, edits)| self::fix(listing, &place, fix, edits))
            .collect(),
    }
}

/// A fix. What it inserts is for the file, not for people: nothing is changed in it.
fn fix(listing: &Listing, place: &Place, fix: &Fix, edits: Vec<FileEdit>) -> model::Fix {
    let replacements = edits.into_iter().map(|edit| model::Replacement {
        deleted_region: region(&listing.edited(&edit)),
        inserted_content: model::Text { text: edit.text },
    });
    model::Fix {
        description: plain(&fix.description),
        artifact_changes: [model::Change {
            artifact_location: model::Artifact {
                uri: uri(place.path()),
            },
            replacements: replacements.collect(),
        }],
    }
}

fn region(place: &Place) -> model::Region {
    model::Region {
        start_line: place.start.line,
        start_column: place.start.column,
        end_line: place.end.line,
        end_column: place.end.column,
    }
}

fn location<'a>(place: &Place<'a>) -> model::Location<'a> {
    model::Location {
        id: None,
        message: None,
        physical_location: model::Physical {
            artifact_location: model::Artifact {
                uri: uri(place.path()),
            },
            region: place.cell().is_none().then(|| region(place)),
        },
        logical_locations: place.cell().map(|cell| {
            [model::Logical {
                fully_qualified_name: cell,
                kind: "cell",
            }]
        }),
    }
}

/// Words for people, harmless. Of `[words](address)` SARIF would make a link.
fn plain(text: &str) -> model::Text {
    model::Text {
        text: clean(text).replace("](", "] ("),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

/// The path of a file as a URI: relative, unless it was given from the root on.
fn uri(path: &str) -> String {
    let encoded = utf8_percent_encode(path, PATH);
    let drive = path.as_bytes().get(..3);
    let has_drive = drive.is_some_and(|it| it[0].is_ascii_alphabetic() && it[1..] == *b":/");
    match () {
        () if has_drive => format!(
            "file:///{}:{}",
            &path[..1],
            utf8_percent_encode(&path[2..], PATH)
        ),
        () if path.starts_with('/') => format!("file://{encoded}"),
        () => encoded.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use serde_json::json;

    use super::*;
    use crate::diagnostic::FixKind;
    use crate::render::testing::Case;
    use crate::render::testing::blanks;
    use crate::render::testing::fix;
    use crate::render::testing::label;
    use crate::source::Source;
    use crate::span::Span;

    #[test]
    fn paths_become_uris() {
        for (path, expected) in [
            ("a b/c%d.md", "a%20b/c%25d.md"),
            ("é:x.md", "%C3%A9%3Ax.md"),
            ("../a.md", "../a.md"),
            ("/tmp/a#b.md", "file:///tmp/a%23b.md"),
            ("C:/a b.md", "file:///C:/a%20b.md"),
            ("<stdin>", "%3Cstdin%3E"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }

    #[test]
    fn a_fix_that_is_real_comes_with_its_edits() {
        let mut case = Case::default();
        let note = case.note("a.md", "Zoë 👋 the the end", "Zoë");
        let span = case.place(note, "the the");
        case.find(note, Severity::Warning, "doubled", "the the")
            .fixes = vec![
            fix(FixKind::Safe, span, "say it once", "the"),
            blanks(span, "or better", "___"),
        ];
        let shown: Value = serde_json::from_str(&case.show("sarif")).unwrap();
        let region = json!({"startLine": 1, "startColumn": 7, "endLine": 1, "endColumn": 14});
        let expected = json!([{
            "description": {"text": "say it once"},
            "artifactChanges": [{
                "artifactLocation": {"uri": "a.md"},
                "replacements": [{"deletedRegion": region, "insertedContent": {"text": "the"}}],
            }],
        }]);
        assert_eq!(shown["runs"][0]["results"][0]["fixes"], expected);
    }

    #[test]
    fn a_result_tells_its_rule_its_place_and_its_twin() {
        let mut case = Case::default();
        let note = case.note("./a b.md", "Zoë 👋 [so](x)\nso", "Zoë");
        let twin = case.place(note, "so](x)\nso");
        let found = case.find(note, Severity::Hint, "wordy", "[so](x)");
        found.labels.push(label(twin, "the first"));
        found.help = Some("Mend it.".into());
        let mut cell = Source::new("b.xlsx".into(), "text".into());
        cell.cell = Some("Drafts!C5".into());
        let file = case.sources.add(cell);
        case.find(note, Severity::Error, "broken-thing", "so")
            .labels[0]
            .span = Span::new(file, 0..2);
        case.report.rules.push(RuleText {
            id: "wordy".into(),
            level: Some(Severity::Warning),
            about: "`…` is long".into(),
            why: Some("Short is *good*.".into()),
            help: None,
        });
        let shown: Value = serde_json::from_str(&case.show("sarif")).unwrap();
        let run = &shown["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let region = json!({"startLine": 1, "startColumn": 7, "endLine": 1, "endColumn": 14});
        let twin = json!({"startLine": 1, "startColumn": 8, "endLine": 2, "endColumn": 3});
        let artifact = json!({"uri": "a%20b.md"});
        let prints = &run["results"][0]["partialFingerprints"];
        assert_eq!(prints["connote/v1"].as_str().unwrap().len(), 32);
        assert_eq!(
            run["results"][0],
            json!({
                "ruleId": "wordy", "ruleIndex": 1, "level": "note",
                "message": {"text": "about `[so] (x)`. Mend it."},
                "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
                "partialFingerprints": prints,
                "relatedLocations": [{
                    "id": 1, "message": {"text": "the first"},
                    "physicalLocation": {"artifactLocation": artifact, "region": twin},
                }],
            })
        );
        assert_eq!(
            run["results"][1]["locations"],
            json!([{
                "physicalLocation": {"artifactLocation": {"uri": "b.xlsx"}},
                "logicalLocations": [{"fullyQualifiedName": "Drafts!C5", "kind": "cell"}],
            }])
        );
        assert_eq!(
            run["tool"]["driver"]["rules"],
            json!([
                {
                    "id": "broken-thing",
                    "shortDescription": {"text": "broken thing"},
                    "fullDescription": {"text": "broken thing"},
                    "help": {"text": "broken thing", "markdown": "broken thing"},
                },
                {
                    "id": "wordy",
                    "shortDescription": {"text": "`…` is long"},
                    "fullDescription": {"text": "Short is *good*."},
                    "help": {"text": "Mend it.", "markdown": "Mend it\\.\n\nShort is \\*good\\*\\."},
                    "defaultConfiguration": {"level": "warning"},
                },
            ])
        );
    }
}
