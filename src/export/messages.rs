//! Messages: of each person who was invited and is connected, the first one after that.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::export::reader::Reader;
use crate::export::reader::Trouble;
use crate::export::reader::short;
use crate::export::tables::Column;
use crate::export::tables::Header;
use crate::history::Message;
use crate::history::Person;
use crate::history::Written;
use crate::history::name_key;
use crate::history::read_moment;
use crate::history::slug;
use crate::input::TableRow;
use crate::source::Sources;

impl Reader {
    /// Keeps the first message that the account wrote to somebody after they were connected.
    pub(super) fn message(
        &mut self,
        header: &Header,
        row: &TableRow<'_>,
        sources: &mut Sources,
    ) -> Result<(), Trouble> {
        let cell = |column| header.cell(row, column);
        let owner = &self.archive.owner;
        let (from, by) = (slug(&cell(Column::SenderUrl)), cell(Column::From));
        let is_ours = match (&from, &owner.slug) {
            (Some(from), Some(owner)) => **from == **owner,
            _ => name_key(&by).is_some() && name_key(&by) == owner.name_key(),
        };
        let is_draft = cell(Column::IsDraft).eq_ignore_ascii_case("yes");
        let urls = cell(Column::RecipientUrls);
        let several = urls.contains([',', ';', ' ']);
        if !is_ours || is_draft || several {
            return Ok(());
        }
        let person = Person::new(&cell(Column::To), &urls);
        let Some(invited) = &self.invited else {
            return Ok(());
        };
        let keys = [
            person.slug.as_deref().map(|slug| format!("/{slug}")),
            person.name_key(),
        ];
        let mut keys = keys.into_iter().flatten();
        let Some((key, Some(since))) =
            keys.find_map(|key| invited.get(&key).map(|since| (key, *since)))
        else {
            return Ok(());
        };
        let written = cell(Column::Date);
        let at = match read_moment(&written) {
            Some(Written::Moment(at)) => at,
            Some(Written::Clock(local)) => match TimeZone::UTC.to_timestamp(local) {
                Ok(at) => at,
                Err(_) => return Ok(()),
            },
            _ => return Err(format!("`{}` is no date and time", short(&written))),
        };
        if TimeZone::UTC.to_datetime(at).date() < since {
            return Ok(());
        }
        let known = self.first.get(&key).copied();
        if known.is_some_and(|known| self.archive.messages[known].at <= at) {
            return Ok(());
        }
        let Some(place) = header.place(Column::Content) else {
            return Ok(());
        };
        let file = sources.add(row.source(&self.file));
        let Some(text) = row.text(place, file) else {
            return Ok(());
        };
        let message = Message { person, at, text };
        match known {
            Some(known) => self.archive.messages[known] = message,
            None => {
                self.first.insert(key, self.archive.messages.len());
                self.archive.messages.push(message);
            }
        }
        Ok(())
    }

    /// The people who were invited and are connected, with the date.
    pub(super) fn invited(&self) -> FxHashMap<String, Option<Date>> {
        let mut people: FxHashSet<String> = FxHashSet::default();
        let keys = |person: &Person| {
            let slug = person.slug.as_deref().map(|slug| format!("/{slug}"));
            slug.or_else(|| person.name_key())
        };
        for invitation in &self.archive.invitations {
            people.extend(keys(&invitation.person));
        }
        let connections = self.archive.connections.iter();
        connections
            .filter_map(|connection| Some((keys(&connection.person)?, connection.on)))
            .filter(|(key, _)| people.contains(key))
            .collect()
    }
}
