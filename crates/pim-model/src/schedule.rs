//! When an assignment starts and ends.

use crate::duration::Duration;
use crate::request_type::{Casing, ExpirationType};
use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

/// How a schedule ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expiration {
    /// It does not; the policy must allow permanent assignments.
    NoExpiration,
    /// After a duration, counted from the start.
    AfterDuration(Duration),
    /// At an instant.
    AfterDateTime(Timestamp),
}

impl Expiration {
    /// Returns the wire's name for it.
    #[must_use]
    pub const fn kind(&self) -> ExpirationType {
        match self {
            Self::NoExpiration => ExpirationType::NoExpiration,
            Self::AfterDuration(_) => ExpirationType::AfterDuration,
            Self::AfterDateTime(_) => ExpirationType::AfterDateTime,
        }
    }
}

/// The `scheduleInfo` of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScheduleInfo {
    /// When it starts; now, where there is none.
    pub start_date_time: Option<Timestamp>,
    /// How it ends.
    pub expiration: Expiration,
}

impl ScheduleInfo {
    /// Makes a schedule that starts now.
    #[must_use]
    pub const fn now(expiration: Expiration) -> Self {
        Self { start_date_time: None, expiration }
    }

    /// Returns how long it lasts in seconds when it starts no earlier than `now`; `None` is without
    /// end.
    #[must_use]
    pub fn seconds(&self, now: Timestamp) -> Option<u64> {
        match self.expiration {
            Expiration::NoExpiration => None,
            Expiration::AfterDuration(duration) => Some(duration.seconds()),
            Expiration::AfterDateTime(end) => {
                let start = self.start_date_time.unwrap_or(now);
                Some(u64::try_from(end.as_second().saturating_sub(start.as_second())).unwrap_or(0))
            }
        }
    }

    /// Returns the JSON of the wire, with exactly the fields the expiration needs.
    #[must_use]
    pub fn to_json(&self, casing: Casing) -> Value {
        let mut expiration = Map::new();
        expiration.insert("type".to_owned(), json!(self.expiration.kind().token(casing)));
        match self.expiration {
            Expiration::NoExpiration => {}
            Expiration::AfterDuration(duration) => {
                expiration.insert("duration".to_owned(), json!(duration.to_string()));
            }
            Expiration::AfterDateTime(end) => {
                expiration.insert("endDateTime".to_owned(), json!(end.to_string()));
            }
        }
        let mut schedule = Map::new();
        if let Some(start) = self.start_date_time {
            schedule.insert("startDateTime".to_owned(), json!(start.to_string()));
        }
        schedule.insert("expiration".to_owned(), Value::Object(expiration));
        Value::Object(schedule)
    }
}

impl Serialize for ScheduleInfo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json(Casing::Arm).serialize(serializer)
    }
}

/// `scheduleInfo` as it stands on the wire.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    start_date_time: Option<String>,
    expiration: WireExpiration,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireExpiration {
    #[serde(rename = "type")]
    kind: ExpirationType,
    duration: Option<Duration>,
    end_date_time: Option<String>,
}

impl<'de> Deserialize<'de> for ScheduleInfo {
    /// Reads what [`ScheduleInfo::to_json`] writes, in either casing. What people write is read by
    /// [`crate::check()`], which says what is wrong with it.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Wire { start_date_time, expiration } = Wire::deserialize(deserializer)?;
        let instant = |text: String| text.parse::<Timestamp>().map_err(D::Error::custom);
        let expiration = match expiration.kind {
            ExpirationType::NoExpiration => Expiration::NoExpiration,
            ExpirationType::AfterDuration => {
                let duration =
                    expiration.duration.ok_or_else(|| D::Error::missing_field("duration"))?;
                Expiration::AfterDuration(duration)
            }
            ExpirationType::AfterDateTime => {
                let end = expiration.end_date_time;
                let end = end.ok_or_else(|| D::Error::missing_field("endDateTime"))?;
                Expiration::AfterDateTime(instant(end)?)
            }
        };
        Ok(Self { start_date_time: start_date_time.map(instant).transpose()?, expiration })
    }
}

/// The ticket a request belongs to; its content is checked against no ticket system (*documented*:
/// pim-resource-roles-activate-your-roles, read 2026-11).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketInfo {
    /// The number in the ticket system.
    pub ticket_number: Option<String>,
    /// The name of the ticket system.
    pub ticket_system: Option<String>,
}

impl TicketInfo {
    /// Makes a ticket with both its parts.
    pub fn new(number: impl Into<String>, system: impl Into<String>) -> Self {
        Self { ticket_number: Some(number.into()), ticket_system: Some(system.into()) }
    }

    /// Says whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let blank = |text: &Option<String>| text.as_deref().is_none_or(|one| one.trim().is_empty());
        blank(&self.ticket_number) && blank(&self.ticket_system)
    }

    /// Returns the JSON of the wire.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut ticket = Map::new();
        let parts = [("ticketNumber", &self.ticket_number), ("ticketSystem", &self.ticket_system)];
        for (name, value) in parts {
            if let Some(value) = value {
                ticket.insert(name.to_owned(), json!(value));
            }
        }
        Value::Object(ticket)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let start = "2026-12-01T06:00:00Z".parse::<Timestamp>().unwrap();
        for expiration in [
            Expiration::NoExpiration,
            Expiration::AfterDuration(Duration::hours(8)),
            Expiration::AfterDateTime("2026-12-05T18:00:00Z".parse().unwrap()),
        ] {
            for start_date_time in [None, Some(start)] {
                let info = ScheduleInfo { start_date_time, expiration };
                for casing in [Casing::Arm, Casing::Graph] {
                    let read: ScheduleInfo = serde_json::from_value(info.to_json(casing)).unwrap();
                    assert_eq!(read, info);
                }
            }
        }
        for wrong in [
            json!({ "expiration": { "type": "AfterDuration" } }),
            json!({ "expiration": { "type": "AfterDuration", "duration": "8 hours" } }),
            json!({ "expiration": { "type": "AfterDateTime", "endDateTime": "soon" } }),
            json!({ "expiration": { "type": "Never" } }),
            json!({}),
        ] {
            assert!(serde_json::from_value::<ScheduleInfo>(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
