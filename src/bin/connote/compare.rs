//! `connote check --compare A B`: how alike two notes are, by every measure.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use connote::check::Comparison;
use connote::check::compare;
use connote::load;
use connote::note::Note;
use connote::render::clean::clean;
use connote::render::hang;
use connote::toml_doc::Problems;

use crate::args::CheckArgs;
use crate::drafts::input_options;
use crate::session::HERE;
use crate::session::Session;
use crate::status::Failure;
use crate::status::Status;

/// The column at which the table tells what a measure is.
const ABOUT: usize = 22;

/// How a comparison can be shown.
pub(crate) const FORMATS: [&str; 3] = ["terminal", "json", "jsonl"];

pub(crate) fn run(
    args: &CheckArgs,
    format: &str,
    width: usize,
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    let mut session = Session::new(&args.rules, &args.files, &args.gate)?;
    let [left, right] = args.compare.as_slice() else {
        return Err(Failure::new("--compare takes two notes"));
    };
    let (left_note, right_note) = (one(left, &mut session)?, one(right, &mut session)?);
    let found = compare(&left_note, &right_note);
    let thresholds = thresholds(&mut session);
    match format {
        "json" | "jsonl" => json(&found, out),
        _ => text(&found, [left, right], &thresholds, width, out),
    }
}

/// The files that are read for the two notes, whichever way they are named.
pub(crate) fn files(args: &CheckArgs) -> Vec<PathBuf> {
    let names = args.compare.iter();
    let files = names.flat_map(|name| {
        let before = |mark| name.rsplit_once(mark).map(|(file, _)| file);
        [Some(name.as_str()), before(':'), before('#')]
    });
    files.flatten().map(PathBuf::from).collect()
}

/// The note of a name: a file with one note, `FILE:LINE`, or `FILE#ID`.
fn one(name: &str, session: &mut Session) -> Result<Note, Failure> {
    if Path::new(name).exists() {
        let mut notes = notes(name, session)?;
        return match (notes.pop(), notes.len()) {
            (Some(only), 0) => Ok(only),
            (None, _) => Err(Failure::new(format!("there is no note in {name}"))),
            (Some(_), more) => Err(Failure::new(format!(
                "there are {} notes in {name}: name one by its line, {name}:LINE, or its id, {name}#ID",
                more + 1
            ))),
        };
    }
    let parts = name.rsplit_once(':').or_else(|| name.rsplit_once('#'));
    let (file, key) = parts
        .filter(|(file, _)| Path::new(file).exists())
        .ok_or_else(|| Failure::new(format!("there is no file {name}")))?;
    let by_line = name.ends_with(&format!(":{key}"));
    let wanted = |note: &Note| match by_line {
        true => key.parse() == Ok(note.line),
        false => &*note.id == key,
    };
    notes(file, session)?
        .into_iter()
        .find(wanted)
        .ok_or_else(|| Failure::new(format!("there is no note {name}")))
}

fn notes(file: &str, session: &mut Session) -> Result<Vec<Note>, Failure> {
    let walked = load::find_files(&[PathBuf::from(file)], &|_| false, true);
    let options = input_options(&session.config_of(Path::new(file)).settings);
    let loaded = load::read_files(&walked.found, &|_| &options);
    match loaded.errors.first() {
        Some(error) => Err(Failure::new(format!("cannot read {error}"))),
        None => Ok(loaded.notes),
    }
}

/// From which share of word pairs on each rule finds something.
fn thresholds(session: &mut Session) -> Vec<(String, f64)> {
    let number = session.rule_set_of(Path::new(HERE));
    let mut ignored = Problems::new("");
    let rules = session.rule_sets[number].rules().iter();
    rules
        .filter(|rule| {
            rule.active
                && matches!(
                    rule.kind,
                    "near-duplicate" | "same-company" | "already-sent"
                )
        })
        .filter_map(|rule| {
            let least = rule.parameters.number("similarity", &mut ignored)?;
            Some((rule.id.to_string(), least.value))
        })
        .collect()
}

fn text(
    found: &Comparison,
    names: [&str; 2],
    thresholds: &[(String, f64)],
    width: usize,
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    let measures = &found.measures;
    // Names stay whole, so that they can be copied.
    writeln!(out, "here:  {}", clean(names[0]))?;
    writeln!(out, "there: {}", clean(names[1]))?;
    const SCALE: &str = "From 0, nothing in common, to 1, equal; names and companies masked:";
    writeln!(out, "\n{}\n", hang(SCALE, 0, 0, width))?;
    let rows = [
        (
            "word pairs",
            measures.word_pairs,
            "pairs that both have of those that either has (Jaccard)",
        ),
        ("words", measures.words, "the same for single words"),
        (
            "word edits",
            measures.word_edits,
            "words left as they are (Damerau-Levenshtein)",
        ),
        (
            "letter edits",
            measures.character_edits,
            "the same for letters",
        ),
        (
            "letter pairs",
            measures.character_pairs,
            "pairs of letters that both have (Sørensen-Dice)",
        ),
    ];
    let mut row = |name: &str, value: f64, about: &str| {
        let about = hang(about, ABOUT, ABOUT, width);
        writeln!(out, "  {name:<13} {value:.2}  {about}")
    };
    for (name, value, about) in rows {
        row(name, value, about)?;
    }
    if let Some(names) = found.names {
        row("names", names, "the recipients' names (Jaro-Winkler)")?;
    }
    writeln!(out)?;
    if found.same_words {
        writeln!(out, "The words are the same: duplicate")?;
    } else {
        for (rule, least) in thresholds {
            let verdict = if measures.word_pairs >= *least {
                "reached"
            } else {
                "not reached"
            };
            let whom = match rule.as_str() {
                "same-company" => ", between colleagues",
                "already-sent" => ", if one was sent to somebody else",
                _ => "",
            };
            let rule = clean(rule);
            let line = format!("{rule}: {verdict} (from {least:.2} word pairs on{whom})");
            writeln!(out, "{}", hang(&line, 0, 2, width))?;
        }
    }
    for detail in &found.details {
        writeln!(out, "- {}", hang(&clean(detail), 2, 2, width))?;
    }
    Ok(Status::Clean)
}

fn json(found: &Comparison, out: &mut dyn Write) -> Result<Status, Failure> {
    let measures = &found.measures;
    let document = serde_json::json!({
        "version": 1,
        "word_pairs": measures.word_pairs,
        "words": measures.words,
        "word_edits": measures.word_edits,
        "character_edits": measures.character_edits,
        "character_pairs": measures.character_pairs,
        "names": found.names,
        "same_words": found.same_words,
        "differences": found.details,
    });
    writeln!(out, "{document}")?;
    Ok(Status::Clean)
}
