//! `connote completions`, `connote man`: made from the definition of the arguments.

use std::io;
use std::io::Write;

use clap::CommandFactory;

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

fn page(command: clap::Command, out: &mut dyn Write) -> io::Result<()> {
    clap_mangen::Man::new(command).render(out)
}
