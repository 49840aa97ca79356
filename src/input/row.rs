//! From the keyed values of a row, an object or a front matter to a [`Note`]. All formats meet here.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::input::InputOptions;
use crate::input::keys::Key;
use crate::input::keys::Known;
use crate::input::keys::note_names_help;
use crate::input::names::split_name;
use crate::input::problems;
use crate::input::raw::Home;
use crate::input::raw::Raw;
use crate::input::values::attempt;
use crate::input::values::listed;
use crate::input::values::read_kind;
use crate::input::values::split_allow;
use crate::input::values::split_facts;
use crate::note::Extra;
use crate::note::Field;
use crate::note::Note;
use crate::source::Source;
use crate::span::FileId;
use crate::span::Span;
use crate::span::Spanned;
use crate::text::SharedStr;

/// One value of a row with its name.
#[derive(Debug)]
pub(super) struct Cell<'a> {
    /// The name as written.
    pub(super) name: SharedStr,
    /// What the name means.
    pub(super) known: Option<Known>,
    /// What stands there.
    pub(super) value: Value<'a>,
}

/// What can stand in a cell.
#[derive(Debug)]
pub(super) enum Value<'a> {
    /// Words, a number, or nothing.
    One(Raw<'a>),
    /// A list of those.
    Many(Vec<Raw<'a>>),
    /// Something nested that means nothing here, as it stands in the file.
    Other(Raw<'a>),
}

impl Value<'_> {
    /// Whether there is nothing but white space in it.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Value::One(raw) => raw.is_blank(),
            Value::Many(items) => items.iter().all(Raw::is_blank),
            Value::Other(_) => false,
        }
    }
}

/// What all rows of a file share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    /// The file's name.
    pub(super) name: &'a str,
    /// Its number.
    pub(super) file: FileId,
    /// Its text, if the places of values are bytes of it.
    pub(super) text: Option<&'a Arc<String>>,
    /// The user's columns and limits.
    pub(super) options: &'a InputOptions,
}

impl<'a> Context<'a> {
    /// For a file whose whole text is at hand.
    pub(super) fn new(source: &'a Source, file: FileId, options: &'a InputOptions) -> Self {
        Self {
            name: &source.name,
            file,
            text: Some(&source.text),
            options,
        }
    }

    /// Where values stand.
    pub(super) fn home(&self) -> Home<'a> {
        Home {
            file: self.file,
            text: self.text,
        }
    }

    /// A span in the file.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }
}

/// Where a row stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Its line, from 1.
    pub(super) line: u32,
    /// All of it.
    pub(super) whole: Range<usize>,
}

/// The best cell for every key.
struct Chosen<'c, 'a> {
    cells: &'c [Cell<'a>],
    best: [Option<usize>; Key::COUNT],
    home: Home<'c>,
}

impl<'c, 'a> Chosen<'c, 'a> {
    /// Of several cells for one key, the first name in the table with a value wins.
    fn new(cells: &'c [Cell<'a>], home: Home<'c>, options: &InputOptions) -> Self {
        let mut best: [Option<usize>; Key::COUNT] = [None; Key::COUNT];
        for (index, cell) in cells.iter().enumerate() {
            let Some(known) = cell.known else { continue };
            if known.key == Key::Region && is_no_region(&cell.value, options) {
                continue;
            }
            let slot = &mut best[known.key as usize];
            let order = |at: usize| {
                let rank = cells[at].known.map_or(u16::MAX, |known| known.rank);
                (cells[at].value.is_blank(), rank)
            };
            if slot.is_none_or(|held| order(index) < order(held)) {
                *slot = Some(index);
            }
        }
        Self { cells, best, home }
    }

    fn get(&self, key: Key) -> Option<&'c Value<'a>> {
        self.best[key as usize].map(|index| &self.cells[index].value)
    }

    fn one(&self, key: Key) -> Option<&'c Raw<'a>> {
        match self.get(key)? {
            Value::One(raw) => Some(raw),
            Value::Many(_) | Value::Other(_) => None,
        }
    }

    fn field(&self, key: Key) -> Field {
        self.one(key)?.spanned(self.home).map(Box::new)
    }

    /// The parts of all lists for a key, and of words that hold a list: a spreadsheet may have one
    /// column for posts and another for mutual contacts.
    fn list(&self, key: Key, split: fn(&str) -> Vec<Range<usize>>) -> Box<[Spanned<SharedStr>]> {
        if self.best[key as usize].is_none() {
            return Box::default();
        }
        let mut list = Vec::new();
        let is_ours = |cell: &&Cell<'_>| cell.known.is_some_and(|known| known.key == key);
        for cell in self.cells.iter().filter(is_ours) {
            let items = match &cell.value {
                Value::One(raw) => std::slice::from_ref(raw),
                Value::Many(items) => items.as_slice(),
                Value::Other(_) => continue,
            };
            for item in items {
                let text = item.text(self.home);
                for range in split(text.as_str()) {
                    let words = text.words().part(range.clone());
                    list.push(Spanned::new(words, text.span(range)));
                }
            }
        }
        list.into()
    }
}

/// Whether a cell of a region says something else.
fn is_no_region(value: &Value<'_>, options: &InputOptions) -> bool {
    let Value::One(raw) = value else { return false };
    if options.no_regions.is_empty() {
        return false;
    }
    let text = raw.text(Home::default());
    options.no_regions.contains(&text.as_str().to_lowercase())
}

/// Makes the note of a row. A row without any column for the note is a problem and no note; a row
/// with an empty one is a note without words.
pub(super) fn note_from(
    cells: &[Cell<'_>],
    place: &Place,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Note> {
    let chosen = Chosen::new(cells, context.home(), context.options);
    let nothing = Value::One(Raw::plain("", place.whole.start));
    let value = chosen.get(Key::Note);
    let value = value.or_else(|| context.options.note_optional.then_some(&nothing));
    let Some(value) = value else {
        let names = cells.iter().map(|cell| &*cell.name);
        found.push(
            problems::error(
                problems::NO_NOTE_COLUMN,
                context.span(place.whole.clone()),
                format!("there is no note here; found {}", listed(names.clone())),
            )
            .helped(note_names_help(names)),
        );
        return None;
    };
    let Value::One(raw) = value else {
        found.push(problems::error(
            problems::BROKEN_ROW,
            context.span(value_range(value, place)),
            "the note must be a text, not a list or an object",
        ));
        return None;
    };
    let mut note = Note::new(String::new(), place.line, raw.text(context.home()));
    note.row = context.span(place.whole.clone());
    match chosen
        .one(Key::Id)
        .and_then(|raw| raw.spanned(context.home()))
    {
        Some(id) => {
            note.id_span = Some(id.span);
            note.id = id.value;
        }
        None => note.id = format!("{}:{}", context.name, place.line).into(),
    }
    fill_recipient(&mut note, &chosen);
    note.send_at = chosen.field(Key::SendAt);
    note.priority = chosen.field(Key::Priority);
    note.language = chosen.field(Key::Language);
    note.facts = chosen.list(Key::Facts, split_facts);
    note.allow = chosen.list(Key::Allow, split_allow);
    note.attempt = attempt(chosen.field(Key::Attempt), found);
    let kind = chosen.field(Key::Kind);
    let kind_is_ours = read_kind(kind.as_deref(), &mut note.kind, found);
    note.extra = extra(&chosen, kind_is_ours);
    Some(note)
}

fn fill_recipient(note: &mut Note, chosen: &Chosen<'_, '_>) {
    let recipient = &mut note.recipient;
    recipient.first_name = chosen.field(Key::FirstName);
    recipient.last_name = chosen.field(Key::LastName);
    recipient.profile = chosen.field(Key::Profile);
    // `to` may hold a name or an address.
    let full_name = chosen.one(Key::FullName);
    let address = full_name.filter(|raw| is_address(&raw.words));
    if recipient.profile.is_none() {
        recipient.profile = address
            .and_then(|raw| raw.spanned(chosen.home))
            .map(Box::new);
    }
    if recipient.first_name.is_none()
        && address.is_none()
        && let Some(raw) = full_name
    {
        let text = raw.text(chosen.home);
        let (first, last) = split_name(text.as_str());
        let part = |range: Range<usize>| {
            let words = text.words().part(range.clone());
            (!words.is_empty()).then(|| Box::new(Spanned::new(words, text.span(range))))
        };
        recipient.first_name = part(first);
        if recipient.last_name.is_none() {
            recipient.last_name = part(last);
        }
    }
    recipient.title = chosen
        .field(Key::Title)
        .or_else(|| chosen.field(Key::Headline));
    recipient.company = chosen.field(Key::Company);
    recipient.industry = chosen.field(Key::Industry);
    recipient.location = chosen.field(Key::Location).or_else(|| {
        let parts = [Key::City, Key::Region, Key::Country].map(|key| chosen.field(key));
        let mut parts = parts.into_iter().flatten();
        let mut place = parts.next()?;
        for part in parts {
            place.value = format!("{}, {}", place.value, part.value).into();
        }
        Some(place)
    });
    recipient.timezone = chosen.field(Key::Timezone);
}

/// Whether words are the address of a page rather than a name.
fn is_address(words: &str) -> bool {
    // JSON may write a slash as `\/`.
    ["://", ":\\/\\/", "linkedin.com"]
        .iter()
        .any(|part| words.contains(part))
        || words.trim().starts_with("www.")
}

/// What means nothing to this program, or was not chosen.
fn extra(chosen: &Chosen<'_, '_>, kind_is_ours: bool) -> Box<[Extra]> {
    let mut extra = Vec::new();
    for (index, cell) in chosen.cells.iter().enumerate() {
        let used = cell.known.is_some_and(|known| {
            let is_list = matches!(known.key, Key::Facts | Key::Allow);
            (is_list || chosen.best[known.key as usize] == Some(index))
                && (known.key != Key::Kind || kind_is_ours)
                && !matches!(cell.value, Value::Other(_))
        });
        if used || cell.name.is_empty() {
            continue;
        }
        match &cell.value {
            Value::One(raw) | Value::Other(raw) => {
                extra.extend(
                    raw.spanned(chosen.home)
                        .map(|value| (cell.name.clone(), value)),
                );
            }
            Value::Many(items) => {
                let items = items.iter().filter_map(|raw| raw.spanned(chosen.home));
                extra.extend(items.map(|value| (cell.name.clone(), value)));
            }
        }
    }
    extra.into()
}

fn value_range(value: &Value<'_>, place: &Place) -> Range<usize> {
    match value {
        Value::One(raw) | Value::Other(raw) => raw.at.clone(),
        Value::Many(items) => match (items.first(), items.last()) {
            (Some(first), Some(last)) => first.at.start..last.at.end,
            _ => place.whole.clone(),
        },
    }
}
