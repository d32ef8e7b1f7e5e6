//! The scopes there are.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A management group, subscription, resource group or resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Container {
    /// The ARM id, in the letter case it was made with.
    pub(crate) id: String,
    /// The name people see.
    pub(crate) display_name: String,
    /// The management group that a management group or subscription lies in; the tenant if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) parent: Option<String>,
    /// Where a resource group or resource was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) location: Option<String>,
    /// The tags of a resource group or resource.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tags: Option<Value>,
}

impl Container {
    pub(crate) fn key(&self) -> String {
        self.id.to_lowercase()
    }
}
