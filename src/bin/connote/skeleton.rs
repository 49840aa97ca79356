//! `connote rules new`: the beginnings of a rule, with comments, one for each kind.

use std::io::Write;

use connote::toml_doc::suggestion;

use crate::args::NewArgs;
use crate::status::Failure;
use crate::status::Status;

/// A kind of rule: its name, what it does, and the keys of its own.
type Kind = (&'static str, &'static str, &'static str);

/// The kinds that a skeleton can be made for.
pub(crate) const KINDS: [Kind; 14] = [
    ("phrase", "finds words", PHRASE),
    ("replace", "finds words and knows better ones", REPLACE),
    ("count", "counts something and has a least or a most", COUNT),
    ("length", "limits how long a note is", LENGTH),
    ("missing", "asks for a part of the formula", MISSING),
    (
        "if-then",
        "where one thing is found, expects another",
        IF_THEN,
    ),
    ("ratio", "weighs one kind of words against another", RATIO),
    (
        "placeholder",
        "finds merge fields that were not filled in",
        PLACEHOLDER,
    ),
    (
        "recipient",
        "compares the note with what is known about the reader",
        RECIPIENT,
    ),
    ("order", "wants one thing before another", ORDER),
    ("rules", "puts other rules together", RULES),
    (
        "grounding",
        "finds claims that the given facts do not support",
        GROUNDING,
    ),
    (
        "signal",
        "finds words that show a part of the formula",
        SIGNAL,
    ),
    (
        "fact-used",
        "finds that a fact given for the recipient is used",
        FACT_USED,
    ),
];

const MATCHER: &str = r#"# How to write words: `talk~` also matches talks, talked, talking; `...` is a gap of up to five
# words; `(post|article)` either one; `very?` may be there or not; `{name}` any entry of a
# vocabulary; `<name>`, `<number>`, `<weekday>` any such word; `^` and `$` the ends of a sentence.
# Case, accents and short forms do not matter: write "i would" for "I'd".
"#;

const PHRASE: &str = r#"phrases = ["first wording", "second wording~"]
# unless = ["words that make it all right in the same sentence"]
# unless_note = ["words that make it all right anywhere in the note"]
# where = "opening"   # note, greeting, opening, closing, question, statement, start
"#;
const REPLACE: &str = r#"swap = { "utilize~" = "use" }
fix = "unsafe"        # safe: the meaning stays the same, so it may be applied unasked
"#;
const COUNT: &str = r#"of = "exclamations"   # characters, words, sentences, questions, exclamations, exclamation_run, links,
                      # emoji, emoji_run, lines, hashtags, mentions, shouted_words
max = 1               # and, or instead, `min`
"#;
const LENGTH: &str = r#"max_free = 200
max_paid = 300
unit = "utf16"        # as LinkedIn is taken to count (an emoji is 2), or "characters"
"#;
const MISSING: &str = r#"part = "reason"       # reference, reason, value
is = "none"           # or "generic": it is there, but fits anybody
place = "after-reference"   # where words could go: after-greeting, after-reference, end
starts = ["I am writing because ___."]
"#;
const IF_THEN: &str = r#"if = { phrases = ["attached"] }
then = { patterns = ['https?://'] }
expect = "present"    # or "absent"
"#;
const RATIO: &str = r#"of = { phrases = ["(i|me|my)"] }
to = { phrases = ["(you|your)"] }
max = 2.0             # more than two of the first for each of the second
at_least = 4          # with fewer of the first, nothing is said
"#;
const PLACEHOLDER: &str = r#"[[rule.families]]
name = "our tool's fields"
pattern = '~[a-z_]+~'
"#;
const RECIPIENT: &str = r#"check = "greeting-name"   # greeting-missing, other-recipient, other-company, shouted-name, decorated-name
"#;
const ORDER: &str = r#"first = "reference"   # a part of the formula, or { phrases = [...] }
then = { phrases = ["(can|could) we (talk|meet)"] }
"#;
const RULES: &str = r#"all = ["part:reference=none"]
any = ["stock-opening", "flag:pitch"]
# none = ["..."]
# at_least = 2        # how many of `any`
"#;
const GROUNDING: &str = r#"claims = ["your (post|article|talk) (about|on) ..2"]
"#;
const SIGNAL: &str = r#"strength = "specific" # or "generic": the words fit anybody
phrases = ["your (talk|article) (about|on) <name>"]
# unless = ["words that take it back in the same sentence"]
"#;
const FACT_USED: &str = r#"strength = "specific" # or "generic"
min_words = 2         # how many telling words note and fact must share
"#;

/// The kinds that give points for a part of the formula instead of findings.
const SIGNALS: [&str; 2] = ["signal", "fact-used"];

/// `connote rules new`.
pub(crate) fn new(args: &NewArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let id = args.id.as_str();
    let part = id.split_once('/').map(|(part, _)| part);
    check_id(id)?;
    let chosen = args.kind.as_deref();
    let kind = chosen.unwrap_or(if part.is_some() { "signal" } else { "phrase" });
    let text = match (kind, part) {
        (kind, Some(part)) if SIGNALS.contains(&kind) => signal(id, part, kind)?,
        (kind, None) if SIGNALS.contains(&kind) => {
            return Err(Failure::new(format!(
                "a signal is named after its part, such as `reason/{id}`"
            )));
        }
        (_, Some(_)) => {
            return Err(Failure::new("only signals have a `/` in their name"));
        }
        (kind, None) => rule(id, kind),
    };
    out.write_all(text.as_bytes())?;
    Ok(Status::Clean)
}

fn check_id(id: &str) -> Result<(), Failure> {
    let letter = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let good = |word: &str| !word.is_empty() && word.chars().all(letter);
    let words = |part: &str| part.split('-').all(good);
    match id.split('/').count() <= 2 && id.split('/').all(words) {
        true => Ok(()),
        false => Err(Failure::new(format!(
            "`{id}` cannot be the name of a rule: use small letters, digits and `-`, as in `no-exclamations`"
        ))),
    }
}

fn keys(kind: &str) -> (&'static str, &'static str) {
    let found = KINDS.iter().find(|(name, _, _)| *name == kind);
    found.map_or(("", ""), |(_, about, keys)| (*about, *keys))
}

fn rule(id: &str, kind: &str) -> String {
    let (about, keys) = keys(kind);
    let matcher = if keys.contains("phrases") || keys.contains("claims") {
        MATCHER
    } else {
        ""
    };
    let found = match kind {
        "phrase" | "replace" | "placeholder" | "if-then" => "`{found}` ...",
        "count" => "{count} of these; {max} are enough",
        "length" => "{length} long, {limit} is the most",
        _ => "...",
    };
    // Tables of its own (`[[rule.families]]`) must stand behind all plain keys.
    let (inner, tables) = if keys.starts_with("[[") {
        ("", keys)
    } else {
        (keys, "")
    };
    format!(
        r#"
# {kind}: {about}.
{matcher}[[rule]]
id = "{id}"
kind = "{kind}"
level = "warning"     # error, warning, info, hint, off
message = "{found}"
help = "What to do instead, in plain words."
why = "Why it matters, and who says so."
# deduct = 5          # points off the score
# when = {{ kind = "follow-up", min_attempt = 2 }}   # only these notes
{inner}bad = [
    "Hi Ana, a note that this rule must find.",
    "Another one.",
]
good = [
    "Hi Ana, a note that looks like it and is all right.",
    "Another one.",
]
{tables}"#
    )
}

fn signal(id: &str, part: &str, kind: &str) -> Result<String, Failure> {
    const PARTS: [&str; 3] = ["reference", "reason", "value"];
    if !PARTS.contains(&part) {
        let help = suggestion(part, &PARTS);
        return Err(Failure::new(format!(
            "`{part}` is no part of the formula: {help}"
        )));
    }
    let (about, keys) = keys(kind);
    let matcher = if keys.contains("phrases") || keys.contains("claims") {
        MATCHER
    } else {
        ""
    };
    Ok(format!(
        r#"
# {kind}: {about}.
{matcher}[[rule]]
id = "{id}"
kind = "{kind}"
part = "{part}"
message = "what was found, in a few words"
why = "Why this counts, and who says so."
{keys}good = [
    "Hi Ana, a note in which it is found.",
    "Another one.",
]
bad = [
    "Hi Ana, a note that looks like it, but does not say it.",
    "Another one.",
]
"#
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use connote::source::Sources;
    use connote::span::FileId;
    use connote::toml_doc;
    use connote::toml_doc::Problems;

    #[test]
    fn every_skeleton_is_valid_toml() {
        for (kind, _, keys) in KINDS {
            let text = match kind {
                kind if SIGNALS.contains(&kind) => {
                    signal("reason/my-signal", "reason", kind).unwrap()
                }
                kind => rule("my-rule", kind),
            };
            let mut problems = Problems::new("rule-pack");
            let table = toml_doc::parse(&text, FileId(0), &mut problems);
            assert!(problems.found.is_empty(), "{kind}: {problems:?}\n{text}");
            assert!(!table.is_empty() && !keys.is_empty());
        }
    }

    #[test]
    fn there_is_a_skeleton_for_every_kind_and_the_rule_set_takes_it() {
        for kind in connote::check::KINDS {
            assert!(
                KINDS.iter().any(|(name, _, _)| *name == kind.name),
                "{}",
                kind.name
            );
        }
        for (kind, _, _) in KINDS {
            let text = match kind {
                kind if SIGNALS.contains(&kind) => {
                    signal("reason/my-signal", "reason", kind).unwrap()
                }
                kind => rule("my-rule", kind),
            };
            let mut problems = Problems::new("rule-pack");
            let mut packs = connote::pack::builtin(&mut Sources::default(), &mut problems);
            packs.push(connote::pack::read(
                &text,
                FileId(99),
                "team",
                &mut problems,
            ));
            let settings = connote::config::Settings::default();
            let set = connote::ruleset::RuleSet::build(&packs, &settings, &mut problems);
            let own = problems
                .found
                .iter()
                .filter(|problem| problem.span().file == FileId(99));
            let own: Vec<_> = own
                .map(|problem| (&problem.message, &problem.help))
                .collect();
            assert!(own.is_empty(), "{kind}: {own:?}");
            assert!(
                set.rules().iter().any(|rule| rule.span.file == FileId(99)),
                "{kind}"
            );
        }
    }

    #[test]
    fn names_are_checked() {
        assert!(check_id("no-exclamations").is_ok() && check_id("reason/hiring").is_ok());
        for id in ["", "No", "a--b", "-a", "a/b/c", "a b", "é"] {
            assert!(check_id(id).is_err(), "{id}");
        }
        assert!(signal("raeson/x", "raeson", "signal").is_err());
    }
}
