//! Approvals of activations.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What an approver said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Review {
    NotReviewed,
    Approve,
    Deny,
}

/// The approval of one activation; it has one stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Approval {
    pub(crate) name: Uuid,
    /// The name of its only stage.
    pub(crate) stage: Uuid,
    /// The request that waits.
    pub(crate) request: Uuid,
    /// Users and groups who may decide.
    pub(crate) approvers: BTreeSet<Uuid>,
    pub(crate) created_on: Timestamp,
    /// When nobody can decide any more.
    pub(crate) expires_on: Timestamp,
    pub(crate) review: Review,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) justification: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reviewed_by: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reviewed_on: Option<Timestamp>,
}

impl Approval {
    pub(crate) fn key(&self) -> String {
        self.name.to_string()
    }

    /// Returns when nobody can decide any more.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        (self.review == Review::NotReviewed).then_some(self.expires_on)
    }
}
