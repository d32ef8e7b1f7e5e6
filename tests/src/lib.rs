//! Shared by the integration tests and the fuzz targets: what must hold for any input, and where
//! the input comes from.

pub mod generate;
pub mod laws;
pub mod reference;
