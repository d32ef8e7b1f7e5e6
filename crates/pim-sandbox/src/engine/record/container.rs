//! The scopes there are.

use serde::{Deserialize, Serialize};

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
}

impl Container {
    pub(crate) fn key(&self) -> String {
        self.id.to_lowercase()
    }
}
