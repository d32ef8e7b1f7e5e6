//! Speaking to a service: the only part of the command line that opens a connection.

mod follow;
mod names;
mod refusal;
mod service;
mod session;
mod table;
mod token;
mod transport;

pub(crate) use follow::Follow;
pub(crate) use names::{people, role_name};
pub(crate) use refusal::troubled;
pub(crate) use service::ServiceArguments;
pub(crate) use session::{Session, Stop};
pub(crate) use table::Table;
