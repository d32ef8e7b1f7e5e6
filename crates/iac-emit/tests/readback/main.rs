//! What is written is read back by a reader of the format that is not ours, and must be the same.

mod quoting;
mod reader;
mod snippet;
