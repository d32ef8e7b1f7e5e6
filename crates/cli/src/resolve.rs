//! Paths as the file system has them.

use std::io;
use std::path::{Path, PathBuf};

/// Returns the absolute path of a file that is there, links resolved.
#[cfg(not(target_os = "wasi"))]
pub(crate) fn canonical(path: &Path) -> io::Result<PathBuf> {
    std::fs::canonicalize(path)
}

/// Returns the absolute path of a file that is there, links resolved: WebAssembly has no call for
/// it.
#[cfg(target_os = "wasi")]
pub(crate) fn canonical(path: &Path) -> io::Result<PathBuf> {
    use std::path::Component;
    /// As many as Linux follows.
    const MAX_LINKS: usize = 40;
    let mut wanted = std::env::current_dir()?.join(path);
    for _ in 0..=MAX_LINKS {
        let mut found = PathBuf::new();
        let mut parts = wanted.components();
        let link = loop {
            match parts.next() {
                None => return Ok(found),
                Some(Component::ParentDir) => _ = found.pop(),
                Some(part) => {
                    let next = found.join(part);
                    if std::fs::symlink_metadata(&next)?.is_symlink() {
                        break next;
                    }
                    found = next;
                }
            }
        };
        wanted = found.join(std::fs::read_link(link)?).join(parts.as_path());
    }
    Err(io::Error::other("too many levels of symbolic links"))
}

/// Enters the directory that the process was started in: a WebAssembly module starts at the root,
/// and is told the directory as `PWD`.
#[cfg(target_os = "wasi")]
pub(crate) fn enter_working_directory() {
    if let Some(directory) = std::env::var_os("PWD") {
        // Where it cannot be entered, each path says so that cannot be read.
        let _ = std::env::set_current_dir(directory);
    }
}
