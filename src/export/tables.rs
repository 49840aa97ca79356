//! The tables of LinkedIn's data export, told by their headers: files have had many names, and headers
//! several languages.

use std::borrow::Cow;

use crate::input::TableRow;
use crate::input::fold_name;

/// A table of the export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Invitations sent and received.
    Invitations,
    /// Who is connected.
    Connections,
    /// Messages.
    Messages,
}

/// A column by what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    From,
    To,
    SentAt,
    Message,
    Direction,
    InviterUrl,
    InviteeUrl,
    FirstName,
    LastName,
    Url,
    Company,
    ConnectedOn,
    SenderUrl,
    RecipientUrls,
    Date,
    Content,
    IsDraft,
}

/// How many columns there are.
const COLUMNS: usize = Column::IsDraft as usize + 1;

/// A column's names, folded; and whether a header without it is not that of the table.
type Names = (Column, bool, &'static [&'static str]);

/// English headers are those of the export; the German ones are as users report them, the others are
/// what LinkedIn calls these things in those languages.
const TABLES: [(Table, &[Names]); 3] = [
    (
        Table::Invitations,
        &[
            (Column::From, true, &["from", "von", "de", "da"]),
            (Column::To, true, &["to", "an", "à", "a", "para"]),
            (
                Column::SentAt,
                true,
                &[
                    "sentat",
                    "gesendetam",
                    "gesendetum",
                    "envoyéle",
                    "enviadoel",
                    "enviadoem",
                ],
            ),
            (
                Column::Direction,
                true,
                &["direction", "richtung", "dirección", "direção"],
            ),
            (
                Column::Message,
                false,
                &["message", "nachricht", "mensaje", "mensagem"],
            ),
            (Column::InviterUrl, false, &["inviterprofileurl"]),
            (Column::InviteeUrl, false, &["inviteeprofileurl"]),
        ],
    ),
    (
        Table::Connections,
        &[
            (
                Column::FirstName,
                true,
                &["firstname", "vorname", "prénom", "nombre", "nome"],
            ),
            (
                Column::LastName,
                true,
                &[
                    "lastname",
                    "nachname",
                    "nom",
                    "nomdefamille",
                    "apellidos",
                    "sobrenome",
                ],
            ),
            (
                Column::ConnectedOn,
                true,
                &[
                    "connectedon",
                    "verbundenam",
                    "verbundenseit",
                    "connectéle",
                    "conectadoel",
                    "conectadoem",
                ],
            ),
            (Column::Url, false, &["url"]),
            (
                Column::Company,
                false,
                &["company", "unternehmen", "entreprise", "société", "empresa"],
            ),
        ],
    ),
    (
        Table::Messages,
        &[
            (Column::From, true, &["from", "von"]),
            (Column::To, true, &["to", "an"]),
            (Column::Date, true, &["date", "datum"]),
            (Column::Content, true, &["content", "inhalt"]),
            (Column::SenderUrl, false, &["senderprofileurl"]),
            (Column::RecipientUrls, false, &["recipientprofileurls"]),
            (Column::IsDraft, false, &["ismessagedraft"]),
        ],
    ),
];

/// A header that was recognised.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// Of which table.
    pub(super) table: Table,
    /// How many cells it has.
    pub(super) cells: usize,
    places: [Option<usize>; COLUMNS],
}

impl Header {
    /// Recognises a header. Nothing if the row is none.
    pub(super) fn read(row: &TableRow<'_>) -> Option<Self> {
        let names: Vec<String> = (0..row.len())
            .map(|cell| fold_name(&row.cell(cell)))
            .collect();
        TABLES.iter().find_map(|(table, columns)| {
            let mut places = [None; COLUMNS];
            for (column, required, known) in *columns {
                let place = names.iter().position(|name| known.contains(&name.as_str()));
                if *required && place.is_none() {
                    return None;
                }
                places[*column as usize] = place;
            }
            Some(Self {
                table: *table,
                cells: names.len(),
                places,
            })
        })
    }

    /// The words of a column in a row; empty where the table has no such column.
    pub(super) fn cell<'t>(&self, row: &TableRow<'t>, column: Column) -> Cow<'t, str> {
        match self.place(column) {
            Some(place) => row.cell(place),
            None => Cow::Borrowed(""),
        }
    }

    /// Where a column stands.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }
}
