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
            let pack = pack::read(text, file, name, &mut found);
            (
                Pack {
                    builtin: true,
                    ..pack
                },
                found,
            )
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
        let packs = builtin(&mut Sources::default(), &mut problems);
        assert!(problems.found.is_empty(), "{:#?}", problems.found);
        assert!(packs.iter().all(|pack| !pack.description.is_empty()));
    }
}
