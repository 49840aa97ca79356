//! Trying the examples of rules: each `bad` must trigger its rule, no `good` may, and no `good` may
//! trigger an error or warning of another. For signals, `good` notes are those in which it fires.

use crate::check::Sending;
use crate::diagnostic::FixKind;
use crate::diagnostic::Severity;
use crate::fix::fixed_by;
use crate::history::Archive;
use crate::history::Connection;
use crate::history::History;
use crate::history::Invitation;
use crate::history::LedgerRow;
use crate::history::Person;
use crate::history::Place;
use crate::history::Status;
use crate::history::read_moment;
use crate::language::ENGLISH;
use crate::language::Language;
use crate::lint::Run;
use crate::lint::lint;
use crate::note::Note;
use crate::note::NoteKind;
use crate::pack::Example;
use crate::report::Report;
use crate::ruleset::Rule;
use crate::ruleset::RuleSet;
use crate::schedule::Settings;
use crate::schedule::hours_of;
use crate::span::Span;
use crate::span::Spanned;
use crate::text::Text;
use crate::text::fold::fold;
use crate::toml_doc::Problems;
use crate::window::Local;
use crate::window::read_local;

/// An example that does not do what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The rule.
    pub rule: String,
    /// What is wrong, with the example.
    pub message: String,
    /// Where the example, or the rule, is written.
    pub span: Span,
}

/// Examples that a rule must have of each kind.
const LEAST: usize = 2;

/// Tries all examples of all rules, in every language. The set must be built with [`RuleSet::build_all`]; a rule that is
/// off is tried too, but its findings in others' examples do not count.
pub fn rule_tests(set: &mut RuleSet, problems: &mut Problems) -> Vec<Failure> {
    let mut failures = tests_in_language(set, problems);
    for other in set.others_mut() {
        failures.append(&mut tests_in_language(other, problems));
    }
    failures
}

/// Tries the examples of the rules that are written in the language of a set; those of rules for all languages
/// stand in that of English.
fn tests_in_language(set: &mut RuleSet, problems: &mut Problems) -> Vec<Failure> {
    let mut failures = Vec::new();
    set.make_ready();
    for index in 0..set.rules().len() {
        let when = &set.rules()[index].when;
        let at_home = when.reads(set.language.code);
        let common = !when.is_for(set.language.code);
        if !at_home || common && set.language != ENGLISH {
            continue;
        }
        let (bad, good) = (
            set.rules()[index].bad(problems),
            set.rules()[index].good(problems),
        );
        for (name, examples) in [("bad", &bad), ("good", &good)] {
            if examples.len() < LEAST {
                let rule = &set.rules()[index];
                let message = format!("needs {LEAST} `{name}` examples, has {}", examples.len());
                failures.push(Failure {
                    rule: rule.id.to_string(),
                    message,
                    span: rule.span,
                });
            }
        }
        for (example, is_bad) in bad
            .iter()
            .map(|example| (example, true))
            .chain(good.iter().map(|example| (example, false)))
        {
            let others = set.with_rule_on(index, |set| failed(set, index, example, is_bad));
            failures.extend(others.into_iter().map(|message| Failure {
                rule: set.rules()[index].id.to_string(),
                message: format!("{message}: {}", example.note),
                span: example.span,
            }));
        }
    }
    failures
}

/// What is wrong with an example, if anything.
fn failed(set: &mut RuleSet, index: usize, example: &Example, is_bad: bool) -> Vec<String> {
    let sending = set.sending.clone();
    set.sending = Sending {
        paid: example.field("account") == Some("paid"),
        industry: example
            .field("sender_industry")
            .map(fold)
            .or_else(|| sending.industry.clone()),
        schedule: schedule(example, &sending.schedule),
        audit: sending.audit.clone(),
    };
    let note = |example: &Example| note(example, set.language);
    let mut notes = vec![note(example)];
    notes.extend(example.others.iter().map(note));
    // Invitations without words are no notes.
    let with_words = |note: &Note| !note.text.as_str().is_empty();
    let history: Vec<Note> = example.sent.iter().map(note).filter(with_words).collect();
    if let Some(name) = example.field("other_name") {
        let mut other = Note::new("other", 2, Text::plain(example.span.file, 0, ""));
        other.recipient.first_name = field(name, example.span);
        notes.push(other);
    }
    let now = example.field("now").unwrap_or_default();
    let past = past(example, set.language);
    let run = Run {
        past: past.as_ref(),
        now: match read_local(now, None) {
            Ok(Local::At(now)) => Some(now),
            _ => None,
        },
        history: &history,
        ..Run::new(set)
    };
    let report = lint(&run, notes, Vec::new());
    set.sending = sending;
    let rule = &set.rules()[index];
    let fired = fires(rule, &report);
    let should = is_bad != rule.is_signal();
    let mut wrong = Vec::new();
    match (fired, should) {
        (false, true) => wrong.push(format!(
            "the rule does not find anything in this `{}` example",
            if is_bad { "bad" } else { "good" }
        )),
        (true, false) => wrong.push(format!(
            "the rule fires in this `{}` example",
            if is_bad { "bad" } else { "good" }
        )),
        _ => {}
    }
    wrong.extend(example.fixed.as_ref().and_then(|wanted| {
        let of_rule = report.diagnostics.iter();
        let of_rule = of_rule.filter(|found| found.rule == rule.id && found.note == Some(0));
        let fixed = fixed_by(&report.notes[0], of_rule, FixKind::Unsafe);
        (fixed != *wanted).then(|| format!("its fix makes `{fixed}` of this example"))
    }));
    if !is_bad {
        let others = report
            .diagnostics
            .iter()
            .filter(|found| found.severity >= Severity::Warning && found.note == Some(0));
        wrong.extend(
            others
                .filter(|found| found.rule != rule.id)
                .map(|found| format!("`{}` fires in this `good` example", found.rule)),
        );
    }
    wrong
}

/// What became of the invitations that an example says were sent before.
fn past(example: &Example, language: Language) -> Option<History> {
    let mut archive = Archive {
        has_invitations: true,
        has_connections: true,
        ..Archive::default()
    };
    let mut ledger = Vec::new();
    let told = |sent: &&Example| sent.field("send_at").is_some();
    for (number, sent) in example.sent.iter().filter(told).enumerate() {
        let at = read_moment(sent.field("send_at")?)?;
        let times = sent.field("times").and_then(|times| times.parse().ok());
        for time in 0..times.unwrap_or(1) {
            let note = note(sent, language);
            let person = match times {
                Some(_) => Person::new(&format!("Person {number} {time}"), ""),
                None => Person::of(&note.recipient),
            };
            let place = Place {
                file: "sent".into(),
                line: 1,
            };
            let status = sent.field("status").unwrap_or_default();
            if status == "connected" {
                archive.connections.push(Connection {
                    person: person.clone(),
                    on: None,
                    company: Box::default(),
                    place: place.clone(),
                });
            }
            let withdrawn = sent.field("withdrawn_on").and_then(read_moment);
            let status = Status::read(status).or(withdrawn.map(|_| Status::Withdrawn));
            ledger.push(LedgerRow {
                person: person.clone(),
                status: status.filter(|_| sent.field("status") != Some("connected")),
                withdrawn,
                ..LedgerRow::new(place.clone())
            });
            archive.invitations.push(Invitation {
                person,
                sent: at,
                note: (!note.text.as_str().is_empty()).then_some(note.text),
                place,
            });
        }
    }
    let any = !archive.invitations.is_empty();
    any.then(|| History::new(archive, ledger, None, None))
}

fn fires(rule: &Rule, report: &Report) -> bool {
    if rule.is_signal() {
        let parts = report.verdicts.first().map(|verdict| &verdict.score.parts);
        return parts
            .into_iter()
            .flatten()
            .flat_map(|part| part.evidence.iter().chain(&part.overruled))
            .any(|evidence| evidence.signal == rule.id);
    }
    report
        .diagnostics
        .iter()
        .any(|found| found.rule == rule.id && (found.note == Some(0) || found.cluster.is_some()))
}

/// The settings of sending, with what the example says of the sender.
fn schedule(example: &Example, known: &Settings) -> Settings {
    let mut settings = known.clone();
    if let Some(hours) = example.field("sender_hours") {
        settings.sender_hours = hours_of(hours);
    }
    if let Some(zone) = example.field("sender_timezone") {
        settings.sender_zone = Some(zone.to_owned());
    }
    settings
}

/// An example as a note. Short ones do not show their language: it is that of their rule.
fn note(example: &Example, language: Language) -> Note {
    let mut note = Note::new(
        "example",
        1,
        Text::plain(example.span.file, 0, &example.note),
    );
    let value = |name: &str| {
        example
            .field(name)
            .and_then(|value| field(value, example.span))
    };
    note.recipient.first_name = value("first_name");
    note.recipient.last_name = value("last_name");
    note.recipient.title = value("title");
    note.recipient.company = value("company");
    note.recipient.industry = value("industry");
    note.recipient.location = value("location");
    note.recipient.timezone = value("timezone");
    note.language = value("language").or_else(|| {
        let foreign = language != ENGLISH;
        foreign
            .then(|| field(language.code, example.span))
            .flatten()
    });
    note.recipient.profile = value("profile");
    note.send_at = value("send_at");
    note.attempt = example
        .field("attempt")
        .and_then(|attempt| attempt.parse().ok())
        .unwrap_or(1);
    if example.field("kind") == Some("follow-up") {
        note.kind = NoteKind::FollowUp;
    }
    note.facts = example
        .facts
        .iter()
        .map(|fact| Spanned::new(fact.as_str().into(), example.span))
        .collect();
    note
}

fn field(value: &str, span: Span) -> crate::note::Field {
    Some(Box::new(Spanned::new(value.into(), span)))
}
