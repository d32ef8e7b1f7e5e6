//! The directory of a sandbox, used by one process at a time.

use super::open::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// The right to write into a directory; the system takes it back when the process ends, however it
/// ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    pub(super) fn take(directory: &Path) -> Result<Self, StoreError> {
        let failed = |error| StoreError::Directory { path: directory.to_owned(), error };
        std::fs::create_dir_all(directory).map_err(failed)?;
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(directory.join("lock"))
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse(directory.to_owned())),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}
