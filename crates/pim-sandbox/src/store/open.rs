//! Opening the world: from a directory, or in memory.

use super::database::{Database, DatabaseError};
use super::directory::Lock;
use super::writer::Writer;
use super::{QUEUE, Shared, Store};
use crate::clock::Clock;
use jiff::SignedDuration;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use tokio::sync::mpsc;
use uuid::Uuid;

/// Where the world is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// In memory; gone when the sandbox stops.
    Memory,
    /// In a directory.
    Directory(PathBuf),
}

impl Location {
    /// Returns the directory, if there is one.
    #[must_use]
    pub fn directory(&self) -> Option<&Path> {
        match self {
            Self::Memory => None,
            Self::Directory(path) => Some(path),
        }
    }
}

/// Why the world cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The directory cannot be made or read.
    #[error("cannot open the directory `{path}`: {error}")]
    Directory {
        /// The directory.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// Another sandbox uses the directory.
    #[error("another sandbox is using `{0}`; stop it, or give this one a directory with --data")]
    InUse(PathBuf),
    /// The database cannot be used.
    #[error("cannot use the database `{path}`: {reason}")]
    Database {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// A store that was opened.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) store: Store,
    /// Whether there was nothing in it.
    pub(crate) is_new: bool,
    /// The tenant of the sandbox, which stays the same for a directory.
    pub(crate) tenant: Uuid,
    /// The thread that writes.
    pub(crate) writer: std::thread::JoinHandle<()>,
}

impl Store {
    /// Opens the world.
    pub(crate) fn open(location: &Location) -> Result<Opened, StoreError> {
        let (path, lock) = match location {
            Location::Memory => (PathBuf::from(":memory:"), None),
            Location::Directory(directory) => {
                let lock = Lock::take(directory)?;
                (directory.join("sandbox.sqlite"), Some(lock))
            }
        };
        let failed = |error: DatabaseError| StoreError::Database {
            path: path.clone(),
            reason: error.to_string(),
        };
        let connection = match location {
            Location::Memory => Connection::open_in_memory(),
            Location::Directory(_) => Connection::open(&path),
        };
        let connection = connection.map_err(|error| failed(error.into()))?;
        let database = Database::open(connection).map_err(failed)?;
        let world = database.load().map_err(failed)?;
        let offset = database.setting("clock").map_err(failed)?;
        let offset = offset.and_then(|text| text.parse::<SignedDuration>().ok());
        let tenant = match database.setting("tenant").map_err(failed)? {
            Some(text) => Uuid::try_parse(&text).unwrap_or_default(),
            None => {
                let tenant = Uuid::new_v4();
                database.set("tenant", &tenant.to_string()).map_err(failed)?;
                tenant
            }
        };
        let is_new = world.principals().next().is_none();
        let shared = Arc::new(Shared {
            world: RwLock::new(world),
            clock: Clock::new(offset.unwrap_or_default()),
        });
        let (sender, receiver) = mpsc::channel(QUEUE);
        let writer = Writer { shared: Arc::clone(&shared), database };
        let thread = std::thread::Builder::new().name("writer".to_owned()).spawn(move || {
            // The directory is held for as long as it is written to.
            let _lock = lock;
            writer.run(receiver);
        });
        let thread = thread.map_err(|error| StoreError::Directory { path: path.clone(), error })?;
        Ok(Opened { store: Self { shared, jobs: sender }, is_new, tenant, writer: thread })
    }
}
