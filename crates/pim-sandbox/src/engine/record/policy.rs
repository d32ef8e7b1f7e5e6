//! Role management policies that were changed.

use jiff::Timestamp;
use pim_model::Policy;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// The settings of a role at a scope. There is one for every role at every scope; it is kept only
/// once somebody changed it, and until then is the default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RolePolicy {
    /// Its name, which changes with every update.
    pub(crate) name: Uuid,
    pub(crate) scope: String,
    pub(crate) role: Uuid,
    /// The rules as the wire has them.
    pub(crate) rules: Vec<Value>,
    pub(crate) modified_on: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) modified_by: Option<Uuid>,
    /// The rules as requests are held against them, read once.
    #[serde(skip)]
    pub(crate) read: OnceLock<Arc<Policy>>,
}

impl RolePolicy {
    pub(crate) fn key(&self) -> String {
        format!("{}|{}", self.scope.to_lowercase(), self.role)
    }
}
