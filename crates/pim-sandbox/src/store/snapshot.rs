//! Saving the whole world, and putting it back.

use super::Writer;
use crate::engine::{Code, Event, Outcome, ServiceError, World};
use crate::seed::Seed;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde_json::Value;

/// A snapshot that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SnapshotInfo {
    pub(crate) name: String,
    /// The time of the sandbox it is of.
    pub(crate) time: String,
    pub(crate) records: usize,
}

/// How far from the end of time the clock stays, so that every schedule still ends.
const REACH: SignedDuration = SignedDuration::from_hours(24 * 366 * 1000);

/// How many snapshots are kept.
const MOST: i64 = 100;

impl Writer {
    /// Keeps the world as it is under a name.
    pub(crate) fn save_snapshot(&mut self, name: &str) -> Result<SnapshotInfo, ServiceError> {
        let now = self.shared.clock.now();
        let seed = Seed::of(&self.shared.read(), now);
        let body = seed.to_json().map_err(|_| unavailable())?;
        let info =
            SnapshotInfo { name: name.to_owned(), time: now.to_string(), records: seed.len() };
        let kept: i64 = self
            .connection()
            .query_row("SELECT count(*) FROM snapshots WHERE name <> ?1", [name], |row| row.get(0))
            .map_err(|_| unavailable())?;
        if kept >= MOST {
            let message = format!("There are {MOST} snapshots; delete one first.");
            return Err(ServiceError::with(Code::BAD_CONTROL, message));
        }
        let records = i64::try_from(info.records).unwrap_or(i64::MAX);
        self.connection()
            .execute(
                "INSERT INTO snapshots VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name) DO UPDATE
                 SET time = ?2, records = ?3, body = ?4",
                params![name, info.time, records, body],
            )
            .map_err(|_| unavailable())?;
        self.tell(format!("snapshot `{name}` saved"))?;
        Ok(info)
    }

    pub(crate) fn snapshots(&mut self) -> Result<Vec<SnapshotInfo>, ServiceError> {
        let mut read = || {
            let mut statement = self
                .connection()
                .prepare("SELECT name, time, records FROM snapshots ORDER BY name")?;
            let rows = statement.query_map([], |row| {
                let records = usize::try_from(row.get::<_, i64>(2)?).unwrap_or(0);
                Ok(SnapshotInfo { name: row.get(0)?, time: row.get(1)?, records })
            })?;
            rows.collect::<Result<Vec<_>, rusqlite::Error>>()
        };
        read().map_err(|_| unavailable())
    }

    pub(crate) fn snapshot(&mut self, name: &str) -> Result<String, ServiceError> {
        let body = self
            .connection()
            .query_row("SELECT body FROM snapshots WHERE name = ?1", [name], |row| row.get(0))
            .optional()
            .map_err(|_| unavailable())?;
        body.ok_or_else(|| {
            ServiceError::with(Code::CONTROL_NOT_FOUND, format!("There is no snapshot '{name}'."))
        })
    }

    pub(crate) fn delete_snapshot(&mut self, name: &str) -> Result<(), ServiceError> {
        self.snapshot(name)?;
        let deleted = self.connection().execute("DELETE FROM snapshots WHERE name = ?1", [name]);
        deleted.map(drop).map_err(|_| unavailable())
    }

    /// Puts another world in the place of this one. Where it says its time, the clock is set to it,
    /// so that nothing expires in between.
    pub(crate) fn restore(&mut self, seed: &Seed, what: &str) -> Result<usize, ServiceError> {
        let mut world = World::default();
        for record in seed.records() {
            world.put(record.clone());
        }
        let time = seed.time().unwrap_or_else(|| self.shared.clock.now());
        let event = controlled(time, what.to_owned());
        if self.database.replace(&world, &[event]).is_err() {
            return Err(unavailable());
        }
        *self.shared.write() = world;
        if seed.time().is_some() {
            self.shared.clock.set(time);
            self.keep_clock()?;
        }
        Ok(seed.len())
    }

    /// Moves the clock ahead.
    pub(crate) fn move_clock(&mut self, by: SignedDuration) -> Result<(), ServiceError> {
        let now = self.shared.clock.now();
        let limit = now.checked_add(by).is_ok_and(|to| to < Timestamp::MAX - REACH);
        if by.is_negative() || !limit {
            let message = format!(
                "The clock moves ahead only, and within this age; it is {now}. Restore a snapshot to \
                 go back."
            );
            return Err(ServiceError::with(Code::BAD_CONTROL, message));
        }
        self.shared.clock.advance(by);
        self.keep_clock()?;
        self.tell(format!("clock moved ahead by {by:#} from {now}"))
    }

    fn keep_clock(&self) -> Result<(), ServiceError> {
        let offset = self.shared.clock.offset().to_string();
        self.database.set("clock", &offset).map_err(|_| unavailable())
    }

    /// Says in the log that the sandbox itself was changed.
    fn tell(&mut self, summary: String) -> Result<(), ServiceError> {
        let event = controlled(self.shared.clock.now(), summary);
        let world = self.shared.read();
        let written = self.database.write(&world, &std::collections::BTreeSet::new(), &[event]);
        written.map_err(|_| unavailable())
    }
}

fn controlled(time: Timestamp, summary: String) -> Event {
    Event {
        time,
        caller: None,
        action: "sandbox".to_owned(),
        scope: "/".to_owned(),
        outcome: Outcome::Controlled,
        code: None,
        summary,
        reason: Value::Null,
    }
}

const fn unavailable() -> ServiceError {
    ServiceError::new(Code::UNAVAILABLE)
}
