//! The program: which command runs, and the exit status. All else is in the library or in the
//! files of the commands.

mod args;
mod audit;
mod baseline;
mod cache;
mod changed;
mod check;
mod compare;
mod config;
mod configs;
mod diff;
mod drafts;
mod environment;
mod explain;
mod fixing;
mod foreign;
mod gate;
mod generate;
mod help;
mod init;
mod labelled;
mod learn;
mod lsp;
mod options;
mod overwriting;
mod reference;
mod replace;
mod reports;
mod review;
mod rules;
mod schedule;
mod schema;
mod session;
mod skeleton;
mod stats;
mod status;
mod stream;
mod watch;
mod weigh;
mod words;
mod write_back;

use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::args::Arguments;
use crate::args::Command;
use crate::args::RulesCommand;
use crate::session::tell;
use crate::status::Failure;
use crate::status::Status;

fn main() -> ExitCode {
    let arguments = Arguments::parse_from(args::with_command(std::env::args_os()));
    // Not locked: a panic in another thread must be able to put the terminal right.
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
    let result = run(&arguments.command, &mut out);
    let flushed = out.flush();
    match result.and_then(|status| flushed.map(|()| status).map_err(Failure::from)) {
        Ok(status) => status.into(),
        Err(Failure::Closed) => Status::Clean.into(),
        Err(Failure::Message(message)) => {
            tell(&message);
            Status::Trouble.into()
        }
    }
}

fn run(command: &Command, out: &mut dyn Write) -> Result<Status, Failure> {
    match command {
        Command::Check(args) => check::run(args, out),
        Command::Schedule(args) => schedule::run(args, out),
        Command::Review(args) => review::run(args, out),
        Command::Audit(args) => audit::run(args, out),
        Command::Learn(args) => learn::run(args, out),
        Command::Explain(args) => explain::run(args, out),
        Command::Rules(args) => match &args.command {
            None => rules::list(&args.list, out),
            Some(RulesCommand::List(args)) => rules::list(args, out),
            Some(RulesCommand::Test(args)) => rules::test(args, out),
            Some(RulesCommand::Stats(args)) => stats::run(args, out),
            Some(RulesCommand::Weigh(args)) => weigh::run(args, out),
            Some(RulesCommand::New(args)) => skeleton::new(args, out),
        },
        Command::Config(args) => config::run(args, out),
        Command::Init(args) => init::run(args, out),
        Command::Schema(args) => schema::run(args, out),
        Command::Lsp(args) => lsp::run(args, out),
        Command::Completions(args) => generate::completions(args, out),
        Command::Man(args) => generate::man(args, out),
    }
}
