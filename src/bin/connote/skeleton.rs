//! `connote rules new`: the beginnings of a rule, with comments, one for each kind.

mod kinds;

use std::io::Write;

use connote::toml_doc::suggestion;

pub(crate) use kinds::KINDS;
use kinds::MATCHER;
use kinds::SIGNALS;

use crate::args::NewArgs;
use crate::status::Failure;
use crate::status::Status;

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
        "phrase" | "replace" | "doubled" | "placeholder" | "if-then" => "`{found}` ...",
        "count" => "{count} of these; {max} are enough",
        "length" => "{length} long, {limit} is the most",
        "duplicate" => "{count} notes have {how}",
        "near-duplicate" => "{similarity} like `{twin}`: {edits}",
        "template" => "{count} notes from one template: {differ}, {shared} is the same",
        "same-company" => "{count} people at {company} get similar notes ({similarity} alike)",
        "stale-opening" => "{count} of {all} notes ({share}) begin with the same sentence",
        "already-sent" => "This note is {similarity} like one that {whom} got before: {edits}",
        "send-window" => "It will be {when} in {zone}: {why}",
        "send-past" => "The send time, {when}, has gone by",
        "send-quiet" => "It will be {when} with you: outside your own hours",
        "send-next" => "A good time to send this: {after} ({zone})",
        "send-unclear" | "zone-unknown" => "{what}",
        "send-pace" => "{count} invitations {period}: more than {most}",
        "send-together" => "{count} invitations are to go out in the same minute",
        "language" => "This note seems to be in {language}",
        "already-connected" => "You are connected with {whom} {since}",
        "already-pending" => "{whom} has an invitation of {since} that is not answered yet",
        "resend-early" => "Withdrawn on {withdrawn}: inviting {whom} again is possible from {from}",
        "resend-same-words" => "{whom} got {similarity} of this note on {when} already: {edits}",
        "pending-count" => "{count} invitations are pending already",
        "weekly-pace" => {
            "{sent} invitations in the last seven days, {drafts} drafts: more than {most}"
        }
        "rate-low" => "{rate} of your invitations were accepted",
        "personal-notes-left" => "{left} invitations with a note left for {drafts} drafts",
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
