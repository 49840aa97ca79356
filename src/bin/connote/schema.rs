//! `connote schema`: the JSON Schema of connote.toml or of rule packs.

use std::io::Write;

use connote::schema;

use crate::args::SchemaArgs;
use crate::status::Failure;
use crate::status::Status;

pub(crate) fn run(args: &SchemaArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let schema = match args.files.as_str() {
        "pack" => schema::pack(),
        _ => schema::configuration(),
    };
    writeln!(out, "{schema:#}")?;
    Ok(Status::Clean)
}
