//! The packs that are part of the program.

use rayon::prelude::*;

use crate::pack;
use crate::pack::Pack;
use crate::source::Source;
use crate::source::Sources;
use crate::span::FileId;
use crate::toml_doc::Problems;

macro_rules! built_in {
    ($($name:literal),+ $(,)?) => {
        /// Name and text of every built-in pack; each is a file of `rules/`.
        pub const BUILTIN: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../rules/", $name, ".toml")))),+];
    };
}

built_in!(
    "formula",
    "reference",
    "reason",
    "value",
    "pitch",
    "placeholder",
    "limits",
    "recipient",
    "wording",
    "similarity",
    "schedule",
    "history",
    "strict"
);

/// Code and text of the packs that say the rules in another language; each is a file of `rules/languages/`.
const LANGUAGES: &[(&str, &str)] = &[
    ("de", include_str!("../../rules/languages/de.toml")),
    ("es", include_str!("../../rules/languages/es.toml")),
    ("fr", include_str!("../../rules/languages/fr.toml")),
];

/// The languages of the built-in packs besides English, by their codes.
pub fn languages() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|(code, _)| *code)
}

/// The file of a pack that is read without one. Nothing that is shown may point into it.
pub const UNSEEN: FileId = FileId(u32::MAX);

/// Reads the built-in pack of a language, without a file to point at: a test has shown that it has no
/// fault.
pub fn in_language(code: &str) -> Option<Pack> {
    let (code, text) = LANGUAGES.iter().find(|(known, _)| *known == code)?;
    Some(read_builtin(
        code,
        text,
        UNSEEN,
        &mut Problems::new("rule-pack"),
    ))
}

/// Reads the built-in packs of all languages besides English, to list or test what they hold.
pub fn in_languages(sources: &mut Sources, problems: &mut Problems) -> Vec<Pack> {
    let read = |(code, text): &(&str, &str)| {
        let name = format!("rules/languages/{code}.toml");
        let file = sources.add(Source::new(name, (*text).to_owned()));
        read_builtin(code, text, file, problems)
    };
    LANGUAGES.iter().map(read).collect()
}

fn read_builtin(name: &str, text: &str, file: FileId, problems: &mut Problems) -> Pack {
    Pack {
        builtin: true,
        ..pack::read(text, file, name, problems)
    }
}

/// Reads the built-in packs. Their files become sources like any other, so that what is said about
/// a rule can point at it.
pub fn builtin(sources: &mut Sources, problems: &mut Problems) -> Vec<Pack> {
    let files: Vec<FileId> = BUILTIN
        .iter()
        .map(|(name, text)| {
            sources.add(Source::new(
                format!("rules/{name}.toml"),
                (*text).to_owned(),
            ))
        })
        .collect();
    let read: Vec<(Pack, Problems)> = BUILTIN
        .par_iter()
        .zip(files)
        .map(|((name, text), file)| {
            let mut found = Problems::new("rule-pack");
            (read_builtin(name, text, file, &mut found), found)
        })
        .collect();
    let mut packs = Vec::with_capacity(read.len());
    for (pack, mut found) in read {
        packs.push(pack);
        problems.found.append(&mut found.found);
    }
    packs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_packs_are_without_fault() {
        let mut problems = Problems::new("rule-pack");
        let mut sources = Sources::default();
        let mut packs = builtin(&mut sources, &mut problems);
        let others = in_languages(&mut sources, &mut problems);
        for (pack, code) in others.iter().zip(languages()) {
            assert_eq!(pack.language.as_deref(), Some(code));
        }
        packs.extend(others);
        assert!(problems.found.is_empty(), "{:#?}", problems.found);
        assert!(packs.iter().all(|pack| !pack.description.is_empty()));
    }
}
