//! Shared by the integration tests and the fuzz targets: what must hold for any input, and where
//! the input comes from.

pub mod generate;
pub mod laws;
pub mod reference;

/// The program of the README, run as a doc-test.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
