//! `connote explain`: what a rule means, or how the scores of a file come about.

use std::ffi::OsStr;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use anstyle::Style;
use connote::check::KINDS;
use connote::diagnostic::Severity;
use connote::pack::Example;
use connote::pack::guide;
use connote::render::clean::clean;
use connote::ruleset::Rule;
use connote::toml_doc::Problems;
use connote::toml_doc::nearest;

use crate::args::CheckArgs;
use crate::args::ExplainArgs;
use crate::baseline::BaselineArgs;
use crate::changed::ChangedArgs;
use crate::check;
use crate::environment::Environment;
use crate::options::ColorArgs;
use crate::options::FileArgs;
use crate::options::FixArgs;
use crate::options::GateArgs;
use crate::options::OutputArgs;
use crate::options::RunningArgs;
use crate::rules::level_of;
use crate::session::HERE;
use crate::session::Session;
use crate::status::Failure;
use crate::status::Status;
use crate::words::hanging;
use crate::words::toml_key;
use crate::words::toml_value;
use crate::words::wrapped;

/// The name under which the guide is explained.
const GUIDE: &str = "guide";

/// The name under which setting up an editor is explained, and what there is to say.
const EDITORS: (&str, &str) = ("editors", include_str!("explain/editors.txt"));

/// What is told elsewhere on the page, or is not for people.
const TOLD: [&str; 9] = [
    "id", "kind", "level", "message", "help", "why", "bad", "good", "part",
];

pub(crate) fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    // What exists is a file, whatever it is called.
    let is_file = |target: &&std::ffi::OsString| *target == "-" || Path::new(target).exists();
    let (files, rules): (Vec<_>, Vec<_>) = args.targets.iter().partition(is_file);
    if !rules.is_empty() {
        let status = explain_rules(args, &rules, out)?;
        if files.is_empty() || status == Status::Trouble {
            return Ok(status);
        }
    }
    let check = CheckArgs {
        paths: files.iter().map(PathBuf::from).collect(),
        compare: Vec::new(),
        output: OutputArgs {
            format: Some("terminal".to_owned()),
            all: true,
            explain: true,
            width: args.width,
            color: ColorArgs {
                color: args.color.color,
            },
            ..OutputArgs::default()
        },
        rules: args.rules.clone(),
        fix: FixArgs::default(),
        files: FileArgs::default(),
        // The question was what is found in the notes, not whether they are good enough.
        gate: GateArgs {
            only_files: true,
            ..GateArgs::default()
        },
        known: BaselineArgs::default(),
        changed: ChangedArgs::default(),
        running: RunningArgs::default(),
    };
    check::run(&check, out)
}

fn explain_rules<T: AsRef<OsStr>>(
    args: &ExplainArgs,
    ids: &[T],
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    let environment = Environment::new(args.color.color, args.width, false);
    let mut session = Session::new(&args.rules, &FileArgs::default(), &GateArgs::default())?;
    let set = session.rule_set_of(Path::new(HERE));
    if session.must_stop() {
        return session.stop(&environment.options(), "terminal", out);
    }
    let rules = session.rule_sets[set].rules();
    let known: Vec<&str> = rules.iter().map(|rule| &*rule.id).collect();
    for (index, id) in ids.iter().enumerate() {
        let id = id.as_ref().to_string_lossy();
        if id == GUIDE {
            Page { out, environment }.guide()?;
            continue;
        }
        if id == EDITORS.0 {
            write!(out, "{}", EDITORS.1)?;
            continue;
        }
        let Some(rule) = rules.iter().find(|rule| *rule.id == *id) else {
            let help = near(&id, &known);
            return Err(Failure::new(format!(
                "`{id}` is neither a file nor a rule: {help}"
            )));
        };
        if index > 0 {
            writeln!(out)?;
        }
        let languages = session.rule_sets[set].languages_of(&rule.id);
        let languages = languages.map_or("every language".to_owned(), |languages| {
            let names: Vec<&str> = languages.iter().map(|language| language.name).collect();
            names.join(", ")
        });
        Page { out, environment }.rule(rule, &languages)?;
    }
    Ok(Status::Clean)
}

/// Where to go from an id that there is not.
fn near(id: &str, known: &[&str]) -> String {
    if let Some(best) = nearest(id, known) {
        return format!("did you mean `{best}`?");
    }
    let mut similar = known.iter().filter(|known| known.contains(id)).peekable();
    match similar.peek() {
        None => "`connote rules` lists all rules".to_owned(),
        Some(_) => {
            let shown: Vec<&str> = similar.take(10).copied().collect();
            format!("there are {}", shown.join(", "))
        }
    }
}

/// Writes the page of a rule.
struct Page<'a> {
    out: &'a mut dyn Write,
    environment: Environment,
}

impl Page<'_> {
    /// What the guide says, where it is at work, and what changes it.
    fn guide(&mut self) -> io::Result<()> {
        const ABOUT: &str = "What the guide \"When and How to Withdraw LinkedIn Connection Requests\" (FinalLayer, August 2025) states, where connote does it, and the setting that changes it, with its default.";
        let width = usize::from(self.environment.width).min(100);
        write!(self.out, "{}", wrapped(ABOUT, width, 0))?;
        for statement in guide() {
            self.heading(&statement.topic)?;
            let mut places = statement.places.clone();
            if !statement.rules.is_empty() {
                let ids = statement.rules.join(", ");
                places.insert(0, format!("`connote check`: {ids}"));
            }
            let setting = statement.setting.replace("]\n", "] ").replace('\n', ", ");
            for (name, text) in [
                ("Says", &statement.says),
                ("Where", &places.join("; ")),
                ("Setting", &setting),
            ] {
                let text = format!("{name}: {text}");
                write!(self.out, "{}", hanging(&text, width, 2, 6))?;
            }
        }
        Ok(())
    }

    fn rule(&mut self, rule: &Rule, languages: &str) -> io::Result<()> {
        // Mistakes in examples are a matter of `rules test`.
        let mut ignored = Problems::new("rule-pack");
        let signal = rule.is_signal();
        let level = level_of(rule);
        self.title(
            &rule.id,
            &format!("  {level}, kind {}, pack {}", rule.kind, clean(&rule.pack)),
        )?;
        self.words(&rule.message)?;
        self.section("Why", &rule.why)?;
        self.section("What to do", rule.help.as_deref().unwrap_or_default())?;
        let [good, bad] = match signal {
            true => ["Counts", "Does not count"],
            false => ["Fine", "Found"],
        };
        match signal {
            true => {
                self.examples(good, &rule.good(&mut ignored))?;
                self.examples(bad, &rule.bad(&mut ignored))?;
            }
            false => {
                self.examples(bad, &rule.bad(&mut ignored))?;
                self.examples(good, &rule.good(&mut ignored))?;
            }
        }
        self.section("Reads notes in", languages)?;
        self.parameters(rule)?;
        self.switch_off(rule)
    }

    fn bold(&self, text: &str) -> String {
        let style = Style::new().bold();
        match self.environment.color {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }

    fn title(&mut self, id: &str, rest: &str) -> io::Result<()> {
        let title = self.bold(&clean(id));
        writeln!(self.out, "{title}{rest}")
    }

    fn heading(&mut self, heading: &str) -> io::Result<()> {
        let heading = self.bold(heading);
        writeln!(self.out, "\n{heading}")
    }

    fn words(&mut self, text: &str) -> io::Result<()> {
        let width = usize::from(self.environment.width).min(100);
        write!(self.out, "{}", wrapped(&clean_lines(text), width, 2))
    }

    fn section(&mut self, heading: &str, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        self.heading(heading)?;
        self.words(text)
    }

    fn examples(&mut self, heading: &str, examples: &[Example]) -> io::Result<()> {
        if examples.is_empty() {
            return Ok(());
        }
        self.heading(heading)?;
        let width = usize::from(self.environment.width).min(100);
        let words = |example: &Example| clean_lines(&example.note).replace('\n', " ");
        for example in examples {
            let own = format!("- {}", words(example));
            write!(self.out, "{}", hanging(&own, width, 2, 4))?;
            // A rule between notes says something only of one beside others.
            let beside = example.others.iter().map(|other| ("beside", other));
            let sent = example.sent.iter().map(|other| ("sent before", other));
            for (how, other) in beside
                .chain(sent)
                .filter(|(_, other)| !other.note.is_empty())
            {
                let line = format!("{how}: {}", words(other));
                write!(self.out, "{}", hanging(&line, width, 4, 6))?;
            }
        }
        Ok(())
    }

    fn parameters(&mut self, rule: &Rule) -> io::Result<()> {
        let kind = KINDS.iter().find(|kind| kind.name == rule.kind);
        let known = kind.map_or(&[][..], |kind| kind.parameters);
        let meaning = |key: &str| known.iter().find(|(name, _)| *name == key);
        let width = usize::from(self.environment.width).min(100);
        let all = rule.parameters.entries();
        let own: Vec<_> = all
            .filter(|(key, _)| !TOLD.contains(&key.value.as_str()))
            .collect();
        if !own.is_empty() {
            self.heading("Parameters, as they are now")?;
        }
        for (key, value) in &own {
            let line = format!("{} = {}", toml_key(&key.value), toml_value(&value.value));
            write!(self.out, "{}", hanging(&clean(&line), width, 2, 6))?;
            if let Some((_, meaning)) = meaning(&key.value) {
                write!(self.out, "{}", wrapped(&format!("# {meaning}"), width, 6))?;
            }
        }
        let is_set =
            |name: &str| TOLD.contains(&name) || own.iter().any(|(key, _)| key.value == name);
        let unset: Vec<_> = known.iter().filter(|(name, _)| !is_set(name)).collect();
        if !unset.is_empty() {
            self.heading("Parameters that could be set")?;
        }
        for (name, meaning) in unset {
            let line = format!("{name}: {meaning}");
            write!(self.out, "{}", hanging(&line, width, 2, 6))?;
        }
        Ok(())
    }

    fn switch_off(&mut self, rule: &Rule) -> io::Result<()> {
        let id = clean(&rule.id);
        self.heading("Switch it off")?;
        if rule.is_signal() {
            return writeln!(
                self.out,
                "  everywhere      in connote.toml: ignore = [\"{id}\"]"
            );
        }
        let level = match rule.level {
            Some(Severity::Hint) | None => "info",
            Some(_) => "hint",
        };
        writeln!(
            self.out,
            "  everywhere      in connote.toml: ignore = [\"{id}\"]"
        )?;
        writeln!(
            self.out,
            "  for some files  in connote.toml: [[overrides]] with `files` and `ignore`"
        )?;
        writeln!(
            self.out,
            "  for one draft   in its front matter: connote: {{allow: [{id}]}}"
        )?;
        writeln!(self.out, "  for one row     in its column `allow`: {id}")?;
        writeln!(self.out, "  for one run     --ignore {id}")?;
        let key = toml_key(&rule.id);
        writeln!(self.out, "Or only change its level, in connote.toml:")?;
        writeln!(self.out, "  [rules.{key}]\n  level = \"{level}\"")
    }
}

/// Cleans each line: line ends are the only control characters that stay.
fn clean_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| clean(line).to_string()).collect();
    lines.join("\n")
}
