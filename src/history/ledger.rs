//! The user's own ledger: what LinkedIn's export cannot tell.

use jiff::tz::TimeZone;

use crate::history::Moment;
use crate::history::Person;
use crate::history::Place;
use crate::history::Written;
use crate::history::read_moment;
use crate::note::Note;
use crate::note::field_str;
use crate::text::Text;

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// No answer yet.
    Pending,
    /// Accepted.
    Accepted,
    /// Declined.
    Declined,
    /// Taken back.
    Withdrawn,
    /// Cancelled by LinkedIn.
    Expired,
}

impl Status {
    /// The name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }

    /// From the word in a ledger.
    pub fn read(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        let found = STATUS_WORDS.iter().find(|(known, _)| *known == word);
        found.map(|(_, status)| *status)
    }
}

/// The words for what became of an invitation, in lower case.
pub const STATUS_WORDS: [(&str, Status); 18] = [
    ("pending", Status::Pending),
    ("sent", Status::Pending),
    ("open", Status::Pending),
    ("waiting", Status::Pending),
    ("unanswered", Status::Pending),
    ("accepted", Status::Accepted),
    ("connected", Status::Accepted),
    ("yes", Status::Accepted),
    ("declined", Status::Declined),
    ("ignored", Status::Declined),
    ("rejected", Status::Declined),
    ("refused", Status::Declined),
    ("no", Status::Declined),
    ("withdrawn", Status::Withdrawn),
    ("retracted", Status::Withdrawn),
    ("cancelled", Status::Withdrawn),
    ("canceled", Status::Withdrawn),
    ("expired", Status::Expired),
];

/// How much a contact matters: the guide's three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Industry leaders, potential collaborators.
    High,
    /// Colleagues, peers in the field.
    Medium,
    /// Broad networking.
    Low,
}

impl Priority {
    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// From a word.
    pub fn read(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "high" | "1" | "a" => Some(Self::High),
            "medium" | "mid" | "2" | "b" => Some(Self::Medium),
            "low" | "3" | "c" => Some(Self::Low),
            _ => None,
        }
    }
}

/// A row of the ledger. What it leaves out is not known.
#[derive(Clone, Debug)]
pub struct LedgerRow {
    /// Who was invited.
    pub person: Person,
    /// When.
    pub sent: Option<Written>,
    /// What became of it.
    pub status: Option<Status>,
    /// When it was taken back.
    pub withdrawn: Option<Written>,
    /// How much the contact matters.
    pub priority: Option<Priority>,
    /// When they last posted, commented or liked something.
    pub last_activity: Option<Written>,
    /// Whether their profile is complete.
    pub profile_complete: Option<bool>,
    /// Whether they still fit the user's goals.
    pub aligned: Option<bool>,
    /// Industry.
    pub industry: Option<Box<str>>,
    /// The recipient's time zone, if the row tells it or a place that does.
    pub zone: Option<TimeZone>,
    /// The note that went with it.
    pub note: Option<Text>,
    /// Where it stands.
    pub place: Place,
}

/// The columns of a ledger besides those of drafts: what users call them, in the form of
/// `input::fold_name`.
pub const LEDGER_COLUMNS: [(&str, &[&str]); 6] = [
    (
        "sent",
        &[
            "sent",
            "senton",
            "sentat",
            "datesent",
            "invited",
            "invitedon",
        ],
    ),
    ("status", &["status", "state", "outcome", "result"]),
    (
        "withdrawn",
        &["withdrawn", "withdrawnon", "withdrawnat", "datewithdrawn"],
    ),
    (
        "last_activity",
        &["lastactivity", "lastactive", "lastpost", "active"],
    ),
    ("profile_complete", &["profilecomplete", "complete"]),
    ("aligned", &["aligned", "fits", "relevant"]),
];

/// Reads a row that came in as a note; nothing for one that does not say who it is about; `fold` makes names of columns comparable, `zone_of` finds the
/// recipient's time zone.
///
/// # Errors
/// What cannot be read, in plain words.
pub fn ledger_row(
    note: &Note,
    place: Place,
    fold: &dyn Fn(&str) -> String,
    zone_of: &mut dyn FnMut(&Note) -> Option<TimeZone>,
) -> Result<Option<LedgerRow>, String> {
    let value = |key: &str| -> Option<&str> {
        let (_, names) = LEDGER_COLUMNS.iter().find(|(known, _)| *known == key)?;
        let mut extra = note.extra.iter();
        let (_, value) = extra.find(|(name, _)| names.contains(&fold(name).as_str()))?;
        Some(value.value.trim()).filter(|value| !value.is_empty())
    };
    let moment = |key: &str, text: Option<&str>| -> Result<Option<Written>, String> {
        let Some(text) = text else { return Ok(None) };
        match read_moment(text) {
            Some(written) => Ok(Some(written)),
            None => Err(format!("`{key}` is no date: write 2026-02-08")),
        }
    };
    let boolean = |key: &str| -> Result<Option<bool>, String> {
        match value(key).map(str::to_lowercase).as_deref() {
            None => Ok(None),
            Some("yes" | "true" | "y" | "1" | "x") => Ok(Some(true)),
            Some("no" | "false" | "n" | "0") => Ok(Some(false)),
            Some(_) => Err(format!("`{key}` is neither yes nor no")),
        }
    };
    let status = match value("status") {
        None => None,
        Some(word) => Some(
            Status::read(word)
                .ok_or("`status` is none of pending, accepted, declined, withdrawn, expired")?,
        ),
    };
    let person = Person::of(&note.recipient);
    if person.is_nobody() {
        return Ok(None);
    }
    let sent = match value("sent") {
        Some(text) => moment("sent", Some(text))?,
        None => moment("sent", field_str(&note.send_at))?,
    };
    let priority = match field_str(&note.priority) {
        None => None,
        Some(word) => Some(Priority::read(word).ok_or("`priority` is none of high, medium, low")?),
    };
    let withdrawn = moment("withdrawn", value("withdrawn"))?;
    Ok(Some(LedgerRow {
        person,
        sent,
        status: status.or(withdrawn.map(|_| Status::Withdrawn)),
        withdrawn,
        priority,
        last_activity: moment("last_activity", value("last_activity"))?,
        profile_complete: boolean("profile_complete")?,
        aligned: boolean("aligned")?,
        industry: field_str(&note.recipient.industry).map(Into::into),
        zone: zone_of(note),
        note: (!note.text.as_str().is_empty()).then(|| note.text.clone()),
        place,
    }))
}

impl LedgerRow {
    /// A row that says nothing yet.
    pub fn new(place: Place) -> Self {
        Self {
            person: Person::default(),
            sent: None,
            status: None,
            withdrawn: None,
            priority: None,
            last_activity: None,
            profile_complete: None,
            aligned: None,
            industry: None,
            zone: None,
            note: None,
            place,
        }
    }

    /// Whether two rows say the same, wherever they stand.
    pub(super) fn says_what(&self, other: &Self) -> bool {
        let words = |row: &Self| row.note.as_ref().map(|note| note.as_str().to_owned());
        self.person == other.person
            && self.sent == other.sent
            && self.status == other.status
            && self.withdrawn == other.withdrawn
            && self.priority == other.priority
            && self.last_activity == other.last_activity
            && self.profile_complete == other.profile_complete
            && self.aligned == other.aligned
            && self.industry == other.industry
            && self.zone == other.zone
            && words(self) == words(other)
    }

    /// When the invitation was sent.
    pub fn sent_at(&self, zone: Option<&TimeZone>) -> Option<Moment> {
        Moment::new(self.sent?, zone)
    }
}
