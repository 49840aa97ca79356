//! The program: which command runs, and the exit status. All else is in the library or in the
//! files of the commands.

mod args;
mod environment;
mod generate;
mod help;
mod init;
mod skeleton;
mod status;

use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::args::Arguments;
use crate::args::Command;
use crate::args::RulesCommand;
use crate::status::Failure;
use crate::status::Status;

fn main() -> ExitCode {
    let arguments = Arguments::parse_from(args::with_command(std::env::args_os()));
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let result = run(&arguments.command, &mut out);
    let flushed = out.flush();
    match result.and_then(|status| flushed.map(|()| status).map_err(Failure::from)) {
        Ok(status) => status.into(),
        Err(Failure::Closed) => Status::Clean.into(),
        Err(Failure::Message(message)) => {
            // Nobody is left to tell when this fails, too.
            let _ = writeln!(io::stderr(), "connote: {message}");
            Status::Trouble.into()
        }
    }
}

fn run(command: &Command, out: &mut dyn Write) -> Result<Status, Failure> {
    match command {
        Command::Init(args) => init::run(args, out),
        Command::Completions(args) => generate::completions(args, out),
        Command::Man(args) => generate::man(args, out),
        Command::Rules(args) => match &args.command {
            Some(RulesCommand::New(args)) => skeleton::new(args, out),
            _ => Ok(Status::Clean),
        },
        _ => Ok(Status::Clean),
    }
}
