//! What the world is made of: one record for each row on disk.

mod alert;
mod approval;
mod container;
mod policy;
mod principal;
mod request;
mod role;
mod schedule;

pub(crate) use alert::{Alert, AlertKind, Incident, Subject};
pub(crate) use approval::{Approval, Review};
pub(crate) use container::Container;
pub(crate) use policy::RolePolicy;
pub(crate) use principal::Principal;
pub(crate) use request::{Request, Status};
pub(crate) use role::{CustomRole, Permissions};
pub(crate) use schedule::{MEMBER, OWNER, Origin, Schedule, State};

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;

/// The name of a record: its kind, and what tells it from others of the kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub(crate) kind: Kind,
    pub(crate) name: String,
}

macro_rules! records {
    ($($(#[$doc:meta])* $name:ident = $text:literal of $type:ty,)*) => {
        /// What kind of record it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Kind { $($(#[$doc])* $name,)* }

        impl Kind {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Returns the name that rows, snapshots and seeds have for it.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            pub(crate) fn from_text(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
            }
        }

        /// One thing of the world. Records are shared and never changed in place, so that a
        /// command that fails can be undone by putting the old ones back.
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) enum Record { $($(#[$doc])* $name(Arc<$type>),)* }

        impl Record {
            /// Returns the name it is kept under.
            pub(crate) fn key(&self) -> Key {
                match self { $(Self::$name(one) => Key { kind: Kind::$name, name: one.key() },)* }
            }

            /// Returns it as a row or a snapshot has it.
            pub(crate) fn to_json(&self) -> serde_json::Result<String> {
                match self { $(Self::$name(one) => encode(one),)* }
            }

            /// Returns it as a list of a snapshot has it.
            pub(crate) fn to_value(&self) -> serde_json::Result<Value> {
                match self { $(Self::$name(one) => serde_json::to_value(&**one),)* }
            }

            /// Reads it from a list of a snapshot or seed.
            pub(crate) fn from_value(kind: Kind, value: Value) -> serde_json::Result<Self> {
                match kind {
                    $(Kind::$name => serde_json::from_value(value).map(Arc::new).map(Self::$name),)*
                }
            }

            /// Reads it back.
            pub(crate) fn from_json(kind: Kind, text: &str) -> serde_json::Result<Self> {
                match kind { $(Kind::$name => decode(text).map(Self::$name),)* }
            }
        }

        $(impl From<$type> for Record {
            fn from(one: $type) -> Self { Self::$name(Arc::new(one)) }
        })*
    };
}

records! {
    /// A user, group or service principal.
    Principal = "principal" of Principal,
    /// A management group, subscription, resource group or resource.
    Container = "container" of Container,
    /// A custom role.
    Role = "role" of CustomRole,
    /// The settings of a role at a scope, once they were changed.
    Policy = "policy" of RolePolicy,
    /// A schedule request.
    Request = "request" of Request,
    /// An eligible or active assignment.
    Schedule = "schedule" of Schedule,
    /// An approval of an activation.
    Approval = "approval" of Approval,
    /// A role management alert, once it was scanned or changed.
    Alert = "alert" of Alert,
}

impl Record {
    /// Returns when time changes it.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        match self {
            Self::Request(one) => one.due(),
            Self::Schedule(one) => one.due(),
            Self::Approval(one) => one.due(),
            Self::Principal(_)
            | Self::Container(_)
            | Self::Role(_)
            | Self::Policy(_)
            | Self::Alert(_) => None,
        }
    }
}

fn encode<T: Serialize>(one: &Arc<T>) -> serde_json::Result<String> {
    serde_json::to_string(&**one)
}

fn decode<T: DeserializeOwned>(text: &str) -> serde_json::Result<Arc<T>> {
    serde_json::from_str(text).map(Arc::new)
}
