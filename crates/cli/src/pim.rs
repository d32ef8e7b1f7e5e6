//! Requests, role assignments and policies: read from files, and written for a target.

mod condition;
mod document;
mod known;
mod snippet;

pub(crate) use condition::check_condition;
pub(crate) use document::{Document, one_policy, open, policies};
pub(crate) use known::{FamilyName, Known};
pub(crate) use snippet::SnippetArguments;

use crate::input::Kind;

/// The files of requests and policies in a directory.
pub(crate) const DOCUMENTS: Kind =
    Kind { what: "requests or policies", suffixes: &[".json", ".policy.toml"] };
