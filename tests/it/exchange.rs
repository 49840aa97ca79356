//! The formats for other programs: places counted a second way, in each format's own unit, and strangers' text
//! that stays text. Schemas and other hands' parsers are in `formats_check.py`.

use std::fs;
use std::path::Path;

use regex::Regex;
use serde_json::Value;

use crate::program::connote;
use crate::program::connote_in;
use crate::program::root;

/// The formats that this file is about.
const FORMATS: [&str; 7] = [
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "markdown",
];

/// The words that `stock-opening` marks.
const WORDS: &str = "came across your profile";

/// Files in which the words stand behind letters of every width.
fn files() -> Vec<(&'static str, String)> {
    let note = |before: &str| format!("Hi Zoë,\n\n{before}I {WORDS} 🎈 and liked it.\n");
    let row = |before: &str| format!("1,\"{before} I {WORDS}, \"\"fine\"\"\",Zoë\n");
    vec![
        ("plain.md", note("")),
        ("emoji.md", note("👋🏽 👩‍👩‍👧‍👦 é e\u{301} 東京 ")),
        ("mark.md", format!("\u{feff}Zoë 👋, I {WORDS}.")),
        (
            "crlf 100%, a:b.md",
            note("Grüße 👋! ").replace('\n', "\r\n"),
        ),
        (
            "rows.csv",
            format!("id,note,first_name\n{}", row("Żółć 🎉🎈")),
        ),
        (
            "objects.jsonl",
            format!("{{\"note\":\"é👋 I {WORDS}\",\"first_name\":\"Zoë\"}}\n"),
        ),
    ]
}

/// Where the words stand in a file: line, and columns of start and end in characters and in bytes.
#[derive(Debug)]
struct Place {
    line: usize,
    characters: (usize, usize),
    bytes: (usize, usize),
}

fn place(text: &str) -> Place {
    let before = text.split(WORDS).next().unwrap();
    let line = before.rsplit('\n').next().unwrap();
    let characters = line.chars().filter(|c| *c != '\u{feff}').count() + 1;
    let bytes = line.len() + 1;
    Place {
        line: before.matches('\n').count() + 1,
        characters: (characters, characters + WORDS.len()),
        bytes: (bytes, bytes + WORDS.len()),
    }
}

fn write_files(folder: &Path) {
    for (name, text) in files() {
        fs::write(folder.join(name), text).unwrap();
    }
}

fn check(folder: &Path, format: &str) -> String {
    let outcome = connote_in(
        folder,
        &[
            "check",
            "--isolated",
            "--select",
            "stock-opening",
            "--format",
            format,
            "./",
        ],
    );
    assert_eq!((outcome.status, &*outcome.stderr), (0, ""), "{format}");
    outcome.stdout
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap() as usize
}

/// The one finding of a file in a list.
fn only<'a>(list: &'a Value, is_it: &dyn Fn(&Value) -> bool) -> &'a Value {
    let mut found = list.as_array().unwrap().iter().filter(|it| is_it(it));
    let first = found.next().unwrap();
    assert!(found.next().is_none());
    first
}

#[test]
fn columns_are_right_behind_emoji_and_accents_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    write_files(folder.path());
    let shown = |format| check(folder.path(), format);
    let json = |format| serde_json::from_str::<Value>(&shown(format)).unwrap();
    let (sarif, gitlab, rdjson) = (json("sarif"), json("gitlab"), json("rdjson"));
    let (github, checkstyle) = (shown("github"), shown("checkstyle"));
    let (junit, markdown) = (shown("junit"), shown("markdown"));
    for (name, text) in files() {
        let place = place(&text);
        let Place {
            line,
            characters,
            bytes,
        } = place;

        let uri = name.replace('%', "%25").replace(' ', "%20");
        let uri = uri.replace(',', "%2C").replace(':', "%3A");
        let result = only(&sarif["runs"][0]["results"], &|it| {
            it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri
        });
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let columns = (number(&region["startColumn"]), number(&region["endColumn"]));
        assert_eq!(
            (number(&region["startLine"]), columns),
            (line, characters),
            "{name}"
        );
        assert_eq!(region["endLine"], region["startLine"]);

        let file = name
            .replace('%', "%25")
            .replace(',', "%2C")
            .replace(':', "%3A");
        let (from, to) = characters;
        let start = format!(
            "::warning file={file},line={line},endLine={line},col={from},endColumn={to},title="
        );
        let count = github.lines().filter(|it| it.starts_with(&start)).count();
        assert_eq!(count, 1, "{start}\n{github}");

        let issue = only(&gitlab, &|it| it["location"]["path"] == name);
        assert_eq!(number(&issue["location"]["lines"]["begin"]), line, "{name}");

        let found = only(&rdjson["diagnostics"], &|it| it["location"]["path"] == name);
        let range = &found["location"]["range"];
        let columns = (
            number(&range["start"]["column"]),
            number(&range["end"]["column"]),
        );
        assert_eq!(
            (number(&range["start"]["line"]), columns),
            (line, bytes),
            "{name}"
        );
        let text_line = text.split('\n').nth(line - 1).unwrap();
        assert_eq!(&text_line[columns.0 - 1..columns.1 - 1], WORDS);

        let of_file = format!(
            "<file name=\"{name}\">\n    <error line=\"{line}\" column=\"{from}\" severity=\"warning\""
        );
        assert!(checkstyle.contains(&of_file), "{of_file}\n{checkstyle}");
        let in_case = format!("{name}:{line}:{from}: warning[stock-opening]");
        assert!(junit.contains(&in_case), "{in_case}\n{junit}");
        let item = format!("- **warning** {line}&#58;{from}: ");
        assert!(markdown.contains(&item), "{item}\n{markdown}");
    }
}

#[test]
fn the_same_findings_are_in_every_format() {
    let count = |format: &str, pattern: &str| {
        let outcome = connote(&["check", "--format", format, "--all", "samples"]);
        Regex::new(pattern)
            .unwrap()
            .find_iter(&outcome.stdout)
            .count()
    };
    let right = count("short", r"(?m)^.+:\d+:\d+: \w+\[");
    assert!(right > 100, "{right}");
    assert_eq!(count("sarif", r#""ruleIndex":"#), right);
    assert_eq!(count("gitlab", r#""check_name":"#), right);
    assert_eq!(count("checkstyle", "<error "), right);
    assert_eq!(count("rdjson", r#""severity":"#), right);
    assert_eq!(
        count("markdown", r"(?m)^- \*\*(error|warning|info|hint)\*\* "),
        right
    );
    assert_eq!(
        count("junit", r"(?m)[^ ]+:\d+:\d+: (error|warning|info|hint)\["),
        right
    );
}

#[test]
fn fingerprints_are_unique_and_survive_a_move() {
    let prints = |path: &str| {
        let outcome = connote(&["check", "--no-exclude", "--format", "gitlab", path]);
        let shown: Value = serde_json::from_str(&outcome.stdout).unwrap();
        let all = shown.as_array().unwrap().iter();
        all.map(|it| it["fingerprint"].as_str().unwrap().to_owned())
            .collect::<Vec<String>>()
    };
    let mut all = prints("samples");
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count);

    let folder = tempfile::tempdir().unwrap();
    let head = "note,first_name";
    let row = format!("\"Hi Zoë, I {WORDS} and liked it.\",Zoë");
    let print = |text: String| {
        fs::write(folder.path().join("batch.csv"), text).unwrap();
        let outcome = connote_in(
            folder.path(),
            &[
                "check",
                "--isolated",
                "--select",
                "stock-opening",
                "--format",
                "gitlab",
                "batch.csv",
            ],
        );
        let shown: Value = serde_json::from_str(&outcome.stdout).unwrap();
        shown[0].clone()
    };
    let before = print(format!("{head}\n{row}\n"));
    let after = print(format!("{head}\nHello Ana,Ana\n{row}\n"));
    assert_eq!(before["fingerprint"], after["fingerprint"]);
    let line = |it: &Value| number(&it["location"]["lines"]["begin"]);
    assert_eq!(line(&before) + 1, line(&after));
}

/// What would be markup, a command or an escape in one of the formats.
const HOSTILE: &str = "Hi Ana,\n::error file=x::owned\r\n%0A::stop-commands::x ##[add-mask]y\n# Heading\n<script>alert(1)</script> ]]> &amp; <!-- <b>\n[click](http://evil.example) ![x](http://evil.example/p.png) http://evil.example www.evil.example @everyone\n| a | b |\n    code\n```\n\u{1b}[31mred\u{7} \u{202e}turned\u{202c} \u{0}came across your profile {{first_name}} }}{0} \u{feff}\u{fffe}\u{ffff}";

#[test]
fn strangers_text_stays_text_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let object = serde_json::json!({"id": HOSTILE, "note": HOSTILE, "first_name": HOSTILE, "allow": [HOSTILE]});
    fs::write(
        folder.path().join("a.json"),
        Value::from(vec![object]).to_string(),
    )
    .unwrap();
    fs::write(folder.path().join("::error::<b>&[x](y).md"), HOSTILE).unwrap();
    let command = Regex::new(r"^::(error|warning|notice) (file=[^:,]+(,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?)?,)?title=[^:,]+::").unwrap();
    let samples = root().join("samples/hostile");
    for format in FORMATS {
        let own = connote_in(
            folder.path(),
            &["check", "--isolated", "--all", "--format", format, "."],
        );
        let sample = connote(&[
            "check",
            "--no-exclude",
            "--all",
            "--format",
            format,
            &samples.to_string_lossy(),
        ]);
        for outcome in [own, sample] {
            assert!(outcome.status < 2, "{format}: {}", outcome.stderr);
            let shown = outcome.stdout;
            assert!(shown.len() > 1000, "{format}: {shown}");
            let bad = |c: char| {
                c != '\n' && c.is_control()
                    || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
            };
            assert!(!shown.contains(bad), "{format}: {shown:?}");
            match format {
                "github" => {
                    let (last, lines) = shown
                        .trim_end()
                        .split('\n')
                        .collect::<Vec<_>>()
                        .split_last()
                        .map(|(last, lines)| ((*last).to_owned(), lines.to_vec()))
                        .unwrap();
                    assert!(lines.iter().all(|line| command.is_match(line)), "{shown}");
                    assert!(last.starts_with(|c: char| c.is_ascii_digit()), "{last}");
                }
                "junit" | "checkstyle" => {
                    for markup in ["<script", "<b>", "]]>", "<!--"] {
                        assert!(!shown.contains(markup), "{format}: {markup}");
                    }
                }
                "markdown" => {
                    for markup in [
                        "<", "](", "http:", "www.", "@", "\n# H", "\n    ", "```", "\n| a",
                    ] {
                        assert!(
                            !shown.replace("\\`", "").contains(markup),
                            "{format}: {markup}\n{shown}"
                        );
                    }
                }
                "sarif" => assert!(!shown.contains("](")),
                _ => {}
            }
        }
    }
}
