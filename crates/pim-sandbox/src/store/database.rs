//! The tables.

use crate::engine::{Event, Key, Kind, Record, World};
use rusqlite::{Connection, Transaction, params};
use std::collections::BTreeSet;

/// The version of the tables; it grows when they change.
const SCHEMA: i64 = 1;

/// Says that a file is a sandbox: `grif` in ASCII.
const APPLICATION: i64 = 0x6772_6966;

/// How many events are kept; the oldest go first.
const EVENTS_KEPT: i64 = 1_000_000;

/// How many rows the log may have before it is moved into the database: about 8 MiB.
const CHECKPOINT: usize = 2_000;

const TABLES: &str = "
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE records (
    kind TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE TABLE events (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, outcome TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE snapshots (
    name TEXT PRIMARY KEY, time TEXT NOT NULL, records INTEGER NOT NULL, body TEXT NOT NULL
);
";

/// Why a database cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DatabaseError {
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    #[error("a record cannot be read: {0}")]
    Record(#[from] serde_json::Error),
    #[error("it is the database of another program")]
    Foreign,
    #[error(
        "it was written by a newer version of grantif (tables {found}, this version has {SCHEMA})"
    )]
    Newer { found: i64 },
}

/// The database of a sandbox.
#[derive(Debug)]
pub(super) struct Database {
    connection: Connection,
    unswept: usize,
    /// How many rows were written since the log was last moved into the database.
    unmoved: usize,
}

impl Database {
    /// Opens the tables, making them in an empty database.
    pub(super) fn open(connection: Connection) -> Result<Self, DatabaseError> {
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        // See `checkpoint`.
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        connection.set_prepared_statement_cache_capacity(32);
        let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let (application, version) = (pragma("application_id")?, pragma("user_version")?);
        match (application, version) {
            (0, 0) => {
                let tables: i64 =
                    connection
                        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
                if tables > 0 {
                    return Err(DatabaseError::Foreign);
                }
                // Invariant: the tables and their version come about together.
                connection.execute_batch(&format!(
                    "BEGIN; {TABLES} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {SCHEMA}; COMMIT;"
                ))?;
            }
            (APPLICATION, SCHEMA) => {}
            (APPLICATION, found) if found > SCHEMA => return Err(DatabaseError::Newer { found }),
            _ => return Err(DatabaseError::Foreign),
        }
        Ok(Self { connection, unswept: 0, unmoved: 0 })
    }

    pub(super) const fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Reads everything back.
    pub(super) fn load(&self) -> Result<World, DatabaseError> {
        let mut world = World::default();
        let mut statement = self.connection.prepare("SELECT kind, body FROM records")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, body) = (row.get_ref(0)?.as_str(), row.get_ref(1)?.as_str());
            let (kind, body) =
                (kind.map_err(rusqlite::Error::from)?, body.map_err(rusqlite::Error::from)?);
            let kind = Kind::from_text(kind).ok_or(DatabaseError::Foreign)?;
            world.put(Record::from_json(kind, body)?);
        }
        Ok(world)
    }

    /// Writes records as they now are, and events, all or nothing.
    pub(super) fn write(
        &mut self,
        world: &World,
        changed: &BTreeSet<Key>,
        events: &[Event],
    ) -> Result<(), DatabaseError> {
        if changed.is_empty() && events.is_empty() {
            return Ok(());
        }
        let transaction = self.connection.transaction()?;
        for key in changed {
            match world.get(key) {
                Some(record) => put(&transaction, &record)?,
                None => {
                    let mut delete = transaction
                        .prepare_cached("DELETE FROM records WHERE kind = ?1 AND name = ?2")?;
                    delete.execute(params![key.kind.as_str(), key.name])?;
                }
            }
        }
        log(&transaction, events)?;
        self.unswept += events.len();
        if self.unswept >= 10_000 {
            transaction.execute(
                "DELETE FROM events WHERE sequence <= (SELECT max(sequence) FROM events) - ?1",
                [EVENTS_KEPT],
            )?;
            self.unswept = 0;
        }
        transaction.commit()?;
        self.unmoved += changed.len() + events.len();
        Ok(())
    }

    /// Moves what was written from the log into the database, once it is enough. That waits for the
    /// disk, so it is done while nobody waits for the world; left to itself, SQLite would do it within
    /// a transaction.
    pub(super) fn checkpoint(&mut self) {
        if self.unmoved >= CHECKPOINT {
            self.unmoved = 0;
            // Where it fails the log goes on, and the next time moves more.
            let _ = self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        }
    }

    /// Replaces everything with other records.
    pub(super) fn replace(&mut self, world: &World, events: &[Event]) -> Result<(), DatabaseError> {
        let transaction = self.connection.transaction()?;
        transaction.execute("DELETE FROM records", [])?;
        for record in world.records() {
            put(&transaction, &record)?;
        }
        log(&transaction, events)?;
        transaction.commit()?;
        self.unmoved = CHECKPOINT;
        Ok(())
    }

    pub(super) fn setting(&self, name: &str) -> Result<Option<String>, DatabaseError> {
        let mut statement =
            self.connection.prepare("SELECT value FROM settings WHERE name = ?1")?;
        let mut rows = statement.query([name])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }

    pub(super) fn set(&self, name: &str, value: &str) -> Result<(), DatabaseError> {
        self.connection.execute(
            "INSERT INTO settings VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
            [name, value],
        )?;
        Ok(())
    }
}

fn put(transaction: &Transaction<'_>, record: &Record) -> Result<(), DatabaseError> {
    let key = record.key();
    let mut upsert = transaction.prepare_cached(
        "INSERT INTO records VALUES (?1, ?2, ?3) ON CONFLICT (kind, name) DO UPDATE SET body = ?3",
    )?;
    upsert.execute(params![key.kind.as_str(), key.name, record.to_json()?])?;
    Ok(())
}

pub(super) fn log(transaction: &Transaction<'_>, events: &[Event]) -> Result<(), DatabaseError> {
    for event in events {
        let mut insert =
            transaction.prepare_cached("INSERT INTO events (outcome, body) VALUES (?1, ?2)")?;
        insert.execute(params![event.outcome.as_str(), serde_json::to_string(event)?])?;
    }
    Ok(())
}
