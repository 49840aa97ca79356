//! Files written as a whole: whoever looks sees the old one or the new one.

use std::fs;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use crate::status::Failure;
use crate::status::reason;

/// Writes what goes into a file.
type Writing<'w> = &'w mut dyn FnMut(&mut dyn Write) -> Result<(), Failure>;

/// Writes a file in the place of the one that is there, if there is one; its permissions stay. What is no
/// ordinary file, such as a pipe, is written to as it is. Of a link the file that it leads to is replaced.
pub(crate) fn replace(path: &Path, write: Writing<'_>) -> Result<(), Failure> {
    put(path, None, write)
}

/// Puts a text in the place of a file. The new file has the permissions of `model`.
pub(crate) fn replace_text(model: &Path, target: &Path, text: &str) -> Result<(), Failure> {
    let known = fs::metadata(model).map_err(|error| Failure::writing(target, &error))?;
    put(target, Some(known.permissions()), &mut |out| {
        Ok(out.write_all(text.as_bytes())?)
    })
}

/// Replaces a file, but only if it still holds the text that was read. The error says why not.
pub(crate) fn replace_unchanged(path: &Path, old: &str, new: &str) -> Result<(), String> {
    let now = fs::read(path).map_err(|error| reason(&error))?;
    if now != old.as_bytes() {
        return Err("it was changed since it was read".to_owned());
    }
    // Putting a new file in its place would get round the mark.
    let metadata = fs::metadata(path).map_err(|error| reason(&error))?;
    if metadata.permissions().readonly() {
        return Err("it is read-only".to_owned());
    }
    replace_text(path, path, new).map_err(|failure| match failure {
        Failure::Closed => "it cannot be written".to_owned(),
        Failure::Message(message) => message,
    })
}

fn put(
    path: &Path,
    permissions: Option<fs::Permissions>,
    write: Writing<'_>,
) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::writing(path, &error);
    let target = path.canonicalize().unwrap_or_else(|_| PathBuf::from(path));
    let known = fs::metadata(&target).ok();
    if known.as_ref().is_some_and(|known| !known.is_file()) {
        let mut file = BufWriter::new(fs::File::create(&target).map_err(failed)?);
        write(&mut file)?;
        return file.flush().map_err(failed);
    }
    let permissions = permissions.or(known.map(|known| known.permissions()));
    let folder = target.parent().filter(|it| !it.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if permissions.is_none() {
        use std::os::unix::fs::PermissionsExt;
        // What the system's mask leaves of it, as for any new file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let new = builder
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(failed)?;
    let mut file = BufWriter::new(new);
    write(&mut file)?;
    let new = file
        .into_inner()
        .map_err(|error| failed(error.into_error()))?;
    if let Some(permissions) = permissions {
        fs::set_permissions(new.path(), permissions).map_err(failed)?;
    }
    new.as_file().sync_all().map_err(failed)?;
    new.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_changed_meanwhile_stays() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.md");
        fs::write(&path, "somebody else's words")?;
        let why = replace_unchanged(&path, "as it was read", "mended");
        assert_eq!(why, Err("it was changed since it was read".to_owned()));
        assert_eq!(fs::read_to_string(&path)?, "somebody else's words");
        let done = replace_unchanged(&path, "somebody else's words", "mended");
        assert_eq!(
            (done, fs::read_to_string(&path)?),
            (Ok(()), "mended".to_owned())
        );
        fs::remove_file(&path)?;
        assert!(replace_unchanged(&path, "mended", "x").is_err());
        assert!(!path.exists());
        Ok(())
    }
}
