//! From the rows of the tables to invitations, connections and messages.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::export::tables::Column;
use crate::export::tables::Header;
use crate::export::tables::Table;
use crate::history::Archive;
use crate::history::Connection;
use crate::history::Invitation;
use crate::history::Person;
use crate::history::Place;
use crate::history::Written;
use crate::history::read_moment;
use crate::history::slug;
use crate::input::TableRow;
use crate::input::read_table;
use crate::source::Sources;
use crate::span::FileId;
use crate::span::Span;

/// Rows in which a header is looked for.
const HEADER_WITHIN: usize = 20;

/// What no honest export exceeds.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Invitations or connections. LinkedIn allows 30,000 connections, and some 100 invitations a week.
    pub rows: usize,
    /// Broken rows of a file that are told one by one.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rows: 1_000_000,
            problems: 20,
        }
    }
}

/// Collects what the tables say.
#[derive(Debug, Default)]
pub struct Reader {
    /// What was found.
    pub archive: Archive,
    /// Broken rows.
    pub problems: Vec<Diagnostic>,
    limits: Limits,
    /// How often each address and name stands as the sender of an invitation.
    owners: FxHashMap<(Option<Box<str>>, Box<str>), usize>,
    /// Slugs and names of the people who were invited, once messages are read.
    pub(super) invited: Option<FxHashMap<String, Option<Date>>>,
    /// The first message to each, by its number.
    pub(super) first: FxHashMap<String, usize>,
    /// The file being read.
    pub(super) file: Arc<str>,
    broken: usize,
}

/// A row's trouble, in plain words.
pub(super) type Trouble = String;

impl Reader {
    /// An empty collection.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// Which table a file is, by its header; nothing for a file that is none of them.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn recognise(reader: &mut dyn io::Read) -> io::Result<Option<Table>> {
        let mut found = None;
        let mut seen = 0;
        // More is not read: a foreign file may be anything.
        let mut head = io::Read::take(reader, 1 << 20);
        read_table(&mut head, &mut |row| {
            found = Header::read(&row).map(|header| header.table);
            seen += 1;
            match found.is_some() || seen == HEADER_WITHIN {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        })?;
        Ok(found)
    }

    /// Reads a file. Messages come last: only those to people who were invited are kept.
    ///
    /// # Errors
    /// Those of the reader, and of tables larger than any honest one.
    pub fn read(
        &mut self,
        name: &str,
        reader: &mut dyn io::Read,
        sources: &mut Sources,
    ) -> io::Result<()> {
        self.file = Arc::from(name);
        self.broken = 0;
        // These are only counted, so nobody can tell whether two exports hold the same ones: of each count the
        // larger one holds.
        let incoming = std::mem::take(&mut self.archive.incoming);
        let hidden = std::mem::take(&mut self.archive.hidden);
        let read = self.read_rows(reader, sources);
        self.archive.incoming = self.archive.incoming.max(incoming);
        self.archive.hidden = self.archive.hidden.max(hidden);
        read
    }

    fn read_rows(&mut self, reader: &mut dyn io::Read, sources: &mut Sources) -> io::Result<()> {
        let mut header: Option<Header> = None;
        let mut seen = 0;
        let mut too_many = false;
        read_table(reader, &mut |row| {
            let Some(header) = &header else {
                header = Header::read(&row);
                if let Some(header) = &header {
                    self.begin(header.table);
                }
                seen += 1;
                return match header.is_none() && seen == HEADER_WITHIN {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                };
            };
            if let Err(trouble) = self.row(header, &row, sources) {
                self.report(&row, trouble, sources);
            }
            let most = self
                .archive
                .invitations
                .len()
                .max(self.archive.connections.len());
            too_many = most.max(self.archive.incoming) > self.limits.rows;
            match too_many {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        })?;
        if self.broken > self.limits.problems {
            let more = self.broken - self.limits.problems;
            let rows = if more == 1 { "row is" } else { "rows are" };
            self.tell_last(format!("{more} more {rows} broken in this file"));
        }
        self.find_owner();
        match too_many {
            true => Err(io::Error::other(format!(
                "more than {} rows: this is no export of one account",
                self.limits.rows
            ))),
            false => Ok(()),
        }
    }

    fn begin(&mut self, table: Table) {
        match table {
            Table::Invitations => self.archive.has_invitations = true,
            Table::Connections => self.archive.has_connections = true,
            Table::Messages => {
                if self.invited.is_none() {
                    self.invited = Some(self.invited());
                }
            }
        }
    }

    fn row(
        &mut self,
        header: &Header,
        row: &TableRow<'_>,
        sources: &mut Sources,
    ) -> Result<(), Trouble> {
        if let Some(why) = row.broken {
            return Err(why.to_owned());
        }
        let beyond = (header.cells..row.len()).any(|cell| !row.cell(cell).is_empty());
        if row.len() < header.cells || beyond {
            let cells = if row.len() == 1 { "cell" } else { "cells" };
            return Err(format!(
                "this row has {} {cells}, the header has {}",
                row.len(),
                header.cells
            ));
        }
        match header.table {
            Table::Invitations => self.invitation(header, row, sources),
            Table::Connections => self.connection(header, row),
            Table::Messages => self.message(header, row, sources),
        }
    }

    fn place(&self, row: &TableRow<'_>) -> Place {
        Place {
            file: Arc::clone(&self.file),
            line: row.line(),
        }
    }

    fn invitation(
        &mut self,
        header: &Header,
        row: &TableRow<'_>,
        sources: &mut Sources,
    ) -> Result<(), Trouble> {
        let cell = |column| header.cell(row, column);
        let direction = cell(Column::Direction).to_lowercase();
        let outgoing = match direction.as_str() {
            "outgoing" | "sent" | "ausgehend" => true,
            "incoming" | "received" | "eingehend" => false,
            _ => return Err("the direction is neither OUTGOING nor INCOMING".to_owned()),
        };
        let written = cell(Column::SentAt);
        let sent = read_moment(&written)
            .filter(|sent| !matches!(sent, Written::Date(_)))
            .ok_or_else(|| match written.is_empty() {
                true => "it is not said when this was sent".to_owned(),
                false => format!("`{}` is no date and time", short(&written)),
            })?;
        if !outgoing {
            self.archive.incoming += 1;
            return Ok(());
        }
        let person = Person::new(&cell(Column::To), &cell(Column::InviteeUrl));
        if person.name.is_empty() && person.slug.is_none() {
            return Err("it is not said to whom this was sent".to_owned());
        }
        let owner = (
            slug(&cell(Column::InviterUrl)).map(Into::into),
            cell(Column::From).as_ref().into(),
        );
        *self.owners.entry(owner).or_default() += 1;
        let has_note = !cell(Column::Message).is_empty();
        let note = match header.place(Column::Message).filter(|_| has_note) {
            Some(place) => {
                let file = sources.add(row.source(&self.file));
                row.text(place, file)
            }
            None => None,
        };
        let place = self.place(row);
        self.archive.invitations.push(Invitation {
            person,
            sent,
            note,
            place,
        });
        Ok(())
    }

    fn connection(&mut self, header: &Header, row: &TableRow<'_>) -> Result<(), Trouble> {
        let cell = |column| header.cell(row, column);
        let written = cell(Column::ConnectedOn);
        let on = match read_moment(&written) {
            Some(Written::Date(date)) => Some(date),
            Some(Written::Clock(local)) => Some(local.date()),
            Some(Written::Moment(at)) => Some(TimeZone::UTC.to_datetime(at).date()),
            None if written.is_empty() => None,
            None => return Err(format!("`{}` is no date", short(&written))),
        };
        let name = format!("{} {}", cell(Column::FirstName), cell(Column::LastName));
        let person = Person::new(&name, &cell(Column::Url));
        if person.is_nobody() {
            self.archive.hidden += 1;
            return Ok(());
        }
        let place = self.place(row);
        self.archive.connections.push(Connection {
            person,
            on,
            company: cell(Column::Company).as_ref().into(),
            place,
        });
        Ok(())
    }

    fn find_owner(&mut self) {
        let most = self
            .owners
            .iter()
            .max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        if let Some(((slug, name), _)) = most {
            self.archive.owner = Person {
                name: name.clone(),
                slug: slug.clone(),
                url: None,
            };
        }
    }

    fn report(&mut self, row: &TableRow<'_>, trouble: Trouble, sources: &mut Sources) {
        self.broken += 1;
        if self.broken > self.limits.problems {
            return;
        }
        let source = row.source(&self.file);
        let end = source.text.find(['\r', '\n']).unwrap_or(source.text.len());
        let file = sources.add(source);
        let problem = Diagnostic::problem(
            "broken-row",
            Severity::Error,
            Span::new(file, 0..end),
            trouble,
        );
        self.problems
            .push(problem.helped("this row was passed over, the others count"));
    }

    fn tell_last(&mut self, message: String) {
        let span = self.problems.last().map(Diagnostic::span).unwrap_or(Span {
            file: FileId(0),
            start: 0,
            end: 0,
        });
        self.problems.push(Diagnostic::problem(
            "broken-row",
            Severity::Error,
            span,
            message,
        ));
    }
}

/// The beginning of a cell, for a message.
pub(super) fn short(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
