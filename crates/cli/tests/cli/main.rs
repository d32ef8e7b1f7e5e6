//! Runs the real binary: every command, every format, every kind of bad input.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod bad_input;
mod check;
mod configuration;
mod documentation;
mod eval;
mod explain;
mod fix;
mod fmt;
mod pim;
mod rollout;
mod run;
#[cfg(feature = "online")]
mod sandbox;
mod suites;
mod tables;
