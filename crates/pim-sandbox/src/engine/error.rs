//! What the service answers when it refuses, in Azure's words.

use serde_json::{Value, json};
use std::borrow::Cow;

/// How a code or message of Azure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A page of Microsoft has it.
    Documented,
    /// A client or a report has seen it.
    Observed,
    /// Neither; the sandbox decided.
    Assumed,
}

/// A code of Azure, with the status it comes with and how it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code as the body has it.
    pub name: &'static str,
    /// The status of HTTP.
    pub status: u16,
    /// The message, where it is always the same.
    pub message: &'static str,
    /// How it is known.
    pub evidence: Evidence,
}

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", code.name)]
pub struct ServiceError {
    /// What it is.
    pub code: Code,
    /// What the body says.
    pub message: Cow<'static, str>,
}

impl ServiceError {
    /// Makes the refusal of a code with the code's own message.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self { message: Cow::Borrowed(code.message), code }
    }

    /// Makes the refusal of a code with a message of its own.
    pub fn with(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into() }
    }

    /// Returns the body: `{"error": {"code": …, "message": …}}`.
    #[must_use]
    pub fn body(&self) -> Value {
        json!({ "error": { "code": self.code.name, "message": self.message } })
    }
}
