//! JUnit's XML, which CI servers show as tests: each note is a test, each file a suite.
//!
//! A note with an error or a warning has failed. A problem with a file is a test of its own, in error.

use std::io;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::render::View;
use crate::render::clean::clean;
use crate::render::groups::Groups;
use crate::render::listed::Listing;
use crate::render::listed::path;
use crate::render::words::plural;
use crate::render::xml::Xml;
use crate::span::FileId;

/// A test.
struct Test<'a> {
    name: String,
    found: Vec<&'a Diagnostic>,
    outcome: Outcome,
}

#[derive(Clone, Copy, PartialEq)]
enum Outcome {
    Passed,
    Failed,
    /// It could not be done.
    Error,
}

/// The tests of a file.
struct Suite<'a> {
    path: &'a str,
    tests: Vec<Test<'a>>,
}

impl Suite<'_> {
    fn count(&self, outcome: Outcome) -> usize {
        let tests = self.tests.iter();
        tests.filter(|test| test.outcome == outcome).count()
    }
}

/// Writes the document. Columns in it count characters.
pub(crate) fn render(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let suites = suites(view);
    let listing = Listing::new(view);
    let sum = |of: &dyn Fn(&Suite) -> usize| suites.iter().map(of).sum::<usize>().to_string();
    let mut xml = Xml::new(out)?;
    xml.open(
        "testsuites",
        &[
            ("name", "connote"),
            ("tests", &sum(&|suite| suite.tests.len())),
            ("failures", &sum(&|suite| suite.count(Outcome::Failed))),
            ("errors", &sum(&|suite| suite.count(Outcome::Error))),
        ],
    )?;
    for suite in &suites {
        xml.open(
            "testsuite",
            &[
                ("name", suite.path),
                ("tests", &suite.tests.len().to_string()),
                ("failures", &suite.count(Outcome::Failed).to_string()),
                ("errors", &suite.count(Outcome::Error).to_string()),
                ("time", "0"),
            ],
        )?;
        for test in &suite.tests {
            write(&listing, suite, test, &mut xml)?;
        }
        xml.close("testsuite")?;
    }
    xml.close("testsuites")?;
    xml.end()
}

/// The suites in the order of their first tests: problems with files, then notes.
fn suites<'a>(view: &View<'a>) -> Vec<Suite<'a>> {
    let groups = Groups::new(view.report);
    let mut suites: Vec<Suite> = Vec::new();
    let mut numbers: rustc_hash::FxHashMap<&str, usize> = rustc_hash::FxHashMap::default();
    let mut add = |file: FileId, test: Test<'a>| {
        let path = path(view.sources.get(file));
        let number = *numbers.entry(path).or_insert(suites.len());
        if number == suites.len() {
            let tests = Vec::new();
            suites.push(Suite { path, tests });
        }
        suites[number].tests.push(test);
    };
    let listing = Listing::new(view);
    for found in &groups.general {
        let place = listing.of(found);
        let test = Test {
            name: format!("{} {}", found.rule, place.within()),
            found: vec![*found],
            outcome: match found.severity {
                Severity::Error => Outcome::Error,
                Severity::Warning => Outcome::Failed,
                Severity::Info | Severity::Hint => Outcome::Passed,
            },
        };
        add(found.span().file, test);
    }
    for (index, note) in view.report.notes.iter().enumerate() {
        let found = groups.gravest_first(index);
        let failed = found
            .iter()
            .any(|found| found.severity >= Severity::Warning);
        let file = note.text.file();
        let test = Test {
            name: note.id.to_string(),
            found,
            outcome: match failed {
                true => Outcome::Failed,
                false => Outcome::Passed,
            },
        };
        add(file, test);
    }
    if suites.is_empty() {
        // Some servers take a report without a test for a broken one.
        let test = Test {
            name: "no findings".to_owned(),
            found: Vec::new(),
            outcome: Outcome::Passed,
        };
        suites.push(Suite {
            path: "connote",
            tests: vec![test],
        });
    }
    suites
}

fn write(listing: &Listing, suite: &Suite, test: &Test, xml: &mut Xml) -> io::Result<()> {
    // Jenkins' schema allows no attributes for file and line.
    let attributes = [
        ("name", test.name.as_str()),
        ("classname", suite.path),
        ("time", "0"),
    ];
    if test.found.is_empty() {
        return xml.empty("testcase", &attributes);
    }
    let lines: Vec<String> = test
        .found
        .iter()
        .flat_map(|found| said(listing, found))
        .collect();
    let grave = test.found.iter().map(|found| found.severity).max();
    let grave = grave.map_or("", Severity::name);
    let kind = [("message", &*message(&test.found)), ("type", grave)];
    xml.open("testcase", &attributes)?;
    match test.outcome {
        Outcome::Passed => xml.lines("system-out", &[], &lines)?,
        Outcome::Failed => xml.lines("failure", &kind, &lines)?,
        Outcome::Error => xml.lines("error", &kind, &lines)?,
    }
    xml.close("testcase")
}

/// What a test is about in one line: its only finding, or how many there are.
fn message(found: &[&Diagnostic]) -> String {
    if let [only] = found {
        return clean(&only.message).into_owned();
    }
    let counts = Severity::NAMES.into_iter().filter_map(|(name, severity)| {
        let of = |found: &&&Diagnostic| found.severity == severity;
        let count = found.iter().filter(of).count();
        (count > 0).then(|| plural(count, name, &format!("{name}s")))
    });
    counts.collect::<Vec<String>>().join(", ")
}

/// `path:line:column: severity[rule]: message`, and the advice below it.
fn said(listing: &Listing, found: &Diagnostic) -> Vec<String> {
    let place = listing.of(found).words();
    let line = format!(
        "{place}: {}[{}]: {}",
        found.severity.name(),
        found.rule,
        clean(&found.message)
    );
    let help = found.help.as_ref().map(|help| format!("  {}", clean(help)));
    std::iter::once(line).chain(help).collect()
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostic;
    use crate::diagnostic::Severity;
    use crate::render::testing::Case;
    use crate::span::Span;

    #[test]
    fn notes_are_tests_and_files_are_suites() {
        let mut case = Case::default();
        let ana = case.note("a.md", "Ana 👋 so <b>\n]]> x", "Ana");
        case.note("b.md", "fine", "");
        case.find(ana, Severity::Hint, "mild", "so").help = Some("Or not.".into());
        case.find(ana, Severity::Warning, "wordy", "<b>\n]]>");
        let file = case.report.notes[1].text.file();
        let broken = Diagnostic::problem(
            "broken-row",
            Severity::Error,
            Span::new(file, 2..3),
            "bad \u{1b} row",
        );
        case.report.diagnostics.insert(0, broken);
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="connote" tests="3" failures="1" errors="1">
  <testsuite name="b.md" tests="2" failures="0" errors="1" time="0">
    <testcase name="broken-row 1:3" classname="b.md" time="0">
      <error message="bad ? row" type="error">b.md:1:3: error[broken-row]: bad ? row</error>
    </testcase>
    <testcase name="b.md:1" classname="b.md" time="0"/>
  </testsuite>
  <testsuite name="a.md" tests="1" failures="1" errors="0" time="0">
    <testcase name="a.md:1" classname="a.md" time="0">
      <failure message="1 warning, 1 hint" type="warning">a.md:1:10: warning[wordy]: about `&lt;b&gt; ]]&gt;`
a.md:1:7: hint[mild]: about `so`
  Or not.</failure>
    </testcase>
  </testsuite>
</testsuites>
"#;
        assert_eq!(case.show("junit"), expected);
        let clean = Case::default().show("junit");
        assert!(clean.contains(r#"<testcase name="no findings""#), "{clean}");
    }
}
