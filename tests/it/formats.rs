//! The same notes in every input format: the same findings, at the bytes that hold the same words.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use serde_json::json;

use crate::contract;
use crate::program::connote_in;

/// First name, and a note that is hard to keep its place in.
const NOTES: &[(&str, &str)] = &[
    (
        "Ana",
        "Hi Ana, I came across your profile. Let's connect on LinkedIn!!",
    ),
    (
        "Zoë",
        "Hi Zoë, they call it \"the best\" of \"\"all\"\", and I came across your profile.\nPlease accept my invitation.",
    ),
    (
        "Tom",
        "Hi Sandra,\n\n\"your talk\" on kelp in Bergen was a joy. I'd like to\nadd you to my professional network. 👩‍👩‍👧‍👦🎉🎉🎉",
    ),
    (
        "René",
        "Hi Rene\u{301}, I utilize cafe\u{301}s \u{1f44b}\u{1f3fd} in order to \"touch base\", see https://example.com/a?b=1&c=%20 now",
    ),
    (
        "דנה",
        "שלום דנה, I came across your profile. مرحبا {{first_name}}, let us connect 🚀🚀🚀.",
    ),
    (
        "Bo",
        "Hi Bo,\tyou look \"gorgeous\"\tin your photo; c:\\temp\\new \\u0041 \\\"odd\\\" and [Company]\tis the the best",
    ),
    (
        "Li",
        "\"Hi Li\", 经过 your profile：I came across your profile, 美咲, and we help retailers grow their sales by 40%",
    ),
    (
        "Max",
        "Hi Max, it’s “quoted”, it's 'single', it's `back`; I am a fresher, please find attached my CV,,;; and do the needful",
    ),
    (
        "Eva",
        "Hi Eva 🇳🇴, \u{2066}odd\u{2069} \u{202e}marks\u{202c} stay\u{200b} where they are, [First Name]\nand ___ on\n\nthe last line",
    ),
    (
        "Ida",
        "{Hi|Hello} Ida, a lone \" quote, a lone ' too, I hope you are doing well. Hi",
    ),
];

/// What undoes a format's escapes, for a piece of a file.
type Decode = fn(&str) -> String;

fn as_it_is(piece: &str) -> String {
    piece.to_owned()
}

fn from_csv(piece: &str) -> String {
    piece.replace("\"\"", "\"")
}

fn from_json(piece: &str) -> String {
    serde_json::from_str(&format!("\"{piece}\"")).unwrap()
}

fn cell(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "\"\""))
}

/// A table with the note in the middle, all cells quoted.
fn table(separator: &str) -> String {
    let mut text = ["id", "note", "first_name"].join(separator) + "\n";
    for (number, (name, note)) in NOTES.iter().enumerate() {
        let row = [format!("n{number}"), cell(note), cell(name)];
        text.push_str(&(row.join(separator) + "\n"));
    }
    text
}

fn objects() -> Vec<Value> {
    let object = |(number, (name, note)): (usize, &(&str, &str))| json!({"id": format!("n{number}"), "note": note, "recipient": {"first_name": name}});
    NOTES.iter().enumerate().map(object).collect()
}

fn lines(escape: fn(&str) -> String) -> String {
    let lines: Vec<String> = objects().iter().map(|it| escape(&it.to_string())).collect();
    lines.join("\n") + "\n"
}

/// Every letter beyond ASCII as an escape, as Python writes it.
fn in_ascii(json: &str) -> String {
    let mut out = String::new();
    for letter in json.chars() {
        match letter.is_ascii() {
            true => out.push(letter),
            false => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    out
}

/// Single files, with front matter in one of the two languages.
fn singles(folder: &Path, extension: &str, change: fn(String) -> String) {
    fs::create_dir_all(folder).unwrap();
    for (number, (name, note)) in NOTES.iter().enumerate() {
        let text = match number % 2 {
            0 => format!("+++\nid = \"n{number}\"\nfirst_name = \"{name}\"\n+++\n{note}\n"),
            _ => format!("---\nid: n{number}\nfirst_name: {name}\n---\n\n{note}"),
        };
        let path = folder.join(format!("{number}.{extension}"));
        fs::write(path, change(text)).unwrap();
    }
}

fn crlf(text: String) -> String {
    text.replace('\n', "\r\n")
}

fn bom(text: String) -> String {
    format!("\u{feff}{text}")
}

fn workbook(path: &Path) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("Drafts").unwrap();
    for (column, head) in ["id", "first_name", "note"].into_iter().enumerate() {
        sheet.write(0, column as u16, head).unwrap();
    }
    for (number, (name, note)) in NOTES.iter().enumerate() {
        let row = number as u32 + 1;
        sheet.write(row, 0, format!("n{number}")).unwrap();
        sheet.write(row, 1, *name).unwrap();
        sheet.write(row, 2, *note).unwrap();
    }
    book.save(path).unwrap();
}

/// A finding without its place: rule, severity, message, and the words at each label.
type Finding = (String, String, String, Vec<(String, String)>);

/// The findings of a run by note, with the words that the bytes at each label decode to.
fn findings(root: &Path, target: &str, decode: Decode) -> BTreeMap<String, Vec<Finding>> {
    let arguments = ["check", "--isolated", "--format", "json", target];
    let outcome = connote_in(root, &arguments);
    assert_eq!((outcome.status, &*outcome.stderr), (1, ""), "{target}");
    let document: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(contract::breaches(&document, root), [""; 0], "{target}");
    let notes = document["notes"].as_array().unwrap();
    assert_eq!(notes.len(), NOTES.len(), "{target}");
    let mut words: BTreeMap<&str, &str> = BTreeMap::new();
    for note in notes {
        words.insert(note["id"].as_str().unwrap(), note["text"].as_str().unwrap());
    }
    for (number, (_, note)) in NOTES.iter().enumerate() {
        let text = words[format!("n{number}").as_str()];
        assert_eq!(text.replace("\r\n", "\n"), *note, "{target}");
    }
    let mut all: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for found in document["diagnostics"].as_array().unwrap() {
        let field = |name: &str| found[name].as_str().unwrap().replace("\r\n", "\n");
        let labels = found["labels"].as_array().unwrap().iter();
        let labels = labels.map(|label| {
            let message = label["message"].as_str().unwrap().to_owned();
            let words = decode(&piece(root, label, words[&*field("note")]));
            (message, words.replace("\r\n", "\n"))
        });
        let finding = (
            field("rule"),
            field("severity"),
            field("message"),
            labels.collect(),
        );
        all.entry(field("note")).or_default().push(finding);
    }
    all.values_mut().for_each(|list| list.sort());
    all
}

/// The bytes at a label; those of a workbook are bytes of its cell.
fn piece(root: &Path, label: &Value, note: &str) -> String {
    let byte = |end: &str| label[end]["byte"].as_u64().unwrap() as usize;
    let range = byte("start")..byte("end");
    if label.get("cell").is_some() {
        return note[range].to_owned();
    }
    let bytes = fs::read(root.join(label["path"].as_str().unwrap())).unwrap();
    String::from_utf8(bytes[range].to_vec()).unwrap()
}

#[test]
fn every_format_gives_the_same_findings_at_the_same_words() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    singles(&root.join("lf"), "md", as_it_is_owned);
    let right = findings(root, "lf", as_it_is);
    let count: usize = right.values().map(Vec::len).sum();
    assert!(right.len() == NOTES.len() && count > 60, "{count} findings");

    let write = |name: &str, text: String| fs::write(root.join(name), text).unwrap();
    singles(&root.join("crlf"), "txt", crlf);
    singles(&root.join("bom"), "note", bom);
    write("a.csv", table(","));
    write("semicolon.csv", bom(table(";")));
    write("crlf.csv", crlf(table(",")));
    write("a.tsv", table("\t"));
    write("a.jsonl", lines(str::to_owned));
    write("ascii.jsonl", bom(crlf(lines(in_ascii))));
    write("a.json", Value::from(objects()).to_string());
    let pretty = serde_json::to_string_pretty(&json!({"notes": objects()})).unwrap();
    write("pretty.json", bom(crlf(pretty)));
    workbook(&root.join("a.xlsx"));
    let ways: [(&str, Decode); 12] = [
        ("crlf", as_it_is),
        ("bom", as_it_is),
        ("a.csv", from_csv),
        ("semicolon.csv", from_csv),
        ("crlf.csv", from_csv),
        ("a.tsv", from_csv),
        ("a.jsonl", from_json),
        ("ascii.jsonl", from_json),
        ("a.json", from_json),
        ("pretty.json", from_json),
        ("a.xlsx", as_it_is),
        ("lf", as_it_is),
    ];
    for (target, decode) in ways {
        let found = findings(root, target, decode);
        for (id, list) in &right {
            assert_eq!(found.get(id), Some(list), "{target}: {id}");
        }
        assert_eq!(found.len(), right.len(), "{target}");
    }
}

fn as_it_is_owned(text: String) -> String {
    text
}

#[test]
fn a_workbook_points_at_sheet_and_cell() {
    let folder = tempfile::tempdir().unwrap();
    workbook(&folder.path().join("book.xlsx"));
    let arguments = ["check", "--isolated", "--format", "json", "book.xlsx"];
    let outcome = connote_in(folder.path(), &arguments);
    let document: Value = serde_json::from_str(&outcome.stdout).unwrap();
    for (number, note) in document["notes"].as_array().unwrap().iter().enumerate() {
        assert_eq!(note["cell"], format!("Drafts!C{}", number + 2));
        assert_eq!(note["line"], number + 2);
    }
    let found = document["diagnostics"].as_array().unwrap().iter();
    let wrong_name = found.clone().find(|it| it["rule"] == "wrong-greeting-name");
    assert_eq!(wrong_name.unwrap()["labels"][0]["cell"], "Drafts!C4");
    let outcome = connote_in(folder.path(), &["check", "--isolated", "book.xlsx"]);
    let shown = outcome.stdout;
    assert!(
        shown.contains("book.xlsx") && shown.contains("Drafts!C4"),
        "{shown}"
    );
}
