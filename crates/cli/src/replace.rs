//! Writing files so that nobody ever sees half of one.

use crate::failure::Failure;
use crate::resolve;
use std::io::Write;
use std::path::Path;

/// Replaces the text of a file: writes a new one beside it and renames that, so that the old text
/// or the new one is there at any time. Permissions are kept; a link is followed.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::io("write", path, &error);
    let target = resolve::canonical(path).map_err(failed)?;
    let permissions = std::fs::metadata(&target).map_err(failed)?.permissions();
    let read_only = || Failure::new(format!("cannot write `{}`: it is read-only", path.display()));
    // WebAssembly is told no permissions; whoever runs it refuses to put a file in such a place.
    const WASI: bool = cfg!(target_os = "wasi");
    if !WASI && permissions.readonly() {
        return Err(read_only());
    }
    write(&target, text, Some(permissions)).map_err(|error| match error.kind() {
        std::io::ErrorKind::PermissionDenied if WASI => read_only(),
        _ => failed(error),
    })
}

/// Writes a file that may be new, in the same way.
pub(crate) fn create(path: &Path, text: &str) -> Result<(), Failure> {
    if path.exists() {
        return replace(path, text);
    }
    write(path, text, None).map_err(|error| Failure::io("write", path, &error))
}

/// Writes a file in the same way, unless there is one of its name.
pub(crate) fn create_new(path: &Path, text: &str) -> Result<(), Failure> {
    let written = temporary(path, text, None).and_then(|file| Ok(file.persist_noclobber(path)?));
    match written {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let message = format!("cannot write `{}`: it is there already", path.display());
            Err(Failure::new(message).help("--force writes over it"))
        }
        Err(error) => Err(Failure::io("write", path, &error)),
    }
}

fn write(
    path: &Path,
    text: &str,
    permissions: Option<std::fs::Permissions>,
) -> std::io::Result<()> {
    temporary(path, text, permissions)?.persist(path)?;
    Ok(())
}

/// Writes a text to a new file beside another.
fn temporary(
    path: &Path,
    text: &str,
    permissions: Option<std::fs::Permissions>,
) -> std::io::Result<tempfile::NamedTempFile> {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".grantif-");
    // A temporary file is its owner's alone; what is written here is for whoever may read the
    // directory, as any new file is.
    #[cfg(unix)]
    let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(directory)?;
    file.write_all(text.as_bytes())?;
    // WebAssembly cannot set permissions; whoever runs it does so when the file takes its place.
    if let Some(permissions) = permissions.filter(|_| cfg!(not(target_os = "wasi"))) {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}
