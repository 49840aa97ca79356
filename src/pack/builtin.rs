//! The packs that are part of the program.

use crate::pack;
use crate::pack::Pack;
use crate::source::Source;
use crate::source::Sources;
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
    "strict"
);

/// Reads the built-in packs. Their files become sources like any other, so that what is said about
/// a rule can point at it.
pub fn builtin(sources: &mut Sources, problems: &mut Problems) -> Vec<Pack> {
    BUILTIN
        .iter()
        .map(|(name, text)| {
            let file = sources.add(Source::new(
                format!("rules/{name}.toml"),
                (*text).to_owned(),
            ));
            Pack {
                builtin: true,
                ..pack::read(text, file, name, problems)
            }
        })
        .collect()
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
