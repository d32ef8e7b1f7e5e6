//! Keys on disk, which only their owner may read.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Reads a file, or writes it with what `make` gives when there is none. Two that start at once
/// both get what the first one wrote.
pub(crate) fn read_or_make(
    path: &Path,
    make: impl FnOnce() -> io::Result<String>,
) -> io::Result<String> {
    match fs::read_to_string(path) {
        Ok(text) => return keep_to_owner(path).map(|()| text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let text = make()?;
    match beside(path, &text)?.persist_noclobber(path) {
        Ok(_) => Ok(text),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            fs::read_to_string(path)
        }
        Err(error) => Err(error.error),
    }
}

/// Writes a file anew.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    beside(path, text)?.persist(path).map(drop).map_err(|error| error.error)
}

/// Writes a text beside where it will be. A temporary file is made for its owner alone, and is whole
/// before it has the name.
fn beside(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let directory = path.parent().unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(directory)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Takes the rights of others away from a key, which a copy or a backup may have given them.
#[cfg(unix)]
fn keep_to_owner(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

/// Elsewhere a file has the rights of the folder it is made in.
#[cfg(not(unix))]
fn keep_to_owner(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn is_made_once_and_for_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.pem");
        assert_eq!(read_or_make(&path, || Ok("one".to_owned())).unwrap(), "one");
        assert_eq!(mode(&path), 0o600);
        assert_eq!(read_or_make(&path, || Ok("two".to_owned())).unwrap(), "one");
    }

    #[test]
    fn is_taken_from_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.pem");
        fs::write(&path, "one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(read_or_make(&path, || Ok("two".to_owned())).unwrap(), "one");
        assert_eq!(mode(&path), 0o600);
    }

    #[test]
    fn says_what_cannot_be_made() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("nowhere").join("key.pem");
        assert!(read_or_make(&missing, || Ok("one".to_owned())).is_err());
    }
}
