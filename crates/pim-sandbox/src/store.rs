//! The world in memory, written through to SQLite.
//!
//! One thread writes. It takes the commands that wait, carries them out one after the other, writes
//! everything they changed in one transaction, and only then acknowledges them.

mod database;
mod directory;
mod event_log;
mod open;
mod snapshot;
mod writer;

pub(crate) use event_log::{EventFilter, LoggedEvent};
pub(crate) use open::Opened;
pub use open::{Location, StoreError};
pub(crate) use writer::Writer;

use crate::clock::Clock;
use crate::engine::{Change, Code, ServiceError, World};
use jiff::Timestamp;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use tokio::sync::{mpsc, oneshot};
use writer::Job;

/// How many commands may wait for the writer before callers wait for their turn.
const QUEUE: usize = 1024;

/// A handle on the world; clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    shared: Arc<Shared>,
    jobs: mpsc::Sender<Job>,
}

/// What the writer and the readers share.
#[derive(Debug)]
pub(crate) struct Shared {
    world: RwLock<World>,
    clock: Clock,
}

impl Shared {
    fn read(&self) -> RwLockReadGuard<'_, World> {
        // A command that panics is undone before the lock is given back, so the world is whole.
        self.world.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, World> {
        self.world.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// Returns the clock of the sandbox.
    pub(crate) fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// Looks at the world as it is now, with everything that time brought about.
    pub(crate) async fn read<T>(
        &self,
        look: impl FnOnce(&World, Timestamp) -> T,
    ) -> Result<T, ServiceError> {
        let now = self.shared.clock.now();
        let due = self.shared.read().next_due().is_some_and(|(time, _)| *time <= now);
        if due {
            // Every command settles what is due first.
            self.write(|_| Ok(())).await?;
        }
        Ok(look(&self.shared.read(), now))
    }

    /// Carries out a command: all of it, on disk before this returns, or nothing.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        command: impl FnOnce(&mut Change<'_>) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        self.run(command, true).await
    }

    /// Carries out a command to see what it answers, and puts everything back.
    pub(crate) async fn rehearse<T: Send + 'static>(
        &self,
        command: impl FnOnce(&mut Change<'_>) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        self.run(command, false).await
    }

    async fn run<T: Send + 'static>(
        &self,
        command: impl FnOnce(&mut Change<'_>) -> Result<T, ServiceError> + Send + 'static,
        keep: bool,
    ) -> Result<T, ServiceError> {
        let (answer_to, answer) = oneshot::channel();
        let job = Job::Command(Box::new(move |world, now| {
            let mut change = Change::new(world, now);
            let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| command(&mut change)));
            let outcome = outcome.unwrap_or(Err(ServiceError::new(Code::INTERNAL)));
            let done = if keep && outcome.is_ok() { change.keep() } else { change.undo() };
            let acknowledge = Box::new(move |written: bool| {
                let outcome = match outcome {
                    Ok(_) if !written => Err(ServiceError::new(Code::UNAVAILABLE)),
                    outcome => outcome,
                };
                // Nobody waits any more where a client went away.
                let _ = answer_to.send(outcome);
            });
            (done, acknowledge)
        }));
        self.jobs.send(job).await.map_err(|_| ServiceError::new(Code::UNAVAILABLE))?;
        answer.await.unwrap_or(Err(ServiceError::new(Code::UNAVAILABLE)))
    }

    /// Lets the writer do something by itself, with the database.
    pub(crate) async fn control<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Writer) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let (answer_to, answer) = oneshot::channel();
        let job = Job::Control(Box::new(move |writer| {
            let _ = answer_to.send(work(writer));
        }));
        self.jobs.send(job).await.map_err(|_| ServiceError::new(Code::UNAVAILABLE))?;
        answer.await.unwrap_or(Err(ServiceError::new(Code::UNAVAILABLE)))
    }

    /// Lets the writer end once everything that was sent is written; what is sent later is refused.
    pub(crate) async fn stop(&self) {
        // A writer that has ended has nothing left to write.
        let _ = self.jobs.send(Job::Stop).await;
    }

    /// Waits until everything that was sent is written.
    pub(crate) async fn flush(&self) {
        let _ = self.write(|_| Ok(())).await;
    }
}

#[cfg(test)]
mod tests;
