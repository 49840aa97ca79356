//! `connote config --show FILE`: the settings that hold for a file, as a configuration would say
//! them.

use std::io;
use std::io::Write;

use connote::config::FAIL_ON;
use connote::config::Settings;
use connote::render::clean::clean;
use connote::span::Spanned;
use connote::toml_doc::Table;

use crate::args::ConfigArgs;
use crate::configs::name_of;
use crate::environment::Environment;
use crate::options::FileArgs;
use crate::options::GateArgs;
use crate::rules::level_of;
use crate::session::HERE;
use crate::session::Session;
use crate::status::Failure;
use crate::status::Status;
use crate::words::quoted;
use crate::words::toml_key;
use crate::words::toml_value;

pub(crate) fn run(args: &ConfigArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let environment = Environment::new(args.color.color, None, false);
    let mut session = Session::new(&args.rules, &FileArgs::default(), &GateArgs::default())?;
    // Of a folder, what holds for the files in it.
    let shown = match args.show.is_dir() {
        true => args.show.join(HERE),
        false => args.show.clone(),
    };
    let set = session.rule_set_of(&shown);
    if session.must_stop() {
        return session.stop(&environment.options(), "terminal", out);
    }
    let excluded = session.excludes(&shown);
    let file = session.absolute(&shown);
    let config = session.config_of(&shown);
    writeln!(out, "# For {}", clean(&name_of(&args.show)))?;
    match &config.path {
        Some(path) => writeln!(out, "# Configuration: {}", clean(&name_of(path)))?,
        None => writeln!(out, "# Configuration: none, the defaults hold")?,
    }
    if excluded {
        writeln!(out, "# Excluded: it is not checked")?;
    }
    let overrides = config.settings.overrides_for(&file);
    if !overrides.is_empty() {
        let numbers: Vec<String> = overrides
            .iter()
            .map(|number| (number + 1).to_string())
            .collect();
        writeln!(out, "# Overrides that hold: number {}", numbers.join(", "))?;
    }
    let settings = config.settings.adjusted(&overrides);
    values(&settings, out)?;
    tables(&settings, out)?;
    writeln!(out, "\n# Rules, with the levels that come of it:")?;
    let rules = session.rule_sets[set].rules();
    for rule in rules.iter().filter(|rule| !rule.is_signal()) {
        writeln!(out, "#   {:7}  {}", level_of(rule), clean(&rule.id))?;
    }
    Ok(match session.tell_errors() {
        true => Status::Trouble,
        false => Status::Clean,
    })
}

fn values(settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    let fail_on = FAIL_ON.iter().find(|(_, level)| *level == settings.fail_on);
    writeln!(out, "account = {}", quoted(settings.account.name()))?;
    writeln!(
        out,
        "fail-on = {}",
        quoted(fail_on.map_or("error", |(name, _)| name))
    )?;
    match settings.max_warnings {
        Some(most) => writeln!(out, "max-warnings = {most}")?,
        None => writeln!(out, "# max-warnings: no limit")?,
    }
    match settings.min_score {
        Some(least) => writeln!(out, "min-score = {least}")?,
        None => writeln!(out, "# min-score: no limit")?,
    }
    list("packs", &settings.packs, out)?;
    if settings.select.is_empty() {
        writeln!(out, "# select: all rules")?;
    } else {
        list("select", &settings.select, out)?;
    }
    list("ignore", &settings.ignore, out)?;
    let globs = settings
        .exclude
        .iter()
        .flat_map(|globs| globs.written.iter().cloned());
    list("exclude", &globs.collect::<Vec<_>>(), out)?;
    list("history", &settings.history, out)?;
    list("ledger", &settings.ledger, out)?;
    match &settings.baseline {
        Some(path) => writeln!(out, "baseline = {}", clean(&quoted(&path.value))),
        None => writeln!(out, "# baseline: none"),
    }
}

fn list(key: &str, values: &[Spanned<String>], out: &mut dyn Write) -> io::Result<()> {
    let values: Vec<String> = values.iter().map(|value| quoted(&value.value)).collect();
    writeln!(out, "{key} = [{}]", clean(&values.join(", ")))
}

fn tables(settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    let sender = &settings.sender;
    let known = [
        ("name", &sender.name),
        ("company", &sender.company),
        ("industry", &sender.industry),
        ("timezone", &sender.timezone),
    ];
    writeln!(out, "\n[sender]")?;
    for (key, value) in known {
        match value {
            Some(value) => writeln!(out, "{key} = {}", clean(&quoted(&value.value)))?,
            None => writeln!(out, "# {key}: not told")?,
        }
    }
    if !settings.columns.is_empty() {
        writeln!(out, "\n[columns]")?;
    }
    for (header, key) in &settings.columns {
        writeln!(
            out,
            "{} = {}",
            clean(&toml_key(&header.value)),
            quoted(&key.value)
        )?;
    }
    for (id, parameters) in &settings.rules {
        writeln!(out, "\n[rules.{}]", clean(&toml_key(&id.value)))?;
        table(parameters, out)?;
    }
    for (name, own) in [
        ("schedule", &settings.schedule),
        ("zones", &settings.zones),
        ("audit", &settings.audit),
    ] {
        if !own.is_empty() {
            writeln!(out, "\n[{name}]")?;
            table(own, out)?;
        }
    }
    if !settings.score.is_empty() {
        writeln!(out, "\n[score]")?;
        table(&settings.score, out)?;
    }
    Ok(())
}

fn table(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    for (key, value) in table.entries() {
        let line = format!("{} = {}", toml_key(&key.value), toml_value(&value.value));
        writeln!(out, "{}", clean(&line))?;
    }
    Ok(())
}
