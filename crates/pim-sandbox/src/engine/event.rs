//! The log of decisions.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// How something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Outcome {
    /// It was done.
    Allowed,
    /// It was refused.
    Denied,
    /// It came about by the time that passed.
    Elapsed,
    /// The sandbox itself was changed: its clock, its directory, a snapshot.
    Controlled,
}

impl Outcome {
    /// Returns its name in the log.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::Elapsed => "elapsed",
            Self::Controlled => "controlled",
        }
    }

    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let all = [Self::Allowed, Self::Denied, Self::Elapsed, Self::Controlled];
        all.into_iter().find(|one| one.as_str().eq_ignore_ascii_case(text))
    }
}

/// A decision and its reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Event {
    /// The time of the sandbox.
    pub(crate) time: Timestamp,
    /// Who asked; nobody where time passed.
    pub(crate) caller: Option<Uuid>,
    /// What was asked for, in Azure's name of the operation.
    pub(crate) action: String,
    /// Where.
    pub(crate) scope: String,
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// The code of the refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<String>,
    /// One sentence.
    pub(crate) summary: String,
    /// What the decision rests on: assignments, clauses of conditions, rules of policies.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub(crate) reason: Value,
}
