//! Everything the sandbox knows, in memory.

use super::record::{Key, Record};
use std::collections::BTreeMap;

/// The records, and the indexes that answers need.
#[derive(Debug, Default)]
pub(crate) struct World {
    records: BTreeMap<Key, Record>,
}

impl World {
    /// Puts a record, and returns the one that was there.
    pub(crate) fn put(&mut self, record: Record) -> Option<Record> {
        self.records.insert(record.key(), record)
    }

    /// Removes a record, and returns it.
    pub(crate) fn remove(&mut self, key: &Key) -> Option<Record> {
        self.records.remove(key)
    }

    pub(crate) fn get(&self, key: &Key) -> Option<&Record> {
        self.records.get(key)
    }

    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }
}
