//! Invitations with what became of them: the export's lists and the ledger's rows, person by person.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

use crate::history::Archive;
use crate::history::Connection;
use crate::history::LedgerRow;
use crate::history::Message;
use crate::history::Moment;
use crate::history::Person;
use crate::history::Place;
use crate::history::Status;
use crate::text::Text;

/// By what a person was found in another list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matched {
    /// By the address of the profile.
    Profile,
    /// By name, because one of the lists has no address.
    Name,
    /// By a name that several people in the other list have.
    SharedName,
}

/// An invitation with all that is known of it.
#[derive(Clone, Debug)]
pub struct Sent {
    /// To whom.
    pub person: Person,
    /// When.
    pub sent: Moment,
    /// The note that went with it.
    pub note: Option<Text>,
    /// The connection that it became, by its number, and how that was found out.
    pub connection: Option<(usize, Matched)>,
    /// The row of the ledger, by its number.
    pub ledger: Option<usize>,
    /// Whether the same person was invited again later.
    pub repeated: bool,
    /// How many invitations the person had got before.
    pub before: usize,
    /// Where it stands.
    pub place: Place,
    /// Only the ledger has it.
    pub from_ledger: bool,
}

/// All that is known of the account's invitations.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Invitations, the oldest first.
    pub sent: Vec<Sent>,
    /// How many came in.
    pub incoming: usize,
    /// Who is connected.
    pub connections: Vec<Connection>,
    /// Connections of which only the date is known.
    pub hidden: usize,
    /// Rows of the ledger.
    pub ledger: Vec<LedgerRow>,
    /// The first message to each person after they were connected.
    pub messages: Vec<Message>,
    /// Where two lists say different things.
    pub conflicts: Vec<String>,
    /// Whether a list of connections was given.
    pub has_connections: bool,
    /// Rows that stand twice, such as in exports of two dates.
    pub doubled: usize,
    by_slug: FxHashMap<Box<str>, Vec<usize>>,
    by_name: FxHashMap<String, Vec<usize>>,
    connected_slugs: FxHashMap<Box<str>, usize>,
    connected_names: FxHashMap<String, Vec<usize>>,
}

/// Days by which the dates of export and ledger may differ before they are a conflict: zones, and
/// people who write down things a day later.
const TOLERANCE: i64 = 36 * 3600;

impl History {
    /// Joins an archive with a ledger. `zone` is that of the export's clock, if it is known; the ledger is
    /// read by `ledger_zone`, the user's own.
    pub fn new(
        archive: Archive,
        ledger: Vec<LedgerRow>,
        zone: Option<&TimeZone>,
        ledger_zone: Option<&TimeZone>,
    ) -> Self {
        let mut history = Self {
            incoming: archive.incoming,
            connections: archive.connections,
            hidden: archive.hidden,
            ledger,
            messages: archive.messages,
            has_connections: archive.has_connections,
            ..Self::default()
        };
        for invitation in archive.invitations {
            let Some(sent) = Moment::new(invitation.sent, zone) else {
                continue;
            };
            history.sent.push(Sent {
                person: invitation.person,
                sent,
                note: invitation.note,
                connection: None,
                ledger: None,
                repeated: false,
                before: 0,
                place: invitation.place,
                from_ledger: false,
            });
        }
        history.drop_doubled();
        history.drop_doubled_connections();
        history.drop_doubled_rows();
        history.index();
        history.join_ledger(ledger_zone);
        // The ledger may have added invitations.
        history.index();
        history.connect();
        history.count_attempts();
        history.find_conflicts();
        history
    }

    /// Of rows that say the same, as in exports of two dates, one stays.
    fn drop_doubled(&mut self) {
        self.sent.sort_by(|a, b| {
            let key = |sent: &Sent| {
                (
                    sent.sent.at,
                    sent.person.slug.clone(),
                    sent.person.name.clone(),
                )
            };
            key(a).cmp(&key(b)).then_with(|| a.place.cmp(&b.place))
        });
        let before = self.sent.len();
        self.sent.dedup_by(|later, first| {
            later.sent == first.sent
                && later.person.slug == first.person.slug
                && later.person.name == first.person.name
                && later.place.file != first.place.file
        });
        self.doubled = before - self.sent.len();
    }

    /// A connection that stands in two exports is one.
    fn drop_doubled_connections(&mut self) {
        let mut of = FxHashMap::default();
        self.connections.retain(|connection| {
            let Person { slug, name, .. } = &connection.person;
            let key = (slug.clone(), name.clone(), connection.on);
            let file = &connection.place.file;
            *of.entry(key).or_insert_with(|| file.clone()) == *file
        });
    }

    /// A row of the ledger that stands twice, word for word, tells of one invitation.
    fn drop_doubled_rows(&mut self) {
        let mut kept: Vec<LedgerRow> = Vec::with_capacity(self.ledger.len());
        let mut of: FxHashMap<Box<str>, Vec<usize>> = FxHashMap::default();
        for row in std::mem::take(&mut self.ledger) {
            let person = row.person.slug.as_ref().unwrap_or(&row.person.name).clone();
            let theirs = of.entry(person).or_default();
            if theirs.iter().any(|&known| kept[known].says_what(&row)) {
                continue;
            }
            theirs.push(kept.len());
            kept.push(row);
        }
        self.ledger = kept;
    }

    fn index(&mut self) {
        self.by_slug.clear();
        self.by_name.clear();
        for (number, sent) in self.sent.iter().enumerate() {
            if let Some(slug) = &sent.person.slug {
                self.by_slug.entry(slug.clone()).or_default().push(number);
            }
            if let Some(name) = sent.person.name_key() {
                self.by_name.entry(name).or_default().push(number);
            }
        }
        self.connected_slugs.clear();
        self.connected_names.clear();
        for (number, connection) in self.connections.iter().enumerate() {
            if let Some(slug) = &connection.person.slug {
                self.connected_slugs.insert(slug.clone(), number);
            }
            if let Some(name) = connection.person.name_key() {
                self.connected_names.entry(name).or_default().push(number);
            }
        }
    }

    /// The invitations to a person, the oldest first. By name only where one of the two has no address.
    pub fn invitations_to(&self, person: &Person) -> Vec<usize> {
        if let Some(slug) = &person.slug
            && let Some(found) = self.by_slug.get(slug)
        {
            return found.clone();
        }
        let named = person.name_key().and_then(|name| self.by_name.get(&name));
        let lacks_address =
            |&&number: &&usize| person.slug.is_none() || self.sent[number].person.slug.is_none();
        named
            .map(|found| found.iter().filter(lacks_address).copied().collect())
            .unwrap_or_default()
    }

    /// The connection that somebody is, and how that was found out.
    pub fn connection_of(&self, person: &Person) -> Option<(usize, Matched)> {
        if let Some(slug) = &person.slug
            && let Some(&number) = self.connected_slugs.get(slug)
        {
            return Some((number, Matched::Profile));
        }
        let named = self.connected_names.get(&person.name_key()?)?;
        let mut fitting = named.iter().filter(|number| {
            person.slug.is_none() || self.connections[**number].person.slug.is_none()
        });
        let first = *fitting.next()?;
        Some(match fitting.next() {
            None => (first, Matched::Name),
            Some(_) => (first, Matched::SharedName),
        })
    }

    fn connect(&mut self) {
        for number in 0..self.sent.len() {
            let sent = &self.sent[number];
            let found = self
                .connection_of(&sent.person)
                .filter(|(connection, how)| {
                    // Somebody of the same name who was connected long before is somebody else.
                    let on = self.connections[*connection].on;
                    let sent_on = sent.sent.local.date();
                    *how == Matched::Profile
                        || on.is_none_or(|on| on >= sent_on.yesterday().unwrap_or(sent_on))
                });
            self.sent[number].connection = found;
        }
    }

    fn count_attempts(&mut self) {
        let mut of: FxHashMap<String, usize> = FxHashMap::default();
        let key = |person: &Person| match (&person.slug, person.name_key()) {
            (Some(slug), _) => format!("/{slug}"),
            (None, Some(name)) => name,
            (None, None) => String::new(),
        };
        for number in 0..self.sent.len() {
            let key = key(&self.sent[number].person);
            if key.is_empty() {
                continue;
            }
            let count = of.entry(key).or_default();
            self.sent[number].before = *count;
            *count += 1;
        }
        for sent in &mut self.sent {
            let all = of.get(&key(&sent.person)).copied().unwrap_or_default();
            sent.repeated = sent.before + 1 < all;
        }
    }

    /// Gives each row of the ledger its invitation: that of the same day if it says when, else the last. A
    /// row with a day of its own that the export does not have is an invitation of its own.
    fn join_ledger(&mut self, zone: Option<&TimeZone>) {
        for row in 0..self.ledger.len() {
            let entry = &self.ledger[row];
            let theirs = self.invitations_to(&entry.person);
            let free = |number: &&usize| self.sent[**number].ledger.is_none();
            let when = entry.sent_at(zone);
            let distance = |number: usize| -> i64 {
                when.map_or(0, |when| {
                    (self.sent[number].sent.at.as_second() - when.at.as_second()).abs()
                })
            };
            let found = match when {
                Some(_) => theirs
                    .iter()
                    .filter(free)
                    .copied()
                    .min_by_key(|number| distance(*number)),
                None => theirs.iter().rev().find(free).copied(),
            };
            match (found, when) {
                (Some(number), _) if distance(number) <= TOLERANCE => {
                    self.sent[number].ledger = Some(row);
                }
                // An invitation of another time, which the export has lost, or never had.
                (found, Some(when)) => {
                    if let Some(number) = found
                        && distance(number) <= 7 * 24 * 3600
                    {
                        self.sent[number].ledger = Some(row);
                        let sent = &self.sent[number];
                        self.conflicts.push(format!(
                            "{}: sent on {} ({}), but on {} in the ledger ({}): the export counts",
                            name_of(&sent.person),
                            sent.sent.local.date(),
                            sent.place,
                            when.local.date(),
                            entry.place,
                        ));
                        continue;
                    }
                    self.sent.push(Sent {
                        person: entry.person.clone(),
                        sent: when,
                        note: entry.note.clone(),
                        connection: None,
                        ledger: Some(row),
                        repeated: false,
                        before: 0,
                        place: entry.place.clone(),
                        from_ledger: true,
                    });
                }
                (_, None) => self.conflicts.push(format!(
                    "{}: the ledger ({}) has an invitation that the export does not have; say when it was `sent`",
                    name_of(&entry.person),
                    entry.place,
                )),
            }
        }
        self.sent.sort_by(|a, b| {
            a.sent
                .at
                .cmp(&b.sent.at)
                .then_with(|| a.place.cmp(&b.place))
        });
    }

    /// Where ledger and connections do not agree on what became of an invitation.
    fn find_conflicts(&mut self) {
        for sent in &self.sent {
            let Some(row) = sent.ledger.map(|row| &self.ledger[row]) else {
                continue;
            };
            let name = name_of(&sent.person);
            let connected = sent.connection.map(|(number, _)| &self.connections[number]);
            match (row.status, connected) {
                (Some(status), Some(connection))
                    if !sent.repeated && status != Status::Accepted =>
                {
                    let since = connection
                        .on
                        .map(|on| format!(" since {on}"))
                        .unwrap_or_default();
                    self.conflicts.push(format!(
                        "{name}: {} in the ledger ({}), but connected{since} ({}): it counts as accepted",
                        status.name(),
                        row.place,
                        connection.place,
                    ));
                }
                (Some(Status::Accepted), None) if self.has_connections => {
                    self.conflicts.push(format!(
                        "{name}: accepted in the ledger ({}), but not among the connections ({}): it counts as accepted",
                        row.place, sent.place,
                    ));
                }
                _ => {}
            }
        }
    }

    /// How many invitations went out with a note in the month of a date.
    pub fn notes_in_month_of(&self, date: Date) -> u32 {
        let month = date.first_of_month();
        let sent = self.sent.iter().filter(|sent| sent.note.is_some());
        let sent = sent.filter(|sent| sent.sent.local.date().first_of_month() == month);
        sent.count() as u32
    }

    /// The row of the ledger for an invitation.
    pub fn row_of(&self, sent: &Sent) -> Option<&LedgerRow> {
        sent.ledger.map(|row| &self.ledger[row])
    }
}

/// A person in words.
fn name_of(person: &Person) -> &str {
    match (&*person.name, &person.slug) {
        ("", Some(slug)) => slug,
        ("", None) => "somebody",
        (name, _) => name,
    }
}

#[cfg(test)]
mod tests;
