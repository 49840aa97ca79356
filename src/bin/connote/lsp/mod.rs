//! `connote lsp`: a language server. Editors start it, send what is typed, and show what it says.
//!
//! | file | what it does |
//! |---|---|
//! | `wire` | messages in and out, with their frames |
//! | `inbox` | messages that wait, less those that were cancelled |
//! | `server` | the life of a session: who may ask what, and when |
//! | `client` | what the editor said that it can do |
//! | `rules` | configurations, packs and histories, read again when they change |
//! | `workspace` | the open documents and what there is to say of them |
//! | `convert` | our places and findings as the protocol writes them |
//! | `answers` | hover, hints, completion |
//! | `actions` | fixes and allowances |

mod actions;
mod answers;
mod client;
mod convert;
mod inbox;
mod rules;
mod server;
mod wire;
mod workspace;

use std::io::Write;

use crate::args::LspArgs;
use crate::lsp::inbox::Inbox;
use crate::lsp::server::Server;
use crate::status::Failure;
use crate::status::Status;

pub(crate) fn run(args: &LspArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    let inbox = Inbox::new(wire::read_in_background());
    Server::new(&args.rules, inbox, out).run()
}
