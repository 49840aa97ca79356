//! Reading drafts: one file per input format, and the table of formats.
//!
//! A reader gets a text and gives notes whose words know their way home to the bytes of the file.
//! What is broken becomes a problem with a place; everything else is still read. To add a format,
//! write a reader and give it a row in [`FORMATS`].

mod allow;
mod cells;
mod csv;
mod delimiter;
mod encoding;
mod fill;
mod front_matter;
mod ids;
mod json;
mod json_value;
mod jsonl;
mod keys;
mod names;
mod object;
mod pick;
mod plain;
mod problems;
mod raw;
#[cfg(test)]
mod round_trip;
mod row;
mod spoilt;
mod stream;
mod toml_rows;
mod values;
#[cfg(feature = "files")]
mod xlsx;
mod yaml;

pub use crate::input::allow::Insertion;
pub use crate::input::allow::allow_rule;
pub use crate::input::encoding::decode;
pub use crate::input::encoding::too_large;
pub use crate::input::ids::make_ids_unique;
pub use crate::input::keys::ALIASES;
pub use crate::input::keys::Key;
pub use crate::input::keys::fold_name;
pub use crate::input::problems::PROBLEMS;
pub use fill::fill_front_matter;
pub use fill::fill_rows;
pub use jsonl::read_lines;
pub use pick::Picked;
pub use pick::pick;
pub use stream::TableRow;
pub use stream::read_table;

use crate::diagnostic::Diagnostic;
use crate::note::Note;
use crate::source::Source;
use crate::source::Sources;
use crate::span::FileId;

/// What the user may say about input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputOptions {
    /// The user's own column names, folded by [`fold_name`]. They come before the names in
    /// [`ALIASES`].
    pub columns: Vec<(String, Key)>,
    /// A file with one note that is larger than this is no note.
    pub max_note_file_bytes: u64,
    /// A larger file with many notes is refused.
    pub max_batch_file_bytes: u64,
    /// Rows without a note are read, too: lists of people rather than of drafts.
    pub note_optional: bool,
    /// Words, in lower case, that are no region: a column `state` with one of them tells something else.
    pub no_regions: Vec<String>,
}

impl Default for InputOptions {
    fn default() -> Self {
        Self {
            columns: Vec::new(),
            max_note_file_bytes: 1 << 20,
            // Offsets are four bytes wide.
            max_batch_file_bytes: u64::from(u32::MAX),
            note_optional: false,
            no_regions: Vec::new(),
        }
    }
}

/// What a reader found in one file.
#[derive(Debug, Default)]
pub struct Read {
    /// The notes, in the order of the file.
    pub notes: Vec<Note>,
    /// What is wrong with the file.
    pub problems: Vec<Diagnostic>,
}

/// How a format is read.
#[derive(Clone, Copy, Debug)]
pub enum Reader {
    /// From the text of the file.
    Text(fn(&Source, FileId, &InputOptions) -> Read),
    /// From bytes that are no text. Each note becomes a source of its own, named like the file.
    /// The id is that of an empty source for the file itself, for problems with it.
    Binary(fn(&[u8], &str, FileId, &mut Sources, &InputOptions) -> Read),
}

/// One input format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// The file extensions, in lower case and without the dot.
    pub extensions: &'static [&'static str],
    /// Whether a file holds many notes.
    pub batch: bool,
    /// Whether each row stands on lines of its own, so that bytes which are no text spoil only theirs.
    pub rows: bool,
    /// Whether folders are searched for such files; others are read only when they are named.
    pub searched: bool,
    /// How it is read.
    pub reader: Reader,
}

/// All input formats. The first one is that of a file with an unknown extension.
pub static FORMATS: &[Format] = &[
    Format {
        name: "plain",
        extensions: &["md", "markdown", "txt", "note"],
        batch: false,
        rows: false,
        searched: true,
        reader: Reader::Text(plain::read),
    },
    Format {
        name: "csv",
        extensions: &["csv", "tsv"],
        batch: true,
        rows: true,
        searched: true,
        reader: Reader::Text(csv::read),
    },
    Format {
        name: "json",
        extensions: &["json"],
        batch: true,
        rows: false,
        searched: true,
        reader: Reader::Text(json::read),
    },
    Format {
        name: "jsonl",
        extensions: &["jsonl", "ndjson"],
        batch: true,
        rows: true,
        searched: true,
        reader: Reader::Text(jsonl::read),
    },
    #[cfg(feature = "files")]
    Format {
        name: "xlsx",
        extensions: &["xlsx", "xlsm"],
        batch: true,
        rows: false,
        searched: true,
        reader: Reader::Binary(xlsx::read),
    },
    Format {
        name: "toml",
        extensions: &["toml"],
        batch: true,
        rows: false,
        // Mostly they are somebody's configuration.
        searched: false,
        reader: Reader::Text(toml_rows::read),
    },
];

/// The format of a file name, if its extension is known.
pub fn known_format(name: &str) -> Option<&'static Format> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (_, extension) = file.rsplit_once('.')?;
    FORMATS.iter().find(|format| {
        let mut extensions = format.extensions.iter();
        extensions.any(|known| known.eq_ignore_ascii_case(extension))
    })
}

/// The format of a file name; a plain note if the extension is unknown.
pub fn format_of(name: &str) -> &'static Format {
    known_format(name).unwrap_or(&FORMATS[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_belong_to_one_format() {
        let all: Vec<_> = FORMATS
            .iter()
            .flat_map(|format| format.extensions)
            .collect();
        for (index, extension) in all.iter().enumerate() {
            assert!(!all[..index].contains(extension), "{extension}");
            assert_eq!(extension.to_lowercase(), **extension);
        }
    }

    #[test]
    fn formats_are_told_by_extension() {
        assert_eq!(format_of("a/b.CSV").name, "csv");
        assert_eq!(format_of("a.b/notes").name, "plain");
        assert_eq!(format_of("<stdin>").name, "plain");
        assert!(known_format("a.rs").is_none());
    }
}
