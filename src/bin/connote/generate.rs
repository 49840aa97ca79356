//! `connote completions`, `connote man`: made from the definition of the arguments.

use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;

use clap::Command;
use clap::CommandFactory;
use connote::render::clean::clean;

use crate::args::Arguments;
use crate::args::CompletionsArgs;
use crate::args::ManArgs;
use crate::status::Failure;
use crate::status::Status;

pub(crate) fn completions(args: &CompletionsArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    // Into memory first: the generator panics when its output is a closed pipe.
    let mut script = Vec::new();
    clap_complete::generate(
        args.shell,
        &mut Arguments::command(),
        "connote",
        &mut script,
    );
    out.write_all(&script)?;
    Ok(Status::Clean)
}

pub(crate) fn man(args: &ManArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let mut program = Arguments::command();
    program.build();
    if let Some(folder) = &args.out {
        return pages(&program, folder, out);
    }
    let named = args.command.as_deref();
    let command = named
        .and_then(|name| program.find_subcommand(name))
        .unwrap_or(&program);
    let title = match named {
        Some(name) => format!("connote-{name}"),
        None => "connote".to_owned(),
    };
    page(command.clone().name(title), out)?;
    Ok(Status::Clean)
}

/// Writes the page of the program and one for every command, `connote-rules-test.1` among them.
fn pages(program: &Command, folder: &Path, out: &mut dyn Write) -> Result<Status, Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, &error))?;
    let mut left = vec![("connote".to_owned(), program)];
    while let Some((name, command)) = left.pop() {
        let mut text = Vec::new();
        page(command.clone().name(name.clone()), &mut text)?;
        let path = folder.join(format!("{name}.1"));
        fs::write(&path, text).map_err(|error| Failure::writing(&path, &error))?;
        writeln!(out, "wrote {}", clean(&path.to_string_lossy()))?;
        let inner = command.get_subcommands();
        left.extend(inner.map(|inner| (format!("{name}-{}", inner.get_name()), inner)));
    }
    Ok(Status::Clean)
}

fn page(command: Command, out: &mut dyn Write) -> io::Result<()> {
    let version = concat!("connote ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(command)
        .source(version)
        .manual("connote")
        // An empty date would be left out, and the version be taken for it.
        .date(" ")
        .render(out)
}
