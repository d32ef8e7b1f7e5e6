//! A whole world as text: what snapshots hold, and what a sandbox starts with.

mod built_in;
mod fill;

pub use built_in::{BUILT_IN, built_in};

use crate::engine::{Kind, Principal, Record, World};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The version of the text; it grows when a reader of the last one could be misled.
const VERSION: u64 = 1;

/// Records, and the time they are of.
#[derive(Debug, Clone, PartialEq)]
pub struct Seed {
    time: Option<Timestamp>,
    records: Vec<Record>,
}

/// Why a text is no seed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeedError {
    /// It is no JSON.
    #[error("it is no JSON: {0}")]
    Json(String),
    /// It is another version.
    #[error("expected \"version\": {VERSION}")]
    Version,
    /// It builds on a seed that does not come with the sandbox.
    #[error("there is no seed `{0}` to build on")]
    Base(String),
    /// A list it has is not one of a seed.
    #[error(
        "a seed has no `{0}`; it has base, time, principals, containers, roles, policies, schedules, requests, approvals and alerts"
    )]
    List(String),
    /// An item of a list cannot be read.
    #[error("`{list}[{index}]`: {reason}")]
    Item {
        /// The list.
        list: String,
        /// The place in the list.
        index: usize,
        /// What is wrong.
        reason: String,
    },
}

impl Seed {
    /// Takes down a world.
    pub(crate) fn of(world: &World, now: Timestamp) -> Self {
        Self { time: Some(now), records: world.records().collect() }
    }

    /// Reads a text. What an item leaves out is filled in, see `docs/sandbox.md`.
    ///
    /// # Errors
    /// When it is not JSON, or not of the shape, or names what is not there.
    pub fn parse(text: &str, now: Timestamp) -> Result<Self, SeedError> {
        let mut lists = Self::lists(text)?;
        let mut base = match lists.remove("base") {
            None => Map::new(),
            Some(base) => {
                let name = base.as_str().unwrap_or_default();
                let text = built_in::text(name).ok_or_else(|| SeedError::Base(name.to_owned()))?;
                Self::lists(text)?
            }
        };
        if base.contains_key("base") {
            return Err(SeedError::List("base".to_owned()));
        }
        let times = [take_time(&mut lists)?, take_time(&mut base)?];
        let time = times.into_iter().flatten().next();
        let mut fill = fill::Fill::new(time.unwrap_or(now));
        let mut records = fill.lists(&mut base)?;
        records.extend(fill.lists(&mut lists)?);
        records.sort_by_key(|record| record.key().kind);
        Ok(Self { time, records })
    }

    /// Reads a text into its lists.
    fn lists(text: &str) -> Result<Map<String, Value>, SeedError> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| SeedError::Json(error.to_string()))?;
        let Value::Object(mut lists) = value else { return Err(SeedError::Version) };
        if lists.remove("version").and_then(|one| one.as_u64()) != Some(VERSION) {
            return Err(SeedError::Version);
        }
        lists.remove("$schema");
        Ok(lists)
    }

    /// Writes it down.
    pub(crate) fn to_json(&self) -> serde_json::Result<String> {
        let mut lists = Map::new();
        lists.insert("version".to_owned(), json!(VERSION));
        if let Some(time) = self.time {
            lists.insert("time".to_owned(), json!(time));
        }
        for kind in Kind::ALL {
            let items = self.records.iter().filter(|record| record.key().kind == *kind);
            let items = items.map(Record::to_value).collect::<serde_json::Result<Vec<_>>>()?;
            lists.insert(list_name(*kind).to_owned(), Value::Array(items));
        }
        serde_json::to_string(&Value::Object(lists))
    }

    pub(crate) const fn time(&self) -> Option<Timestamp> {
        self.time
    }

    pub(crate) fn records(&self) -> &[Record] {
        &self.records
    }

    /// Returns how many records it has.
    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }
}

/// Reads items that are added to a world, and may name those that are in it.
pub(crate) struct Additions(fill::Fill);

impl Additions {
    pub(crate) fn new<'w>(now: Timestamp, known: impl Iterator<Item = &'w Arc<Principal>>) -> Self {
        let mut fill = fill::Fill::new(now);
        for principal in known {
            fill.know(&principal.name, principal.id);
        }
        Self(fill)
    }

    pub(crate) fn read(mut self, value: Value) -> Result<Vec<Record>, SeedError> {
        let Value::Object(mut lists) = value else { return Err(SeedError::Version) };
        self.0.lists(&mut lists)
    }
}

/// Takes out the time a seed is of.
fn take_time(lists: &mut Map<String, Value>) -> Result<Option<Timestamp>, SeedError> {
    let wrong = |reason: String| SeedError::Item { list: "time".to_owned(), index: 0, reason };
    match lists.remove("time") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => {
            text.parse().map(Some).map_err(|error: jiff::Error| wrong(error.to_string()))
        }
        Some(_) => Err(wrong("expected an instant".to_owned())),
    }
}

const fn list_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Principal => "principals",
        Kind::Container => "containers",
        Kind::Role => "roles",
        Kind::Policy => "policies",
        Kind::Request => "requests",
        Kind::Schedule => "schedules",
        Kind::Approval => "approvals",
        Kind::Alert => "alerts",
    }
}
