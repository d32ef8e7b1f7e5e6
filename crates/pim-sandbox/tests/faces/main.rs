//! The faces of the sandbox beside the API of roles: sign-in, Microsoft Graph, alerts, what clients of
//! Azure ask first; and that whatever is asked is answered.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a miss fails the test")]

mod alerts;
mod anything;
mod azure;
mod client;
mod graph;
mod sign_in;
