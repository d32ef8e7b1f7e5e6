//! A command on the world, all of which happens or nothing.

use super::event::Event;
use super::record::{Key, Record};
use super::world::World;
use jiff::Timestamp;

/// What a command may do with the world: look at it, put and remove records, tell what it decided.
///
/// Every change is remembered, so that a command that fails halfway leaves nothing behind, and so
/// that the store writes exactly what changed.
#[derive(Debug)]
pub(crate) struct Change<'w> {
    world: &'w mut World,
    now: Timestamp,
    before: Vec<(Key, Option<Record>)>,
    events: Vec<Event>,
}

/// What a command left: the records it changed, by name, and what it told.
#[derive(Debug, Default)]
pub(crate) struct Done {
    pub(crate) changed: Vec<Key>,
    pub(crate) events: Vec<Event>,
}

impl<'w> Change<'w> {
    pub(crate) const fn new(world: &'w mut World, now: Timestamp) -> Self {
        Self { world, now, before: Vec::new(), events: Vec::new() }
    }

    pub(crate) const fn world(&self) -> &World {
        self.world
    }

    /// Returns the time of the sandbox.
    pub(crate) const fn now(&self) -> Timestamp {
        self.now
    }

    pub(crate) fn put(&mut self, record: impl Into<Record>) {
        let record = record.into();
        let key = record.key();
        let old = self.world.put(record);
        self.before.push((key, old));
    }

    pub(crate) fn remove(&mut self, key: &Key) {
        if let Some(old) = self.world.remove(key) {
            self.before.push((key.clone(), Some(old)));
        }
    }

    pub(crate) fn tell(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Keeps what was done.
    pub(crate) fn keep(self) -> Done {
        let changed = self.before.into_iter().map(|(key, _)| key).collect();
        Done { changed, events: self.events }
    }

    /// Puts everything back as it was; what was told stays told.
    pub(crate) fn undo(self) -> Done {
        for (key, old) in self.before.into_iter().rev() {
            match old {
                Some(record) => self.world.put(record),
                None => self.world.remove(&key),
            };
        }
        Done { changed: Vec::new(), events: self.events }
    }
}
