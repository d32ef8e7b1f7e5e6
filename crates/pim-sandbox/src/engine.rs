//! What Azure would decide: pure functions over a world of records.

mod caller;
mod change;
mod error;
mod event;
mod record;
mod world;

pub(crate) use caller::Caller;
pub(crate) use change::Change;
pub use error::{Code, Evidence, ServiceError};
pub(crate) use event::{Event, Outcome};
pub(crate) use record::{
    Approval, Container, CustomRole, Key, Kind, Principal, Record, Request, RolePolicy, Schedule,
};
pub(crate) use world::World;
