//! Speaks to a sandbox over HTTP, as clients do.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a miss fails the test")]

mod client;
mod concurrency;
mod lists;
mod model;
mod seeds;
mod shapes;
mod story;
mod time;
