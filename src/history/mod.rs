//! What became of invitations: those that were sent, who is connected, and what the user noted down.
//!
//! Plain data from LinkedIn's export and from the user's own ledger, and the two joined person by person.
//! Judges nothing and knows no clock: that is the business of the audit.

mod joined;
mod ledger;
mod moment;
mod person;

pub use joined::History;
pub use joined::Matched;
pub use joined::Sent;
pub use ledger::LEDGER_COLUMNS;
pub use ledger::LedgerRow;
pub use ledger::Priority;
pub use ledger::STATUS_WORDS;
pub use ledger::Status;
pub use ledger::ledger_row;
pub use moment::Moment;
pub use moment::Written;
pub use moment::read_moment;
pub use person::Person;
pub use person::name_key;
pub use person::note_to;
pub use person::slug;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::text::Text;

/// A row of a list: the file's name and the line, from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: std::sync::Arc<str>,
    /// The line.
    pub line: u32,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// An invitation that was sent.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// To whom.
    pub person: Person,
    /// When, as written.
    pub sent: Written,
    /// The note that went with it.
    pub note: Option<Text>,
    /// Where it stands.
    pub place: Place,
}

/// Somebody who is connected.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Who.
    pub person: Person,
    /// Since when.
    pub on: Option<Date>,
    /// Employer.
    pub company: Box<str>,
    /// Where it stands.
    pub place: Place,
}

/// A message to somebody who was invited.
#[derive(Clone, Debug)]
pub struct Message {
    /// To whom.
    pub person: Person,
    /// When.
    pub at: Timestamp,
    /// What was written.
    pub text: Text,
}

/// What LinkedIn's export says, of one account.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    /// Invitations that the account sent.
    pub invitations: Vec<Invitation>,
    /// How many it received.
    pub incoming: usize,
    /// Who is connected.
    pub connections: Vec<Connection>,
    /// Connections of which the export tells only the date.
    pub hidden: usize,
    /// The account's owner, by the invitations.
    pub owner: Person,
    /// Whether a list of invitations was found.
    pub has_invitations: bool,
    /// Whether a list of connections was found: without one nobody is known to have accepted.
    pub has_connections: bool,
    /// The first message to each person after they were connected.
    pub messages: Vec<Message>,
}
