//! What Azure would decide: pure functions over a world of records.

pub(crate) mod alerts;
pub(crate) mod approvals;
pub(crate) mod assignments;
mod authorization;
mod caller;
mod change;
mod decision;
mod due;
mod error;
mod event;
mod groups;
pub(crate) mod policy;
mod record;
pub(crate) mod requests;
pub(crate) mod roles;
#[cfg(test)]
mod scene;
mod world;

pub(crate) use authorization::Question;
pub(crate) use caller::Caller;
pub(crate) use change::{Change, Done};
pub(crate) use due::advance;
pub use error::{Code, Evidence, ServiceError};
pub(crate) use event::{Event, Outcome};
pub(crate) use record::{
    Alert, AlertKind, Approval, Container, CustomRole, Incident, Key, Kind, MEMBER, OWNER,
    Principal, Record, Request, Review, Schedule, State, Subject,
};
pub(crate) use world::{Cursor, Placed, RoleView, ScopeKey, Shelf, Span, World};

#[cfg(test)]
mod tests;
