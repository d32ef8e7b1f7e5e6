//! What speaks with a service: the connection, submitting, one's own roles, approvals.

pub(crate) mod account;
mod activation;
pub(crate) mod approvals;
pub(crate) mod connection;
pub(crate) mod fetch_policy;
mod follow;
pub(crate) mod known;
mod people;
mod problem;
pub(crate) mod roles;
pub(crate) mod submit;
