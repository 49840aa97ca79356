//! Globs for files, as people know them from `.gitignore`: `archive`, `drafts/*.md`, `**/old/`.

use std::path::Path;
use std::path::PathBuf;

use globset::GlobBuilder;
use globset::GlobSet;
use globset::GlobSetBuilder;

use crate::span::Spanned;
use crate::toml_doc::Problems;

/// Globs and the folder that they are told from.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    folder: PathBuf,
    /// As written.
    pub written: Vec<Spanned<String>>,
    set: GlobSet,
}

impl Globs {
    /// Reads globs. Those that cannot be read are reported and left out.
    pub fn new(folder: &Path, written: Vec<Spanned<String>>, problems: &mut Problems) -> Self {
        let mut builder = GlobSetBuilder::new();
        for glob in &written {
            for pattern in patterns(&glob.value) {
                match GlobBuilder::new(&pattern).literal_separator(true).build() {
                    Ok(pattern) => drop(builder.add(pattern)),
                    Err(error) => {
                        let message = format!("this glob cannot be read: {}", error.kind());
                        problems.error(glob.span, message);
                        break;
                    }
                }
            }
        }
        let set = builder.build().unwrap_or_default();
        Self {
            folder: folder.to_owned(),
            written,
            set,
        }
    }

    /// Whether one of them means this file or a folder above it (absolute, normalized). A file
    /// outside the folder of the globs is never meant.
    pub fn matches(&self, path: &Path) -> bool {
        path.strip_prefix(&self.folder)
            .is_ok_and(|path| self.set.is_match(path))
    }
}

/// A glob without a slash means a name at any depth; every glob means also what lies below.
fn patterns(glob: &str) -> [String; 2] {
    let plain = glob
        .strip_prefix("./")
        .unwrap_or(glob)
        .trim_end_matches('/');
    let pattern = match plain.strip_prefix('/') {
        Some(anchored) => anchored.to_owned(),
        None if plain.contains('/') => plain.to_owned(),
        None => format!("**/{plain}"),
    };
    let below = format!("{pattern}/**");
    [pattern, below]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn globs(list: &[&str]) -> (Globs, Problems) {
        let mut problems = Problems::new("configuration");
        let written = list
            .iter()
            .map(|glob| Spanned::new((*glob).to_owned(), Span::default()))
            .collect();
        (
            Globs::new(Path::new("/a"), written, &mut problems),
            problems,
        )
    }

    #[test]
    fn a_name_is_meant_at_any_depth_and_a_path_only_where_it_is() {
        let (globs, problems) = globs(&["archive/", "./drafts/*.md", "/top.csv"]);
        assert!(problems.found.is_empty());
        let matches = |path: &str| globs.matches(Path::new(path));
        assert!(matches("/a/archive/x.md") && matches("/a/b/archive"));
        assert!(matches("/a/drafts/x.md") && !matches("/a/drafts/y/x.md"));
        assert!(matches("/a/top.csv") && !matches("/a/b/top.csv"));
        assert!(!matches("/b/archive"));
    }

    #[test]
    fn a_broken_glob_is_reported_once_and_the_others_hold() {
        let (globs, problems) = globs(&["[a", "b"]);
        assert_eq!(problems.found.len(), 1);
        assert!(globs.matches(Path::new("/a/b")));
    }
}
