//! What is written is read back by a reader of the format that is not ours, and must be the same.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "helpers state their expectations as tests do"
)]

mod quoting;
mod reader;
mod snippet;
