//! Files written as a whole: whoever looks sees the old one or the new one.

use std::fs;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use crate::status::Failure;

/// Writes a file in the place of the one that is there, if there is one; its permissions stay. What is no
/// ordinary file, such as a pipe, is written to as it is.
pub(crate) fn replace(
    path: &Path,
    write: &mut dyn FnMut(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::writing(path, &error);
    // A link stays a link.
    let target = path.canonicalize().unwrap_or_else(|_| PathBuf::from(path));
    let known = fs::metadata(&target).ok();
    if known.as_ref().is_some_and(|known| !known.is_file()) {
        let mut file = BufWriter::new(fs::File::create(&target).map_err(failed)?);
        write(&mut file)?;
        return file.flush().map_err(failed);
    }
    let folder = target.parent().filter(|it| !it.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if known.is_none() {
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
    if let Some(known) = known {
        fs::set_permissions(new.path(), known.permissions()).map_err(failed)?;
    }
    new.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}
