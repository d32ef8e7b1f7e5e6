//! The log of decisions, read page by page.

use super::Writer;
use crate::engine::{Code, Event, Outcome, ServiceError};
use rusqlite::params;
use serde::Serialize;

/// An event, and its place in the log.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LoggedEvent {
    pub(crate) sequence: i64,
    #[serde(flatten)]
    pub(crate) event: Event,
}

/// Which events are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EventFilter {
    /// Only those behind this place, the oldest first; otherwise those before it, the newest first.
    pub(crate) forward: bool,
    pub(crate) from: Option<i64>,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) most: usize,
}

impl Writer {
    pub(crate) fn events(&mut self, wanted: EventFilter) -> Result<Vec<LoggedEvent>, ServiceError> {
        let query = if wanted.forward {
            "SELECT sequence, body FROM events WHERE sequence > ?1 AND (?2 IS NULL OR outcome = ?2)
             ORDER BY sequence LIMIT ?3"
        } else {
            "SELECT sequence, body FROM events WHERE sequence < ?1 AND (?2 IS NULL OR outcome = ?2)
             ORDER BY sequence DESC LIMIT ?3"
        };
        let from = wanted.from.unwrap_or(if wanted.forward { 0 } else { i64::MAX });
        let outcome = wanted.outcome.map(Outcome::as_str);
        let most = i64::try_from(wanted.most).unwrap_or(i64::MAX);
        let read = || {
            let mut statement = self.connection().prepare_cached(query)?;
            let rows = statement.query_map(params![from, outcome, most], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
            })?;
            rows.collect::<Result<Vec<_>, rusqlite::Error>>()
        };
        let mut read = read;
        let rows = read().map_err(|_| ServiceError::new(Code::UNAVAILABLE))?;
        let decode = |(sequence, body): (i64, String)| {
            let event = serde_json::from_str(&body).ok()?;
            Some(LoggedEvent { sequence, event })
        };
        Ok(rows.into_iter().filter_map(decode).collect())
    }
}
