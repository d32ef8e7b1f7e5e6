//! The one document that the editor shows from four sides.

mod example;
mod file;

pub use file::{FileError, MAX_FILE_BYTES, Opened, VERSION};
pub(crate) use file::{MAX_REQUESTS, decision, request as read_request, shown};

use crate::delivery::Form;
use abac_eval::{AccessRequest, Decision};

/// A condition, the requests that stand beside it, and how it is delivered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// What the document is called.
    pub name: String,
    /// The text of the condition.
    pub condition: String,
    /// The GUID of the role that the condition is for.
    pub role: Option<String>,
    /// The requests, in the order of the table.
    pub requests: Vec<NamedRequest>,
    /// The request to Privileged Identity Management, as the form holds it.
    pub delivery: Form,
    /// The role management policy, as it was pasted: JSON or TOML.
    pub policy: Option<String>,
}

/// One line of the table of requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRequest {
    /// What it is called.
    pub name: String,
    /// What is asked for.
    pub request: AccessRequest,
    /// What the condition has to answer, where somebody said so.
    pub expect: Option<Decision>,
}

impl Document {
    /// Returns an empty document.
    #[must_use]
    pub fn empty() -> Self {
        Self { name: "Untitled".to_owned(), ..Self::default() }
    }
}
