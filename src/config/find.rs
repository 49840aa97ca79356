//! Which configuration holds for a file: the closest `connote.toml` above it.
//! Pure logic over paths; whether a file exists is asked of the caller.

use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

/// The name of the configuration file.
pub const FILE_NAME: &str = "connote.toml";

/// The closest configuration in a folder (absolute, normalized) or above it.
pub fn find(folder: &Path, exists: &dyn Fn(&Path) -> bool) -> Option<PathBuf> {
    folder
        .ancestors()
        .map(|folder| folder.join(FILE_NAME))
        .find(|path| exists(path))
}

/// The path from `current` (absolute) on, without `.` and `..`. Symbolic links are not followed:
/// a file belongs to the folder under which the user named it.
pub fn normalized(current: &Path, path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in current.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_one_above_is_found() {
        let exists = |path: &Path| {
            path == Path::new("/a/connote.toml") || path == Path::new("/a/b/c/connote.toml")
        };
        let find = |folder: &str| find(Path::new(folder), &exists);
        assert_eq!(find("/a/b"), Some(PathBuf::from("/a/connote.toml")));
        assert_eq!(find("/a/b/c/d"), Some(PathBuf::from("/a/b/c/connote.toml")));
        assert_eq!(find("/x"), None);
    }

    #[test]
    fn a_path_is_normalized_from_the_current_folder() {
        let current = Path::new("/a/b");
        assert_eq!(
            normalized(current, Path::new("./x/../y")),
            Path::new("/a/b/y")
        );
        assert_eq!(
            normalized(current, Path::new("../../../z")),
            Path::new("/z")
        );
        assert_eq!(normalized(current, Path::new("/q/./r")), Path::new("/q/r"));
    }
}
