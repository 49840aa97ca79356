//! An audit, written for people, programs, spreadsheets and calendars. One file per output, one line in
//! [`AUDITS`].
//!
//! Terminal, Markdown and HTML show the same [`document::Block`]s; each decides only how they look.

mod calendar;
mod csv;
mod document;
mod html;
mod json;
mod markdown;
mod terminal;

use std::io;

use crate::audit::Audit;
use crate::audit::Settings;
use crate::history::History;
use crate::render::Options;

/// All that an output may look at.
#[derive(Clone, Copy, Debug)]
pub struct AuditView<'a> {
    /// What the invitations show.
    pub audit: &'a Audit,
    /// The invitations.
    pub history: &'a History,
    /// What counts as too old, too many, too few.
    pub settings: &'a Settings,
    /// The program's version.
    pub version: &'a str,
    /// Broken rows: place and trouble.
    pub problems: &'a [(String, String)],
    /// How to write.
    pub options: &'a Options,
}

/// A way to write an audit.
pub struct AuditOutput {
    /// The name on the command line.
    pub name: &'static str,
    /// Writes it. Errors of the writer are handed back.
    pub render: fn(&AuditView<'_>, &mut dyn io::Write) -> io::Result<()>,
}

/// All outputs; the first is the default.
pub static AUDITS: &[AuditOutput] = &[
    AuditOutput {
        name: "terminal",
        render: terminal::render,
    },
    AuditOutput {
        name: "json",
        render: json::render,
    },
    AuditOutput {
        name: "markdown",
        render: markdown::render,
    },
    AuditOutput {
        name: "html",
        render: html::render,
    },
    AuditOutput {
        name: "csv",
        render: csv::render,
    },
    AuditOutput {
        name: "ics",
        render: calendar::render,
    },
];

/// The output of a name.
pub fn audit_output(name: &str) -> Option<&'static AuditOutput> {
    AUDITS.iter().find(|output| output.name == name)
}

/// A person in words; not yet harmless.
fn name_of(view: &AuditView<'_>, sent: usize) -> String {
    let person = &view.history.sent[sent].person;
    match (&*person.name, &person.slug) {
        ("", Some(slug)) => slug.to_string(),
        ("", None) => "somebody".to_owned(),
        (name, _) => name.to_owned(),
    }
}

/// The given name, for a greeting.
fn first_name(view: &AuditView<'_>, sent: usize) -> String {
    let name = &view.history.sent[sent].person.name;
    name.split([' ', ',']).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;
