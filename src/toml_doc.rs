//! TOML with places: tables whose keys and values remember where they were written.
//!
//! A reader takes the keys it knows; [`Table::finish`] reports what is left over with "did you
//! mean". So every unknown key, wrong type and missing key is found in one pass, each with its
//! place, and tables can be laid over each other without losing where a value came from.
//! Knows nothing of which keys there are.

mod asked;
mod learn;

pub use asked::Taken;
pub use learn::Key;
pub use learn::Shape;
pub use learn::learn;

use toml::de::DeTable;
use toml::de::DeValue;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::span::FileId;
use crate::span::Span;
use crate::span::Spanned;
use crate::toml_doc::asked::Asked;

/// A TOML value.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A list.
    Array(Vec<Spanned<Value>>),
    /// A table.
    Table(Table),
    /// A date or time, as written.
    Datetime(String),
}

impl Value {
    /// What to call it in a message.
    fn kind(&self) -> &'static str {
        match self {
            Self::String(_) => "text",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Boolean(_) => "true or false",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
            Self::Datetime(_) => "a date",
        }
    }

    /// Whether it says the same, wherever it is written.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::String(one), Self::String(two)) | (Self::Datetime(one), Self::Datetime(two)) => {
                one == two
            }
            (Self::Integer(one), Self::Integer(two)) => one == two,
            (Self::Float(one), Self::Float(two)) => one == two,
            (Self::Boolean(one), Self::Boolean(two)) => one == two,
            (Self::Array(one), Self::Array(two)) => {
                let mut pairs = one.iter().zip(two);
                one.len() == two.len() && pairs.all(|(one, two)| one.value.same(&two.value))
            }
            (Self::Table(one), Self::Table(two)) => {
                let mut entries = one.entries.iter();
                one.entries.len() == two.entries.len()
                    && entries.all(|(key, value)| {
                        let mut others = two.entries.iter();
                        others.any(|(name, other)| {
                            name.value == key.value && value.value.same(&other.value)
                        })
                    })
            }
            _ => false,
        }
    }
}

/// A table with the places of its keys and values.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Where the table's head is.
    pub span: Span,
    entries: Vec<(Spanned<String>, Spanned<Value>)>,
    /// What readers asked for, so that the rest can be reported.
    asked: Asked,
}

/// What is wrong in a file, and the name under which it is reported.
#[derive(Debug)]
pub struct Problems {
    rule: &'static str,
    /// The problems so far.
    pub found: Vec<Diagnostic>,
}

impl Problems {
    /// No problems yet. `rule` names them: `configuration`, `rule-pack`.
    pub fn new(rule: &'static str) -> Self {
        Self {
            rule,
            found: Vec::new(),
        }
    }

    /// Adds an error at a place.
    pub fn error(&mut self, span: Span, message: impl Into<Box<str>>) -> &mut Diagnostic {
        self.add(Severity::Error, span, message)
    }

    /// Adds a problem at a place.
    pub fn add(
        &mut self,
        severity: Severity,
        span: Span,
        message: impl Into<Box<str>>,
    ) -> &mut Diagnostic {
        self.found
            .push(Diagnostic::problem(self.rule, severity, span, message));
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.found
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    }
}

/// Reads a TOML text. After a syntax error the parser's later complaints are echoes: only the
/// first is reported.
pub fn parse(text: &str, file: FileId, problems: &mut Problems) -> Table {
    let (table, errors) = DeTable::parse_recoverable(text);
    if let Some(error) = errors.first() {
        let span = Span::new(file, error.span().unwrap_or(0..0));
        problems.error(span, format!("this is not valid TOML: {}", error.message()));
    }
    convert_table(table.get_ref(), Span::new(file, table.span()), file)
}

fn convert_table(table: &DeTable<'_>, span: Span, file: FileId) -> Table {
    let entries = table
        .iter()
        .map(|(key, value)| {
            let key = Spanned::new(key.get_ref().to_string(), Span::new(file, key.span()));
            (key, convert(value, file))
        })
        .collect();
    Table {
        span,
        entries,
        asked: Asked::default(),
    }
}

fn convert(value: &toml::Spanned<DeValue<'_>>, file: FileId) -> Spanned<Value> {
    let span = Span::new(file, value.span());
    let value = match value.get_ref() {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(
                |_| Value::String(number.as_str().to_owned()),
                Value::Integer,
            ),
        DeValue::Float(number) => number
            .as_str()
            .parse()
            .map_or_else(|_| Value::String(number.as_str().to_owned()), Value::Float),
        DeValue::Boolean(flag) => Value::Boolean(*flag),
        DeValue::Datetime(moment) => Value::Datetime(moment.to_string()),
        DeValue::Array(items) => {
            Value::Array(items.iter().map(|item| convert(item, file)).collect())
        }
        DeValue::Table(table) => Value::Table(convert_table(table, span, file)),
    };
    Spanned::new(value, span)
}

impl Table {
    /// Keys with their places, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.entries.iter().map(|(key, _)| key)
    }

    /// Keys and values, in the order of the file. Does not mark them as asked for.
    pub fn entries(&self) -> impl Iterator<Item = (&Spanned<String>, &Spanned<Value>)> {
        self.asked.note(|record| record.open = true);
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of a key, which then counts as known.
    pub fn value(&self, key: &'static str) -> Option<&Spanned<Value>> {
        self.take(key, Taken::Any)
    }

    /// The value of a key for a reader that takes a certain kind of values.
    fn take(&self, key: &'static str, taken: Taken) -> Option<&Spanned<Value>> {
        self.asked.add(key, taken);
        self.entries
            .iter()
            .find(|(name, _)| name.value == key)
            .map(|(_, value)| value)
    }

    /// Where a key is written, or the table's head.
    pub fn span_of(&self, key: &str) -> Span {
        self.entries
            .iter()
            .find(|(name, _)| name.value == key)
            .map_or(self.span, |(name, _)| name.span)
    }

    /// Takes a text.
    pub fn string(&self, key: &'static str, problems: &mut Problems) -> Option<Spanned<&str>> {
        self.text(key, Taken::Text, problems)
    }

    fn text(
        &self,
        key: &'static str,
        taken: Taken,
        problems: &mut Problems,
    ) -> Option<Spanned<&str>> {
        let value = self.take(key, taken)?;
        match &value.value {
            Value::String(text) => Some(Spanned::new(text.as_str(), value.span)),
            other => wrong(key, "text", other, value.span, problems),
        }
    }

    /// Takes a text, or a whole number for its digits.
    pub fn digits(&self, key: &'static str, problems: &mut Problems) -> Option<String> {
        let value = self.take(key, Taken::TextOrInteger)?;
        match &value.value {
            Value::String(text) => Some(text.clone()),
            Value::Integer(number) => Some(number.to_string()),
            other => wrong(key, "text", other, value.span, problems),
        }
    }

    /// Takes a whole number.
    pub fn integer(&self, key: &'static str, problems: &mut Problems) -> Option<Spanned<i64>> {
        self.whole(key, Taken::Integer, problems)
    }

    fn whole(
        &self,
        key: &'static str,
        taken: Taken,
        problems: &mut Problems,
    ) -> Option<Spanned<i64>> {
        let value = self.take(key, taken)?;
        match &value.value {
            Value::Integer(number) => Some(Spanned::new(*number, value.span)),
            other => wrong(key, "a whole number", other, value.span, problems),
        }
    }

    /// Takes a whole number that is not negative.
    pub fn count(&self, key: &'static str, problems: &mut Problems) -> Option<Spanned<u32>> {
        let number = self.whole(key, Taken::Count, problems)?;
        match u32::try_from(number.value) {
            Ok(count) => Some(Spanned::new(count, number.span)),
            Err(_) => {
                problems.error(number.span, format!("`{key}` must be 0 or more"));
                None
            }
        }
    }

    /// Takes a number, with or without a fraction.
    pub fn number(&self, key: &'static str, problems: &mut Problems) -> Option<Spanned<f64>> {
        let value = self.take(key, Taken::Number)?;
        match &value.value {
            Value::Integer(number) => Some(Spanned::new(*number as f64, value.span)),
            Value::Float(number) => Some(Spanned::new(*number, value.span)),
            other => wrong(key, "a number", other, value.span, problems),
        }
    }

    /// Takes `true` or `false`.
    pub fn boolean(&self, key: &'static str, problems: &mut Problems) -> Option<Spanned<bool>> {
        let value = self.take(key, Taken::Boolean)?;
        match &value.value {
            Value::Boolean(flag) => Some(Spanned::new(*flag, value.span)),
            other => wrong(key, "true or false", other, value.span, problems),
        }
    }

    /// Takes a table.
    pub fn table(&self, key: &'static str, problems: &mut Problems) -> Option<&Table> {
        let value = self.take(key, Taken::Table)?;
        match &value.value {
            Value::Table(table) => Some(table),
            other => wrong(key, "a table", other, value.span, problems),
        }
    }

    /// Takes a list of texts; a single text counts as a list of one.
    pub fn strings(&self, key: &'static str, problems: &mut Problems) -> Vec<Spanned<&str>> {
        let Some(value) = self.take(key, Taken::Texts) else {
            return Vec::new();
        };
        match &value.value {
            Value::String(text) => vec![Spanned::new(text.as_str(), value.span)],
            Value::Array(items) => items
                .iter()
                .filter_map(|item| text_of(key, item, problems))
                .collect(),
            other => {
                wrong::<()>(key, "a list of texts", other, value.span, problems);
                Vec::new()
            }
        }
    }

    /// Takes a list of anything.
    pub fn array(&self, key: &'static str, problems: &mut Problems) -> &[Spanned<Value>] {
        match self.take(key, Taken::List) {
            None => &[],
            Some(Spanned {
                value: Value::Array(items),
                ..
            }) => items,
            Some(other) => {
                wrong::<()>(key, "a list", &other.value, other.span, problems);
                &[]
            }
        }
    }

    /// Takes one of several words.
    pub fn choice<T: Copy>(
        &self,
        key: &'static str,
        choices: &[(&'static str, T)],
        problems: &mut Problems,
    ) -> Option<Spanned<T>> {
        let names: Vec<&'static str> = choices.iter().map(|(name, _)| *name).collect();
        let word = self.text(key, Taken::Choice(names.clone()), problems)?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == word.value) {
            return Some(Spanned::new(*value, word.span));
        }
        problems
            .error(
                word.span,
                format!("`{}` is not a value of `{key}`", word.value),
            )
            .help = Some(suggestion(word.value, &names).into());
        None
    }

    /// Reports that a key is missing.
    pub fn require(&self, key: &str, problems: &mut Problems) {
        self.asked.note(|record| record.missed.push(key.to_owned()));
        problems.error(self.span, format!("`{key}` is missing here"));
    }

    /// Reports every key that no reader asked for, with the nearest known one.
    pub fn finish(&self, problems: &mut Problems) {
        let asked = self.asked.names();
        for (key, _) in &self.entries {
            if !asked.contains(&key.value.as_str()) {
                problems
                    .error(key.span, format!("unknown key `{}`", key.value))
                    .help = Some(suggestion(&key.value, &asked).into());
            }
        }
    }

    /// Puts in a value that stands nowhere.
    fn put(&mut self, key: &str, value: Value) {
        let key = Spanned::new(key.to_owned(), Span::default());
        self.entries
            .push((key, Spanned::new(value, Span::default())));
    }

    /// This table without the values of some keys.
    pub fn without(&self, keys: &[&str]) -> Table {
        let kept =
            |(key, _): &&(Spanned<String>, Spanned<Value>)| !keys.contains(&key.value.as_str());
        Table {
            span: self.span,
            entries: self.entries.iter().filter(kept).cloned().collect(),
            asked: Asked::default(),
        }
    }

    /// This table with the values of another put in place of its own. Places go with the values.
    pub fn overlaid(&self, over: &Table) -> Table {
        let mut entries = self.entries.clone();
        for (key, value) in &over.entries {
            match entries
                .iter_mut()
                .find(|(known, _)| known.value == key.value)
            {
                Some(entry) => *entry = (key.clone(), value.clone()),
                None => entries.push((key.clone(), value.clone())),
            }
        }
        Table {
            span: self.span,
            entries,
            asked: Asked::default(),
        }
    }
}

/// The text of one item of a list.
fn text_of<'a>(
    key: &str,
    item: &'a Spanned<Value>,
    problems: &mut Problems,
) -> Option<Spanned<&'a str>> {
    match &item.value {
        Value::String(text) => Some(Spanned::new(text.as_str(), item.span)),
        other => wrong(key, "text", other, item.span, problems),
    }
}

fn wrong<T>(
    key: &str,
    expected: &str,
    got: &Value,
    span: Span,
    problems: &mut Problems,
) -> Option<T> {
    problems.error(
        span,
        format!("`{key}` must be {expected}, this is {}", got.kind()),
    );
    None
}

/// "did you mean" for a word, or the list of what is known.
///
/// A known word is near when at most one letter in three differs (Damerau-Levenshtein) and the
/// beginnings agree (Jaro-Winkler 0.8 or more): both were tried on misspelt keys.
pub fn suggestion<S: AsRef<str>>(word: &str, known: &[S]) -> String {
    if let Some(best) = nearest(word, known) {
        return format!("did you mean `{best}`?");
    }
    let mut names: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    names.sort_unstable();
    const MOST: usize = 24;
    let more = if names.len() > MOST { ", ..." } else { "" };
    names.truncate(MOST);
    format!("known here: {}{more}", names.join(", "))
}

/// The known word that a misspelt one was probably meant to be.
pub fn nearest<'a, S: AsRef<str>>(word: &str, known: &'a [S]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let most = (word.chars().count() / 3).max(1);
    known
        .iter()
        .map(|name| {
            (
                strsim::damerau_levenshtein(&word, &name.as_ref().to_lowercase()),
                name.as_ref(),
            )
        })
        .filter(|(distance, name)| *distance <= most && strsim::jaro_winkler(&word, name) >= 0.8)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Table, Problems) {
        let mut problems = Problems::new("configuration");
        let table = parse(text, FileId(0), &mut problems);
        (table, problems)
    }

    #[test]
    fn an_unknown_key_is_reported_with_its_place_and_the_nearest_known_one() {
        let (table, mut problems) = read("level = 1\nmax-lenght = 2\n");
        assert_eq!(table.integer("level", &mut problems).unwrap().value, 1);
        assert!(table.integer("max-length", &mut problems).is_none());
        table.finish(&mut problems);
        assert_eq!(problems.found.len(), 1);
        assert_eq!(problems.found[0].span().range(), 10..20);
        assert_eq!(
            problems.found[0].help.as_deref(),
            Some("did you mean `max-length`?")
        );
    }

    #[test]
    fn a_wrong_type_is_reported_at_the_value() {
        let (table, mut problems) = read("a = \"x\"");
        assert!(table.integer("a", &mut problems).is_none());
        assert_eq!(problems.found[0].span().range(), 4..7);
        assert_eq!(
            &*problems.found[0].message,
            "`a` must be a whole number, this is text"
        );
    }

    #[test]
    fn only_the_first_syntax_error_is_reported() {
        let (_, problems) = read("a = [1, 2\nb = 3\nc = \n");
        assert_eq!(problems.found.len(), 1);
    }

    #[test]
    fn an_overlaid_value_points_to_where_it_was_written() {
        let (base, _) = read("a = 1\nb = 2\n");
        let (over, mut problems) = read("\n\nb = 30\n");
        let merged = base.overlaid(&over);
        let value = merged.integer("b", &mut problems).unwrap();
        assert_eq!((value.value, value.span.range()), (30, 6..8));
    }
}
