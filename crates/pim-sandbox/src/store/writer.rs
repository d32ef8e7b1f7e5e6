//! The one thread that writes.

use super::Shared;
use super::database::Database;
use crate::engine::{Done, World, advance};
use jiff::Timestamp;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::mpsc;

/// How many commands are written in one transaction at most.
const MAX_BATCH: usize = 256;

/// Tells whoever waits whether it was written.
type Acknowledge = Box<dyn FnOnce(bool) + Send>;

/// A command on the world at a time; it says what it did, and is told whether that was written.
type Command = Box<dyn FnOnce(&mut World, Timestamp) -> (Done, Acknowledge) + Send>;

/// Something for the writer to do.
pub(super) enum Job {
    /// A command on the world.
    Command(Command),
    /// Something that needs the database itself.
    Control(Box<dyn FnOnce(&mut Writer) + Send>),
    /// Nothing more.
    Stop,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Command(_) => "Command",
            Self::Control(_) => "Control",
            Self::Stop => "Stop",
        })
    }
}

/// The database, and the world that mirrors it.
#[derive(Debug)]
pub(crate) struct Writer {
    pub(super) shared: Arc<Shared>,
    pub(super) database: Database,
}

impl Writer {
    /// Works until it is told to stop, or nobody can send any more.
    pub(super) fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut next = jobs.blocking_recv();
        while let Some(job) = next.take() {
            match job {
                Job::Stop => return,
                Job::Control(work) => work(&mut self),
                Job::Command(first) => {
                    let mut batch = vec![first];
                    while batch.len() < MAX_BATCH {
                        match jobs.try_recv() {
                            Ok(Job::Command(command)) => batch.push(command),
                            Ok(other) => {
                                next = Some(other);
                                break;
                            }
                            Err(_) => break,
                        }
                    }
                    self.commands(batch);
                }
            }
            if next.is_none() {
                next = jobs.blocking_recv();
            }
        }
    }

    /// Carries out commands and writes what they changed. The world stays locked until it is
    /// written, so that nobody sees what is not on disk.
    fn commands(&mut self, batch: Vec<Command>) {
        let mut acknowledgements = Vec::with_capacity(batch.len());
        let shared = Arc::clone(&self.shared);
        let mut world = shared.write();
        let mut changed = BTreeSet::new();
        let mut events = Vec::new();
        for command in batch {
            let now = shared.clock.now();
            let elapsed = advance(&mut world, now);
            let (done, acknowledge) = command(&mut world, now);
            for done in [elapsed, done] {
                changed.extend(done.changed);
                events.extend(done.events);
            }
            acknowledgements.push(acknowledge);
        }
        let written = self.database.write(&world, &changed, &events);
        if written.is_err() {
            // What is in memory and not on disk never was.
            if let Ok(stored) = self.database.load() {
                *world = stored;
            }
        }
        drop(world);
        for acknowledge in acknowledgements {
            acknowledge(written.is_ok());
        }
        self.database.checkpoint();
    }

    /// Returns the connection, for what the store does besides commands.
    pub(super) const fn connection(&mut self) -> &mut Connection {
        self.database.connection()
    }
}
