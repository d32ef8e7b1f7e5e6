//! A local server that answers Azure's PIM API and enforces its policies and conditions.
//!
//! Three layers, each of which knows only the one before it:
//!
//! - `engine`: what Azure would decide. A `World` of records, and functions that take it, a caller, a
//!   command and the time; no I/O and no clock of its own.
//! - `store`: the world in memory, each change written through to SQLite before it is acknowledged.
//! - `http`: the REST API, Microsoft Graph, and the sandbox's own controls.

mod clock;
mod engine;
mod http;
mod identity;
mod odata;
mod remote;
mod sandbox;
mod seed;
mod server;
mod store;

pub use engine::{Code, Evidence, ServiceError};
pub use http::TokenAudience;
pub use identity::IdentityError;
pub use remote::{RemoteError, request_token};
pub use sandbox::{KnownCaller, OpenError, Sandbox};
pub use seed::{BUILT_IN, Seed, SeedError, built_in};
pub use server::{CertificateError, Limits, Listen, ListenError, Listening, Site, SiteError};
pub use store::{Location, StoreError};
